/**
 * Socket options: our names, with the BSD constant each stands for, and how a BSD integer becomes our value. Durations are
 * nanoseconds here and mostly seconds there; sizes are octets on both sides.
 */
import { MILLISECOND, SECOND } from '../hal/clock.js'
import type { NetErrorCode } from '../net/errors.js'
import type { Family, IpAddress } from '../net/ip.js'
import type { CongestionName, EcnUse } from '../net/tcp/options.js'
import type { TcpInfo, TcpState } from '../net/tcp/tcp.js'

/** How data go: `stream` TCP, `datagram` UDP, `raw` ICMP messages. */
export type SocketType = 'stream' | 'datagram' | 'raw'
export type SocketProtocol = 'tcp' | 'udp' | 'icmp'

/** Options that are set and read. */
export interface SettableOptions {
  /** SO_REUSEADDR: bind although connections of an earlier socket, or sockets with the same option, have the port. */
  reuseAddress: boolean
  /** SO_KEEPALIVE: ask a silent peer whether it is there (RFC 9293 3.8.4). */
  keepAlive: boolean
  /** SO_RCVBUF: octets that may wait to be read; not doubled, as Linux does. */
  receiveBuffer: number
  /** SO_SNDBUF: octets that `write` takes before some are acknowledged. */
  sendBuffer: number
  /**
   * SO_RCVTIMEO, nanoseconds: a call that waits to receive (of a lab's socket: `read`, `receiveFrom`, `accept`) ends with EAGAIN
   * after so long; undefined: it waits on. The calls of a stack's own socket do not wait, and as in POSIX it is nothing to them.
   */
  receiveTimeout: number | undefined
  /** SO_SNDTIMEO: likewise to send; `connect` ends with EINPROGRESS, as on Linux, and goes on in the background. */
  sendTimeout: number | undefined
  /** SO_LINGER, nanoseconds: what `close` does with data on its way; undefined: they go on; 0: the connection is reset. */
  linger: number | undefined
  /** SO_BROADCAST: may send to broadcast addresses. */
  broadcast: boolean
  /** SO_OOBINLINE: urgent data are read in their place. Always true (RFC 6093 3.1); false is refused. */
  urgentInline: boolean
  /** SO_NO_CHECK: sends UDP datagrams without a checksum. */
  noChecksum: boolean
  /** TCP_NODELAY: sends short segments at once (no Nagle algorithm); setting it sends what waits, in spite of `cork`. */
  noDelay: boolean
  /** TCP_CORK: sends full segments only, for 200 ms at most; clearing it sends what waits. */
  cork: boolean
  /**
   * TCP_MAXSEG: payload of a segment at most; undefined: what link and peer allow. Set before the connection opens, the SYN says
   * it too. Read of an open connection it is what a segment really has at most, options subtracted.
   */
  maximumSegmentSize: number | undefined
  /** TCP_KEEPIDLE, nanoseconds of silence before the first question. */
  keepIdle: number
  /** TCP_KEEPINTVL, nanoseconds between questions. */
  keepInterval: number
  /** TCP_KEEPCNT: questions without an answer before the connection fails. */
  keepCount: number
  /** TCP_USER_TIMEOUT, nanoseconds that data may stay unacknowledged (RFC 5482); undefined: the stack's own limit. */
  userTimeout: number | undefined
  /** TCP_CONGESTION. */
  congestion: CongestionName
  /** TCP_QUICKACK: acknowledges each segment at once. */
  quickAck: boolean
  /** Offer selective acknowledgements (RFC 2018). */
  sack: boolean
  /** Offer timestamps (RFC 7323 3). */
  timestamps: boolean
  /** Offer to scale windows (RFC 7323 2). */
  windowScale: boolean
  /** Explicit congestion notification (RFC 3168): `'request'` asks for it with the SYN, `'accept'` (the default) agrees where the peer asks. */
  ecn: EcnUse
  /** IP_TTL. */
  timeToLive: number
  /** IP_TOS: differentiated services and ECN, 8 bits; of a connection the ECN field is TCP's own (RFC 3168 6.1). */
  trafficClass: number
  /** IP_MTU_DISCOVER: true (IP_PMTUDISC_DO): nothing is fragmented, and what is too long gives EMSGSIZE. */
  pathMtuDiscovery: boolean
  /** IP_MULTICAST_TTL; 1 by default (RFC 1112 6.1). */
  multicastTimeToLive: number
  /** IP_RECVERR: errors from which the network may recover are reported too. */
  softErrors: boolean
  /** IPV6_V6ONLY: a socket of IPv6 does not speak with IPv4 as well; false by default, and settled once the socket is bound. */
  v6Only: boolean
}

/** Options that are read. */
export interface ReadableOptions extends SettableOptions {
  /** SO_ERROR: what went wrong since it was last asked for, and clears it. */
  error: NetErrorCode | undefined
  /** SO_TYPE. */
  type: SocketType
  /** SO_DOMAIN. */
  family: Family
  /** SO_PROTOCOL. */
  protocol: SocketProtocol
  /** SO_ACCEPTCONN: it listens. */
  listening: boolean
  /** TCP_INFO. */
  info: TcpInfo
  /** tcpi_state of TCP_INFO: the state by its RFC's name. */
  state: TcpState
  /** IP_MTU: what the way to the peer takes in one piece, in octets. */
  pathMtu: number
}

/** Options that do something when they are set. */
export interface ActionOptions extends SettableOptions {
  /** IP_ADD_MEMBERSHIP: hears a multicast group. */
  joinGroup: string | IpAddress
  /** IP_DROP_MEMBERSHIP. */
  leaveGroup: string | IpAddress
}

export type BsdLevel = 'SOL_SOCKET' | 'IPPROTO_IP' | 'IPPROTO_IPV6' | 'IPPROTO_TCP'

/** One option as a BSD programmer knows it. */
export interface BsdOption {
  readonly level: BsdLevel
  readonly name: string
  readonly option: keyof ReadableOptions | keyof ActionOptions
  /** From the integer of setsockopt; undefined where the value is no integer (a structure, a text). */
  readonly fromInteger: ((value: number) => boolean | number | undefined) | undefined
  /** To the integer of getsockopt. */
  readonly toInteger: ((value: unknown) => number) | undefined
}

const flag = {
  fromInteger: (value: number) => value !== 0,
  toInteger: (value: unknown) => (value === true ? 1 : 0),
}
const count = { fromInteger: (value: number) => value, toInteger: Number }
/** 0 asks for the default. */
const optional = {
  fromInteger: (value: number) => (value === 0 ? undefined : value),
  toInteger: (value: unknown) => (value === undefined ? 0 : Number(value)),
}
const seconds = {
  fromInteger: (value: number) => value * SECOND,
  toInteger: (value: unknown) => Math.round(Number(value) / SECOND),
}
const milliseconds = {
  fromInteger: (value: number) => (value === 0 ? undefined : value * MILLISECOND),
  toInteger: (value: unknown) => (value === undefined ? 0 : Math.round(Number(value) / MILLISECOND)),
}
/** IP_PMTUDISC_DONT 0, WANT 1, DO 2, PROBE 3: datagrams are fragmented or not. */
const discovery = {
  fromInteger: (value: number) => value >= 2,
  toInteger: (value: unknown) => (value === true ? 2 : 0),
}
const noInteger = { fromInteger: undefined, toInteger: undefined }

function table(
  level: BsdLevel,
  rows: readonly (readonly [string, BsdOption['option'], Pick<BsdOption, 'fromInteger' | 'toInteger'>])[],
): BsdOption[] {
  return rows.map(([name, option, conversion]) => ({ level, name, option, ...conversion }))
}

/** Every option that has a BSD name. */
export const BSD_OPTIONS: readonly BsdOption[] = [
  ...table('SOL_SOCKET', [
    ['SO_REUSEADDR', 'reuseAddress', flag],
    ['SO_KEEPALIVE', 'keepAlive', flag],
    ['SO_RCVBUF', 'receiveBuffer', count],
    ['SO_SNDBUF', 'sendBuffer', count],
    ['SO_RCVTIMEO', 'receiveTimeout', noInteger],
    ['SO_SNDTIMEO', 'sendTimeout', noInteger],
    ['SO_LINGER', 'linger', noInteger],
    ['SO_BROADCAST', 'broadcast', flag],
    ['SO_OOBINLINE', 'urgentInline', flag],
    ['SO_NO_CHECK', 'noChecksum', flag],
    ['SO_ERROR', 'error', noInteger],
    ['SO_TYPE', 'type', noInteger],
    ['SO_DOMAIN', 'family', noInteger],
    ['SO_PROTOCOL', 'protocol', noInteger],
    ['SO_ACCEPTCONN', 'listening', flag],
  ]),
  ...table('IPPROTO_TCP', [
    ['TCP_NODELAY', 'noDelay', flag],
    ['TCP_CORK', 'cork', flag],
    ['TCP_MAXSEG', 'maximumSegmentSize', optional],
    ['TCP_KEEPIDLE', 'keepIdle', seconds],
    ['TCP_KEEPINTVL', 'keepInterval', seconds],
    ['TCP_KEEPCNT', 'keepCount', count],
    ['TCP_USER_TIMEOUT', 'userTimeout', milliseconds],
    ['TCP_CONGESTION', 'congestion', noInteger],
    ['TCP_QUICKACK', 'quickAck', flag],
    ['TCP_INFO', 'info', noInteger],
  ]),
  ...table('IPPROTO_IP', [
    ['IP_TTL', 'timeToLive', count],
    ['IP_TOS', 'trafficClass', count],
    ['IP_MTU_DISCOVER', 'pathMtuDiscovery', discovery],
    ['IP_MTU', 'pathMtu', count],
    ['IP_MULTICAST_TTL', 'multicastTimeToLive', count],
    ['IP_ADD_MEMBERSHIP', 'joinGroup', noInteger],
    ['IP_DROP_MEMBERSHIP', 'leaveGroup', noInteger],
    ['IP_RECVERR', 'softErrors', flag],
  ]),
  ...table('IPPROTO_IPV6', [
    ['IPV6_V6ONLY', 'v6Only', flag],
    ['IPV6_UNICAST_HOPS', 'timeToLive', count],
    ['IPV6_MULTICAST_HOPS', 'multicastTimeToLive', count],
    ['IPV6_TCLASS', 'trafficClass', count],
    ['IPV6_MTU_DISCOVER', 'pathMtuDiscovery', discovery],
    ['IPV6_MTU', 'pathMtu', count],
    ['IPV6_JOIN_GROUP', 'joinGroup', noInteger],
    ['IPV6_LEAVE_GROUP', 'leaveGroup', noInteger],
    ['IPV6_RECVERR', 'softErrors', flag],
  ]),
]

/** The same level under another name. */
const LEVELS: Readonly<Record<string, BsdLevel>> = {
  SOL_SOCKET: 'SOL_SOCKET',
  SOL_TCP: 'IPPROTO_TCP',
  IPPROTO_TCP: 'IPPROTO_TCP',
  SOL_IP: 'IPPROTO_IP',
  IPPROTO_IP: 'IPPROTO_IP',
  SOL_IPV6: 'IPPROTO_IPV6',
  IPPROTO_IPV6: 'IPPROTO_IPV6',
}

const BY_NAME = new Map(BSD_OPTIONS.map((option) => [option.name, option]))

/**
 * The option with a BSD name.
 * @param level SOL_SOCKET, IPPROTO_TCP or SOL_TCP, IPPROTO_IP or SOL_IP, IPPROTO_IPV6 or SOL_IPV6; left out: any
 * @returns undefined when there is none here
 */
export function bsdOption(name: string, level?: string): BsdOption | undefined {
  const found = BY_NAME.get(name)
  return found === undefined || level === undefined || LEVELS[level] === found.level ? found : undefined
}
