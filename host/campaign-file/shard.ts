/**
 * Which part of a campaign this process runs: as it was told, or as the engine says that has started it. The parts are dealt run by run, so that each
 * has as much of what takes long as the others.
 */

/** Part `index`, from 1 on, of `of`. */
export interface Shard {
  readonly index: number
  readonly of: number
  /** Who said so, for a person. */
  readonly from: string
}

/** What an engine says is not enough, or does not fit together. */
class ShardError extends RangeError {}

type Environment = Readonly<Record<string, string | undefined>>

/** How many parts there are, where the engine does not say. */
const HOW_MANY = 'LINKPULSE_SHARDS'
const MOST_SHARDS = 100_000

/** `2/5`. @throws ShardError for what is none */
export function parseShard(text: string): Shard {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of), from: '--shard' }
  if (index === undefined || !fits(shard)) {
    throw new ShardError(`--shard takes a part and how many there are, from 1/1 on, as 2/5, not "${text}"`)
  }
  return shard
}

/** What the environment says, from the engine that is the closest around this process; undefined where nothing is said. @throws ShardError */
export function detectShard(env: Environment): Shard | undefined {
  const found = fromParallel(env) ?? fromKubernetes(env) ?? fromSlurm(env) ?? fromGitLab(env)
  if (found === undefined && env[HOW_MANY] !== undefined) {
    throw new ShardError(`${HOW_MANY} says how many shards there are, and nothing says which one this is; give --shard`)
  }
  if (found !== undefined && !fits(found)) {
    throw new ShardError(
      `${found.from} says that this is shard ${found.index} of ${found.of}, which there cannot be; give --shard`,
    )
  }
  return found
}

function fits({ index, of }: Shard): boolean {
  return Number.isInteger(index) && Number.isInteger(of) && of >= 1 && of <= MOST_SHARDS && index >= 1 && index <= of
}

/** A whole number of the environment: NaN for anything else. */
function numberIn(env: Environment, name: string): number {
  const text = env[name]
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}

/** PARALLEL_SEQ counts jobs from 1 on (parallel(1)); how many there are it does not say. Without that nobody asked for shards. */
function fromParallel(env: Environment): Shard | undefined {
  if (env.PARALLEL_SEQ === undefined || env[HOW_MANY] === undefined) return undefined
  return {
    index: numberIn(env, 'PARALLEL_SEQ'),
    of: numberIn(env, HOW_MANY),
    from: `GNU parallel (PARALLEL_SEQ, ${HOW_MANY})`,
  }
}

/** An indexed Job: JOB_COMPLETION_INDEX from 0 on (batch/v1 Job, completionMode Indexed); how many there are it does not say. */
function fromKubernetes(env: Environment): Shard | undefined {
  if (env.JOB_COMPLETION_INDEX === undefined) return undefined
  if (env[HOW_MANY] === undefined) {
    throw new ShardError(
      `JOB_COMPLETION_INDEX says which pod of an indexed Job this is, and not how many there are; set ${HOW_MANY} to its completions, or give --shard`,
    )
  }
  return {
    index: numberIn(env, 'JOB_COMPLETION_INDEX') + 1,
    of: numberIn(env, HOW_MANY),
    from: `Kubernetes (JOB_COMPLETION_INDEX, ${HOW_MANY})`,
  }
}

/** An array: its tasks from _MIN to _MAX in steps of _STEP, of which there are _COUNT (sbatch(1), OUTPUT ENVIRONMENT VARIABLES). */
function fromSlurm(env: Environment): Shard | undefined {
  if (env.SLURM_ARRAY_TASK_ID === undefined) return undefined
  const id = numberIn(env, 'SLURM_ARRAY_TASK_ID')
  const first = numberIn(env, 'SLURM_ARRAY_TASK_MIN')
  const of = numberIn(env, 'SLURM_ARRAY_TASK_COUNT')
  const last = env.SLURM_ARRAY_TASK_MAX === undefined ? first + of - 1 : numberIn(env, 'SLURM_ARRAY_TASK_MAX')
  const step = env.SLURM_ARRAY_TASK_STEP === undefined ? 1 : numberIn(env, 'SLURM_ARRAY_TASK_STEP')
  if ((last - first) / step + 1 !== of) {
    throw new ShardError('the tasks of this Slurm array do not follow each other; give --array=1-N, or --shard')
  }
  return { index: (id - first) / step + 1, of, from: 'Slurm (SLURM_ARRAY_TASK_ID, _MIN, _COUNT)' }
}

/** CI_NODE_INDEX, from 1 on, is there for jobs with `parallel` alone (docs.gitlab.com, predefined variables). */
function fromGitLab(env: Environment): Shard | undefined {
  if (env.CI_NODE_INDEX === undefined) return undefined
  return {
    index: numberIn(env, 'CI_NODE_INDEX'),
    of: numberIn(env, 'CI_NODE_TOTAL'),
    from: 'GitLab (CI_NODE_INDEX, CI_NODE_TOTAL)',
  }
}

/** The runs of one part, in the order of their numbers. */
export function ofShard<Run extends { readonly run: number }>(runs: readonly Run[], { index, of }: Shard): Run[] {
  return runs.filter(({ run }) => run % of === index - 1)
}
