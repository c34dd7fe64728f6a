import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { RealTimePacer } from './pacing.js'
import { RealClock } from './real-clock.js'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('real-time pacing', () => {
  it('never runs an event before its time, and runs all that are due', async () => {
    let now = 5_000
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, () => now)
    const ran: number[] = []
    for (const at of [100, 200, 300]) scheduler.after(at, () => ran.push(at))
    pacer.start()
    now += 250
    await turn()
    await turn()
    expect(ran).toEqual([100, 200])
    expect(scheduler.now).toBe(250)
    now += 50
    await turn()
    await turn()
    expect(ran).toEqual([100, 200, 300])
    pacer.stop()
  })

  it('does not drift: however late a turn comes, virtual time is real time since the start', async () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, () => now)
    const beat = (): void => {
      scheduler.after(1_000, beat)
    }
    beat()
    pacer.start()
    for (let i = 0; i < 100; i++) {
      now += 7_777
      await turn()
    }
    await turn()
    expect(scheduler.now).toBe(777_700)
    pacer.stop()
  })

  it('lets what comes from outside enter at the present instant, after what was due before it', () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, () => now)
    const story: string[] = []
    scheduler.after(40, () => story.push(`event at ${scheduler.now}`))
    pacer.start()
    now = 90
    pacer.enter(() => story.push(`input at ${scheduler.now}`))
    expect(story).toEqual(['event at 40', 'input at 90'])
    pacer.stop()
  })

  it('lets time go that a sleeping laptop missed, and counts it', () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, () => now)
    let beats = 0
    const beat = (): void => {
      beats++
      scheduler.after(16 * MILLISECOND, beat)
    }
    beat()
    pacer.start()
    now = 3600 * SECOND
    pacer.enter(() => {})
    expect(beats).toBeLessThan(10)
    expect(pacer.counters.slips).toBe(1)
    pacer.stop()
  })
})

describe("the laptop's clock", () => {
  it('stands still while code runs to its end, and goes on afterwards', async () => {
    const clock = new RealClock()
    const began = clock.now
    const real = process.hrtime.bigint()
    while (process.hrtime.bigint() - real < 100_000n);
    expect(clock.now).toBe(began)
    await Promise.resolve()
    await Promise.resolve()
    expect(clock.now).toBeGreaterThanOrEqual(began + 100_000)
    clock.close()
  })

  it('calls back in the order of the instants, and never early', async () => {
    const clock = new RealClock()
    const began = clock.now
    const calls: number[] = []
    await new Promise<void>((resolve) => {
      clock.after(4 * MILLISECOND, () => {
        calls.push(4)
        resolve()
      })
      clock.after(2 * MILLISECOND, () => calls.push(2))
      clock.cancel(clock.after(3 * MILLISECOND, () => calls.push(3)))
      clock.after(300_000, () => calls.push(0.3))
    })
    expect(calls).toEqual([0.3, 2, 4])
    expect(clock.now - began).toBeGreaterThanOrEqual(4 * MILLISECOND)
    clock.close()
  })
})
