/** What the RS-232 station shows. */
import type { PinDirection } from '../../../../boards/rs232/connectors.js'
import type { StandardName } from '../../../../boards/rs232/standards.js'
import type { SceneThing } from '../../scene-thing.js'

/** A contact that this station uses. */
export interface ScenePin extends SceneThing {
  readonly pin: string
  readonly name: string
  readonly direction: PinDirection
  /** Over this end's ground. */
  readonly volts: number
  /** What that says: a 1 or an OFF, a 0 or an ON, nothing. */
  readonly state: 'mark' | 'space' | 'ground' | 'undriven'
}

export interface SceneConnector {
  readonly role: 'dte' | 'dce'
  readonly pins: readonly ScenePin[]
  /** Pins bridged inside this plug. */
  readonly bridges: readonly (readonly [string, string])[]
}

/** A box of the shift register. */
export interface SceneSlot {
  readonly name: string
  readonly level: 0 | 1
  readonly state: 'gone' | 'now' | 'to come'
}

export interface SceneArrival {
  readonly text: string
  readonly wrong: boolean
}

export interface Rs232Scene {
  readonly kind: 'rs232'
  readonly standard: StandardName
  /** Undefined: the pins of a header, without a connector of its own. */
  readonly connector: string | undefined
  /** Contacts row by row, as the connector's face has them. */
  readonly face: readonly (readonly string[])[]
  readonly near: SceneConnector
  readonly far: SceneConnector
  readonly wires: readonly (readonly [string, string])[]
  readonly slots: readonly SceneSlot[]
  /** What has not begun to leave. */
  readonly waiting: string
  readonly arrived: readonly SceneArrival[]
  /** Everything in the picture, each with its sentence: what a screen reader hears, and what stands under WORDS. */
  readonly things: readonly SceneThing[]
}
