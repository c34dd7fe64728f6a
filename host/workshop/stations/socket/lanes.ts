/** Lanes of the socket station: the calls of an end, as long as they took, and what it sends. */
import type { EndName, Flight } from '../../network/flights.js'
import { sentMarks } from '../../network/sent-marks.js'
import type { Lane, LaneMark } from '../../protocol.js'
import type { LaneWindow } from '../../station.js'
import { told } from '../../words/told.js'
import type { CallRecord } from './program.js'

const NO_POINTS = new Float64Array(0)
/** A call that does not wait takes no time; what is drawn of it is a hundredth of what is seen. */
const LEAST_SHARE = 0.01

export function callsLane(
  end: EndName,
  calls: readonly CallRecord[],
  flights: readonly Flight[],
  { from, to }: LaneWindow,
  now: number,
): Lane {
  const inside = (mark: LaneMark) => mark.to > 0 && mark.from < to - from
  const least = LEAST_SHARE * (to - from)
  const made = calls.map(
    ({ at, ended, line, error }): LaneMark => ({
      from: at - from,
      to: Math.max(at + least, ended ?? now) - from,
      text: line.call,
      ...(error === undefined ? {} : { wrong: true }),
    }),
  )
  const title = told(`ladder.end.${end}`)
  const waiting = calls.find(({ ended }) => ended === undefined)
  return {
    id: end,
    title,
    colour: end === 'client' ? 'pin' : 'far',
    points: NO_POINTS,
    bands: [],
    rows: [
      { name: told('socket.lane.calls'), marks: made.filter(inside) },
      { name: told('ladder.lane.sends'), marks: sentMarks(end, flights, from, now).filter(inside) },
    ],
    told:
      waiting === undefined
        ? told('socket.lane.none', { end: title })
        : told('socket.lane.waits', { end: title, call: waiting.line.call }),
  }
}
