/**
 * What every simulated board has, whatever executes its firmware: a supply that can fail, the ENC28J60 with its wires and
 * its jack, and a serial line.
 */

import type { SiliconRevision } from '../firmware/enc28j60/registers.js'
import type { Clock, Timer } from '../firmware/hal/clock.js'
import { Listeners } from '../firmware/hal/listeners.js'
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
  /** In captures and traces; the definition's name by default. */
  readonly name?: string
  readonly revision?: SiliconRevision
  readonly errata?: Partial<Record<ErratumName, boolean>>
  /** False: the chip's 25 MHz crystal is not there. */
  readonly crystal?: boolean
  /** As `Enc28j60Options.ledbStrap`. */
  readonly ledbStrap?: 'half' | 'full'
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

/** A rail is down to so many volts until the timer ends it. */
interface Sag {
  readonly volts: number
  end: Timer | undefined
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
  /** Of each rail; several may sag at a time. */
  readonly #sags: Readonly<Record<keyof SupplyVolts, Set<Sag>>> = { board: new Set(), chip: new Set() }
  #chipFeed = CHIP_SUPPLY
  #shown: SupplyVolts = { board: 0, chip: 0 }
  #chipSupplied = false
  #supplyLow = false
  readonly #supplyListeners = new Listeners<[supply: SupplyVolts]>()

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
      ...(options.ledbStrap === undefined ? {} : { ledbStrap: options.ledbStrap }),
      ...(options.defects === undefined ? {} : { defects: options.defects }),
    })
    this.chip.spiSynchronous = definition.chip.spiSynchronous ?? false
    this.wires = new SpiWires({
      chip: this.chip,
      random: random.fork('wires'),
      floating: definition.chip.floatingMiso,
    })
  }

  /** Is called when the voltage of a rail has changed: for whoever looks at it. */
  onSupply(listener: (supply: SupplyVolts) => void): () => void {
    return this.#supplyListeners.add(listener)
  }

  /** The controller has its supply. */
  protected abstract startController(): void
  /** The controller has lost its supply. */
  protected abstract stopController(): void
  /** The supply is below the brown-out detector's level, or above it again. */
  protected abstract brownOut(low: boolean): void

  /** The RESET pin of the controller: the button, or DTR through its capacitor. It keeps its level with and without supply. */
  abstract setResetPin(high: boolean): void
  /** The processor stands still, interrupts and all; pins keep their levels. A reset ends it, the watchdog's if none else. */
  abstract hang(): void
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
    const board = this.#lowest('board', this.definition.controller.level)
    return { board, chip: this.#lowest('chip', Math.min(board, this.#chipFeed)) }
  }

  /** What the chip's rail has in volts while nothing sags. */
  get chipFeed(): number {
    return this.#chipFeed
  }

  set chipFeed(volts: number) {
    this.#chipFeed = volts
    this.#supplyChanged()
  }

  powerOn(): void {
    if (this.#powered || !this.#connected) return
    this.#powered = true
    this.#supplyChanged()
    this.startController()
  }

  powerOff(): void {
    if (!this.#powered) return
    this.#powered = false
    this.#supplyLow = false
    for (const sags of Object.values(this.#sags)) {
      for (const { end } of sags) this.#clock.cancel(end)
      sags.clear()
    }
    this.stopController()
    this.#supplyChanged()
  }

  /**
   * The chip's supply sags for a while: below 2.95 V it loses its registers, and the controller, which has a supply of its own,
   * sees nothing of it until it looks. Nothing happens without supply.
   * @param duration nanoseconds
   */
  sagChipSupply(duration: number, volts = CHIP_SAG): void {
    this.#sag('chip', volts, duration)
  }

  /**
   * The board's supply sags for a while; the chip's rail, which is fed from it, is never above it. Nothing happens without supply.
   * @param volts below the brown-out detector's level the controller is held in reset; below 2.95 V the chip resets.
   * @param duration nanoseconds
   */
  sagSupply(volts: number, duration: number): void {
    this.#sag('board', volts, duration)
  }

  /** Each sag ends by a time of its own: a rail is as low as the deepest that is under way. */
  #sag(rail: keyof SupplyVolts, volts: number, duration: number): void {
    if (!this.#powered) return
    const sag: Sag = { volts, end: undefined }
    this.#sags[rail].add(sag)
    sag.end = this.#clock.after(duration, () => {
      this.#sags[rail].delete(sag)
      this.#supplyChanged()
    })
    this.#supplyChanged()
  }

  #lowest(rail: keyof SupplyVolts, otherwise: number): number {
    let volts = otherwise
    for (const sag of this.#sags[rail]) volts = Math.min(volts, sag.volts)
    return volts
  }

  /** Chip and brown-out detector look at the voltage there is now, whatever brought it about. */
  #supplyChanged(): void {
    const { supply } = this
    const before = this.#shown
    this.#shown = supply
    if (supply.board !== before.board || supply.chip !== before.chip) this.#supplyListeners.tell(supply)
    const supplied = this.#powered && supply.chip >= CHIP_MINIMUM
    if (supplied !== this.#chipSupplied) {
      this.#chipSupplied = supplied
      if (supplied) {
        this.chip.powerOn()
        this.wires.powered()
      } else this.chip.powerOff()
    }
    const low = this.#powered && supply.board < this.definition.controller.brownOut
    if (low !== this.#supplyLow) {
      this.#supplyLow = low
      this.brownOut(low)
    }
  }
}
