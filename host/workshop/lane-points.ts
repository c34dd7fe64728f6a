import type { Trace } from '../scope/trace.js'
import type { LaneWindow } from './station.js'

/** The corners of a voltage in a window, instant and volts in turn. Instants are counted from its left edge, which is all that a page needs of time. */
export function lanePoints(trace: Pick<Trace, 'points'>, { from, to }: LaneWindow): Float64Array {
  const corners = trace.points(from, to)
  const points = new Float64Array(2 * corners.length)
  for (const [i, [at, volts]] of corners.entries()) {
    points[2 * i] = at - from
    points[2 * i + 1] = volts
  }
  return points
}
