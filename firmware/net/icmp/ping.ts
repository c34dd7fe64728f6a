/** Ping: asks for echoes and measures their way, in every family (RFC 792; RFC 1122 3.2.2.6; RFC 4443 4). */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import { formatIp, type IpAddress } from '../ip.js'
import { LARGEST_DATAGRAM } from '../ipv4/header.js'
import type { Datagram, HeaderFields, IcmpError, NetworkLayer, Route } from '../network-layer.js'
import { checksum } from '../wire/checksum.js'
import { ICMP_HEADER_OCTETS } from '../wire/icmp.js'
import { IPV4_HEADER_OCTETS } from '../wire/ipv4.js'
import { readUint16, writeUint16 } from '../wire/octets.js'

/** RFC 1122 3.2.1.7, RFC 1700. */
const TIME_TO_LIVE = 64

/** The most data of an echo that fits one datagram (RFC 791 3.1: 65,535 octets). */
export const LARGEST_ECHO = LARGEST_DATAGRAM - IPV4_HEADER_OCTETS - ICMP_HEADER_OCTETS

export interface PingOptions {
  /** Octets of data, 0 to 65507, in fragments if need be; 56 by default. */
  size?: number
  /** 0 to 65535; one more than the last ping's by default. */
  sequence?: number
  /** Nanoseconds to wait for the reply; one second by default. */
  timeLimit?: number
  /** Routers that the request may pass, 1 to 255; 64 by default. */
  timeToLive?: number
}

export type PingResult =
  | {
      readonly ok: true
      readonly sequence: number
      /** Data octets that came back. */
      readonly size: number
      /** Nanoseconds from the request to its reply. */
      readonly roundTrip: number
      readonly timeToLive: number
    }
  | {
      readonly ok: false
      readonly sequence: number
      /**
       * `no answer`: within the time limit. `unreachable`: nobody answers there, no route, or a router says so.
       * `time exceeded`: a router took the last of its time to live. `refused`: by the device.
       */
      readonly reason: 'no answer' | 'unreachable' | 'time exceeded' | 'refused' | 'altered'
      /** Who says so, where somebody does. */
      readonly from?: IpAddress
    }

type Failure = Extract<PingResult, { ok: false }>['reason']

export type PingLoss = 'echo reply not asked for' | 'echo reply altered'

/** How a family asks for an echo. */
export interface EchoForm {
  readonly protocol: number
  /** Types of messages. */
  readonly request: number
  readonly unreachable: number
  readonly timeExceeded: number
  /** What its checksum covers beside the message of so many octets. */
  sumBeside(route: Route, length: number): number
}

interface Pending {
  readonly destination: IpAddress
  readonly sequence: number
  readonly data: Uint8Array
  readonly sentAt: number
  readonly done: (result: PingResult) => void
  timer: Timer | undefined
}

export class Pinger {
  readonly #clock: Clock
  readonly #network: NetworkLayer
  readonly #form: EchoForm
  readonly #identifier: number
  readonly #pending = new Set<Pending>()
  #sequence = 0

  /** @param identifier of this end's echo requests, 0 to 65535 */
  constructor(clock: Clock, network: NetworkLayer, form: EchoForm, identifier: number) {
    this.#clock = clock
    this.#network = network
    this.#form = form
    this.#identifier = identifier
  }

  /**
   * Asks for an echo; `done` is called once, and never before this returns.
   * @throws RangeError when the size is not 0 to 65507, the sequence not 0 to 65535 or the time to live not 1 to 255.
   */
  ping(destination: IpAddress, options: PingOptions, done: (result: PingResult) => void): void {
    const { size = 56, sequence = (this.#sequence + 1) & 0xffff, timeLimit = SECOND } = options
    const { timeToLive = TIME_TO_LIVE } = options
    const check = (what: string, value: number, from: number, to: number) => {
      if (!Number.isInteger(value) || value < from || value > to)
        throw new RangeError(`ping ${formatIp(destination)}: ${what} is ${from} to ${to}; got ${value}`)
    }
    check('a size in octets', size, 0, LARGEST_ECHO)
    check('a sequence number', sequence, 0, 0xffff)
    check('a time to live', timeToLive, 1, 255)
    this.#sequence = sequence
    const message = new Uint8Array(ICMP_HEADER_OCTETS + size)
    for (let i = 0; i < size; i++) message[ICMP_HEADER_OCTETS + i] = i + sequence
    const form = this.#form
    message[0] = form.request
    writeUint16(message, 4, this.#identifier)
    writeUint16(message, 6, sequence)
    const data = message.subarray(ICMP_HEADER_OCTETS)
    const pending: Pending = { destination, sequence, data, sentAt: this.#clock.now, done, timer: undefined }
    this.#pending.add(pending)
    const later = (delay: number, reason: Failure) => {
      pending.timer = this.#clock.after(delay, () => this.#settle(pending, { ok: false, sequence, reason }))
    }
    const route = this.#network.route(destination)
    const fields: HeaderFields = { timeToLive, trafficClass: 0, dontFragment: false }
    if (route !== undefined) {
      const sum = form.sumBeside(route, message.length)
      writeUint16(message, 2, checksum(message, 0, message.length, sum))
    }
    const outcome =
      route === undefined
        ? 'no route'
        : this.#network.sendLong(route, form.protocol, message, 0, message.length, fields)
    if (outcome === 'sent') later(timeLimit, 'no answer')
    else later(0, outcome === 'no route' ? 'unreachable' : 'refused')
  }

  /** An echo reply arrived. @returns why it went no further */
  reply(datagram: Datagram): PingLoss | undefined {
    const { octets } = datagram.frame
    const at = datagram.payloadAt
    const sequence = readUint16(octets, at + 6)
    const pending = this.#find(readUint16(octets, at + 4), sequence, datagram.source)
    if (pending === undefined) return 'echo reply not asked for'
    const dataAt = at + ICMP_HEADER_OCTETS
    const size = datagram.payloadEnd - dataAt
    let same = size === pending.data.length
    for (let i = 0; same && i < size; i++) same = octets[dataAt + i] === pending.data[i]
    if (!same) {
      this.#settle(pending, { ok: false, sequence, reason: 'altered' })
      return 'echo reply altered'
    }
    const roundTrip = this.#clock.now - pending.sentAt
    this.#settle(pending, { ok: true, sequence, size, roundTrip, timeToLive: datagram.timeToLive })
    return undefined
  }

  /** An error quotes a message of this end's: settles the ping that it is about. */
  error(error: IcmpError): boolean {
    const { octets, quotedAt: at, from, type } = error
    const form = this.#form
    const reason = type === form.unreachable ? 'unreachable' : type === form.timeExceeded ? 'time exceeded' : undefined
    if (reason === undefined || octets[at] !== form.request || error.quotedEnd - at < ICMP_HEADER_OCTETS) return false
    const sequence = readUint16(octets, at + 6)
    const pending = this.#find(readUint16(octets, at + 4), sequence, error.destination)
    if (pending === undefined) return false
    this.#settle(pending, { ok: false, sequence, reason, from })
    return true
  }

  #find(identifier: number, sequence: number, destination: IpAddress): Pending | undefined {
    if (identifier !== this.#identifier) return undefined
    for (const pending of this.#pending)
      if (pending.sequence === sequence && pending.destination === destination) return pending
    return undefined
  }

  #settle(pending: Pending, result: PingResult): void {
    if (!this.#pending.delete(pending)) return
    this.#clock.cancel(pending.timer)
    pending.done(result)
  }
}
