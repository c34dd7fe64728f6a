/**
 * Keeps simulated time back for a program that has yet to read what a served board sent it. On a busy computer that program may
 * have to wait for the processor; a board that went on meanwhile would send again what was not answered, and lose what the program
 * sends once it comes to it.
 */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Monotonic } from '../event-loop.js'

/** Virtual time that may pass while octets wait to be read: what an operating system takes that has nothing else to do. */
const SLACK = 5 * MILLISECOND

/** Real time after which a program that reads nothing is taken for one that does not want to: time goes on without it. */
const TIMEOUT = 1 * SECOND

/** The kernel counts an octet as unread only when a worker of its own has carried it over: real time until it surely has. */
const CARRIED = 1 * MILLISECOND

/** Pieces that are kept: more than a kernel's terminal buffer holds in the smallest of them would be waited for by nobody. */
const MOST = 1_024

export class ReaderWatch {
  readonly #unread: () => number
  readonly #monotonic: Monotonic
  /** What was handed over and is perhaps not read: octets in all up to its end, its virtual and its real instant. */
  readonly #handed: { readonly end: number; readonly at: number; readonly realAt: number }[] = []
  #end = 0
  #unreadBefore = 0
  /** When the program last read something, or had nothing to read. */
  #readAt = 0
  /** Nobody reads: how many octets lie there. None is waited for until there are fewer. */
  #lying: number | undefined

  /** @param unread octets that the program has not read yet */
  constructor(unread: () => number, source: Monotonic) {
    this.#unread = unread
    this.#monotonic = source
  }

  /** `count` octets were handed over at the virtual instant `at`. */
  handed(count: number, at: number): void {
    this.#end += count
    if (this.#lying !== undefined) {
      if (this.#unread() >= this.#lying) return
      this.#lying = undefined
    }
    const realAt = this.#monotonic()
    if (this.#handed.length === 0) this.#readAt = realAt
    if (this.#handed.length >= MOST) this.#forget(realAt, this.#unread())
    if (this.#handed.length >= MOST) return // the first hold time back, and the last come after them
    this.#handed.push({ end: this.#end, at, realAt })
  }

  /** The latest instant to which virtual time may go for now; infinity where nothing waits to be read. */
  get holdAt(): number {
    if (this.#handed.length === 0) return Number.POSITIVE_INFINITY
    const now = this.#monotonic()
    const unread = this.#unread()
    if (unread < this.#unreadBefore) this.#readAt = now
    this.#unreadBefore = unread
    this.#forget(now, unread)
    if (this.#handed.length > 0 && now - this.#readAt > TIMEOUT) {
      this.#lying = unread
      this.#handed.length = 0
    }
    return this.#handed.length === 0 ? Number.POSITIVE_INFINITY : this.#handed[0].at + SLACK
  }

  /** What has been read by now is not waited for. */
  #forget(now: number, unread: number): void {
    let done = 0
    for (const { end, realAt } of this.#handed) {
      if (end > this.#end - unread || now - realAt < CARRIED) break
      done++
    }
    this.#handed.splice(0, done)
  }
}
