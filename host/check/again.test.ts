import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { runEachCheck } from './runner.js'
import type { Check, CheckResult, Outcome } from './types.js'

/** Checks that take simulated time, and may come out otherwise the second time. */
class Bench {
  now = 0
  readonly ran: string[] = []
  prepared = 0

  check(
    id: string,
    seconds: number,
    verdicts: readonly Outcome['verdict'][],
    rest: Partial<Check<Bench>> = {},
  ): Check<Bench> {
    let time = 0
    return {
      ...{ id, layer: 'serial', title: id, reference: '', needs: [] },
      ...rest,
      run: async () => {
        this.ran.push(id)
        this.now += seconds * SECOND
        return { measurements: [], verdict: verdicts[Math.min(time++, verdicts.length - 1)] ?? 'pass' }
      },
    }
  }

  run(checks: readonly Check<Bench>[], answers = true): Promise<CheckResult[]> {
    const prepare = async (): Promise<boolean> => {
      this.prepared++
      return answers
    }
    const clock = { now: 0 }
    Object.defineProperty(clock, 'now', { get: () => this.now })
    return runEachCheck(checks, this, { again: { clock, prepare } })
  }
}

function secondTimes(results: readonly CheckResult[]): (string | undefined)[] {
  return results.map(({ again }) => again?.verdict)
}

describe('what has failed', () => {
  it('is run once more at the end, behind what it stands on, and keeps both results', async () => {
    const bench = new Bench()
    const results = await bench.run([
      bench.check('a', 1, ['pass']),
      bench.check('b', 1, ['fail', 'pass'], { needs: ['a'] }),
      bench.check('c', 1, ['fail']),
      bench.check('d', 1, ['pass']),
    ])
    expect(bench.ran).toEqual(['a', 'b', 'c', 'd', 'a', 'b', 'c'])
    expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'fail', 'pass'])
    expect(secondTimes(results)).toEqual([undefined, 'pass', 'fail', undefined])
  })

  it('is not where it says what has been since the run began, nor what stands on it where it failed', async () => {
    const bench = new Bench()
    const results = await bench.run([
      bench.check('whole', 1, ['fail'], { once: true }),
      bench.check('on it', 1, ['fail'], { needs: ['whole'] }),
    ])
    expect(bench.ran).toEqual(['whole'])
    expect(secondTimes(results)).toEqual([undefined, undefined])
  })

  it('is repeated as far as half a minute reaches, the quickest of it', async () => {
    const bench = new Bench()
    const results = await bench.run([
      bench.check('slow', 25, ['fail']),
      bench.check('quick', 1, ['fail']),
      bench.check('middling', 10, ['fail']),
    ])
    expect(secondTimes(results)).toEqual([undefined, 'fail', 'fail'])
  })

  it('is left as it is where the board answers no more, and nobody is asked where nothing failed', async () => {
    const silent = new Bench()
    expect(secondTimes(await silent.run([silent.check('a', 1, ['fail'])], false))).toEqual([undefined])
    const sound = new Bench()
    await sound.run([sound.check('a', 1, ['pass'])])
    expect([silent.prepared, sound.prepared]).toEqual([1, 0])
  })
})
