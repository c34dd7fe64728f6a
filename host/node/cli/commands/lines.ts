import { suggestion } from '../../../../boards/nearest.js'
import { carriedRate, type LineCompatibility, lineCompatibility } from '../../../../boards/rs232/compatibility.js'
import { FRAMING_8N1, parseFraming, type SerialFraming } from '../../../../boards/rs232/framing.js'
import { LINE_STANDARDS, type LineStandard, standardRateAt } from '../../../../boards/rs232/standards.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { encodeText } from '../../../../firmware/text/utf8.js'
import { UsageError } from '../../../errors/errors.js'
import { numberText } from '../../../number-text.js'
import { lineCharacters } from '../../../physical/line-characters.js'
import { lineStandardDocument, lineStandardsDocument, RS449, rs449Document } from '../../../physical/line-document.js'
import { deliveredText, type OctetOptions, octetDrawing } from '../../../physical/line-octet.js'
import { scopePictureIn } from '../../../scope/picture-in.js'
import { scopePictureSvg } from '../../../scope/svg.js'
import { table } from '../../../text/table.js'
import type { ArgumentsOf } from '../arguments.js'
import { tellDrawn } from '../drawings.js'
import { refuseLook, writePicture } from '../picture-file.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import type { LINES_COMMAND } from './lines.command.js'

type Given = ArgumentsOf<typeof LINES_COMMAND>

const ALL = Object.values(LINE_STANDARDS)
const NAMES: readonly string[] = [...ALL.map(({ name }) => name), RS449]
const DRAWING = ['text', 'octet', 'receiver', 'baud', 'framing', 'metres', 'out'] as const
const LENGTHS = [1, 15, 50, 150, 600, 1_200]
const MOST_OCTETS = 8
/** What is drawn: a bit lasts a second at most, and as long as an edge of the fastest standard at least. */
const [SLOWEST, FASTEST] = [1, 100_000_000]
/** Metres of cable, whose capacitance the driver charges. */
const [SHORTEST, LONGEST] = [0.01, 10_000]

/** What else people call them. */
const ALIASES: Readonly<Record<string, string>> = {
  v24: 'rs-232',
  v28: 'rs-232',
  eia232: 'rs-232',
  v11: 'rs-422',
  v10: 'rs-423',
  uart: 'ttl',
  v36: RS449,
  eia449: RS449,
}
const bare = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** `linkpulse lines [NAME] [--text TEXT | --octet N] [--out FILE]` */
export async function lines(given: Given): Promise<number> {
  const asked = given.operands[0]
  if (!given.has('out')) refuseLook(given, 'add --out FILE.svg')
  const drawing = DRAWING.some((option) => given.has(option))
  if (asked === undefined) {
    if (drawing)
      throw new UsageError(
        'a text or an octet is drawn on one standard: name it, as in `linkpulse lines rs-232 --text Hi`',
      )
    if (given.has('json')) printJson(lineStandardsDocument())
    else print(overview())
    return 0
  }
  const name = nameOf(asked)
  if (name === RS449) {
    if (drawing)
      throw new UsageError(
        'rs-449 is pins and circuits; its voltages are those of rs-422 (data) and rs-423: name one of these',
      )
    if (given.has('json')) printJson(rs449Document())
    else print(describeRs449())
    return 0
  }
  const standard = standardOf(name)
  if (!drawing) {
    if (given.has('json')) printJson(lineStandardDocument(standard))
    else print(describe(standard))
    return 0
  }
  const framing = framingOf(given.text('framing'))
  const options: OctetOptions = {
    driver: standard,
    receiver: given.has('receiver') ? standardOf(nameOf(given.text('receiver') ?? '')) : standard,
    ...whatIsSent(given, framing),
    baud: given.number('baud', SLOWEST, FASTEST) ?? 9_600,
    framing,
    metres: given.number('metres', SHORTEST, LONGEST) ?? 2,
  }
  if (!given.has('out')) {
    print(lineCharacters(options))
    return 0
  }
  const { picture, received } = octetDrawing(options)
  await writePicture(
    given,
    `${picture.title}; received: ${received.map(deliveredText).join(', ') || 'nothing'}`,
    (look) => scopePictureSvg(scopePictureIn(tellDrawn, picture), look),
  )
  return 0
}

/** The octets of `--text` or of `--octet`. */
function whatIsSent(given: Given, framing: SerialFraming): Pick<OctetOptions, 'octets' | 'text'> {
  const text = given.text('text')
  if (text === undefined) return { octets: octetsOf(given.text('octet') ?? '0x41') }
  if (given.has('octet'))
    throw new UsageError(
      '--text and --octet both say what is sent: give one of them, or all of it as --octet 0x48,0x69',
    )
  const octets = [...encodeText(text)]
  if (octets.length > MOST_OCTETS) {
    throw new UsageError(
      `--text takes up to ${MOST_OCTETS} octets of UTF-8, and "${text}" is ${octets.length} octets: give a shorter one`,
    )
  }
  const wide = [...text].find((character) => encodeText(character).some((octet) => octet >> framing.dataBits !== 0))
  if (wide !== undefined) {
    throw new UsageError(
      `--text: "${wide}" does not fit into ${framing.dataBits} data bits (its octets are ${[...encodeText(wide)].map((octet) => hexText(octet)).join(', ')}); take --framing 8N1, or another text`,
    )
  }
  return { octets, text }
}

function nameOf(asked: string): string {
  const wanted = bare(ALIASES[bare(asked)] ?? asked)
  const found = NAMES.find((name) => bare(name) === wanted)
  if (found !== undefined) return found
  if (['rj45', '10baset', 'ethernet'].includes(wanted)) {
    throw new UsageError('10BASE-T is no serial line: `linkpulse scope --probe td --out td.svg` draws its voltages')
  }
  throw new UsageError(
    `there is no line standard "${asked}"${suggestion(asked, NAMES)} (standards: ${NAMES.join(', ')})`,
  )
}

function standardOf(name: string): LineStandard {
  const found = ALL.find((each) => each.name === name)
  if (found === undefined)
    throw new UsageError(
      `${name} has no receivers of its own; its voltages are those of rs-422 and rs-423: name one of these`,
    )
  return found
}

function octetsOf(text: string): number[] {
  const octets = text
    .split(',')
    .map((part) => (/^(0x[0-9a-f]{1,2}|\d{1,3})$/i.test(part.trim()) ? Number(part) : Number.NaN))
  if (octets.length > MOST_OCTETS || octets.some((octet) => !(octet <= 0xff))) {
    throw new UsageError(
      `--octet takes 0 to 255, as 0x41 or 65, up to ${MOST_OCTETS} of them with commas between, not "${text}"`,
    )
  }
  return octets
}

function framingOf(text: string | undefined): SerialFraming {
  if (text === undefined) return FRAMING_8N1
  let framing: SerialFraming
  try {
    framing = parseFraming(text)
  } catch (error) {
    throw new UsageError(`--framing: ${(error as Error).message}`, { cause: error })
  }
  if (framing.dataBits === 9) throw new UsageError('--framing: an octet has eight bits; take 5 to 8 data bits')
  return framing
}

const volts = (value: number) => `${numberText(value)} V`
const between = ([from, to]: readonly [number, number], unit: string) => `${from} to ${to} ${unit}`

/** How fast, or how slow, its edges may be. */
function slewOf({ slew, rise }: LineStandard['limits']): string | undefined {
  if (rise !== undefined) return `${rise.ofBit * 100} % of a bit, ${rise.longest} µs`
  return slew === undefined ? undefined : `${slew} V/µs`
}

function describeSlew({ driver, limits: { slew, rise } }: LineStandard): string {
  if (rise !== undefined) {
    return `${rise.ofBit * 100} % of a bit from 10 % to 90 % of an edge, ${rise.longest} µs at most; never over ${driver.slew} V/µs`
  }
  return `${driver.slew} V/µs${slew === undefined ? '' : `; at most ${slew} V/µs allowed`}`
}

function rate(bits: number | undefined): string {
  if (bits === undefined) return '-'
  if (bits >= 1e6) return `${Number((bits / 1e6).toPrecision(3))} Mbit/s`
  return bits >= 1e3 ? `${Number((bits / 1e3).toPrecision(4))} kbit/s` : `${Math.round(bits)} bit/s`
}

/** `inverted, damages`: what a receiver makes of a driver. */
export function verdict({ reading, undefined: luck, damages }: LineCompatibility): string {
  const words: string[] = [reading]
  if (luck) words.push('undefined')
  if (damages !== 'no') words.push(damages === 'does' ? 'damages' : 'may damage')
  return words.join(', ')
}

function overview(): string {
  const facts = ALL.map(({ name, driver, limits, balanced }) => [
    name,
    `${volts(driver.mark)}, ${volts(driver.space)}${balanced ? ' (A–B)' : ''}`,
    `${between(limits.driver, 'V')}`,
    `${volts(limits.undefinedWithin[0])} to ${volts(limits.undefinedWithin[1])}`,
    slewOf(limits) ?? '-',
    `${rate(limits.bitRate)}, ${limits.length[0]} m`,
  ])
  const matrix = ALL.map((driver) => [
    driver.name,
    ...ALL.map((receiver) => verdict(lineCompatibility(driver, receiver))),
  ])
  return [
    table([['', 'mark (1), space (0)', 'driver must', 'undefined', 'slew', 'fastest, over'], ...facts]),
    'rs-449 is the DC-37 connector and its circuits, with the levels of rs-422 and rs-423: `linkpulse lines rs-449`.\n',
    'What a receiver (across) reads of a driver (down), every octet sent over it in the model:\n',
    table([['', ...ALL.map(({ name }) => name)], ...matrix]),
    LEGEND,
  ].join('\n')
}

const LEGEND = `right       each octet as it was sent        inverted  right once mark and space are exchanged
nothing     rest or an endless break         wrong     neither
undefined   a level is where the receiver’s standard says nothing: what a typical part reads, and another may not
damages     a level is more than the receiver survives; may damage: the most that the driver’s standard allows is

\`linkpulse lines NAME\` has a standard with its sources; --text Hi shows a text on it, --out FILE.svg draws it, and
--receiver NAME what a receiver of another makes of it.
`

function describe(standard: LineStandard): string {
  const { name, title, driver, receiver, limits, balanced, differential, common, reference } = standard
  const facts = [
    [
      '  driver',
      `mark (1) ${volts(driver.mark)}, space (0) ${volts(driver.space)}${balanced ? ', conductor A against B' : ', over ground'} (a typical part)`,
    ],
    ...(balanced ? [['', `A and B move around ${volts(common)}: each by half of it`]] : []),
    ['', `must be ${between(limits.driver, 'V')} in amount, into ${between(limits.load, 'Ω')}`],
    ['  slew', describeSlew(standard)],
    [
      '  receiver',
      `${differential ? 'looks at the difference of two conductors' : 'looks at one conductor over ground'}`,
    ],
    [
      '',
      `undefined from ${volts(limits.undefinedWithin[0])} to ${volts(limits.undefinedWithin[1])}; ${receiver.highIs === 1 ? 'above is mark (1)' : 'above is space (0)'}`,
    ],
    [
      '',
      `a typical part changes its mind at ${volts(receiver.low)} and ${volts(receiver.high)}; open it reads ${receiver.open}`,
    ],
    ['', `survives ${volts(limits.survives[0])} to ${volts(limits.survives[1])}`],
    ...(limits.capacitance === undefined ? [] : [['  load', `at most ${limits.capacitance} pF, cable included`]]),
  ]
  const lengths = LENGTHS.filter((metres) => metres <= Math.max(50, limits.length[1]))
  const rates = lengths.map((metres) => [
    `  ${metres} m`,
    rate(standardRateAt(standard, metres)),
    rate(carriedRate(standard, metres)),
  ])
  const drivers = ALL.map((each) => [`  ${each.name}`, verdict(lineCompatibility(each, standard))])
  return [
    `${name}: ${title}\n`,
    table(facts),
    table([['  length', 'allowed', 'in this model, of the usual rates'], ...rates]),
    'The model charges the cable’s 160 pF a metre with the driver’s current; it has no reflections and no loss, and sends',
    'start-stop characters on every standard, on V.35 too, which equipment uses with a clock.\n',
    table([['  driver', `read by the ${name} receiver`], ...drivers]),
    `Source: ${reference}\n`,
  ].join('\n')
}

/** Which of its circuits have which voltages. */
function describeRs449(): string {
  const { connector, reference, ...categories } = rs449Document()
  return `${RS449}: a connector, its circuits and what they do; the voltages are two other standards’

${table([
  ['  pins', `\`linkpulse connectors ${connector}\``],
  ['  category I', `${categories['rs-422'].join(', ')}: two conductors, rs-422`],
  ['  category II', `${categories['rs-423'].join(', ')}: one conductor, rs-423`],
  ['  left out', 'the second connector, of 9 contacts, for a backward channel'],
])}
\`linkpulse lines rs-422 --octet 0x41 --out sd.svg\` draws what is on SD(A) and SD(B).
Source: ${reference}
`
}
