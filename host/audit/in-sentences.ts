/** An audit for a person: a line a finding. */
import { hexOctets } from '../hex-octets.js'
import { type RemedyWords, remedyText } from '../text/finding-remedy.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { isOffRate, type SpiAudit, type UartAudit } from './audit.js'
import type { AnswerDifference } from './chip-differences.js'
import { type AuditResult, isWrong } from './document.js'
import { type ProbeGuess, WIRES } from './guess-probes.js'
import { formatName } from './uart-format.js'

/** Octets of a UART that a person reads at once. */
const OCTETS_SHOWN = 64
const FEW_OCTETS = 12

export interface AuditLine {
  readonly text: LocalizableText
  /** How far it is moved in. */
  readonly depth: number
}

const line = (text: LocalizableText, depth = 0): AuditLine => ({ text, depth })
const milliseconds = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(3)
const hex = (octet: number): string => `${octet.toString(16).toUpperCase().padStart(2, '0')}h`

/** In order, with the verdict last. */
export function auditLines(result: AuditResult, remedies: RemedyWords): readonly AuditLine[] {
  const { file, recording, spi, uarts } = result
  const { channels, analogue, duration, times } = recording
  return [
    line(
      keyed('audit.recording', {
        file,
        channels: channels.length + analogue.length,
        seconds: (duration / 1e9).toPrecision(4),
        changes: Math.max(0, times.length - 1),
      }),
    ),
    ...(spi === undefined ? [] : spiLines(channels, spi.guess, spi.audit, remedies)),
    ...uarts.flatMap(uartLines),
    line(isWrong(result) ? keyed('audit.wrong') : keyed('audit.right')),
  ]
}

function spiLines(
  channels: readonly string[],
  { probes, guessed }: ProbeGuess,
  audit: SpiAudit,
  remedies: RemedyWords,
): AuditLine[] {
  const list = WIRES.flatMap((wire) => {
    const place = probes[wire]
    return place === undefined ? [] : [`${wire.toUpperCase()}: ${channels[place]}`]
  }).join(', ')
  const { misuse, differences, wire, unread, revision, model, setUp, interrupts } = audit
  const lines = [
    line(guessed.length > 0 ? keyed('audit.guessed', { list }) : list),
    line(
      keyed('audit.spi', {
        transactions: audit.transactions,
        octets: audit.octets,
        megahertz: (audit.clock / 1e6).toFixed(1),
      }),
    ),
    line(revision === undefined ? keyed('audit.no-revision', { model }) : keyed('audit.revision', { revision })),
  ]
  if (!setUp) lines.push(line(keyed('audit.not-set-up')))
  lines.push(line(misuse.length === 0 ? keyed('audit.no-misuse') : keyed('audit.misuse')))
  for (const { rule, source, count, first, octets, instruction } of misuse) {
    const example = `${instruction} (${hexOctets(octets)})`
    lines.push(
      line(keyed('audit.rule', { count, rule: keyed(`rule.${rule}`), source, at: milliseconds(first), example }), 1),
      line(remedyText(remedies, rule), 2),
    )
  }
  if (setUp) lines.push(line(differences.length === 0 ? keyed('audit.no-differences') : keyed('audit.differences')))
  for (const each of differences) lines.push(line(differenceIn(each), 1))
  if (interrupts !== undefined) lines.push(line(keyed('audit.int', { count: interrupts })))
  const received = wire.filter(({ direction, whole }) => direction === 'inbound' && whole).length
  const sent = wire.filter(({ direction }) => direction === 'outbound').length
  if (setUp) lines.push(line(keyed('audit.frames', { received, sent })))
  if (unread > 0) lines.push(line(keyed('audit.unread', { count: unread })))
  return lines
}

function differenceIn({ meaning, where, count, at, chip, model }: AnswerDifference): LocalizableText {
  const values =
    chip === undefined || model === undefined ? '' : keyed('audit.values', { chip: hex(chip), model: hex(model) })
  return keyed('audit.difference', {
    count,
    where,
    at: milliseconds(at),
    values,
    meaning: keyed(`audit.means.${meaning}`),
  })
}

function uartLines(audit: UartAudit): AuditLine[] {
  const { channel, rate, measured, deviation, format, line: wire, reading } = audit
  const { octets, falseStarts } = reading
  const lines = [
    line(
      keyed('audit.uart', {
        channel,
        rate: String(Math.round(rate)),
        format: formatName(format),
        octets: octets.length,
      }),
    ),
    line(keyed('audit.uart-measured', { measured: String(Math.round(measured)), percent: signed(100 * deviation) }), 1),
  ]
  if (isOffRate(audit)) lines.push(line(keyed('audit.uart-off'), 1))
  if (wire.inverted) lines.push(line(keyed('audit.uart-inverted'), 1))
  if (wire.volts !== undefined) {
    const { low, high } = wire.volts
    lines.push(line(keyed('audit.uart-volts', { low: low.toFixed(2), high: high.toFixed(2) }), 1))
  }
  if (octets.length < FEW_OCTETS) lines.push(line(keyed('audit.uart-few'), 1))
  const first = (instants: readonly number[]) => milliseconds(Math.min(...instants.slice(0, 1)))
  const bad = octets.filter(({ frameError }) => frameError).map(({ at }) => at)
  const frameErrors = [...bad, ...falseStarts].sort((a, b) => a - b)
  if (frameErrors.length > 0)
    lines.push(line(keyed('audit.uart-frame-errors', { count: frameErrors.length, at: first(frameErrors) }), 1))
  const parity = octets.filter(({ parityError }) => parityError).map(({ at }) => at)
  if (parity.length > 0)
    lines.push(line(keyed('audit.uart-parity-errors', { count: parity.length, at: first(parity) }), 1))
  const glitches = octets.filter(({ glitch }) => glitch).map(({ at }) => at)
  if (glitches.length > 0)
    lines.push(line(keyed('audit.uart-glitches', { count: glitches.length, at: first(glitches) }), 1))
  lines.push(line(shown(audit), 1))
  return lines
}

function signed(percent: number): string {
  return `${percent < 0 ? '' : '+'}${percent.toFixed(1)}`
}

/** The first octets as hexadecimal. */
function shown({ reading: { octets } }: UartAudit): string {
  const text = octets.slice(0, OCTETS_SHOWN).map(({ value }) => value.toString(16).toUpperCase().padStart(2, '0'))
  return `${text.join(' ')}${octets.length > OCTETS_SHOWN ? ' …' : ''}`
}
