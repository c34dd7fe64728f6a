/** A line of a UART out of a recording: its edges, and the octets in them, taken as sigrok's decoder takes them: each bit at its middle, counted from the edge that begins the start bit. */
import { parityOf } from '../../boards/rs232/framing.js'
import type { AnalogueChannel, LogicRecording } from '../logic/logic-recording.js'

export interface LineEdges {
  /** Level before the first edge: 1 is a line at rest. */
  readonly initial: 0 | 1
  /** Nanoseconds; at each the level changes. */
  readonly times: Float64Array
  readonly duration: number
  /** Nanoseconds between two samples; 0 where there are none. */
  readonly period: number
  /** The line rests low: it is RS-232 at its connector, or goes through an inverter. */
  readonly inverted: boolean
  /** Volts of a line that was recorded as such. */
  readonly volts?: { readonly low: number; readonly high: number }
}

export interface UartFormat {
  readonly dataBits: 5 | 6 | 7 | 8 | 9
  readonly parity: 'none' | 'even' | 'odd'
}

export interface UartOctet {
  /** Nanoseconds: the edge that begins its start bit. */
  readonly at: number
  readonly value: number
  readonly frameError: boolean
  readonly parityError: boolean
  /** A pulse within it is shorter than any bit is. */
  readonly glitch: boolean
}

export interface UartReading {
  readonly octets: readonly UartOctet[]
  /** Edges after which the middle of the start bit was high: no octet begins there. */
  readonly falseStarts: readonly number[]
}

/** A pulse shorter than this share of a bit is none: a line of the right rate has no shorter one than 0.9 of a bit. */
const SHORTEST_PULSE = 0.7

/** Of a digital channel. */
export function edgesOf(recording: LogicRecording, place: number): LineEdges {
  const { times, levels, duration, period } = recording
  const bit = (1 << place) >>> 0
  const edges: number[] = []
  for (let i = 1; i < times.length; i++) if ((levels[i] ^ levels[i - 1]) & bit) edges.push(times[i])
  return settled({ initial: (levels[0] ?? 0) & bit ? 1 : 0, times: Float64Array.from(edges), duration, period })
}

/** Levels are told apart in the middle between the lowest voltage and the highest, with a tenth of the swing as hysteresis. */
export function edgesOfVoltage({ times, volts }: AnalogueChannel, duration: number, period: number): LineEdges {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const each of volts) {
    lowest = Math.min(lowest, each)
    highest = Math.max(highest, each)
  }
  const [middle, swing] = [(lowest + highest) / 2, highest - lowest]
  const edges: number[] = []
  const sums = [
    { sum: 0, count: 0 },
    { sum: 0, count: 0 },
  ]
  let level: 0 | 1 = (volts[0] ?? 0) > middle ? 1 : 0
  const initial = level
  for (let i = 0; i < volts.length; i++) {
    if (level === 0 && volts[i] > middle + swing / 10) level = 1
    else if (level === 1 && volts[i] < middle - swing / 10) level = 0
    else if (Math.abs(volts[i] - middle) > swing / 4) {
      sums[level].sum += volts[i]
      sums[level].count++
      continue
    } else continue
    edges.push(times[i])
  }
  const mean = ({ sum, count }: (typeof sums)[number]) => (count === 0 ? Number.NaN : sum / count)
  const [low, high] = [mean(sums[0]), mean(sums[1])]
  return settled({ initial, times: Float64Array.from(edges), duration, period, volts: { low, high } })
}

/** The level that a recording begins and ends with is that of a line at rest; where they differ, the one that stays longest. */
function settled(edges: Omit<LineEdges, 'inverted'>): LineEdges {
  const { times, duration, initial } = edges
  const longest = [0, 0]
  let before = 0
  for (let i = 0; i <= times.length; i++) {
    const until = i < times.length ? times[i] : duration
    const level = i % 2 === 0 ? initial : 1 - initial
    longest[level] = Math.max(longest[level], until - before)
    before = until
  }
  const rest = times.length % 2 === 0 ? initial : longest[1] >= longest[0] ? 1 : 0
  return { ...edges, inverted: rest === 0, initial: rest === 0 ? ((1 - initial) as 0 | 1) : initial }
}

/** @param bitTime ns */
export function readUart(edges: LineEdges, bitTime: number, format: UartFormat): UartReading {
  const { dataBits, parity } = format
  const { times, initial, duration, period } = edges
  const octets: UartOctet[] = []
  const falseStarts: number[] = []
  /** The edge that is looked at; edges of an odd number fall where the line begins high. */
  let edge = 0
  const levelAfter = (count: number): number => (count % 2 === 0 ? initial : 1 - initial)
  /** Level at an instant not before the last one that was asked for. */
  let passed = 0
  const levelAt = (at: number): number => {
    while (passed < times.length && times[passed] <= at) passed++
    return levelAfter(passed)
  }
  // A sample stands for the time since the one before it: the middle of n samples is (n - 1) / 2 of them after the first.
  const toSample = (at: number) => (period === 0 ? at : Math.ceil((at - period / 2) / period - 1e-6) * period)
  const stopAt = dataBits + (parity === 'none' ? 1 : 2)
  while (edge < times.length) {
    if (levelAfter(edge + 1) !== 0) {
      edge++
      continue
    }
    const at = times[edge]
    const middle = (bit: number) => toSample(at + (bit + 0.5) * bitTime)
    const end = middle(stopAt)
    if (end > duration) break
    passed = edge
    if (levelAt(middle(0)) !== 0) {
      falseStarts.push(at)
      edge = passed
      continue
    }
    let value = 0
    for (let bit = 0; bit < dataBits; bit++) value |= levelAt(middle(bit + 1)) << bit
    const parityError = parity !== 'none' && levelAt(middle(dataBits + 1)) !== parityOf(value, format)
    const frameError = levelAt(end) === 0
    octets.push({ at, value, frameError, parityError, glitch: hasGlitch(times, edge, end, bitTime) })
    edge = passed
  }
  return { octets, falseStarts }
}

function hasGlitch(times: Float64Array, from: number, end: number, bitTime: number): boolean {
  for (let i = from + 1; i < times.length && times[i] <= end; i++)
    if (times[i] - times[i - 1] < SHORTEST_PULSE * bitTime) return true
  return false
}
