/** A connection as `info()` shows it: a plain copy. Durations in nanoseconds, sizes in octets. */
import type { ControlBlock } from './control-block.js'
import type { CongestionName } from './options.js'
import { sequenceDistance } from './sequence.js'
import type { TcpState } from './states.js'
import { receivableSegmentSize } from './transmit.js'

export interface TcpInfo {
  readonly state: TcpState
  readonly congestion: CongestionName
  /** Congestion window, and the window up to which it grows exponentially (RFC 5681 2). */
  readonly cwnd: number
  readonly ssthresh: number
  readonly inRecovery: boolean
  /** How: by SACK and time (RFC 8985), by partial acknowledgements (RFC 6582), or after the timer ran out (RFC 5681 3.1). */
  readonly recovery: 'none' | 'sack' | 'newreno' | 'timeout'
  /** Acknowledgements in a row that may be signs of a loss (RFC 5681 3.2). */
  readonly duplicateAcks: number
  /** Retransmission timeout, smoothed round trip time and its variation (RFC 6298 2). */
  readonly rto: number
  readonly srtt: number
  readonly rttvar: number
  /** Octets sent and not acknowledged; and how many of these the peer holds out of order, and how many are thought lost. */
  readonly unacknowledged: number
  readonly sacked: number
  readonly lost: number
  /** A segment was overtaken; and how long one is waited for that may have been (RFC 8985 5.3). */
  readonly reorderingSeen: boolean
  readonly reorderingWindow: number
  /** Octets that wait for `read`, octets written that are not acknowledged, and of these the ones never sent. */
  readonly readable: number
  readonly queued: number
  readonly unsent: number
  /** Segments sent again, since the connection was opened. */
  readonly retransmits: number
  /** Tail loss probes (RFC 8985 7), and reductions of the window that were taken back, since then. */
  readonly tailProbes: number
  readonly undone: number
  /** Explicit congestion notification was agreed on (RFC 3168); segments that came marked; reductions because the peer reported a mark. */
  readonly ecn: boolean
  readonly marksReceived: number
  readonly congestionEchoes: number
  /** Retransmission timeouts in a row. */
  readonly backoff: number
  readonly pathMtu: number
  /** The most payload that a segment of ours has, options subtracted; and what the peer said it takes. */
  readonly segmentSize: number
  readonly peerSegmentSize: number
  /** What the MSS option of our SYN said: the most that a segment of the peer's may have (RFC 9293 3.7.1). */
  readonly advertisedSegmentSize: number
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

export function infoOf(block: ControlBlock): TcpInfo {
  const { congestion, roundTrip, sent, rack, options } = block
  const unacknowledged = block.flight
  return {
    state: block.state,
    congestion: options.congestion,
    cwnd: congestion?.window ?? 0,
    ssthresh: congestion?.threshold ?? Number.POSITIVE_INFINITY,
    inRecovery: block.recovery !== 'none',
    recovery: block.recovery,
    duplicateAcks: block.duplicateAcks,
    rto: roundTrip.timeout,
    srtt: roundTrip.smoothed ?? 0,
    rttvar: roundTrip.variation,
    unacknowledged,
    sacked: sent.sacked,
    lost: sent.lost,
    reorderingSeen: rack.reorderingSeen,
    reorderingWindow: rack.window,
    readable: block.receiver.ring.length,
    queued: block.sendRing.length,
    unsent: block.synAcknowledged && !block.finSent ? sequenceDistance(block.sndNxt, block.dataEnd) : 0,
    retransmits: block.retransmits,
    tailProbes: block.tailProbes,
    undone: block.undone,
    ecn: block.ecn !== undefined,
    marksReceived: block.marksReceived,
    congestionEchoes: block.congestionEchoes,
    backoff: block.backoff,
    pathMtu: block.blackHoleMtu ?? block.pathMtu,
    segmentSize: block.segmentSize,
    peerSegmentSize: block.peerSegmentSize,
    advertisedSegmentSize: block.advertisedSegmentSize ?? receivableSegmentSize(block),
    sendWindow: block.sndWnd,
    receiveWindow: Math.max(0, sequenceDistance(block.rcvNxt, block.rcvAdv)),
    sendScale: block.scaling ? block.sendShift : undefined,
    receiveScale: block.scaling ? block.receiveShift : undefined,
    sackPermitted: block.sackOn,
    timestamps: block.timestampsOn,
    octetsSent: block.octetsSent,
    octetsReceived: block.octetsReceived,
    octetsAcknowledged: block.octetsAcknowledged,
    segmentsSent: block.segmentsSent,
    segmentsReceived: block.segmentsReceived,
    initialSendSequence: block.iss,
    initialReceiveSequence: block.irs,
  }
}
