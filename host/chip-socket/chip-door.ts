/**
 * SPI, INT and RESET of a bench's chip, for a driver in the place of its controller. Virtual time passes by what the driver asks for, octets at their
 * clock and waits at their length, and by nothing else: the same requests have the same replies, and make the same wire.
 */
import type { BareBoard } from '../../boards/bare-board.js'
import { CS_HIGH, CS_SETUP } from '../../boards/chips/enc28j60/spi-timing.js'
import type { Bench } from '../../boards/faults/bench.js'
import type { Scheduler } from '../../boards/simulation/scheduler.js'
import type { SpiWires } from '../../boards/spi/spi-wires.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { Tally } from '../../firmware/hal/counters.js'
import {
  type ChipRequest,
  type ChipState,
  type InterruptEdge,
  RefusedRequest,
  type RequestRefusal,
} from './messages.js'

/** CS stays low so long behind the last octet: what MAC and MII registers need (DS39662 table 16-6). */
const USUAL_HOLD = 210
/** Edges of INT that a reply names; all are counted. */
const NAMED_EDGES = 64

type Transfer = Extract<ChipRequest, { readonly kind: 'transfer' }>
type BusTiming = Omit<Extract<ChipRequest, { readonly kind: 'bus' }>, 'kind'>

export class ChipDoor {
  /** What was refused, by reason; and messages that ended with their connection, amidst. */
  readonly refused = new Tally<RequestRefusal | 'cut-short'>()
  readonly #board: BareBoard
  readonly #wires: SpiWires
  readonly #clock: Scheduler
  readonly #usualTiming: BusTiming
  #timing: BusTiming
  #isSelected = false
  #isResetHigh = true
  #roseAt = Number.NEGATIVE_INFINITY
  /** The last octet under this chip select ended. */
  #clockedAt: number | undefined
  #findings = 0
  #edgeCount = 0
  #edges: InterruptEdge[] = []

  constructor({ board, lab }: Bench<BareBoard>) {
    const { chip, definition, wires } = board
    this.#board = board
    this.#wires = wires
    this.#clock = lab.clock
    this.#usualTiming = { clock: definition.chip.spiClock, hold: USUAL_HOLD, high: CS_HIGH }
    this.#timing = this.#usualTiming
    this.setTiming(this.#usualTiming)
    wires.interrupt.onEdge((high) => {
      this.#edgeCount++
      if (this.#edges.length < NAMED_EDGES) this.#edges.push({ at: this.#clock.now, high })
    })
    chip.onFinding(() => {
      this.#findings++
    })
  }

  /** SCK that a driver begins with, hertz. */
  get usualClock(): number {
    return this.#usualTiming.clock
  }

  /** As it is now, with the edges of INT that nobody has taken. */
  get state(): ChipState {
    return {
      at: this.#clock.now,
      interruptHigh: this.#wires.interrupt.high,
      findings: this.#findings,
      edgeCount: this.#edgeCount,
      edges: this.#edges,
    }
  }

  /** The same; the edges are not to be had again. */
  takeState(): ChipState {
    const { state } = this
    this.#edgeCount = 0
    this.#edges = []
    return state
  }

  /** A new driver begins with what is usual, and with what happens from now on. */
  begin(): void {
    this.setTiming(this.#usualTiming)
    this.#edgeCount = 0
    this.#edges = []
  }

  /** The driver lets the pins be: CS and RESET have pull-ups (DS39662 table 1-1). */
  release(): void {
    if (this.#isSelected) this.#deselect()
    this.setReset(true)
  }

  setTiming(timing: BusTiming): void {
    this.#timing = timing
    this.#board.chip.spiClock = timing.clock
    this.#wires.clockRate = timing.clock
  }

  setReset(high: boolean): void {
    if (high === this.#isResetHigh) return
    this.#isResetHigh = high
    this.#wires.setReset(high)
  }

  /**
   * Octets both ways, each at its time; CS falls in front of them or rises behind them, where it is to.
   * @throws RefusedRequest for octets that the chip would not hear, and for a CS that is low already
   */
  transfer({ select, deselect, octets }: Transfer): Uint8Array {
    if (select && this.#isSelected)
      throw new RefusedRequest(
        'selected-already',
        'CS is low already: end the transfer before this one with 2, CS rises',
      )
    if (!select && !this.#isSelected)
      throw new RefusedRequest(
        'not-selected',
        'CS is high, and the chip hears nothing: begin the transfer with 1, CS falls',
      )
    if (select) this.#select()
    const began = this.#clock.now
    const miso = new Uint8Array(octets.length)
    for (let i = 0; i < octets.length; i++) {
      this.#clock.runUntil(began + Math.round(((i + 1) * 8 * SECOND) / this.#timing.clock))
      miso[i] = this.#wires.exchange(octets[i])
    }
    if (octets.length > 0) this.#clockedAt = this.#clock.now
    if (deselect) this.#deselect()
    return miso
  }

  advance(duration: number): void {
    this.#clock.runFor(duration)
  }

  /** Until INT is low, and no longer than that. */
  waitForInterrupt(duration: number): void {
    const { interrupt } = this.#wires
    const latest = this.#clock.now + duration
    this.#clock.runWhile(() => interrupt.high, latest)
    if (interrupt.high) this.#clock.runUntil(latest)
  }

  #select(): void {
    this.#clock.runUntil(this.#roseAt + this.#timing.high)
    this.#wires.select()
    this.#isSelected = true
    this.#clockedAt = undefined
    this.#clock.runFor(CS_SETUP)
  }

  #deselect(): void {
    this.#clock.runFor(this.#timing.hold)
    const { chip } = this.#board
    chip.csHold = this.#clockedAt === undefined ? undefined : this.#clock.now - this.#clockedAt
    this.#wires.deselect()
    this.#isSelected = false
    this.#roseAt = this.#clock.now
  }
}
