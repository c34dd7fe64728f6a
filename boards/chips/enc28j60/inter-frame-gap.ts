/**
 * The quiet time before a frame (DS39662 registers 6-4 and 6-5; IEEE 802.3 4.2.3.2.1), in nibble times of 400 ns. The data
 * sheet says what MABBIPG adds up to: 12h in half and 15h in full duplex both make 9.6 us. MAIPG is read the same way: 12h
 * makes 9.6 us in all, of which MAIPGH's 0Ch makes the first 6.4 us, in which carrier starts the gap over.
 */
import { BIT_TIME } from '../../ethernet/port.js'
import { PLACE } from './places.js'
import type { RegisterFile } from './register-file.js'

const { MABBIPG, MAIPGH, MAIPGL } = PLACE

const NIBBLE = 4 * BIT_TIME

export class InterFrameGap {
  readonly #registers: RegisterFile
  /** No frame of ours may start earlier. */
  end = 0
  /** Carrier seen before this starts the gap over. */
  firstPartEnd = 0

  constructor(registers: RegisterFile) {
    this.#registers = registers
  }

  reset(): void {
    this.end = 0
    this.firstPartEnd = 0
  }

  /** Something of our own has left the pair. */
  afterOwn(now: number, fullDuplex: boolean): void {
    const gap = (this.#registers.values[MABBIPG] + (fullDuplex ? 3 : 6)) * NIBBLE
    this.end = now + gap
    this.firstPartEnd = now + Math.floor((gap * 2) / 3)
  }

  /** Another station's signal has ended. */
  afterCarrier(now: number): void {
    const { values } = this.#registers
    this.end = Math.max(this.end, now + (values[MAIPGL] + 6) * NIBBLE)
    this.firstPartEnd = Math.min(this.end, now + (values[MAIPGH] + 4) * NIBBLE)
  }
}
