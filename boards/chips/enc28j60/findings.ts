/** What the chip noticed its driver doing against the data sheet. A finding never changes what the chip does. */

import type { Clock } from '../../../firmware/hal/clock.js'
import { Tally } from '../../../firmware/hal/counters.js'
import { Listeners } from '../../../firmware/hal/listeners.js'
import { ALWAYS_ASKED, FINDING_RULES, type FindingId } from './finding-rules.js'

export interface Finding {
  /** Stable name of the rule. */
  readonly id: FindingId
  /** Virtual time, ns. */
  readonly at: number
  /** Octets the driver had sent under the chip select in which it happened (the instruction first). */
  readonly octets: Uint8Array
  /** The rule that was broken, in words. */
  readonly rule: string
  /** Where the rule is written. */
  readonly source: string
}

/** Findings kept; later ones are still counted and reported. */
const KEPT = 1000

export class FindingLog {
  readonly #clock: Clock
  readonly #octets: () => Uint8Array
  readonly #isProgramLost: () => boolean
  readonly list: Finding[] = []
  readonly counts = new Tally<FindingId>()
  /** What a driver did that went on as if its chip had not lost its supply: no misuse of its own, and in neither of the others. */
  readonly excused = new Tally<FindingId>()
  readonly listeners = new Listeners<[finding: Finding]>()

  /**
   * @param octets what the driver has sent under the present chip select, a copy
   * @param isProgramLost whether what the driver has programmed was undone behind its back
   */
  constructor(clock: Clock, octets: () => Uint8Array, isProgramLost: () => boolean) {
    this.#clock = clock
    this.#octets = octets
    this.#isProgramLost = isProgramLost
  }

  report(id: FindingId): void {
    // The bank that a driver remembers is another one now: of what it does to registers hardly anything is what it meant.
    if (this.#isProgramLost() && !ALWAYS_ASKED.has(id)) {
      this.excused.add(id)
      return
    }
    this.counts.add(id)
    if (this.list.length >= KEPT && this.listeners.size === 0) return
    const [rule, source] = FINDING_RULES[id]
    const finding: Finding = { id, at: this.#clock.now, octets: this.#octets(), rule, source }
    if (this.list.length < KEPT) this.list.push(finding)
    this.listeners.tell(finding)
  }
}
