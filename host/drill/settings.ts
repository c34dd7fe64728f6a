/** What a script and the command line set before the first statement: packetdrill's `--options`. Sysctls are in `sysctls.ts`. */
import { MICROSECOND } from '../../firmware/hal/clock.js'
import { formatIpv4, parseIpv4 } from '../../firmware/net/address.js'
import type { TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { isLikeness, LIKENESSES, type Likeness, likenessDefaults, likenessTolerance } from './likeness.js'
import type { ScriptOption } from './script.js'
import { Unsupported } from './unsupported.js'

export interface Settings {
  /** How much earlier or later than said something may happen, in nanoseconds; and as a part of the time since what was before. */
  tolerance: number
  tolerancePart: number
  localAddress: string
  remoteAddress: string
  gatewayAddress: string
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
}

/** packetdrill's own, as its documentation and scripts have them. */
export function defaultSettings({ like = 'ours', ignoreSysctl = false }: CommonSettings = {}): Settings {
  const settings: Settings = {
    tolerance: 4000 * MICROSECOND,
    tolerancePart: 0,
    localAddress: '192.168.0.1',
    remoteAddress: '192.0.2.1',
    gatewayAddress: '192.168.0.2',
    prefixLength: 16,
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
    settings.mtu = whole(name, value, 68, 65535)
  },
  ip_version: (_settings, value) => {
    if (value !== 'ipv4') throw new Unsupported(keyed('pkt.ip-version', { value }))
  },
  local_ip: (settings, value, name) => {
    settings.localAddress = address(name, value)
  },
  remote_ip: (settings, value, name) => {
    settings.remoteAddress = address(name, value.replace(/\/\d+$/, ''))
  },
  gateway_ip: (settings, value, name) => {
    settings.gatewayAddress = address(name, value)
  },
  netmask_ip: (settings, value, name) => {
    settings.prefixLength = prefixLength(name, value)
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
export function applyOption(settings: Settings, { name, value }: ScriptOption): void {
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

function address(name: string, value: string): string {
  if (parseIpv4(value) === undefined) throw new Unsupported(keyed('pkt.option-address', { name, value }))
  return value
}

function prefixLength(name: string, value: string): number {
  const mask = parseIpv4(value)
  const length = mask === undefined ? 0 : Math.clz32(~mask)
  if (mask === undefined || formatIpv4(length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0) !== value)
    throw new Unsupported(keyed('pkt.option-mask', { name, value }))
  return length
}
