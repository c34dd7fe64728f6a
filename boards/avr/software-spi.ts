/**
 * The SPI pins of a microcontroller while a program moves them itself: by port writes of any kind,
 * in an interrupt, by a timer's output. Each edge goes to the bus at the instant of its instruction, and MISO comes back to
 * its pin. While the SPI peripheral drives the pins nobody listens to them, and octets go to the bus as such.
 *
 * The USART in SPI master mode (DS40002061B 21) has other pins (XCK, TXD, RXD), on which no chip hangs.
 */

import type { Scheduler } from '../simulation/scheduler.js'
import type { MisoListener, SpiEnd } from '../spi/spi-pins.js'
import type { AvrMcu } from './mcu.js'
import type { McuPin } from './ports.js'

export class SoftwareSpi {
  readonly #clock: Scheduler
  readonly #sck: McuPin
  readonly #mosi: McuPin
  readonly #miso: McuPin
  #bus: SpiEnd
  #listening: (() => void)[] = []

  constructor(clock: Scheduler, mcu: AvrMcu, bus: SpiEnd) {
    this.#clock = clock
    const { port, SCK, MOSI, MISO } = mcu.part.spi
    const pin = (mask: number) => mcu.pin(port, 31 - Math.clz32(mask))
    this.#sck = pin(SCK)
    this.#mosi = pin(MOSI)
    this.#miso = pin(MISO)
    this.#bus = bus
    this.listen()
  }

  /** What hangs on the pins from now on. */
  set bus(bus: SpiEnd) {
    const listening = this.#listening.length > 0
    this.ignore()
    this.#bus = bus
    if (listening) this.listen()
  }

  /**
   * Edges count from now on.
   * @param octetAt when an octet of the peripheral's ended that went before under the same chip select, ns
   */
  listen(octetAt?: number): void {
    if (this.#listening.length > 0) return
    this.#bus.handleMiso = this.#drive
    this.#synchronise()
    if (octetAt !== undefined) this.#bus.resume(octetAt)
    this.#listening = [
      this.#mosi.onEdge((high) => this.#bus.setMosi(high)),
      this.#sck.onEdge((high) => this.#bus.setSck(high, this.#clock.now)),
    ]
  }

  /** The peripheral drives: its octets are reported by other means, and its edges are not looked at. */
  ignore(): void {
    for (const stop of this.#listening) stop()
    this.#listening = []
    this.#synchronise()
    this.#bus.handleMiso = undefined
    this.#miso.drive(undefined)
  }

  /** The levels at which the pins rest: an edge, where they rested at others. */
  #synchronise(): void {
    this.#bus.setMosi(this.#mosi.high)
    this.#bus.setSck(this.#sck.high, this.#clock.now)
  }

  readonly #drive: MisoListener = (driven, floating) => {
    this.#miso.pull(floating)
    this.#miso.drive(driven)
  }
}
