/** What the chip noticed its driver doing against the data sheet. A finding never changes what the chip does. */

import type { Clock } from '../../../firmware/hal/clock.js'
import { Tally } from '../../../firmware/hal/counters.js'
import { Listeners } from '../../../firmware/hal/listeners.js'
import { FINDING_RULES, type FindingId } from './finding-rules.js'

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
  readonly list: Finding[] = []
  readonly counts = new Tally<FindingId>()
  readonly listeners = new Listeners<[finding: Finding]>()

  /** @param octets what the driver has sent under the present chip select, a copy. */
  constructor(clock: Clock, octets: () => Uint8Array) {
    this.#clock = clock
    this.#octets = octets
  }

  report(id: FindingId): void {
    this.counts.add(id)
    if (this.list.length >= KEPT && this.listeners.size === 0) return
    const [rule, source] = FINDING_RULES[id]
    const finding: Finding = { id, at: this.#clock.now, octets: this.#octets(), rule, source }
    if (this.list.length < KEPT) this.list.push(finding)
    this.listeners.tell(finding)
  }
}
