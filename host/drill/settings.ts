/** What a script and the command line set before the first statement: packetdrill's `--options`. Sysctls are in `sysctls.ts`. */
import { MICROSECOND } from '../../firmware/hal/clock.js'
import { formatIpv4, parseIpv4 } from '../../firmware/net/address.js'
import { addressExample, type IpAddress } from '../../firmware/net/ip.js'
import { commonPrefix, type Ipv6Address, parseIpv6, prefixOf } from '../../firmware/net/ipv6/address.js'
import type { TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { FAMILY_NAMES, isStation, scriptAddress } from './addresses.js'
import { IP_VERSIONS, type IpVersion, isIpVersion, wireFamily } from './ip-version.js'
import { likenessDefaults, likenessTolerance } from './likeness.js'
import { isLikeness, LIKENESSES, type Likeness } from './likeness-names.js'
import type { GivenOption } from './script.js'
import { Unsupported } from './unsupported.js'

export interface Settings {
  /** How much earlier or later than said something may happen, in nanoseconds; and as a part of the time since what was before. */
  tolerance: number
  tolerancePart: number
  readonly ipVersion: IpVersion
  /** Of the family that is on the wire. */
  localAddress: IpAddress
  remoteAddress: IpAddress
  gatewayAddress: IpAddress
  prefixLength: number
  mtu: number
  bindPort: number
  connectPort: number
  /** What one step of a timestamp is, in nanoseconds; 0: steps are not checked. */
  timestampTick: number
  /** An expected segment is one segment, and never several in a row. */
  strictSegments: boolean
  /** Whose choices the stack makes where a standard leaves one. */
  like: Likeness
  tcp: Partial<TcpDefaults>
  /** A sysctl that cannot be set is noted, and the script runs. */
  readonly ignoreSysctl: boolean
  /** Remarks for whoever reads the result: what was taken and did nothing. */
  readonly notes: LocalizableText[]
}

/** What the scripts that there are take for granted (a window scale of 8), and so with or without their `defaults.sh`. */
const RECEIVE_BUFFER = 15 * 2 ** 20
const SEND_BUFFER = 4 * 2 ** 20

/** What the command line says for every script. */
export interface CommonSettings {
  readonly like?: Likeness
  readonly ignoreSysctl?: boolean
  /** packetdrill's own options, which go before those of a script. */
  readonly given?: readonly GivenOption[]
}

/** packetdrill's own, as its documentation and scripts have them; where it takes a local address by chance, its first. */
const ENDS = {
  ipv4: { local: '192.168.0.1', remote: '192.0.2.1', gateway: '192.168.0.2', prefixLength: 16 },
  ipv6: { local: 'fd3d:fa7b:d17d::1', remote: '2001:db8::1', gateway: 'fd3d:fa7b:d17d:8888::1', prefixLength: 48 },
} as const
/** RFC 791 3.2, RFC 8200 5. */
const LEAST_MTU = { ipv4: 68, ipv6: 1280 } as const

export function defaultSettings(
  { like = 'ours', ignoreSysctl = false }: CommonSettings = {},
  ipVersion: IpVersion = 'ipv4',
): Settings {
  const family = wireFamily(ipVersion)
  const ends = ENDS[family]
  const address = (text: string) => scriptAddress(family, text) as IpAddress
  const settings: Settings = {
    tolerance: 4000 * MICROSECOND,
    tolerancePart: 0,
    ipVersion,
    localAddress: address(ends.local),
    remoteAddress: address(ends.remote),
    gatewayAddress: address(ends.gateway),
    prefixLength: ends.prefixLength,
    mtu: 1500,
    bindPort: 8080,
    connectPort: 8080,
    timestampTick: 0,
    strictSegments: false,
    like: 'ours',
    tcp: { receiveBuffer: RECEIVE_BUFFER, sendBuffer: SEND_BUFFER },
    ignoreSysctl,
    notes: [],
  }
  beLike(settings, like)
  return settings
}

function beLike(settings: Settings, like: Likeness): void {
  settings.like = like
  settings.tcp = { ...settings.tcp, ...likenessDefaults(like) }
  settings.tolerancePart = likenessTolerance(like)
}

const OPTIONS: Readonly<Record<string, (settings: Settings, value: string, name: string) => void>> = {
  tolerance_usecs: (settings, value, name) => {
    settings.tolerance = whole(name, value, 0, 1e12) * MICROSECOND
  },
  tolerance_percent: (settings, value, name) => {
    settings.tolerancePart = percent(name, value)
  },
  mtu: (settings, value, name) => {
    settings.mtu = whole(name, value, leastMtu(settings), 65535)
  },
  // What it says was seen before: every other option depends on it.
  ip_version: (_settings, value) => {
    if (!isIpVersion(value)) throw new Unsupported(keyed('pkt.ip-version', { value, known: IP_VERSIONS }))
  },
  local_ip: (settings, value, name) => {
    settings.localAddress = address(settings, name, value)
  },
  remote_ip: (settings, value, name) => {
    settings.remoteAddress = address(settings, name, value, true)
  },
  gateway_ip: (settings, value, name) => {
    settings.gatewayAddress = address(settings, name, value)
  },
  netmask_ip: (settings, value, name) => {
    const mask = parseIpv6(value)
    if (wireFamily(settings.ipVersion) === 'ipv4') settings.prefixLength = prefixLength(name, value)
    else if (mask !== undefined) settings.prefixLength = prefixLength6(name, value, mask)
    // packetdrill looks at none, and takes its own prefix length.
    else settings.notes.push(keyed('pkt.note.mask', { name, value, length: settings.prefixLength }))
  },
  bind_port: (settings, value, name) => {
    settings.bindPort = whole(name, value, 1, 65535)
  },
  connect_port: (settings, value, name) => {
    settings.connectPort = whole(name, value, 1, 65535)
  },
  tcp_ts_tick_usecs: (settings, value, name) => {
    settings.timestampTick = whole(name, value, 0, 1e9) * MICROSECOND
  },
  strict_segments: (settings) => {
    settings.strictSegments = true
  },
  like: (settings, value) => {
    if (!isLikeness(value)) throw new Unsupported(keyed('pkt.like', { value, known: LIKENESSES }))
    beLike(settings, value)
  },
  define: () => {},
}

/** Options of packetdrill about the machine it runs on. */
const SAY_NOTHING = [
  'mss',
  'verbose',
  'debug',
  'init_scripts',
  'speed',
  'code_command',
  'code_format',
  'tcp_ts_ecr_scaled',
  'is_anyip',
  'send_omit_free',
]

/** @throws Unsupported naming the option */
export function applyOption(settings: Settings, { name, value }: GivenOption): void {
  if (Object.hasOwn(OPTIONS, name)) OPTIONS[name](settings, value, name)
  else if (SAY_NOTHING.includes(name) || (name === 'code_sockopt' && value === 'TCP_INFO'))
    settings.notes.push(keyed('pkt.note.option', { name }))
  else throw new Unsupported(keyed('pkt.option', { name, known: Object.keys(OPTIONS).map((known) => `--${known}`) }))
}

function whole(name: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= least && number <= most))
    throw new Unsupported(keyed('pkt.option-whole', { name, least, most, value }))
  return number
}

function percent(name: string, value: string): number {
  const number = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  if (!(number <= 100)) throw new Unsupported(keyed('pkt.option-whole', { name, least: 0, most: 100, value }))
  return number / 100
}

/** The least that a link may have. */
export function leastMtu({ ipVersion }: Settings): number {
  return LEAST_MTU[wireFamily(ipVersion)]
}

/** @param withPrefix the length of a prefix may stand behind it, which says nothing here */
function address({ ipVersion }: Settings, name: string, value: string, withPrefix = false): IpAddress {
  const family = wireFamily(ipVersion)
  const [, text, length] = /^(.*?)(?:\/(\d{1,3}))?$/s.exec(value) ?? []
  const found = length === undefined || withPrefix ? scriptAddress(family, text) : undefined
  const most = family === 'ipv6' ? 128 : 32
  if (found === undefined || !isStation(found) || Number(length ?? 0) > most)
    throw new Unsupported(
      keyed('pkt.option-address', { name, value, family: FAMILY_NAMES[family], as: addressExample(family) }),
    )
  return found
}

function prefixLength(name: string, value: string): number {
  const mask = parseIpv4(value)
  const length = mask === undefined ? 0 : Math.clz32(~mask)
  if (mask === undefined || formatIpv4(length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0) !== value)
    throw new Unsupported(keyed('pkt.option-mask', { name, value }))
  return length
}

function prefixLength6(name: string, value: string, mask: Ipv6Address): number {
  const all = parseIpv6('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')
  const length = all === undefined ? 0 : commonPrefix(mask, all)
  if (all === undefined || prefixOf(all, length) !== mask)
    throw new Unsupported(keyed('pkt.option-mask6', { name, value }))
  return length
}
