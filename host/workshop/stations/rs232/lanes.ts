/** Lanes of the RS-232 station: a voltage, what a receiver of its standard makes of it, and rows of meaning. */
import type { LineStandard } from '../../../../boards/rs232/standards.js'
import type { Trace } from '../../../scope/trace.js'
import { lanePoints } from '../../lane-points.js'
import type { Lane, LaneBand, LaneColour, LaneMark, LaneRow } from '../../protocol.js'
import type { LaneWindow } from '../../station.js'
import { voltsText } from '../../volts-text.js'
import { told } from '../../words/told.js'

const TITLES = {
  pin: 'rs232.probe.pin',
  rx: 'rs232.probe.rx',
  cts: 'rs232.probe.cts',
  'as-rs-232': 'rs232.probe.rs-232',
  'as-rs-422': 'rs232.probe.rs-422',
  'as-v.35': 'rs232.probe.v.35',
  'as-ttl': 'rs232.probe.ttl',
} as const
export type Rs232Probe = keyof typeof TITLES

const COLOURS: Readonly<Partial<Record<Rs232Probe, LaneColour>>> = { pin: 'pin', rx: 'connector' }
const ROWS = {
  bits: 'rs232.row.bits',
  sent: 'rs232.row.sent',
  samples: 'rs232.row.samples',
  received: 'rs232.row.received',
} as const

export function rs232Lane(name: keyof typeof ROWS, marks: readonly LaneMark[]): LaneRow {
  return { name: told(ROWS[name]), marks }
}

/** Far beyond every level. */
const BEYOND = 100

/** What the standard says of a voltage: the band in which it says nothing, and what lies on either side. */
function bandsOf({ receiver, limits }: LineStandard, control: boolean): LaneBand[] {
  const [low, high] = limits.undefinedWithin
  const above = receiver.highIs === 1
  const word = (mark: boolean) =>
    control ? told(mark ? 'rs232.band.off' : 'rs232.band.on') : told(mark ? 'rs232.band.mark' : 'rs232.band.space')
  return [
    { from: high, to: BEYOND, text: word(above) },
    { from: low, to: high, text: told('rs232.band.undefined'), undefined: true },
    { from: -BEYOND, to: low, text: word(!above) },
  ]
}

/** Marks are counted from the window's left edge, as corners are. */
export function voltLane(
  id: Rs232Probe,
  trace: Trace,
  standard: LineStandard,
  window: LaneWindow,
  rows: readonly LaneRow[],
): Lane {
  const { from, to } = window
  const title = told(TITLES[id])
  return {
    id,
    title,
    colour: COLOURS[id] ?? 'other',
    points: lanePoints(trace, window),
    bands: bandsOf(standard, id === 'cts'),
    rows: rows.map((row) => ({
      ...row,
      marks: row.marks.map((mark) => ({ ...mark, from: mark.from - from, to: mark.to - from })),
    })),
    told: told('lane.volts', { lane: title, volts: voltsText(trace.at(to)) }),
  }
}
