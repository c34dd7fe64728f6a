/** Lanes of the handshake station: the states of an end. */
import type { TcpState } from '../../../../firmware/net/tcp/states.js'
import type { LadderMark } from '../../ladder.js'
import { type EndLane, endLane } from '../../network/end-lane.js'
import type { Lane, LaneMark } from '../../protocol.js'
import { told } from '../../words/told.js'

export function tcpLane(lane: Omit<EndLane, 'row' | 'told'>, state: TcpState, states: readonly LadderMark[]): Lane {
  const { end, now } = lane
  const { from } = lane.window
  const marks = states.map(({ at, text }, i): LaneMark => {
    const until = states[i + 1]?.at ?? now
    return { from: at - from, to: until - from, text }
  })
  return endLane({
    ...lane,
    row: { name: told('handshake.lane.state'), marks },
    told: told('handshake.lane', { end: told(`ladder.end.${end}`), state }),
  })
}
