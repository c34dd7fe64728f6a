/**
 * A board with an emulated microcontroller: an ENC28J60 on its SPI pins, chip select, INT and RESET on pins in Arduino
 * numbering, and a serial line at its USART. Whatever image is in its flash runs.
 */
import { Listeners } from '../../firmware/hal/listeners.js'
import { ChipBoard, type ChipBoardOptions } from '../chip-board.js'
import { UartLine } from '../rs232/uart-line.js'
import type { Scheduler } from '../simulation/scheduler.js'
import { SharedSpi } from '../spi/shared-spi.js'
import { OctetPins, type SpiEnd, type SpiSlave } from '../spi/spi-pins.js'
import { arduinoPin } from './arduino-pins.js'
import { placeBootLoader } from './boot-loader.js'
import type { FlashImage } from './flash-image.js'
import { withoutBootLoader } from './fuses.js'
import { AvrMcu } from './mcu.js'
import type { Fuses, PortName } from './part.js'
import { emulatedPart } from './parts/parts.js'
import type { McuPin } from './ports.js'
import { SoftwareSpi } from './software-spi.js'
import type { SpiShape } from './spi.js'
import { WireContacts } from './wire-contacts.js'

/** Cycles of 62.5 ns: what a pull-up of 30 kΩ takes to raise a pin and some 10 cm of wire, 20 pF together. */
const WIRE_LAG = 10

export interface AvrBoardOptions extends ChipBoardOptions {
  readonly clock: Scheduler
  /** The application, or the whole flash. */
  readonly image?: FlashImage
  /** A boot loader: goes into flash as well, and reset then begins in the boot section, as on an Arduino. */
  readonly bootLoader?: FlashImage
  readonly fuses?: Fuses
  /** Arduino pin numbers that differ from the definition's. `reset: undefined` leaves the chip's RESET to its pull-up. */
  readonly pins?: { readonly cs?: number; readonly int?: number; readonly reset?: number | undefined }
}

export class AvrBoard extends ChipBoard {
  /** The application that it was made with. */
  readonly image: FlashImage | undefined
  readonly mcu: AvrMcu
  /** The serial line: `a` is the host's end, `b` the board's. */
  readonly uart: UartLine
  /**
   * Presses the reset button each time the boot loader gives up and leaves by its watchdog, until a page has been flashed:
   * a pseudo-terminal has no DTR that could do it when a programmer opens the port.
   */
  staysInBootLoader = false
  /**
   * How long a press of the reset button is repeated in the same way, in nanoseconds: for a board that has been flashed before.
   * 0: pressed once.
   */
  resetTimeout = 0
  /** Octets that crossed in an SPI mode other than 0, which is the only one the chip has (DS39662 4.1). */
  wrongModeOctets = 0
  readonly #wrongModeListeners = new Listeners<[mode: number]>()

  readonly #clock: Scheduler
  readonly #cs: McuPin
  readonly #softwareSpi: SoftwareSpi
  /** What hangs on the SPI pins: the ENC28J60's wires, or another chip in its place. */
  #bus: SpiEnd
  /** The same, with what else is on the bus; undefined while there is nothing. */
  #shared: SharedSpi | undefined
  #lastEdge: number | undefined
  #lateBit = 0
  #pressedUntil = 0
  #writtenBefore = 0
  #modesSeen = 1

  constructor(options: AvrBoardOptions) {
    super(options)
    const { clock, random, definition } = options
    this.#clock = clock
    const part = emulatedPart(definition)
    const bootLoader = options.bootLoader === undefined ? undefined : placeBootLoader(options.bootLoader, part)
    this.mcu = new AvrMcu({
      clock,
      part,
      frequency: definition.controller.clock,
      fuses: options.fuses ?? bootLoader?.fuses ?? withoutBootLoader(part),
      random: random.fork('sram'),
      supply: definition.controller.level,
    })
    this.image = options.image
    if (options.image !== undefined) this.mcu.load(options.image)
    if (bootLoader !== undefined) this.mcu.load(bootLoader.image)
    this.#bus = this.wires
    // An octet must reach the USART at its own instant: it alone knows whether there is room.
    this.uart = new UartLine({ clock, random: random.fork('line'), baud: definition.serial.baud, granularity: 1 })
    this.mcu.usart.line = this.uart.b
    const pins = { ...definition.chip.pins, ...options.pins }
    this.#cs = this.#wireSelect(pins.cs)
    this.#wireInterrupt(pins.int)
    if (pins.reset !== undefined) this.#wireReset(pins.reset)
    this.mcu.onReset((cause) => {
      if (cause !== 'watchdog' || this.mcu.selfProgramming.written !== this.#writtenBefore) return
      const waits = this.staysInBootLoader && this.#writtenBefore === 0
      if (waits || clock.now < this.#pressedUntil) clock.after(0, () => this.mcu.pulseReset())
    })
    this.mcu.spi.handleExchange = (mosi, shape) => this.#exchange(mosi, shape)
    this.#softwareSpi = new SoftwareSpi(clock, this.mcu, this.#bus)
    const contacts = this.#contacts(pins)
    this.mcu.spi.handleMaster = (master) => {
      if (master) {
        contacts.end()
        this.#softwareSpi.ignore()
      } else {
        this.#softwareSpi.listen(this.#lastEdge)
        contacts.begin()
      }
    }
  }

  /** Is called once for each other SPI mode that is used with the chip selected. */
  onWrongMode(listener: (mode: number) => void): () => void {
    return this.#wrongModeListeners.add(listener)
  }

  /** Puts another chip on the bus in place of the ENC28J60, on the same chip select; undefined puts it back. */
  replaceChip(slave: SpiSlave | undefined): void {
    const end = slave === undefined ? this.wires : new OctetPins(slave)
    if (this.#shared === undefined) this.#bus = end
    else this.#shared.main = end
    this.#softwareSpi.bus = this.#bus
  }

  /**
   * Puts one more chip on the bus, with a chip select of its own.
   * @param select its pin, in Arduino's numbering
   * @throws RangeError for a pin that is not there, or the ENC28J60's
   */
  addSpiPart(slave: SpiSlave, select: number): void {
    const pin = arduinoPin(this.mcu, select)
    if (pin === this.#cs) throw new RangeError(`pin ${select} is the chip select of the ENC28J60; give another`)
    this.#shared ??= new SharedSpi(this.#bus)
    this.#bus = this.#shared
    this.#softwareSpi.bus = this.#bus
    const setSelect = this.#shared.add(slave)
    pin.pull(true)
    pin.onEdge((high) => setSelect(!high))
  }

  protected startController(): void {
    this.mcu.powerOn()
  }

  protected stopController(): void {
    this.mcu.powerOff()
  }

  protected brownOut(low: boolean): void {
    this.mcu.setSupplyLow(low)
  }

  setResetPin(high: boolean): void {
    this.mcu.setResetPin(high)
  }

  hang(): void {
    this.mcu.hang()
  }

  /** A short press of the reset button; more of them with `resetTimeout`. */
  restart(): void {
    this.#pressedUntil = this.#clock.now + this.resetTimeout
    this.#writtenBefore = this.mcu.selfProgramming.written
    this.mcu.pulseReset()
  }

  #contacts(pins: { readonly int: number; readonly reset?: number | undefined }): WireContacts {
    const { spi } = this.mcu.part
    const ofSpi = (mask: number): McuPin => this.mcu.pin(spi.port, 31 - Math.clz32(mask))
    const int = arduinoPin(this.mcu, pins.int)
    const reset = pins.reset === undefined ? [] : [['reset', arduinoPin(this.mcu, pins.reset)] as const]
    for (const pin of [ofSpi(spi.MISO), int]) pin.lag(WIRE_LAG)
    return new WireContacts(
      this.wires,
      [
        ['sck', ofSpi(spi.SCK)],
        ['mosi', ofSpi(spi.MOSI)],
        ['miso', ofSpi(spi.MISO)],
        ['cs', this.#cs],
        ['int', int],
        ...reset,
      ],
      Object.keys(this.mcu.part.ports).map((name) => this.mcu.port(name as PortName)),
    )
  }

  #wireSelect(number: number): McuPin {
    const pin = arduinoPin(this.mcu, number)
    pin.pull(true) // the module's pull-up: a controller in reset selects nothing
    pin.onEdge((high) => {
      if (!high) this.#bus.select()
      else {
        this.chip.csHold = this.#lastEdge === undefined ? undefined : this.#clock.now - this.#lastEdge
        this.#bus.deselect()
      }
      this.#lastEdge = undefined
    })
    return pin
  }

  #wireInterrupt(number: number): void {
    const pin = arduinoPin(this.mcu, number)
    pin.drive(this.wires.interrupt.high)
    this.wires.interrupt.onEdge((high) => pin.drive(high))
  }

  #wireReset(number: number): void {
    const pin = arduinoPin(this.mcu, number)
    pin.pull(true) // inside the chip (DS39662 table 1-1)
    pin.onEdge((high) => this.wires.setReset(high))
  }

  #exchange(mosi: number, shape: SpiShape): number {
    this.#lastEdge = this.#clock.now
    if (shape.clock !== this.chip.spiClock) {
      this.chip.spiClock = shape.clock
      this.wires.clockRate = shape.clock
    }
    if (shape.mode === 0 || this.#cs.high) return this.#bus.exchange(mosi)
    this.wrongModeOctets++
    if ((this.#modesSeen & (1 << shape.mode)) === 0) {
      this.#modesSeen |= 1 << shape.mode
      this.#wrongModeListeners.tell(shape.mode)
    }
    // Mode 3 has mode 0's edges. Modes 1 and 2 shift on the edge on which the chip samples: it takes the bit before.
    if (shape.mode === 3) return this.#bus.exchange(mosi)
    const late = (mosi >> 1) | (this.#lateBit << 7)
    this.#lateBit = mosi & 1
    return this.#bus.exchange(late)
  }
}
