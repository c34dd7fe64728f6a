/** What a scope is put on: a conductor, watched from the moment the probe is made. */
import type { MarkRow, Trace } from './trace.js'

/** What is looked at, in nanoseconds of simulated time. */
export interface ScopeWindow {
  readonly from: number
  readonly to: number
}

/**
 * From when to when, on the simulation's clock; or for how long from the moment that is waited for, beginning so long after
 * it (before it, where `after` is negative).
 */
export type WantedScopeWindow = ScopeWindow | { readonly duration: number; readonly after?: number }

/** What a receiver makes of a voltage: drawn behind the trace. */
export interface ScopeLevel {
  readonly from: number
  readonly to: number
  readonly text: string
  /** Here the standard says nothing. */
  readonly undefined?: boolean
}

export interface ScopeProbe {
  readonly name: string
  readonly title: string
  readonly levels: readonly ScopeLevel[]
  readonly trace: Trace
  /** When something first happened on the conductor; undefined while nothing has. */
  readonly firstActivity: number | undefined
  /** More happened in the window than was kept. */
  readonly overflowed?: boolean
  /** What has to be known of the conductor to read the picture: that nobody drives it. */
  readonly note?: string
  /**
   * What the voltage means, from the same source.
   * @param least marks shorter than so many nanoseconds are left out, unless something is wrong there
   */
  rows(window: ScopeWindow, least?: number): readonly MarkRow[]
  /** Ends the watching. */
  stop(): void
}

/**
 * Whether what happens from one instant to another (the same by default) is before the window, of interest, or behind it;
 * or nobody knows yet, because what the window begins with has not come.
 */
export type Keep = (from: number, to?: number) => 'early' | 'shown' | 'late' | 'waiting'

/** An edge so long before a window may still be on its way in it, in nanoseconds. */
const SLOW_EDGE = 2_000_000

/** Where something lies that happens from one instant to another, once the window is known. */
export function placeIn(window: ScopeWindow, from: number, to = from): 'early' | 'shown' | 'late' {
  if (from > window.to) return 'late'
  return to < window.from - SLOW_EDGE ? 'early' : 'shown'
}

/** What of a row is worth a mark: in the window, and not too short. */
export function shownIn(
  { from, to }: ScopeWindow,
  least: number,
): (mark: { from: number; to: number; wrong?: boolean }) => boolean {
  return (mark) =>
    mark.to >= from && mark.from <= to && (mark.wrong === true || mark.to === mark.from || mark.to - mark.from >= least)
}
