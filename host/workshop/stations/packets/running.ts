/** The packets station as it runs: pings from the board, what routers do with them, and who is asked for whose address. */
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import { MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import type { PingResult } from '../../../../firmware/net/icmp/ping.js'
import { ETHERNET_HEADER_OCTETS } from '../../../../firmware/net/wire/ethernet.js'
import { parseIpv4Packet } from '../../../../firmware/net/wire/ipv4.js'
import type { Lane } from '../../protocol.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import { isAsked, type SettingValues, type StepUnit } from '../../station-parts.js'
import { told } from '../../words/told.js'
import { GatheredFragments } from './fragments.js'
import { segmentLane } from './lanes.js'
import { PACKET_ADDRESSES, PacketNetwork } from './network.js'
import { PassedFrames } from './passed-frames.js'
import { packetsScene } from './picture.js'
import { type PingOutcome, pingOutcome } from './ping-outcome.js'
import { PACKET_SEGMENTS, type PacketsScene, type SegmentName } from './scene.js'

/** Where a ping can go. */
export const DESTINATIONS: Readonly<Record<string, string>> = {
  far: PACKET_ADDRESSES.far,
  neighbour: PACKET_ADDRESSES.neighbour,
  'router-a': PACKET_ADDRESSES['router-a'],
  'router-b': PACKET_ADDRESSES['router-b'],
  nobody: '192.168.7.99',
  nowhere: '10.1.2.3',
}
export const GATEWAYS: Readonly<Record<string, string | undefined>> = {
  'router-a': PACKET_ADDRESSES['router-a'],
  neighbour: PACKET_ADDRESSES.neighbour,
  nobody: '192.168.7.99',
  none: undefined,
}

/** A ping waits longer for its answer than ARP asks: three times, a second apart. */
const TIME_LIMIT = 4 * SECOND
/** Behind the last frame time goes on so long, and then stands: nothing comes by itself. */
const REST_AFTER = 1 * MILLISECOND
/** So long a frame may take to be sent, and to be loaded into the board’s chip before. */
const SILENT_AFTER = 3 * MILLISECOND
/** Settings of which each means another configuration of the board. */
const CONFIGURED = ['mask', 'gateway'] as const

export class RunningPackets implements RunningStation {
  readonly bitTime = BIT_TIME
  readonly #surroundings: StationSurroundings
  readonly #frames = new PassedFrames()
  #gathered = new GatheredFragments()
  #network: PacketNetwork
  #networks = 0
  #settings: SettingValues
  #fault: string
  #pending = 0
  /** Somebody holds fragments. */
  #holding = false
  #lastAt = 0
  #outcomes: PingOutcome[] = []
  /** The host behind the routers has answered since the task was taken up. */
  #reached = false
  #answeredInARow = 0

  constructor(surroundings: StationSurroundings) {
    this.#surroundings = surroundings
    this.#settings = surroundings.settings
    this.#fault = surroundings.fault
    this.#network = this.#build()
    this.#network.time.do(() => this.#configure())
  }

  get quietFrom(): number | undefined {
    return this.#pending > 0 || this.#holding ? undefined : this.#lastAt + REST_AFTER
  }

  /** Somebody waits, and no frame is under way. */
  get silent(): boolean {
    return this.#surroundings.clock.now > this.#lastAt + SILENT_AFTER
  }

  count(unit: StepUnit): number {
    return unit === 'frame' ? this.#frames.count : 0
  }

  apply(settings: SettingValues, fault: string): void {
    const before = this.#settings
    this.#settings = settings
    this.#touch()
    const rebuilt = fault !== this.#fault
    if (rebuilt) {
      this.#fault = fault
      this.#network.time.stop()
      this.#pending = 0
      this.#holding = false
      this.#network = this.#build()
      this.#surroundings.log(told(fault === '' ? 'packets.mended' : 'packets.broken'))
    }
    this.#network.time.do(() => {
      if (rebuilt || CONFIGURED.some((name) => settings[name] !== before[name])) this.#configure()
      this.#setMtu()
    })
  }

  act(action: string): void {
    this.#touch()
    this.#network.time.do(() => {
      if (action === 'ping') this.#ping()
      else if (action === 'forget') {
        for (const { network } of this.#network.interfaces) network.neighbours.clear()
        this.#surroundings.log(told('packets.forgot'))
      } else throw new RangeError(`the packets station cannot ${action}`)
    })
  }

  beginTask(): void {
    this.#reached = false
    this.#outcomes = []
  }

  /** Pings that were answered. */
  get wholeInARow(): number {
    return this.#answeredInARow
  }

  solves(): boolean {
    return this.#reached
  }

  scene(hidden: boolean): PacketsScene {
    this.#network.time.catchUp()
    return packetsScene({
      network: this.#network,
      frames: this.#frames,
      gathered: this.#gathered,
      outcomes: this.#outcomes,
      pending: this.#pending,
      fault: hidden ? '' : this.#fault,
      now: this.#surroundings.clock.now,
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    const segment = PACKET_SEGMENTS.find((each) => each === probe)
    return segment === undefined ? undefined : segmentLane(segment, this.#frames.within(window), window)
  }

  #touch(): void {
    this.#lastAt = this.#surroundings.clock.now
  }

  /** Whoever gives up what it held has something to say of it. */
  #happened(): void {
    const holds = this.#network.holdsFragments
    if (this.#holding && !holds) this.#touch()
    this.#holding = holds
  }

  #build(): PacketNetwork {
    const { clock, random } = this.#surroundings
    const seed = random.fork(`network ${this.#networks++}`).next32()
    const network = new PacketNetwork(clock, seed, this.#fault, () => this.#happened())
    this.#gathered = new GatheredFragments()
    for (const segment of PACKET_SEGMENTS) this.#watch(network, segment)
    this.#loseOnTheWay(network)
    for (const { node, network: card } of network.interfaces)
      if (node === 'board' || node === 'far')
        card.onTrace((direction, frame) => direction === 'in' && this.#gathered.take(frame))
    return network
  }

  #watch(network: PacketNetwork, segment: SegmentName): void {
    const { clock, trace, log } = this.#surroundings
    network.cables[segment].onFrame((frame) => {
      if (network !== this.#network) return
      // Cables are plugged in from left to right, that of the neighbour from below upwards.
      const towards = frame.direction === 'a-to-b' ? 'right' : 'left'
      const { sentence, number } = this.#frames.take(segment, towards, frame, clock.now)
      this.#touch()
      trace(`${number} ${segment} ${towards} ${frame.sent.length} ${frame.loss ?? ''} ${sentence.text}`)
      if (segment === 'board' || segment === 'transit') log(sentence.told, sentence.wrong)
      if (frame.loss !== undefined) log(told('packets.lost.cable'), true)
    })
  }

  /** Between the routers some get lost, if they are to. */
  #loseOnTheWay(network: PacketNetwork): void {
    const cards = [network.transit[0].station, network.hosts['router-b'].station]
    for (const card of cards) {
      const pass = card.handleFrame
      card.handleFrame = (frame) => {
        if (loses(this.#settings.lost, frame)) this.#surroundings.log(told('packets.lost'), true)
        else pass?.(frame)
      }
    }
  }

  /** The board’s own settings, as a person would make them who may be wrong. */
  #configure(): void {
    const { mask, gateway } = this.#settings
    const { network: card } = this.#network.board.controller
    const router = GATEWAYS[gateway]
    card.configure(`${PACKET_ADDRESSES.board}/${mask}`, router === undefined ? [] : router)
    this.#setMtu()
  }

  #setMtu(): void {
    for (const { network } of this.#network.transit) network.mtu = Number(this.#settings.mtu)
  }

  #ping(): void {
    const { log, asked } = this.#surroundings
    const { size, ttl, to } = this.#settings
    const counts = isAsked(this.#settings, asked)
    const network = this.#network
    const destination = DESTINATIONS[to]
    const timeToLive = Number(ttl)
    log(told('packets.ping', { to: destination, octets: Number(size), ttl: timeToLive }))
    this.#pending++
    network.board.stack.ping(destination, { size: Number(size), timeToLive, timeLimit: TIME_LIMIT }, (result) => {
      if (network !== this.#network) return
      this.#pending--
      this.#touch()
      this.#answered(destination, timeToLive, result)
      if (counts) this.#answeredInARow = result.ok ? this.#answeredInARow + 1 : 0
    })
  }

  #answered(destination: string, timeToLive: number, result: PingResult): void {
    const outcome = pingOutcome(destination, timeToLive, result)
    this.#outcomes = [...this.#outcomes.filter((each) => each.timeToLive !== timeToLive), outcome].sort(
      (a, b) => a.timeToLive - b.timeToLive,
    )
    this.#surroundings.log(outcome.told, outcome.wrong)
    if (result.ok && destination === PACKET_ADDRESSES.far) this.#reached = true
  }
}

/** Whether a frame is one of those that are to get lost between the routers. */
function loses(which: string, frame: Uint8Array): boolean {
  if (which === 'none') return false
  const packet = parseIpv4Packet(frame, ETHERNET_HEADER_OCTETS)
  if (typeof packet === 'string') return false
  const { moreFragments, fragmentOffset } = packet
  if (which === 'first') return moreFragments && fragmentOffset === 0
  return which === 'later' ? fragmentOffset > 0 : true
}
