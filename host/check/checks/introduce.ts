/** Before the partner is asked for echoes by hand: it is to know where we are. */

import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { NetworkPlan } from '../context.js'
import type { FrameBench } from '../frame-bench.js'
import { arpReply, arpRequest } from '../frames.js'

const ANSWER_LIMIT = 30 * MILLISECOND
const ATTEMPTS = 3

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
