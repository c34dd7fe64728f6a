/** ICMP echo at both ends: the server that answers (RFC 1122 3.2.2.6), and ping that asks and measures. */
import { type Clock, SECOND, type Timer } from '../hal/clock.js'
import { formatIpv4, type Ipv4Address } from './address.js'
import { ETHERNET_MTU } from './wire/ethernet.js'
import {
  emitIcmp,
  ICMP_DESTINATION_UNREACHABLE,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_HEADER_OCTETS,
  type IcmpFault,
  parseIcmp,
} from './wire/icmp.js'
import { IPV4_HEADER_OCTETS, type Ipv4Packet, PROTOCOL_ICMP } from './wire/ipv4.js'

/** The most data of an echo that fits one Ethernet frame. */
export const LARGEST_ECHO = ETHERNET_MTU - IPV4_HEADER_OCTETS - ICMP_HEADER_OCTETS

export type IcmpLoss =
  | `ICMP ${IcmpFault}`
  | 'ICMP type not handled'
  | 'echo to a group'
  | 'echo reply not asked for'
  | 'echo reply altered'

export interface PingOptions {
  /** Octets of data, 0 to 1472; 56 unless told otherwise. */
  size?: number
  /** 0 to 65535; one more than the last ping's unless told otherwise. */
  sequence?: number
  /** Nanoseconds to wait for the reply; one second unless told otherwise. */
  timeLimit?: number
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
      /** `no answer`: within the time limit. `unreachable`: nobody answers ARP, or no route. `refused`: by the device. */
      readonly reason: 'no answer' | 'unreachable' | 'refused' | 'altered'
    }

/** What ICMP needs of the IP layer beneath it. */
export interface IcmpBelow {
  readonly clock: Clock
  /**
   * Sends `length` octets that `fill` writes at the place it is told.
   * @param onLost is called if the datagram is given up later because the next hop does not answer
   */
  send(
    protocol: number,
    destination: Ipv4Address,
    length: number,
    fill: (octets: Uint8Array, at: number) => void,
    onLost?: () => void,
  ): 'sent' | 'no route' | 'refused'
}

interface Pending {
  readonly destination: Ipv4Address
  readonly sequence: number
  readonly data: Uint8Array
  readonly sentAt: number
  readonly done: (result: PingResult) => void
  timer: Timer | undefined
}

export class Icmp {
  readonly #below: IcmpBelow
  readonly #identifier: number
  readonly #pending = new Set<Pending>()
  #sequence = 0
  echoesAnswered = 0

  /** @param identifier of this end's echo requests, 0 to 65535 */
  constructor(below: IcmpBelow, identifier: number) {
    this.#below = below
    this.#identifier = identifier
  }

  /**
   * Asks for an echo; `done` is called once, and never before this returns.
   * @throws RangeError when the size is not 0 to 1472 or the sequence not 0 to 65535.
   */
  ping(destination: Ipv4Address, options: PingOptions, done: (result: PingResult) => void): void {
    const { size = 56, sequence = (this.#sequence + 1) & 0xffff, timeLimit = SECOND } = options
    if (!Number.isInteger(size) || size < 0 || size > LARGEST_ECHO)
      throw new RangeError(`ping ${formatIpv4(destination)}: a size is 0 to ${LARGEST_ECHO} octets; got ${size}`)
    if (!Number.isInteger(sequence) || sequence < 0 || sequence > 0xffff)
      throw new RangeError(`ping ${formatIpv4(destination)}: a sequence number is 0 to 65535; got ${sequence}`)
    this.#sequence = sequence
    const { clock } = this.#below
    const data = new Uint8Array(size)
    for (let i = 0; i < size; i++) data[i] = i + sequence
    const pending: Pending = { destination, sequence, data, sentAt: clock.now, done, timer: undefined }
    this.#pending.add(pending)
    const fail = (reason: 'no answer' | 'unreachable' | 'refused') =>
      this.#settle(pending, { ok: false, sequence, reason })
    const outcome = this.#below.send(
      PROTOCOL_ICMP,
      destination,
      ICMP_HEADER_OCTETS + size,
      (octets, at) => {
        octets.set(data, at + ICMP_HEADER_OCTETS)
        const message = { type: ICMP_ECHO, code: 0, identifier: this.#identifier, sequence }
        emitIcmp(message, octets, at, at + ICMP_HEADER_OCTETS + size)
      },
      () => fail('unreachable'),
    )
    if (!this.#pending.has(pending)) return
    if (outcome === 'sent') pending.timer = clock.after(timeLimit, () => fail('no answer'))
    else pending.timer = clock.after(0, () => fail(outcome === 'no route' ? 'unreachable' : 'refused'))
  }

  /**
   * A message arrived.
   * @param toGroup whether the datagram came to a broadcast or multicast address
   * @returns why it went no further
   */
  receive(octets: Uint8Array, ip: Ipv4Packet, toGroup: boolean): IcmpLoss | undefined {
    const icmp = parseIcmp(octets, ip.payloadAt, ip.payloadEnd)
    if (typeof icmp === 'string') return `ICMP ${icmp}`
    if (icmp.type === ICMP_ECHO) {
      // RFC 1122 3.2.2.6: a request to a group MAY be discarded; here it is, so that a group cannot amplify.
      if (toGroup) return 'echo to a group'
      const length = ip.payloadEnd - ip.payloadAt
      this.echoesAnswered++
      this.#below.send(PROTOCOL_ICMP, ip.source, length, (reply, at) => {
        reply.set(octets.subarray(icmp.dataAt, icmp.dataEnd), at + ICMP_HEADER_OCTETS)
        emitIcmp({ ...icmp, type: ICMP_ECHO_REPLY, code: 0 }, reply, at, at + length)
      })
      return undefined
    }
    if (icmp.type === ICMP_ECHO_REPLY) return this.#reply(octets, ip, icmp.identifier, icmp.sequence, icmp.dataAt)
    if (icmp.type === ICMP_DESTINATION_UNREACHABLE && this.#unreachable(octets, icmp.dataAt, icmp.dataEnd))
      return undefined
    return 'ICMP type not handled'
  }

  #reply(
    octets: Uint8Array,
    ip: Ipv4Packet,
    identifier: number,
    sequence: number,
    dataAt: number,
  ): IcmpLoss | undefined {
    const pending = this.#find(identifier, sequence, ip.source)
    if (pending === undefined) return 'echo reply not asked for'
    const size = ip.payloadEnd - dataAt
    let same = size === pending.data.length
    for (let i = 0; same && i < size; i++) same = octets[dataAt + i] === pending.data[i]
    if (!same) {
      this.#settle(pending, { ok: false, sequence, reason: 'altered' })
      return 'echo reply altered'
    }
    const roundTrip = this.#below.clock.now - pending.sentAt
    this.#settle(pending, { ok: true, sequence, size, roundTrip, timeToLive: ip.timeToLive })
    return undefined
  }

  /** Settles the ping whose request is quoted in an error message (RFC 792: IP header and 64 bits of data). */
  #unreachable(octets: Uint8Array, at: number, end: number): boolean {
    const quoted = at + (octets[at] & 0xf) * 4
    if (octets[at] >> 4 !== 4 || quoted + ICMP_HEADER_OCTETS > end || octets[quoted] !== ICMP_ECHO) return false
    const destination =
      ((octets[at + 16] << 24) | (octets[at + 17] << 16) | (octets[at + 18] << 8) | octets[at + 19]) >>> 0
    const identifier = (octets[quoted + 4] << 8) | octets[quoted + 5]
    const sequence = (octets[quoted + 6] << 8) | octets[quoted + 7]
    const pending = this.#find(identifier, sequence, destination)
    if (pending === undefined) return false
    this.#settle(pending, { ok: false, sequence, reason: 'unreachable' })
    return true
  }

  #find(identifier: number, sequence: number, destination: Ipv4Address): Pending | undefined {
    if (identifier !== this.#identifier) return undefined
    for (const pending of this.#pending)
      if (pending.sequence === sequence && pending.destination === destination) return pending
    return undefined
  }

  #settle(pending: Pending, result: PingResult): void {
    if (!this.#pending.delete(pending)) return
    this.#below.clock.cancel(pending.timer)
    pending.done(result)
  }
}
