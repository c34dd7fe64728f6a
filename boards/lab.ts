/**
 * A lab: boards, hosts and the cables between them, under one clock and one seed. Everything that happens in it is a
 * function of the seed and of what is done to it, event for event.
 *
 *     const lab = createLab({ seed: 7 })
 *     const board = lab.addBoard('uno', { address: '192.168.7.2/24' })
 *     const peer = lab.addHost({ address: '192.168.7.1/24' })
 *     lab.connect(board.port, peer.port, { length: 20 })
 *     lab.runUntil(() => board.state.matches({ on: { link: 'up' } }), 5 * SECOND)
 */
import { SECOND } from '../firmware/hal/clock.js'
import { Listeners } from '../firmware/hal/listeners.js'
import { findBoard } from './catalogue/catalogue.js'
import type { BoardDefinition } from './catalogue/definition.js'
import { Cable } from './ethernet/cable.js'
import { Hub } from './ethernet/hub.js'
import type { EthernetPort } from './ethernet/port.js'
import { EthernetSwitch } from './ethernet/switch.js'
import { LabHost } from './lab-host.js'
import type { LabHostOptions } from './lab-host-options.js'
import {
  BOARD,
  BOARD_OPTIONS,
  CABLE_OPTIONS,
  CONDITION,
  HOST_OPTIONS,
  HUB_OPTIONS,
  JACK,
  LAB_OPTIONS,
  NANOSECONDS,
  SWITCH_OPTIONS,
} from './lab-options.js'
import type {
  AddBoardOptions,
  AddHostOptions,
  HubSettings,
  LabConnectOptions,
  LabOptions,
  SwitchSettings,
} from './lab-settings.js'
import { SimulatedBoard, type SimulatedBoardOptions } from './model/board.js'
import { checkOptions, checkValue } from './options.js'
import { SeededRandom } from './simulation/random.js'
import { Scheduler } from './simulation/scheduler.js'

const HIGHEST_SEED = 0xffff_ffff
/** Virtual time that a wait may take when nobody says how much. */
const TIMEOUT = 60 * SECOND

export class Lab {
  readonly seed: number
  readonly clock = new Scheduler()
  readonly random: SeededRandom
  readonly boards: SimulatedBoard[] = []
  readonly hosts: LabHost[] = []
  readonly cables: Cable[] = []
  readonly hubs: Hub[] = []
  readonly switches: EthernetSwitch[] = []
  readonly #connectListeners = new Listeners<[cable: Cable]>()
  readonly #ends: (readonly [Cable, EthernetPort, EthernetPort])[] = []

  /** What boards and hosts say they are called on the network, by their jack. */
  readonly #called = new Map<EthernetPort, { readonly name: string; readonly address: string }>()

  /** @throws RangeError for an invalid seed: it would be cut to one, and two runs would be the same by chance. */
  constructor(options: LabOptions = {}) {
    checkOptions('createLab', options, LAB_OPTIONS)
    this.seed = options.seed ?? 1
    if (!Number.isInteger(this.seed) || this.seed < 0 || this.seed > HIGHEST_SEED)
      throw new RangeError(`a seed is a whole number from 0 to ${HIGHEST_SEED}; got ${this.seed}`)
    this.random = new SeededRandom(this.seed)
  }

  /** Virtual nanoseconds since the lab was made. */
  get now(): number {
    return this.clock.now
  }

  /**
   * Puts a board on the bench and switches it on.
   * @param board a name from the catalogue, or a definition read from a board file.
   * @throws RangeError for a name that is not in the catalogue, an address that no station can have, a gateway that is no
   *   router on its network, or an unknown service; TypeError for an option that is unknown or of the wrong type;
   *   nothing is added then
   */
  addBoard(board: string | BoardDefinition, options: AddBoardOptions = {}): SimulatedBoard {
    checkValue('addBoard', 'the board', board, BOARD)
    checkOptions('addBoard', options, BOARD_OPTIONS)
    const definition = typeof board === 'string' ? findBoard(board) : board
    const name = options.name ?? this.freeName(definition.name)
    const added = this.makeBoard({
      station: this.#stationAddress(definition),
      ...options,
      clock: this.clock,
      random: this.random.fork(`board ${name}`),
      definition,
      name,
    })
    this.boards.push(added)
    this.#called.set(added.port, { name, address: options.address ?? definition.network.address })
    if (options.powered !== false) added.powerOn()
    return added
  }

  /**
   * Puts a computer with a plain 10BASE-T network card into the lab.
   * @throws RangeError and TypeError as `addBoard`; nothing is added then
   */
  addHost(options: AddHostOptions): LabHost {
    checkOptions('addHost', options, HOST_OPTIONS)
    const name = options.name ?? this.freeName('host')
    const host = this.makeHost({ ...options, name, clock: this.clock, random: this.random.fork(`host ${name}`) })
    this.hosts.push(host)
    this.#called.set(host.port, { name, address: options.address })
    return host
  }

  /** For labs whose boards can do more. */
  protected makeBoard(options: SimulatedBoardOptions): SimulatedBoard {
    return new SimulatedBoard(options)
  }

  /** For labs whose hosts can do more. */
  protected makeHost(options: LabHostOptions): LabHost {
    return new LabHost(options)
  }

  /** Puts a hub into the lab: one collision domain. @throws RangeError when it has fewer than two ports; TypeError as `addBoard` */
  addHub(options: HubSettings = {}): Hub {
    checkOptions('addHub', options, HUB_OPTIONS)
    const hub = new Hub({ name: `hub-${this.hubs.length + 1}`, ...options, clock: this.clock })
    this.hubs.push(hub)
    return hub
  }

  /**
   * Puts a switch into the lab: each of its ports is a collision domain of its own.
   * @throws RangeError when it has fewer than 2 ports, or more than 250; TypeError as `addBoard`
   */
  addSwitch(options: SwitchSettings = {}): EthernetSwitch {
    checkOptions('addSwitch', options, SWITCH_OPTIONS)
    const name = options.name ?? `switch-${this.switches.length + 1}`
    const added = new EthernetSwitch({ ...options, name, clock: this.clock, random: this.random.fork(name) })
    this.switches.push(added)
    return added
  }

  /**
   * Plugs a cable in between two jacks, 2 m long by default.
   * @throws Error for a jack that is in use; RangeError when two on the network that comes about have the same address; TypeError
   *   as `addBoard`
   */
  connect(a: EthernetPort, b: EthernetPort, options: LabConnectOptions = {}): Cable {
    checkValue('connect', 'the first jack', a, JACK)
    checkValue('connect', 'the second jack', b, JACK)
    checkOptions('connect', options, CABLE_OPTIONS)
    const { sameAddresses = false, ...make } = options
    const random = this.random.fork(`cable ${this.cables.length} ${a.name} ${b.name}`)
    const cable = new Cable({ ...make, clock: this.clock, random })
    cable.plug(a, b)
    this.cables.push(cable)
    this.#ends.push([cable, a, b])
    if (!sameAddresses) this.#checkAddresses(a)
    this.#connectListeners.tell(cable)
    return cable
  }

  /** Is called with each cable that is connected from now on. */
  onConnect(listener: (cable: Cable) => void): () => void {
    return this.#connectListeners.add(listener)
  }

  /** @throws RangeError when two that hear each other have the same address */
  #checkAddresses(from: EthernetPort): void {
    const taken = new Map<string, string>()
    const network = this.#network(from)
    for (const [port, called] of this.#called) {
      if (!network.has(port) || called.address === 'dhcp') continue
      const [address] = called.address.split('/')
      const other = taken.get(address)
      if (other !== undefined)
        throw new RangeError(
          `${other} and ${called.name} are on one network, and both have the address ${address}: give each its own (address: '…/24'), or say that it is meant (sameAddresses: true)`,
        )
      taken.set(address, called.name)
    }
  }

  /** Every jack that a signal from this one can reach, over cables, hubs and switches. */
  #network(from: EthernetPort): ReadonlySet<EthernetPort> {
    const beside = new Map<EthernetPort, readonly EthernetPort[]>()
    for (const { ports } of [...this.hubs, ...this.switches]) for (const port of ports) beside.set(port, ports)
    const across = new Map<EthernetPort, EthernetPort>()
    // A cable may have been taken out since, and plugged in elsewhere.
    for (const [cable, a, b] of this.#ends) if (a.medium === cable && b.medium === cable) across.set(a, b).set(b, a)
    const reached = new Set([from])
    const entered = new Set<readonly EthernetPort[]>()
    for (const port of reached) {
      const other = across.get(port)
      if (other !== undefined) reached.add(other)
      const box = beside.get(port)
      if (box === undefined || entered.has(box)) continue
      entered.add(box)
      for (const each of box) reached.add(each)
    }
    return reached
  }

  /** Lets virtual time pass: every event of the next `duration` nanoseconds. */
  runFor(duration: number): void {
    checkValue('runFor', 'the duration', duration, NANOSECONDS)
    this.clock.runFor(duration)
  }

  /**
   * Lets virtual time pass until `condition` holds.
   * @param limit the longest wait, in nanoseconds; a minute by default.
   * @returns true when it holds, false when the time is over.
   */
  runUntil(condition: () => boolean, limit = TIMEOUT): boolean {
    checkValue('runUntil', 'the condition', condition, CONDITION)
    checkValue('runUntil', 'the limit', limit, NANOSECONDS)
    const end = this.clock.now + limit
    if (this.clock.runWhile(() => !condition(), end)) return true
    this.clock.runUntil(end) // where nothing was left to happen, time passes all the same
    return false
  }

  /** Who has a name in the lab; for labs with more than boards and hosts. */
  protected get named(): readonly { readonly name: string }[] {
    return [...this.boards, ...this.hosts]
  }

  /** `base`, or with a number behind it where somebody is called so already. */
  protected freeName(base: string): string {
    const taken = new Set(this.named.map((each) => each.name))
    if (!taken.has(base)) return base
    let n = 2
    while (taken.has(`${base}-${n}`)) n++
    return `${base}-${n}`
  }

  /** Two boards of a kind on one cable must not share an address: the last octets count up. */
  #stationAddress(definition: BoardDefinition): string {
    const same = this.boards.filter((board) => board.definition.name === definition.name).length
    const octets = definition.network.station.split(':')
    const last = (Number.parseInt(octets[4], 16) * 256 + Number.parseInt(octets[5], 16) + same * 16) & 0xffff
    octets[4] = (last >> 8).toString(16).padStart(2, '0')
    octets[5] = (last & 0xff).toString(16).padStart(2, '0')
    return octets.join(':')
  }
}

/** A new, empty lab. */
export function createBareLab(options: LabOptions = {}): Lab {
  return new Lab(options)
}
