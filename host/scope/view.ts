/** A waveform as a picture a person can read: voltage over time, and underneath what it means, from the same octets. */

import { BIT_TIME } from '../../boards/ethernet/port.js'
import { type LineSignal, lineBits, type Waveform } from '../../boards/ethernet/waveform.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { ScopeWindow } from './probe.js'
import { scopePictureSvg } from './svg.js'
import type { Mark, MarkRow } from './trace.js'

const PREAMBLE_OCTETS = 7
const IDLE_BITS = 3
/** How long the line is high behind the last bit of a frame, in nanoseconds (IEEE 802.3 14.3.1.2.1, TP_IDL). */
export const START_OF_IDLE = IDLE_BITS * BIT_TIME
/** A MAC that sees a collision sends so many bits more (IEEE 802.3 4.2.3.2.4). */
const JAM_BITS = 32
const FCS_OCTETS = 4

export interface FrameRowOptions {
  /** What is shown, in nanoseconds from the first bit; all of it by default. */
  readonly window?: ScopeWindow
  /** Marks shorter than so many nanoseconds are left out, unless something is wrong there. */
  readonly least?: number
  /** The sender saw a collision: the last bits are its jam. */
  readonly jammed?: boolean
}

/**
 * What a frame's bits mean: rows of fields, octets and bits.
 * @param errors positions of bits that were turned over, counted from the first of the preamble
 */
export function scopeFrameRows(
  signal: LineSignal,
  errors: readonly number[] = [],
  { window, least = 0, jammed = false }: FrameRowOptions = {},
): MarkRow[] {
  const first = window === undefined ? 0 : Math.max(0, Math.floor(window.from / BIT_TIME))
  const last = window === undefined ? signal.bits : Math.min(signal.bits, Math.ceil(window.to / BIT_TIME) + 1)
  const seen = errors.filter((bit) => bit >= first && bit < last)
  const wrong = new Set(seen)
  const anyWrong = (from: number, to: number) => errors.some((bit) => bit >= from && bit < to)

  const bitsFit = least <= BIT_TIME
  const shownBits = bitsFit ? Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i) : seen
  const bits = shownBits.map((at): Mark => {
    const [bit] = lineBits(signal, at, at + 1)
    return mark(at, at + 1, String(wrong.has(at) ? 1 - bit : bit), wrong.has(at))
  })

  const octetsFit = least <= 8 * BIT_TIME
  const firstOctet = first >> 3
  const lastOctet = Math.min(signal.bits >> 3, Math.ceil(last / 8))
  const shownOctets = octetsFit
    ? Array.from({ length: Math.max(0, lastOctet - firstOctet) }, (_, i) => firstOctet + i)
    : [...new Set(seen.map((bit) => bit >> 3))].filter((octet) => octet < lastOctet)
  const octets = shownOctets.map((octet): Mark => {
    const value = lineBits(signal, octet * 8, octet * 8 + 8).reduce(
      (sum, bit, i) => sum | ((wrong.has(octet * 8 + i) ? 1 - bit : bit) << i),
      0,
    )
    const text = value.toString(16).toUpperCase().padStart(2, '0')
    return mark(octet * 8, octet * 8 + 8, text, anyWrong(octet * 8, octet * 8 + 8))
  })

  const fields: Mark[] = []
  const jam = jammed ? Math.max(0, signal.bits - JAM_BITS) : signal.bits
  const end = PREAMBLE_OCTETS + 1 + signal.octets.length
  const payloadEnd = jammed ? end : end - FCS_OCTETS
  for (const [name, from, to, short] of [
    ['preamble', 0, 7, 'pre'],
    ['delimiter', 7, 8, 'SFD'],
    ['destination', 8, 14, 'dst'],
    ['source', 14, 20, 'src'],
    ['type', 20, 22, 'T'],
    ['payload', 22, payloadEnd, 'data'],
    ['FCS', Math.max(22, payloadEnd), end, 'F'],
  ] as const) {
    const until = Math.min(to * 8, jam)
    if (from * 8 < until) fields.push({ ...mark(from * 8, until, name, anyWrong(from * 8, until)), short: [short] })
  }
  if (jammed) fields.push(mark(jam, signal.bits, 'jam', true))
  fields.push({ ...mark(signal.bits, signal.bits + IDLE_BITS, 'start of idle'), short: ['idle', 'I'] })
  const whole = { ...mark(0, signal.bits + IDLE_BITS, jammed ? 'broken off' : 'frame'), short: jammed ? [] : ['fr'] }
  return [
    { name: 'bits', marks: bits, narrow: !bitsFit && first < last },
    { name: 'octets', marks: octets, narrow: !octetsFit && firstOctet < lastOctet },
    { name: 'fields', marks: fields, coarse: [whole], legend: FIELD_LEGEND },
  ]
}

const FIELD_LEGEND = {
  pre: 'preamble',
  SFD: 'start frame delimiter',
  dst: 'destination address',
  src: 'source address',
  T: 'type',
  F: 'FCS',
  I: 'start of idle',
  fr: 'frame',
}

/** What a link test pulse is, in one row. @param width where it is higher than half its peak, in ns from when it is due */
export function pulseRows(width: readonly [number, number] = [0, BIT_TIME]): MarkRow[] {
  return [{ name: 'signal', marks: [{ from: width[0], to: width[1], text: 'link test pulse', short: ['pulse'] }] }]
}

/** Where a waveform is higher than half its peak, in nanoseconds on its own clock. */
export function halfWidth({ volts, start, sampleRate }: Waveform): [number, number] {
  const half = volts.reduce((most, each) => Math.max(most, Math.abs(each)), 0) / 2
  const step = SECOND / sampleRate
  const high = (each: number) => Math.abs(each) >= half
  return [start + volts.findIndex(high) * step, start + volts.findLastIndex(high) * step]
}

function mark(from: number, to: number, text: string, wrong = false): Mark {
  return { from: from * BIT_TIME, to: to * BIT_TIME, text, ...(wrong ? { wrong } : {}) }
}

export interface ScopeView {
  readonly title: string
  readonly waveform: Waveform
  readonly rows: readonly MarkRow[]
  /** When the first bit begins, on the clock of the waveform. */
  readonly at: number
  /** What is shown, in nanoseconds from the first bit. */
  readonly from: number
  readonly to: number
}

/** The view as a self-contained SVG document. */
export function scopeSvg(view: ScopeView): string {
  const { title, from, to, rows } = view
  const panel = { name: '', points: samplesOf(view), rows }
  return scopePictureSvg({ title, from, to, panels: [panel], origin: 'from the first bit' })
}

/** The view as comma-separated values: nanoseconds from the first bit, volts, and what each row says there. */
export function scopeCsv(view: ScopeView): string {
  const lines = [['ns', 'volts', ...view.rows.map(({ name }) => name)].join(',')]
  const next = view.rows.map(() => 0)
  for (const [time, volts] of samplesOf(view)) {
    const meanings = view.rows.map(({ marks }, row) => {
      while (next[row] < marks.length && marks[next[row]].to <= time) next[row]++
      const here = marks[next[row]]
      return here !== undefined && here.from <= time ? here.text : ''
    })
    lines.push([time, volts.toFixed(4), ...meanings].join(','))
  }
  return `${lines.join('\n')}\n`
}

function samplesOf({ waveform, at, from, to }: ScopeView): [number, number][] {
  const samples: [number, number][] = []
  const { volts, start, sampleRate } = waveform
  const step = SECOND / sampleRate
  const first = Math.max(0, Math.ceil((from + at - start) / step))
  const last = Math.min(volts.length - 1, Math.floor((to + at - start) / step))
  for (let i = first; i <= last; i++) samples.push([start + i * step - at, volts[i]])
  return samples
}
