import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../firmware/hal/clock.js'
import { openTarget } from '../../target/open-target.js'
import { EN } from '../../text/en.js'
import { say } from '../../text/say.js'
import { CHECKS } from '../check-list.js'
import { TextReporter } from '../report/text.js'
import { checkOpened } from '../run.js'
import { selectChecks } from '../select.js'
import type { CheckResult, Verdict } from '../types.js'
import { progressWords } from './in-words.js'
import { RunProgress } from './run-progress.js'

/** A run of these checks on a wall clock of its own; each takes as many seconds as it is given. */
function runOf(only: readonly string[], baud = 1_000_000, soakSeconds = 0) {
  let time = 0
  const selected = selectChecks(CHECKS, only)
  const progress = new RunProgress({ ...selected, baud, soakSeconds, now: () => time * SECOND })
  const wait = (seconds: number): void => {
    time += seconds
  }
  const check = (id: string, seconds: number, verdict: Verdict = 'pass'): void => {
    progress.started(id)
    wait(seconds)
    progress.finished({ id, verdict })
  }
  return { progress, check, wait, selected }
}

describe('the time that is left', () => {
  it('is told once enough is done, becomes less as time passes, and is nothing at the end', () => {
    const { progress, check, wait } = runOf(['serial.session', 'serial.rate', 'serial.quiet', 'network.steady'])
    expect(progress.now).toEqual({ done: 0, of: 4, secondsLeft: undefined })
    check('serial.session', 0.07)
    check('serial.rate', 2.3)
    const before = progress.now.secondsLeft!
    progress.started('serial.quiet')
    wait(0.2)
    expect(progress.now.secondsLeft).toBeCloseTo(before - 0.2, 5)
    progress.finished({ id: 'serial.quiet', verdict: 'pass' })
    progress.started('network.steady')
    expect(progress.now.done).toBe(3)
    // It waits three seconds, whatever the rate.
    expect(progress.now.secondsLeft).toBeGreaterThan(2.5)
    expect(progress.now.secondsLeft).toBeLessThan(3.5)
    wait(60)
    expect(progress.now.secondsLeft).toBeCloseTo(0, 5)
    progress.finished({ id: 'network.steady', verdict: 'pass' })
    expect(progress.now).toMatchObject({ done: 4, of: 4 })
    expect(progress.now.secondsLeft).toBeCloseTo(0, 5)
  })

  it('has the watch at the end in it, as long as was asked for', () => {
    const { progress, check } = runOf(['serial.session', 'serial.rate', 'network.steady'], 1_000_000, 40)
    check('serial.session', 0.07)
    check('serial.rate', 2.3)
    progress.started('network.steady')
    expect(progress.now.secondsLeft).toBeGreaterThan(35)
    expect(progress.now.secondsLeft).toBeLessThan(45)
  })

  it('is longer on a slower line, and learned from the checks that are done', () => {
    const left = (baud: number, seconds: number): number => {
      const { progress, check } = runOf(['serial.echo', 'spi.memory', 'mac.echo-long'], baud)
      check('serial.echo', seconds)
      return progress.now.secondsLeft!
    }
    // 100 echoes of a cell of 64 octets, 10 bits each, at 115,200 baud.
    const asExpected = left(115_200, (100 * 640) / 115_200)
    expect(asExpected).toBeGreaterThan(3 * left(1_000_000, (100 * 640) / 1_000_000))
    expect(left(115_200, 3)).toBeGreaterThan(2 * asExpected)
  })

  it('leaves out what will be skipped, and learns nothing from what failed', () => {
    const { progress, check } = runOf(['serial', 'spi'])
    check('serial.session', 0.07)
    check('serial.rate', 2.3)
    const before = progress.now.secondsLeft!
    check('serial.link', 6, 'fail')
    expect(before).toBeGreaterThan(0.5)
    expect(progress.now.secondsLeft).toBeLessThan(0.01)
  })

  it('is what a simulated board takes, at a rate at which nothing was learned', async () => {
    const target = await openTarget('model:uno', { baud: 250_000 })
    const { clock } = target
    const only = ['spi', 'phy']
    const progress = new RunProgress({ ...selectChecks(CHECKS, only), baud: 250_000, now: () => clock.now })
    const told: { readonly at: number; readonly left: number }[] = []
    const listener = {
      started: ({ id }: { readonly id: string }) => {
        progress.started(id)
        const { secondsLeft } = progress.now
        if (secondsLeft !== undefined) told.push({ at: clock.now / SECOND, left: secondsLeft })
      },
      finished: (result: CheckResult) => progress.finished(result),
    }
    await checkOpened(target, { only, listener })
    const end = clock.now / SECOND
    expect(told.length).toBeGreaterThan(20)
    for (const { at, left } of told) expect(Math.abs(at + left - end)).toBeLessThan(Math.max(0.5, 0.2 * (end - at)))
  })
})

describe('how far a run is', () => {
  it.each([
    [undefined, '3 of 81'],
    [0, '3 of 81, about 1 s left'],
    [11.2, '3 of 81, about 12 s left'],
    [43, '3 of 81, about 45 s left'],
    [460, '3 of 81, about 8 min left'],
  ])('reads, with %s s left, %s', (secondsLeft, text) => {
    expect(say(EN, progressWords({ done: 2, of: 81, secondsLeft }))).toBe(text)
  })

  it('stands with the running check on a terminal, and nowhere else', () => {
    const written = (live: boolean): string => {
      const { progress, selected } = runOf(['serial.session'])
      let text = ''
      const reporter = new TextReporter((part) => (text += part), { live, progress })
      reporter.started({ ...selected.toRun[0] })
      reporter.tick()
      return text
    }
    const shown = written(true).split('\r').slice(0, -1)
    expect(shown).toHaveLength(2)
    for (const line of shown) expect(line).toContain('  ...   1 of 1  serial.session  The board answers')
    expect(written(false)).toBe('')
  })
})
