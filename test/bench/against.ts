/**
 * This tree's figures beside those of another commit, so that a change can be judged by its ratio and not by the machine of the
 * day: each benchmark runs in turns, one process a tree and round, and each round's pair gives one ratio.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BETTER, type BenchFigure, medianOf } from './figure.js'

const HERE = fileURLToPath(new URL('../..', import.meta.url))
/** More than this part slower, beyond what the rounds differ by, is worth an exit status. */
const TOLERATED = 0.05

/** What was asked cannot be measured: an unknown commit, a tree that does not build. */
export class AgainstError extends Error {}

/** How this tree does beside the other in one figure. A speed of 1 is "as fast", 0.5 "half as fast", 2 "twice". */
export interface Comparison {
  readonly name: string
  /** Median over the rounds, and the quartiles, which half of the rounds lie between. */
  readonly speed: number
  readonly low: number
  readonly high: number
  /** Medians of this tree and of the other, in `unit`. */
  readonly value: number
  readonly before: number
  readonly unit: string
  readonly rounds: number
  /** Slower by more than 5 % even where the spread is the kindest. */
  readonly slower: boolean
}

/** The quantile `part` (0 to 1) of a list, between neighbours in proportion (Hyndman and Fan 1996, type 7). */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below)
}

/**
 * @param pairs of one figure: this tree's and the other's, measured next to each other in time
 * @throws RangeError without a pair
 */
export function compareFigures(pairs: readonly (readonly [now: BenchFigure, before: BenchFigure])[]): Comparison {
  if (pairs.length === 0) throw new RangeError('a comparison takes one pair of figures or more')
  const { name, unit } = pairs[0][0]
  const speeds = pairs.map(([now, before]) =>
    BETTER[unit] === 'higher' ? now.value / before.value : before.value / now.value,
  )
  const high = quantile(speeds, 0.75)
  return {
    name,
    unit,
    speed: medianOf(speeds),
    low: quantile(speeds, 0.25),
    high,
    value: medianOf(pairs.map(([now]) => now.value)),
    before: medianOf(pairs.map(([, before]) => before.value)),
    rounds: pairs.length,
    slower: high < 1 - TOLERATED,
  }
}

/** The benchmarks a tree has. */
function benchmarksOf(tree: string): string[] {
  return figuresOf(tree, ['--list']).trim().split('\n')
}

function figuresOf(tree: string, words: readonly string[]): string {
  const all = ['--import', 'tsx', 'test/bench/bench.ts', ...words]
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd: tree, encoding: 'utf8' })
  if (status !== 0) throw new AgainstError(`bench ${words.join(' ')} failed in ${tree}:\n${stderr}`)
  return stdout
}

function git(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd: HERE, encoding: 'utf8' })
  if (status !== 0) throw new AgainstError(`git ${words.join(' ')}: ${stderr.trim()}`)
  return stdout.trim()
}

function setUp(tree: string, stop: AbortSignal, ...words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(words[0], words.slice(1), { cwd: tree, signal: stop, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve()
      else reject(new AgainstError(`${words.join(' ')} failed in the other commit's tree:\n${said}`))
    })
  })
}

/**
 * A worktree of a commit with its packages and its build.
 * @param stop ends what is being set up
 * @param onBegun is given what takes all of it away, before there is anything
 * @returns where it is
 */
async function otherTree(commit: string, stop: AbortSignal, onBegun: (remove: () => void) => void): Promise<string> {
  let hash: string
  try {
    hash = git('rev-parse', '--verify', '--end-of-options', `${commit}^{commit}`)
  } catch (error) {
    throw new AgainstError(`"${commit}" names no commit of this repository: ${(error as Error).message}`)
  }
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-bench-'))
  const tree = join(folder, hash.slice(0, 12))
  const remove = () => {
    spawnSync('git', ['worktree', 'remove', '--force', tree], { cwd: HERE })
    rmSync(folder, { recursive: true, force: true })
  }
  onBegun(remove)
  try {
    git('worktree', 'add', '--detach', tree, hash)
    const lock = (where: string) => readFileSync(join(where, 'package-lock.json'), 'utf8')
    // The same packages need no second copy. Others are installed, as the commit's own lock file has them.
    if (lock(tree) === lock(HERE) && existsSync(join(HERE, 'node_modules')))
      symlinkSync(join(HERE, 'node_modules'), join(tree, 'node_modules'))
    else await setUp(tree, stop, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund')
    await setUp(tree, stop, 'npm', 'run', '--silent', 'build')
    return tree
  } catch (error) {
    remove()
    throw error
  }
}

export interface BenchAgainstOptions {
  readonly commit: string
  /** Benchmarks by name; all that both trees have, where none is named. */
  readonly only: readonly string[]
  readonly rounds: number
  /** Is called with each figure's comparison once its benchmark has had all of its rounds. */
  readonly onComparison: (comparison: Comparison) => void
  /** Is called for each benchmark, and for each figure of one, that only one of the trees has. */
  readonly onUnmatched: (what: string) => void
  /** Is called before each round. */
  readonly onProgress: (what: string) => void
}

/** What only one of two lists of names has, as sentences about it. */
export function unmatched(here: readonly string[], there: readonly string[], commit: string): string[] {
  return [
    ...here.filter((name) => !there.includes(name)).map((name) => `${name}: not in ${commit}`),
    ...there.filter((name) => !here.includes(name)).map((name) => `${name}: only in ${commit}`),
  ]
}

/** @throws AgainstError for a commit that is not here, does not build, or lacks a benchmark that was named */
export async function benchAgainst(options: BenchAgainstOptions): Promise<Comparison[]> {
  const { commit, only, rounds, onComparison, onUnmatched, onProgress } = options
  onProgress(`making a tree of ${commit} …`)
  const setting = new AbortController()
  let remove = () => {}
  const interrupted = () => {
    setting.abort()
    remove()
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted)
  try {
    const tree = await otherTree(commit, setting.signal, (begun) => {
      remove = begun
    })
    const here = benchmarksOf(HERE)
    const there = benchmarksOf(tree)
    const missing = only.filter((name) => !there.includes(name))
    if (missing.length > 0) throw new AgainstError(`${commit} has no benchmark ${missing.join(', ')}`)
    if (only.length === 0) for (const each of unmatched(here, there, commit)) onUnmatched(each)
    const comparisons: Comparison[] = []
    for (const name of here) {
      if ((only.length > 0 && !only.includes(name)) || !there.includes(name)) continue
      const pairs = new Map<string, [BenchFigure, BenchFigure][]>()
      for (let round = 0; round < rounds; round++) {
        onProgress(`${name}, round ${round + 1} of ${rounds}`)
        const measure = (where: string) => JSON.parse(figuresOf(where, ['--json', '--only', name])) as BenchFigure[]
        // Each tree goes first in every second round, so that neither always meets the warmer machine.
        const first = round % 2 === 0 ? HERE : tree
        const one = measure(first)
        const two = measure(first === HERE ? tree : HERE)
        const [now, before] = first === HERE ? [one, two] : [two, one]
        if (round === 0) {
          const names = (figures: readonly BenchFigure[]) => figures.map((figure) => figure.name)
          for (const each of unmatched(names(now), names(before), commit)) onUnmatched(`${name}, ${each}`)
        }
        for (const figure of now) {
          const twin = before.find((each) => each.name === figure.name)
          if (twin === undefined) continue
          const list = pairs.get(figure.name)
          if (list === undefined) pairs.set(figure.name, [[figure, twin]])
          else list.push([figure, twin])
        }
      }
      for (const each of pairs.values()) {
        const comparison = compareFigures(each)
        comparisons.push(comparison)
        onComparison(comparison)
      }
    }
    return comparisons
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupted)
    remove()
  }
}
