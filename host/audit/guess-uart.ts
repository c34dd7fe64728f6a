/** Rate and format of a UART by its edges. */
import { type LineEdges, readUart, type UartFormat, type UartReading } from './uart-line.js'

/** Rates that devices are set to. */
const RATES = [
  300, 600, 1200, 2400, 4800, 9600, 14_400, 19_200, 28_800, 31_250, 38_400, 57_600, 74_880, 76_800, 115_200, 230_400,
  250_000, 460_800, 500_000, 576_000, 921_600, 1_000_000, 1_500_000, 2_000_000, 3_000_000,
] as const

/** How far a sender may be off for its receiver to read it (half a bit in ten). */
const OFF = 0.05
const FORMATS: readonly UartFormat[] = [
  { dataBits: 8, parity: 'none' },
  { dataBits: 7, parity: 'even' },
  { dataBits: 7, parity: 'odd' },
  { dataBits: 8, parity: 'even' },
  { dataBits: 8, parity: 'odd' },
  { dataBits: 9, parity: 'none' },
  { dataBits: 7, parity: 'none' },
  { dataBits: 6, parity: 'none' },
  { dataBits: 5, parity: 'none' },
]
/** Octets in which a parity that is right all the time is none by chance. */
const PARITY_BY_CHANCE = 12
/** Different octets, of which a bit that is the same in all is no chance. */
const MANY_VALUES = 12
/** Fewer tell no format from another: they are taken for 8N1. */
const FEW_EDGES = 60
/** What it costs that no device is set to a rate. */
const UNUSUAL_RATE = 0.02
/** What it costs that no pulse is a bit long. */
const NO_SINGLE_BIT = 0.1
/** Looked at to find rate and format. */
const EDGES_LOOKED_AT = 20_000

/** What is known of it. */
export interface UartGiven {
  /** Symbols a second. */
  readonly rate: number | undefined
  readonly format: UartFormat | undefined
}

export interface UartGuess {
  /** Symbols a second: one of those that devices are set to where it is near enough. */
  readonly rate: number
  /** Symbols a second as measured. */
  readonly measured: number
  readonly format: UartFormat
  readonly reading: UartReading
}

/** @param given what is known @returns undefined where there are too few edges */
export function guessUart(edges: LineEdges, given: UartGiven): UartGuess | undefined {
  if (edges.times.length < 2) return undefined
  const some = { ...edges, times: edges.times.subarray(0, EDGES_LOOKED_AT) }
  const formats = given.format !== undefined ? [given.format] : edges.times.length < FEW_EDGES ? [FORMATS[0]] : FORMATS
  const rates = given.rate === undefined ? candidates(some) : [given.rate]
  let best: { rate: number; format: UartFormat; cost: number } | undefined
  for (const rate of rates) {
    for (const format of formats) {
      const cost = costOf(some, rate, format, formats.length === 1)
      if (best === undefined || cost < best.cost - 1e-9) best = { rate, format, cost }
    }
  }
  if (best === undefined) return undefined
  const { rate } = best
  const format =
    given.format ??
    (edges.times.length < FEW_EDGES ? best.format : withoutRest(best.format, readUart(some, 1e9 / rate, best.format)))
  return { rate, format, measured: measure(some, rate), reading: readUart(edges, 1e9 / rate, format) }
}

/** Rates of which a bit is at least three samples, and no shorter than half the shortest pulse; beside them the pulse's own. */
function candidates({ times, period }: LineEdges): readonly number[] {
  let shortest = Number.POSITIVE_INFINITY
  for (let i = 1; i < times.length; i++) shortest = Math.min(shortest, times[i] - times[i - 1])
  const fitting = RATES.filter((rate) => 1e9 / rate >= Math.max(3 * period, shortest / 2))
  return [...[...fitting].reverse(), 1e9 / shortest]
}

/** Highest bits that are always 1 are the line at rest: there are fewer data bits. Text has 0 there. */
function withoutRest({ dataBits, parity }: UartFormat, { octets }: UartReading): UartFormat {
  const all = octets.reduce((bits, { value }) => bits & value, 0x1ff)
  const values = new Set(octets.map(({ value }) => value))
  let bits: number = dataBits
  while (parity === 'none' && values.size >= MANY_VALUES && bits > 5 && (all >> (bits - 1)) & 1) bits--
  return { dataBits: bits as UartFormat['dataBits'], parity }
}

/** How badly octets come out, 0 for not at all; less likely formats cost a little. */
function costOf(edges: LineEdges, rate: number, format: UartFormat, only: boolean): number {
  const bitTime = 1e9 / rate
  const { octets, falseStarts } = readUart(edges, bitTime, format)
  if (octets.length === 0) return Number.POSITIVE_INFINITY
  const bad =
    octets.filter(({ frameError, parityError }) => frameError || parityError).length +
    octets.filter(({ glitch }) => glitch).length / 2 +
    falseStarts.length / 2
  const place = FORMATS.findIndex(({ dataBits, parity }) => dataBits === format.dataBits && parity === format.parity)
  let cost = bad / octets.length + misfit(edges, bitTime) + (isUsualRate(rate) ? 0 : UNUSUAL_RATE)
  if (only) return cost
  const values = new Set(octets.map(({ value }) => value))
  // 7E1 has the length of 8N1, and 8E1 that of 9N1: it is parity where it is right all the time, and not always the same.
  const proven =
    format.parity !== 'none' &&
    bad === 0 &&
    octets.length >= PARITY_BY_CHANCE &&
    values.size > 3 &&
    bothParities(octets)
  cost += proven ? -0.01 : 0.001 * place + (format.parity === 'none' ? 0 : 0.004)
  return cost
}

/** Whether devices are set to this rate. */
export function isUsualRate(rate: number): boolean {
  return RATES.some((each) => each === rate)
}

function bothParities(octets: UartReading['octets']): boolean {
  const parities = new Set(
    octets.map(({ value }) => {
      let parity = 0
      for (let rest = value; rest !== 0; rest &= rest - 1) parity ^= 1
      return parity
    }),
  )
  return parities.size === 2
}

/** How far pulses are from whole bits, as a share of their length; gaps between octets are left out. Where none is a single bit, the rate is too fast. */
function misfit({ times }: LineEdges, bitTime: number): number {
  let [off, length, single] = [0, 0, false]
  for (let i = 1; i < times.length; i++) {
    const bits = (times[i] - times[i - 1]) / bitTime
    if (bits > 9.5) continue
    off += Math.abs(bits - Math.max(1, Math.round(bits)))
    length += bits
    single ||= bits > 0.7 && bits < 1.5
  }
  return length === 0 ? 1 : off / length + (single ? 0 : NO_SINGLE_BIT)
}

/** The mean of a bit's length, over the pulses that are whole bits long. */
function measure({ times }: LineEdges, rate: number): number {
  let [bits, length] = [0, 0]
  for (let i = 1; i < times.length; i++) {
    const width = times[i] - times[i - 1]
    const whole = Math.round((width * rate) / 1e9)
    if (whole < 1 || whole > 9 || Math.abs((width * rate) / 1e9 - whole) > Math.max(OFF * whole, 0.15)) continue
    bits += whole
    length += width
  }
  return length === 0 ? rate : (bits / length) * 1e9
}
