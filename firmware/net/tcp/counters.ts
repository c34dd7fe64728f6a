/** What TCP counts, over all connections. */
import { Tally } from '../../hal/counters.js'
import type { TcpFault } from '../wire/tcp.js'

/** Why a segment, or part of one, was not taken. */
export type TcpLoss =
  | TcpFault
  /** To a broadcast or multicast address, or from what no host can have (RFC 9293 MUST-57, MUST-63). */
  | 'group address'
  | 'source address'
  /** For a port nobody has; answered with a reset, unless it was one. */
  | 'no connection'
  | 'outside window'
  | 'old timestamp'
  | 'timestamp missing'
  | 'ACK missing'
  | 'ACK unacceptable'
  | 'reset outside window'
  | 'reset challenged'
  | 'SYN challenged'
  | 'challenge limit'
  | 'acknowledgement limit'
  /** A reset in TIME-WAIT (RFC 1337 3). */
  | 'reset in TIME-WAIT'
  | 'unexpected in state'
  /** Octets that had arrived already. */
  | 'duplicate data'
  | 'no memory for data'
  | 'no memory for connection'
  | 'accept queue full'
  /** A SYN that the listener has no room for; answered with a reset. */
  | 'refused by listener'
  | 'half-open limit'
  | 'SYN cookie wrong'
  /** The application closed before it had read everything (RFC 9293 SHLD-3). */
  | 'data after close'
  | 'ICMP error not ours'
  /** A segment of ours that the network layer did not take. */
  | 'not sent'

export interface TcpCounters {
  readonly segmentsReceived: number
  readonly segmentsSent: number
  readonly segmentsRetransmitted: number
  readonly resetsReceived: number
  readonly resetsSent: number
  readonly connectionsOpened: number
  readonly connectionsAccepted: number
  readonly connectionsFailed: number
  readonly timeouts: number
  /** Recoveries that acknowledgements began. */
  readonly fastRetransmits: number
  /** Tail loss probes (RFC 8985 7). */
  readonly tailProbes: number
  /** Acknowledgements that report what had arrived before (RFC 2883). */
  readonly duplicatesReported: number
  /** Reductions of the window that were found to be for nothing, and taken back (RFC 3522, 3708, 5682). */
  readonly reductionsUndone: number
  /** Segments that came with a congestion mark, and reductions of the window because a peer reported one (RFC 3168 6.1). */
  readonly marksReceived: number
  readonly congestionEchoes: number
  readonly windowProbes: number
  readonly keepAliveProbes: number
  readonly challengesSent: number
  readonly cookiesSent: number
  readonly cookiesAccepted: number
  readonly dropped: Readonly<Partial<Record<TcpLoss, number>>>
}

/** The counters as they are kept: written by the engine, read by everybody through `snapshot`. */
export class TcpCounting {
  segmentsReceived = 0
  segmentsSent = 0
  segmentsRetransmitted = 0
  resetsReceived = 0
  resetsSent = 0
  connectionsOpened = 0
  connectionsAccepted = 0
  connectionsFailed = 0
  timeouts = 0
  fastRetransmits = 0
  tailProbes = 0
  duplicatesReported = 0
  reductionsUndone = 0
  marksReceived = 0
  congestionEchoes = 0
  windowProbes = 0
  keepAliveProbes = 0
  challengesSent = 0
  cookiesSent = 0
  cookiesAccepted = 0
  readonly dropped = new Tally<TcpLoss>()

  snapshot(): TcpCounters {
    return { ...this, dropped: this.dropped.snapshot() }
  }
}
