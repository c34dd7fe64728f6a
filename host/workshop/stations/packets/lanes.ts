/** Lanes of the packets station: of each cable the frames that pass it, one row a direction. */
import type { Lane, LaneMark, LaneRow } from '../../protocol.js'
import type { LaneWindow } from '../../station.js'
import { type PlainKey, told } from '../../words/told.js'
import type { PassedFrame } from './passed-frames.js'
import type { SegmentName } from './scene.js'

const TITLES: Readonly<Record<SegmentName, PlainKey>> = {
  board: 'packets.segment.board',
  neighbour: 'packets.segment.neighbour',
  'router-a': 'packets.segment.router-a',
  transit: 'packets.segment.transit',
  far: 'packets.segment.far',
}

export function segmentTitle(segment: SegmentName) {
  return told(TITLES[segment])
}

export function segmentLane(segment: SegmentName, frames: readonly PassedFrame[], window: LaneWindow): Lane {
  const own = frames.filter((frame) => frame.segment === segment)
  const row = (towards: 'right' | 'left'): LaneRow => ({
    name: told(towards === 'right' ? 'packets.row.right' : 'packets.row.left'),
    marks: own
      .filter((frame) => frame.towards === towards)
      .map(
        ({ from, to, sentence }): LaneMark => ({
          from: from - window.from,
          to: to - window.from,
          text: sentence.text,
          ...(sentence.wrong ? { wrong: true } : {}),
        }),
      ),
  })
  const title = segmentTitle(segment)
  return {
    id: segment,
    title,
    colour: segment === 'board' ? 'pin' : segment === 'far' ? 'far' : 'other',
    points: new Float64Array(0),
    bands: [],
    rows: [row('right'), row('left')],
    told: told('packets.lane', { segment: title, frames: own.length }),
  }
}
