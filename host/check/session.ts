/** What a run of checks, and a stack on this end, need of whatever speaks at a target's port. */
import type { InputPin } from '../../firmware/hal/pin.js'
import type { SpiRunner } from '../../firmware/hal/spi.js'
import type { LocalizableText } from '../text/keyed.js'
import type { ChipUnderTest, SerialAccess } from './context.js'
import type { CheckDescription, Counters } from './types.js'

export interface TargetSession extends SerialAccess, ChipUnderTest {
  readonly runner: SpiRunner
  /** Ends what runs on the chip, and what waits behind it, with this error: nobody waits for it any more. */
  abandonPrograms(error: Error): void
  /** Why a check means nothing with what is at the port; undefined when it does. */
  unavailable(check: CheckDescription): LocalizableText | undefined
  /** After a check that ended in an error: finds the board again. @returns whether it was lost, and is there now */
  recover(): Promise<boolean>
  /** Asks for the chip again after it was given back, where somebody had asked for it. @returns whether the board answers */
  lendAgain(): Promise<boolean>
  /** Opens a session where there is something to open: whether anybody answers within `limit` nanoseconds. */
  begin(limit: number): Promise<boolean>
  /** The chip's INT pin; undefined when a driver here has to poll. */
  watchInterrupt(): Promise<InputPin | undefined>
  /** Leaves the board as it was found. */
  handBack(): Promise<void>
  /** Counts for the report, by place. */
  counters(): Promise<Counters>
  /** Stops reading; the port stays open. */
  close(): Promise<void>
}
