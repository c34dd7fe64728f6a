/**
 * A wire for the commands that use the stack: in a lab with a board at its other end, in virtual time, or on a TAP device, in
 * real time. Both wait in the same way: until a condition holds, asked after everything that happens.
 */
import type { Clock } from '../../firmware/hal/clock.js'
import type { Stack } from '../../firmware/stack.js'
import type { FrameWatch } from './frame-watch.js'
import type { WatchedEnd } from './watched-end.js'

export interface ClientWire {
  /** This end. */
  readonly stack: Stack
  readonly clock: Clock
  readonly watches: readonly FrameWatch[]
  /** The other end, where it is ours as well. */
  readonly far: WatchedEnd | undefined
  /** To be called when something changed that somebody may wait for: `socket.onReady(wire.changed)`. */
  readonly changed: () => void
  /**
   * Lets time pass until `condition` holds.
   * @param limit nanoseconds; without limit where left out
   * @returns whether it holds
   */
  until(condition: () => boolean, limit?: number): Promise<boolean>
  close(): Promise<void>
}
