/** Sysctls of Linux and FreeBSD: those that our stack has as well, and those whose value here is known. */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import { keyed } from '../text/keyed.js'
import type { Settings } from './settings.js'
import { Unsupported } from './unsupported.js'

/** What setting one to a value does. */
type Setter = (value: string, name: string) => Partial<TcpDefaults>

function number(value: string, name: string): number {
  if (!/^\d+$/.test(value)) throw new Unsupported(keyed('pkt.sysctl-number', { name, value }))
  return Number(value)
}

function flag(key: 'sack' | 'timestamps' | 'windowScale' | 'synCookies' | 'quickAck' | 'keepAlive'): Setter {
  return (value, name) => ({ [key]: number(value, name) !== 0 })
}

/** A size, or a count. */
function amount(key: keyof TcpDefaults): Setter {
  return (value, name) => ({ [key]: number(value, name) })
}

function duration(key: keyof TcpDefaults, unit: number): Setter {
  return (value, name) => ({ [key]: number(value, name) * unit })
}

/** `least usual most`: the last one counts, as it settles the window scale. */
function largest(key: 'receiveBuffer' | 'sendBuffer'): Setter {
  return (value, name) => ({ [key]: number(value.trim().split(/\s+/).at(-1) ?? '', name) })
}

const congestion: Setter = (value, name) => {
  const known = { cubic: 'cubic', reno: 'newreno', newreno: 'newreno' } as const
  if (!Object.hasOwn(known, value))
    throw new Unsupported(keyed('pkt.sysctl-congestion', { name, value, known: Object.keys(known) }))
  return { congestion: known[value as keyof typeof known] }
}

/** FreeBSD's: 0 neither, 1 both, 2 window scaling alone, 3 timestamps alone (tcp(4)). */
const rfc1323: Setter = (value, name) => {
  const which = number(value, name)
  return { windowScale: which === 1 || which === 2, timestamps: which === 1 || which === 3 }
}

/** 0 neither, 1 asks and agrees, 2 agrees (Linux' ip-sysctl, FreeBSD's tcp(4)); beyond these is Accurate ECN. */
const ECN_USES = ['off', 'request', 'accept'] as const

const ecn: Setter = (value, name) => {
  const use = ECN_USES[number(value, name)]
  if (use === undefined) throw new Unsupported(keyed('pkt.sysctl-value', { name, value, here: Object.keys(ECN_USES) }))
  return { ecn: use }
}

const ports: Setter = (value, name) => {
  const [firstPort, lastPort] = value
    .trim()
    .split(/\s+/)
    .map((each) => number(each, name))
  return { firstPort, lastPort: lastPort ?? firstPort }
}

const SETTERS: Readonly<Record<string, Setter>> = {
  'net.ipv4.tcp_sack': flag('sack'),
  'net.ipv4.tcp_timestamps': flag('timestamps'),
  'net.ipv4.tcp_window_scaling': flag('windowScale'),
  'net.ipv4.tcp_rmem': largest('receiveBuffer'),
  'net.ipv4.tcp_wmem': largest('sendBuffer'),
  'net.ipv4.tcp_congestion_control': congestion,
  'net.ipv4.tcp_keepalive_time': duration('keepIdle', SECOND),
  'net.ipv4.tcp_keepalive_intvl': duration('keepInterval', SECOND),
  'net.ipv4.tcp_keepalive_probes': amount('keepCount'),
  'net.ipv4.tcp_fin_timeout': duration('finWait2Timeout', SECOND),
  'net.ipv4.tcp_challenge_ack_limit': amount('challengeAcks'),
  'net.ipv4.tcp_syncookies': flag('synCookies'),
  'net.ipv4.tcp_retries1': amount('softRetransmissions'),
  'net.ipv4.tcp_retries2': amount('dataRetransmissions'),
  'net.ipv4.tcp_syn_retries': amount('synRetransmissions'),
  'net.ipv4.tcp_synack_retries': amount('synAckRetransmissions'),
  // 3 and 4 are with tail loss probes (ip-sysctl); early retransmission itself is no more, in Linux as here.
  'net.ipv4.tcp_early_retrans': (value, name) => ({ tailLossProbes: number(value, name) >= 3 }),
  'net.ipv4.tcp_rto_min_us': duration('minimumRetransmissionTimeout', MILLISECOND / 1000),
  'net.ipv4.tcp_rto_max_ms': duration('maximumRetransmissionTimeout', MILLISECOND),
  'net.ipv4.tcp_ecn': ecn,
  'net.ipv4.ip_default_ttl': amount('timeToLive'),
  'net.ipv4.ip_no_pmtu_disc': (value, name) => ({ pathMtuDiscovery: number(value, name) === 0 }),
  'net.ipv4.ip_local_port_range': ports,
  'net.inet.tcp.rfc1323': rfc1323,
  'net.inet.tcp.sack.enable': flag('sack'),
  'net.inet.tcp.recvspace': amount('receiveBuffer'),
  'net.inet.tcp.sendspace': amount('sendBuffer'),
  'net.inet.tcp.delayed_ack': (value, name) => ({ quickAck: number(value, name) === 0 }),
  'net.inet.tcp.delacktime': duration('delayedAck', MILLISECOND),
  'net.inet.tcp.keepidle': duration('keepIdle', MILLISECOND),
  'net.inet.tcp.keepintvl': duration('keepInterval', MILLISECOND),
  'net.inet.tcp.keepcnt': amount('keepCount'),
  'net.inet.tcp.always_keepalive': flag('keepAlive'),
  'net.inet.tcp.msl': duration('maximumSegmentLifetime', MILLISECOND),
  'net.inet.tcp.finwait2_timeout': duration('finWait2Timeout', MILLISECOND),
  'net.inet.tcp.rexmit_min': duration('minimumRetransmissionTimeout', MILLISECOND),
  'net.inet.tcp.cc.algorithm': congestion,
  'net.inet.tcp.ecn.enable': ecn,
  'net.inet.tcp.initcwnd_segments': amount('initialSegments'),
  'net.inet.tcp.syncookies': flag('synCookies'),
  'net.inet.tcp.path_mtu_discovery': (value, name) => ({ pathMtuDiscovery: number(value, name) !== 0 }),
  'net.inet.ip.ttl': amount('timeToLive'),
}

/** Sysctls whose value here is what our stack does anyway. Another cannot be set. */
const AS_IT_IS: Readonly<Record<string, readonly string[]>> = {
  'net.ipv4.tcp_no_metrics_save': ['0', '1'],
  'net.ipv4.tcp_fastopen': ['0'],
  'net.ipv4.tcp_mtu_probing': ['0'],
  'net.ipv4.tcp_rfc1337': ['1'],
  'net.ipv4.tcp_slow_start_after_idle': ['1'],
  'net.ipv4.tcp_recovery': ['1'],
  'net.ipv4.tcp_abort_on_overflow': ['0'],
  'net.ipv4.tcp_autocorking': ['0'],
  'net.ipv4.tcp_moderate_rcvbuf': ['0', '1'],
  'net.ipv4.tcp_dsack': ['1'],
  'net.ipv4.tcp_fack': ['0'],
  'net.ipv4.tcp_frto': ['1', '2'],
  'net.ipv4.tcp_reordering': ['3'],
  'net.ipv4.tcp_comp_sack_nr': ['0'],
  'net.ipv4.tcp_accecn': ['0'],
  'net.ipv4.tcp_shrink_window': ['0'],
  'net.ipv4.tcp_min_snd_mss': ['48'],
  'net.ipv4.tcp_stdurg': ['0'],
  'net.ipv4.tcp_thin_linear_timeouts': ['0'],
  'net.ipv4.tcp_migrate_req': ['0'],
  'net.inet.tcp.blackhole': ['0'],
  'net.inet.tcp.drop_synfin': ['0'],
  'net.inet.tcp.insecure_rst': ['0'],
  'net.inet.tcp.insecure_syn': ['0'],
  'net.inet.tcp.rfc3042': ['1'],
  'net.inet.tcp.rfc6675_pipe': ['1'],
  'net.inet.tcp.mssdflt': ['536'],
  'net.inet.tcp.fastopen.server_enable': ['0'],
  'net.inet.tcp.fastopen.client_enable': ['0'],
  'net.inet.tcp.syncookies_only': ['0'],
}

/** Sysctls of which another value is noted only: scripts set them for a run that does without, or in which it makes no difference. */
const IN_ONE_WAY: ReadonlySet<string> = new Set([
  'net.ipv4.tcp_recovery',
  'net.ipv4.tcp_dsack',
  'net.ipv4.tcp_frto',
  'net.ipv4.tcp_autocorking',
])

/** What a stack takes when it is made, and not again. */
const FIXED = ['challengeAcks', 'firstPort', 'lastPort'] as const

/**
 * Sets one, or notes why nothing is set.
 * @param name with dots; as `/proc/sys` has it, with slashes, is taken too
 * @param running the stack is there already
 * @param at where it stands
 * @throws Unsupported for a value that cannot be had, unless the settings say that this is to be noted
 */
export function applySysctl(settings: Settings, name: string, value: string, running: boolean, at: number): void {
  const dotted = name.replace(/^\/proc\/sys\//, '').replaceAll('/', '.')
  const cannot = (error: Unsupported): void => {
    if (!settings.ignoreSysctl) throw new Unsupported(error.sentence, at)
    settings.notes.push(keyed('pkt.note.ignored', { name: dotted, value }))
  }
  if (Object.hasOwn(SETTERS, dotted)) {
    try {
      const changes = SETTERS[dotted](value, dotted)
      const fixed = running && FIXED.some((key) => key in changes)
      if (fixed) cannot(new Unsupported(keyed('pkt.sysctl-late', { name: dotted })))
      else settings.tcp = { ...settings.tcp, ...changes }
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error
      cannot(error)
    }
  } else if (!Object.hasOwn(AS_IT_IS, dotted))
    settings.notes.push(keyed('pkt.note.unknown-sysctl', { name: dotted, value }))
  else if (AS_IT_IS[dotted].includes(value)) settings.notes.push(keyed('pkt.note.as-it-is', { name: dotted, value }))
  else if (IN_ONE_WAY.has(dotted)) settings.notes.push(keyed('pkt.note.ignored', { name: dotted, value }))
  else cannot(new Unsupported(keyed('pkt.sysctl-value', { name: dotted, value, here: AS_IT_IS[dotted] })))
}
