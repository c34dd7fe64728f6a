/** An end of a wire that can be looked into: its frames, and the connections of its stack. */
import type { Stack } from '../../firmware/stack.js'
import type { FrameWatch } from './frame-watch.js'

export interface WatchedEnd {
  /** As a person calls it. */
  readonly name: string
  readonly stack: Pick<Stack, 'tcp'>
  readonly watch: FrameWatch
}
