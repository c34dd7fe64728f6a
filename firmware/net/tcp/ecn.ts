/**
 * Explicit congestion notification (RFC 3168 6.1): a router that is about to be full marks datagrams whose sender can take that for a loss,
 * instead of dropping them. The receiver says so in its acknowledgements until the sender has heard it.
 */
import { ACK, CWR, ECE, SYN } from '../wire/tcp.js'
import type { TcpView } from '../wire/tcp-view.js'
import type { ControlBlock } from './control-block.js'
import { CONGESTION_EXPERIENCED, EcnAgreement } from './ecn-agreement.js'
import { after } from './sequence.js'

/** The control bits of a SYN of ours: an ECN-setup SYN, once; sent again it is without, in case that somebody on the way drops such (6.1.1.1). */
export function synBits(block: ControlBlock): number {
  return block.options.ecn === 'request' && block.synRetransmissions === 0 ? SYN | ECE | CWR : SYN
}

/** Those of a SYN,ACK. */
export function synAckBits(block: ControlBlock): number {
  return block.ecn === undefined ? SYN | ACK : SYN | ACK | ECE
}

/** What a SYN or SYN,ACK of the peer says of it, with what ours said or is to say (6.1.1). */
export function agreeEcn(block: ControlBlock, segment: TcpView): EcnAgreement | undefined {
  const { ecn } = block.options
  const bits = segment.flags & (ECE | CWR)
  const agreed =
    (segment.flags & ACK) === 0
      ? ecn !== 'off' && isSetupSyn(segment)
      : ecn === 'request' && !block.passive && bits === ECE
  return agreed ? new EcnAgreement(block.passive || block.synRetransmissions === 0) : undefined
}

/** An ECN-setup SYN. */
export function isSetupSyn(segment: TcpView): boolean {
  return (segment.flags & (ECE | CWR)) === (ECE | CWR)
}

/** A segment in the window: a mark begins the echo, the sender's CWR ends it. Of one without text neither means anything (6.1.4). */
export function noteMark(block: ControlBlock, segment: TcpView): void {
  const { ecn } = block
  if (ecn === undefined || segment.payloadEnd === segment.payloadAt) return
  if ((segment.flags & CWR) !== 0) ecn.echoing = false
  if (segment.codepoint !== CONGESTION_EXPERIENCED) return
  ecn.echoing = true
  block.marksReceived++
  block.engine.counting.marksReceived++
}

/** Takes what an acknowledgement says of marks. @returns whether it tells of one: the window does not grow by it */
export function takeEcho(block: ControlBlock, segment: TcpView): boolean {
  const { ecn } = block
  if (ecn === undefined) return false
  if (ecn.reducedAt !== undefined && after(segment.acknowledgement, ecn.reducedAt)) ecn.reducedAt = undefined
  return (segment.flags & ECE) !== 0
}

/**
 * A mark means what a loss means, once for a window of data, and nothing is sent again (6.1.2).
 * @param flight octets under way before the acknowledgement
 */
export function reduceForEcho(block: ControlBlock, flight: number): void {
  const { ecn, congestion, engine } = block
  if (ecn === undefined || congestion === undefined) return
  if (block.recovery !== 'none' || ecn.reducedAt !== undefined) return
  congestion.onCongestion(flight, engine.clock.now)
  // There is nothing wrong with this one: what a false loss took before cannot be had back from it.
  block.undo?.end()
  noteReduction(block)
  block.congestionEchoes++
  engine.counting.congestionEchoes++
}

/** The window was reduced, for whatever reason: the receiver is to know (6.1.2). */
export function noteReduction(block: ControlBlock): void {
  const { ecn } = block
  if (ecn === undefined) return
  ecn.reduced = true
  ecn.reducedAt = block.sndNxt
}
