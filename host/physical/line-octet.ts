/**
 * An octet on the conductors of a line standard, and what a receiver makes of it: drawn from a line of the model on which
 * the octet really crosses.
 */
import { levelsAt } from '../../boards/rs232/compatibility.js'
import { frameBits, framingName, isBreak, type SerialFraming, slotsAnOctet } from '../../boards/rs232/framing.js'
import type { SentCharacter } from '../../boards/rs232/line-observer.js'
import { LineReception, slewRate } from '../../boards/rs232/reception.js'
import { CABLE_CAPACITANCE, type DriverLevels, type LineStandard } from '../../boards/rs232/standards.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { hexText } from '../../firmware/text/hex-text.js'
import { numberText } from '../number-text.js'
import type { ScopeLevel } from '../scope/probe.js'
import type { ScopePanel, ScopePicture } from '../scope/svg.js'
import { EdgeTrace, type Mark, type MarkRow } from '../scope/trace.js'

export interface OctetOptions {
  readonly driver: LineStandard
  readonly receiver: LineStandard
  readonly octets: readonly number[]
  readonly baud: number
  readonly framing: SerialFraming
  readonly metres: number
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

export function octetDrawing(options: OctetOptions): OctetDrawing {
  const { driver, receiver, baud, framing, metres } = options
  const capacitance = metres * CABLE_CAPACITANCE
  const seen = levelsAt(driver, receiver, baud)
  const sent: SentCharacter[] = []
  const received: { octet: number; error: string; at: number }[] = []
  const clock = new Scheduler()
  const line = new UartLine({ clock, random: new SeededRandom(1), baud, framing })
  line.setReception(new LineReception({ driver: seen, receiver: receiver.receiver, capacitance }), 'a-to-b')
  line.observe('a-to-b', {
    sent: (character) => sent.push(character),
    received: (octet, flags, at) => received.push({ octet, error: errorOf(octet, flags, framing), at }),
  })
  clock.runFor(Math.ceil((LONG_REST * SECOND) / baud))
  line.a.write(Uint8Array.from(options.octets))
  clock.runFor(Math.ceil(((options.octets.length + 2) * 16 * SECOND) / baud))
  const origin = sent[0].from
  const bitTime = sent[0].bitTime
  const from = -REST * bitTime
  const to = sent[sent.length - 1].from - origin + (slotsAnOctet(framing) + REST) * bitTime
  const levels = levelsOf(sent, origin)
  const trace = (mark: number, space: number, { slew, current }: DriverLevels): EdgeTrace => {
    const drawn = new EdgeTrace(mark, slewRate({ mark, space, slew, current }, capacitance))
    for (const { at, level } of levels) drawn.edge(at, level === 1 ? mark : space)
    return drawn
  }
  const rows = meaningOf(sent, origin)
  const panels: ScopePanel[] = []
  const points = (drawn: EdgeTrace) => drawn.points(from, to)
  const levelsSent = driver.driver
  if (driver.balanced) {
    const half = { ...levelsSent, slew: levelsSent.slew / 2, current: levelsSent.current / 2 }
    const over = (volts: number) => driver.common + volts / 2
    for (const [name, sign] of [
      ['conductor A over ground', 1],
      ['conductor B over ground', -1],
    ] as const) {
      panels.push({
        name,
        points: points(trace(over(sign * levelsSent.mark), over(sign * levelsSent.space), half)),
        rows: [],
      })
    }
  }
  const difference = driver.balanced && receiver.differential
  const reads = readRow(levels, seen, options, capacitance, to)
  const before = received.filter(({ at }) => at - origin < from)
  panels.push({
    name: `${difference ? 'A against B, ' : ''}as the ${receiver.name} receiver sees it`,
    points: points(trace(seen.mark, seen.space, seen)),
    levels: zonesOf(receiver),
    ...(before.length === 0 ? {} : { note: `long before: ${before.map(deliveredText).join(', ')}` }),
    rows: [...rows, reads, deliveredRow(received, reads, origin, bitTime, framing)],
  })
  const what = options.octets.map((octet) => `${hexText(octet)}${printable(octet)}`).join(', ')
  return {
    received,
    picture: {
      title: `${driver.name}: ${what}, ${framingName(framing)} at ${baud} baud over ${metres} m`,
      subtitle: `sent: mark (1) ${numberText(driver.driver.mark)} V, space (0) ${numberText(driver.driver.space)} V${driver.balanced ? ', A against B' : ''}  ·  the grey band is what ${receiver.name} leaves undefined`,
      panels,
      from,
      to,
      origin: 'from the start bit',
    },
  }
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

function meaningOf(sent: readonly SentCharacter[], origin: number): MarkRow[] {
  const bits: Mark[] = []
  const octets: Mark[] = []
  for (const { from, bitTime, framing, character } of sent) {
    const start = from - origin
    const all = frameBits(character, framing)
    const parityAt = framing.parity === 'none' ? -1 : 1 + framing.dataBits
    const stopAt = 1 + framing.dataBits + (framing.parity === 'none' ? 0 : 1)
    const end = stopAt + framing.stopBits
    for (let bit = 0; bit < slotsAnOctet(framing); bit++) {
      const level = (all >> bit) & 1
      const text = bit === 0 ? 'start' : bit === parityAt ? `P ${level}` : bit >= stopAt ? 'stop' : `${level}`
      bits.push({ from: start + bit * bitTime, to: start + Math.min(end, bit + 1) * bitTime, text })
    }
    octets.push({ from: start, to: start + end * bitTime, text: `${hexText(character)}${printable(character)}` })
  }
  return [
    { name: 'sent', marks: bits },
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
  received: readonly { readonly octet: number; readonly error: string; readonly at: number }[],
  reads: MarkRow,
  origin: number,
  bitTime: number,
  framing: SerialFraming,
): MarkRow {
  const slots = slotsAnOctet(framing)
  const edges = reads.marks.slice(1).flatMap(({ from, text }) => (text === '0' ? [from] : []))
  const marks = received.map(({ octet, error, at }) => {
    const told = at - origin
    // It is reported with the vote on its stop bit, or behind it: its start bit was the last edge to 0 that leaves room for it.
    const latest = told - (slots - framing.stopBits + 0.1) * bitTime
    const from = edges.findLast((edge) => edge <= latest) ?? told - slots * bitTime
    return {
      from,
      to: from + slots * bitTime,
      text: deliveredText({ octet, error }),
      ...(error === '' ? {} : { wrong: true }),
    }
  })
  return { name: 'UART', marks }
}

const deliveredText = ({ octet, error }: { readonly octet: number; readonly error: string }): string =>
  error === '' ? `${hexText(octet)}${printable(octet)}` : `${hexText(octet)} ${error}`

function zonesOf({ receiver, limits }: LineStandard): ScopeLevel[] {
  const [low, high] = limits.undefinedWithin
  const name = (bit: number) => (bit === 1 ? 'mark · 1' : 'space · 0')
  return [
    { from: high, to: STANDARD_ZONE, text: name(receiver.highIs) },
    { from: low, to: high, text: 'undefined', undefined: true },
    { from: -STANDARD_ZONE, to: low, text: name(1 - receiver.highIs) },
  ]
}

function errorOf(octet: number, flags: number, framing: SerialFraming): string {
  const errors: string[] = []
  if (isBreak(octet, flags, framing)) errors.push('framing error: a break')
  else if (flags & LINE_FRAMING_ERROR) errors.push('framing error')
  if (flags & LINE_PARITY_ERROR) errors.push('parity error')
  return errors.join(', ')
}

const printable = (octet: number) => (octet > 0x20 && octet < 0x7f ? ` “${String.fromCharCode(octet)}”` : '')
