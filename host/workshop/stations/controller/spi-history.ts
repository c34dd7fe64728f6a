/** The transfers on the SPI wires as the controller has them: what it sent and read, whatever the wires did to it. */
import type { SpiWires } from '../../../../boards/spi/spi-wires.js'
import { type Clock, SECOND } from '../../../../firmware/hal/clock.js'
import type { LaneWindow } from '../../station.js'
import { type DecodedTransfer, decodeTransfer } from './spi-decoding.js'

export interface KeptTransfer {
  /** CS fell and rose. */
  readonly from: number
  readonly to: number
  /** Of a bit, ns. */
  readonly period: number
  readonly write: Uint8Array
  readonly read: Uint8Array
  readonly decoded: DecodedTransfer
}

const MOST = 4_000
/** CS is low before the first clock and behind the last (DS39662 table 16-6). */
const SETUP = 50

export class SpiHistory {
  #kept: KeptTransfer[] = []
  #count = 0
  #bank = 0

  /** @param heard is called with each transfer */
  constructor(clock: Clock, wires: SpiWires, heard: (transfer: KeptTransfer) => void) {
    const nothing = () => undefined
    wires.observe({
      transfer: (write, read) => {
        const period = SECOND / wires.clockRate
        const decoded = decodeTransfer(write, read, this.#bank)
        this.#bank = decoded.bank
        // The bus acts with the last bit of a transfer.
        const from = clock.now - (write.length + read.length) * 8 * period - SETUP
        const kept = { from, to: clock.now, period, write: write.slice(), read: read.slice(), decoded }
        if (this.#kept.length >= MOST) this.#kept = this.#kept.slice(MOST >> 1)
        this.#kept.push(kept)
        this.#count++
        heard(kept)
      },
      select: nothing,
      exchange: nothing,
      edge: nothing,
    })
  }

  get count(): number {
    return this.#count
  }

  latest(many: number): readonly KeptTransfer[] {
    return this.#kept.slice(-many)
  }

  within({ from, to }: LaneWindow): readonly KeptTransfer[] {
    return this.#kept.filter((each) => each.to >= from && each.from <= to)
  }
}
