/** What is wrong between this computer and the board. */
import { signedText } from '../../number-text.js'
import { keyed } from '../../text/keyed.js'
import { COMMON_RATES } from '../common-rates.js'
import { LINE_ERRORS, RATE, RESTARTS, SERIAL_SESSION, WHOLE_RUN } from '../figures/serial.js'
import { type Evidence, seenOf } from './evidence.js'
import type { DiagnosisRule } from './rule.js'

const noPower: DiagnosisRule = {
  cause: 'no-power',
  remedy: keyed('no-power.remedy'),
  seen(evidence) {
    if (!evidence.failed('serial.session') || !evidence.is(SERIAL_SESSION.octetsReceived, (n) => n === 0))
      return undefined
    if (evidence.value(RATE.answered) !== undefined) return undefined
    const cells = evidence.text(SERIAL_SESSION.cellsSent)
    const tried = evidence.text(RATE.tried)
    return seenOf([
      { seen: true, sentence: keyed('no-power.silent', { cells }) },
      { seen: evidence.is(RATE.tried, (n) => n > 0), sentence: keyed('no-power.any-rate', { tried }) },
    ])
  },
}

const baudOff: DiagnosisRule = {
  cause: 'baud-off-6-percent',
  remedy: keyed('baud-off-6-percent.remedy'),
  seen(evidence) {
    if (!evidence.failed('serial.session') && !evidence.failed('serial.rate')) return undefined
    const answered = evidence.value(RATE.answered)
    const deviation = evidence.value(RATE.deviation)
    const heard = evidence.is(SERIAL_SESSION.octetsReceived, (n) => n > 0)
    if (answered !== undefined && deviation !== undefined) {
      if (Math.abs(deviation) < 2 || Math.abs(deviation) > 15) return undefined
      return seenOf([
        {
          seen: true,
          sentence: keyed('baud-off-6-percent.answers', { rate: answered, deviation: signedText(deviation) }),
        },
        { seen: true, sentence: keyed('baud-off-6-percent.asked') },
      ])
    }
    if (answered !== undefined || !heard || evidence.is(SERIAL_SESSION.cellsUnderstood, (n) => n > 0)) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('baud-off-6-percent.garbled', { octets: evidence.text(SERIAL_SESSION.octetsReceived) }),
      },
    ])
  },
}

/** A share has two decimals: of a rate that is a hundredth of another, that is half a per cent. */
const SHARE_ROUNDED = 0.01

/** The rate that was asked for: a report says of which share of it the board's own is, by its clock where that was measured. */
function askedRate(evidence: Evidence, answered: number, share: number): number {
  const asked = (100 * (evidence.value(RATE.measured) ?? answered)) / share
  return COMMON_RATES.find((rate) => Math.abs(asked / rate - 1) < SHARE_ROUNDED) ?? Math.round(asked)
}

/** Stands for a rate that no measurement has found, as in the help of commands. */
const RATE_TO_BE_FOUND = 'RATE'

const wrongRate: DiagnosisRule = {
  cause: 'serial-wrong-baud',
  remedy: keyed('serial-wrong-baud.remedy', { rate: RATE_TO_BE_FOUND }),
  remedyFor: (evidence) =>
    keyed('serial-wrong-baud.remedy', { rate: String(evidence.value(RATE.answered) ?? RATE_TO_BE_FOUND) }),
  seen(evidence) {
    const answered = evidence.value(RATE.answered)
    const share = evidence.value(RATE.share)
    if (answered === undefined || share === undefined) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('serial-wrong-baud.answers', { rate: answered, asked: askedRate(evidence, answered, share) }),
      },
      { seen: evidence.failed('serial.session'), sentence: keyed('serial-wrong-baud.no-session') },
    ])
  },
}

type LineFigures = typeof LINE_ERRORS

/** The figures of the check whose counts show damage. A change of rate that went wrong does damage of its own, and is not counted. */
function damagedLine(evidence: Evidence): LineFigures | undefined {
  if (!evidence.failed('serial.whole-run')) return evidence.failed('serial.line-errors') ? LINE_ERRORS : undefined
  if (evidence.failed('serial.baud-change') && evidence.passed('serial.line-errors')) return undefined
  return WHOLE_RUN
}

/**
 * A flipped bit hits the payload of a cell nine times of ten. An octet that is missing moves the boundaries of the cells
 * behind it, and headers are looked for where there are none.
 */
function octetsAreMissing(evidence: Evidence, line: LineFigures): boolean {
  return evidence.sum(line.boardHeaders, line.hostHeaders) > evidence.sum(line.boardPayloads, line.hostPayloads)
}

/** The cells that came were no board's: our own come back, or another host is on the line. */
export function hearsHosts(evidence: Evidence): boolean {
  return evidence.is(SERIAL_SESSION.ownCells, (n) => n > 0) || evidence.is(SERIAL_SESSION.otherHosts, (n) => n > 0)
}

const noise: DiagnosisRule = {
  cause: 'serial-noise',
  remedy: keyed('serial-noise.remedy'),
  seen(evidence) {
    const line = damagedLine(evidence)
    const garbled =
      evidence.failed('serial.session') &&
      evidence.is(SERIAL_SESSION.octetsReceived, (n) => n > 0) &&
      evidence.is(SERIAL_SESSION.cellsUnderstood, (n) => n > 0) &&
      !hearsHosts(evidence)
    if (line === undefined && !garbled) return undefined
    if (line !== undefined && octetsAreMissing(evidence, line)) return undefined
    if (line === undefined) {
      return seenOf([{ seen: true, sentence: keyed('serial-noise.no-session') }])
    }
    const atBoard = evidence.sum(line.boardHeaders, line.boardPayloads)
    const here = evidence.sum(line.hostHeaders, line.hostPayloads)
    const checks = atBoard + here
    return seenOf([
      {
        seen: checks > 0,
        sentence: keyed('serial-noise.checks', { cells: checks, rate: evidence.text(line.errorsPerMillion) }),
      },
      { seen: atBoard + evidence.sum(line.boardFraming) > 0 && here > 0, sentence: keyed('serial-noise.both-ways') },
      {
        seen: evidence.passed('serial.session') && evidence.verdict('serial.rate') !== 'fail',
        sentence: keyed('serial-noise.understood'),
      },
    ])
  },
}

const drops: DiagnosisRule = {
  cause: 'serial-drops',
  remedy: keyed('serial-drops.remedy'),
  seen(evidence) {
    const line = damagedLine(evidence)
    if (line === undefined) return undefined
    const skipped = evidence.sum(line.skipped)
    if (!octetsAreMissing(evidence, line)) return undefined
    const overruns = evidence.sum(line.boardOverruns)
    return seenOf([
      { seen: true, sentence: keyed('serial-drops.headers', { skipped }) },
      ...(overruns === 0 ? [] : [{ seen: true, sentence: keyed('serial-drops.overrun', { count: overruns }) }]),
      {
        seen: evidence.passed('serial.session') && evidence.passed('serial.rate'),
        sentence: keyed('serial-drops.understood'),
      },
    ])
  },
}

const brownOut: DiagnosisRule = {
  cause: 'brown-out',
  remedy: keyed('brown-out.remedy'),
  seen(evidence) {
    const starts = evidence.value(RESTARTS.starts) ?? 0
    if (starts === 0) return undefined
    return seenOf([
      { seen: true, sentence: keyed('brown-out.starts', { count: starts, time: evidence.text(RESTARTS.watched) }) },
      {
        seen: evidence.is(RESTARTS.brownOut, (value) => value === 1),
        sentence: keyed('brown-out.detector'),
      },
    ])
  },
}

export const SERIAL_RULES: readonly DiagnosisRule[] = [noPower, brownOut, baudOff, wrongRate, noise, drops]
