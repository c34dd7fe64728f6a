/** The partner as checks by hand meet it: whether there is one, that it knows where we are, and what it is asked. */
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { keyed } from '../../text/keyed.js'
import type { CheckContext, NetworkPlan } from '../context.js'
import type { FrameBench } from '../frame-bench.js'
import { arpReply, arpRequest, type Echo, echoRequest } from '../frames.js'
import type { Outcome } from '../types.js'

const ANSWER_LIMIT = 30 * MILLISECOND
const ATTEMPTS = 3

/** Checks that need an answering peer are skipped, with the reason, where none answered and none had to. */
export function withoutPeer({ network }: CheckContext): Outcome | undefined {
  if (network.peerStation !== undefined) return undefined
  return { measurements: [], verdict: 'skip', reason: keyed('peer.none', { peer: network.peerName }) }
}

/** An echo request from us to the partner, which has answered (`withoutPeer`). */
export function echoToPeer(network: NetworkPlan, echo: Pick<Echo, 'identifier' | 'sequence' | 'data'>): Uint8Array {
  return echoRequest({
    from: { mac: network.chip.address, address: network.address },
    to: { mac: network.peerStation!, address: network.peer },
    ...echo,
  })
}

/**
 * Asks the partner for its address, so that it hears ours (RFC 826, packet reception). Its entry for us ages while a slow serial line is
 * at work, and frames by hand answer no request. Call it when the bench has begun; what comes meanwhile is read and dropped.
 */
export function* introduce(bench: FrameBench, network: NetworkPlan): SpiProgram<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    yield* bench.transmit(arpRequest(network.chip.address, network.address, network.peer))
    const answer = yield* bench.waitFor(ANSWER_LIMIT, (frame) =>
      arpReply(frame)?.senderAddress === network.peer ? frame : undefined,
    )
    if (answer !== undefined) return
  }
}
