/**
 * The transmission control block (RFC 9293 3.3.1): what a connection remembers. Sequence variables keep the names of the RFC.
 * The engine's functions take one of these; an application has a `Connection` in front of it.
 */
import type { NetErrorCode } from '../errors.js'
import type { IpAddress } from '../ip.js'
import type { HeaderFields, NetworkLayer, Route } from '../network-layer.js'
import { ApplicationState } from './application-state.js'
import { type TcpEvent, TRANSITIONS } from './chart.js'
import type { CongestionControl } from './congestion.js'
import type { ConnectionListeners } from './connection-listeners.js'
import { ConnectionTimers, NEVER } from './connection-timers.js'
import { ECN_FIELD, type EcnAgreement } from './ecn-agreement.js'
import type { Engine } from './engine.js'
import type { ConnectionOptions } from './options.js'
import { Rack } from './rack.js'
import { TcpReceiveBuffer } from './reassembly.js'
import { ByteRing } from './ring.js'
import { TcpRoundTrip } from './round-trip.js'
import type { SecondLimit } from './second-limit.js'
import { SentSegments } from './sent-segments.js'
import type { TcpState } from './states.js'
import { Undo } from './undo.js'

/**
 * What a connection is charged besides its buffers: what its state would take on a microcontroller. (The objects here take
 * more, as everything does in JavaScript.)
 */
export const CONTROL_BLOCK_OCTETS = 160

/** How lost segments are being sent again. */
export type Recovery =
  | 'none'
  /** What was found lost (RFC 8985), with the help of SACK. */
  | 'sack'
  /** By partial acknowledgements (RFC 6582). */
  | 'newreno'
  /** From the first on, after the timer ran out (RFC 5681 3.1). */
  | 'timeout'

/** Forward RTO-recovery (RFC 5682 2.1): which acknowledgement after a timeout is to tell whether that was for nothing. */
export type ForwardRto = 'none' | 'first' | 'second'

/** What the application is to be notified of, as bits of `events`. */
export const CONNECTION_EVENT = { state: 1, readable: 2, writable: 4, urgent: 8, softError: 16, closed: 32 } as const

/** How old TS.Recent may become: half of the time in which timestamps wrap (RFC 7323 5.5). */
export const TIMESTAMP_LIFETIME = 24 * 24 * 3600 * 1_000_000_000

/** The engine whose connections these are. */
export type TcpEngine = Engine<ControlBlock>

/** Who has a connection until it is accepted: a `Listener`. */
export interface Acceptor {
  /** Its state changed. */
  onProgress(block: ControlBlock): void
}

export class ControlBlock {
  readonly engine: TcpEngine
  /** The layer of its addresses' family, by which it sends. */
  readonly network: NetworkLayer
  readonly localAddress: IpAddress
  readonly localPort: number
  readonly remoteAddress: IpAddress
  readonly remotePort: number
  /** The next one with the same ports, in the table of connections. */
  sibling: ControlBlock | undefined
  listed = false
  /** It is seen to when the frames that wait in the device are through. */
  deferred = false
  state: TcpState = 'CLOSED'
  /** The `Connection` in front of it; none where nobody will ever have one. */
  connection: ConnectionListeners | undefined
  /** It came by a passive OPEN, and whoever listens has not accepted it yet. */
  listener: Acceptor | undefined
  passive = false
  /** Its local address is a host's elsewhere, for which this one stands in. */
  foreign = false
  options: Readonly<ConnectionOptions>
  readonly fields: HeaderFields
  route: Route

  /** What is due. */
  readonly timers: ConnectionTimers
  /** What the application did, and what it is to be notified of. */
  readonly application = new ApplicationState()

  // The send sequence space
  iss = 0
  sndUna = 0
  sndNxt = 0
  sndWnd = 0
  sndUp = 0
  sndWl1 = 0
  sndWl2 = 0
  /** MAX.SND.WND (RFC 5961 5.2). */
  maxSndWnd = 0
  /** Octets written and not acknowledged; the first has the number `sndBase`. */
  readonly sendRing: ByteRing
  sndBase = 0
  synAcknowledged = false
  finQueued = false
  finSent = false
  finAcknowledged = false
  urgentToSend = false
  /** The last write said that more follows (MSG_MORE). */
  moreFollows = false
  /** An octet that ends what TCP_NODELAY was set to send, cork or not, unless it was sent. */
  flushTo: number | undefined
  /** What the MSS option of our SYN said. */
  advertisedSegmentSize: number | undefined
  /** An octet that ends what a write with `push` ended, unless it was sent. */
  pushTo: number | undefined

  // The receive sequence space
  irs = 0
  rcvNxt = 0
  rcvUp = 0
  /** The right edge of the window as the peer knows it: RCV.NXT + RCV.WND. */
  rcvAdv = 0
  readonly receiver: TcpReceiveBuffer
  finReceived = false
  /** The number of a FIN that arrived ahead of a gap. */
  finAhead: number | undefined
  urgentReceived = false
  /** Last.ACK.sent (RFC 7323 4.3). */
  lastAckSent = 0
  /** The largest text that arrived in one segment. */
  largestText = 536

  // Acknowledgements
  ackNow = false
  ackOwed = false
  /** Sent at once, even while frames wait in the device: a duplicate or a challenge. */
  ackAtOnce = false
  /** Segments that are still acknowledged at once (`TcpHabits.quickAcks`). */
  quickAcks: number
  /** Limits for this connection (`arrival/checks.ts`), made when the first answer is called for. */
  emptyAcks: SecondLimit | undefined
  challenges: SecondLimit | undefined

  // Agreed when opening
  peerSegmentSize = 536
  /** Octets of text that a segment of ours has at most, timestamps subtracted. */
  segmentSize = 536
  sendShift = 0
  receiveShift = 0
  scaling = false
  sackOn = false
  timestampsOn = false
  /** They were agreed on, and the peer has sent none since: what comes without is taken. */
  timestampsOmitted = false
  timestampOffset = 0
  tsRecent = 0
  tsRecentAt = 0
  /** Agreed on; undefined: no. */
  ecn: EcnAgreement | undefined

  // Path MTU
  pathMtu: number
  /** When a lowered one is forgotten. */
  pathMtuUntil = NEVER
  /** A size that got through where larger ones were lost without a word. */
  blackHoleMtu: number | undefined
  /** One beyond the first segment of the present size that was sent; undefined: none was yet. */
  fullTo: number | undefined
  /** One of the present size has arrived: the way takes it. */
  sizeProven = false

  // Congestion, loss, timing
  congestion: CongestionControl | undefined
  readonly roundTrip: TcpRoundTrip
  /** What was sent and is not acknowledged, when it was, and what of it is lost. */
  readonly sent: SentSegments
  readonly rack = new Rack()
  /** Made when something is first sent again, or the window reduced: `needUndo`. */
  undo: Undo | undefined
  recovery: Recovery = 'none'
  /** A timeout may have been for nothing, and what is heard next tells. */
  forwardRto: ForwardRto = 'none'
  /** SND.NXT when recovery began. */
  recover = 0
  /** TLP.end_seq (RFC 8985 7.1): SND.NXT behind a probe that is out; undefined: none is. */
  probeEnd: number | undefined
  /** TLP.is_retrans: the probe repeated something. */
  probeRepeats = false
  /** Probes since something was last heard to have arrived. */
  probes = 0
  /** Since the time until a probe was last reckoned, new data were sent or acknowledged. */
  probeStale = false
  duplicateAcks = 0
  partialAcks = 0
  /** Retransmission timeouts in a row. */
  backoff = 0
  /** When the first of the timeouts in a row came. */
  silentSince = 0
  /** How often the SYN, or the SYN,ACK, was sent again. */
  synRetransmissions = 0
  /** The SYN went once more behind a reset of what the peer had of an earlier connection. */
  synFollowedReset = false
  /** The window, not the application, held the last output back. */
  congestionLimited = false
  /** A segment whose round trip is being taken: the number after it, and when it went. */
  timing = false
  timedTo = 0
  timedAt = 0
  lastSentAt = 0
  /** An octet after the last segment that was short of full (`TcpHabits.nagle`). */
  shortTo: number | undefined
  lastReceivedAt = 0
  /** When text that is new came last. */
  lastTextAt = Number.NEGATIVE_INFINITY
  /** Since when the peer has acknowledged nothing new, with something outstanding. */
  progressAt = 0

  // Counted
  retransmits = 0
  tailProbes = 0
  undone = 0
  /** Segments that came marked, and reductions of the window upon what the peer said of marks (RFC 3168). */
  marksReceived = 0
  congestionEchoes = 0
  octetsSent = 0
  octetsReceived = 0
  octetsAcknowledged = 0
  segmentsSent = 0
  segmentsReceived = 0

  constructor(
    engine: TcpEngine,
    network: NetworkLayer,
    route: Route,
    localPort: number,
    remotePort: number,
    options: Readonly<ConnectionOptions>,
    onTimer: (block: ControlBlock) => void,
  ) {
    this.engine = engine
    this.network = network
    this.route = route
    this.localAddress = route.source
    this.localPort = localPort
    this.remoteAddress = route.destination
    this.remotePort = remotePort
    this.options = options
    this.fields = {
      timeToLive: options.timeToLive,
      trafficClass: options.trafficClass & ~ECN_FIELD,
      dontFragment: options.pathMtuDiscovery,
    }
    this.pathMtu = route.pathMtu
    this.quickAcks = engine.settings.habits.quickAcks
    this.sendRing = new ByteRing(engine.memory, 'TCP send buffers', options.sendBuffer)
    this.receiver = new TcpReceiveBuffer(engine.memory, options.receiveBuffer)
    this.sent = new SentSegments(engine.memory, engine.spareStretches)
    this.roundTrip = new TcpRoundTrip({
      minimum: engine.settings.minimumRetransmissionTimeout,
      maximum: engine.settings.maximumRetransmissionTimeout,
    })
    this.timers = new ConnectionTimers(() => onTimer(this))
  }

  /**
   * Takes the connection to the state that the chart says follows.
   * @throws RangeError where the chart has no such event in this state: a fault of the engine, not of a peer
   */
  transition(event: TcpEvent): void {
    const next = TRANSITIONS[this.state][event]
    if (next === undefined) throw new RangeError(`a connection in ${this.state} cannot have ${event}`)
    const previous = this.state
    this.application.noteTransition(previous, next)
    this.application.events |= CONNECTION_EVENT.state
    this.state = next
    if (next === 'TIME-WAIT') this.engine.timeWaiting.add(this)
    if (!this.engine.stateListeners.idle) this.engine.stateListeners.tell(this, next, previous)
  }

  needUndo(): Undo {
    this.undo ??= new Undo()
    return this.undo
  }

  /** The network has trouble that may pass: the application is notified. */
  noteSoftError(code: NetErrorCode): void {
    this.application.softError = code
    this.application.events |= CONNECTION_EVENT.softError
  }

  /** An octet number after the last that was written. */
  get dataEnd(): number {
    return (this.sndBase + this.sendRing.length) >>> 0
  }

  /** Text was written, or the stream closed, and not all of that was sent yet. */
  get hasUnsent(): boolean {
    return this.synAcknowledged && !this.finSent && (this.finQueued || this.sndNxt !== this.dataEnd)
  }

  /** FlightSize: sequence numbers sent and not acknowledged. */
  get flight(): number {
    return (this.sndNxt - this.sndUna) >>> 0
  }
}

/** Both directions carry data or may yet: what RFC 9293 3.4 calls synchronized. */
export function isSynchronized(state: TcpState): boolean {
  return state !== 'CLOSED' && state !== 'LISTEN' && state !== 'SYN-SENT' && state !== 'SYN-RECEIVED'
}
