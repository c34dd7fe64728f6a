/** Lanes of the bench: which check was under way, what passed on the serial line, what on the cable. */
import type { CableFrame } from '../../../../boards/ethernet/cable.js'
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import { printable } from '../../../../firmware/text/printable.js'
import type { Lane, LaneMark, LaneRow } from '../../protocol.js'
import type { LaneWindow } from '../../station.js'
import { type PlainKey, told } from '../../words/told.js'
import type { LineOctet } from './program-run.js'
import type { CheckStretch } from './suite-run.js'

/** More marks than a person tells apart, and than a page draws in a frame's time. */
const MOST_MARKS = 400
/** What is shorter than this part of the window is drawn as long: else nothing would be seen of it. */
const SHORTEST = 1 / 300

interface RowsOfMarks {
  readonly id: string
  readonly title: PlainKey
  readonly colour: Lane['colour']
  readonly rows: readonly LaneRow[]
  readonly told: Lane['told']
}

function laneOfRows({ title, ...lane }: RowsOfMarks): Lane {
  return { ...lane, title: told(title), points: new Float64Array(0), bands: [] }
}

/** Where it is drawn, from the window's left edge. */
function placed({ from, to }: { from: number; to: number }, window: LaneWindow): { from: number; to: number } {
  const least = SHORTEST * (window.to - window.from)
  return { from: from - window.from, to: Math.max(to, from + least) - window.from }
}

function within<T>(all: readonly T[], window: LaneWindow, of: (each: T) => { from: number; to: number }): T[] {
  return all
    .filter((each) => {
      const { from, to } = of(each)
      return to >= window.from && from <= window.to
    })
    .slice(-MOST_MARKS)
}

export function checksLane(stretches: readonly CheckStretch[], window: LaneWindow, now: number): Lane {
  const shown = within(stretches, window, ({ from, to = now }) => ({ from, to }))
  const marks = shown.map(
    ({ id, from, to = now, verdict }): LaneMark => ({
      ...placed({ from, to }, window),
      text: id,
      ...(verdict === 'fail' ? { wrong: true } : {}),
      ...(verdict === 'skip' ? { faint: true } : {}),
    }),
  )
  const failed = shown.filter(({ verdict }) => verdict === 'fail').length
  return laneOfRows({
    id: 'checks',
    title: 'bench.probe.checks',
    colour: 'pin',
    rows: [{ name: told('bench.row.checks'), marks }],
    told: told('bench.lane.checks', { checks: shown.length, failed }),
  })
}

export function lineLane(octets: readonly LineOctet[], window: LaneWindow): Lane {
  const shown = within(octets, window, ({ begins, ends }) => ({ from: begins, to: ends }))
  const row = (from: LineOctet['from'], name: PlainKey): LaneRow => ({
    name: told(name),
    marks: shown
      .filter((each) => each.from === from)
      .map(({ octet, begins, ends }) => ({
        ...placed({ from: begins, to: ends }, window),
        text: printable(String.fromCharCode(octet)),
      })),
  })
  return laneOfRows({
    id: 'line',
    title: 'bench.probe.line',
    colour: 'connector',
    rows: [row('board', 'bench.row.from-board'), row('you', 'bench.row.to-board')],
    told: told('bench.lane.line', { octets: shown.length }),
  })
}

export function cableLane(frames: readonly CableFrame[], window: LaneWindow): Lane {
  const span = ({ at, bits }: CableFrame) => ({ from: at, to: at + bits * BIT_TIME })
  const shown = within(frames, window, span)
  const row = (direction: CableFrame['direction'], name: PlainKey): LaneRow => ({
    name: told(name),
    marks: shown
      .filter((each) => each.direction === direction)
      .map((frame) => ({
        ...placed(span(frame), window),
        text: told('bench.frame', { octets: frame.sent.length }),
        ...(frame.loss === undefined ? {} : { wrong: true }),
      })),
  })
  return laneOfRows({
    id: 'cable',
    title: 'bench.probe.cable',
    colour: 'far',
    rows: [row('a-to-b', 'bench.row.from-board'), row('b-to-a', 'bench.row.to-board')],
    told: told('bench.lane.cable', { frames: shown.length }),
  })
}
