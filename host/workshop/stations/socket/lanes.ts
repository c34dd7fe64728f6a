/** Lanes of the socket station: the calls of an end, as long as they took. */
import { type EndLane, endLane } from '../../network/end-lane.js'
import type { Lane, LaneMark } from '../../protocol.js'
import { told } from '../../words/told.js'
import type { CallRecord } from './program.js'

/** A call that does not wait takes no time; what is drawn of it is a hundredth of what is seen. */
const LEAST_SHARE = 0.01

export function callsLane(lane: Omit<EndLane, 'row' | 'told'>, calls: readonly CallRecord[]): Lane {
  const { end, now } = lane
  const { from, to } = lane.window
  const least = LEAST_SHARE * (to - from)
  const marks = calls.map(
    ({ at, ended, line, error }): LaneMark => ({
      from: at - from,
      to: Math.max(at + least, ended ?? now) - from,
      text: line.call,
      ...(error === undefined ? {} : { wrong: true }),
    }),
  )
  const title = told(`ladder.end.${end}`)
  const waiting = calls.find(({ ended }) => ended === undefined)
  return endLane({
    ...lane,
    row: { name: told('socket.lane.calls'), marks },
    told:
      waiting === undefined
        ? told('socket.lane.none', { end: title })
        : told('socket.lane.waits', { end: title, call: waiting.line.call }),
  })
}
