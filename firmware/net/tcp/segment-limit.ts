/** How much text the next segment may have: the sender's maximum segment size, or less where the send buffer is small. */
import type { ControlBlock } from './control-block.js'

/** A receiver acknowledges every second segment at once, and may put off one by itself (RFC 9293 3.8.6.3, RFC 5681 4.2). */
const IN_FLIGHT = 2

/**
 * The send buffer is full, with less than two full segments. What is in it goes out in two halves (Eff.snd.MSS is only the most
 * that a segment may have, RFC 9293 3.7.1): as one segment it would be acknowledged when the receiver's timer for delayed
 * acknowledgements runs out, and until then nothing else could be sent.
 *
 * A buffer with room is not halved. What the application writes next makes the second segment, or there is no more to come
 * and nobody waits for the acknowledgement.
 */
export function isHalved(block: ControlBlock): boolean {
  const { sendRing } = block
  // Mostly there is memory for two full segments; what the budget would give is asked only where there is not.
  return sendRing.capacity < IN_FLIGHT * block.segmentSize && sendRing.free === 0
}

/** Octets of text that a segment of new data has at most. */
export function segmentLimit(block: ControlBlock, halved: boolean): number {
  return halved ? Math.ceil(block.sendRing.length / IN_FLIGHT) : block.segmentSize
}
