/**
 * What every simulated board has, whatever executes its firmware: a supply that can fail, the ENC28J60 with its wires and
 * its jack, and a serial line.
 */
import type { SiliconRevision } from '../firmware/enc28j60/registers.js'
import type { Clock, Timer } from '../firmware/hal/clock.js'
import type { Random } from '../firmware/hal/random.js'
import type { BoardDefinition } from './catalogue/definition.js'
import { type ChipDefects, Enc28j60 } from './chips/enc28j60/enc28j60.js'
import type { ErratumName } from './chips/enc28j60/errata.js'
import type { EthernetPort } from './ethernet/port.js'
import type { UartEnd, UartLine } from './rs232/uart-line.js'
import { SpiWires } from './spi/spi-wires.js'

export interface ChipBoardOptions {
  readonly clock: Clock
  readonly random: Random
  readonly definition: BoardDefinition
  /** In captures and traces; the definition's name unless told otherwise. */
  readonly name?: string
  readonly revision?: SiliconRevision
  readonly errata?: Partial<Record<ErratumName, boolean>>
  /** False: the chip's 25 MHz crystal is not there. */
  readonly crystal?: boolean
  /** What is damaged inside the chip. */
  readonly defects?: ChipDefects
}

/** Supply of the chip's 3.3 V rail in volts: below, it resets (field reports of chips that fail to start at 2.95 V). */
const CHIP_MINIMUM = 2.95
/** The chip's rail when all is well, and in a sag of which nobody says how deep it is. */
const CHIP_SUPPLY = 3.3
const CHIP_SAG = 2

/** Volts on the two rails of a board. */
export interface SupplyVolts {
  /** What feeds the controller and its pins. */
  readonly board: number
  /** What feeds the chip. */
  readonly chip: number
}

export abstract class ChipBoard {
  readonly name: string
  readonly definition: BoardDefinition
  readonly chip: Enc28j60
  /** The wires between controller and chip, with what can be wrong with them. */
  readonly wires: SpiWires
  /** The serial line: `a` is the host's end, `b` the board's. */
  abstract readonly uart: UartLine

  readonly #clock: Clock
  #connected = true
  #powered = false
  #sagEnds: Timer | undefined
  #boardSag: number | undefined
  #chipSag: number | undefined
  /** Is called when the voltage of a rail has changed: for whoever looks at it. */
  onSupply: ((supply: SupplyVolts) => void) | undefined

  constructor(options: ChipBoardOptions) {
    const { clock, random, definition } = options
    this.#clock = clock
    this.definition = definition
    this.name = options.name ?? definition.name
    this.chip = new Enc28j60({
      clock,
      random: random.fork('chip'),
      name: this.name,
      revision: options.revision ?? definition.chip.revision,
      floatingMiso: definition.chip.floatingMiso,
      ...(options.errata === undefined ? {} : { errata: options.errata }),
      ...(options.crystal === undefined ? {} : { crystal: options.crystal }),
      ...(options.defects === undefined ? {} : { defects: options.defects }),
    })
    this.wires = new SpiWires({
      chip: this.chip,
      random: random.fork('wires'),
      floating: definition.chip.floatingMiso,
    })
  }

  /** The controller has its supply. */
  protected abstract startController(): void
  /** The controller has lost its supply. */
  protected abstract stopController(): void
  /** The supply is below the brown-out detector's level, or above it again. */
  protected abstract brownOut(low: boolean): void

  /** The RESET pin of the controller: the button, or DTR through its capacitor. */
  abstract setResetPin(high: boolean): void
  /** A press of the controller's reset button. */
  abstract restart(): void

  /** The RJ-45. */
  get port(): EthernetPort {
    return this.chip.port
  }

  /** The host's end of the serial line. */
  get serial(): UartEnd {
    return this.uart.a
  }

  get powered(): boolean {
    return this.#powered
  }

  /** False: the board has no supply, whatever the switch says. */
  get supplyConnected(): boolean {
    return this.#connected
  }

  set supplyConnected(connected: boolean) {
    this.#connected = connected
    if (!connected) this.powerOff()
  }

  /** What a voltmeter shows now. */
  get supply(): SupplyVolts {
    if (!this.#powered) return { board: 0, chip: 0 }
    const board = this.#boardSag ?? this.definition.controller.level
    return { board, chip: Math.min(board, this.#chipSag ?? CHIP_SUPPLY) }
  }

  powerOn(): void {
    if (this.#powered || !this.#connected) return
    this.#powered = true
    this.onSupply?.(this.supply)
    this.chip.powerOn()
    this.wires.powered()
    this.startController()
  }

  powerOff(): void {
    if (!this.#powered) return
    this.#powered = false
    this.#clock.cancel(this.#sagEnds)
    this.#sagEnds = undefined
    this.#chipSag = undefined
    this.#boardSag = undefined
    this.stopController()
    this.chip.powerOff()
    this.onSupply?.(this.supply)
  }

  /**
   * The chip's supply sags for a while: it loses its registers, and the controller, which has a supply of its own, sees
   * nothing of it until it looks.
   */
  sagChipSupply(duration: number, volts = CHIP_SAG): void {
    if (!this.#powered || this.#sagEnds !== undefined) return
    this.#chipSag = volts
    this.onSupply?.(this.supply)
    this.chip.powerOff()
    this.#sagEnds = this.#clock.after(duration, () => {
      this.#sagEnds = undefined
      this.#chipSag = undefined
      this.onSupply?.(this.supply)
      this.chip.powerOn()
      this.wires.powered()
    })
  }

  /**
   * The board's supply sags for a while.
   * @param volts below the brown-out detector's level the controller is held in reset; below 2.95 V the chip resets.
   */
  sagSupply(volts: number, duration: number): void {
    if (!this.#powered) return
    this.#boardSag = volts
    this.onSupply?.(this.supply)
    if (volts < CHIP_MINIMUM) this.sagChipSupply(duration, volts)
    const low = volts < this.definition.controller.brownOut
    if (low) this.brownOut(true)
    this.#clock.after(duration, () => {
      this.#boardSag = undefined
      this.onSupply?.(this.supply)
      if (low) this.brownOut(false)
    })
  }
}
