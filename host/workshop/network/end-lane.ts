/** The lane of one of two ends: what its station tells of it, and under it what it sends, from when it leaves to when it arrives or is lost. */
import type { Lane, LaneMark, LaneRow } from '../protocol.js'
import type { LaneWindow } from '../station.js'
import { type Told, told } from '../words/told.js'
import type { EndName, Flight } from './flights.js'
import { sentMarks } from './sent-marks.js'

const NO_POINTS = new Float64Array(0)

export interface EndLane {
  readonly end: EndName
  /** The station's own row: all of its marks. */
  readonly row: LaneRow
  readonly flights: readonly Flight[]
  readonly window: LaneWindow
  readonly now: number
  readonly told: Told
}

export function endLane({ end, row, flights, window: { from, to }, now, told: sentence }: EndLane): Lane {
  const inside = (mark: LaneMark) => mark.to > 0 && mark.from < to - from
  return {
    id: end,
    title: told(`ladder.end.${end}`),
    colour: end === 'client' ? 'pin' : 'far',
    points: NO_POINTS,
    bands: [],
    rows: [
      { ...row, marks: row.marks.filter(inside) },
      { name: told('ladder.lane.sends'), marks: sentMarks(end, flights, from, now).filter(inside) },
    ],
    told: sentence,
  }
}
