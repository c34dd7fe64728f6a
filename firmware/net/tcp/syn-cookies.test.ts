import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { SECOND } from '../../hal/clock.js'
import { COOKIE_SEGMENT_SIZES, COOKIE_STEP, hiddenOptions, hideOptions, SynCookies } from './syn-cookies.js'

const HERE = 0x0a090002
const THERE = 0x0a090001

function make(cookies: SynCookies, segmentSize: number, sequence = 0xffff_fff0, port = 50_000): number {
  return cookies.make(HERE, 80, THERE, port, sequence, segmentSize)
}

function check(cookies: SynCookies, cookie: number, sequence = 0xffff_fff0, port = 50_000): number | undefined {
  return cookies.check(HERE, 80, THERE, port, sequence, cookie)
}

describe('SYN cookies (RFC 4987 3.6)', () => {
  it('give back the largest size of their table that is no more than the peer asked for', () => {
    const cookies = new SynCookies(new Scheduler(), new SeededRandom(1))
    for (const size of COOKIE_SEGMENT_SIZES) expect(check(cookies, make(cookies, size))).toBe(size)
    expect(check(cookies, make(cookies, 1459))).toBe(1440)
    expect(check(cookies, make(cookies, 9000))).toBe(1460)
    expect(check(cookies, make(cookies, 537))).toBe(536)
    expect(check(cookies, make(cookies, 10))).toBe(64)
  })

  it('are valid for one to two steps of their clock, at any time of it', () => {
    const clock = new Scheduler()
    const cookies = new SynCookies(clock, new SeededRandom(1))
    for (let i = 0; i < 70; i++) {
      const cookie = make(cookies, 1460)
      clock.runFor(COOKIE_STEP)
      expect(check(cookies, cookie)).toBe(1460)
      clock.runFor(COOKIE_STEP)
      expect(check(cookies, cookie)).toBeUndefined()
      clock.runFor(SECOND)
    }
  })

  it('are not valid a whole round of their five bits later', () => {
    const clock = new Scheduler()
    const cookies = new SynCookies(clock, new SeededRandom(1))
    const cookie = make(cookies, 1460)
    clock.runFor(32 * COOKIE_STEP)
    expect(check(cookies, cookie)).toBeUndefined()
  })

  it('hold for their own ends and SYN only, and for their own key', () => {
    const clock = new Scheduler()
    const cookies = new SynCookies(clock, new SeededRandom(1))
    const cookie = make(cookies, 1460)
    expect(check(cookies, cookie, 0xffff_fff1)).toBeUndefined()
    expect(check(cookies, cookie, 0xffff_fff0, 50_001)).toBeUndefined()
    expect(check(new SynCookies(clock, new SeededRandom(2)), cookie)).toBeUndefined()
  })

  it('are not guessed: none of 100,000 random numbers is one', () => {
    const random = new SeededRandom(3)
    const cookies = new SynCookies(new Scheduler(), random)
    let guessed = 0
    for (let i = 0; i < 100_000; i++) if (check(cookies, random.next32()) !== undefined) guessed++
    expect(guessed).toBe(0)
  })

  it('put window scale and SACK into a timestamp that is no later than the clock, and at most 31 ms earlier', () => {
    for (const time of [0x1234_5678, 0xffff_ffff, 1_000_001, 32, 63])
      for (let windowScale: number | undefined = 0; windowScale <= 14; windowScale++)
        for (const sack of [true, false]) {
          const options = { windowScale: windowScale === 14 ? undefined : windowScale, sack }
          const hidden = hideOptions(time, options)
          expect(hiddenOptions(hidden)).toEqual(options)
          expect(time - hidden).toBeGreaterThanOrEqual(0)
          expect(time - hidden).toBeLessThan(32)
        }
    // Early in the clock's round, the one before it.
    expect(hideOptions(3, { windowScale: 7, sack: true })).toBe(0xffff_fff7)
  })
})
