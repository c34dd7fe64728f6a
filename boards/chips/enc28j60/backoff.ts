/** Truncated binary exponential backoff (IEEE 802.3 4.2.3.2.5). */
import type { Random } from '../../../firmware/hal/random.js'
import { BACKOFF_LIMIT } from '../../ethernet/transmitter.js'

/** Slots to wait after the n-th collision in a row: 0 up to 2^min(n, 10) - 1, each as likely. */
export function backoffSlots(random: Random, collision: number): number {
  return random.below(2 ** Math.min(collision, BACKOFF_LIMIT))
}
