/** What a script sets before its first statement: `--options`, and the sysctls of its commands that our stack has as well. */

import { MICROSECOND, SECOND } from '../../firmware/hal/clock.js'
import { formatIpv4, parseIpv4 } from '../../firmware/net/address.js'
import type { TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import type { ScriptOption } from './script.js'
import { Unsupported } from './unsupported.js'

export interface Settings {
  /** How much earlier or later than said something may happen, in nanoseconds. */
  tolerance: number
  localAddress: string
  remoteAddress: string
  gatewayAddress: string
  prefixLength: number
  mtu: number
  bindPort: number
  connectPort: number
  /** What one step of a timestamp is, in nanoseconds; 0: steps are not checked. */
  timestampTick: number
  tcp: Partial<TcpDefaults>
  /** Remarks for whoever reads the result: what was taken and did nothing. */
  readonly notes: string[]
}

/** What the scripts that there are take for granted (a window scale of 8), and so with or without their `defaults.sh`. */
const RECEIVE_BUFFER = 15 * 2 ** 20
const SEND_BUFFER = 4 * 2 ** 20

/** packetdrill's own, as its documentation and scripts have them. */
export function defaultSettings(): Settings {
  return {
    tolerance: 4000 * MICROSECOND,
    localAddress: '192.168.0.1',
    remoteAddress: '192.0.2.1',
    gatewayAddress: '192.168.0.2',
    prefixLength: 16,
    mtu: 1500,
    bindPort: 8080,
    connectPort: 8080,
    timestampTick: 0,
    tcp: { receiveBuffer: RECEIVE_BUFFER, sendBuffer: SEND_BUFFER },
    notes: [],
  }
}

/** @throws Unsupported naming the option */
export function applyOption(settings: Settings, { name, value }: ScriptOption): void {
  switch (name) {
    case 'tolerance_usecs':
      settings.tolerance = whole(name, value, 0, 1e12) * MICROSECOND
      return
    case 'mtu':
      settings.mtu = whole(name, value, 68, 65535)
      return
    case 'ip_version':
      if (value !== 'ipv4') throw new Unsupported(`--ip_version=${value} is not supported: only ipv4 is`)
      return
    case 'local_ip':
      settings.localAddress = address(name, value)
      return
    case 'remote_ip':
      settings.remoteAddress = address(name, value)
      return
    case 'gateway_ip':
      settings.gatewayAddress = address(name, value)
      return
    case 'netmask_ip':
      settings.prefixLength = prefixLength(name, value)
      return
    case 'bind_port':
      settings.bindPort = whole(name, value, 1, 65535)
      return
    case 'connect_port':
      settings.connectPort = whole(name, value, 1, 65535)
      return
    case 'tcp_ts_tick_usecs':
      settings.timestampTick = whole(name, value, 0, 1e9) * MICROSECOND
      return
    case 'mss':
    case 'verbose':
    case 'init_scripts':
    case 'speed':
      settings.notes.push(`--${name} says nothing to this runner`)
      return
    default:
      throw new Unsupported(
        `the option --${name} is not supported; supported are --tolerance_usecs, --mtu, --ip_version, --local_ip, --remote_ip, --gateway_ip, --netmask_ip, --bind_port, --connect_port and --tcp_ts_tick_usecs`,
      )
  }
}

function whole(name: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= least && number <= most))
    throw new Unsupported(`--${name} takes a whole number from ${least} to ${most}, not "${value}"`)
  return number
}

function address(name: string, value: string): string {
  if (parseIpv4(value) === undefined) throw new Unsupported(`--${name} takes an IPv4 address, not "${value}"`)
  return value
}

function prefixLength(name: string, value: string): number {
  const mask = parseIpv4(value)
  const length = mask === undefined ? 0 : Math.clz32(~mask)
  if (mask === undefined || formatIpv4(length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0) !== value)
    throw new Unsupported(`--${name} takes a network mask as 255.255.0.0, not "${value}"`)
  return length
}

type Sysctl = (value: string, settings: Settings) => Partial<TcpDefaults>

function on(name: string, value: string): boolean {
  if (!/^\d+$/.test(value)) throw new Unsupported(`${name} takes a number, not "${value}"`)
  return value !== '0'
}

function number(name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new Unsupported(`${name} takes a number, not "${value}"`)
  return Number(value)
}

/** `least usual most`: the last one counts, as it settles the window scale. */
function most(name: string, value: string): number {
  return number(name, value.trim().split(/\s+/).at(-1) ?? '')
}

/** Sysctls that our stack has as well. */
const SYSCTLS: Readonly<Record<string, Sysctl>> = {
  tcp_sack: (value) => ({ sack: on('tcp_sack', value) }),
  tcp_timestamps: (value) => ({ timestamps: on('tcp_timestamps', value) }),
  tcp_window_scaling: (value) => ({ windowScale: on('tcp_window_scaling', value) }),
  tcp_rmem: (value) => ({ receiveBuffer: most('tcp_rmem', value) }),
  tcp_wmem: (value) => ({ sendBuffer: most('tcp_wmem', value) }),
  tcp_congestion_control: (value) => {
    if (value !== 'cubic' && value !== 'reno')
      throw new Unsupported(`congestion control "${value}" is not supported: cubic and reno are`)
    return { congestion: value === 'reno' ? 'newreno' : 'cubic' }
  },
  tcp_keepalive_time: (value) => ({ keepIdle: number('tcp_keepalive_time', value) * SECOND }),
  tcp_keepalive_intvl: (value) => ({ keepInterval: number('tcp_keepalive_intvl', value) * SECOND }),
  tcp_keepalive_probes: (value) => ({ keepCount: number('tcp_keepalive_probes', value) }),
  tcp_fin_timeout: (value) => ({ finWait2Timeout: number('tcp_fin_timeout', value) * SECOND }),
  tcp_challenge_ack_limit: (value) => ({ challengeAcks: number('tcp_challenge_ack_limit', value) }),
  tcp_syncookies: (value) => ({ synCookies: on('tcp_syncookies', value) }),
  tcp_retries1: (value) => ({ softRetransmissions: number('tcp_retries1', value) }),
  ip_default_ttl: (value) => ({ timeToLive: number('ip_default_ttl', value) }),
  ip_no_pmtu_disc: (value) => ({ pathMtuDiscovery: !on('ip_no_pmtu_disc', value) }),
  ip_local_port_range: (value) => {
    const [firstPort, lastPort] = value.trim().split(/\s+/).map(Number)
    return { firstPort, lastPort }
  },
}

/** Sysctls whose value here is what our stack does anyway. Another value is not supported. */
const AS_IT_IS: Readonly<Record<string, readonly string[]>> = {
  tcp_no_metrics_save: ['0', '1'],
  tcp_ecn: ['0', '2'],
  tcp_fastopen: ['0'],
  tcp_mtu_probing: ['0'],
  tcp_rfc1337: ['1'],
  tcp_slow_start_after_idle: ['1'],
  tcp_early_retrans: ['0'],
  tcp_recovery: ['0'],
  tcp_abort_on_overflow: ['0'],
  tcp_autocorking: ['0'],
  tcp_moderate_rcvbuf: ['0', '1'],
  tcp_dsack: ['1'],
  tcp_fack: ['0'],
  tcp_frto: ['0'],
  tcp_reordering: ['3'],
  tcp_comp_sack_nr: ['0'],
  tcp_accecn: ['0'],
}

/** Sysctls of what this stack does not have: how segments are put together, and at what pace they leave. */
const NOT_HERE =
  /^tcp_(?:min_tso_segs|tso_win_divisor|tso_rtt_log|pacing_\w+|limit_output_bytes|notsent_lowat|fastopen_key)$/

/** Programs that come with packetdrill's own scripts, and others that do nothing a script could notice here. */
const HARMLESS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [
    /^(?:\S*\/)?defaults\.sh$/,
    'sets what scripts take for granted of Linux; of that, the sizes of buffers are set anyway',
  ],
  [/^\S*sysctl_restore_\S+$/, 'restores sysctls; there is nothing to restore'],
  [/^ip tcp_metrics flush\b.*$/, 'forgets what was measured; nothing is remembered here'],
  [/^(?:ethtool -K \S+ .*|tc qdisc .*)$/, 'is about a device that is not here'],
  [/^(?:true|:|sync)$/, 'does nothing'],
]

/**
 * A command of the script, line by line: sysctls that our stack has are set, harmless ones noted.
 * @throws Unsupported for any other: nothing of this machine is run
 */
export function applyCommand(settings: Settings, command: string): void {
  for (const line of joined(command)) {
    const harmless = HARMLESS.find(([pattern]) => pattern.test(line))
    if (harmless !== undefined) settings.notes.push(`\`${line}\` ${harmless[1]}`)
    else applySysctls(settings, line)
  }
}

/** The arguments of `set_sysctls.py` stand on lines of their own. */
function joined(command: string): string[] {
  const lines: string[] = []
  for (const part of command.split(/\n|;|&&/)) {
    const line = part.replace(/\\$/, '').trim()
    if (line === '' || line.startsWith('#')) continue
    if (/^\/proc\/sys\//.test(line) && lines.length > 0) lines[lines.length - 1] += ` ${line}`
    else lines.push(line)
  }
  return lines
}

function applySysctls(settings: Settings, line: string): void {
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  const program = words[0]?.replace(/^.*\//, '')
  if (program !== 'sysctl' && program !== 'set_sysctls.py')
    throw new Unsupported(
      `\`${line}\`: commands are not run; supported are sysctls of net.ipv4 (\`sysctl -q net.ipv4.tcp_sack=0\`)`,
    )
  for (const word of words.slice(1)) {
    if (/^-[qw]+$/.test(word)) continue
    const [, name, quoted] = /^(?:\/proc\/sys\/)?net[./]ipv4[./](\w+)=(.*)$/.exec(word) ?? []
    if (name === undefined) throw new Unsupported(`\`${word}\` in \`${line}\`: only net.ipv4.NAME=VALUE is supported`)
    const value = quoted.replace(/["']/g, '')
    if (Object.hasOwn(SYSCTLS, name)) settings.tcp = { ...settings.tcp, ...SYSCTLS[name](value, settings) }
    else if (AS_IT_IS[name]?.includes(value)) settings.notes.push(`net.ipv4.${name}=${value} is how this stack is`)
    else if (NOT_HERE.test(name)) settings.notes.push(`net.ipv4.${name} says nothing to this stack`)
    else if (Object.hasOwn(AS_IT_IS, name))
      throw new Unsupported(`net.ipv4.${name}=${value} is not supported: here it is ${AS_IT_IS[name].join(' or ')}`)
    else throw new Unsupported(`net.ipv4.${name} is not supported; supported are ${Object.keys(SYSCTLS).join(', ')}`)
  }
}
