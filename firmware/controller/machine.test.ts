import { describe, expect, it } from 'vitest'
import { createActor } from 'xstate'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, stateChartClock } from '../hal/clock.js'
import { controllerMachine } from './machine.js'
import { changes, flatten } from './report.js'

function bench() {
  const clock = new Scheduler()
  const done: string[] = []
  const note = (name: string) => () => void done.push(`${clock.now / MILLISECOND} ${name}`)
  const actor = createActor(
    controllerMachine.provide({
      actions: {
        'bring the chip up': note('bring up'),
        'release the chip': note('release'),
        'grant the chip': note('grant'),
        'abandon everything': note('abandon'),
        'stop services': note('stop services'),
      },
    }),
    { clock: stateChartClock(clock) as never, input: { startUpMilliseconds: 65 } },
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

  it('lends the chip only once it has released it, and initialises it again when it comes back', () => {
    const { actor, done } = up()
    actor.send({ type: 'ASK FOR CHIP' })
    expect(actor.getSnapshot().matches({ on: { mode: 'handing-over', chip: 'letting-go', link: 'down' } })).toBe(true)
    expect(done).toEqual(['65 stop services', '65 release'])
    actor.send({ type: 'CHIP RELEASED' })
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
    actor.send({ type: 'CHIP RELEASED' })
    expect(actor.getSnapshot().matches({ on: { mode: 'bridging', fault: 'none' } })).toBe(true)
  })

  it.each([
    ['SUPPLY LOW', 'SUPPLY GOOD', 'brown-out'],
    ['RESET LOW', 'RESET HIGH', 'pin'],
  ] as const)('is held in reset from %s to %s, boots anew, and knows why', (begins, ends, cause) => {
    const { clock, actor, done } = up()
    actor.send({ type: begins })
    expect(actor.getSnapshot().matches('held')).toBe(true)
    expect(done).toContain('65 abandon')
    clock.runFor(1_000 * MILLISECOND)
    actor.send({ type: ends })
    expect(actor.getSnapshot().matches({ on: { reset: cause, boot: 'starting', link: 'down' } })).toBe(true)
    clock.runFor(65 * MILLISECOND)
    expect(done.at(-1)).toBe('1130 bring up')
  })

  // DS40002061B 11.2: each source holds the controller by itself; 11.9.1: each sets a flag of its own.
  it.each([
    [['RESET LOW', 'SUPPLY LOW', 'SUPPLY GOOD'], 'RESET HIGH'],
    [['SUPPLY LOW', 'RESET LOW', 'RESET HIGH'], 'SUPPLY GOOD'],
    [['RESET LOW', 'SUPPLY LOW', 'RESET HIGH'], 'SUPPLY GOOD'],
    [['SUPPLY LOW', 'RESET LOW', 'SUPPLY GOOD'], 'RESET HIGH'],
  ] as const)('is held while any source of reset is active: after %j only %s releases it', (events, last) => {
    const { clock, actor } = up()
    for (const type of events) {
      actor.send({ type })
      clock.runFor(100 * MILLISECOND)
      expect(actor.getSnapshot().matches('held')).toBe(true)
    }
    actor.send({ type: last })
    expect(actor.getSnapshot().matches({ on: { reset: 'brown-out', boot: 'starting' } })).toBe(true)
  })

  it('does not start while RESET is low, though the supply comes, goes and comes', () => {
    const { clock, actor } = bench()
    actor.send({ type: 'RESET LOW' })
    for (const type of ['POWER ON', 'POWER OFF', 'POWER ON'] as const) {
      actor.send({ type })
      clock.runFor(1_000 * MILLISECOND)
      expect(actor.getSnapshot().matches('on')).toBe(false)
    }
    actor.send({ type: 'RESET HIGH' })
    expect(actor.getSnapshot().matches({ on: { reset: 'power-on', boot: 'starting' } })).toBe(true)
  })

  it('starts with its supply when RESET was low only while there was none', () => {
    const { actor } = up()
    for (const type of ['RESET LOW', 'POWER OFF', 'RESET HIGH', 'POWER ON'] as const) actor.send({ type })
    expect(actor.getSnapshot().matches({ on: { reset: 'power-on' } })).toBe(true)
  })

  it('keeps the flag of a reset that a second one interrupts, until firmware has run', () => {
    const { clock, actor } = up()
    const press = () => {
      actor.send({ type: 'RESET LOW' })
      actor.send({ type: 'RESET HIGH' })
    }
    actor.send({ type: 'SUPPLY LOW' })
    actor.send({ type: 'SUPPLY GOOD' })
    clock.runFor(64 * MILLISECOND)
    press()
    expect(actor.getSnapshot().matches({ on: { reset: 'brown-out', boot: 'starting' } })).toBe(true)
    clock.runFor(65 * MILLISECOND)
    press()
    expect(actor.getSnapshot().matches({ on: { reset: 'pin' } })).toBe(true)
  })

  it('does nothing at all while it hangs, until the watchdog boots it anew after 2.048 s', () => {
    const { clock, actor, done } = up()
    actor.send({ type: 'CHIP TROUBLE', trouble: 'no-answer', message: '' })
    actor.send({ type: 'HANG' })
    expect(actor.getSnapshot().value).toBe('hung')
    done.length = 0
    clock.runFor(2_047 * MILLISECOND)
    actor.send({ type: 'ASK FOR CHIP' })
    actor.send({ type: 'CHIP UP' })
    actor.send({ type: 'LINK', up: true })
    expect(actor.getSnapshot().value).toBe('hung')
    clock.runFor(MILLISECOND)
    expect(actor.getSnapshot().matches({ on: { reset: 'watchdog', boot: 'starting', chip: 'waiting' } })).toBe(true)
    expect(done).toEqual([])
    clock.runFor(65 * MILLISECOND)
    expect(done).toEqual(['2178 bring up'])
  })

  it.each([
    ['RESET LOW', 'RESET HIGH', 'pin'],
    ['SUPPLY LOW', 'SUPPLY GOOD', 'brown-out'],
    ['POWER OFF', 'POWER ON', 'power-on'],
  ] as const)('is taken out of a hang by %s as well, and the watchdog bites no more', (begins, ends, cause) => {
    const { clock, actor } = up()
    actor.send({ type: 'HANG' })
    clock.runFor(1_000 * MILLISECOND)
    actor.send({ type: begins })
    actor.send({ type: ends })
    clock.runFor(10_000 * MILLISECOND)
    expect(actor.getSnapshot().matches({ on: { reset: cause, boot: 'running' } })).toBe(true)
  })

  it('cannot hang before its firmware runs', () => {
    const { clock, actor } = bench()
    actor.send({ type: 'POWER ON' })
    actor.send({ type: 'HANG' })
    clock.runFor(65 * MILLISECOND)
    expect(actor.getSnapshot().matches({ on: { reset: 'power-on', boot: 'running' } })).toBe(true)
  })

  it('begins anew at once, and by no reset, when firmware jumps to its reset vector', () => {
    const { clock, actor, done } = up()
    actor.send({ type: 'RESTART' })
    clock.runFor(0)
    expect(actor.getSnapshot().matches({ on: { reset: 'none', boot: 'running', chip: 'bringing-up' } })).toBe(true)
    expect(done).toEqual(['65 abandon', '65 stop services', '65 bring up'])
  })

  it('is off without supply, whatever it was doing', () => {
    const { clock, actor, done } = up()
    actor.send({ type: 'POWER OFF' })
    clock.runFor(60_000 * MILLISECOND)
    expect(actor.getSnapshot().matches('off')).toBe(true)
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
  })

  it('are reported as changes of the controller, with the cause of the reset', () => {
    const result = changes(flatten('off'), flatten({ on: { reset: 'power-on', link: 'down' } }), 0, 'supply')
    expect(result).toEqual([
      { at: 0, region: 'controller', from: 'off', to: 'on', reason: 'supply' },
      { at: 0, region: 'reset', from: 'off', to: 'power-on' },
    ])
  })
})
