/**
 * What an application sets on a connection, and what a whole stack starts from. Every duration is in nanoseconds, every size
 * in octets.
 */
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { CHALLENGE_LIMIT } from './challenge-limit.js'
import { MAXIMUM_TIMEOUT, MINIMUM_TIMEOUT } from './round-trip.js'

/** Congestion control: CUBIC (RFC 9438) or NewReno (RFC 5681, 6582). */
export type CongestionName = 'cubic' | 'newreno'

/** Explicit congestion notification (RFC 3168): asked for with our SYN, agreed to where the peer asks, or neither. */
export type EcnUse = 'request' | 'accept' | 'off'

export interface ConnectionOptions {
  /** Sends short segments at once, in spite of data that is not acknowledged: no Nagle algorithm (RFC 9293 MUST-17). */
  noDelay: boolean
  /** Sends full segments only, until it is cleared; what waits goes out after `CORK_LIMIT` all the same. */
  cork: boolean
  /** Asks a silent peer whether it is there (RFC 9293 3.8.4). */
  keepAlive: boolean
  /** Silence before the first question (RFC 9293 MUST-28: two hours, by default). */
  keepIdle: number
  keepInterval: number
  /** Questions without an answer before the connection fails. */
  keepCount: number
  /**
   * How long data may stay unacknowledged before the connection fails (RFC 9293 MUST-21, RFC 5482); `Infinity`: for ever.
   * Undefined: 5 minutes without any answer (R2 of RFC 9293 3.8.3), and a peer that answers window probes may go on for ever.
   */
  userTimeout: number | undefined
  timeToLive: number
  /** Differentiated services, the upper six of these eight bits (RFC 2474 3); the lower two are `ecn`'s, and not taken from here. */
  trafficClass: number
  /** The most octets that `write` takes before some are acknowledged. */
  sendBuffer: number
  /** The most octets that wait for `read`; settles the window scale when the connection opens. */
  receiveBuffer: number
  /** Payload of a segment at most; undefined: what the link and the peer allow. */
  maximumSegmentSize: number | undefined
  congestion: CongestionName
  /** Acknowledges each segment at once. */
  quickAck: boolean
  /**
   * What `close` does with data on its way: undefined: they go on in the background; 0: the connection is reset; otherwise the
   * connection is reset if they are not acknowledged within so many nanoseconds.
   */
  linger: number | undefined
  /** Offer selective acknowledgements (RFC 2018). */
  sack: boolean
  /** Offer timestamps (RFC 7323 3). */
  timestamps: boolean
  /** Offer to scale windows (RFC 7323 2). */
  windowScale: boolean
  /** Explicit congestion notification (RFC 3168). */
  ecn: EcnUse
  /** Sends with "don't fragment", and learns from the routers that object (RFC 1191). */
  pathMtuDiscovery: boolean
  /** Tell of soft errors by `onSoftError` (RFC 9293 SHLD-20). */
  softErrors: boolean
}

export interface TcpDefaults extends ConnectionOptions {
  /** The maximum segment lifetime: a connection stays in TIME-WAIT for two. RFC 9293 says 2 min; 30 s are usual, and ours. */
  maximumSegmentLifetime: number
  /** How long a closed connection waits in FIN-WAIT-2 for a peer that does not close. */
  finWait2Timeout: number
  /** RFC 6298 2.4 says 1 s; hosts of our time go down to 200 ms, and so do we. */
  minimumRetransmissionTimeout: number
  maximumRetransmissionTimeout: number
  /** Begin with ten segments (RFC 6928); else with the two to four of RFC 5681 3.1. */
  largeInitialWindow: boolean
  /** Segments in the first window, whatever their size; undefined: by `largeInitialWindow`. */
  initialSegments: number | undefined
  /** What the MSS option of a SYN says at most; what is sent is not bounded by it. Undefined: what the link takes. */
  advertisedSegmentSize: number | undefined
  /** The longest that an acknowledgement is put off: under `DELAYED_ACK_LIMIT`. */
  delayedAck: number
  /** What RFC 9293 and its kin leave to whoever builds a stack. */
  habits: TcpHabits
  /** Retransmissions of a SYN, of a SYN,ACK and of data after which the connection fails; undefined: when R2 says so (RFC 9293 3.8.3). */
  synRetransmissions: number | undefined
  synAckRetransmissions: number | undefined
  dataRetransmissions: number | undefined
  /** A probe goes when nothing has been heard for two round trips (RFC 8985 7); else the timer alone says that something is lost. */
  tailLossProbes: boolean
  /** Challenge acknowledgements a second, in all (RFC 5961 7). */
  challengeAcks: number
  /** When connections half open fill the backlog: answer without keeping state (RFC 4987), or be silent. */
  synCookies: boolean
  /** Retransmissions of one segment after which the application is notified (R1 of RFC 9293 3.8.3). */
  softRetransmissions: number
  /** The ports that `connect` and `listen` choose from where none is given (RFC 6335 6). */
  firstPort: number
  lastPort: number
}

/** Choices that the standards leave open, and that a peer, or a test written for another stack, notices. */
export interface TcpHabits {
  /**
   * Segments that are acknowledged at once after a connection opens, before `delayedAck` begins (RFC 9293 3.8.6.3: a host "may"
   * delay); it ends as soon as data are sent in answer to data. Linux: 16.
   */
  readonly quickAcks: number
  /** What holds a short segment back: anything outstanding (RFC 9293 3.7.4), or only another short one, as on Linux. */
  readonly nagle: 'anything' | 'short'
  /** A reset by which this end gives up: <CTL=RST> (RFC 9293 3.10.5), or with an acknowledgement. */
  readonly resetAcknowledges: boolean
  /** The order of a SYN's options, which is free (RFC 9293 3.1). */
  readonly synOptions: 'scale last' | 'scale second'
  /** The least window scale that a SYN offers, though the buffer needs a smaller one (RFC 7323 2.2 leaves it open). */
  readonly leastWindowShift: number
}

export const OWN_HABITS: TcpHabits = {
  quickAcks: 0,
  nagle: 'anything',
  resetAcknowledges: false,
  synOptions: 'scale last',
  leastWindowShift: 0,
}

/** `maximumSegmentSize`, in octets: as Linux bounds TCP_MAXSEG (TCP_MIN_MSS, MAX_TCP_WINDOW of its include/net/tcp.h). */
export const LEAST_SEGMENT_SIZE = 88
export const LARGEST_SEGMENT_SIZE = 32_767
/** `keepIdle` and `keepInterval`: as Linux bounds TCP_KEEPIDLE and TCP_KEEPINTVL, so that no socket asks its peer all the time. */
export const SHORTEST_KEEP = SECOND
export const LONGEST_KEEP = 32_767 * SECOND
export const MOST_KEEP_QUESTIONS = 127
/** An acknowledgement is put off for less than this (RFC 9293 MUST-40). */
export const DELAYED_ACK_LIMIT = 500 * MILLISECOND
/** The longest that `cork` holds back a segment that is not full. */
export const CORK_LIMIT = 200 * MILLISECOND
/** R2: without an answer for so long, a connection fails (RFC 9293 3.8.3: at least 100 s, and 3 min for a SYN). */
export const R2 = 300 * SECOND
/**
 * R2 of a SYN,ACK: the least that RFC 9293 MUST-23 lets be. Whoever sent the SYN may not be there, and takes memory meanwhile;
 * a peer that is there sends its acknowledgement, or the SYN, again.
 */
export const PASSIVE_R2 = 180 * SECOND
/** And after so many retransmissions in a row: about as many as fit in R2 where the timeout was short to begin with. */
export const R2_RETRANSMISSIONS = 12

export const TCP_DEFAULTS: TcpDefaults = {
  noDelay: false,
  cork: false,
  keepAlive: false,
  keepIdle: 7200 * SECOND,
  keepInterval: 75 * SECOND,
  keepCount: 9,
  userTimeout: undefined,
  timeToLive: 64,
  trafficClass: 0,
  sendBuffer: 65536,
  receiveBuffer: 65536,
  maximumSegmentSize: undefined,
  congestion: 'cubic',
  quickAck: false,
  linger: undefined,
  sack: true,
  timestamps: true,
  windowScale: true,
  ecn: 'accept',
  pathMtuDiscovery: true,
  softErrors: true,
  maximumSegmentLifetime: 30 * SECOND,
  finWait2Timeout: 60 * SECOND,
  minimumRetransmissionTimeout: MINIMUM_TIMEOUT,
  maximumRetransmissionTimeout: MAXIMUM_TIMEOUT,
  largeInitialWindow: true,
  initialSegments: undefined,
  advertisedSegmentSize: undefined,
  delayedAck: 100 * MILLISECOND,
  habits: OWN_HABITS,
  synRetransmissions: undefined,
  synAckRetransmissions: undefined,
  dataRetransmissions: undefined,
  tailLossProbes: true,
  challengeAcks: CHALLENGE_LIMIT,
  synCookies: true,
  softRetransmissions: 3,
  firstPort: 49152,
  lastPort: 65535,
}
