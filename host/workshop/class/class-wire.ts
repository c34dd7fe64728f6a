/**
 * The wire of a class: a hub, a switch or a router on the teacher's laptop, whose ports lead to the learners' pages. Everything that is on it is
 * simulated: cards, cables and box are here, on the class's clock, and of each learner only the stack is elsewhere. Frames come and go with instants
 * of that clock, and nothing of them reaches a network of this machine.
 */
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { Tally } from '../../../firmware/hal/counters.js'
import { type Monotonic, monotonic } from '../../event-loop.js'
import { Pace } from '../../pace.js'
import { Allowance } from './allowance.js'
import { Attempts } from './attempts.js'
import { type ClassBox, classBox } from './class-box.js'
import type { ClassSocket } from './class-socket.js'
import { CLASS_PROTOCOL, type ClassBoxKind, type ClassRefusal, MOST_SEATS, type Unplugged } from './facts.js'
import { type ClassState, type FromWire, writeFromWire } from './from-wire.js'
import { CLASS_LIMITS, type ClassLimits } from './limits.js'
import { type ClassData, type TimedMessage, writeTimed } from './message.js'
import { properName } from './proper-name.js'
import { Seat } from './seat.js'
import { parseToWire, type ToWire } from './to-wire.js'
import { WireWatch } from './wire-watch.js'

/** Milliseconds of wall time between two looks at the clock. */
export const CLASS_TICK_MILLISECONDS = 20
/** Ticks between two accounts: to each learner of its own, to a teacher of all. */
const ACCOUNT_EVERY = 25
/** Wall time that is caught up with at once, ns, where this machine was slow; what is beyond is skipped. */
const CATCH_UP = 250 * MILLISECOND
/** This machine has slept, or was stopped: nobody is blamed for that, ns. */
const SLEPT = SECOND

export interface ClassWireOptions {
  readonly box: ClassBoxKind
  /** Learners at most, 2 to 64. */
  readonly places: number
  readonly seed: number
  /** The teacher's. */
  readonly key: string
  /** Draws a code that learners are to type. */
  readonly drawCode: () => string
  readonly limits?: Partial<ClassLimits>
  /** The wall clock; the platform's monotonic one by default. */
  readonly wall?: Monotonic
}

/** What is said about a socket that somebody opened. */
export interface ClassConnection {
  receive(data: ClassData): void
  /** Something came that is no message at all. */
  garbled(): void
  /** It is gone, whoever ended it. */
  closed(): void
}

interface Learner {
  readonly kind: 'learner'
  readonly seat: Seat
  readonly name: string
  readonly address: string
  /** The latest instant that is known to have reached it. */
  heardAt: number
  told: string
}

interface Guest {
  readonly socket: ClassSocket
  readonly origin: string
  readonly isHere: boolean
  readonly allowance: Allowance
  /** When it came, of wall time. */
  readonly since: number
  role: { readonly kind: 'stranger' | 'teacher' | 'gone' } | Learner
}
type LearningGuest = Guest & { role: Learner }

export class ClassWire {
  readonly #options: ClassWireOptions
  readonly #limits: ClassLimits
  readonly #wall: Monotonic
  readonly #clock = new Scheduler()
  readonly #random: SeededRandom
  readonly #pace: Pace
  readonly #box: ClassBox
  readonly #guests = new Set<Guest>()
  readonly #watch: WireWatch
  readonly #attempts = new Attempts()
  readonly #refused = new Tally<ClassRefusal>()
  readonly #unplugged = new Tally<Unplugged>()
  #code: string
  #speed = 1
  #paused = false
  #joined = 0
  #ticks = 0
  #workedAt: number
  /** What was said when, of the last while: who has not heard the oldest is too slow. */
  #said: { readonly wall: number; readonly at: number }[] = []

  /** @throws RangeError for a number of places that no class has */
  constructor(options: ClassWireOptions) {
    const { box, places, seed } = options
    if (!Number.isInteger(places) || places < 2 || places > MOST_SEATS)
      throw new RangeError(`a class has 2 to ${MOST_SEATS} places; got ${places}`)
    this.#options = options
    this.#limits = { ...CLASS_LIMITS, ...options.limits }
    this.#wall = options.wall ?? monotonic
    this.#random = new SeededRandom(seed)
    this.#pace = new Pace(this.#clock, { speed: 1, sliceMilliseconds: CLASS_TICK_MILLISECONDS, source: this.#wall })
    this.#box = classBox(box, places, { clock: this.#clock, random: this.#random.fork('box') })
    this.#code = options.drawCode()
    this.#workedAt = this.#wall()
    this.#watch = new WireWatch(this.#workedAt)
  }

  /** What a learner types to come in. */
  get code(): string {
    return this.#code
  }

  /** Of the class's clock, ns. */
  get now(): number {
    return this.#clock.now
  }

  /**
   * @param origin where it comes from: an address, for counting wrong codes, and places
   * @param isHere it comes from the teacher's own machine
   */
  connect(socket: ClassSocket, origin: string, isHere = false): ClassConnection {
    const now = this.#wall()
    const { messagesPerSecond, messagesAtOnce, strangers } = this.#limits
    const allowance = new Allowance(messagesPerSecond, messagesAtOnce, now)
    const guest: Guest = { socket, origin, isHere, allowance, since: now, role: { kind: 'stranger' } }
    const waiting = [...this.#guests].filter(({ role }) => role.kind === 'stranger').length
    this.#guests.add(guest)
    if (waiting >= strangers) this.#refuse(guest, 'full')
    return {
      receive: (data) => this.#receive(guest, data),
      garbled: () => this.#throwOut(guest, 'malformed'),
      closed: () => this.#leaves(guest, 'left'),
    }
  }

  /** Lets the class's clock go on to where it is to be by now, and looks after everybody: called every `CLASS_TICK_MILLISECONDS`. */
  work(): void {
    const wall = this.#wall()
    if (wall - this.#workedAt > SLEPT) this.#said = []
    this.#workedAt = wall
    for (const guest of this.#guests)
      if (guest.role.kind === 'stranger' && wall - guest.since > this.#limits.silence) this.#refuse(guest, 'silent')
    if (this.#paused) this.#pace.resume()
    else this.#flow(wall)
    this.#showPassings()
    for (const guest of this.#guests) if (guest.socket.waiting > this.#limits.octetsUnsent) this.#tooSlow(guest)
    if (++this.#ticks % ACCOUNT_EVERY === 0) this.#account()
  }

  /** Somebody was turned away before anything was opened. */
  countRefusal(why: ClassRefusal): void {
    this.#refused.add(why)
  }

  /** What the teacher sees. */
  state(): ClassState {
    const { now } = this.#clock
    return {
      kind: 'state',
      at: now,
      paused: this.#paused,
      speed: this.#speed,
      box: this.#options.box,
      code: this.#code,
      places: this.#options.places,
      seats: this.#learners().map(({ role: { seat, name, address, heardAt } }) => ({
        seat: seat.place,
        name,
        address,
        behind: now - heardAt,
        ...seat.counters,
      })),
      refused: this.#refused.snapshot() as Readonly<Record<string, number>>,
      unplugged: this.#unplugged.snapshot() as Readonly<Record<string, number>>,
      dropped: this.#box.dropped,
    }
  }

  /** The class is over: everybody is told, and disconnected. */
  end(): void {
    for (const guest of this.#guests) {
      if (guest.role.kind === 'learner') this.#unplug(guest as LearningGuest, 'class over')
      else this.#refuse(guest, 'class over')
    }
  }

  #flow(wall: number): void {
    const clock = this.#clock
    const pace = this.#pace
    pace.begin()
    pace.skipLateness(clock.now, CATCH_UP, CATCH_UP)
    const limit = Math.floor(pace.limit)
    while ((clock.nextAt ?? Number.POSITIVE_INFINITY) <= limit && pace.allowsEvent()) clock.step()
    if ((clock.nextAt ?? Number.POSITIVE_INFINITY) > limit) clock.runUntil(limit)
    const { now } = clock
    this.#said.push({ wall, at: now })
    let oldest: number | undefined
    while (this.#said.length > 0 && wall - this.#said[0].wall > this.#limits.lag) oldest = this.#said.shift()!.at
    const instant = writeTimed(now)
    for (const guest of this.#learners()) {
      if (oldest !== undefined && guest.role.heardAt < oldest) this.#unplug(guest, 'too slow')
      else guest.socket.send(instant)
    }
  }

  #receive(guest: Guest, data: ClassData): void {
    if (guest.role.kind === 'gone') return
    if (!guest.allowance.spend(this.#wall())) {
      this.#throwOut(guest, 'flood')
      return
    }
    const message = parseToWire(data)
    if (message === undefined || !this.#obey(guest, message)) this.#throwOut(guest, 'malformed')
  }

  /** @returns false for what is not for this one to say */
  #obey(guest: Guest, message: ToWire): boolean {
    switch (guest.role.kind) {
      case 'stranger':
        return this.#greet(guest, message)
      case 'teacher':
        return this.#command(message)
      case 'learner':
        return this.#hear(guest as LearningGuest, message)
      case 'gone':
        return true
    }
  }

  #greet(guest: Guest, message: ToWire): boolean {
    if (message.kind !== 'join' && message.kind !== 'teach') return false
    const now = this.#wall()
    if (message.version !== CLASS_PROTOCOL) {
      this.#refuse(guest, 'version')
    } else if (!this.#attempts.mayTry(guest.origin, now)) {
      this.#refuse(guest, 'too many tries')
    } else if (message.kind === 'teach') {
      if (message.key !== this.#options.key) {
        this.#attempts.failed(guest.origin, now)
        this.#refuse(guest, 'wrong key')
      } else if (this.#teachers().length >= this.#limits.teachers) {
        this.#refuse(guest, 'full')
      } else {
        guest.role = { kind: 'teacher' }
        this.#say(guest, this.state())
      }
    } else if (message.code.trim().toUpperCase() !== this.#code) {
      this.#attempts.failed(guest.origin, now)
      this.#refuse(guest, 'wrong code')
    } else {
      this.#letIn(guest, message.name)
    }
    return true
  }

  #letIn(guest: Guest, given: string): void {
    const name = properName(given)
    const learners = this.#learners()
    const taken = new Set(learners.map(({ role }) => role.seat.place))
    const place = this.#box.ports.findIndex((_, i) => i < this.#options.places && !taken.has(i))
    const own = learners.filter(({ origin }) => origin === guest.origin).length
    if (name === undefined) this.#refuse(guest, 'name')
    else if (learners.some(({ role }) => role.name === name)) this.#refuse(guest, 'name taken')
    else if (place < 0 || (!guest.isHere && own >= this.#limits.placesEach)) this.#refuse(guest, 'full')
    else this.#seat(guest, name, place)
  }

  #seat(guest: Guest, name: string, place: number): void {
    const clock = this.#clock
    const random = this.#random.fork(`learner ${++this.#joined}`)
    const { address, gateway } = this.#box.addressAt(place)
    const say = (message: Exclude<FromWire, TimedMessage>) => this.#say(guest, message)
    const seat = new Seat({
      clock,
      random,
      limits: this.#limits,
      place,
      port: this.#box.ports[place],
      duplex: this.#box.duplex,
      deliver: (frame) => guest.socket.send(writeTimed(clock.now, frame)),
      link: (up) => say({ kind: 'link', up, at: clock.now }),
      backOff: ({ attempt, slots }) => say({ kind: 'collision', at: clock.now, attempt, slots }),
      crossed: (way, frame) => {
        if (this.#teachers().length > 0) this.#watch.crossed(place, way, frame, this.#workedAt)
      },
    })
    guest.role = { kind: 'learner', seat, name, address, heardAt: clock.now, told: '' }
    say({
      kind: 'joined',
      box: this.#options.box,
      seat: place,
      address,
      gateway,
      mac: [...seat.mac],
      seed: random.fork('stack').next32(),
      at: clock.now,
      speed: this.#speed,
      waitMilliseconds: this.#limits.wait / MILLISECOND,
    })
    this.#announce()
  }

  #hear(guest: LearningGuest, message: ToWire): boolean {
    const { role } = guest
    switch (message.kind) {
      case 'clock':
        if (message.at <= this.#clock.now) role.heardAt = Math.max(role.heardAt, message.at)
        return message.at <= this.#clock.now
      case 'frame':
        role.seat.take(message.at, message.frame, this.#limits.wait * this.#speed)
        return true
      case 'leave':
        this.#unplug(guest, message.why)
        return true
      default:
        return false
    }
  }

  #command(message: ToWire): boolean {
    switch (message.kind) {
      case 'pause':
        this.#paused = message.paused
        this.#said = []
        this.#pace.resume()
        break
      case 'speed':
        this.#speed = message.speed
        this.#pace.speed = message.speed
        break
      case 'kick': {
        const guest = this.#learners().find(({ role }) => role.seat.place === message.seat)
        if (guest !== undefined) this.#unplug(guest, 'kicked')
        break
      }
      case 'lock':
        this.#code = this.#options.drawCode()
        break
      default:
        return false
    }
    this.#announce()
    return true
  }

  #learners(): LearningGuest[] {
    return [...this.#guests].filter((guest): guest is LearningGuest => guest.role.kind === 'learner')
  }

  #teachers(): Guest[] {
    return [...this.#guests].filter(({ role }) => role.kind === 'teacher')
  }

  #say({ socket }: Guest, message: Exclude<FromWire, TimedMessage>): void {
    socket.send(writeFromWire(message))
  }

  /** Everybody is told who is here and how time passes. */
  #announce(): void {
    const learners = this.#learners()
    const who = learners.map(({ role: { seat, name, address } }) => ({
      seat: seat.place,
      name,
      address: address.split('/')[0],
    }))
    for (const guest of learners) this.#say(guest, { kind: 'class', paused: this.#paused, speed: this.#speed, who })
    this.#tellTeachers()
  }

  #tellTeachers(): void {
    for (const guest of this.#teachers()) this.#say(guest, this.state())
  }

  /** Teachers are told what has passed on the wire. */
  #showPassings(): void {
    const passings = this.#watch.take()
    for (const guest of this.#teachers())
      for (const passing of passings)
        if (passing.kind === 'frame') guest.socket.send(writeTimed(passing.at, passing.frame))
        else if (passing.kind === 'collided') this.#say(guest, { ...passing, seats: [...passing.seats] })
        else this.#say(guest, passing)
  }

  /** Each learner is told its own counters, where they changed. */
  #account(): void {
    for (const guest of this.#learners()) {
      const text = writeFromWire({ kind: 'counters', ...guest.role.seat.counters })
      if (text === guest.role.told) continue
      guest.role.told = text
      guest.socket.send(text)
    }
    this.#tellTeachers()
  }

  #tooSlow(guest: Guest): void {
    if (guest.role.kind === 'learner') this.#unplug(guest as LearningGuest, 'too slow')
    else this.#dismiss(guest)
  }

  #throwOut(guest: Guest, why: 'flood' | 'malformed'): void {
    if (guest.role.kind === 'gone') return
    if (guest.role.kind === 'learner') this.#unplug(guest as LearningGuest, why)
    else this.#refuse(guest, 'malformed')
  }

  #refuse(guest: Guest, why: ClassRefusal): void {
    this.#refused.add(why)
    this.#say(guest, { kind: 'refused', why })
    this.#dismiss(guest)
  }

  #unplug(guest: LearningGuest, why: Unplugged): void {
    this.#say(guest, { kind: 'unplugged', why })
    this.#leaves(guest, why)
  }

  #leaves(guest: Guest, why: Unplugged): void {
    const { role } = guest
    if (role.kind === 'learner') {
      this.#unplugged.add(why)
      role.seat.takeOut()
    }
    this.#dismiss(guest)
    if (role.kind === 'learner') this.#announce()
  }

  #dismiss(guest: Guest): void {
    if (!this.#guests.delete(guest)) return
    guest.role = { kind: 'gone' }
    guest.socket.close()
  }
}
