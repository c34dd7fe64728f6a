/** What a scope is put on: a conductor, watched from the moment the probe is made. */
import type { MarkRow, Trace } from './trace.js'

/** What is looked at, in nanoseconds of simulated time. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** From when to when, on the simulation's clock; or for how long from the moment something happens on the first probe. */
export type WantedWindow = Window | { readonly duration: number }

/** What a receiver makes of a voltage: drawn behind the trace. */
export interface Level {
  readonly from: number
  readonly to: number
  readonly text: string
  /** Here the standard says nothing. */
  readonly undefined?: boolean
}

export interface Probe {
  readonly name: string
  readonly title: string
  readonly levels: readonly Level[]
  readonly trace: Trace
  /** When something first happened on the conductor; undefined while nothing has. */
  readonly firstActivity: number | undefined
  /** What the voltage means, from the same source. */
  rows(window: Window): readonly MarkRow[]
  /** Ends the watching. */
  stop(): void
}

/** Whether what happens at an instant is before the window, of interest, or behind it. */
export type Keep = (at: number) => 'early' | 'shown' | 'late'
