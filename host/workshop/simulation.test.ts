/** The workshop without a page: pace, steps, bookmarks and replay, driven as a page drives it. */
import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import type { OpenCommand, RecordedDeed, WorkshopSnapshot } from './protocol.js'
import { WorkshopSimulation } from './simulation.js'
import { WORKSHOP_EN } from './words/en.js'
import { sayTold } from './words/told.js'

/** A wall clock that the test moves. */
function bench(open: Partial<OpenCommand> = {}) {
  let wall = 0
  const simulation = new WorkshopSimulation(() => wall)
  simulation.receive({ kind: 'open', station: 'rs232', seed: 7, settings: {}, ...open })
  /** Lets it work until there is nothing to do, or the wall clock has moved so far. */
  const work = (milliseconds = 0): WorkshopSnapshot => {
    const end = wall + milliseconds * MILLISECOND
    for (;;) {
      const wait = simulation.work()
      if (wait === undefined) break
      if (wait === 0) continue
      if (wall + wait * MILLISECOND > end) break
      wall += wait * MILLISECOND
    }
    wall = end
    return simulation.snapshot()
  }
  return { simulation, work }
}

const texts = ({ scene }: WorkshopSnapshot) => (scene.kind === 'rs232' ? scene.arrived.map(({ text }) => text) : [])

describe('time at a station', () => {
  it('passes at the pace asked for: three bits a second, on the wall clock', () => {
    const { work } = bench()
    const bit = 1e9 / 9_600
    expect(work(1_000).now / bit).toBeCloseTo(3, 0)
    expect(work(2_000).now / bit).toBeCloseTo(9, 0)
  })

  it('runs as fast as it goes, and stands once nothing is under way', () => {
    const { simulation, work } = bench()
    simulation.receive({ kind: 'speed', bitsPerSecond: 0 })
    const shown = work(100)
    expect(texts(shown)).toEqual(['48h “H”', '69h “i”'])
    expect(shown.pace).toBe('resting')
    expect(work(10_000).now).toBe(shown.now)
    // What is sent wakes it.
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: '!' } })
    expect(texts(work(100))).toEqual(['48h “H”', '69h “i”', '21h “!”'])
  })

  it('goes on at its pace after it has stood for long', () => {
    const { simulation, work } = bench()
    simulation.receive({ kind: 'speed', bitsPerSecond: 100 })
    const rested = work(60_000)
    expect(rested.pace).toBe('resting')
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: '!' } })
    expect((work(50).now - rested.now) / rested.bitTime).toBeCloseTo(5, 0)
  })

  it('stands, and is stepped by an event, a bit, a character', () => {
    const { simulation, work } = bench()
    simulation.receive({ kind: 'pause' })
    const before = work(500)
    expect(before.pace).toBe('paused')
    simulation.receive({ kind: 'step', unit: 'event' })
    expect(work(500).executed).toBe(before.executed + 1)
    simulation.receive({ kind: 'step', unit: 'bit' })
    const bit = work(500)
    expect(bit.now).toBeGreaterThan(before.now)
    expect(bit.pace).toBe('paused')
    simulation.receive({ kind: 'step', unit: 'frame' })
    const character = work(500)
    expect(texts(character)).toHaveLength(1)
    expect(character.now - before.now).toBeLessThan((11 * 1e9) / 9_600)
  })
})

describe('going back', () => {
  it('comes to the very same state, whatever was done meanwhile and however time was cut', () => {
    const { simulation, work } = bench()
    work(1_700)
    simulation.receive({ kind: 'do', deed: { kind: 'set', name: 'noise', value: '0.05' } })
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: 'noisy text' } })
    work(3_300)
    simulation.receive({ kind: 'pause' })
    simulation.receive({ kind: 'step', unit: 'event' })
    simulation.receive({ kind: 'bookmark' })
    const there = work()
    simulation.receive({ kind: 'do', deed: { kind: 'break', fault: 'serial-rx-open' } })
    simulation.receive({ kind: 'speed', bitsPerSecond: 0 })
    simulation.receive({ kind: 'play' })
    expect(work(1_000).hash).not.toBe(there.hash)
    simulation.receive({ kind: 'back', to: 0 })
    const back = work(1_000)
    const { hash, now, executed, settings, fault, scene, record, pace } = there
    expect(back).toMatchObject({ hash, now, executed, settings, fault, scene, record, pace })
  })

  it('is what a shared link does: the same record from the same beginning is the same run', () => {
    const { simulation, work } = bench()
    work(900)
    simulation.receive({ kind: 'do', deed: { kind: 'set', name: 'baud', value: '9120' } })
    work(900)
    simulation.receive({ kind: 'do', deed: { kind: 'surprise', seed: 3 } })
    const there = work(900)
    const shared = bench({ settings: there.opened.settings, record: there.record, until: there.now })
    const opened = shared.work()
    expect(opened.hash).toBe(there.hash)
    expect(opened.pace).toBe('paused')
    expect(opened.fault).toBe('?')
  })

  it('does what is done next at this instant, and forgets what would have come', () => {
    const record: RecordedDeed[] = [
      { executed: 50, at: 50 * MILLISECOND, deed: { kind: 'set', name: 'baud', value: '300' } },
    ]
    const { simulation, work } = bench({ record, until: MILLISECOND })
    simulation.receive({ kind: 'do', deed: { kind: 'set', name: 'baud', value: '1200' } })
    expect(work(10).settings.baud).toBe('1200')
    expect(simulation.snapshot().record).toHaveLength(1)
  })
})

describe('what cannot be', () => {
  const refusal = ({ refused }: WorkshopSnapshot) => refused && sayTold(WORKSHOP_EN, refused)

  it('is refused in words, and the station goes on as it was', () => {
    const { simulation, work } = bench()
    simulation.receive({ kind: 'do', deed: { kind: 'set', name: 'baud', value: '-5' } })
    expect(refusal(work())).toBe('Baud rate, this end cannot be “-5”; it stays as it was.')
    simulation.receive({ kind: 'do', deed: { kind: 'break', fault: 'miso-open' } })
    expect(refusal(work())).toMatch(/miso-open happens somewhere else/)
    simulation.receive({ kind: 'do', deed: { kind: 'break', fault: 'serial-noise:12' } })
    expect(refusal(work())).toMatch(/serial-noise: rate is/)
    expect(simulation.snapshot()).toMatchObject({ fault: '', record: [] })
  })

  it('in an address is put aside, and said', () => {
    const { work } = bench({ settings: { baud: 'fast', text: 'Ho' }, fault: 'no-such-fault' })
    const shown = work()
    expect(shown.settings).toMatchObject({ baud: '9600', text: 'Ho' })
    expect(refusal(shown)).toMatch(/Baud rate|no-such-fault/)
  })
})
