/** Lanes of the RJ-45 station: the voltage on a pair, its bits, octets and fields, and the clock that the receiver recovers. */
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import type { ClockedBit } from '../../../../boards/ethernet/waveform-receiver.js'
import type { PairProbe } from '../../../scope/pair-probe.js'
import { leastShown } from '../../../scope/svg.js'
import type { Mark } from '../../../scope/trace.js'
import { lanePoints } from '../../lane-points.js'
import type { Lane, LaneMark, LaneRow } from '../../protocol.js'
import type { LaneWindow } from '../../station.js'
import { voltsText } from '../../volts-text.js'
import { type PlainKey, type Told, told } from '../../words/told.js'

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

export function pairLane(
  id: 'rx' | 'tx',
  probe: PairProbe,
  window: LaneWindow,
  recovered: readonly RecoveredFrame[],
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
  const rows: LaneRow[] = probe
    .rows(window, least)
    .map(({ name, marks, coarse = [] }) => ({
      name: told(WORDS[name] ?? 'rj45.row.signal'),
      marks: (marks.length > 0 ? marks : coarse).slice(-MOST_MARKS).map(placed),
    }))
    .filter(({ marks }) => marks.length > 0)
  const clocked = BIT_TIME >= 4 * least ? clockRow(recovered, window) : undefined
  if (clocked !== undefined) rows.push(clocked)
  const title = told(id === 'rx' ? 'rj45.probe.rx' : 'rj45.probe.tx')
  return {
    id,
    title,
    colour: id === 'rx' ? 'connector' : 'far',
    points: lanePoints(probe.trace, window),
    bands: [{ from: -0.3, to: 0.3, text: told('rj45.band.squelch'), undefined: true }],
    rows,
    told: told('lane.volts', { lane: title, volts: voltsText(probe.trace.at(to)) }),
  }
}

/** The bits where the receiver's own clock has them. */
function clockRow(recovered: readonly RecoveredFrame[], { from, to }: LaneWindow): LaneRow | undefined {
  const marks = recovered
    .filter((frame) => frame.to > from && frame.from < to)
    .flatMap(({ bits }) =>
      bits
        .filter(({ at }) => at + BIT_TIME > from && at < to)
        .map(({ at, bit }): LaneMark => ({ from: at - from, to: at + BIT_TIME - from, text: `${bit}` })),
    )
  return marks.length === 0 ? undefined : { name: told('rj45.row.clock'), marks }
}
