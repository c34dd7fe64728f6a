/** Lanes of the controller station: the SPI wires at the controller’s pins with bits, octets and instructions; INT, RESET, the supplies. */

import type { SupplyProbe } from '../../../scope/supply-probe.js'
import { leastShown } from '../../../scope/svg.js'
import type { EdgeTrace } from '../../../scope/trace.js'
import { lanePoints } from '../../lane-points.js'
import type { Lane, LaneBand, LaneMark, LaneRow } from '../../protocol.js'
import type { LaneWindow } from '../../station.js'
import { voltsText } from '../../volts-text.js'
import { type PlainKey, told } from '../../words/told.js'
import type { KeptTransfer } from './spi-history.js'

export const SPI_PROBES = ['cs', 'sck', 'mosi', 'miso'] as const
export type SpiProbeName = (typeof SPI_PROBES)[number]

const TITLES: Readonly<Record<SpiProbeName, PlainKey>> = {
  cs: 'controller.probe.cs',
  sck: 'controller.probe.sck',
  mosi: 'controller.probe.mosi',
  miso: 'controller.probe.miso',
}

/** More bits than this are drawn as a block a transfer: no picture shows them. */
const MOST_BITS = 1_200
const MOST_MARKS = 400

/** What reads it, the controller: 0.3 and 0.6 V_CC (ATmega328P, DS40002061B 29.2). */
function logicBands(supply: number): LaneBand[] {
  return [
    { from: 0.6 * supply, to: supply, text: told('controller.band.high') },
    { from: 0.3 * supply, to: 0.6 * supply, text: told('controller.band.undefined'), undefined: true },
    { from: 0, to: 0.3 * supply, text: told('controller.band.low') },
  ]
}

/** The level of a wire during a bit; undefined: nobody drives it. */
function bitOf(probe: SpiProbeName, { write, read }: KeptTransfer, octet: number, place: number): 0 | 1 | undefined {
  const value = probe === 'mosi' ? (write[octet] ?? 0) : octet < write.length ? undefined : read[octet - write.length]
  return value === undefined ? undefined : (((value >> (7 - place)) & 1) as 0 | 1)
}

export function spiLane(
  probe: SpiProbeName,
  supply: number,
  pulled: number,
  transfers: readonly KeptTransfer[],
  window: LaneWindow,
): Lane {
  const { from, to } = window
  const rest = probe === 'cs' ? supply : probe === 'miso' ? pulled : 0
  const points: number[] = [0, rest]
  let level = rest
  const go = (at: number, volts: number) => {
    if (volts === level) return
    const place = Math.min(Math.max(at, from), to) - from
    points.push(place, level, place, volts)
    level = volts
  }
  const bits = transfers.reduce((sum, { write, read }) => sum + 8 * (write.length + read.length), 0)
  for (const transfer of transfers) {
    const first = transfer.from + (transfer.to - transfer.from - bitsOf(transfer) * transfer.period)
    if (probe === 'cs') {
      go(transfer.from, 0)
      go(transfer.to, supply)
      continue
    }
    if (bits > MOST_BITS) {
      go(first, supply)
      go(transfer.to, 0)
      go(transfer.to, rest)
      continue
    }
    for (let i = 0; i < bitsOf(transfer); i++) {
      const at = first + i * transfer.period
      if (at > to || at + transfer.period < from) continue
      if (probe === 'sck') {
        go(at + transfer.period / 2, supply)
        go(at + transfer.period, 0)
      } else {
        const bit = bitOf(probe, transfer, i >> 3, i & 7)
        go(at, bit === undefined ? pulled : bit * supply)
      }
    }
    go(transfer.to, rest)
  }
  points.push(to - from, level)
  const title = told(TITLES[probe])
  return {
    id: probe,
    title,
    colour: probe === 'mosi' ? 'pin' : probe === 'miso' ? 'connector' : 'other',
    points: Float64Array.from(points),
    bands: logicBands(supply),
    rows: probe === 'mosi' || probe === 'miso' ? spiRows(probe, transfers, window) : [],
    told: told('lane.volts', { lane: title, volts: voltsText(level) }),
  }
}

const bitsOf = ({ write, read }: KeptTransfer) => 8 * (write.length + read.length)

function spiRows(probe: 'mosi' | 'miso', transfers: readonly KeptTransfer[], window: LaneWindow): LaneRow[] {
  const { from } = window
  const least = leastShown(window)
  const bits: LaneMark[] = []
  const octets: LaneMark[] = []
  const instructions: LaneMark[] = []
  for (const transfer of transfers) {
    const { write, read, period, decoded } = transfer
    const first = transfer.to - bitsOf(transfer) * period
    if (probe === 'mosi')
      instructions.push({
        from: transfer.from - from,
        to: transfer.to - from,
        text: decoded.text,
        short: decoded.instruction,
        ...(decoded.instruction === '?' ? { wrong: true } : {}),
      })
    for (let i = 0; i < write.length + read.length; i++) {
      const at = first + 8 * i * period
      if (at > window.to || at + 8 * period < from || 8 * period < least) continue
      const driven = probe === 'mosi' || i >= write.length
      const value = probe === 'mosi' ? (write[i] ?? 0) : read[i - write.length]
      const place = { from: at - from, to: at + 8 * period - from }
      if (!driven) octets.push({ ...place, text: told('controller.not-driven'), short: 'z' })
      else octets.push({ ...place, text: value.toString(16).toUpperCase().padStart(2, '0') })
      if (!driven || period < least) continue
      for (let place = 0; place < 8; place++) {
        const bit = at + place * period - from
        bits.push({ from: bit, to: bit + period, text: `${bitOf(probe, transfer, i, place)}` })
      }
    }
  }
  const rows: LaneRow[] = [
    { name: told('controller.row.bits'), marks: bits.slice(-MOST_MARKS) },
    { name: told('controller.row.octets'), marks: octets.slice(-MOST_MARKS) },
    { name: told('controller.row.instruction'), marks: instructions.slice(-MOST_MARKS) },
  ]
  return rows.filter(({ marks }) => marks.length > 0)
}

/** A pin that goes from level to level now and then. */
export function pinLane(id: 'int' | 'reset', trace: EdgeTrace, supply: number, window: LaneWindow): Lane {
  const title = told(id === 'int' ? 'controller.probe.int' : 'controller.probe.reset')
  return {
    id,
    title,
    colour: 'far',
    points: lanePoints(trace, window),
    bands: logicBands(supply),
    rows: [],
    told: told('lane.volts', { lane: title, volts: voltsText(trace.at(window.to)) }),
  }
}

export function supplyLane(id: 'vcc' | '3v3', probe: SupplyProbe, window: LaneWindow): Lane {
  const title = told(id === 'vcc' ? 'controller.probe.vcc' : 'controller.probe.3v3')
  const [{ to }] = probe.levels
  return {
    id,
    title,
    colour: 'other',
    points: lanePoints(probe.trace, window),
    bands: [
      {
        from: 0,
        to,
        text: told(id === 'vcc' ? 'controller.band.brown-out' : 'controller.band.resets'),
        undefined: true,
      },
    ],
    rows: [],
    told: told('lane.volts', { lane: title, volts: voltsText(probe.trace.at(window.to)) }),
  }
}
