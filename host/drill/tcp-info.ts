/** What code in scripts (`%{ assert tcpi_unacked == 2 }%`) asks of a connection, under Linux's names and in its units. */
import { MICROSECOND } from '../../firmware/hal/clock.js'
import type { TcpInfo, TcpState } from '../../firmware/net/tcp/tcp.js'
import type { CodeValue } from './expression.js'
import type { Ledger } from './ledger.js'
import { STATE_NAMES, STATE_NUMBERS } from './names.js'

/** Linux's "not yet known". */
const NO_THRESHOLD = 0x7fffffff
const CONSTANTS: readonly (readonly [string, number])[] = [
  ['TCPI_OPT_TIMESTAMPS', 1],
  ['TCPI_OPT_SACK', 2],
  ['TCPI_OPT_WSCALE', 4],
  ['TCPI_OPT_ECN', 8],
  ['TCPI_OPT_ECN_SEEN', 16],
  ['TCPI_OPT_SYN_DATA', 32],
  ['TCP_CA_Open', 0],
  ['TCP_CA_Disorder', 1],
  ['TCP_CA_CWR', 2],
  ['TCP_CA_Recovery', 3],
  ['TCP_CA_Loss', 4],
]

const OF_INFO: Readonly<Record<string, (info: TcpInfo) => number>> = {
  tcpi_ca_state: congestionState,
  tcpi_retransmits: (info) => info.backoff,
  tcpi_backoff: (info) => info.backoff,
  tcpi_options: (info) =>
    (info.timestamps ? 1 : 0) |
    (info.sackPermitted ? 2 : 0) |
    (info.sendScale === undefined ? 0 : 4) |
    (info.ecn ? 8 : 0),
  tcpi_snd_wscale: (info) => info.sendScale ?? 0,
  tcpi_rcv_wscale: (info) => info.receiveScale ?? 0,
  tcpi_rto: (info) => Math.round(info.rto / MICROSECOND),
  tcpi_rtt: (info) => Math.round(info.srtt / MICROSECOND),
  tcpi_rttvar: (info) => Math.round(info.rttvar / MICROSECOND),
  tcpi_snd_mss: (info) => info.segmentSize,
  tcpi_advmss: (info) => info.advertisedSegmentSize,
  tcpi_pmtu: (info) => info.pathMtu,
  tcpi_unacked: (info) => segments(info, info.unacknowledged),
  tcpi_sacked: (info) => segments(info, info.sacked),
  tcpi_lost: (info) => segments(info, info.lost),
  tcpi_snd_cwnd: (info) => Math.floor(info.cwnd / info.segmentSize),
  tcpi_snd_ssthresh: (info) =>
    info.ssthresh >= NO_THRESHOLD ? NO_THRESHOLD : Math.floor(info.ssthresh / info.segmentSize),
  tcpi_total_retrans: (info) => info.retransmits,
  // DupThresh (RFC 5681 3.2, RFC 6675 3): how far apart segments may arrive and not count as lost.
  tcpi_reordering: () => 3,
  tcpi_notsent_bytes: (info) => info.unsent,
  tcpi_bytes_acked: (info) => info.octetsAcknowledged,
  tcpi_bytes_received: (info) => info.octetsReceived,
  tcpi_bytes_sent: (info) => info.octetsSent,
  tcpi_segs_out: (info) => info.segmentsSent,
  tcpi_segs_in: (info) => info.segmentsReceived,
  tcpi_snd_wnd: (info) => info.sendWindow,
  tcpi_rcv_wnd: (info) => info.receiveWindow,
}

/** What crossed the wire says it, whoever is at its end. */
const OF_LEDGER: Readonly<Record<string, (ledger: Ledger) => number>> = {
  tcpi_delivered: (ledger) => ledger.delivered,
  tcpi_retrans: (ledger) => ledger.resent,
  tcpi_bytes_retrans: (ledger) => ledger.octetsResent,
  tcpi_data_segs_out: (ledger) => ledger.dataSegmentsSent,
  tcpi_data_segs_in: (ledger) => ledger.dataSegmentsReceived,
}

/** Linux's states: nothing wrong, signs of a loss, recovery by acknowledgements, recovery after the timer ran out. */
function congestionState({ recovery, backoff, duplicateAcks, sacked }: TcpInfo): number {
  if (recovery === 'timeout' || backoff > 0) return 4
  if (recovery !== 'none') return 3
  return duplicateAcks > 0 || sacked > 0 ? 1 : 0
}

function segments({ segmentSize }: TcpInfo, octets: number): number {
  return Math.ceil(octets / segmentSize)
}

const KNOWN: ReadonlySet<string> = new Set([
  'tcpi_state',
  ...Object.keys(OF_INFO),
  ...Object.keys(OF_LEDGER),
  ...STATE_NAMES.keys(),
  ...CONSTANTS.map(([name]) => name),
])

/** Whether only the stack itself can say it. */
export function isOfInfo(name: string): boolean {
  return Object.hasOwn(OF_INFO, name)
}

export function isKnownVariable(name: string): boolean {
  return KNOWN.has(name)
}

/**
 * @param info undefined where there is no connection (any more): what it would say is 0 then
 * @param ledger what crossed the wire
 */
export function codeVariables(state: TcpState, info: TcpInfo | undefined, ledger?: Ledger): Map<string, CodeValue> {
  const variables = new Map<string, CodeValue>([...STATE_NAMES, ...CONSTANTS, ['tcpi_state', STATE_NUMBERS[state]]])
  for (const [name, value] of Object.entries(OF_INFO)) variables.set(name, info === undefined ? 0 : value(info))
  for (const [name, value] of Object.entries(OF_LEDGER)) variables.set(name, ledger === undefined ? 0 : value(ledger))
  return variables
}
