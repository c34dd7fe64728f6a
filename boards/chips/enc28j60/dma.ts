/** The DMA: copies within buffer memory, and checksums (DS39662 13.0). */
import { BITS, BUFFER_SIZE } from '../../../firmware/enc28j60/registers.js'
import type { Timer } from '../../../firmware/hal/clock.js'
import { ADDRESS_MASK } from './buffer-memory.js'
import { internetChecksum } from './checksum.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'

const { ECON1, EDMACSL, EDMADSTL, EDMANDL, EDMASTL, ERXNDL, ERXSTL } = PLACE
const { DMAST, CSUMEN, TXRTS } = BITS.ECON1

/** Nanoseconds an octet: two cycles of 25 MHz to copy, one to sum up (DS39662 13.1, 13.2). */
const COPY_TIME = 80
export const CHECKSUM_TIME = 40

interface Run {
  readonly checksum: boolean
  readonly from: number
  readonly to: number
  /** Octets to go; Infinity where EDMAND is never met. */
  readonly count: number
  readonly startedAt: number
  /** Where the source turns, sampled at the start. */
  readonly start: number
  readonly end: number
}

/** Octets from `from` to `last` inclusive for a pointer that turns `end` -> `start`; Infinity when it never gets there. */
export function ringDistance(from: number, last: number, start: number, end: number): number {
  let at = from
  let count = 0
  // A stretch ends at `end` or at 1FFFh; after three turns the pointer is where it has been before.
  for (let turn = 0; turn < 4; turn++) {
    const stop = at <= end ? end : ADDRESS_MASK
    if (last >= at && last <= stop) return count + last - at + 1
    count += stop - at + 1
    at = stop === end ? start : 0
  }
  return Number.POSITIVE_INFINITY
}

export class Dma {
  readonly #core: Core
  #run: Run | undefined
  #timer: Timer | undefined

  constructor(core: Core) {
    this.#core = core
  }

  /** Octets are being moved or summed; waiting for the transmitter does not count. */
  get running(): boolean {
    return this.#run !== undefined
  }

  get checksumming(): boolean {
    return this.#run?.checksum ?? false
  }

  reset(): void {
    this.#core.clock.cancel(this.#timer)
    if (this.#run !== undefined) this.#perform(this.#run)
    this.#run = undefined
  }

  /** ECON1.DMAST rose. */
  start(): void {
    this.advance()
  }

  /** The transmitter may have become idle: a DMA waits for it (DS39662 13.0). */
  advance(): void {
    const { registers, clock, receiver, findings } = this.#core
    const { values } = registers
    if (this.#run !== undefined || (values[ECON1] & DMAST) === 0 || (values[ECON1] & TXRTS) !== 0) return
    const checksum = (values[ECON1] & CSUMEN) !== 0
    const from = registers.word(EDMASTL)
    const last = registers.word(EDMANDL)
    const start = registers.word(ERXSTL)
    const end = registers.word(ERXNDL)
    let count = ringDistance(from, last, start, end)
    // A copy of one octet misses its own end and runs over the whole memory (DS39662 13.1).
    if (!checksum && from === last) count = Number.POSITIVE_INFINITY
    if (count === Number.POSITIVE_INFINITY) findings.report('dma-without-end')
    const run: Run = { checksum, from, to: registers.word(EDMADSTL), count, startedAt: clock.now, start, end }
    this.#run = run
    if (checksum) {
      if (receiver.busy) findings.report('checksum-while-receiving')
      if (this.#core.errata.checksumAbortsReceive) receiver.checksumStarted()
    }
    if (count === Number.POSITIVE_INFINITY) return
    this.#timer = clock.after(count * (checksum ? CHECKSUM_TIME : COPY_TIME), () => {
      this.#perform(run)
      values[ECON1] &= ~DMAST
      this.#done(true)
    })
  }

  /** The host cleared ECON1.DMAST: what has been copied stays, and DMAIF comes. */
  cancel(): void {
    this.#core.clock.cancel(this.#timer)
    if (this.#run !== undefined) this.#perform(this.#run)
    this.#done(this.#core.choices.dmaFlagOnCancel)
  }

  #done(tell: boolean): void {
    this.#run = undefined
    if (tell) this.#core.raise(BITS.EIR.DMAIF)
    this.#core.transmitter.advance()
  }

  /** Does what the elapsed time allows. */
  #perform(run: Run): void {
    const { clock, memory, registers } = this.#core
    const elapsed = Math.floor((clock.now - run.startedAt) / (run.checksum ? CHECKSUM_TIME : COPY_TIME))
    const count = Math.min(run.count, elapsed)
    if (run.checksum) {
      // A cancelled checksum leaves EDMACS alone.
      if (count < run.count) return
      const summed = new Uint8Array(count)
      memory.read(run.from, summed, 0, count, run.start, run.end)
      registers.setWord(EDMACSL, internetChecksum(summed, 0, count))
      return
    }
    // Octet by octet, upwards: what overlaps is copied as the engine would. Twice round leaves nothing new to copy.
    let source = run.from
    let target = run.to
    for (let left = Math.min(count, 2 * BUFFER_SIZE); left > 0; left--) {
      memory.octets[target] = memory.octets[source]
      memory.settle(target, 1)
      source = source === run.end ? run.start : (source + 1) & ADDRESS_MASK
      target = (target + 1) & ADDRESS_MASK
    }
  }
}
