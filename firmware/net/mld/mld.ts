/**
 * Listeners to multicast groups on one link (RFC 9777, version 2; RFC 2710 where a router speaks version 1). A group is joined for its
 * first user and left with its last; changes are reported twice, and queries answered within the time they give, at random.
 */
import { type Clock, MILLISECOND, SECOND, type Timer } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { NetError } from '../errors.js'
import {
  allNodes,
  formatIpv6,
  type Ipv6Address,
  ipv6Address,
  isLinkLocal6,
  readIpv6,
  scopeOf,
  writeIpv6,
} from '../ipv6/address.js'
import type { Ipv6InboundDatagram } from '../ipv6/inbound-datagram.js'
import { MLD_DONE_V1, MLD_QUERY, MLD_REPORT_V1, MLD_REPORT_V2 } from '../wire/icmpv6.js'
import { readUint16, writeUint16 } from '../wire/octets.js'

/** RFC 9777 9.1, 9.11: a change is reported so often, within this time of one another. */
const ROBUSTNESS = 2
const UNSOLICITED_REPORT_INTERVAL = SECOND
/** RFC 9777 9.12: a router of version 1 is taken to be there for so long after its last query. */
const OLDER_VERSION_QUERIER_PRESENT = 260 * SECOND
/** Groups joined at one time, those that addresses need included. */
const GROUP_LIMIT = 64
/** Records of one report: what fits into what every link takes. */
const RECORD_LIMIT = 60
const QUERY_V1_OCTETS = 24
const QUERY_V2_OCTETS = 28
const MODE_IS_EXCLUDE = 2
const CHANGE_TO_INCLUDE = 3
const CHANGE_TO_EXCLUDE = 4

export type MldLoss = 'MLD query not credible' | 'MLD report of another'

export interface MldCounters {
  readonly groups: number
  readonly reportsSent: number
  readonly queriesReceived: number
}

interface Membership {
  readonly group: Ipv6Address
  users: number
}

export interface MldOptions {
  readonly clock: Clock
  readonly random: Random
  /** The link's name. */
  readonly zone: string
  /** Sends a message without checksum, behind a router alert. */
  send(destination: Ipv6Address, message: Uint8Array): void
  /** Other groups are joined now. */
  onChanged(groups: readonly Ipv6Address[]): void
}

export class Mld {
  readonly #options: MldOptions
  readonly #groups = new Map<Ipv6Address, Membership>()
  /** Changes that are to be reported, and how often yet: the type of the record. */
  readonly #changes = new Map<Ipv6Address, { type: number; left: number }>()
  #changeTimer: Timer | undefined
  #answerTimer: Timer | undefined
  /** Groups that were asked for; undefined: all. */
  #asked: Set<Ipv6Address> | undefined
  /** Runs while a router of version 1 is taken to be there: until then that version is spoken (RFC 9777 8.2.1). */
  #version1Timer: Timer | undefined
  #reports = 0
  #queries = 0

  constructor(options: MldOptions) {
    this.#options = options
  }

  get counters(): MldCounters {
    return { groups: this.#groups.size, reportsSent: this.#reports, queriesReceived: this.#queries }
  }

  /** Groups whose frames the device has to let pass. */
  get groups(): Ipv6Address[] {
    return [allNodes(this.#options.zone), ...this.#groups.keys()]
  }

  hears(group: Ipv6Address): boolean {
    return this.#groups.has(group) || group === allNodes(this.#options.zone)
  }

  /** Joins a group, once more for each call. @throws NetError ENOBUFS past 64 groups */
  join(group: Ipv6Address): void {
    const known = this.#groups.get(group)
    if (known !== undefined) {
      known.users++
      return
    }
    if (this.#groups.size >= GROUP_LIMIT)
      throw new NetError(
        'ENOBUFS',
        `join ${formatIpv6(group)}`,
        'leave another first',
        `${GROUP_LIMIT} groups are joined`,
      )
    this.#groups.set(group, { group, users: 1 })
    this.#changed(group, CHANGE_TO_EXCLUDE)
  }

  /** Takes one `join` back. */
  leave(group: Ipv6Address): void {
    const known = this.#groups.get(group)
    if (known === undefined || --known.users > 0) return
    this.#groups.delete(group)
    this.#changed(group, CHANGE_TO_INCLUDE)
  }

  /** Nothing is sent any more; what is joined stays so. */
  stop(): void {
    this.#options.clock.cancel(this.#version1Timer)
    this.#version1Timer = undefined
    this.#forgetPending()
  }

  /** No answer and no report of a change is due any more. */
  #forgetPending(): void {
    const { clock } = this.#options
    clock.cancel(this.#changeTimer)
    clock.cancel(this.#answerTimer)
    this.#changeTimer = undefined
    this.#answerTimer = undefined
    this.#changes.clear()
  }

  /** A router of version 1 is there. What was due in the version before is not sent, here and when it is gone again (8.2.1). */
  #speakVersion1(): void {
    const { clock } = this.#options
    if (this.#version1Timer === undefined) this.#forgetPending()
    clock.cancel(this.#version1Timer)
    this.#version1Timer = clock.after(OLDER_VERSION_QUERIER_PRESENT, () => {
      this.#version1Timer = undefined
      this.#forgetPending()
    })
  }

  /** The link came up, or there is an address to report from now: routers there may know of no membership. */
  announce(): void {
    for (const group of this.#groups.keys())
      if (isReported(group)) this.#changes.set(group, { type: CHANGE_TO_EXCLUDE, left: ROBUSTNESS })
    this.#reportChanges()
  }

  /** A message arrived. */
  receive(datagram: Ipv6InboundDatagram): MldLoss | undefined {
    const { frame, payloadAt, payloadEnd, source, timeToLive, destination } = datagram
    const { octets } = frame
    if (octets[payloadAt] !== MLD_QUERY) return 'MLD report of another'
    const length = payloadEnd - payloadAt
    // RFC 9777 6.2: from the link itself, one hop, behind a router alert; of a length that no version has it is none.
    const version1 = length === QUERY_V1_OCTETS
    const known = version1 || length >= QUERY_V2_OCTETS
    if (!isLinkLocal6(source) || timeToLive !== 1 || !datagram.routerAlert || !known) return 'MLD query not credible'
    this.#queries++
    const { clock, random, zone } = this.#options
    const code = readUint16(octets, payloadAt + 4)
    const group = readIpv6(octets, payloadAt + 8, zone)
    const general = group.word0 === 0
    if (version1 && general) this.#speakVersion1()
    // RFC 9777 5.1.15: whoever looks for a fault asks one station alone.
    if (!general && ((datagram.toGroup && group !== destination) || !this.#groups.has(group))) return undefined
    if (general) this.#asked = undefined
    else if (this.#answerTimer === undefined) this.#asked = new Set([group])
    else this.#asked?.add(group)
    const delay = Math.floor(random.float() * responseTime(code, version1) * MILLISECOND)
    const due = clock.now + delay
    if (this.#answerTimer !== undefined && this.#answerTimer.at <= due) return undefined
    clock.cancel(this.#answerTimer)
    this.#answerTimer = clock.after(delay, () => {
      this.#answerTimer = undefined
      this.#answer()
    })
    return undefined
  }

  #answer(): void {
    const asked = this.#asked
    const groups = [...this.#groups.keys()].filter((group) => isReported(group) && asked?.has(group) !== false)
    this.#report(groups.map((group) => ({ group, type: MODE_IS_EXCLUDE })))
  }

  #changed(group: Ipv6Address, type: number): void {
    this.#options.onChanged(this.groups)
    if (!isReported(group)) return
    this.#changes.set(group, { type, left: ROBUSTNESS })
    this.#reportChanges()
  }

  #reportChanges(): void {
    const { clock, random } = this.#options
    clock.cancel(this.#changeTimer)
    this.#changeTimer = undefined
    const records = Array.from(this.#changes, ([group, { type }]) => ({ group, type }))
    for (const [group, change] of this.#changes) if (--change.left === 0) this.#changes.delete(group)
    this.#report(records)
    if (this.#changes.size === 0) return
    const wait = 1 + Math.floor(random.float() * UNSOLICITED_REPORT_INTERVAL)
    this.#changeTimer = clock.after(wait, () => this.#reportChanges())
  }

  #report(records: readonly { readonly group: Ipv6Address; readonly type: number }[]): void {
    if (records.length === 0) return
    const { send, zone } = this.#options
    if (this.#version1Timer !== undefined) {
      for (const { group, type } of records) {
        this.#reports++
        const done = type === CHANGE_TO_INCLUDE
        send(done ? allRoutersOf(zone) : group, messageV1(done ? MLD_DONE_V1 : MLD_REPORT_V1, group))
      }
      return
    }
    for (let at = 0; at < records.length; at += RECORD_LIMIT) {
      const some = records.slice(at, at + RECORD_LIMIT)
      const message = new Uint8Array(8 + 20 * some.length)
      message[0] = MLD_REPORT_V2
      writeUint16(message, 6, some.length)
      for (const [i, { group, type }] of some.entries()) {
        message[8 + 20 * i] = type
        writeIpv6(group, message, 12 + 20 * i)
      }
      this.#reports++
      send(ipv6Address(0xff020000 | 0, 0, 0, 0x16, zone), message)
    }
  }
}

/** RFC 9777 6: ff02::1 and what does not leave the interface is nobody's to know. */
function isReported(group: Ipv6Address): boolean {
  return scopeOf(group) > 1
}

function allRoutersOf(zone: string): Ipv6Address {
  return ipv6Address(0xff020000 | 0, 0, 0, 2, zone)
}

function messageV1(type: number, group: Ipv6Address): Uint8Array {
  const message = new Uint8Array(QUERY_V1_OCTETS)
  message[0] = type
  writeIpv6(group, message, 8)
  return message
}

/** RFC 9777 5.1.3: in milliseconds; from 32768 on a code is a number with exponent. */
function responseTime(code: number, version1: boolean): number {
  if (version1 || code < 0x8000) return code
  return ((code & 0xfff) | 0x1000) * 2 ** (((code >> 12) & 7) + 3)
}
