import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { TimeLimitError } from '../errors/errors.js'
import { turn } from '../event-loop.js'
import { SimulationPump, sleepOnClock } from './drive.js'

function bench(limit?: number) {
  const scheduler = new Scheduler()
  return { scheduler, pump: new SimulationPump(scheduler, limit) }
}

describe('driving a simulation', () => {
  it('gives up at a limit of simulated time, naming it (exit status 4)', async () => {
    const { scheduler, pump } = bench(2 * SECOND)
    const beat = (): void => {
      scheduler.after(16 * MILLISECOND, beat)
    }
    beat()
    const failure = await pump.drive(new Promise(() => {})).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TimeLimitError)
    expect(failure).toMatchObject({ exitStatus: 4, message: expect.stringContaining('2 s of simulated time') })
    expect(scheduler.now).toBe(2 * SECOND)
  })

  it('says so when nothing is left to happen that the work could wait for', async () => {
    const { pump } = bench()
    await expect(pump.drive(new Promise(() => {}))).rejects.toThrow(/nothing left to do/)
  })

  it('hands on what the work threw', async () => {
    const { pump } = bench()
    const work = sleepOnClock(pump.clock, SECOND).then(() => {
      throw new RangeError('from the work')
    })
    await expect(pump.drive(work)).rejects.toThrow('from the work')
  })

  it('ends at once when it is told that going on has no sense', async () => {
    const { scheduler, pump } = bench()
    scheduler.after(5 * MILLISECOND, () => pump.abandon(new Error('misuse')))
    await expect(pump.drive(sleepOnClock(pump.clock, SECOND))).rejects.toThrow('misuse')
    expect(scheduler.now).toBe(5 * MILLISECOND)
  })

  it('gives the rest of the program its turns, however long nothing reaches the host', async () => {
    const { scheduler, pump } = bench(20 * SECOND)
    const beat = (): void => {
      scheduler.after(1_000, beat)
    }
    beat()
    // As a signal is: heard when the event loop has a turn, and not when simulated time is over.
    const heard = turn()
      .then(turn)
      .then(turn)
      .then(() => pump.abandon(new Error('interrupted')))
    await expect(pump.drive(new Promise(() => {}))).rejects.toThrow('interrupted')
    await heard
    expect(scheduler.now).toBeLessThan(20 * SECOND)
  })

  it('lets a drive inside a drive wait for the outer one', async () => {
    const { scheduler, pump } = bench()
    const work = async (): Promise<number> => {
      await pump.drive(sleepOnClock(pump.clock, MILLISECOND))
      return scheduler.now
    }
    expect(await pump.drive(work())).toBe(MILLISECOND)
  })
})
