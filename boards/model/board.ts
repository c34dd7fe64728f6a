/**
 * A simulated board: supply, controller, ENC28J60 with its wires and its jack, and a serial port. The controller runs the
 * TypeScript firmware; what it does to the chip crosses the same wires, in the same time, as on a board on the desk.
 */
import { Controller, type ControllerState } from '../../firmware/controller/controller.js'
import type { StateChange } from '../../firmware/controller/report.js'
import type { ChipConfig } from '../../firmware/enc28j60/initialise.js'
import type { SiliconRevision } from '../../firmware/enc28j60/registers.js'
import { type Clock, MICROSECOND, MILLISECOND, type Timer } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { ipv4, ipv4Interface, mac } from '../../firmware/net/address.js'
import type { BoardDefinition } from '../catalogue/definition.js'
import { type ChipDefects, Enc28j60 } from '../chips/enc28j60/enc28j60.js'
import type { ErratumName } from '../chips/enc28j60/errata.js'
import type { EthernetPort } from '../ethernet/port.js'
import type { UartEnd, UartLine } from '../rs232/uart-line.js'
import { BusRunner } from '../spi/bus-runner.js'
import { SpiWires } from '../spi/spi-wires.js'
import { BoardSerial } from './serial.js'

export interface SimulatedBoardOptions {
  readonly clock: Clock
  readonly random: Random
  readonly definition: BoardDefinition
  /** In captures and traces; the definition's name unless told otherwise. */
  readonly name?: string
  /** IPv4 address with prefix length, as 192.168.7.2/24; the definition's unless told otherwise. */
  readonly address?: string
  /** Station address; the definition's unless told otherwise. */
  readonly station?: string
  /** Driver settings that differ from the defaults. */
  readonly driver?: Partial<Omit<ChipConfig, 'address'>>
  readonly revision?: SiliconRevision
  readonly errata?: Partial<Record<ErratumName, boolean>>
  /** False: the chip's 25 MHz crystal is not there. */
  readonly crystal?: boolean
  /** What is damaged inside the chip. */
  readonly defects?: ChipDefects
  /** SCK in hertz; the definition's unless told otherwise. */
  readonly spiClock?: number
  /** SPI transfers take their time on the bus; true unless told otherwise. */
  readonly timedBus?: boolean
}

/** Supply of the chip's 3.3 V rail in volts: below, it resets (reference 1, 20). */
const CHIP_MINIMUM = 2.95
/** What the controller does between two chip select frames: 16 cycles at 16 MHz. */
const SELECT_OVERHEAD = MICROSECOND

export class SimulatedBoard {
  readonly name: string
  readonly definition: BoardDefinition
  readonly chip: Enc28j60
  /** The wires between controller and chip, with what can be wrong with them. */
  readonly wires: SpiWires
  /** Executes SPI programs on the wires, in bus time. */
  readonly bus: BusRunner
  readonly controller: Controller
  /** The serial port, with its line. */
  readonly serialPort: BoardSerial
  /** Is called at each change of the controller's state. */
  onReport: ((change: StateChange) => void) | undefined

  readonly #clock: Clock
  readonly #spiClock: number
  #connected = true
  #powered = false
  #sagEnds: Timer | undefined

  constructor(options: SimulatedBoardOptions) {
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
    this.bus = new BusRunner({
      clock,
      bus: this.wires,
      clockRate: definition.chip.spiClock,
      overhead: SELECT_OVERHEAD,
      timed: options.timedBus ?? true,
    })
    this.#spiClock = options.spiClock ?? definition.chip.spiClock
    this.setSpiClock(this.#spiClock)
    const address = options.address ?? definition.network.address
    this.controller = new Controller({
      clock,
      random: random.fork('controller'),
      runner: this.bus,
      interrupt: this.wires.interrupt,
      config: {
        station: mac(options.station ?? definition.network.station),
        address: ipv4Interface(address),
        gateway: ipv4(definition.network.gateway),
        startUp: definition.controller.startUp * MILLISECOND,
        ...(options.driver === undefined ? {} : { chip: options.driver }),
      },
    })
    this.serialPort = new BoardSerial({ clock, random: random.fork('serial'), board: this })
    this.controller.onReport = (change) => this.#report(change)
  }

  /** The controller's state chart: `state.matches({ on: { link: 'up' } })`. */
  get state(): ControllerState {
    return this.controller.state
  }

  /** The RJ-45. */
  get port(): EthernetPort {
    return this.chip.port
  }

  /** The host's end of the serial line. */
  get serial(): UartEnd {
    return this.uart.a
  }

  /** The serial line: `a` is the host's end, `b` the board's. */
  get uart(): UartLine {
    return this.serialPort.line
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

  /** SCK for the transfers that follow, in hertz; the controller's own unless told otherwise. */
  setSpiClock(hertz = this.#spiClock): void {
    this.bus.clockRate = hertz
    this.wires.clockRate = hertz
    this.chip.spiClock = hertz
  }

  powerOn(): void {
    if (this.#powered || !this.#connected) return
    this.#powered = true
    this.chip.powerOn()
    this.wires.powered()
    this.controller.powerOn()
  }

  powerOff(): void {
    if (!this.#powered) return
    this.#powered = false
    this.#clock.cancel(this.#sagEnds)
    this.#sagEnds = undefined
    this.controller.powerOff()
    this.bus.abort(new Error('the controller lost its supply'))
    this.chip.powerOff()
  }

  /**
   * The chip's supply sags for a while: it loses its registers, and the controller, which has a supply of its own, sees
   * nothing of it until it looks.
   */
  sagChipSupply(duration: number): void {
    if (!this.#powered || this.#sagEnds !== undefined) return
    this.chip.powerOff()
    this.#sagEnds = this.#clock.after(duration, () => {
      this.#sagEnds = undefined
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
    if (volts < CHIP_MINIMUM) this.sagChipSupply(duration)
    if (volts >= this.definition.controller.brownOut) return
    this.#hold('brown-out')
    this.#clock.after(duration, () => this.#letGo())
  }

  /** The RESET pin of the controller: a press of the button is low, then high. */
  setResetPin(high: boolean): void {
    if (!this.#powered) return
    if (high) this.#letGo()
    else this.#hold('pin')
  }

  /** The firmware stands still, serial port and all, until the watchdog bites. */
  hang(): void {
    this.controller.hang()
    this.serialPort.stop()
  }

  /** A short press of the controller's reset button. */
  restart(): void {
    this.setResetPin(false)
    this.setResetPin(true)
  }

  #hold(cause: 'brown-out' | 'pin'): void {
    this.controller.hold(cause)
    this.bus.abort(new Error('the controller was reset'))
  }

  #letGo(): void {
    if (this.#powered) this.controller.letGo()
  }

  /** The serial link lives as long as the firmware runs. */
  #report(change: StateChange): void {
    if (change.region === 'controller' || change.region === 'boot') {
      if (this.state.matches({ on: { boot: 'running' } })) this.serialPort.start()
      else this.serialPort.stop()
    }
    this.serialPort.report(change)
    this.onReport?.(change)
  }
}
