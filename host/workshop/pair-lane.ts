/** The lane of a pair: its voltage, bits, octets and fields, and what a station knows of them beside: a recovered clock, packets. */
import { BIT_TIME } from '../../boards/ethernet/port.js'
import type { ClockedBit } from '../../boards/ethernet/waveform-receiver.js'
import type { PairProbe } from '../scope/pair-probe.js'
import { leastShown } from '../scope/svg.js'
import type { Mark } from '../scope/trace.js'
import { lanePoints } from './lane-points.js'
import type { Lane, LaneMark, LaneRow } from './protocol.js'
import type { LaneWindow } from './station.js'
import { voltsText } from './volts-text.js'
import { type PlainKey, type Told, told } from './words/told.js'

/** A frame as the receiver’s own clock has it. */
export interface RecoveredFrame {
  readonly from: number
  readonly to: number
  readonly bits: readonly ClockedBit[]
}

/** More marks in one row than this show nothing. */
const MOST_MARKS = 600

/** Names of rows and fields as the probe has them, and what they are called here; what is not among them is digits. */
const WORDS: Readonly<Record<string, PlainKey>> = {
  bits: 'rj45.row.bits',
  octets: 'rj45.row.octets',
  fields: 'rj45.row.fields',
  signal: 'rj45.row.signal',
  crosstalk: 'rj45.row.crosstalk',
  preamble: 'rj45.field.preamble',
  delimiter: 'rj45.field.delimiter',
  destination: 'rj45.field.destination',
  source: 'rj45.field.source',
  type: 'rj45.field.type',
  payload: 'rj45.field.payload',
  FCS: 'rj45.field.fcs',
  jam: 'rj45.field.jam',
  'start of idle': 'rj45.field.idle',
  frame: 'rj45.field.frame',
  'broken off': 'rj45.field.broken-off',
  'link test pulse': 'rj45.field.pulse',
  'crosstalk of what the board sends': 'rj45.row.crosstalk',
}

function worded(text: string): string | Told {
  const key = WORDS[text]
  return key === undefined ? text : told(key)
}

export interface PairLaneOptions {
  readonly id: string
  readonly title: Told
  readonly colour: Lane['colour']
  /** Rows under those of the pair, of the whole run: what is outside the window is left out. Instants of the run. */
  readonly beneath?: readonly LaneRow[]
}

export function pairLane(
  probe: PairProbe,
  window: LaneWindow,
  { id, title, colour, beneath = [] }: PairLaneOptions,
): Lane {
  const { from, to } = window
  const least = leastShown(window)
  const placed = (mark: Mark): LaneMark => ({
    from: mark.from - from,
    to: mark.to - from,
    text: worded(mark.text),
    ...(mark.short?.[0] === undefined ? {} : { short: mark.short[0] }),
    ...(mark.wrong === true ? { wrong: true } : {}),
  })
  const own = probe.rows(window, least).map(({ name, marks, coarse = [] }) => ({
    name: told(WORDS[name] ?? 'rj45.row.signal'),
    marks: (marks.length > 0 ? marks : coarse).slice(-MOST_MARKS).map(placed),
  }))
  const added = beneath.map(({ marks, ...row }) => ({
    ...row,
    marks: marks
      .filter((mark) => mark.to > from && mark.from < to)
      .map((mark) => ({ ...mark, from: mark.from - from, to: mark.to - from })),
  }))
  return {
    id,
    title,
    colour,
    points: lanePoints(probe.trace, window),
    bands: [{ from: -0.3, to: 0.3, text: told('rj45.band.squelch'), undefined: true }],
    rows: [...own, ...added].filter(({ marks }) => marks.length > 0),
    told: told('lane.volts', { lane: title, volts: voltsText(probe.trace.at(to)) }),
  }
}

/** The bits where the receiver's own clock has them; nothing where they have no room. */
export function clockRow(recovered: readonly RecoveredFrame[], window: LaneWindow): LaneRow[] {
  if (BIT_TIME < 4 * leastShown(window)) return []
  const marks = recovered
    .filter((frame) => frame.to > window.from && frame.from < window.to)
    .flatMap(({ bits }) => bits.map(({ at, bit }): LaneMark => ({ from: at, to: at + BIT_TIME, text: `${bit}` })))
  return [{ name: told('rj45.row.clock'), marks }]
}
