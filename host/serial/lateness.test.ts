import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { LatenessMeter, tooLate } from './lateness.js'

/** A meter whose timer runs at the given milliseconds. */
function meter(): { at: (...milliseconds: number[]) => void; meter: LatenessMeter } {
  let now = 0
  const subject = new LatenessMeter({ now: () => now })
  return {
    meter: subject,
    at: (...milliseconds) => {
      for (const each of milliseconds) {
        now = each * MILLISECOND
        subject.tick()
      }
    },
  }
}

describe('the lateness of this computer', () => {
  it('is nothing while the timer runs as an idle computer runs it', () => {
    const { meter: subject, at } = meter()
    const mark = subject.mark()
    at(10, 21, 31, 42)
    expect(subject.since(mark)).toEqual({ elapsed: 42 * MILLISECOND, waited: 0, worst: 0, queued: undefined })
    expect(tooLate(subject.since(mark))).toBe(false)
  })

  it('is what the timer waited beyond its ten milliseconds, in all and at worst', () => {
    const { meter: subject, at } = meter()
    const mark = subject.mark()
    at(10, 50, 60, 90) // 30 ms late, then 20
    expect(subject.since(mark)).toEqual({
      elapsed: 90 * MILLISECOND,
      waited: 50 * MILLISECOND,
      worst: 30 * MILLISECOND,
    })
    expect(tooLate(subject.since(mark))).toBe(true)
  })

  it('belongs to the stretch in which it was: what was before the mark is not counted', () => {
    const { meter: subject, at } = meter()
    at(10, 400)
    const mark = subject.mark()
    at(410, 420)
    expect(subject.since(mark).waited).toBe(0)
  })

  it('counts a wait that is not over yet: the check that missed its limit asks before the timer does', () => {
    let now = 0
    const subject = new LatenessMeter({ now: () => now })
    const mark = subject.mark()
    now = 300 * MILLISECOND
    expect(subject.since(mark).worst).toBe(290 * MILLISECOND)
  })

  it('is that of whoever answers as well: the kernel says for how long anybody waited for a processor', () => {
    let now = 0
    let queued = 7_000
    const subject = new LatenessMeter({ now: () => now, queued: () => queued })
    const mark = subject.mark()
    now = 5 * MILLISECOND
    queued += 2 * MILLISECOND
    expect(subject.since(mark).queued).toBe(2 * MILLISECOND)
    expect(tooLate(subject.since(mark))).toBe(false)
    queued += 1 * MILLISECOND // three of five
    expect(tooLate(subject.since(mark))).toBe(true)
  })

  it('is measured on this computer by a timer of its own', async () => {
    const meter = new LatenessMeter()
    const mark = meter.mark()
    const until = process.hrtime.bigint() + 130_000_000n
    while (process.hrtime.bigint() < until);
    await new Promise((resolve) => setTimeout(resolve, 1))
    expect(meter.since(mark).worst).toBeGreaterThan(100 * MILLISECOND)
    meter.close()
  })

  it('is too much when it is a tenth of the time, or a tenth of a second at once', () => {
    const ms = (elapsed: number, waited: number, worst: number) =>
      tooLate({
        elapsed: elapsed * MILLISECOND,
        waited: waited * MILLISECOND,
        worst: worst * MILLISECOND,
        queued: undefined,
      })
    expect(ms(1000, 90, 30)).toBe(false)
    expect(ms(1000, 110, 30)).toBe(true)
    expect(ms(60_000, 110, 110)).toBe(true)
  })
})
