/** A probe that shows frames while they pass, for whoever lets time stand in the midst of one. */
import { describe, expect, it } from 'vitest'
import { Cable } from '../../boards/ethernet/cable.js'
import { BIT_TIME } from '../../boards/ethernet/port.js'
import { Station } from '../../boards/ethernet/station.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { PairProbe } from './pair-probe.js'

function bench(underway: boolean) {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const station = (last: number) =>
    new Station({ clock, random, address: Uint8Array.of(2, 0, 0, 0, 0, last), name: `${last}`, duplex: 'half' })
  const [a, b] = [station(1), station(2)]
  const cable = new Cable({ clock, random })
  cable.plug(a.port, b.port)
  clock.runFor(100 * MILLISECOND)
  const probe = new PairProbe('rx', cable, 'b-to-a', clock, random, () => 'waiting')
  if (underway) probe.showUnderway()
  const from = clock.now
  b.send(Uint8Array.of(2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5))
  const look = () => ({
    fields: probe
      .rows({ from, to: clock.now })
      .find(({ name }) => name === 'fields')
      ?.marks.map(({ text, wrong }) => `${text}${wrong === true ? '!' : ''}`),
    volts: probe.trace.points(from, clock.now).reduce((most, [, volts]) => Math.max(most, volts), 0),
  })
  return { clock, cable, look }
}

describe('a probe on a pair', () => {
  it('shows a frame when it has passed', () => {
    const { clock, look } = bench(false)
    clock.runFor(300 * BIT_TIME)
    expect(look().fields).toBeUndefined()
    clock.runFor(400 * BIT_TIME)
    expect(look().fields).toContain('FCS')
  })

  it('shows as much of it as has passed, where it is asked to, and once only when it has', () => {
    const { clock, look } = bench(true)
    clock.runFor(150 * BIT_TIME)
    expect(look().fields).toEqual(['preamble', 'delimiter', 'destination', 'source'])
    expect(look().volts).toBeGreaterThan(2)
    clock.runFor(600 * BIT_TIME)
    const { fields } = look()
    expect(fields).toEqual([...new Set(fields)])
    expect(fields).toContain('FCS')
  })

  it('shows bits that are turned over while they pass', () => {
    const { clock, cable, look } = bench(true)
    cable.pair('b-to-a').handleSignal = () => [70]
    clock.runFor(150 * BIT_TIME)
    // It was asked when the first bit left: nobody had turned anything over yet.
    expect(look().fields).toContain('destination')
    clock.runFor(600 * BIT_TIME)
    expect(look().fields).toContain('destination!')
  })
})
