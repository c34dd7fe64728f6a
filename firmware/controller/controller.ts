/**
 * A microcontroller that drives one ENC28J60: the state chart, and the hands that do what it says. It runs on a simulated
 * board, and just as well on a laptop whose runner reaches the chip across a serial bridge.
 */

import { createActor } from 'xstate'
import { ChipError } from '../enc28j60/chip-error.js'
import { Enc28j60FrameDevice } from '../enc28j60/frame-device.js'
import type { ChipConfig } from '../enc28j60/initialise.js'
import { DEFAULT_CONFIG } from '../enc28j60/initialise.js'
import { type Clock, MILLISECOND, stateChartClock } from '../hal/clock.js'
import { Listeners } from '../hal/listeners.js'
import type { InputPin } from '../hal/pin.js'
import type { Random } from '../hal/random.js'
import type { SpiRunner } from '../hal/spi.js'
import { formatIpv4, formatMac, type Ipv4Address, type Ipv4Interface, type MacAddress } from '../net/address.js'
import type { DhcpClient } from '../net/dhcp/client.js'
import { type DhcpSettings, dhcpClient } from '../net/dhcp/start.js'
import type { AddressDefence } from '../net/link/address-conflicts.js'
import type { NetworkInterface } from '../net/network-interface.js'
import { type ServiceName, serviceNamed } from '../services/service.js'
import { Services } from '../services/services.js'
import { type HostIpv6, Stack } from '../stack.js'
import { controllerCharts } from './charts.js'
import { controllerMachine } from './machine.js'
import { changes, flatten, type StateChange } from './report.js'
import type { ControllerState } from './state.js'

export interface ControllerConfig {
  /** Station address, 6 octets. */
  readonly station: Uint8Array
  /** `dhcp`: a server on the network will tell. */
  readonly address: Ipv4Interface | 'dhcp'
  /** How the address is asked for, where a server tells. */
  readonly dhcp?: DhcpSettings
  /**
   * What becomes of its address when another station claims it (RFC 5227 2.4): a fixed one is kept, one from a server is
   * defended by default.
   */
  readonly addressDefence?: AddressDefence
  /** Speaks IPv6 as well; left out: IPv4 alone. */
  readonly ipv6?: HostIpv6
  /** First hop out of the network; left out: none. */
  readonly gateway?: Ipv4Address
  /** What the stack's buffers may take, in octets; a computer's 1 MiB by default. */
  readonly memory?: number
  /** What runs on it; nothing by default. */
  readonly services?: readonly ServiceName[]
  /** What the status page calls it. */
  readonly title?: string
  /** Milliseconds since 1970-01-01 00:00 UTC, where the board has a clock that knows the date. */
  readonly wallClock?: () => number
  /** What differs from the driver's defaults. */
  readonly chip?: Partial<Omit<ChipConfig, 'address'>>
  /** From the end of reset to the firmware's first instruction, in nanoseconds; 65 ms (ATmega328P, SUT fuses as shipped). */
  readonly startUpNanoseconds?: number
}

export interface ControllerOptions {
  readonly clock: Clock
  readonly random: Random
  readonly runner: SpiRunner
  readonly interrupt?: InputPin
  readonly config: ControllerConfig
  /** Between two looks at the chip where there is no INT, in nanoseconds. */
  readonly pollInterval?: number
}

const START_UP = 65 * MILLISECOND

function createChart(
  clock: Clock,
  startUpNanoseconds: number,
  byDhcp: boolean,
  hands: Readonly<Record<Hand, () => void>>,
) {
  return createActor(controllerMachine.provide({ actions: hands }), {
    // XState's clock type is a class's; it calls only these two.
    clock: stateChartClock(clock) as never,
    input: { startUpMilliseconds: startUpNanoseconds / MILLISECOND, byDhcp },
  })
}

type Hand =
  | 'bring the chip up'
  | 'release the chip'
  | 'grant the chip'
  | 'abandon everything'
  | 'ask for an address'
  | 'start services'
  | 'stop services'

type ChartSnapshot = ReturnType<ReturnType<typeof createChart>['getSnapshot']>

export class Controller {
  readonly #reportListeners = new Listeners<[change: StateChange]>()
  readonly device: Enc28j60FrameDevice
  readonly stack: Stack
  /** The stack's interface on the chip. */
  readonly network: NetworkInterface
  readonly services: Services
  /** The DHCP client, where the address comes from a server. */
  readonly dhcp: DhcpClient | undefined
  readonly #clock: Clock
  readonly #actor: ReturnType<typeof createChart>
  #states = new Map<string, string>()
  #granted: ((granted: boolean) => void) | undefined
  #startedAt = 0

  /** @throws RangeError when an address can be no station's, or there is no service of a name */
  constructor(options: ControllerOptions) {
    const { clock, config } = options
    // Started when the firmware boots, of which nobody could be told there; from JavaScript a name may be any text.
    const services = config.services?.map((name) => serviceNamed(name).name) ?? []
    this.#clock = clock
    this.device = new Enc28j60FrameDevice({
      clock,
      runner: options.runner,
      config: { ...DEFAULT_CONFIG, ...config.chip, address: config.station },
      ...(options.interrupt === undefined ? {} : { interrupt: options.interrupt }),
      ...(options.pollInterval === undefined ? {} : { pollInterval: options.pollInterval }),
    })
    this.stack = new Stack({
      clock,
      random: options.random,
      name: 'controller',
      ...(config.memory === undefined ? {} : { memory: config.memory }),
      ...(config.ipv6 === undefined ? {} : { ipv6: config.ipv6.side }),
    })
    this.network = this.stack.addInterface({
      name: 'eth0',
      device: this.device,
      addressDefence: config.addressDefence ?? (config.address === 'dhcp' ? 'defend' : 'keep'),
      ...(config.address === 'dhcp' ? {} : { address: config.address }),
      ...(config.gateway === undefined ? {} : { gateway: config.gateway }),
      ...(config.ipv6?.addresses === undefined ? {} : { ipv6: { addresses: config.ipv6.addresses } }),
    })
    this.services = new Services(this.stack, {
      board: {
        title: config.title ?? 'controller',
        startedAt: () => this.#startedAt,
        charts: () => controllerCharts(this.state.value),
      },
      ...(config.wallClock === undefined ? {} : { wallClock: config.wallClock }),
    })
    this.device.onTrouble((error) => this.#trouble(error))
    this.network.onLink((up) => this.#actor.send({ type: 'LINK', up }))
    // Before the DHCP client is notified, and asks for another.
    this.network.onConflict((mac, givenUp, address) => this.#claimed(address, mac, givenUp))
    this.network.onRegain(() => this.#actor.send({ type: 'ADDRESS REGAINED' }))
    const byDhcp = config.address === 'dhcp'
    this.dhcp = byDhcp ? dhcpClient(this.stack, this.network, config.dhcp) : undefined
    if (this.dhcp !== undefined) this.dhcp.onState((state) => this.#actor.send({ type: 'DHCP', state }))
    this.#actor = createChart(clock, config.startUpNanoseconds ?? START_UP, byDhcp, {
      'bring the chip up': () => this.#bringUp(),
      'release the chip': () => this.device.stop(() => this.#actor.send({ type: 'CHIP RELEASED' })),
      'grant the chip': () => this.#grant(true),
      'abandon everything': () => this.#abandon(),
      'ask for an address': () => this.dhcp?.start(),
      'start services': () => {
        for (const name of services) this.services.start(name)
      },
      'stop services': () => {
        this.services.stopAll()
        this.network.neighbours.clear()
      },
    })
    this.#actor.subscribe((state) => this.#report(state))
    this.#actor.start()
  }

  /** Is called at each change of state, in order. */
  onReport(listener: (change: StateChange) => void): () => void {
    return this.#reportListeners.add(listener)
  }

  /** The state chart's snapshot: `state.matches({ on: { link: 'up' } })`. */
  get state(): ControllerState {
    // XState's `matches` takes what ours takes (`state.test.ts`), in a type that no other comes up to.
    return this.#actor.getSnapshot() as { matches(state: never): boolean } as ControllerState
  }

  /** The firmware executes: it has started, and does not stand still. */
  get running(): boolean {
    return this.state.matches({ on: { boot: 'running' } })
  }

  powerOn(): void {
    this.#actor.send({ type: 'POWER ON' })
  }

  powerOff(): void {
    this.#actor.send({ type: 'POWER OFF' })
  }

  /** The level of the RESET pin, supply or not: low holds the controller in reset. */
  setResetPin(high: boolean): void {
    this.#actor.send({ type: high ? 'RESET HIGH' : 'RESET LOW' })
  }

  /** What the brown-out detector sees: a supply that is too low holds the controller in reset until it is good again. */
  setSupplyLow(low: boolean): void {
    this.#actor.send({ type: low ? 'SUPPLY LOW' : 'SUPPLY GOOD' })
  }

  /** The processor stands still from now on, as firmware with a fault does; a reset ends it, at the latest the watchdog's. */
  hang(): void {
    this.#actor.send({ type: 'HANG' })
  }

  /** The firmware begins anew by itself: it jumps to its reset vector. */
  restart(): void {
    this.#actor.send({ type: 'RESTART' })
  }

  /**
   * Somebody else wants the chip: the controller stops using it and stays away until `returnChip`.
   * @param granted is called once: true when the bus is free, false when its firmware does not run, or stopped before.
   */
  askForChip(granted: (granted: boolean) => void): void {
    if (!this.running) {
      granted(false)
      return
    }
    if (this.state.matches({ on: { mode: 'bridging' } })) {
      granted(true)
      return
    }
    const before = this.#granted
    this.#granted = (answer) => {
      before?.(answer)
      granted(answer)
    }
    this.#actor.send({ type: 'ASK FOR CHIP' })
  }

  /** Brings the chip up anew. */
  returnChip(): void {
    this.#grant(false)
    this.#actor.send({ type: 'RETURN CHIP' })
  }

  #grant(granted: boolean): void {
    const ask = this.#granted
    this.#granted = undefined
    ask?.(granted)
  }

  #bringUp(): void {
    this.network.start()
    this.device.start((outcome) => {
      if (!outcome.ok) this.#trouble(outcome.error)
      else this.#actor.send({ type: 'CHIP UP' })
    })
  }

  #trouble(error: Error): void {
    const trouble = error instanceof ChipError ? error.trouble : 'bus'
    this.#actor.send({ type: 'CHIP TROUBLE', trouble, message: error.message })
  }

  #claimed(address: Ipv4Address, mac: MacAddress, givenUp: boolean): void {
    const outcome = givenUp ? 'given up, and asked for again' : 'kept'
    const message = `${formatMac(mac)} claims ${formatIpv4(address)} too: ${outcome}`
    this.#actor.send({ type: 'ADDRESS CLAIMED', givenUp, message })
  }

  #abandon(): void {
    this.device.abandon()
    // What was in RAM is gone: connections end in silence, and their peers find out by themselves.
    this.network.stop()
    this.services.stopAll()
    this.stack.abandon()
    this.dhcp?.forget()
    this.#grant(false)
  }

  #report(state: ChartSnapshot): void {
    const before = this.#states
    this.#states = flatten(state.value)
    if (before.get('boot') !== 'running' && this.#states.get('boot') === 'running') this.#startedAt = this.#clock.now
    const { reason, claim } = state.context
    for (const change of changes(before, this.#states, this.#clock.now, reason, claim))
      this.#reportListeners.tell(change)
  }
}
