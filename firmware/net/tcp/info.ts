/** A connection as `info()` shows it: a plain copy. Durations in nanoseconds, sizes in octets. */
import type { CongestionName } from './options.js'
import type { TcpState } from './states.js'

export interface TcpInfo {
  readonly state: TcpState
  readonly congestion: CongestionName
  /** Congestion window, and the window up to which it grows exponentially (RFC 5681 2). */
  readonly cwnd: number
  readonly ssthresh: number
  readonly inRecovery: boolean
  /** Retransmission timeout, smoothed round trip time and its variation (RFC 6298 2). */
  readonly rto: number
  readonly srtt: number
  readonly rttvar: number
  /** Octets sent and not acknowledged; and how many of these the peer holds out of order, and how many are thought lost. */
  readonly unacknowledged: number
  readonly sacked: number
  readonly lost: number
  /** Octets that wait for `read`, octets written that are not acknowledged, and of these the ones never sent. */
  readonly readable: number
  readonly queued: number
  readonly unsent: number
  /** Segments sent again, since the connection was opened. */
  readonly retransmits: number
  /** Retransmission timeouts in a row. */
  readonly backoff: number
  readonly pathMtu: number
  /** The most payload that a segment of ours has, options subtracted; and what the peer said it takes. */
  readonly segmentSize: number
  readonly peerSegmentSize: number
  readonly sendWindow: number
  readonly receiveWindow: number
  /** Shift counts agreed (RFC 7323 2.2); undefined: none. */
  readonly sendScale: number | undefined
  readonly receiveScale: number | undefined
  readonly sackPermitted: boolean
  readonly timestamps: boolean
  readonly octetsSent: number
  readonly octetsReceived: number
  readonly octetsAcknowledged: number
  readonly segmentsSent: number
  readonly segmentsReceived: number
  readonly initialSendSequence: number
  readonly initialReceiveSequence: number
}
