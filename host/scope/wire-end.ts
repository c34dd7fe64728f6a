/** The controller's end of the SPI wires, for a trace of pins: what the controller sends and reads, whatever the wires do. */
import type { PinObserver } from '../../boards/chips/enc28j60/pins.js'
import type { SpiWires, WireObserver } from '../../boards/spi/spi-wires.js'
import type { TracedChip } from '../capture/pin-trace.js'

export class WireEnd implements TracedChip {
  readonly clkoutHertz = 0
  readonly #wires: SpiWires
  readonly #chip: TracedChip

  constructor(wires: SpiWires, chip: TracedChip) {
    this.#wires = wires
    this.#chip = chip
  }

  get interruptHigh(): boolean {
    return this.#wires.interrupt.high
  }

  get spiClock(): number {
    return this.#chip.spiClock
  }

  observePins(observer: PinObserver): () => void {
    return this.#wires.observe(this.#watch(observer))
  }

  #watch(observer: PinObserver): WireObserver {
    return {
      transfer: (write, read) => {
        observer.chipSelect?.(false)
        // While an instruction goes out the chip does not drive the wire, and the controller reads what it is pulled to.
        for (const octet of write) observer.exchange?.(octet, this.#floating(octet))
        for (const octet of read) observer.exchange?.(0, octet)
        observer.chipSelect?.(true)
      },
      select: (low) => observer.chipSelect?.(!low),
      exchange: (mosi, miso) => observer.exchange?.(mosi, miso),
      edge: (wire, high) => observer.edge?.(wire === 'MOSI' ? 'SI' : wire === 'MISO' ? 'SO' : 'SCK', high),
    }
  }

  #floating(mosi: number): number {
    const { floating } = this.#wires
    return floating === 'high' ? 0xff : floating === 'low' ? 0 : mosi
  }
}
