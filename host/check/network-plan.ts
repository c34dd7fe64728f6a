/** Who we are on the cable during a check, and whom we talk to: the simulation's peer, or what the board's file says. */
import { BOARDS, findBoard } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { Controller } from '../../firmware/controller/controller.js'
import type { StateChange } from '../../firmware/controller/report.js'
import { type ChipConfig, DEFAULT_CONFIG } from '../../firmware/enc28j60/initialise.js'
import {
  formatIpv4,
  hostInterface,
  type Ipv4Address,
  type Ipv4Interface,
  ipv4,
  ipv4Interface,
  type MacAddress,
  mac,
  onLink,
} from '../../firmware/net/address.js'
import type { Target } from '../target/target.js'
import type { NetworkPlan, RunningController } from './context.js'
import { OURS } from './frame-bench.js'
import type { TargetSession } from './session.js'
import { type CheckView, checkView } from './view.js'

export interface NetworkOptions {
  /** Whom to talk to, as 192.168.7.1; the simulation's peer or the board's gateway by default. */
  readonly peer?: string
  /** Ours while we use the chip, as 192.168.7.2/24; the board's own by default. */
  readonly address?: string
  /** From where the board is looked at; `desk` by default: nothing is known of the partner but what it answers. */
  readonly view?: CheckView
}

/** What a board that is in no catalogue is addressed as. */
const FALLBACK_BOARD = 'uno'

export class TargetNetwork implements NetworkPlan {
  readonly #target: Target
  readonly #session: TargetSession
  readonly #peer: Ipv4Address | undefined
  readonly #address: Ipv4Interface | undefined
  readonly pingFromPeer: NetworkPlan['pingFromPeer']
  readonly partner: NetworkPlan['partner']
  readonly view: CheckView
  peerStation: MacAddress | undefined
  #chip: ChipConfig | undefined
  #running: RunningController | undefined

  /** @throws RangeError for an invalid address or view, and for a peer that is not on the network of the address given. */
  constructor(target: Target, session: TargetSession, options: NetworkOptions) {
    this.#target = target
    this.#session = session
    this.view = checkView(options.view ?? 'desk')
    this.#peer = options.peer === undefined ? undefined : ipv4(options.peer)
    this.#address = options.address === undefined ? undefined : hostInterface(options.address)
    if (this.#peer !== undefined && this.#address !== undefined && !onLink(this.#address, this.#peer)) {
      throw new RangeError(
        `the peer ${options.peer} is not on the network of ${options.address}; give both an address on one network`,
      )
    }
    const { surroundings } = target
    if (surroundings === undefined || this.view === 'desk') return
    this.partner = () => surroundings.partner()
    this.pingFromPeer = (address, pingOptions) => surroundings.ping(address, pingOptions)
  }

  get chip(): ChipConfig {
    this.#chip ??= { ...DEFAULT_CONFIG, address: mac(this.#definition.network.station) }
    return this.#chip
  }

  get address(): Ipv4Address {
    return this.#interface.address
  }

  get prefixLength(): number {
    return this.#interface.prefixLength
  }

  get boardAddress(): Ipv4Address {
    return ipv4Interface(this.#definition.network.address).address
  }

  get peer(): Ipv4Address {
    return this.#peer ?? this.#target.surroundings?.peer ?? ipv4(this.#definition.network.gateway)
  }

  get peerName(): string {
    return formatIpv4(this.peer)
  }

  get peerExpected(): boolean {
    return this.#target.surroundings !== undefined || this.#peer !== undefined
  }

  async startController(): Promise<RunningController> {
    if (this.#running === undefined) {
      const interrupt = await this.#session.watchInterrupt()
      const changes: StateChange[] = []
      const controller = new Controller({
        clock: this.#target.clock,
        random: this.#target.random.fork('controller'),
        runner: this.#session.runner,
        ...(interrupt === undefined ? {} : { interrupt }),
        config: {
          station: this.chip.address,
          address: this.#interface,
          startUpNanoseconds: 0,
          // Frames come here over a serial line: what strangers broadcast would take all of it.
          chip: { filters: OURS },
        },
      })
      controller.onReport((change) => changes.push(change))
      controller.powerOn()
      this.#running = { controller, changes }
    }
    return this.#running
  }

  stopController(): void {
    this.#running?.controller.powerOff()
    this.#running = undefined
  }

  get #interface(): Ipv4Interface {
    return this.#address ?? ipv4Interface(this.#definition.network.address)
  }

  /** Of the board on the bench; otherwise of the board that the session names. */
  get #definition(): BoardDefinition {
    const { surroundings, board } = this.#target
    const named = BOARDS.get(board) ?? BOARDS.get(this.#session.identity?.board ?? '')
    return surroundings?.board ?? named ?? findBoard(FALLBACK_BOARD)
  }
}
