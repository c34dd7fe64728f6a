/** Waits in virtual time for a frame. */

import { SECOND } from '../../firmware/hal/clock.js'
import type { LabTime } from '../lab-time.js'
import { WaitError, type Waiter, withMessage } from '../lab-time.js'
import { SKETCH_TIMEOUT, type WaitOptions } from '../sketch/serial.js'
import { type FramePattern, patternWords } from './frame-pattern.js'
import { type LabLog, type LoggedFrame, loggedMatches } from './lab-log.js'

export interface FrameWaitOptions extends WaitOptions {
  /** The first frame of the lab that may be meant, by its number; one that is still to come by default. */
  readonly from?: number
  /** Which of the frames on all cables may be meant; any by default. */
  readonly wanted?: (frame: LoggedFrame) => boolean
}

/**
 * @throws WaitError when none came in time
 */
export function awaitFrame(
  log: LabLog,
  time: LabTime,
  pattern: FramePattern,
  { timeout = SKETCH_TIMEOUT, from = log.frameCount, wanted = () => true }: FrameWaitOptions = {},
): Promise<LoggedFrame> {
  const isMeant = (frame: LoggedFrame) => wanted(frame) && loggedMatches(pattern, frame)
  // Made here, so that its trace leads to who waits.
  const late = new WaitError('')
  return new Promise((resolve, reject) => {
    let found = log.frames.find((frame) => frame.number >= from && isMeant(frame))
    if (found !== undefined) found.expected = true
    const waiter: Waiter = {
      attempt: () => {
        if (found === undefined) return false
        stop()
        resolve(found)
        return true
      },
      deadline: time.now + timeout,
      eager: false,
      timed: true,
      expire: () => {
        stop()
        reject(
          withMessage(
            late,
            `no frame like ${patternWords(pattern)} was sent within ${timeout / SECOND} s of simulated time`,
          ),
        )
      },
      fail: (error) => {
        stop()
        reject(error)
      },
    }
    const stop = log.onFrame((frame) => {
      if (found !== undefined || !isMeant(frame)) return
      found = frame
      frame.expected = true
      time.wake(waiter)
    })
    time.add(waiter)
  })
}
