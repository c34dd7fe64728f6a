/** What is said of two reports side by side, and of the rounds of a watch. */

export const COMPARE_WORDS = {
  'compare.report': ({ name, board, verdict, conclusion }: ComparedReport) =>
    `${name}: ${board}: ${verdict}, ${conclusion}`,
  'compare.facts': 'What was looked at',
  'compare.fact.target': 'target',
  'compare.fact.backend': 'backend',
  'compare.fact.board': 'board',
  'compare.fact.seed': 'seed',
  'compare.fact.view': 'view',
  'compare.no-seed': 'none',
  'compare.verdicts': 'Verdicts',
  'compare.figures': 'Figures',
  'compare.causes': 'Causes',
  'compare.named': ({ name, change }: { readonly name: string; readonly change: string }) => `${name}  ${change}`,
  'compare.figure': ({ check, figure, change }: MovedFigure) => `${check}  ${figure}  ${change}`,
  'compare.from-to': ({ from, to }: FromTo) => `${from} → ${to}`,
  'compare.because': ({ change, reason }: { readonly change: string; readonly reason: string }) =>
    `${change}: ${reason}`,
  'compare.was': ({ change, was }: { readonly change: string; readonly was: string }) => `${change} (was: ${was})`,
  'compare.now-skipped': ({ checks }: Checks) => `skipped in the second alone: ${checks.join(', ')}`,
  'compare.now-made': ({ checks }: Checks) => `skipped in the first alone, and passed now: ${checks.join(', ')}`,
  'compare.only-first': ({ checks }: Checks) => `in the first alone: ${checks.join(', ')}`,
  'compare.only-second': ({ checks }: Checks) => `in the second alone: ${checks.join(', ')}`,
  'compare.ratio': ({ change, ratio }: { readonly change: string; readonly ratio: string }) => `${change} (× ${ratio})`,
  'compare.limit': ({ change, limit }: { readonly change: string; readonly limit: string }) => `${change}, ${limit}`,
  'compare.percent': ({ percent }: { readonly percent: number }) => `${percent} %`,
  'compare.not-named': 'not named',
  'compare.same': 'Nothing differs: the same verdicts, the same causes, and every figure within its scatter.',
  'compare.sum': ({ verdicts, figures }: { readonly verdicts: number; readonly figures: number }) =>
    `${verdicts === 0 ? 'No verdict differs' : verdicts === 1 ? '1 verdict differs' : `${verdicts} verdicts differ`}, ${figures === 1 ? '1 figure' : `${figures} figures`} moved.`,
}

export interface ComparedReport {
  /** Of the file. */
  readonly name: string
  readonly board: string
  readonly verdict: string
  readonly conclusion: string
}

export interface MovedFigure {
  readonly check: string
  readonly figure: string
  readonly change: string
}

export interface FromTo {
  readonly from: string
  readonly to: string
}

export interface Checks {
  readonly checks: readonly string[]
}
