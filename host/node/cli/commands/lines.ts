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
import { keyed, type Sentence, type SentenceKey } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { table } from '../../../text/table.js'
import { wordWrap } from '../../../text/word-wrap.js'
import type { ArgumentsOf } from '../arguments.js'
import { tellDrawn } from '../drawings.js'
import { refuseLook, writePicture } from '../picture-file.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import { WORDS } from '../words.js'
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
  if (given.has('json'))
    throw new UsageError('a text or an octet is drawn, and --json prints a document: give one of them')
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
    print(lineCharacters(WORDS, options))
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
const told = <K extends SentenceKey>(...sentence: Parameters<typeof keyed<K>>): string => say(WORDS, keyed(...sentence))
const between = ([from, to]: readonly [number, number], unit: string) =>
  told('lines.range', { from: `${from}`, to: `${to}`, unit })
const voltsBetween = ([from, to]: readonly [number, number]) =>
  told('lines.range', { from: volts(from), to: numberText(to), unit: 'V' })

/** How fast, or how slow, its edges may be. */
function slewOf({ slew, rise }: LineStandard['limits']): string | undefined {
  if (rise !== undefined) return told('lines.rise', { share: rise.ofBit * 100, longest: rise.longest })
  return slew === undefined ? undefined : `${slew} V/µs`
}

function describeSlew({ driver, limits: { slew, rise } }: LineStandard): string {
  if (rise !== undefined)
    return told('lines.slew-of-bit', { share: rise.ofBit * 100, longest: rise.longest, slew: driver.slew })
  return slew === undefined ? `${driver.slew} V/µs` : told('lines.slew-allowed', { slew: driver.slew, allowed: slew })
}

function rate(bits: number | undefined): string {
  if (bits === undefined) return '-'
  if (bits >= 1e6) return `${Number((bits / 1e6).toPrecision(3))} Mbit/s`
  return bits >= 1e3 ? `${Number((bits / 1e3).toPrecision(4))} kbit/s` : `${Math.round(bits)} bit/s`
}

/** `inverted, damages`: what a receiver makes of a driver. */
function verdict({ reading, undefined: luck, damages }: LineCompatibility): string {
  const words: Sentence[] = [keyed(`lines.reads.${reading}`)]
  if (luck) words.push(keyed('lines.undefined'))
  if (damages !== 'no') words.push(keyed(damages === 'does' ? 'lines.damages' : 'lines.may-damage'))
  return told('lines.and', { words })
}

function overview(): string {
  const facts = ALL.map(({ name, driver, limits, balanced }) => [
    name,
    `${volts(driver.mark)}, ${volts(driver.space)}${balanced ? ' (A–B)' : ''}`,
    between(limits.driver, 'V'),
    voltsBetween(limits.undefinedWithin),
    slewOf(limits) ?? '-',
    `${rate(limits.bitRate)}, ${limits.length[0]} m`,
  ])
  const matrix = ALL.map((driver) => [
    driver.name,
    ...ALL.map((receiver) => verdict(lineCompatibility(driver, receiver))),
  ])
  const heads = (['levels', 'driver', 'undefined', 'slew', 'fastest'] as const).map((head) =>
    told(`lines.head.${head}`),
  )
  return [
    table([['', ...heads], ...facts]),
    `${told('lines.rs-449')}\n`,
    `${told('lines.matrix')}\n`,
    table([['', ...ALL.map(({ name }) => name)], ...matrix]),
    table(LEGEND.map(([word, meaning]) => [told(word), told(meaning)])),
    `${wordWrap(told('lines.more'), WIDE).join('\n')}\n`,
  ].join('\n')
}

const LEGEND = [
  ['lines.reads.right', 'lines.means.right'],
  ['lines.reads.inverted', 'lines.means.inverted'],
  ['lines.reads.nothing', 'lines.means.nothing'],
  ['lines.reads.wrong', 'lines.means.wrong'],
  ['lines.undefined', 'lines.means.undefined'],
  ['lines.damages', 'lines.means.damages'],
  ['lines.may-damage', 'lines.means.may-damage'],
] as const
const WIDE = 120

function describe(standard: LineStandard): string {
  const { name, title, driver, receiver, limits, balanced, differential, common, reference } = standard
  const way = keyed(balanced ? 'lines.balanced' : 'lines.over-ground')
  const facts = [
    [`  ${told('lines.driver')}`, told('lines.levels', { mark: volts(driver.mark), space: volts(driver.space), way })],
    ...(balanced ? [['', told('lines.common', { volts: volts(common) })]] : []),
    ['', told('lines.must', { volts: between(limits.driver, 'V'), load: between(limits.load, 'Ω') })],
    [`  ${told('lines.slew')}`, describeSlew(standard)],
    [`  ${told('lines.receiver')}`, told(differential ? 'lines.looks-at-difference' : 'lines.looks-at-one')],
    [
      '',
      told('lines.undefined-range', {
        from: volts(limits.undefinedWithin[0]),
        to: volts(limits.undefinedWithin[1]),
        above: keyed(receiver.highIs === 1 ? 'lines.mark' : 'lines.space'),
      }),
    ],
    ['', told('lines.thresholds', { low: volts(receiver.low), high: volts(receiver.high), open: `${receiver.open}` })],
    ['', told('lines.survives', { from: volts(limits.survives[0]), to: volts(limits.survives[1]) })],
    ...(limits.capacitance === undefined
      ? []
      : [[`  ${told('lines.load')}`, told('lines.capacitance', { most: limits.capacitance })]]),
  ]
  const lengths = LENGTHS.filter((metres) => metres <= Math.max(50, limits.length[1]))
  const rates = lengths.map((metres) => [
    `  ${metres} m`,
    rate(standardRateAt(standard, metres)),
    rate(carriedRate(standard, metres)),
  ])
  const drivers = ALL.map((each) => [`  ${each.name}`, verdict(lineCompatibility(each, standard))])
  return [
    `${told('lines.title', { name, title: tellDrawn(title) })}\n`,
    table(facts),
    table([[`  ${told('lines.length')}`, told('lines.allowed'), told('lines.carried')], ...rates]),
    `${wordWrap(told('lines.model'), WIDE).join('\n')}\n`,
    table([[`  ${told('lines.driver')}`, told('lines.read-by', { receiver: name })], ...drivers]),
    `${told('lines.source', { source: reference })}\n`,
  ].join('\n')
}

/** Which of its circuits have which voltages. */
function describeRs449(): string {
  const { connector, reference, ...categories } = rs449Document()
  return `${told('lines.title', { name: RS449, title: keyed('rs-449.title') })}

${table([
  [`  ${told('rs-449.pins')}`, `\`linkpulse connectors ${connector}\``],
  [`  ${told('rs-449.category-1')}`, told('rs-449.two-conductors', { circuits: categories['rs-422'] })],
  [`  ${told('rs-449.category-2')}`, told('rs-449.one-conductor', { circuits: categories['rs-423'] })],
  [`  ${told('rs-449.left-out')}`, told('rs-449.backward')],
])}
${told('rs-449.draw')}
${told('lines.source', { source: tellDrawn(reference) })}
`
}
