import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { monotonic } from '../event-loop.js'
import { Pace } from '../pace.js'
import { RealTimePacer } from './pacing.js'
import { RealClock } from './real-clock.js'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('real-time pacing', () => {
  it('never runs an event before its time, and runs all that are due', async () => {
    let now = 5_000
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now })
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
    const pacer = new RealTimePacer(scheduler, { source: () => now })
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

  it('lets what an event hands in come before what is due behind that event', async () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now })
    const story: string[] = []
    scheduler.after(100, () => pacer.enter(() => story.push(`handed in at ${scheduler.now}`)))
    scheduler.after(200, () => story.push(`due at ${scheduler.now}`))
    pacer.start()
    now += 300
    await turn()
    await turn()
    expect(story).toEqual(['handed in at 100', 'due at 200'])
    pacer.stop()
  })

  it('lets what comes from outside enter at the present instant, after what was due before it', () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now })
    const story: string[] = []
    scheduler.after(40, () => story.push(`event at ${scheduler.now}`))
    pacer.start()
    now = 90
    pacer.enter(() => story.push(`input at ${scheduler.now}`))
    expect(story).toEqual(['event at 40', 'input at 90'])
    pacer.stop()
  })

  it('takes what came from outside before an event that is late, as input was that waited for the processor too', async () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now })
    const story: string[] = []
    scheduler.after(40 * MILLISECOND, () => story.push(`gave up at ${scheduler.now}`))
    pacer.start()
    now = 300 * MILLISECOND
    pacer.enter(() => story.push(`heard at ${scheduler.now}`))
    while (story.length < 2) await turn()
    expect(story).toEqual(['heard at 39999999', 'gave up at 40000000'])
    pacer.stop()
  })

  it('lets time go that a sleeping laptop missed, and counts it', async () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now })
    let beats = 0
    const beat = (): void => {
      beats++
      scheduler.after(16 * MILLISECOND, beat)
    }
    beat()
    pacer.start()
    now = 3600 * SECOND
    pacer.poke()
    for (let n = 0; n < 3; n++) await turn()
    expect(beats).toBeLessThan(10)
    expect(pacer.counters.slips).toBe(1)
    pacer.stop()
  })
})

describe('a pacer whose pace is not the wall clock', () => {
  const served = (speed: number, source: () => number) => {
    const scheduler = new Scheduler()
    const pace = new Pace(scheduler, { speed, source })
    const pacer = new RealTimePacer(scheduler, { pace, source })
    const ran: number[] = []
    const beat = (): void => {
      ran.push(scheduler.now)
      scheduler.after(MILLISECOND, beat)
    }
    scheduler.after(MILLISECOND, beat)
    pacer.start()
    return { pace, pacer, ran, scheduler }
  }

  it('is ten times slower, where it is told so', async () => {
    let now = 0
    const { pacer, ran } = served(0.1, () => now)
    now = 39 * MILLISECOND
    pacer.poke()
    for (let n = 0; n < 3; n++) await turn()
    expect(ran).toEqual([1, 2, 3].map((n) => n * MILLISECOND))
    pacer.stop()
  })

  it('stands, and is stepped', async () => {
    let now = 0
    const { pacer, pace, ran, scheduler } = served(0, () => now)
    now = SECOND
    pacer.enter(() => {})
    expect([scheduler.now, ran]).toEqual([0, []])
    expect(await pace.step(3)).toBe(3)
    expect(await pace.advance(2.5 * MILLISECOND)).toBe(2)
    expect([scheduler.now, ran.length]).toEqual([5.5 * MILLISECOND, 5])
    pacer.stop()
  })

  it('runs free, and others have their turn', async () => {
    const { pacer, ran } = served(Number.POSITIVE_INFINITY, monotonic)
    while (ran.length < 100_000) await turn()
    expect(pacer.counters).toEqual({ slips: 0, skipped: 0, worstLag: 0 })
    pacer.stop()
  })
})

describe('pacing of a served board', () => {
  const beats = (scheduler: Scheduler, period: number): number[] => {
    const at: number[] = []
    const beat = (): void => {
      at.push(scheduler.now)
      scheduler.after(period, beat)
    }
    scheduler.after(period, beat)
    return at
  }

  it('skips what it missed by more than its slack: a slow computer makes a slow board, not one that rushes', async () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now, slack: 4 * MILLISECOND })
    const ran = beats(scheduler, MILLISECOND)
    pacer.start()
    now = 103 * MILLISECOND // the processor was somebody else's for a tenth of a second
    pacer.poke()
    for (let n = 0; n < 3; n++) await turn()
    // The beat at 1 ms was 102 ms late: 98 of them never were.
    expect(ran.length).toBe(5)
    expect(scheduler.now).toBe(5 * MILLISECOND)
    expect(pacer.counters).toMatchObject({ slips: 1, skipped: 98 * MILLISECOND })
    pacer.stop()
  })

  it('runs ahead by its lead, so that an answer leaves before the next sleep, and no further', async () => {
    const now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now, lead: 2 * MILLISECOND })
    const ran = beats(scheduler, 0.4 * MILLISECOND)
    pacer.start()
    for (let i = 0; i < 4; i++) await turn()
    expect(ran.length).toBe(5)
    pacer.stop()
  })

  /** As a board that is idle: bursts 7.6 ms apart, none of them on a whole millisecond. */
  function idleBoard(scheduler: Scheduler, bursts: number): { runs: number } {
    const count = { runs: 0 }
    const burst = () => {
      for (const after of [0, 3_000, 40_000]) scheduler.after(after, () => count.runs++)
      if (count.runs < 3 * (bursts - 1)) scheduler.after(7.6 * MILLISECOND, burst)
    }
    burst()
    return count
  }

  it('sleeps while nothing comes in, where it may rest, and does not turn the event loop until what is due next', async () => {
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { restful: true })
    let turns = 0
    pacer.onTurn(() => turns++)
    const count = idleBoard(scheduler, 21)
    pacer.start()
    const began = monotonic()
    while (count.runs < 63) await new Promise((resolve) => setTimeout(resolve, 5))
    // Each burst takes one turn, or a second one where the timer came early or cut it in two.
    expect(turns).toBeLessThanOrEqual(3 * 21)
    expect(monotonic() - began).toBeGreaterThan(20 * 7.6 * MILLISECOND)
    pacer.stop()
  })

  it('is wide awake once something has come in: what is due within a millisecond is looked for in each turn', async () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now, restful: true })
    let turns = 0
    pacer.onTurn(() => turns++)
    pacer.start()
    let answered = 0
    now = 20 * MILLISECOND
    pacer.enter(() => scheduler.after(0.6 * MILLISECOND, () => (answered = scheduler.now)))
    for (let i = 0; i < 5; i++) await turn()
    expect(turns).toBe(5)
    now += 0.6 * MILLISECOND
    await turn()
    expect(answered).toBe(20.6 * MILLISECOND)
    pacer.stop()
  })

  it('goes no further than what is outside allows, whatever the clock says', async () => {
    let now = 0
    let hold = 3 * MILLISECOND
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now, hold: () => hold })
    const ran = beats(scheduler, MILLISECOND)
    pacer.start()
    now = 10 * MILLISECOND
    pacer.poke()
    for (let n = 0; n < 3; n++) await turn()
    expect(ran.length).toBe(3)
    hold = Number.POSITIVE_INFINITY
    pacer.poke()
    for (let n = 0; n < 3; n++) await turn()
    expect(ran.length).toBe(10)
    pacer.stop()
  })

  it('gives input some turns before an event that runs late', async () => {
    let now = 0
    const scheduler = new Scheduler()
    const pacer = new RealTimePacer(scheduler, { source: () => now, grace: 3 })
    const story: string[] = []
    scheduler.after(100, () => story.push('the timer'))
    pacer.start()
    now = 50 * MILLISECOND
    // Another thread has read it, and hands it over in the second turn.
    for (let i = 1; i <= 6; i++) {
      await turn()
      if (i === 2) story.push('input that came in time')
    }
    expect(story).toEqual(['input that came in time', 'the timer'])
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

  it('never goes back, however long the process waited for the processor', async () => {
    let wall = 0
    const clock = new RealClock({ source: () => wall })
    const ran: number[] = []
    const beat = (): void => {
      ran.push(clock.now)
      clock.after(100 * MILLISECOND, beat)
    }
    clock.after(100 * MILLISECOND, beat)
    wall = 5 * SECOND
    clock.refresh()
    // What came in meanwhile is looked at before the timer that waited as long.
    expect(clock.now).toBe(5 * SECOND)
    clock.cancel(undefined) // has it look at what is due, which it sleeps for by the timers of the platform
    for (let i = 0; i < 4; i++) await turn()
    expect(clock.now).toBe(5 * SECOND)
    expect(ran).toEqual([5 * SECOND])
    clock.close()
  })
})
