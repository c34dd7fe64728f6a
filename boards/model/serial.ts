/**
 * A board's serial port: the line to the host with the board's UART at one end, and on it the serial link, from the moment
 * the firmware runs until the next reset. What the host asks of the board on channel 0 is answered from the board's parts.
 */
import type { Controller } from '../../firmware/controller/controller.js'
import type { StateChange } from '../../firmware/controller/report.js'
import { flatten } from '../../firmware/controller/report.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { BoardLink, LOWEST_BAUD } from '../../firmware/serial-link/board-link.js'
import { CAPABILITY } from '../../firmware/serial-link/link-table.js'
import type { BoardDefinition } from '../catalogue/definition.js'
import { UartLine } from '../rs232/uart-line.js'
import { PlainPins } from '../spi/plain-pins.js'
import type { SpiWires } from '../spi/spi-wires.js'
import type { ResetOutput } from './reset-output.js'

/** What the board calls itself in its session cell. */
const FIRMWARE = 'linkpulse 0.1.0'

/** A SPI clock is the CPU's divided by a power of two, 2 to 128 (ATmega328P: SPR, SPI2X). */
const LARGEST_DIVISOR = 128

/** What the link's firmware has of the board it runs on. */
export interface SerialBoard {
  readonly definition: BoardDefinition
  readonly wires: SpiWires
  /** How long the bus takes, in nanoseconds; an untimed one takes no time. */
  readonly bus: { readonly timed: boolean; duration(octets: number): number }
  readonly controller: Controller
  readonly resetOutput: ResetOutput | undefined
  /** In hertz; the board's own unless given. */
  setSpiClock(hertz?: number): void
}

export interface BoardSerialOptions {
  readonly clock: Clock
  readonly random: Random
  readonly board: SerialBoard
}

export class BoardSerial {
  /** `a` is the host's end, `b` the board's UART. */
  readonly line: UartLine
  readonly #clock: Clock
  readonly #random: Random
  readonly #board: SerialBoard
  #link: BoardLink | undefined
  #boots = 0

  constructor(options: BoardSerialOptions) {
    const { clock, random, board } = options
    this.#clock = clock
    this.#random = random
    this.#board = board
    this.line = new UartLine({ clock, random: random.fork('line'), baud: board.definition.serial.baud })
  }

  /** The link of the firmware that runs now; undefined while none does. */
  get link(): BoardLink | undefined {
    return this.#link
  }

  /** The firmware has started: it announces itself. */
  start(): void {
    this.stop()
    const board = this.#board
    const { controller, definition } = board
    const { resetOutput: resetPin } = board
    this.line.b.setBaud(definition.serial.baud)
    const link = new BoardLink({
      clock: this.#clock,
      // A session identifier that is new after each boot is how a host notices the boot.
      random: this.#random.fork(`boot ${++this.#boots}`),
      line: this.line.b,
      identity: {
        board: definition.name,
        firmware: FIRMWARE,
        window: definition.serial.window,
        highestSpiClock: definition.chip.highestSpiClock,
        capabilities:
          CAPABILITY.SPI |
          CAPABILITY.INT_PIN |
          CAPABILITY.BAUD |
          CAPABILITY.CONTROLLER |
          CAPABILITY.POLL |
          CAPABILITY.RESTART |
          CAPABILITY.PINS |
          (resetPin === undefined ? 0 : CAPABILITY.RESET_PIN),
        cells: 0,
      },
      bus: board.wires,
      setSpiClock: (hertz) => this.#setSpiClock(hertz),
      transferTime: (octets) => (board.bus.timed ? board.bus.duration(octets) : 0),
      intPin: board.wires.interrupt,
      spiPins: new PlainPins(board.wires, resetPin !== undefined),
      ...(resetPin === undefined ? {} : { resetPin }),
      acceptsBaud: (rate) => rate >= LOWEST_BAUD && rate <= definition.serial.highestBaud,
      bridge: (done) => controller.askForChip(done),
      release: (done) => {
        resetPin?.set(true)
        board.setSpiClock()
        controller.returnChip()
        done(true)
      },
      state: () => JSON.stringify(this.#state()),
      restart: () => controller.restart(),
    })
    this.#link = link
    link.start()
  }

  /** The firmware runs no more: hung, reset, or without supply. What its buffers held does not leave. */
  stop(): void {
    if (this.#link === undefined) return
    this.#link.stop()
    this.#link = undefined
    this.line.b.flush()
  }

  /** Tells the host of a change of state, when there is one to tell. */
  report(change: StateChange): void {
    this.#link?.sendEvent(JSON.stringify(change))
  }

  #state(): Readonly<Record<string, unknown>> {
    const { controller } = this.#board
    return {
      states: Object.fromEntries(flatten(controller.state.value)),
      revision: controller.device.identity?.revision ?? null,
      statistics: controller.device.statistics,
      dropped: controller.device.dropped,
    }
  }

  #setSpiClock(hertz: number): number {
    const { controller, chip } = this.#board.definition
    let divisor = 2
    while (controller.clock / divisor > Math.min(hertz, chip.highestSpiClock) && divisor < LARGEST_DIVISOR) divisor *= 2
    const rate = controller.clock / divisor
    this.#board.setSpiClock(rate)
    return rate
  }
}
