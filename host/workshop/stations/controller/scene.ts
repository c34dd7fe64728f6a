/** What the controller station shows. */
import type { SceneThing } from '../../scene-thing.js'

/** From one state to another of a region, by an event. */
export interface ChartArc {
  readonly from: string
  readonly to: string
  /** As the chart has it: `CHIP UP`; `after retry` for a time that has passed. */
  readonly event: string
}

/** A region of the controller’s state chart, taken from the chart’s own definition. */
export interface ChartRegion extends SceneThing {
  readonly region: string
  readonly states: readonly string[]
  /** Undefined: the controller is not where this region is. */
  readonly active: string | undefined
  readonly arcs: readonly ChartArc[]
}

export interface ShownField {
  readonly name: string
  /** Bits of it: one is a flag, more are a number. */
  readonly width: number
  readonly value: number
  readonly changed: boolean
}

export interface ShownRegister extends SceneThing {
  readonly name: string
  /** In hexadecimal, as the data sheet writes it. */
  readonly value: string
  readonly changed: boolean
  /** Empty where the register is one number. */
  readonly fields: readonly ShownField[]
  /** Shown in every bank. */
  readonly common: boolean
}

export interface MemoryPointer extends SceneThing {
  readonly name: string
  readonly at: number
  /** Who moves it. */
  readonly by: 'controller' | 'chip'
}

/** Something in the 8 KiB; `to` lies before `from` where it goes over the end of the ring. */
export interface MemoryPiece extends SceneThing {
  readonly kind: 'packet' | 'transmit' | 'lost'
  readonly from: number
  readonly to: number
  readonly label: string
  /** Where its header says that the next one begins. */
  readonly next: number | undefined
}

export interface ShownMemory {
  readonly start: number
  readonly end: number
  readonly pointers: readonly MemoryPointer[]
  readonly pieces: readonly MemoryPiece[]
  readonly free: number
}

export interface ShownTransfer extends SceneThing {
  readonly instruction: string
  /** CS fell, and rose. */
  readonly from: number
  readonly to: number
  /** The same in every language: `WCR ERXSTL ← 00h`. */
  readonly text: string
}

export interface ControllerScene {
  readonly kind: 'controller'
  readonly driver: 'firmware' | 'hand'
  /** The controller has let the chip go, and it is in the learner’s hands. */
  readonly lent: boolean
  readonly chart: readonly ChartRegion[]
  readonly bank: string
  readonly registers: readonly ShownRegister[]
  readonly memory: ShownMemory
  /** The newest last. */
  readonly transfers: readonly ShownTransfer[]
  /** At the chip’s pin, and at the controller’s. */
  readonly interrupt: { readonly chip: boolean; readonly controller: boolean }
  readonly powered: boolean
  readonly link: boolean
  readonly plugged: boolean
  readonly signal: 'to-partner' | 'to-chip' | undefined
  readonly things: readonly SceneThing[]
}
