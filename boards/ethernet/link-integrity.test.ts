import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { Scheduler } from '../simulation/scheduler.js'
import { LinkIntegrity } from './link-integrity.js'

const ms = (count: number) => count * MILLISECOND

function bench(linkTestCount?: number) {
  const clock = new Scheduler()
  const changes: { at: number; up: boolean }[] = []
  const pulses: number[] = []
  const link = new LinkIntegrity({
    clock,
    ...(linkTestCount === undefined ? {} : { linkTestCount }),
    onLink: (up) => changes.push({ at: clock.now / MILLISECOND, up }),
    sendPulse: () => pulses.push(clock.now / MILLISECOND),
  })
  /** A partner's pulse every 16 ms, from `from` for `count` pulses. */
  const partner = (from: number, count: number, period = 16) => {
    for (let i = 0; i < count; i++) clock.after(ms(from + i * period) - clock.now, () => link.pulseReceived())
  }
  return { clock, link, changes, pulses, partner }
}

describe('link integrity test (IEEE 802.3 14.2.1.7)', () => {
  it('is in Idle Test and sends no pulse while the PHY is off', () => {
    const { clock, link, pulses } = bench()
    clock.runUntil(ms(200))
    expect(link.state).toBe('Idle Test')
    expect(pulses).toEqual([])
  })

  it('sends a link test pulse every 16 ms while idle, also in Link Test Fail (14.2.1.1)', () => {
    const { clock, link, pulses } = bench()
    link.start()
    clock.runUntil(ms(100))
    expect(link.state).toBe('Link Test Fail')
    expect(pulses).toEqual([16, 32, 48, 64, 80, 96])
  })

  it('sends the next pulse 16 ms after the end of a transmission', () => {
    const { clock, link, pulses } = bench()
    link.start()
    clock.runUntil(ms(10))
    link.transmitted(ms(11))
    clock.runUntil(ms(44))
    expect(pulses).toEqual([27, 43])
  })

  it.each([3, 7])('passes after %i pulses in a row', (count) => {
    const { clock, link, changes, partner } = bench(count)
    link.start()
    partner(16, 20)
    clock.runUntil(ms(16 * count) - 1)
    expect(link.up).toBe(false)
    clock.runUntil(ms(16 * count))
    expect(link.state).toBe('Link Test Pass')
    expect(changes).toEqual([{ at: 16 * count, up: true }])
  })

  it('starts counting anew when two pulses are further apart than link_test_max', () => {
    const { clock, link, changes, partner } = bench(3)
    link.start()
    partner(16, 2)
    partner(140, 3)
    clock.runUntil(ms(171))
    expect(link.state).toBe('Link Test Fail')
    clock.runUntil(ms(180))
    expect(changes).toEqual([{ at: 172, up: true }])
  })

  it('counts a fast link pulse burst once', () => {
    const { clock, link, changes, partner } = bench(3)
    link.start()
    for (let burst = 1; burst <= 5; burst++) partner(16 * burst, 17, 0.125)
    clock.runUntil(ms(47.9))
    expect(link.up).toBe(false)
    clock.runUntil(ms(100))
    expect(changes).toEqual([{ at: 48, up: true }])
  })

  it('fails 100 ms (link_loss) after the last pulse', () => {
    const { clock, link, changes, partner } = bench(3)
    link.start()
    partner(16, 10)
    clock.runUntil(ms(259.9))
    expect(link.up).toBe(true)
    clock.runUntil(ms(400))
    expect(changes).toEqual([
      { at: 48, up: true },
      { at: 260, up: false },
    ])
  })

  it('stays in Link Test Pass on data alone', () => {
    const { clock, link, changes, partner } = bench(3)
    link.start()
    partner(16, 3)
    for (let at = 60; at < 1000; at += 90) clock.after(ms(at), () => link.dataReceived())
    clock.runUntil(ms(1000))
    expect(changes).toEqual([{ at: 48, up: true }])
  })

  it('passes at the end of a frame', () => {
    const { clock, link, changes } = bench(3)
    link.start()
    clock.after(ms(5), () => link.dataReceived())
    clock.runUntil(ms(6))
    expect(changes).toEqual([{ at: 5, up: true }])
  })

  it('stays in Link Test Fail Extend until the data it would send has ended', () => {
    const { clock, link, changes } = bench(3)
    link.start()
    clock.runUntil(ms(5))
    link.transmitted(ms(6))
    link.dataReceived()
    expect(link.state).toBe('Link Test Fail Extend')
    clock.runUntil(ms(7))
    expect(changes).toEqual([{ at: 6, up: true }])
  })

  it('costs no event a frame in Link Test Pass', () => {
    const { clock, link } = bench(3)
    link.start()
    link.dataReceived()
    clock.runUntil(ms(1))
    const before = clock.executed
    for (let i = 0; i < 10_000; i++) link.dataReceived()
    clock.runUntil(ms(2))
    expect(clock.executed).toBe(before)
  })

  it('is down as soon as the PHY is switched off, and needs its pulses again', () => {
    const { clock, link, changes, partner } = bench(2)
    link.start()
    partner(16, 2)
    clock.runUntil(ms(40))
    link.stop()
    expect(link.state).toBe('Idle Test')
    link.start()
    clock.runUntil(ms(50))
    expect(changes).toEqual([
      { at: 32, up: true },
      { at: 40, up: false },
    ])
  })

  it('can be forced either way without touching the test (PHCON2.FRCLNK)', () => {
    const { clock, link, changes } = bench()
    link.start()
    link.force(true)
    clock.runUntil(ms(200))
    expect(link.up).toBe(true)
    expect(link.state).toBe('Link Test Fail')
    link.force(undefined)
    expect(changes).toEqual([
      { at: 0, up: true },
      { at: 200, up: false },
    ])
  })

  it('refuses an lc_max outside 2 to 10 (14.2.3.1)', () => {
    expect(() => bench(1)).toThrow(/lc_max/)
    expect(() => bench(11)).toThrow(/lc_max/)
  })
})
