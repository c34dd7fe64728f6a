/** What is said of two reports side by side, and of the rounds of a watch. */
import { counted } from './counted.js'

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
    `${verdicts === 0 ? 'No verdict differs' : counted(verdicts, 'verdict differs', 'verdicts differ')}, ${figures === 0 ? 'no figure' : counted(figures, 'figure')} moved.`,

  'watch.begins': ({ checks }: { readonly checks: number }) =>
    `Watching ${counted(checks, 'check')}: what changes is told below, with the seconds since the beginning. Ctrl-C ends this.`,
  'watch.back': ({ line }: { readonly line: string }) => `${line}, as it was before`,
  'watch.cause': ({ line }: { readonly line: string }) => `cause  ${line}`,
  'watch.lost': 'the target is lost: waiting for it to come back',
  'watch.found': 'the target is there again',
  'watch.sum': ({ rounds, changes, verdict }: WatchSum) =>
    `${counted(rounds, 'round')}, ${counted(changes, 'change')}; the last round: ${verdict}`,
  'watch.layer': ({ layer, verdict }: { readonly layer: string; readonly verdict: string }) => `${layer} ${verdict}`,
  'watch.layers': ({ layers }: { readonly layers: readonly string[] }) => layers.join(' · '),
  'watch.passes': 'everything passes',
  'watch.status': ({ time, round, state, check }: WatchState) => `${time} s  round ${round}  ${state}  ${check}`,
}

export interface WatchSum {
  readonly rounds: number
  readonly changes: number
  readonly verdict: string
}

export interface WatchState {
  /** Seconds. */
  readonly time: string
  readonly round: number
  /** Layers that do not pass. */
  readonly state: string
  /** That is under way. */
  readonly check: string
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
