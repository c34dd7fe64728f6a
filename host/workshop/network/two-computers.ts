/**
 * Two network cards of the simulator, two cables, and a box between them that does with each segment what it is told. To families of
 * faults the client is the board, the server its partner, and what they put on the way stands between the client and the box.
 */
import { Cable } from '../../../boards/ethernet/cable.js'
import { BIT_TIME, type EthernetPort } from '../../../boards/ethernet/port.js'
import { Station } from '../../../boards/ethernet/station.js'
import type { SeededRandom } from '../../../boards/simulation/random.js'
import type { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { TCP_DEFAULTS } from '../../../firmware/net/tcp/tcp.js'
import { applyBreakage } from '../apply-breakage.js'
import { breakageOf } from '../workshop-fault.js'
import { BoxOnTheWay } from './box-on-the-way.js'
import { type EndName, type Flight, Flights } from './flights.js'
import { parsePlan, type SegmentDeed } from './segment-plan.js'
import { StreamNumbers } from './stream-numbers.js'
import { WatchedCard } from './watched-card.js'

const END_NAMES = ['client', 'server'] as const satisfies readonly EndName[]
export const END_ADDRESSES: Readonly<Record<EndName, string>> = { client: '192.168.7.2', server: '192.168.7.1' }
/** Three link test pulses, 16 ms apart, and room; a cable that is not in brings no link. */
const LINK_WAIT = 300 * MILLISECOND
/** The longest that our stack puts an acknowledgement off, what a frame takes, and room. */
const SETTLED = TCP_DEFAULTS.delayedAck + 100 * MILLISECOND
/** More than any queue of a card's takes to run out. */
const LONGEST_BUSY = 500 * MILLISECOND
/** An ARP request is sent again after a second, and given up a second after the last. */
const UNANSWERED = 1500 * MILLISECOND

export interface TwoComputersWatch {
  link(end: EndName, up: boolean): void
  /** A stack handed a frame to its card. */
  sent(flight: Flight): void
  /** A frame reaches a stack. */
  arrived(flight: Flight, at: EndName): void
  /** What the box does with a frame; undefined: it passes as any does. */
  decided(flight: Flight, deed: SegmentDeed | undefined): void
  /** The box has a frame that it cannot send. */
  refused(flight: Flight): void
  /** A stack has done what a frame makes it do at once. */
  done(end: EndName): void
}

export interface TwoComputersOptions {
  readonly clock: Scheduler
  readonly random: SeededRandom
  readonly watch: TwoComputersWatch
}

export class TwoComputers {
  readonly #clock: Scheduler
  readonly #random: SeededRandom
  readonly #watch: TwoComputersWatch
  readonly #stations: Readonly<Record<EndName, Station>>
  #cards: Readonly<Record<EndName, WatchedCard>>
  #box: BoxOnTheWay | undefined
  #cables: Cable[] = []
  #wirings = 0
  #wiredAt = 0
  #isSilencing = false
  /** Of ladders before this one, segments that came to their end. */
  #endedBefore = 0
  flights = new Flights()
  numbers = new StreamNumbers()
  /** For how long the box holds each frame, ns, and what it is told to do otherwise. */
  delay = 0
  plan = ''

  /** Nothing is plugged in before `wire`. */
  constructor({ clock, random, watch }: TwoComputersOptions) {
    this.#clock = clock
    this.#random = random
    this.#watch = watch
    const station = (name: EndName, last: number) => {
      const address = Uint8Array.of(2, 0, 0, 0, 0, last)
      return new Station({ clock, random: random.fork(name), name, address, duplex: 'half' })
    }
    this.#stations = { client: station('client', 2), server: station('server', 1) }
    this.#cards = this.#newCards()
  }

  /** The cards as their stacks have them, since the last `restart`. */
  get cards(): Readonly<Record<EndName, WatchedCard>> {
    return this.#cards
  }

  /** The instant from which nothing is under way, but for what timers of TCP will send; undefined: something is. */
  get quietFrom(): number | undefined {
    if (this.#box !== undefined && this.#box.held > 0) return undefined
    const last = this.flights.all.at(-1)?.reading
    const settled = this.flights.lastAt + (last?.kind === 'arp' && last.request ? UNANSWERED : SETTLED)
    return Math.max(settled, this.#wiredAt + LINK_WAIT)
  }

  /** Segments that came to their end, since the beginning. */
  get ended(): number {
    return this.#endedBefore + this.flights.ended
  }

  linkUp(end: EndName): boolean {
    return this.#stations[end].linkUp
  }

  /**
   * Both computers are switched off and on: new stacks are to take the new cards, and the ladder begins again. What the old ones had under way
   * comes to nobody: it is over before the new ones begin.
   */
  restart(): void {
    for (const end of END_NAMES) this.#cards[end].switchOff()
    this.#letWiresFallSilent()
    this.#endedBefore += this.flights.ended
    this.flights = new Flights()
    this.numbers = new StreamNumbers()
    this.#cards = this.#newCards()
  }

  /** New cables and a new box, with what is broken. */
  wire(fault: string): void {
    const clock = this.#clock
    const generation = ++this.#wirings
    this.#wiredAt = clock.now
    const random = this.#random.fork(`wiring ${generation}`)
    for (const cable of this.#cables) cable.unplug()
    this.#box?.remove()
    for (const end of END_NAMES) {
      this.#stations[end].powerOn()
      this.#cards[end].attach()
    }
    this.#cables = []
    const connect = (one: EthernetPort, other: EthernetPort) => {
      const cable = new Cable({ clock, random: random.fork(`cable ${this.#cables.length}`) })
      cable.plug(one, other)
      this.#cables.push(cable)
      return cable
    }
    const box = new BoxOnTheWay({
      clock,
      random: random.fork('box'),
      arrives: (frame, port) => this.#atBox(box, frame, port === 0 ? 'client' : 'server'),
    })
    this.#box = box
    const { client, server } = this.#stations
    connect(box.ports[1], server.port)
    const cable = connect(client.port, box.ports[0])
    const breakage = breakageOf(fault)
    const parts = { lab: { connect }, cable, board: client, peer: { port: box.ports[0], station: server } }
    const current = () => generation === this.#wirings
    applyBreakage(breakage, parts, { clock, random: random.fork('breakage'), current })
  }

  /** Time passes until the links are up, as if the cables had been in for a while. */
  waitForLinks(): void {
    const up = () => END_NAMES.every((end) => this.#stations[end].linkUp) && this.#box?.linkUp === true
    this.#clock.runWhile(() => !up(), this.#clock.now + LINK_WAIT)
  }

  /** Time passes until nothing is on a wire, and what comes to the box meanwhile stays there. */
  #letWiresFallSilent(): void {
    const isBusy = () =>
      END_NAMES.some((end) => this.#stations[end].pending > 0) || (this.#box !== undefined && this.#box.pending > 0)
    this.#isSilencing = true
    this.#box?.forget()
    if (isBusy()) {
      this.#clock.runWhile(isBusy, this.#clock.now + LONGEST_BUSY)
      // What has left is not there yet.
      this.#clock.runUntil(this.#clock.now + BIT_TIME)
    }
    this.#isSilencing = false
  }

  #newCards(): Readonly<Record<EndName, WatchedCard>> {
    const card = (end: EndName) =>
      new WatchedCard(this.#stations[end], {
        sends: (frame, taken) => this.#sends(end, frame, taken),
        gets: (frame) => {
          const flight = this.flights.arrived(end, frame, this.#clock.now)
          if (flight !== undefined) this.#watch.arrived(flight, end)
        },
        link: (up) => this.#watch.link(end, up),
        done: () => this.#watch.done(end),
      })
    return { client: card('client'), server: card('server') }
  }

  #sends(end: EndName, frame: Uint8Array, taken: boolean): void {
    const flight = this.flights.sent(end, frame, taken, this.#clock.now)
    if (flight === undefined) return
    if (flight.reading.kind === 'tcp') this.numbers.note(end, flight.reading)
    this.#watch.sent(flight)
  }

  /** A frame stands in the box, and what becomes of it is looked up. */
  #atBox(box: BoxOnTheWay, frame: Uint8Array, from: EndName): void {
    if (this.#isSilencing) return
    const out = from === 'client' ? 1 : 0
    const { delay } = this
    const flight = this.flights.atBox(from, frame, this.#clock.now)
    if (flight === undefined) {
      box.pass(frame, out, delay, () => undefined)
      return
    }
    const { number } = flight
    const deed = number === undefined ? undefined : parsePlan(this.plan).get(number)
    const pass = (time: number) => this.#pass(box, flight, frame, out, time)
    if (deed?.kind === 'drop') this.flights.dropped(flight)
    else if (deed !== undefined) flight.deed = deed.kind
    this.#watch.decided(flight, deed)
    if (deed?.kind === 'drop') return
    pass(deed?.kind === 'hold' ? delay + deed.milliseconds * MILLISECOND : delay)
    if (deed?.kind === 'twice') pass(delay + Math.max(delay, MILLISECOND))
  }

  #pass(box: BoxOnTheWay, flight: Flight, frame: Uint8Array, port: 0 | 1, delay: number): void {
    const copy = { leavesAt: this.#clock.now + delay, refused: false, arrivedAt: undefined }
    flight.copies.push(copy)
    box.pass(frame, port, delay, (taken) => {
      copy.refused = !taken
      if (!taken) this.#watch.refused(flight)
    })
  }
}
