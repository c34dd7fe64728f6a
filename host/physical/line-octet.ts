/**
 * Octets on the conductors of a line standard, and what a receiver makes of them: drawn from a line of the model on which
 * they really cross.
 */
import { levelsAt } from '../../boards/rs232/compatibility.js'
import {
  bitsAnOctet,
  frameBits,
  framingName,
  isBreak,
  type SerialFraming,
  slotsAnOctet,
} from '../../boards/rs232/framing.js'
import type { SentCharacter } from '../../boards/rs232/line-observer.js'
import { LineReception, slewRate } from '../../boards/rs232/reception.js'
import {
  CABLE_CAPACITANCE,
  type DriverLevels,
  LINE_STANDARDS,
  type LineStandard,
} from '../../boards/rs232/standards.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { hexText } from '../../firmware/text/hex-text.js'
import { printable } from '../../firmware/text/printable.js'
import { numberText } from '../number-text.js'
import type { ScopeLevel } from '../scope/probe.js'
import type { ScopePanel, ScopePicture } from '../scope/svg.js'
import { EdgeTrace, type Mark, type MarkRow } from '../scope/trace.js'
import { LINES_WORDS } from '../text/en/lines.js'

export interface OctetOptions {
  readonly driver: LineStandard
  readonly receiver: LineStandard
  readonly octets: readonly number[]
  readonly baud: number
  readonly framing: SerialFraming
  readonly metres: number
  /** What the octets are: then the pin of the UART is drawn as well, and the line at rest is named. */
  readonly text?: string
}

export interface OctetDrawing {
  readonly picture: ScopePicture
  /** What the receiver delivered, with what was wrong about each. */
  readonly received: readonly { readonly octet: number; readonly error: string }[]
}

/** Bits of rest that are shown before the first start bit and behind the last stop bit. */
const REST = 1.5
/** Bits of rest before the first start bit: whatever a line at rest is to the receiver, it has long been. */
const LONG_REST = 64
const STANDARD_ZONE = 40

/** What a UART says of a character that did not come as it should; a break is a framing error that lasts. */
export type LineError = 'framing' | 'break' | 'parity'

export interface LineDelivery {
  readonly octet: number
  readonly errors: readonly LineError[]
}

/** What crossed the line. */
export interface LineCrossing {
  /** With the instants on the line's own clock. */
  readonly sent: readonly SentCharacter[]
  readonly received: readonly (LineDelivery & { readonly at: number })[]
  /** The levels that the receiver gets of this driver. */
  readonly seen: DriverLevels
  readonly capacitance: number
}

/** Sends the octets over a line of the model. */
export function crossing(options: OctetOptions): LineCrossing {
  const { driver, receiver, baud, framing, metres } = options
  const capacitance = metres * CABLE_CAPACITANCE
  const seen = levelsAt(driver, receiver, baud)
  const sent: SentCharacter[] = []
  const received: (LineDelivery & { at: number })[] = []
  const clock = new Scheduler()
  const line = new UartLine({ clock, random: new SeededRandom(1), baud, framing })
  line.setReception(new LineReception({ driver: seen, receiver: receiver.receiver, capacitance }), 'a-to-b')
  line.observe('a-to-b', {
    sent: (character) => sent.push(character),
    received: (octet, flags, at) => received.push({ octet, errors: errorsOf(octet, flags, framing), at }),
  })
  clock.runFor(Math.ceil((LONG_REST * SECOND) / baud))
  line.a.write(Uint8Array.from(options.octets))
  clock.runFor(Math.ceil(((options.octets.length + 2) * 16 * SECOND) / baud))
  return { sent, received, seen, capacitance }
}

export function octetDrawing(options: OctetOptions): OctetDrawing {
  const { driver, receiver, framing, text } = options
  const { sent, received, seen, capacitance } = crossing(options)
  const origin = sent[0].from
  const bitTime = sent[0].bitTime
  const from = -REST * bitTime
  const to = sent[sent.length - 1].from - origin + (slotsAnOctet(framing) + REST) * bitTime
  const levels = levelsOf(sent, origin)
  const trace = (mark: number, space: number, { slew, current }: DriverLevels, load = capacitance): EdgeTrace => {
    const drawn = new EdgeTrace(mark, slewRate({ mark, space, slew, current }, load))
    for (const { at, level } of levels) drawn.edge(at, level === 1 ? mark : space)
    return drawn
  }
  const rows = meaningOf(sent, origin, text === undefined ? undefined : { from, to })
  const panels: ScopePanel[] = []
  const points = (drawn: EdgeTrace) => drawn.points(from, to)
  const levelsSent = driver.driver
  const pin = LINE_STANDARDS.ttl.driver
  const atPin = text !== undefined && driver !== LINE_STANDARDS.ttl
  if (atPin) panels.push({ name: 'at the pin (TXD)', points: points(trace(pin.mark, pin.space, pin, 0)), rows })
  const place = atPin ? 'at the connector: ' : ''
  if (driver.balanced) {
    const half = { ...levelsSent, slew: levelsSent.slew / 2, current: levelsSent.current / 2 }
    const over = (volts: number) => driver.common + volts / 2
    for (const [name, sign] of [
      ['conductor A over ground', 1],
      ['conductor B over ground', -1],
    ] as const) {
      panels.push({
        name: `${place}${name}`,
        points: points(trace(over(sign * levelsSent.mark), over(sign * levelsSent.space), half)),
        rows: [],
      })
    }
  }
  const difference = driver.balanced && receiver.differential
  const reads = readRow(levels, seen, options, capacitance, to)
  const before = received.filter(({ at }) => at - origin < from)
  panels.push({
    name: `${place}${difference ? 'A against B, ' : ''}as the ${receiver.name} receiver sees it`,
    points: points(trace(seen.mark, seen.space, seen)),
    levels: zonesOf(receiver),
    ...(before.length === 0
      ? {}
      : {
          note: `long before: ${before.map(({ octet, errors }) => deliveredText({ octet, error: errorText(errors) })).join(', ')}`,
        }),
    rows: [...(atPin ? [] : rows), reads, deliveredRow(received, reads, origin, bitTime, framing)],
  })
  return {
    received: received.map(({ octet, errors }) => ({ octet, error: errorText(errors) })),
    picture: {
      title: LINES_WORDS['lines.crossing'](crossingFacts(options)),
      subtitle: `sent: mark (1) ${numberText(driver.driver.mark)} V, space (0) ${numberText(driver.driver.space)} V${driver.balanced ? ', A against B' : ''}  ·  the grey band is what ${receiver.name} leaves undefined`,
      panels,
      from,
      to,
      origin: 'from the start bit',
      narrow: 'fewer characters show them',
    },
  }
}

/** `rs-232: “Hi” (48h, 69h), 8N1 at 9600 baud over 2 m`, in its parts. */
export function crossingFacts({ driver, octets, text, framing, baud, metres }: OctetOptions) {
  const what =
    text === undefined
      ? octets.map((octet) => `${hexText(octet)}${printableOctet(octet)}`).join(', ')
      : `“${printable(text)}” (${octets.map((octet) => hexText(octet)).join(', ')})`
  return { driver: driver.name, what, framing: framingName(framing), baud, metres }
}

/** Changes of level, in nanoseconds from the first start bit; 1 is mark. */
function levelsOf(sent: readonly SentCharacter[], origin: number): { at: number; level: number }[] {
  const changes: { at: number; level: number }[] = []
  for (const { from, bitTime, framing, character } of sent) {
    const bits = frameBits(character, framing)
    for (let bit = 0; bit < slotsAnOctet(framing); bit++) {
      const level = (bits >> bit) & 1
      if ((changes.at(-1)?.level ?? 1) !== level) changes.push({ at: from - origin + bit * bitTime, level })
    }
  }
  return changes
}

/** Named where each bit has room for a letter or two only, as data sheets of UARTs name them. */
const SHORT = { start: ['St'], stop: ['Sp'] } as const
const BIT_LEGEND = { St: 'start bit', Sp: 'stop bit' }

/** What each level is: the first of a character's slots is its start bit. */
export function slotName(character: number, slot: number, framing: SerialFraming): string {
  const level = (frameBits(character, framing) >> slot) & 1
  const parityAt = framing.parity === 'none' ? -1 : 1 + framing.dataBits
  const stopAt = 1 + framing.dataBits + (framing.parity === 'none' ? 0 : 1)
  if (slot === 0) return 'start'
  if (slot === parityAt) return `P ${level}`
  return slot >= stopAt ? 'stop' : `${level}`
}

/** @param window where it is given, the line at rest is named in it */
function meaningOf(
  sent: readonly SentCharacter[],
  origin: number,
  window: { readonly from: number; readonly to: number } | undefined,
): MarkRow[] {
  const bits: Mark[] = []
  if (window !== undefined) bits.push({ from: window.from, to: 0, text: 'idle' })
  const octets: Mark[] = []
  for (const { from, bitTime, framing, character } of sent) {
    const start = from - origin
    const end = bitsAnOctet(framing)
    for (let bit = 0; bit < slotsAnOctet(framing); bit++) {
      const text = slotName(character, bit, framing)
      const short = text === 'start' || text === 'stop' ? { short: SHORT[text] } : {}
      bits.push({ from: start + bit * bitTime, to: start + Math.min(end, bit + 1) * bitTime, text, ...short })
    }
    octets.push({ from: start, to: start + end * bitTime, text: `${hexText(character)}${printableOctet(character)}` })
  }
  if (window !== undefined) {
    const last = octets[octets.length - 1]
    bits.push({ from: last.to, to: window.to, text: 'idle' })
  }
  return [
    { name: 'sent', marks: bits, legend: BIT_LEGEND },
    { name: '', marks: octets },
  ]
}

/** What the receiver's comparator says, level by level. */
function readRow(
  levels: readonly { readonly at: number; readonly level: number }[],
  driver: DriverLevels,
  { receiver, baud }: OctetOptions,
  capacitance: number,
  to: number,
): MarkRow {
  const reception = new LineReception({ driver, receiver: receiver.receiver, capacitance })
  const marks: { from: number; to: number; text: string }[] = []
  const take = (level: number, begin: number, end: number) => {
    const last = marks.at(-1)
    if (last !== undefined && last.text === `${level}`) last.to = end
    else marks.push({ from: begin, to: end, text: `${level}` })
  }
  reception.pass(1, (-REST * SECOND) / baud, levels[0]?.at ?? to, take)
  for (const [i, { at, level }] of levels.entries()) reception.pass(level, at, levels[i + 1]?.at ?? to, take)
  return { name: 'reads', marks }
}

/** What the UART behind the receiver delivers, where it delivers it. */
function deliveredRow(
  received: LineCrossing['received'],
  reads: MarkRow,
  origin: number,
  bitTime: number,
  framing: SerialFraming,
): MarkRow {
  const slots = slotsAnOctet(framing)
  const edges = reads.marks.slice(1).flatMap(({ from, text }) => (text === '0' ? [from] : []))
  const marks = received.map(({ octet, errors, at }) => {
    const told = at - origin
    // It is reported with the vote on its stop bit, or behind it: its start bit was the last edge to 0 that leaves room for it.
    const latest = told - (slots - framing.stopBits + 0.1) * bitTime
    const from = edges.findLast((edge) => edge <= latest) ?? told - slots * bitTime
    return {
      from,
      to: from + slots * bitTime,
      text: deliveredText({ octet, error: errorText(errors) }),
      ...(errors.length === 0 ? {} : { wrong: true }),
    }
  })
  return { name: 'UART', marks }
}

export const deliveredText = ({ octet, error }: { readonly octet: number; readonly error: string }): string =>
  error === '' ? `${hexText(octet)}${printableOctet(octet)}` : `${hexText(octet)} ${error}`

function zonesOf({ receiver, limits }: LineStandard): ScopeLevel[] {
  const [low, high] = limits.undefinedWithin
  const name = (bit: number) => (bit === 1 ? 'mark · 1' : 'space · 0')
  return [
    { from: high, to: STANDARD_ZONE, text: name(receiver.highIs) },
    { from: low, to: high, text: 'undefined', undefined: true },
    { from: -STANDARD_ZONE, to: low, text: name(1 - receiver.highIs) },
  ]
}

function errorsOf(octet: number, flags: number, framing: SerialFraming): LineError[] {
  const errors: LineError[] = []
  if (isBreak(octet, flags, framing)) errors.push('break')
  else if (flags & LINE_FRAMING_ERROR) errors.push('framing')
  if (flags & LINE_PARITY_ERROR) errors.push('parity')
  return errors
}

function errorText(errors: readonly LineError[]): string {
  return errors.map((error) => LINES_WORDS[`lines.error.${error}`]).join(', ')
}

/** `“A”`, where it is a letter. */
export const printableOctet = (octet: number) =>
  octet > 0x20 && octet < 0x7f ? ` “${String.fromCharCode(octet)}”` : ''
