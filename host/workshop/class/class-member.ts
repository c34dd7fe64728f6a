/**
 * A learner's end of the class wire: a station with our stack, on the class's clock. Time passes here as the wire says it does, and what is sent
 * carries the instant at which it was.
 */
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { NetError } from '../../../firmware/net/errors.js'
import type { PingResult } from '../../../firmware/net/icmp/ping.js'
import { Stack } from '../../../firmware/stack.js'
import { numberText } from '../../number-text.js'
import { type PlainKey, type Told, told } from '../words/told.js'
import { ClassDevice } from './class-device.js'
import type { ClassSocket } from './class-socket.js'
import type { ClassDeed, ClassRule, ClassSentence, ClassView, MemberView } from './class-view.js'
import { CLASS_PROTOCOL, type ClassRefusal, type Unplugged } from './facts.js'
import { type ClassState, type FromWire, parseFromWire } from './from-wire.js'
import { type ClassData, type TimedMessage, writeTimed } from './message.js'
import { ClassPrograms, type Delivery, LARGEST_FILE, LONGEST_CHAT } from './programs.js'
import { type ToWire, writeToWire } from './to-wire.js'
import { whyTold } from './why.js'
import { WireLog } from './wire-log.js'

/** A frame may wait long for a busy laptop, on either side. */
const PING_WAIT = 5 * SECOND
const MOST_SENTENCES = 30

export type ClassRole =
  | { readonly kind: 'learner'; readonly name: string; readonly code: string }
  | { readonly kind: 'teacher'; readonly key: string }

export interface ClassMemberOptions {
  readonly socket: ClassSocket
  readonly role: ClassRole
  /** There is something else to be shown. */
  readonly changed: () => void
  /** A file came whole from another learner. */
  readonly file: (from: string, name: string, octets: Uint8Array) => void
}

type Joined = Extract<FromWire, { kind: 'joined' }>

/** The station, once it is on the wire. */
interface OnWire {
  readonly joined: Joined
  readonly stack: Stack
  readonly device: ClassDevice
  readonly programs: ClassPrograms
  readonly passed: WireLog
}

export class ClassMember {
  readonly #options: ClassMemberOptions
  readonly #clock = new Scheduler()
  #on: OnWire | undefined
  /** What the teacher sees. */
  #teaching: { readonly state: ClassState; readonly passed: WireLog } | undefined
  #out: Told | undefined
  #class: Pick<Extract<FromWire, { kind: 'class' }>, 'paused' | 'speed' | 'who'> = { paused: false, speed: 1, who: [] }
  #counters: MemberView['counters'] = { sent: 0, received: 0, collisions: 0, late: 0, dropped: {} }
  #log: ClassSentence[] = []

  constructor(options: ClassMemberOptions) {
    this.#options = options
  }

  /** The socket is open: says who comes, and with what. */
  opened(): void {
    const { role } = this.#options
    const version = CLASS_PROTOCOL
    if (role.kind === 'learner') this.#say({ kind: 'join', version, name: role.name, code: role.code })
    else this.#say({ kind: 'teach', version, key: role.key })
  }

  /** The socket is gone. */
  closed(): void {
    this.#leave(told('class.out.gone'))
  }

  receive(data: ClassData): void {
    if (this.#out !== undefined) return
    const message = parseFromWire(data)
    if (message === undefined) this.#leave(told('class.out.version'))
    else if (message.kind === 'clock') this.#passTime(message.at)
    else {
      this.#take(message)
      this.#options.changed()
    }
  }

  /** Pulls the cable out. */
  leave(why: 'paused' | 'left'): void {
    if (this.#out !== undefined) return
    this.#say({ kind: 'leave', why })
    this.#leave(told(UNPLUGGED_WORDS[why]))
  }

  /** The teacher's: what is not for a learner to say ends the connection. */
  rule(rule: ClassRule): void {
    if (this.#out === undefined) this.#say(rule)
  }

  do(deed: ClassDeed): void {
    const on = this.#on
    if (on === undefined || this.#out !== undefined) return
    try {
      this.#carryOut(on, deed)
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      this.#tell(told('class.failed', { why: error.code }), true)
    }
    this.#options.changed()
  }

  view(): ClassView {
    if (this.#out !== undefined) return { kind: 'out', why: this.#out }
    const teaching = this.#teaching
    if (teaching !== undefined) return { kind: 'teacher', state: teaching.state, passages: teaching.passed.passages }
    const on = this.#on
    if (on === undefined || this.#options.role.kind !== 'learner') return { kind: 'joining' }
    const { box, seat, address, gateway, waitMilliseconds } = on.joined
    const own = address.split('/')[0]
    const { who, ...time } = this.#class
    return {
      kind: 'member',
      member: {
        ...{ name: this.#options.role.name, box, seat, address, gateway, waitMilliseconds, ...time },
        linkUp: on.device.linkUp,
        peers: who.filter((each) => each.address !== own),
        counters: this.#counters,
        passages: on.passed.passages,
        log: this.#log,
      },
    }
  }

  #take(message: Exclude<FromWire, { kind: 'clock' }>): void {
    switch (message.kind) {
      case 'joined':
        if (this.#on === undefined) this.#join(message)
        break
      case 'link':
        this.#passTime(message.at)
        if (this.#on !== undefined) this.#on.device.linkUp = message.up
        break
      case 'frame':
        this.#passTime(message.at)
        this.#on?.device.receive(message.frame)
        this.#teaching?.passed.frame(message.at, message.frame)
        break
      case 'class':
        this.#class = message
        break
      case 'collision': {
        const { at, attempt, slots } = message
        this.#on?.passed.collision(at, [this.#on.joined.seat], told('class.collision', { attempt, slots }))
        break
      }
      case 'counters':
        this.#counters = message
        break
      case 'state':
        this.#teach(message)
        break
      case 'collided':
        this.#teaching?.passed.collision(message.at, message.seats)
        break
      case 'passed over':
        this.#teaching?.passed.passedOver(this.#teaching.state.at, message.count)
        break
      case 'unplugged':
        this.#leave(told(UNPLUGGED_WORDS[message.why]))
        break
      case 'refused':
        this.#leave(told(REFUSED_WORDS[message.why]))
        break
    }
  }

  /** Up to this instant of the class's clock; that it was heard is said. */
  #passTime(at: number): void {
    const clock = this.#clock
    if (this.#on === undefined || at < clock.now) return
    clock.runUntil(at)
    this.#options.socket.send(writeTimed(at))
  }

  #join(joined: Joined): void {
    const clock = this.#clock
    clock.runUntil(joined.at)
    const { role, socket } = this.#options
    const name = role.kind === 'learner' ? role.name : ''
    const stack = new Stack({ clock, random: new SeededRandom(joined.seed), name: 'station' })
    const passed = new WireLog(joined.box, () => this.#class.who)
    const device = new ClassDevice({
      clock,
      socket,
      address: Uint8Array.from(joined.mac),
      passes: (frame) => passed.frame(clock.now, frame),
    })
    const gateway = joined.gateway === '' ? {} : { gateway: joined.gateway }
    stack.addInterface({ name: 'eth0', device, address: joined.address, addressDefence: 'keep', ...gateway })
    const everybody = joined.address.replace(/\d+\/24$/, '255')
    const programs = new ClassPrograms(stack, name, everybody, {
      heard: (how, from, text) => this.#tell(told('class.heard', { from: this.#nameOf(from), how, text })),
      called: (from) => this.#tell(told('class.called', { from: this.#nameOf(from) })),
      answered: (address, answer) => this.#tell(told('class.answered', { name: answer, address })),
      file: (from, file, octets) => {
        const who = this.#nameOf(from)
        this.#tell(told('class.file.came', { from: who, file, octets: octets.length }))
        this.#options.file(who, file, octets)
      },
    })
    this.#on = { joined, stack, device, programs, passed }
  }

  #teach(state: ClassState): void {
    const passed = this.#teaching?.passed ?? new WireLog(state.box, () => this.#teaching?.state.seats ?? [])
    this.#teaching = { state, passed }
  }

  #carryOut({ stack, programs }: OnWire, deed: ClassDeed): void {
    if (deed.kind === 'roll') {
      this.#tell(told('class.rolled'))
      programs.callTheRoll()
      return
    }
    const to = this.#nameOf(deed.to)
    const outcome = (delivered: Told): Delivery => ({
      delivered: () => this.#tell(delivered),
      failed: (why) => this.#tell(told('class.failed.to', { to, why: whyTold(why) }), true),
    })
    switch (deed.kind) {
      case 'ping':
        stack.ping(deed.to, { timeLimit: PING_WAIT }, (result) => this.#pinged(to, result))
        break
      case 'say': {
        const text = [...deed.text].slice(0, LONGEST_CHAT).join('')
        if (text === '') break
        this.#tell(told('class.said', { to, how: deed.how, text }))
        if (deed.how === 'UDP') programs.sayByDatagram(deed.to, text)
        else programs.sayByStream(deed.to, text, outcome(told('class.said.delivered', { to })))
        break
      }
      case 'file': {
        const { name: file, octets } = deed
        if (octets.length > LARGEST_FILE) {
          this.#tell(told('class.file.too-large', { most: LARGEST_FILE / 1024 }), true)
          break
        }
        this.#tell(told('class.file.begins', { to, file, octets: octets.length }))
        programs.sendFile(deed.to, file, octets, outcome(told('class.file.delivered', { to, file })))
        break
      }
    }
  }

  #pinged(to: string, result: PingResult): void {
    if (result.ok) {
      const { timeToLive: ttl } = result
      const milliseconds = numberText(result.roundTrip / MILLISECOND)
      this.#tell(told('class.ping.answer', { to, milliseconds, ttl }))
    } else this.#tell(told('class.failed.to', { to, why: whyTold(result.reason) }), true)
  }

  #nameOf(address: string): string {
    return this.#class.who.find((each) => each.address === address)?.name ?? address
  }

  #tell(sentence: Told, wrong = false): void {
    this.#log = [...this.#log.slice(-(MOST_SENTENCES - 1)), { at: this.#clock.now, told: sentence, wrong }]
    this.#options.changed()
  }

  #say(message: Exclude<ToWire, TimedMessage>): void {
    this.#options.socket.send(writeToWire(message))
  }

  #leave(why: Told): void {
    if (this.#out !== undefined) return
    this.#out = why
    if (this.#on !== undefined) {
      this.#on.device.linkUp = false
      this.#on.stack.abandon()
    }
    this.#options.socket.close()
    this.#options.changed()
  }
}

const UNPLUGGED_WORDS: Readonly<Record<Unplugged, PlainKey>> = {
  paused: 'class.out.paused',
  left: 'class.out.left',
  'too slow': 'class.out.too-slow',
  flood: 'class.out.flood',
  malformed: 'class.out.malformed',
  kicked: 'class.out.kicked',
  'class over': 'class.out.over',
}

const REFUSED_WORDS: Readonly<Record<ClassRefusal, PlainKey>> = {
  'foreign origin': 'class.why.origin',
  'foreign host': 'class.why.host',
  'too many connections': 'class.why.crowd',
  'wrong code': 'class.refused.code',
  'wrong key': 'class.refused.key',
  'too many tries': 'class.refused.tries',
  version: 'class.out.version',
  name: 'class.refused.name',
  'name taken': 'class.refused.taken',
  full: 'class.refused.full',
  silent: 'class.refused.silent',
  malformed: 'class.out.malformed',
  'class over': 'class.out.over',
}
