import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { runCampaign } from '../../../campaign/campaign.js'
import { CAMPAIGN_FORMS } from '../../../campaign-file/forms.js'
import { judgeRun } from '../../../campaign-file/judge.js'
import { type NumberedRun, plannedFaultText, runsOf, seedsOf } from '../../../campaign-file/plan.js'
import type { CampaignOutcome, CampaignRun } from '../../../campaign-file/result.js'
import { detectShard, ofShard, parseShard, type Shard } from '../../../campaign-file/shard.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import { openWorkerPool } from '../../campaign/pool.js'
import { TimeLeft } from '../../campaign/time-left.js'
import type { RunJob } from '../../campaign-file/perform.js'
import { type Campaign, readCampaign } from '../../campaign-file/read.js'
import { type CampaignResultsFile, openResults } from '../../campaign-file/results-file.js'
import { workerProgram } from '../../campaign-file/worker-program.js'
import type { ArgumentsOf } from '../arguments.js'
import { writeCampaign } from '../campaign-outputs.js'
import { Interruption, interruptible, unlessAborted } from '../interruption.js'
import { Outputs } from '../outputs.js'
import { checkReports } from '../report-files.js'
import { StatusLine, tell } from '../say.js'
import type { CAMPAIGN_COMMAND } from './campaign.command.js'

type Given = ArgumentsOf<typeof CAMPAIGN_COMMAND>

const MOST_AT_ONCE = 1024
/** A line of progress, where no line can be written over. */
const TELL_EVERY_SECONDS = 15

/** `linkpulse campaign FILE`: 0 when every run ended as expected, 1 when one did not. */
export async function campaign(given: Given): Promise<number> {
  const [path] = given.operands
  checkReports(given.all('report'), CAMPAIGN_FORMS)
  const atOnce = given.whole('at-once', 1, MOST_AT_ONCE) ?? availableParallelism()
  const shard = shardOf(given)
  const read = await interruptible((signal) => readCampaign(path, signal))
  const resultsPath = given.text('results') ?? resultsName(path, shard)
  const outputs = new Outputs(given, [
    ...read.files.map((file) => ({ what: 'a file of the campaign', path: file })),
    { what: 'the --results file', path: resultsPath },
  ])
  const file = openResults(resultsPath, read.plan)
  try {
    const mine = shard === undefined ? runsOf(read.plan) : ofShard(runsOf(read.plan), shard)
    if (shard !== undefined) {
      tell(`shard ${shard.index} of ${shard.of} (${shard.from}): ${mine.length} runs\n`)
    }
    const results = await perform(read, mine, file, { atOnce, resultsPath })
    const { runs } = writeCampaign(given, outputs, read.plan, results)
    return runs.unmet + runs.error > 0 ? 1 : 0
  } finally {
    file.close()
    outputs.discard()
  }
}

/** @throws UsageError for what is no shard */
function shardOf(given: Given): Shard | undefined {
  const text = given.text('shard')
  return rangeAsUsage(() => (text === undefined ? detectShard(process.env) : parseShard(text)))
}

function resultsName(path: string, shard: Shard | undefined): string {
  const name = basename(path).replace(/\.(ya?ml|json)$/i, '')
  return shard === undefined ? `${name}.results.jsonl` : `${name}.${shard.index}-of-${shard.of}.results.jsonl`
}

/**
 * Performs the runs that the file has not, and writes each as it ends.
 * @throws InterruptedError; TargetError where a process was lost: what had ended is in the file
 */
async function perform(
  { plan, subjects }: Campaign,
  mine: readonly NumberedRun[],
  file: CampaignResultsFile,
  { atOnce, resultsPath }: { readonly atOnce: number; readonly resultsPath: string },
): Promise<readonly CampaignRun[]> {
  const kept = new Map(file.kept.map((result) => [`${result.run}`, result]))
  const before = mine.filter(({ run }) => kept.has(`${run}`)).length
  if (before > 0) tell(`${before} of ${mine.length} runs are in ${resultsPath} already\n`)
  const perSubject = plan.faults.length * seedsOf(plan).length
  const pool = openWorkerPool<RunJob, CampaignOutcome>(workerProgram(), atOnce)
  const interruption = new Interruption()
  const status = new StatusLine()
  const time = new TimeLeft()
  let performed = 0
  try {
    const running = runCampaign<NumberedRun, CampaignRun>(mine, {
      keyOf: ({ run }) => `${run}`,
      atOnce,
      kept,
      perform: async ({ run, fault, seed }) => {
        const broken = plannedFaultText(fault)
        const subject = subjects[Math.floor(run / perSubject)]
        return judgeRun(run, fault, await pool.perform({ subject, faults: broken === undefined ? [] : [broken], seed }))
      },
      onResult(result, done, of) {
        file.add(result)
        performed = done
        const { seconds, left } = time.after(done, of)
        const line = `${before + done} of ${before + of} runs, ${seconds} s, ${left} s left`
        if (status.live) status.show(line)
        else if (time.every(TELL_EVERY_SECONDS)) tell(`${line}\n`)
      },
    })
    return await unlessAborted(interruption.signal, running)
  } catch (error) {
    interruption.check(
      `${before + performed} of ${mine.length} runs are in ${resultsPath}, and the same command goes on from there`,
    )
    throw error
  } finally {
    status.clear()
    interruption.end()
    pool.close()
  }
}
