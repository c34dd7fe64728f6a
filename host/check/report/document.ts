/**
 * The report document (`--json`): the same bytes for the same run. Field order is fixed here, and counters are sorted, so
 * that it does not depend on the order in which something was first counted.
 */
import { documentHead } from '../../../boards/schema/published.js'
import { jsonText } from '../../json-text.js'
import type { Counters, Measurement, Report } from '../types.js'
import { REPORT_VERSION, type ReportDocument } from './schema.js'

function plainMeasurement({ name, value, unit, min, max }: Measurement): Omit<Measurement, 'figure'> {
  return { name, value: finite(value), unit, min: finite(min), max: finite(max) }
}

/** JSON has no NaN and no infinity: a figure that is neither was not measured. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

function sortedCounters(counters: Counters): ReportDocument['counters'] {
  const sorted: Record<string, Record<string, number>> = {}
  for (const place of Object.keys(counters).sort()) {
    const reasons: Record<string, number> = {}
    for (const reason of Object.keys(counters[place]).sort()) reasons[reason] = counters[place][reason]
    sorted[place] = reasons
  }
  return sorted
}

function plainNext(next: Report['nextMeasurement']): ReportDocument['nextMeasurement'] {
  if (next === null) return null
  const { kind, what, say, why, gain, seconds } = next
  return { kind, what, say, why, gain, seconds }
}

function plainOccupant(occupant: Report['occupant']): ReportDocument['occupant'] {
  if (occupant === null) return null
  const { who, title, probability, evidence, said, next } = occupant
  return { who, title, probability, evidence: [...evidence], said: [...said], next: [...next] }
}

/** The document with exactly the fields it is specified to have, in their order. @param file where the report was read, if it was */
export function reportDocument(report: Report, file?: string): ReportDocument {
  return {
    ...documentHead('report', REPORT_VERSION),
    ...(file === undefined ? {} : { file }),
    target: report.target,
    backend: report.backend,
    board: report.board,
    seed: report.seed,
    view: report.view,
    checks: report.checks.map(({ id, layer, title, verdict, measurements, reference, reason, again }) => ({
      id,
      layer,
      title,
      verdict,
      measurements: measurements.map(plainMeasurement),
      reference,
      reason,
      ...(again === undefined
        ? {}
        : { again: { verdict: again.verdict, measurements: again.measurements.map(plainMeasurement) } }),
    })),
    occupant: plainOccupant(report.occupant),
    diagnosis: report.diagnosis.map(({ cause, confidence, class: alike, side, evidence, remedy }) => ({
      cause,
      confidence,
      class: [...alike],
      side,
      evidence: [...evidence],
      remedy,
    })),
    unexplained: report.unexplained.map(({ check, what }) => ({ check, what })),
    nextMeasurement: plainNext(report.nextMeasurement),
    findings: report.findings.map(({ id, at, octets, rule, source }) => ({ id, at, octets, rule, source })),
    counters: sortedCounters(report.counters),
    verdict: report.verdict,
  }
}

export function jsonReport(report: Report): string {
  return jsonText(reportDocument(report))
}
