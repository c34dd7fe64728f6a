/** The memory's built-in self-test (DS39662 15.0): fills memory, and sums up what it wrote. */
import { BITS, BUFFER_SIZE } from '../../../firmware/enc28j60/registers.js'
import type { Timer } from '../../../firmware/hal/clock.js'
import { internetChecksum } from './checksum.js'
import type { Core } from './core.js'
import { CHECKSUM_TIME } from './dma.js'
import { PLACE } from './places.js'

const { ECON1, EBSTCON, EBSTCSL, EBSTSD } = PLACE
const { TMSEL, TME, BISTST } = BITS.EBSTCON
const { DMAST, TXRTS, RXEN } = BITS.ECON1

/** As fast as a checksum, so that a DMA may follow on its heels (DS39662 15.0). */
const FILL_TIME = BUFFER_SIZE * CHECKSUM_TIME

const MODE_RANDOM = 0
const MODE_ADDRESS = 1
const MODE_PATTERN = 2

/** The next octet of the random fill. The data sheet gives no polynomial: x^8 + x^6 + x^5 + x^4 + 1, period 255. */
function shiftRandom(octet: number): number {
  return (octet >>> 1) ^ (octet & 1 ? 0xb8 : 0)
}

export class Bist {
  readonly #core: Core
  #timer: Timer | undefined

  constructor(core: Core) {
    this.#core = core
  }

  reset(): void {
    this.#core.clock.cancel(this.#timer)
    this.#timer = undefined
  }

  /** EBSTCON was written. */
  command(value: number, old: number): void {
    const { findings, registers, clock } = this.#core
    if ((value & BISTST) === 0) {
      this.reset()
      return
    }
    if ((old & BISTST) !== 0) return
    if ((value & TME) === 0) {
      findings.report('bist-without-test-mode')
      registers.values[EBSTCON] &= ~BISTST
      return
    }
    if (registers.values[ECON1] & (DMAST | TXRTS | RXEN)) findings.report('bist-while-busy')
    this.#fill((value & TMSEL) >> 2, value >> 5)
    this.#timer = clock.after(FILL_TIME, () => {
      registers.values[EBSTCON] &= ~BISTST
      registers.setWord(EBSTCSL, internetChecksum(this.#core.memory.octets, 0, BUFFER_SIZE))
      this.#core.memory.settle(0, BUFFER_SIZE) // EBSTCS is of what was written, and not of what a damaged cell made of it
    })
  }

  /** Is memory in test mode? */
  get testMode(): boolean {
    return (this.#core.registers.values[EBSTCON] & TME) !== 0
  }

  #fill(mode: number, shift: number): void {
    const { memory, registers } = this.#core
    const { octets } = memory
    let octet = registers.values[EBSTSD]
    switch (mode) {
      case MODE_ADDRESS:
        for (let at = 0; at < BUFFER_SIZE; at++) octets[at] = at
        return
      case MODE_PATTERN:
        for (let at = 0; at < BUFFER_SIZE; at++) {
          octets[at] = octet
          octet = (octet << shift) | (octet >>> (8 - shift))
          octet &= 0xff
        }
        return
      default:
        // 11b is reserved; the 2004 edition has it as a random fill too.
        if (mode !== MODE_RANDOM) this.#core.findings.report('bist-reserved-mode')
        for (let at = 0; at < BUFFER_SIZE; at++) {
          octets[at] = octet
          octet = shiftRandom(octet)
        }
        registers.values[EBSTSD] = octet
    }
  }
}
