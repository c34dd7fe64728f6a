/** What one learner may take of a class, and how long the wire waits for whom. */
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'

export interface ClassLimits {
  /** Frames a second of the class's clock, and at once. */
  readonly framesPerSecond: number
  readonly framesAtOnce: number
  /** Octets a second of the class's clock, and at once. */
  readonly octetsPerSecond: number
  readonly octetsAtOnce: number
  /** Frames that wait for their instant. */
  readonly framesWaiting: number
  /** Messages a second of wall time, and at once, whatever they hold. */
  readonly messagesPerSecond: number
  readonly messagesAtOnce: number
  /** Octets that a learner's network has not taken yet. */
  readonly octetsUnsent: number
  /** For so long of wall time each frame waits, so that what was sent at one instant meets, ns. */
  readonly wait: number
  /** Who has not heard what was said so long ago is unplugged, ns of wall time. */
  readonly lag: number
  /** Who has not said within this time what he comes for is not waited for, ns of wall time. */
  readonly silence: number
  /** Connections that have not said yet what they come for; teachers. */
  readonly strangers: number
  readonly teachers: number
  /** Places that one computer may take; that of the teacher as many as there are. */
  readonly placesEach: number
}

export const CLASS_LIMITS: ClassLimits = {
  framesPerSecond: 800,
  framesAtOnce: 400,
  octetsPerSecond: 1_000_000,
  octetsAtOnce: 500_000,
  framesWaiting: 128,
  messagesPerSecond: 2_000,
  messagesAtOnce: 4_000,
  octetsUnsent: 1 << 20,
  wait: 60 * MILLISECOND,
  lag: 10 * SECOND,
  silence: 5 * SECOND,
  strangers: 64,
  teachers: 4,
  placesEach: 4,
}
