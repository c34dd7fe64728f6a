/** Lanes of the handshake station: the states of an end, and what it sends, from when it leaves to when it arrives or is lost. */
import type { TcpState } from '../../../../firmware/net/tcp/states.js'
import type { LadderMark } from '../../ladder.js'
import type { EndName, Flight } from '../../network/flights.js'
import { sentMarks } from '../../network/sent-marks.js'
import type { Lane, LaneMark } from '../../protocol.js'
import type { LaneWindow } from '../../station.js'
import { told } from '../../words/told.js'

const NO_POINTS = new Float64Array(0)

export function tcpLane(
  end: EndName,
  state: TcpState,
  states: readonly LadderMark[],
  flights: readonly Flight[],
  window: LaneWindow,
  now: number,
): Lane {
  const { from, to } = window
  const inside = (mark: LaneMark) => mark.to > 0 && mark.from < to - from
  const lasting = states.map(({ at, text }, i): LaneMark => {
    const until = states[i + 1]?.at ?? now
    return { from: at - from, to: until - from, text }
  })
  const title = told(`ladder.end.${end}`)
  return {
    id: end,
    title,
    colour: end === 'client' ? 'pin' : 'far',
    points: NO_POINTS,
    bands: [],
    rows: [
      { name: told('handshake.lane.state'), marks: lasting.filter(inside) },
      { name: told('ladder.lane.sends'), marks: sentMarks(end, flights, from, now).filter(inside) },
    ],
    told: told('handshake.lane', { end: title, state }),
  }
}
