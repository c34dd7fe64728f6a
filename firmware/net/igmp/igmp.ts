/**
 * Membership of multicast groups on a link, version 2 with what it owes to routers of version 1 (RFC 2236, RFC 1112). A group
 * is joined for its first user and left with its last; reports are delayed at random and left out when somebody else's is heard.
 */
import { type Clock, MILLISECOND, SECOND, type Timer } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import type { Random } from '../../hal/random.js'
import { ALL_HOSTS, formatIpv4, type Ipv4Address, isMulticast } from '../address.js'
import { NetError } from '../errors.js'
import type { InboundDatagram } from '../ipv4/inbound-datagram.js'
import type { Ipv4 } from '../ipv4/ipv4.js'
import type { Link } from '../ipv4/link.js'
import type { HeaderFields, Transport } from '../network-layer.js'
import {
  emitIgmp,
  IGMP_LEAVE,
  IGMP_OCTETS,
  IGMP_QUERY,
  IGMP_REPORT_V1,
  IGMP_REPORT_V2,
  type IgmpFault,
} from '../wire/igmp.js'
import { OPTION_ROUTER_ALERT } from '../wire/ipv4-options.js'
import { readUint32 } from '../wire/octets.js'
import { PROTOCOL_IGMP } from '../wire/protocols.js'

/** RFC 2236 8.10: a report that nobody asked for is sent once more within this time, in case the first was lost. */
const UNSOLICITED_REPORT_INTERVAL = 10 * SECOND
/** RFC 2236 8.11: a router of version 1 is taken to be there for so long after its last query. */
export const VERSION_1_ROUTER_PRESENT = 400 * SECOND
/** RFC 2236 4: what a query of version 1 means by its 0. */
const VERSION_1_RESPONSE = 10 * SECOND
/** 224.0.0.2, all routers: where a leave goes (RFC 2236 9). */
const ALL_ROUTERS: Ipv4Address = 0xe0000002
/** Groups joined at one time. */
const GROUP_LIMIT = 64
/** RFC 2113: every router looks at it. */
const ROUTER_ALERT = Uint8Array.of(OPTION_ROUTER_ALERT, 4, 0, 0)

export type IgmpLoss = `IGMP ${IgmpFault}` | 'IGMP type not handled' | 'IGMP group' | 'IGMP not sent'

export interface IgmpCounters {
  readonly groups: number
  readonly reportsSent: number
  readonly leavesSent: number
  readonly queriesReceived: number
  readonly dropped: Readonly<Partial<Record<IgmpLoss, number>>>
}

interface Membership {
  readonly link: Link
  readonly group: Ipv4Address
  users: number
  /** A report is due: the state "delaying member" of RFC 2236 6. */
  timer: Timer | undefined
  dueAt: number
  /** Ours was the last report on the link: leaving is worth a message. */
  last: boolean
  /** Reports that nobody asked for and that are still to come. */
  repeats: number
}

export interface IgmpOptions {
  clock: Clock
  random: Random
  network: Ipv4
}

export class Igmp implements Transport {
  readonly protocol = PROTOCOL_IGMP
  readonly #clock: Clock
  readonly #random: Random
  readonly #network: Ipv4
  /** By group as a signed word; a group may be joined on several links. */
  readonly #groups = new Map<number, Membership[]>()
  /** When a router of version 1 was last heard on a link. */
  readonly #version1 = new Map<string, number>()
  readonly #lost = new Tally<IgmpLoss>()
  readonly #fields: HeaderFields = { timeToLive: 1, trafficClass: 0xc0, dontFragment: false }
  #count = 0
  #reports = 0
  #leaves = 0
  #queries = 0

  constructor(options: IgmpOptions) {
    this.#clock = options.clock
    this.#random = options.random
    this.#network = options.network
  }

  get counters(): IgmpCounters {
    return {
      groups: this.#count,
      reportsSent: this.#reports,
      leavesSent: this.#leaves,
      queriesReceived: this.#queries,
      dropped: this.#lost.snapshot(),
    }
  }

  /** The groups joined on a link: what a device with a filter for multicast addresses has to let pass. */
  groups(link: Link): Ipv4Address[] {
    return [...this.#groups.values()].flat().flatMap((each) => (each.link === link ? [each.group] : []))
  }

  hears(link: Link, group: Ipv4Address): boolean {
    if (group === ALL_HOSTS) return true
    const members = this.#groups.get(group | 0)
    return members?.some((each) => each.link === link) ?? false
  }

  /**
   * Joins a group, once more for each call.
   * @param link the one that the route table names for the group unless given
   * @throws NetError EINVAL for an address that is no group, ENETUNREACH without an interface, ENOBUFS past 64 groups
   */
  join(group: Ipv4Address, link?: Link): void {
    const on = this.#linkFor(group, link)
    let membership = this.#find(group, on)
    if (membership !== undefined) {
      membership.users++
      return
    }
    if (this.#count >= GROUP_LIMIT)
      throw new NetError(
        'ENOBUFS',
        `join ${formatIpv4(group)}`,
        'leave another first',
        `${GROUP_LIMIT} groups are joined`,
      )
    membership = { link: on, group, users: 1, timer: undefined, dueAt: 0, last: false, repeats: 1 }
    const members = this.#groups.get(group | 0)
    if (members === undefined) this.#groups.set(group | 0, [membership])
    else members.push(membership)
    this.#count++
    on.setGroups?.(this.groups(on))
    if (group === ALL_HOSTS) return
    this.#report(membership)
  }

  /**
   * Takes one `join` back.
   * @throws NetError EADDRNOTAVAIL when the group is not joined there
   */
  leave(group: Ipv4Address, link?: Link): void {
    const members = this.#groups.get(group | 0)
    const membership = link === undefined ? members?.[0] : this.#find(group, link)
    if (members === undefined || membership === undefined)
      throw new NetError('EADDRNOTAVAIL', `leave ${formatIpv4(group)}`, 'join it first', 'the group is not joined')
    if (--membership.users > 0) return
    this.#clock.cancel(membership.timer)
    this.#count--
    const rest = members.filter((each) => each !== membership)
    if (rest.length === 0) this.#groups.delete(group | 0)
    else this.#groups.set(group | 0, rest)
    const { link: on } = membership
    on.setGroups?.(this.groups(on))
    // Routers of version 1 know no leaving (RFC 2236 4).
    if (group === ALL_HOSTS || !membership.last || this.#version1On(on)) return
    if (this.#send(on, ALL_ROUTERS, IGMP_LEAVE, group)) this.#leaves++
  }

  receive(datagram: InboundDatagram): void {
    const loss = this.#receive(datagram)
    if (loss !== undefined) this.#lost.add(loss)
  }

  /** An interface with other addresses tells routers again. */
  onAddressesChanged(): void {
    for (const members of this.#groups.values())
      for (const membership of members) {
        if (membership.group === ALL_HOSTS || membership.link.addresses.length === 0) continue
        membership.repeats = 1
        this.#delay(membership, SECOND)
      }
  }

  #receive({ frame, payloadAt, payloadEnd, via }: InboundDatagram): IgmpLoss | undefined {
    if (payloadEnd - payloadAt < IGMP_OCTETS) return 'IGMP truncated'
    if (frame.checksum(payloadAt, payloadEnd) !== 0) return 'IGMP checksum'
    const { octets } = frame
    const group = readUint32(octets, payloadAt + 4)
    switch (octets[payloadAt]) {
      case IGMP_QUERY:
        if (group !== 0 && !isMulticast(group)) return 'IGMP group'
        this.#queries++
        this.#query(via, group, octets[payloadAt + 1])
        return undefined
      case IGMP_REPORT_V1:
      case IGMP_REPORT_V2:
        if (!isMulticast(group)) return 'IGMP group'
        this.#heard(via, group)
        return undefined
      case IGMP_LEAVE:
        return undefined
      default:
        return 'IGMP type not handled'
    }
  }

  /** A router asks who is a member: each group answers after a time of its own (RFC 2236 3). */
  #query(via: string, about: Ipv4Address, maximumResponse: number): void {
    if (maximumResponse === 0) this.#version1.set(via, this.#clock.now)
    const limit = maximumResponse === 0 ? VERSION_1_RESPONSE : maximumResponse * 100 * MILLISECOND
    for (const members of this.#groups.values())
      for (const membership of members) {
        const { link, group, timer, dueAt } = membership
        if (link.name !== via || group === ALL_HOSTS || (about !== 0 && about !== group)) continue
        // A report that is due sooner answers this query as well.
        if (timer === undefined || dueAt - this.#clock.now > limit) this.#delay(membership, limit)
      }
  }

  /** Somebody else is a member too: one report is enough for the router. */
  #heard(via: string, group: Ipv4Address): void {
    const membership = this.#groups.get(group | 0)?.find(({ link }) => link.name === via)
    if (membership === undefined) return
    this.#clock.cancel(membership.timer)
    membership.timer = undefined
    membership.repeats = 0
    membership.last = false
  }

  #delay(membership: Membership, limit: number): void {
    this.#clock.cancel(membership.timer)
    const wait = Math.round(this.#random.float() * limit)
    membership.dueAt = this.#clock.now + wait
    membership.timer = this.#clock.after(wait, () => {
      membership.timer = undefined
      this.#report(membership)
    })
  }

  #report(membership: Membership): void {
    const { link, group } = membership
    const type = this.#version1On(link) ? IGMP_REPORT_V1 : IGMP_REPORT_V2
    if (this.#send(link, group, type, group)) this.#reports++
    membership.last = true
    if (membership.repeats === 0) return
    membership.repeats--
    this.#delay(membership, UNSOLICITED_REPORT_INTERVAL)
  }

  #version1On({ name }: Link): boolean {
    const heard = this.#version1.get(name)
    return heard !== undefined && this.#clock.now - heard < VERSION_1_ROUTER_PRESENT
  }

  #send(link: Link, destination: Ipv4Address, type: number, group: Ipv4Address): boolean {
    const message = new Uint8Array(IGMP_OCTETS)
    emitIgmp({ type, maximumResponse: 0, group }, message)
    const route = this.#network.routeOver(link, destination)
    const result =
      route &&
      this.#network.sendWithOptions(route, PROTOCOL_IGMP, message, 0, message.length, ROUTER_ALERT, this.#fields)
    if (result !== 'sent') this.#lost.add('IGMP not sent')
    return result === 'sent'
  }

  #find(group: Ipv4Address, link: Link): Membership | undefined {
    return this.#groups.get(group | 0)?.find((each) => each.link === link)
  }

  #linkFor(group: Ipv4Address, link: Link | undefined): Link {
    if (!isMulticast(group))
      throw new NetError('EINVAL', `join ${formatIpv4(group)}`, 'groups are 224.0.0.0 to 239.255.255.255', 'no group')
    const found = link ?? this.#network.linkTo(group)
    if (found === undefined)
      throw new NetError('ENETUNREACH', `join ${formatIpv4(group)}`, 'configure an interface first', 'no interface')
    return found
  }
}
