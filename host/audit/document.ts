/** An audit as a document, for other programs: what `linkpulse audit --json` prints. */
import * as v from 'valibot'
import {
  documentFields,
  fromZeroField,
  listField,
  numberField,
  oneOfField,
  textField,
  truthField,
  wordsField,
} from '../../boards/schema/fields.js'
import { documentHead } from '../../boards/schema/published.js'
import { hexOctets } from '../hex-octets.js'
import type { LogicRecording } from '../logic/logic-recording.js'
import { FINDING_REMEDIES } from '../text/en/finding-remedies.js'
import { EN } from '../text/en.js'
import { keyed } from '../text/keyed.js'
import { say } from '../text/say.js'
import { hasTrouble, isOffRate, type SpiAudit, type UartAudit, uartHasTrouble } from './audit.js'
import { isTrouble, MEANINGS } from './chip-differences.js'
import type { ProbedWire, ProbeGuess } from './guess-probes.js'
import { formatName } from './uart-format.js'

const VERSION = 1

/** Octets of a UART that the document has; the rest is counted. */
const MOST_OCTETS = 65_536
const MOST_TROUBLES = 1000

const at = fromZeroField('When, in nanoseconds since the first sample')
const count = fromZeroField('How often')

const spiFields = v.strictObject({
  probes: v.pipe(v.record(v.string(), v.string()), v.title('Name of the channel of each wire')),
  guessed: listField(textField('A wire whose channel nobody named')),
  transactions: fromZeroField('Times that CS was low and something crossed'),
  octets: fromZeroField('Octets that crossed each way'),
  clockHertz: fromZeroField('The fastest SCK'),
  revision: v.pipe(v.nullable(v.string()), v.title('Silicon revision, or null'), v.description('a text, or null')),
  model: textField('Silicon revision of the model'),
  setUp: truthField('Whether the driver sets the chip up within the recording; else little is judged'),
  misuse: listField(
    v.strictObject({
      rule: textField('Name of the rule'),
      text: wordsField('What it says'),
      source: wordsField('Where it is written'),
      remedy: wordsField('What to do about it'),
      count,
      at,
      octets: wordsField('What the driver had sent the first time, in hexadecimal'),
      instruction: wordsField('The instruction, in short'),
    }),
  ),
  differences: listField(
    v.strictObject({
      meaning: oneOfField('What it means', MEANINGS),
      text: wordsField('What it means, in words'),
      trouble: truthField('Whether something is wrong'),
      where: textField('The register, memory, or why a frame is refused'),
      count,
      at,
      chip: v.exactOptional(fromZeroField('The octet that the chip answered')),
      model: v.exactOptional(fromZeroField('The octet that the model answers')),
    }),
  ),
  interrupts: v.exactOptional(fromZeroField('Times that INT fell, where it was recorded')),
  received: fromZeroField('Frames received that the driver read'),
  sent: fromZeroField('Frames sent'),
  unread: fromZeroField('Frames that the chip counted and the driver never read'),
})

const uartFields = v.strictObject({
  channel: textField('Name of the channel'),
  baud: fromZeroField('Rate that the sender is set to'),
  measuredBaud: fromZeroField('Rate as measured'),
  offRate: truthField('Too far off for a receiver'),
  format: textField('Data bits, parity, stop bits: 8N1'),
  inverted: truthField('The line rests low'),
  volts: v.pipe(
    v.nullable(v.strictObject({ low: numberField('Of the low level'), high: numberField('Of the high level') })),
    v.title('Levels of an analogue recording, or null'),
  ),
  count: fromZeroField('Octets'),
  octets: wordsField(`The first ${MOST_OCTETS} octets, in hexadecimal`),
  frameErrors: count,
  parityErrors: count,
  glitches: count,
  troubles: listField(
    v.strictObject({
      at,
      kind: oneOfField('What is wrong', ['frame error', 'parity error', 'glitch', 'false start']),
      value: v.exactOptional(fromZeroField('The octet as it was read')),
    }),
  ),
})

export const AUDIT_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(VERSION),
    file: wordsField('Path of the recording'),
    channels: listField(wordsField('Name of a channel')),
    durationNanoseconds: fromZeroField('From the first sample to the last'),
    verdict: oneOfField('Whether something is wrong', ['right', 'wrong']),
    spi: v.nullable(spiFields),
    uarts: listField(uartFields),
  }),
  v.title('What linkpulse audit finds in a recording of a real chip'),
)

export type AuditDocument = v.InferOutput<typeof AUDIT_DOCUMENT>

export interface AuditResult {
  readonly file: string
  readonly recording: LogicRecording
  readonly spi?: { readonly audit: SpiAudit; readonly guess: ProbeGuess }
  readonly uarts: readonly UartAudit[]
}

/** Whether anything is wrong with what was recorded. */
export function isWrong({ spi, uarts }: AuditResult): boolean {
  return (spi !== undefined && hasTrouble(spi.audit)) || uarts.some(uartHasTrouble)
}

/** For programs: in English. */
export function auditDocument(result: AuditResult): AuditDocument {
  const { file, recording, spi, uarts } = result
  return {
    ...documentHead('audit', VERSION),
    file,
    channels: [...recording.channels, ...recording.analogue.map(({ name }) => name)],
    durationNanoseconds: recording.duration,
    verdict: isWrong(result) ? 'wrong' : 'right',
    spi: spi === undefined ? null : spiDocument(recording, spi.guess, spi.audit),
    uarts: uarts.map(uartDocument),
  }
}

function spiDocument({ channels }: LogicRecording, { probes, guessed }: ProbeGuess, audit: SpiAudit) {
  return {
    probes: Object.fromEntries(
      (Object.entries(probes) as [ProbedWire, number][]).map(([wire, place]) => [wire, channels[place]]),
    ),
    guessed,
    transactions: audit.transactions,
    octets: audit.octets,
    clockHertz: Math.round(audit.clock),
    revision: audit.revision ?? null,
    model: audit.model,
    setUp: audit.setUp,
    misuse: audit.misuse.map(({ rule, source, count, first, octets, instruction }) => ({
      rule,
      text: say(EN, keyed(`rule.${rule}`)),
      remedy: FINDING_REMEDIES[rule],
      source,
      count,
      at: Math.max(0, first),
      octets: hexOctets(octets),
      instruction,
    })),
    differences: audit.differences.map(({ meaning, where, count, at, chip, model }) => ({
      meaning,
      text: say(EN, keyed(`audit.means.${meaning}`)),
      trouble: isTrouble(meaning),
      where,
      count,
      at: Math.max(0, at),
      ...(chip === undefined || model === undefined ? {} : { chip, model }),
    })),
    ...(audit.interrupts === undefined ? {} : { interrupts: audit.interrupts }),
    received: audit.wire.filter(({ direction, whole }) => direction === 'inbound' && whole).length,
    sent: audit.wire.filter(({ direction }) => direction === 'outbound').length,
    unread: audit.unread,
  }
}

function uartDocument(audit: UartAudit): AuditDocument['uarts'][number] {
  const { channel, rate, measured, format, line, reading } = audit
  const { octets, falseStarts } = reading
  return {
    channel,
    baud: Math.round(rate),
    measuredBaud: Math.round(measured),
    offRate: isOffRate(audit),
    format: formatName(format),
    inverted: line.inverted,
    volts: line.volts ?? null,
    count: octets.length,
    octets: octets
      .slice(0, MOST_OCTETS)
      .map(({ value }) => value.toString(16).padStart(format.dataBits > 8 ? 3 : 2, '0'))
      .join(' '),
    frameErrors: audit.frameErrors,
    parityErrors: audit.parityErrors,
    glitches: audit.glitches,
    troubles: [
      ...octets.flatMap(({ at, value, frameError, parityError, glitch }) => [
        ...(frameError ? [{ at, kind: 'frame error' as const, value }] : []),
        ...(parityError ? [{ at, kind: 'parity error' as const, value }] : []),
        ...(glitch ? [{ at, kind: 'glitch' as const, value }] : []),
      ]),
      ...falseStarts.map((at) => ({ at, kind: 'false start' as const })),
    ]
      .sort((a, b) => a.at - b.at)
      .slice(0, MOST_TROUBLES),
  }
}
