import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { TargetError } from '../errors/errors.js'
import { LatenessMeter } from '../serial/lateness.js'
import { EN } from '../text/en.js'
import { say } from '../text/say.js'
import { count, declare, hex, type Limits, named, quantity } from './figure.js'
import { exactly, judge, measure, percentile, showLimit, showValue } from './measure.js'
import { overallVerdict, runEachCheck } from './runner.js'
import { selectChecks, UnknownCheckError } from './select.js'
import type { Check, CheckLayer, Outcome } from './types.js'

type Log = string[]

const FIGURES = declare({
  'test.figures': {
    count: named('count', count()),
    seconds: named('x', quantity('s')),
    milliseconds: named('time', quantity('ms', { min: 0.3, max: 1 })),
    loss: named('loss', quantity('%', { max: 0 })),
    least: named('x', count({ min: 2 })),
    econ2: named('ECON2', hex(2, 0x80)),
    phid1: named('PHID1', hex(4, 0x0083)),
  },
})['test.figures']

function check(id: string, needs: string[], outcome: Outcome | Error): Check<Log> {
  return {
    id,
    layer: id.split('.')[0] as CheckLayer,
    title: `title of ${id}`,
    reference: 'none',
    needs,
    run: async (log) => {
      log.push(id)
      if (outcome instanceof Error) throw outcome
      return outcome
    },
  }
}

const good: Outcome = { measurements: [exactly(FIGURES.count, 1, 1)] }
const bad: Outcome = { measurements: [exactly(FIGURES.count, 2, 1)] }

describe('running checks', () => {
  it('skips what stands on a failed check, and says on which', async () => {
    const checks = [check('serial.a', [], bad), check('spi.b', ['serial.a'], good), check('chip.c', ['spi.b'], good)]
    const log: Log = []
    const results = await runEachCheck(checks, log)
    expect(log).toEqual(['serial.a'])
    expect(results.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['fail', 'count: 2, should be 1'],
      ['skip', 'needs serial.a, which failed'],
      ['skip', 'needs spi.b, which was skipped'],
    ])
  })

  it('goes on past one that failed and yet lets answers through, unless it could not be made at all', async () => {
    const thrown = check('serial.t', [], new Error('torn off'))
    const checks = [check('serial.a', [], { ...bad, goesOn: true }), check('spi.b', ['serial.a'], good), thrown]
    const results = await runEachCheck([...checks, check('spi.u', ['serial.t'], good)], [])
    expect(results.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'serial.a fail',
      'spi.b pass',
      'serial.t fail',
      'spi.u skip',
    ])
  })

  describe('on a computer that was busy', () => {
    /** A meter whose computer is late by so many milliseconds while a check runs. */
    function busy(milliseconds: number): { lateness: LatenessMeter; timed: Check<Log> } {
      let now = 0
      const lateness = new LatenessMeter({ now: () => now })
      const timed: Check<Log> = {
        ...check('network.a', [], bad),
        timed: 'check',
        run: async () => {
          now += (10 + milliseconds) * MILLISECOND
          lateness.tick()
          return bad
        },
      }
      return { lateness, timed }
    }

    it('skips a check that missed its limits in time, leaves its figures out, and says that the computer was too slow', async () => {
      const { lateness, timed } = busy(250)
      const [result] = await runEachCheck([timed], [], { lateness })
      expect(result).toMatchObject({ verdict: 'skip', measurements: [] })
      expect(result.reason).toContain('this computer was too slow: it kept linkpulse waiting for 250 of 260 ms')
      expect(result.reason).toContain('count: 2, should be 1')
    })

    it('lets a failure stand that has nothing to do with time, and one on a computer that was not late', async () => {
      const { lateness, timed } = busy(250)
      const { timed: _, ...untimed } = timed
      expect((await runEachCheck([untimed], [], { lateness }))[0].verdict).toBe('fail')
      const idle = busy(0)
      expect((await runEachCheck([idle.timed], [], { lateness: idle.lateness }))[0].verdict).toBe('fail')
      expect((await runEachCheck([timed], []))[0].verdict).toBe('fail') // time waits for this one: it cannot have been late
    })
  })

  it('goes on after a check that threw, with what it threw as the reason', async () => {
    const checks = [check('serial.a', [], new Error('the cat is on the cable')), check('spi.b', [], good)]
    const results = await runEachCheck(checks, [])
    expect(results.map(({ verdict }) => verdict)).toEqual(['fail', 'pass'])
    expect(results[0].reason).toBe('the cat is on the cable')
  })

  it('ends when the target is lost', async () => {
    const lost = new TargetError('/dev/ttyACM0 vanished')
    await expect(runEachCheck([check('serial.a', [], lost), check('spi.b', [], good)], [])).rejects.toBe(lost)
  })

  it('runs what was asked for on top of what it needs, and reports the latter only when it is broken', async () => {
    const sound = [check('serial.a', [], good), check('spi.b', ['serial.a'], good), check('chip.c', [], good)]
    const log: Log = []
    expect((await runEachCheck(sound, log, { only: ['spi'] })).map(({ id }) => id)).toEqual(['spi.b'])
    expect(log).toEqual(['serial.a', 'spi.b'])
    const broken = [check('serial.a', [], bad), check('spi.b', ['serial.a'], good)]
    expect((await runEachCheck(broken, [], { only: ['spi.b'] })).map(({ id }) => id)).toEqual(['serial.a', 'spi.b'])
  })

  it('refuses a name that is neither layer nor check, and names the layers', () => {
    expect(() => selectChecks([check('serial.a', [], good)], ['spy'])).toThrow(UnknownCheckError)
    expect(() => selectChecks([check('serial.a', [], good)], ['spy'])).toThrow(
      /"spy".*serial, spi, chip, phy, mac, network/,
    )
  })

  it('takes the worst verdict; skipped checks alone are no pass', async () => {
    const results = await runEachCheck(
      [check('serial.a', [], good), check('spi.b', [], { ...good, verdict: 'warn' })],
      [],
    )
    expect(overallVerdict(results)).toBe('warn')
    expect(overallVerdict(results.slice(0, 1))).toBe('pass')
    expect(overallVerdict([])).toBe('skip')
  })
})

describe('a run that is interrupted', () => {
  it('keeps what was checked, and skips what was not finished and what was not begun', async () => {
    const interruption = new AbortController()
    const endless: Check<Log> = {
      ...check('spi.b', [], good),
      run: () => {
        queueMicrotask(() => interruption.abort())
        return new Promise(() => {})
      },
    }
    const log: Log = []
    const checks = [check('serial.a', [], good), endless, check('chip.c', [], good)]
    const results = await runEachCheck(checks, log, { signal: interruption.signal })
    expect(log).toEqual(['serial.a'])
    expect(results.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['pass', ''],
      ['skip', 'the run was interrupted'],
      ['skip', 'the run was interrupted'],
    ])
    // Nobody may take it for a sound board, and what has failed has failed.
    expect(overallVerdict(results)).toBe('skip')
    expect(overallVerdict([...results, { ...results[0], verdict: 'fail' }])).toBe('fail')
  })
})

describe('figures and limits', () => {
  it('fail outside their limits, and when they should have been taken and were not', () => {
    const verdict = (value: number | null, limits?: Limits): string =>
      judge({ measurements: [measure(FIGURES.seconds, value, limits)] }).verdict
    expect(verdict(5, { min: 1, max: 5 })).toBe('pass')
    expect(verdict(5.001, { min: 1, max: 5 })).toBe('fail')
    expect(verdict(0.999, { min: 1 })).toBe('fail')
    expect(verdict(null)).toBe('pass')
    expect(verdict(null, { min: 1 })).toBe('fail')
    expect(verdict(Number.NaN, { min: 1 })).toBe('fail')
  })

  it('read as a data sheet prints them', () => {
    const econ2 = measure(FIGURES.econ2, 0x80)
    expect(say(EN, showValue(econ2, econ2.value))).toBe('80h')
    expect(say(EN, showLimit(measure(FIGURES.phid1, 0x83)))).toBe('0083h')
    expect(say(EN, showLimit(measure(FIGURES.milliseconds, 1)))).toBe('0.3 to 1 ms')
    expect(say(EN, showLimit(measure(FIGURES.loss, 1)))).toBe('at most 0 %')
    expect(say(EN, showLimit(measure(FIGURES.least, 1)))).toBe('at least 2')
  })

  it('have nearest-rank percentiles', () => {
    expect(percentile([15, 20, 35, 40, 50], 40)).toBe(20)
    expect(percentile([15, 20, 35, 40, 50], 100)).toBe(50)
    expect(percentile([], 50)).toBeNull()
  })
})
