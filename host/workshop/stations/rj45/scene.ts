/** What the RJ-45 station shows. */
import type { LinkIntegrityState } from '../../../../boards/ethernet/link-integrity.js'
import type { Colour } from '../../../../boards/ethernet/wiring.js'
import type { SceneThing } from '../../scene-thing.js'

/** A contact of a plug. */
export interface SceneContact {
  readonly pin: number
  /** What is crimped into it; undefined: nothing. */
  readonly colour: Colour | undefined
  /** What the jack does there: `TD+`, `RD-`, nothing. */
  readonly use: string
}

export interface SceneJack {
  readonly kind: 'MDI' | 'MDI-X'
  readonly contacts: readonly SceneContact[]
  readonly state: LinkIntegrityState
  /** Link pulses counted, of how many. */
  readonly count: number
  readonly up: boolean
}

export interface SceneConductor extends SceneThing {
  readonly colour: Colour
  readonly from: number
  /** 0: it ends nowhere. */
  readonly to: number
  readonly state: 'whole' | 'broken' | 'shorted'
}

/** A signal that is on the cable now. */
export interface SceneSignal {
  readonly towards: 'far' | 'near'
  readonly kind: 'frame' | 'pulse'
}

export interface Rj45Scene {
  readonly kind: 'rj45'
  readonly plugged: boolean
  readonly far: 'computer' | 'hub' | 'auto'
  readonly near: SceneJack
  readonly farJack: SceneJack
  readonly conductors: readonly SceneConductor[]
  readonly metres: number
  readonly signal: SceneSignal | undefined
  readonly arrived: readonly { readonly text: string; readonly wrong: boolean }[]
  readonly things: readonly SceneThing[]
}
