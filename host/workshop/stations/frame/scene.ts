/** What the frame station shows. */
import type { SceneThing } from '../../scene-thing.js'
import type { Told } from '../../words/told.js'
import type { FrameField } from './compose.js'
import type { FilterName } from './filters.js'
import type { EndId } from './network.js'

/** An octet of the frame that is put together, as it is sent. */
export interface SceneOctet {
  readonly value: number
  readonly field: FrameField
  /** Bits of it that will be turned over on the wire. */
  readonly turned: number
}

export interface SceneEnd extends SceneThing {
  readonly id: EndId
  readonly address: string
  readonly up: boolean
  /** Receive filter; undefined: a plain card, which takes its own address and every group. */
  readonly filter: FilterName | undefined
  readonly taken: number
  readonly dropped: readonly { readonly reason: Told | string; readonly count: number; readonly usual: boolean }[]
  /** What it took last. */
  readonly last: string | undefined
  /** The port of the switch that knows this address; undefined: none does, or there is a hub. */
  readonly learned: number | undefined
  /** A signal is on its cable now, on its way to the station, to the box, or both. */
  readonly signal: 'none' | 'in' | 'out' | 'both'
}

/** An attempt to send: how long it lasted, and what its sender drew after a collision. Instants, ns. */
export interface SceneAttempt {
  readonly end: EndId
  readonly from: number
  readonly to: number
  readonly collided: boolean
  readonly drawn?: { readonly attempt: number; readonly slots: number; readonly of: number }
}

export interface FrameScene {
  readonly kind: 'frame'
  readonly box: 'hub' | 'switch'
  readonly octets: readonly SceneOctet[]
  readonly ends: readonly SceneEnd[]
  /** Since the last that somebody was asked to send; none where nothing collided. */
  readonly attempts: readonly SceneAttempt[]
  readonly collided: boolean
  readonly things: readonly SceneThing[]
}
