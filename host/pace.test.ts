import { describe, expect, it } from 'vitest'
import { Scheduler } from '../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../firmware/hal/clock.js'
import { monotonic, turn } from './event-loop.js'
import { HostLab } from './lab.js'
import { LabTime } from './lab-time.js'
import { Pace, type PaceOptions } from './pace.js'

/** Two hosts on a cable. */
function pair(pace: PaceOptions = {}) {
  const lab = new HostLab({ seed: 7, pace })
  const a = lab.addHost({ name: 'a', address: '10.0.0.1/24' })
  const b = lab.addHost({ name: 'b', address: '10.0.0.2/24' })
  lab.connect(a.port, b.port)
  return { lab, a, b }
}

/** Octets to a host and back, from two tasks at once. Returns what happened, with the instant and the count of events by then. */
async function conversation({ lab, a, b }: ReturnType<typeof pair>): Promise<unknown[]> {
  const seen: unknown[] = []
  const note = (what: string, more?: number) => seen.push([what, lab.now, lab.clock.executed, more])
  await lab.run({ until: () => a.network.linkUp && b.network.linkUp })
  note('link up')
  const server = b.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
  const serve = async () => {
    const client = await server.accept()
    note('accepted')
    for await (const part of client) await client.write(part)
    note('peer closed')
    client.close()
  }
  const ask = async () => {
    const socket = await a.socket('ipv4', 'stream').connect({ address: '10.0.0.2', port: 7 })
    note('connected')
    for (let i = 0; i < 5; i++) {
      await socket.write(new Uint8Array(3000).fill(i))
      note('echo', (await socket.readExactly(3000)).length)
    }
    socket.close()
  }
  await Promise.all([serve(), ask()])
  await lab.run({ for: SECOND })
  note('end')
  return seen
}

describe('a run', () => {
  it.each([
    ['following the wall clock 50 times as fast', { speed: 50 }],
    ['in slices of 50 µs', { sliceMilliseconds: 0.05 }],
    ['following, in slices', { speed: 200, sliceMilliseconds: 1 }],
  ])('is the same, event for event, %s', async (_, pace) => {
    expect(await conversation(pair(pace))).toEqual(await conversation(pair()))
  })

  it('is the same when it is stepped, seven events at a time and 3 ms at a time', async () => {
    const expected = await conversation(pair())
    for (const byEvents of [true, false]) {
      const stepped = pair({ speed: 0 })
      let isOver = false
      const run = conversation(stepped).finally(() => {
        isOver = true
      })
      let events = 0
      while (!isOver)
        events += byEvents ? await stepped.lab.pace.step(7) : await stepped.lab.pace.advance(3 * MILLISECOND)
      expect(await run).toEqual(expected)
      // What the last step had left of time came after the end.
      expect(stepped.lab.clock.executed).toBe(events)
    }
  })
})

describe('time that follows the wall clock', () => {
  it.each([1, 20])('is never ahead of it, %i-fold, whatever is awaited', async (speed) => {
    const began = monotonic()
    const { lab, a } = pair({ speed })
    for (let n = 1; n <= 5; n++) {
      await lab.run({ for: 20 * MILLISECOND })
      expect(lab.now).toBe(n * 20 * MILLISECOND)
      expect((monotonic() - began) * speed).toBeGreaterThanOrEqual(lab.now)
    }
    await lab.run({ until: () => a.network.linkUp })
    expect((monotonic() - began) * speed).toBeGreaterThanOrEqual(lab.now)
  })

  it('does not catch up with what a computer that slept has missed', async () => {
    let slept = 0
    const { lab } = pair({ speed: 1000, source: () => monotonic() + slept })
    await lab.run({ for: SECOND })
    slept = 3600 * SECOND
    await lab.run({ for: SECOND })
    expect(lab.now).toBe(2 * SECOND)
    expect(lab.pace.counters.slips).toBe(1)
    expect(lab.pace.counters.skipped).toBeGreaterThan(3590 * 1000 * SECOND)
  })

  it('lets nothing go while nothing is due: an event after a long rest comes in its time', async () => {
    const lab = new HostLab({ pace: { speed: 100 } })
    const began = monotonic()
    await lab.run({ for: 300 * SECOND }).catch(() => undefined)
    await lab.run({ for: 2 * SECOND })
    expect(lab.pace.counters.slips).toBe(0)
    expect((monotonic() - began) * 100).toBeGreaterThanOrEqual(302 * SECOND)
  })

  it('passes while nothing is awaited when it plays, and input comes at the present instant', async () => {
    const { lab } = pair({ speed: 1000 })
    const stop = lab.play()
    await new Promise<void>((resolve) => void lab.clock.after(5 * SECOND, resolve))
    expect(lab.now).toBeGreaterThanOrEqual(5 * SECOND)
    let due = 0
    let at = 0
    await new Promise<void>((resolve) => {
      lab.enter(() => {
        lab.clock.after(SECOND, () => {
          due = lab.now
          // The wall clock stands still for nobody.
          const until = monotonic() + 2 * MILLISECOND
          while (monotonic() < until);
          // What is due by now has its turn first: input comes before what is late.
          void [1, 2, 3]
            .reduce((before) => before.then(turn), turn())
            .then(() =>
              lab.enter(() => {
                at = lab.now
                resolve()
              }),
            )
        })
      })
    })
    expect(at - due).toBeGreaterThanOrEqual(2 * SECOND)
    stop()
    const { now } = lab
    for (let n = 0; n < 20; n++) await turn()
    expect(lab.now).toBe(now)
  })
})

describe('input from outside, on a computer that is busy', () => {
  it('comes before the timers that would have run out while it waited', async () => {
    let missed = 0
    const lab = new HostLab({ pace: { speed: 1, source: () => monotonic() + missed } })
    const stop = lab.play()
    const story: string[] = []
    lab.clock.after(SECOND / 2, () => story.push('gave up'))
    missed += (9 * SECOND) / 10
    await new Promise<void>((resolve) => {
      lab.enter(() => {
        story.push('heard')
        resolve()
      })
    })
    await lab.run({ until: () => story.length === 2 })
    stop()
    expect(story).toEqual(['heard', 'gave up'])
    expect(lab.pace.counters.slips).toBeGreaterThan(0)
  })

  it('is read before what was slept for, although that is due', async () => {
    const lab = new HostLab({ pace: { speed: 1 } })
    const stop = lab.play()
    const story: string[] = []
    const { port1, port2 } = new MessageChannel()
    port1.on('message', () => story.push('heard'))
    lab.clock.after(30 * MILLISECOND, () => story.push('gave up'))
    setTimeout(() => {
      // Just before the event loop looks at its timers, and then at what came in.
      setImmediate(() => {
        port2.postMessage(null)
        // The processor is somebody else's until both are there.
        const until = monotonic() + 40 * MILLISECOND
        while (monotonic() < until);
      })
    }, 1)
    await lab.run({ until: () => story.includes('gave up') })
    stop()
    port1.close()
    expect(story).toEqual(['heard', 'gave up'])
  })
})

describe('time that stands', () => {
  it('passes for what was asked and no more, although a call is awaited', async () => {
    const { lab } = pair({ speed: 0 })
    let isOver = false
    const run = lab.run({ for: SECOND }).then(() => {
      isOver = true
    })
    for (let n = 0; n < 20; n++) await turn()
    expect([lab.now, isOver]).toEqual([0, false])
    await lab.pace.advance(4 * MILLISECOND)
    expect([lab.now, isOver]).toEqual([4 * MILLISECOND, false])
    const { nextAt, executed } = lab.clock
    expect(await lab.pace.step()).toBe(1)
    expect([lab.now, lab.clock.executed, isOver]).toEqual([nextAt, executed + 1, false])
    lab.pace.speed = Number.POSITIVE_INFINITY
    await run
    expect(lab.now).toBe(SECOND)
  })

  it('has what is due at this very instant wait, and nobody ask for it over and over', async () => {
    const clock = new Scheduler()
    const pace = new Pace(clock, { speed: 0 })
    clock.after(0, () => {})
    let isReady = false
    const ready = pace.ready(clock.nextAt).then(() => {
      isReady = true
    })
    for (let n = 0; n < 20; n++) await turn()
    expect(isReady).toBe(false)
    pace.speed = 1
    await ready
  })

  it('stands from the event on that makes it stand, also where input comes that others are due before', async () => {
    let wall = 0
    const { lab } = pair({ speed: 1, source: () => wall })
    const end = lab.play()
    const happened: string[] = []
    lab.clock.after(100, () => {
      happened.push('stop')
      lab.pace.speed = 0
    })
    lab.clock.after(200, () => happened.push('later'))
    wall = 1000
    lab.enter(() => happened.push('input'))
    expect([happened, lab.now]).toEqual([['stop', 'input'], 100])
    end()
  })

  it('is stepped past who waits for an instant, and they go on at that instant', async () => {
    const { lab } = pair({ speed: 0 })
    const instants: number[] = []
    const wait = async (n: number) => {
      await lab.run({ for: n * MILLISECOND })
      instants.push(lab.now)
      await lab.run({ for: n * MILLISECOND })
      instants.push(lab.now)
    }
    const waits = [wait(3), wait(2)]
    await lab.pace.advance(20 * MILLISECOND)
    await Promise.all(waits)
    expect(instants).toEqual([2, 3, 4, 6].map((n) => n * MILLISECOND))
    expect(lab.now).toBe(20 * MILLISECOND)
  })

  it('says how many events there were when nothing is left, and answers steps that a new speed makes void', async () => {
    const lab = new HostLab({ pace: { speed: 0 } })
    lab.clock.after(5, () => {})
    expect(await lab.pace.step(10)).toBe(1)
    lab.clock.after(5, () => {})
    const step = lab.pace.step(3)
    lab.pace.speed = 1
    expect(await step).toBe(0)
  })

  it('is asked for in whole events and in nanoseconds, and only while it stands', async () => {
    const { lab } = pair({ speed: 0 })
    await expect(lab.pace.step(0)).rejects.toThrow('a step is a whole number of events, 1 or more; got 0')
    await expect(lab.pace.advance(-1)).rejects.toThrow('nanoseconds, 0 or more; got -1')
    lab.pace.speed = 2
    await expect(lab.pace.step()).rejects.toThrow('set speed to 0 before it is stepped')
    expect(() => pair({ speed: Number.NaN })).toThrow('got NaN')
    expect(() => pair({ sliceMilliseconds: 0 })).toThrow('a slice is milliseconds of wall time, more than 0; got 0')
  })
})

it('a slice gives the rest of the program its turn, and none is given without', async () => {
  const turns = async (pace: PaceOptions) => {
    const { lab } = pair(pace)
    let count = 0
    let isOver = false
    const others = (async () => {
      while (!isOver) {
        await turn()
        count++
      }
    })()
    await lab.run({ for: 60 * SECOND })
    isOver = true
    await others
    return count
  }
  expect(await turns({})).toBeLessThan(5)
  expect(await turns({ sliceMilliseconds: 0.01 })).toBeGreaterThan(50)
})

it('time passes until a condition holds, asked before every event, or up to a limit', async () => {
  for (const pace of [{}, { sliceMilliseconds: 0.01 }]) {
    const clock = new Scheduler()
    const time = new LabTime(clock, new Pace(clock, pace))
    let happened = 0
    const again = () => {
      happened++
      clock.after(MILLISECOND, again)
    }
    again()
    expect(await time.until(() => happened === 5)).toBe(true)
    expect(clock.now).toBe(4 * MILLISECOND)
    expect(await time.until(() => false, 10 * MILLISECOND + 1)).toBe(false)
    expect([clock.now, happened]).toEqual([14 * MILLISECOND + 1, 15])
    expect(await time.until(() => happened === 15)).toBe(true)
    expect(clock.now).toBe(14 * MILLISECOND + 1)
  }
})

it('a slice is as long as it was asked for, also a long one', () => {
  let now = 0
  const pace = new Pace(new Scheduler(), { sliceMilliseconds: 100, source: () => now })
  const isOver = () => !Array.from({ length: 100 }, () => pace.allowsEvent()).every((allowed) => allowed)
  pace.begin()
  now = 99 * MILLISECOND
  expect(isOver()).toBe(false)
  now = 100 * MILLISECOND
  expect(isOver()).toBe(true)
})
