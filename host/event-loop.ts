/**
 * What ECMAScript leaves to the program that runs it, and the host floor needs: turns of the event loop, timers, and a clock. Node,
 * a browser's page and a browser's worker have them under the same names.
 */

interface Platform {
  setTimeout(callback: () => void, milliseconds: number): unknown
  clearTimeout(timer: unknown): void
  setInterval(callback: () => void, milliseconds: number): unknown
  clearInterval(timer: unknown): void
  readonly performance: { now(): number; readonly timeOrigin: number }
  /** Node's: no browser has them. */
  readonly setImmediate?: (callback: () => void) => unknown
  readonly clearImmediate?: (turn: unknown) => void
  /** A browser's way to a turn of its own; its timers are kept back by 4 ms once they nest. */
  readonly MessageChannel?: new () => {
    readonly port1: { onmessage: (() => void) | null }
    readonly port2: { postMessage(message: null): void }
  }
}

const platform = globalThis as unknown as Platform
const NANOSECONDS_A_MILLISECOND = 1_000_000

/** Nanoseconds on the monotonic clock of whatever we run in. */
export type Monotonic = () => number

const origin = platform.performance.now()

/**
 * The platform's monotonic clock: nanoseconds since this was loaded, exact up to 104 days. A browser rounds it, to 5 or 100 µs, so that pages
 * cannot measure each other.
 */
export const monotonic: Monotonic = () => Math.round((platform.performance.now() - origin) * NANOSECONDS_A_MILLISECOND)

/** Nanoseconds since 1970; within 256 ns, which is what a number of this size holds, or as a browser rounds its clock. */
export function timeOfDay(): number {
  return (platform.performance.timeOrigin + platform.performance.now()) * NANOSECONDS_A_MILLISECOND
}

/** Calls back in a turn of the event loop of its own: every queue of promises is empty before it. Returns what takes the call back. */
export type NextTurn = (callback: () => void) => () => void

function immediates(): NextTurn {
  return (callback) => {
    const turn = platform.setImmediate!(callback)
    return () => platform.clearImmediate!(turn)
  }
}

/** A message to oneself is a turn; messages come in the order in which they were sent. */
function messages(): NextTurn {
  const { port1, port2 } = new platform.MessageChannel!()
  const waiting: { callback: (() => void) | undefined }[] = []
  port1.onmessage = () => waiting.shift()?.callback?.()
  return (callback) => {
    const entry: { callback: (() => void) | undefined } = { callback }
    waiting.push(entry)
    port2.postMessage(null)
    return () => {
      entry.callback = undefined
    }
  }
}

function timers(): NextTurn {
  return (callback) => later(0, callback)
}

export const nextTurn: NextTurn =
  platform.setImmediate !== undefined ? immediates() : platform.MessageChannel !== undefined ? messages() : timers()

/** Resolves in a turn of the event loop of its own: whatever follows from promises kept by now has happened before. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    nextTurn(resolve)
  })
}

/** The shortest that a timer reliably waits, ns: Node's count milliseconds, a browser's come after 4 ms at the soonest once they nest (HTML 8.6). */
export const TIMER_GRAIN = (platform.setImmediate === undefined ? 4 : 1) * NANOSECONDS_A_MILLISECOND

/** The longest that every platform's timers can be set to, ms: twelve days. */
const LONGEST_TIMER_MILLISECONDS = 0x3fff_ffff

/** Calls back after so many whole milliseconds, or sooner where they are more than a timer counts. Returns what takes the call back. */
export function later(milliseconds: number, callback: () => void): () => void {
  const timer = platform.setTimeout(callback, Math.min(milliseconds, LONGEST_TIMER_MILLISECONDS))
  return () => platform.clearTimeout(timer)
}

/** Calls back again and again. Returns what ends that. Does not keep a process of Node's alive. */
export function every(milliseconds: number, callback: () => void): () => void {
  const timer = platform.setInterval(callback, milliseconds) as { unref?: () => void } | number
  if (typeof timer === 'object') timer.unref?.()
  return () => platform.clearInterval(timer)
}
