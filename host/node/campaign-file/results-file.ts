/**
 * A file of results, a line each, written as the runs end: what is interrupted goes on from there, and loses no more than what was under way. Its
 * first line says which campaign it is of.
 */
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import * as v from 'valibot'
import { documentHead } from '../../../boards/schema/published.js'
import type { CampaignPlan } from '../../campaign-file/plan.js'
import { type CampaignRun, RESULT_VERSION, RESULTS_HEAD, RUN_RESULT } from '../../campaign-file/result.js'
import { UsageError } from '../../errors/errors.js'
import { jsonLine } from '../../json-text.js'
import { reasonOf } from '../files/reasons.js'

export interface ReadCampaignResults {
  readonly plan: CampaignPlan
  readonly results: readonly CampaignRun[]
  /** Lines that are none: the half of one, where a process was killed while it wrote. */
  readonly broken: number
}

/** Undefined where nothing was written yet, not even a whole first line. @throws UsageError for a file that is not of results */
function parseResults(path: string, text: string): ReadCampaignResults | undefined {
  const [first, ...lines] = text.split('\n')
  if (lines.length === 0) return undefined
  const head = v.safeParse(RESULTS_HEAD, parsed(first))
  if (!head.success) {
    throw new UsageError(
      `${path} has no results of a campaign of this version: its first line is another; give a file that \`linkpulse campaign\` wrote`,
    )
  }
  const plan = head.output.campaign
  const results: CampaignRun[] = []
  let broken = 0
  for (const line of lines) {
    if (line === '') continue
    const result = v.safeParse(RUN_RESULT, parsed(line))
    if (result.success) results.push(result.output)
    else broken++
  }
  return { plan, results, broken }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined // its reader counts it
    throw error
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(
      `cannot read the results ${path}: ${reasonOf(error, path, 'there is no such file')}; give the path of a file that \`linkpulse campaign\` wrote`,
      { cause: error },
    )
  }
}

/** @throws UsageError for a file that cannot be read, or that has no results */
export function readResults(path: string): ReadCampaignResults {
  const read = parseResults(path, textOf(path))
  if (read !== undefined) return read
  throw new UsageError(
    `${path} has no results of a campaign of this version: its first line is another; give a file that \`linkpulse campaign\` wrote`,
  )
}

export interface CampaignResultsFile {
  /** What it has already. */
  readonly kept: readonly CampaignRun[]
  readonly broken: number
  /** Writes a line, all of it at once. @throws UsageError where the file takes no more */
  add(result: CampaignRun): void
  close(): void
}

/** @throws UsageError for a file that cannot be written, or that has results of another campaign */
export function openResults(path: string, plan: CampaignPlan): CampaignResultsFile {
  const text = existsSync(path) ? textOf(path) : ''
  const read = parseResults(path, text)
  if (read !== undefined && read.plan.of !== plan.of) {
    throw new UsageError(
      `${path} has results of another campaign, or of this one before it, its files or linkpulse changed; delete it, or give another with --results PATH`,
    )
  }
  const attempt = <Value>(work: () => Value): Value => {
    try {
      return work()
    } catch (error) {
      throw new UsageError(`cannot write the --results file ${path}: ${reasonOf(error, path)}; give another path`, {
        cause: error,
      })
    }
  }
  const descriptor = attempt(() => openSync(path, 'a'))
  const write = (line: string): void => {
    const octets = Buffer.from(line)
    attempt(() => {
      for (let at = 0; at < octets.length; ) at += writeSync(descriptor, octets, at)
    })
  }
  // Half a line at the end is of a process that was killed: what follows begins a line of its own.
  const whole = text.lastIndexOf('\n') + 1
  const half = whole < text.length
  if (half) attempt(() => truncateSync(path, Buffer.byteLength(text.slice(0, whole))))
  if (read === undefined) write(jsonLine({ ...documentHead('campaign-result', RESULT_VERSION), campaign: plan }))
  return {
    kept: read?.results ?? [],
    broken: read?.broken ?? (half ? 1 : 0),
    add: (result) => write(jsonLine(result)),
    close: () => closeSync(descriptor),
  }
}
