/** Lanes of the handshake station: the states of an end, and what it sends, from when it leaves to when it arrives or is lost. */
import type { TcpState } from '../../../../firmware/net/tcp/states.js'
import type { LadderMark } from '../../ladder.js'
import type { EndName, Flight } from '../../network/flights.js'
import { flagsText } from '../../network/frame-reading.js'
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
  const title = told(`handshake.end.${end}`)
  return {
    id: end,
    title,
    colour: end === 'client' ? 'pin' : 'far',
    points: NO_POINTS,
    bands: [],
    rows: [
      { name: told('handshake.row.state'), marks: lasting.filter(inside) },
      { name: told('handshake.row.sends'), marks: sentMarks(end, flights, from, now).filter(inside) },
    ],
    told: told('handshake.lane', { end: title, state }),
  }
}

function sentMarks(end: EndName, flights: readonly Flight[], from: number, now: number): LaneMark[] {
  return flights.flatMap(({ from: sender, sentAt, boxAt, reading, copies, deed, number }) => {
    if (sender !== end || sentAt === undefined || reading.kind !== 'tcp') return []
    const arrived = copies.flatMap(({ arrivedAt }) => (arrivedAt === undefined ? [] : [arrivedAt]))
    const ends = deed === 'drop' ? boxAt : arrived.length > 0 ? Math.max(...arrived) : undefined
    return [
      {
        from: sentAt - from,
        to: (ends ?? now) - from,
        text: flagsText(reading.flags),
        ...(number === undefined ? {} : { short: `${number}` }),
        ...(deed === 'drop' ? { wrong: true } : {}),
      },
    ]
  })
}
