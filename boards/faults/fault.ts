/** A fault: something physical that is broken, the name it goes by, and what a person would see of it. */
import type { CableMake } from '../ethernet/cable.js'
import type { LabHostOptions } from '../lab-host-options.js'
import type { SimulatedBoardOptions } from '../model/board.js'
import type { Bench } from './bench.js'

/** Where it sits: the order is the one in which a person meets them, from the plug in the hand to the partner far away. */
export const FAULT_LAYERS = ['supply', 'serial', 'wiring', 'chip', 'cable', 'partner', 'timing'] as const
export type FaultLayer = (typeof FAULT_LAYERS)[number]

export interface Fault {
  /** As on the command line, and as a diagnosis names its cause. */
  readonly name: string
  readonly layer: FaultLayer
  readonly title: string
  /** What a person would see who does not know of it. */
  readonly symptom: string
  /** Boards it can happen to; left out: all. */
  readonly boards?: readonly string[]
  /** What the board is built with. */
  readonly board?: Pick<SimulatedBoardOptions, 'revision' | 'errata' | 'crystal' | 'defects' | 'spiClock'>
  /** What the partner is built with. */
  readonly peer?: Pick<LabHostOptions, 'duplex' | 'jack' | 'only100' | 'silent'>
  /** What the cable is made of. */
  readonly cable?: CableMake
  /** Breaks it, on a bench where the board has no supply yet. */
  readonly apply?: (bench: Bench) => void
}
