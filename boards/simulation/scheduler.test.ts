import { describe, expect, it } from 'vitest'
import { SeededRandom } from './random.js'
import { Scheduler } from './scheduler.js'

describe('the scheduler', () => {
  it('runs events in order of time, and those of one instant in the order they were asked for', () => {
    const scheduler = new Scheduler()
    const ran: string[] = []
    scheduler.after(200, () => ran.push(`c@${scheduler.now}`))
    scheduler.after(100, () => ran.push(`a@${scheduler.now}`))
    scheduler.after(100, () => ran.push(`b@${scheduler.now}`))
    scheduler.runFor(1_000)
    expect(ran).toEqual(['a@100', 'b@100', 'c@200'])
    expect(scheduler.now).toBe(1_000)
  })

  it('keeps the order of a sorted list through ten thousand random additions and removals', () => {
    const random = new SeededRandom(1)
    const scheduler = new Scheduler()
    const expected: { at: number; order: number }[] = []
    const ran: { at: number; order: number }[] = []
    for (let order = 0; order < 10_000; order++) {
      const at = random.below(500)
      const entry = { at, order }
      const timer = scheduler.after(at, () => ran.push(entry))
      if (random.below(3) === 0) scheduler.cancel(timer)
      else expected.push(entry)
    }
    scheduler.runFor(500)
    expected.sort((x, y) => x.at - y.at || x.order - y.order)
    expect(ran).toEqual(expected)
  })

  it('lets an event ask for another at the same instant, which runs before time moves on', () => {
    const scheduler = new Scheduler()
    const ran: number[] = []
    scheduler.after(10, () => scheduler.after(0, () => ran.push(scheduler.now)))
    scheduler.after(11, () => ran.push(scheduler.now))
    scheduler.runFor(20)
    expect(ran).toEqual([10, 11])
  })

  it('forgets a cancelled event, also when it is cancelled twice or after it ran', () => {
    const scheduler = new Scheduler()
    let runs = 0
    const timer = scheduler.after(5, () => runs++)
    scheduler.cancel(timer)
    scheduler.cancel(timer)
    const other = scheduler.after(5, () => runs++)
    scheduler.runFor(5)
    scheduler.cancel(other)
    scheduler.cancel(undefined)
    expect(runs).toBe(1)
    expect(scheduler.nextAt).toBeUndefined()
  })

  it('calls an alarm each time it is set, at its last setting only, and in the order of the settings', () => {
    const scheduler = new Scheduler()
    const ran: string[] = []
    const alarm = scheduler.alarm(() => ran.push(`alarm@${scheduler.now}`))
    expect(alarm.pending).toBe(false)
    alarm.set(10)
    scheduler.after(20, () => ran.push(`other@${scheduler.now}`))
    alarm.set(20)
    expect(alarm.pending).toBe(true)
    scheduler.runFor(100)
    expect(ran).toEqual(['other@20', 'alarm@20'])
    expect(alarm.pending).toBe(false)
    alarm.set(5)
    scheduler.runFor(5)
    expect(ran.at(-1)).toBe('alarm@105')
    alarm.set(5)
    alarm.clear()
    alarm.clear()
    scheduler.runFor(100)
    expect(ran).toHaveLength(3)
    expect(scheduler.nextAt).toBeUndefined()
    expect(() => alarm.set(-1)).toThrow(RangeError)
  })

  it('lets an alarm set itself again as it is called', () => {
    const scheduler = new Scheduler()
    const ran: number[] = []
    const alarm = scheduler.alarm(() => {
      ran.push(scheduler.now)
      if (ran.length < 3) alarm.set(7)
    })
    alarm.set(7)
    scheduler.runFor(100)
    expect(ran).toEqual([7, 14, 21])
  })

  it('refuses a delay into the past, and one that is not a number', () => {
    const scheduler = new Scheduler()
    expect(() => scheduler.after(-1, () => {})).toThrow(RangeError)
    expect(() => scheduler.after(Number.NaN, () => {})).toThrow(/NaN/)
  })

  it('stops at a condition, at a limit of time, or when nothing is left, and says which', () => {
    const scheduler = new Scheduler()
    let count = 0
    const tick = () => {
      count++
      scheduler.after(10, tick)
    }
    scheduler.after(10, tick)
    expect(scheduler.runWhile(() => count < 3)).toBe(true)
    expect(scheduler.now).toBe(30)
    expect(scheduler.runWhile(() => count < 100, 75)).toBe(false)
    expect(scheduler.now).toBe(75)
    const empty = new Scheduler()
    expect(empty.runWhile(() => true)).toBe(false)
  })

  it('lets a callback use the time up to the next event, and no further', () => {
    const scheduler = new Scheduler()
    const seen: number[] = []
    scheduler.after(100, () => {
      seen.push(scheduler.horizon)
      scheduler.advanceTo(150)
      seen.push(scheduler.now)
      expect(() => scheduler.advanceTo(301)).toThrow(RangeError)
    })
    scheduler.after(300, () => seen.push(scheduler.now, scheduler.horizon))
    scheduler.runUntil(400)
    expect(seen).toEqual([300, 150, 300, 400])
  })
})
