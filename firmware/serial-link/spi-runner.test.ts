import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { SpiProgram } from '../hal/spi.js'
import { SerprogClient } from './serprog-client.js'
import { RemoteSpiRunner } from './spi-runner.js'

const ACK = 0x06

function* readOnce(): SpiProgram<number> {
  const [reply] = yield { transfers: [{ write: Uint8Array.of(0x1d), read: 1 }] }
  return reply[0]
}

describe('an SPI program that nobody waits for any more', () => {
  it('is ended with those behind it, and what was under way on the bus is not taken for the answer to the next', () => {
    const clock = new Scheduler()
    const client = new SerprogClient(() => {})
    const runner = new RemoteSpiRunner({ clock, client })
    const outcomes: string[] = []
    const run = (name: string) =>
      runner.run(readOnce(), (outcome) => {
        outcomes.push(`${name}: ${outcome.ok ? outcome.value : outcome.error.message}`)
      })
    run('first')
    run('second')
    runner.abandon(new Error('too late'))
    run('third')
    client.receive(Uint8Array.of(ACK, 0x11, ACK, 0x22))
    expect(outcomes).toEqual(['first: too late', 'second: too late', 'third: 34'])
    expect(runner.pending).toBe(0)
  })
})
