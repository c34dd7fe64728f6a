/**
 * A simulated board: supply, controller, ENC28J60 with its wires and its jack, and a serial port. The controller runs the
 * TypeScript firmware; what it does to the chip crosses the same wires, in the same time, as on a board on the desk.
 */

import { Controller, type ControllerConfig } from '../../firmware/controller/controller.js'
import type { StateChange } from '../../firmware/controller/report.js'
import type { ControllerState } from '../../firmware/controller/state.js'
import type { ChipConfig } from '../../firmware/enc28j60/initialise.js'
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { hostInterface, ipv4, mac, onLink, onlyGateway, routerFault } from '../../firmware/net/address.js'
import type { DhcpSettings } from '../../firmware/net/dhcp/start.js'
import type { AddressDefence } from '../../firmware/net/link/address-conflicts.js'
import { SERVICES, type ServiceName } from '../../firmware/services/service.js'
import type { HostIpv6, Stack } from '../../firmware/stack.js'
import { stackMemory } from '../catalogue/definition.js'
import { ChipBoard, type ChipBoardOptions } from '../chip-board.js'
import type { UartLine } from '../rs232/uart-line.js'
import type { Scheduler } from '../simulation/scheduler.js'
import { BusRunner } from '../spi/bus-runner.js'
import { ResetOutput } from './reset-output.js'
import { BoardSerial } from './serial.js'

export interface SimulatedBoardOptions extends ChipBoardOptions {
  readonly clock: Scheduler
  /** IPv4 address with prefix length, as 192.168.7.2/24, or `dhcp`: from a server; the definition's by default. */
  readonly address?: string
  /** First hop out of its network; the definition's by default, where that can be one. With `dhcp` the server tells it. */
  readonly gateway?: string
  /** As `ControllerConfig.ipv6`: give `{ side: Ipv6Side, addresses: ['2001:db8::2/64'] }`. */
  readonly ipv6?: HostIpv6
  /** How the address is asked for, where a server tells. */
  readonly dhcp?: DhcpSettings
  /** As `ControllerConfig.addressDefence`. */
  readonly addressDefence?: AddressDefence
  /** Station address; the definition's by default. */
  readonly station?: string
  /** Driver settings that differ from the defaults. */
  readonly driver?: Partial<Omit<ChipConfig, 'address'>>
  /** SCK in hertz; the definition's by default. */
  readonly spiClock?: number
  /** SPI transfers take their time on the bus; true by default. */
  readonly timedBus?: boolean
  /** What the buffers of its stack may take, in octets; the definition's by default. */
  readonly memory?: number
  /** What runs on it; all services by default. */
  readonly services?: readonly ServiceName[]
  /** Milliseconds since 1970-01-01 00:00 UTC, for the daytime service; without it the board counts from 1970. */
  readonly wallClock?: () => number
}

/** What the controller does between two chip select frames: 16 cycles at 16 MHz. */
const SELECT_OVERHEAD = MICROSECOND

export class SimulatedBoard extends ChipBoard {
  /** Executes SPI programs on the wires, in bus time. */
  readonly bus: BusRunner
  readonly controller: Controller
  /** The serial port, with its line. */
  readonly serialPort: BoardSerial
  /** The controller's pin at the chip's RESET; undefined where that is not wired. */
  readonly resetOutput: ResetOutput | undefined
  readonly #reportListeners = new Listeners<[change: StateChange]>()

  readonly #spiClock: number

  /** @throws RangeError when an address can be no station's, the gateway no router's, or there is no service of a name */
  constructor(options: SimulatedBoardOptions) {
    super(options)
    const { clock, random, definition } = options
    this.bus = new BusRunner({
      clock,
      bus: this.wires,
      clockRate: definition.chip.spiClock,
      overhead: SELECT_OVERHEAD,
      timed: options.timedBus ?? true,
    })
    this.resetOutput = definition.chip.pins.reset === undefined ? undefined : new ResetOutput(this.wires)
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
        ...(address === 'dhcp'
          ? { address, dhcp: { hostName: this.name, ...options.dhcp } }
          : fixed(address, options.gateway, definition.network.gateway)),
        ...(options.addressDefence === undefined ? {} : { addressDefence: options.addressDefence }),
        ...(options.ipv6 === undefined ? {} : { ipv6: options.ipv6 }),
        startUpNanoseconds: definition.controller.startUpMilliseconds * MILLISECOND,
        title: definition.title,
        memory: options.memory ?? stackMemory(definition),
        services: options.services ?? SERVICES.map(({ name }) => name),
        ...(options.wallClock === undefined ? {} : { wallClock: options.wallClock }),
        ...(options.driver === undefined ? {} : { chip: options.driver }),
      },
    })
    this.serialPort = new BoardSerial({ clock, random: random.fork('serial'), board: this })
    this.controller.onReport((change) => this.#report(change))
  }

  /** Is called at each change of the controller's state. */
  onReport(listener: (change: StateChange) => void): () => void {
    return this.#reportListeners.add(listener)
  }

  /** The controller's state chart: `state.matches({ on: { link: 'up' } })`. */
  get state(): ControllerState {
    return this.controller.state
  }

  /** The TCP/IP stack that its controller runs. */
  get stack(): Stack {
    return this.controller.stack
  }

  /** The serial line: `a` is the host's end, `b` the board's. */
  get uart(): UartLine {
    return this.serialPort.line
  }

  /** SCK for the transfers that follow, in hertz; the controller's own by default. */
  setSpiClock(hertz = this.#spiClock): void {
    this.bus.clockRate = hertz
    this.wires.clockRate = hertz
    this.chip.spiClock = hertz
  }

  protected startController(): void {
    this.controller.powerOn()
  }

  protected stopController(): void {
    this.controller.powerOff()
  }

  protected brownOut(low: boolean): void {
    this.controller.setSupplyLow(low)
  }

  setResetPin(high: boolean): void {
    this.controller.setResetPin(high)
  }

  hang(): void {
    this.controller.hang()
  }

  /** A short press of the controller's reset button. */
  restart(): void {
    this.setResetPin(false)
    this.setResetPin(true)
  }

  #report(change: StateChange): void {
    if (change.region === 'controller' || change.region === 'boot') this.#executes()
    this.serialPort.report(change)
    this.#reportListeners.tell(change)
  }

  /** Serial link, SPI and pins are worked by firmware: they begin with it, and end when it is reset or stands still. */
  #executes(): void {
    if (this.controller.running) {
      this.setSpiClock()
      this.resetOutput?.set(true)
      this.serialPort.start()
      return
    }
    this.serialPort.stop()
    this.bus.abort(new Error('the firmware of the controller does not run any more'))
    if (!this.state.matches('hung')) this.resetOutput?.float()
  }
}

/**
 * What the definition names as gateway goes with the definition's address: under another one it may be on no link, or nobody.
 * @throws RangeError when the address can be no station's, or what was given as gateway no router's on its network
 */
function fixed(
  text: string,
  given: string | undefined,
  defined: string,
): Pick<ControllerConfig, 'address' | 'gateway'> {
  const address = hostInterface(text)
  if (given !== undefined) return { address, gateway: onlyGateway(address, given) }
  const gateway = ipv4(defined)
  return routerFault(address, gateway) === undefined && onLink(address, gateway) ? { address, gateway } : { address }
}
