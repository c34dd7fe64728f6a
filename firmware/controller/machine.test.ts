import { describe, expect, it } from 'vitest'
import { createActor } from 'xstate'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, stateChartClock } from '../hal/clock.js'
import { controllerMachine } from './machine.js'
import { changes, describeChange, flatten } from './report.js'

function bench() {
  const clock = new Scheduler()
  const done: string[] = []
  const note = (name: string) => () => void done.push(`${clock.now / MILLISECOND} ${name}`)
  const actor = createActor(
    controllerMachine.provide({
      actions: {
        'bring the chip up': note('bring up'),
        'let the chip go': note('let go'),
        'grant the chip': note('grant'),
        'abandon everything': note('abandon'),
        'stop services': note('stop services'),
      },
    }),
    { clock: stateChartClock(clock) as never, input: { startUp: 65 } },
  )
  actor.start()
  return { clock, actor, done }
}

function up() {
  const parts = bench()
  parts.actor.send({ type: 'POWER ON' })
  parts.clock.runFor(65 * MILLISECOND)
  parts.actor.send({ type: 'CHIP UP' })
  parts.actor.send({ type: 'LINK', up: true })
  parts.done.length = 0
  return parts
}

describe('the controller as a state chart', () => {
  it('waits its start-up time after power-on, then brings the chip up', () => {
    const { clock, actor, done } = bench()
    actor.send({ type: 'POWER ON' })
    expect(actor.getSnapshot().matches({ on: { reset: 'power-on', boot: 'starting', chip: 'waiting' } })).toBe(true)
    clock.runFor(65 * MILLISECOND)
    expect(done).toEqual(['65 bring up'])
    expect(actor.getSnapshot().matches({ on: { boot: 'running', chip: 'bringing-up', address: 'none' } })).toBe(true)
  })

  it('has an address and serves once the chip is up, and a link when the chip says so', () => {
    const { actor } = up()
    expect(
      actor.getSnapshot().matches({
        on: {
          chip: 'running',
          link: 'up',
          address: 'configured',
          services: 'running',
          mode: 'controlling',
          fault: 'none',
        },
      }),
    ).toBe(true)
  })

  it('names the fault when the chip fails, and tries again after 0.5, 1, 2, 4, 8 and 8 s', () => {
    const { clock, actor, done } = up()
    const fail = () => actor.send({ type: 'CHIP TROUBLE', trouble: 'no-answer', message: 'all reads FFh' })
    fail()
    expect(actor.getSnapshot().matches({ on: { fault: 'spi-dead', link: 'down', services: 'stopped' } })).toBe(true)
    const attempts: number[] = []
    for (let i = 0; i < 6; i++) {
      const before = clock.now
      clock.runWhile(() => !actor.getSnapshot().matches({ on: { chip: 'bringing-up' } }))
      attempts.push((clock.now - before) / MILLISECOND)
      fail()
    }
    expect(attempts).toEqual([500, 1000, 2000, 4000, 8000, 8000])
    clock.runFor(8_000 * MILLISECOND)
    actor.send({ type: 'CHIP UP' })
    expect(actor.getSnapshot().matches({ on: { fault: 'none', chip: 'running' } })).toBe(true)
    expect(done.filter((line) => line.endsWith('bring up'))).toHaveLength(7)
  })

  it('lends the chip only once it has let it go, and brings it up anew when it comes back', () => {
    const { actor, done } = up()
    actor.send({ type: 'ASK FOR CHIP' })
    expect(actor.getSnapshot().matches({ on: { mode: 'handing-over', chip: 'letting-go', link: 'down' } })).toBe(true)
    expect(done).toEqual(['65 stop services', '65 let go'])
    actor.send({ type: 'CHIP LET GO' })
    expect(actor.getSnapshot().matches({ on: { mode: 'bridging', chip: 'lent' } })).toBe(true)
    expect(done.at(-1)).toBe('65 grant')
    actor.send({ type: 'RETURN CHIP' })
    expect(actor.getSnapshot().matches({ on: { mode: 'controlling', chip: 'bringing-up' } })).toBe(true)
    expect(done.at(-1)).toBe('65 bring up')
  })

  it('lends a chip that does not work: that is when somebody wants to look', () => {
    const { actor } = up()
    actor.send({ type: 'CHIP TROUBLE', trouble: 'clock-not-ready', message: '' })
    expect(actor.getSnapshot().matches({ on: { fault: 'clock-missing' } })).toBe(true)
    actor.send({ type: 'ASK FOR CHIP' })
    actor.send({ type: 'CHIP LET GO' })
    expect(actor.getSnapshot().matches({ on: { mode: 'bridging', fault: 'none' } })).toBe(true)
  })

  it.each([
    ['brown-out', 'brown-out'],
    ['pin', 'pin'],
  ] as const)('boots anew after %s and knows why', (cause, state) => {
    const { clock, actor, done } = up()
    actor.send({ type: 'HOLD', cause })
    expect(actor.getSnapshot().value).toBe('held')
    expect(done).toContain('65 abandon')
    clock.runFor(1_000 * MILLISECOND)
    actor.send({ type: 'LET GO' })
    expect(actor.getSnapshot().matches({ on: { reset: state, boot: 'starting', link: 'down' } })).toBe(true)
    clock.runFor(65 * MILLISECOND)
    expect(done.at(-1)).toBe('1130 bring up')
  })

  it('boots anew after the watchdog and knows why', () => {
    const { actor } = up()
    actor.send({ type: 'WATCHDOG' })
    expect(actor.getSnapshot().matches({ on: { reset: 'watchdog', boot: 'starting', chip: 'waiting' } })).toBe(true)
  })

  it('is off without supply, whatever it was doing', () => {
    const { clock, actor, done } = up()
    actor.send({ type: 'POWER OFF' })
    clock.runFor(60_000 * MILLISECOND)
    expect(actor.getSnapshot().value).toBe('off')
    expect(done).not.toContain('65 bring up')
  })
})

describe('reports of state changes', () => {
  it('name the region, both states, the time and the reason', () => {
    const before = flatten({ on: { link: 'down', fault: 'none' } })
    const after = flatten({ on: { link: 'up', fault: 'spi-dead' } })
    expect(changes(before, after, 67_012_000, 'reads FFh')).toEqual([
      { at: 67_012_000, region: 'link', from: 'down', to: 'up' },
      { at: 67_012_000, region: 'fault', from: 'none', to: 'spi-dead', reason: 'reads FFh' },
    ])
    expect(describeChange({ at: 67_012_000, region: 'link', from: 'down', to: 'up' })).toBe(
      '    0.067012 s  link: down → up',
    )
  })

  it('tell off and on as changes of the controller, with the cause of the reset', () => {
    const result = changes(flatten('off'), flatten({ on: { reset: 'power-on', link: 'down' } }), 0, 'supply')
    expect(result).toEqual([
      { at: 0, region: 'controller', from: 'off', to: 'on', reason: 'supply' },
      { at: 0, region: 'reset', from: 'off', to: 'power-on' },
    ])
  })
})
