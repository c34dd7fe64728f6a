import { describe, expect, it } from 'vitest'
import { detectShard, ofShard, parseShard } from './shard.js'

/** What each engine's own documentation says that it sets. */
const ENGINES: readonly (readonly [string, Readonly<Record<string, string>>, readonly [number, number]])[] = [
  ['a Kubernetes indexed Job', { JOB_COMPLETION_INDEX: '0', LINKPULSE_SHARDS: '3' }, [1, 3]],
  [
    'a Slurm array of 10 to 18 in steps of 4',
    {
      SLURM_ARRAY_TASK_ID: '14',
      SLURM_ARRAY_TASK_MIN: '10',
      SLURM_ARRAY_TASK_MAX: '18',
      SLURM_ARRAY_TASK_STEP: '4',
      SLURM_ARRAY_TASK_COUNT: '3',
    },
    [2, 3],
  ],
  ["GitLab's parallel", { CI_NODE_INDEX: '4', CI_NODE_TOTAL: '4' }, [4, 4]],
  ['GNU parallel', { PARALLEL_SEQ: '2', LINKPULSE_SHARDS: '5' }, [2, 5]],
  [
    'GNU parallel in a task of Slurm',
    {
      PARALLEL_SEQ: '2',
      LINKPULSE_SHARDS: '5',
      SLURM_ARRAY_TASK_ID: '1',
      SLURM_ARRAY_TASK_MIN: '1',
      SLURM_ARRAY_TASK_COUNT: '2',
    },
    [2, 5],
  ],
]

describe('which shard this is', () => {
  it.each(ENGINES)('%s says so', (_, env, [index, of]) => {
    expect(detectShard(env)).toMatchObject({ index, of })
  })

  it('nobody says: then it is all of them', () => {
    expect(detectShard({})).toBeUndefined()
    // A job of GitLab's without `parallel` has CI_NODE_TOTAL alone; a list for GNU parallel need not be of shards.
    expect(detectShard({ CI_NODE_TOTAL: '1' })).toBeUndefined()
    expect(detectShard({ PARALLEL_SEQ: '7' })).toBeUndefined()
  })

  it.each([
    [{ JOB_COMPLETION_INDEX: '1' }, /set LINKPULSE_SHARDS/],
    [{ JOB_COMPLETION_INDEX: '3', LINKPULSE_SHARDS: '3' }, /shard 4 of 3/],
    [{ LINKPULSE_SHARDS: '3' }, /nothing says which/],
    [{ PARALLEL_SEQ: 'x', LINKPULSE_SHARDS: '3' }, /which there cannot be/],
    [
      { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_MAX: '7', SLURM_ARRAY_TASK_COUNT: '3' },
      /do not follow each other/,
    ],
  ])('half of it is refused with what to give: %o', (env, why) => {
    expect(() => detectShard(env)).toThrow(why)
  })

  it.each(['', '0/3', '4/3', '1', '1/0', '-1/3', '1.5/3', '1/3x'])('"%s" is none', (text) => {
    expect(() => parseShard(text)).toThrow(/--shard takes/)
  })

  it('each run is in one of them', () => {
    const runs = Array.from({ length: 10 }, (_, run) => ({ run }))
    const dealt = [1, 2, 3].flatMap((index) => ofShard(runs, { index, of: 3, from: '' }))
    expect(dealt.map(({ run }) => run).sort((a, b) => a - b)).toEqual(runs.map(({ run }) => run))
  })
})
