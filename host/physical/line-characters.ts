/** Octets on a line in characters, for a terminal: a block for each octet, in it every conductor with its volts. */
import { slotsAnOctet } from '../../boards/rs232/framing.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { hexText } from '../../firmware/text/hex-text.js'
import { numberText } from '../number-text.js'
import { columnsOf, padColumns } from '../text/columns.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import {
  crossing,
  crossingFacts,
  deliveredText,
  type LineDelivery,
  type OctetOptions,
  printableOctet,
  slotName,
} from './line-octet.js'

/** Columns of a bit, and of what stands before the first one: thirteen levels are on a line of 80. */
const SLOT = 5
const LABEL = 15

interface Conductor {
  readonly name: string
  /** Volts. */
  readonly mark: number
  readonly space: number
}

/** @returns whole lines */
export function lineCharacters(words: Words, options: OctetOptions): string {
  const { driver, receiver, framing, baud } = options
  const { sent, received } = crossing(options)
  const conductors = conductorsOf(words, options)
  const time = numberText(SECOND / baud / 1_000)
  const title = keyed('lines.bit-lasts', { crossing: keyed('lines.crossing', crossingFacts(options)), time })
  const lines = [say(words, title), '']
  for (const [i, { character }] of sent.entries()) {
    const names = Array.from({ length: slotsAnOctet(framing) }, (_, slot) => slotName(character, slot, framing))
    const levels = names.map((name) => (name === 'start' ? 0 : name === 'stop' ? 1 : Number(name.slice(-1))))
    const before = i === 0 ? say(words, keyed('lines.idle')) : ''
    const shown = names.map((name) => (name === 'start' || name === 'stop' ? say(words, keyed(`lines.${name}`)) : name))
    lines.push(
      [
        `${hexText(character)}${printableOctet(character)}`.padEnd(LABEL),
        ...[before, ...shown].map((name) => centred(name, SLOT)),
      ]
        .join('')
        .trimEnd(),
    )
    // At rest, and behind the stop bit before, the line is at mark.
    for (const conductor of conductors) lines.push(...waveOf(conductor, [1, 1, ...levels]))
    lines.push('')
  }
  const delivered = received.map(deliverySaid)
  const what = delivered.length === 0 ? keyed('lines.received-nothing') : keyed('lines.and', { words: delivered })
  lines.push(say(words, keyed('lines.received', { receiver: receiver.name, what })))
  if (driver.balanced)
    lines.push(say(words, keyed('lines.difference', { driver: driver.name, mark: volts(driver.driver.mark) })))
  return `${lines.join('\n')}\n`
}

function deliverySaid({ octet, errors }: LineDelivery): LocalizableText {
  if (errors.length === 0) return deliveredText({ octet, error: '' })
  return keyed('lines.with-error', {
    octet: hexText(octet),
    errors: errors.map((error) => keyed(`lines.error.${error}`)),
  })
}

function conductorsOf(words: Words, { driver, text }: OctetOptions): Conductor[] {
  const { mark, space } = driver.driver
  const pin = LINE_STANDARDS.ttl.driver
  const atPin =
    text !== undefined && driver !== LINE_STANDARDS.ttl ? [{ name: say(words, keyed('lines.pin')), ...pin }] : []
  const one = keyed(atPin.length > 0 ? 'lines.connector' : 'lines.line')
  if (!driver.balanced) return [...atPin, { name: say(words, one), mark, space }]
  const half = (name: string, sign: number) => ({
    name,
    mark: driver.common + (sign * mark) / 2,
    space: driver.common + (sign * space) / 2,
  })
  return [...atPin, half('A', 1), half('B', -1)]
}

/** Two lines: the higher voltage, and the lower one. @param levels the first is what was before */
function waveOf({ name, mark, space }: Conductor, levels: readonly number[]): [string, string] {
  const markIsHigh = mark > space
  let upper = ''
  let lower = ''
  for (let i = 1; i < levels.length; i++) {
    const high = (levels[i] === 1) === markIsHigh
    const changed = levels[i] !== levels[i - 1]
    const corners = changed ? (high ? '┌┘' : '┐└') : high ? '─ ' : ' ─'
    upper += corners[0] + (high ? '─' : ' ').repeat(SLOT - 1)
    lower += corners[1] + (high ? ' ' : '─').repeat(SLOT - 1)
  }
  const [top, bottom] = markIsHigh ? [mark, space] : [space, mark]
  const label = (words: string, value: number) => {
    const figure = volts(value)
    return `${padColumns(words, LABEL - 1 - figure.length)}${figure} `
  }
  return [`${label(name, top)}${upper}`.trimEnd(), `${label('', bottom)}${lower}`.trimEnd()]
}

const volts = (value: number) => `${numberText(value)} V`

function centred(text: string, width: number): string {
  const before = Math.floor((width - columnsOf(text)) / 2)
  return padColumns(`${' '.repeat(Math.max(0, before))}${text}`, width)
}
