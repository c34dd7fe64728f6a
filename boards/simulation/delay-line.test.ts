import { describe, expect, it } from 'vitest'
import { DelayLine } from './delay-line.js'
import { Scheduler } from './scheduler.js'

describe('the delay line', () => {
  it('gives each item out after its own time, in order, also when several are on their way', () => {
    const clock = new Scheduler()
    const out: string[] = []
    const line = new DelayLine<string>(clock, (item) => out.push(`${item}@${clock.now}`))
    line.push('a', 100)
    clock.after(30, () => line.push('b', 100))
    clock.after(30, () => line.push('c', 100))
    clock.after(300, () => line.push('d', 0))
    clock.runFor(1_000)
    expect(out).toEqual(['a@100', 'b@130', 'c@130', 'd@300'])
  })

  it('takes another while it gives one out', () => {
    const clock = new Scheduler()
    const out: string[] = []
    const line: DelayLine<number> = new DelayLine(clock, (item) => {
      out.push(`${item}@${clock.now}`)
      if (item < 3) line.push(item + 1, 10)
    })
    line.push(1, 5)
    clock.runFor(1_000)
    expect(out).toEqual(['1@5', '2@15', '3@25'])
  })

  it('forgets what was on its way, and works on', () => {
    const clock = new Scheduler()
    const out: string[] = []
    const line = new DelayLine<string>(clock, (item) => out.push(`${item}@${clock.now}`))
    line.push('a', 100)
    line.push('b', 100)
    line.clear()
    line.push('c', 20)
    clock.runFor(1_000)
    expect(out).toEqual(['c@20'])
  })
})
