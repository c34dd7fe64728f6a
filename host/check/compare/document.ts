/** A comparison as a document (`compare --json`). */
import { documentHead } from '../../../boards/schema/published.js'
import { differsInVerdict, type FigureDifference, type ReportDifferences } from './differences.js'
import { COMPARISON_VERSION, type ComparisonDocument } from './schema.js'

/** What the two reports are called. */
export interface ComparedNames {
  readonly first: string
  readonly second: string
}

export function comparisonDocument(
  differences: ReportDifferences,
  { first, second }: ComparedNames,
): ComparisonDocument {
  const { facts, verdict, conclusion, verdicts, only, figures, causes } = differences
  return {
    ...documentHead('comparison', COMPARISON_VERSION),
    first,
    second,
    differs: differsInVerdict(differences),
    facts: facts.map(({ fact, from, to }) => ({ fact, from, to })),
    verdict: { from: verdict.from, to: verdict.to },
    conclusion: { from: conclusion.from, to: conclusion.to },
    verdicts: verdicts.map(({ check, title, from, to, reason, was }) => ({ check, title, from, to, reason, was })),
    only: { first: [...only.first], second: [...only.second] },
    figures: figures.map(plainFigure),
    causes: causes.map(({ cause, from, to }) => ({ cause, from, to })),
  }
}

function plainFigure({ check, from, to, ratio, why }: FigureDifference): ComparisonDocument['figures'][number] {
  return { check, name: to.name, unit: to.unit, from: from.value, to: to.value, ratio, why }
}
