import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { captureFigure } from '../figures/capture.js'
import { extentOf, PARTS } from '../judge/parts.js'
import { saturatedChips } from './saturated-chips.js'
import { CABLE, saturatedHub } from './saturated-hub.js'
import { contest, metcalfeBoggs, twoStations } from './two-stations.js'

/** Bit times from card to card: the repeater takes 8, the cables 5 ns a metre. */
const DELAY = 8 + (2 * CABLE * 5) / 100

/** A quarter of the time of `make judge`: chance leaves twice as much of each share. */
const { count: quarters } = extentOf('shared-medium')
const CHANCE = Math.sqrt(PARTS['shared-medium'].whole / quarters)

/** In all, long enough for eight hundred turns and more, of 0.15 s each: what chance leaves of each share is 2 %. */
const RUNS = [
  { octets: 64, duration: quarters * 30 * SECOND },
  { octets: 1518, duration: quarters * 60 * SECOND },
]

/** Of `value`, against `expected`, relative. */
const error = (value: number, expected: number) => Math.abs(value / expected - 1)

describe('the analysis of two saturated stations (IEEE 802.3 4.2.3.2, truncated binary exponential back-off)', () => {
  it('has the chances of Ramakrishnan and Yang 1994: 1/4, then 5/8, 13/16, 29/32 for the station that won', () => {
    expect([1, 2, 3, 4].map((row) => contest(row).wins)).toEqual([1 / 4, 5 / 8, 13 / 16, 29 / 32])
    expect([1, 2, 3, 4].map((row) => contest(row).loses)).toEqual([1 / 4, 1 / 8, 1 / 16, 1 / 32])
  })

  it('has Metcalfe and Boggs’ efficiency of two stations: W is one slot', () => {
    expect(metcalfeBoggs(64, 2, 512)).toBe(0.5)
    expect(metcalfeBoggs(1518, 2, 512)).toBeCloseTo(12_144 / (12_144 + 512), 12)
  })

  it('lies between those who divide slots evenly and one station alone', () => {
    for (const { octets } of RUNS) {
      const { efficiency } = twoStations(octets, DELAY)
      expect(efficiency).toBeGreaterThan(metcalfeBoggs(octets, 2, 512))
      expect(efficiency).toBeLessThan((octets * 8) / (octets * 8 + 64 + 96))
    }
  })
})

describe.each(RUNS)('two cards on a hub that always have $octets octets to send', ({ octets, duration }) => {
  const measured = saturatedHub(octets, duration, 7)
  const expected = twoStations(octets, DELAY)
  const frames = measured.frames[0] + measured.frames[1]

  it('use the medium as the analysis says, within 1 %', () => {
    expect(error(measured.efficiency, expected.efficiency)).toBeLessThan(0.01)
  })

  it(`collide, and give frames up, as often as it says, within ${5 * CHANCE} %`, () => {
    expect(error(measured.collisions / frames, expected.collisionsPerFrame)).toBeLessThan(0.05 * CHANCE)
    expect(error(measured.losses / frames, expected.lossesPerFrame)).toBeLessThan(0.05 * CHANCE)
  })

  it(`are fair in the long run: each has its half within ${5 * CHANCE} %`, () => {
    for (const own of measured.frames) expect(error(own / frames, 0.5)).toBeLessThan(0.05 * CHANCE)
  })

  it(`are unfair in the short run, as the capture effect has it: turns of as many frames, within ${5 * CHANCE} %`, () => {
    expect(error(frames / measured.turns, expected.framesPerTurn)).toBeLessThan(0.05 * CHANCE)
    for (const row of [2, 3, 4, 5]) {
      const { wins, loses, ties } = measured.contests.get(row)!
      expect(error(wins / (wins + loses + ties), contest(row).wins), `collision ${row} in a row`).toBeLessThan(
        0.05 * CHANCE,
      )
    }
  })
})

describe('two ENC28J60 on a hub that always have something to send', () => {
  it.each([
    // What chance leaves of the shares is 5 % after 20 s, and 1.5 % after 240 s.
    { octets: 64, duration: quarters * 5 * SECOND, share: 0.2 },
    { octets: 1518, duration: quarters * 60 * SECOND, share: 0.05 },
  ])('do the same with $octets octets: efficiency within 1 %, collisions as often', ({ octets, duration, share }) => {
    const { frames, collisions, efficiency } = saturatedChips(octets, duration, 3)
    const expected = twoStations(octets, DELAY)
    expect(error(efficiency, expected.efficiency)).toBeLessThan(0.01)
    expect(error(collisions / (frames[0] + frames[1]), expected.collisionsPerFrame)).toBeLessThan(0.05 * CHANCE)
    for (const own of frames) expect(error(own / (frames[0] + frames[1]), 0.5)).toBeLessThan(share * CHANCE)
  })
})

describe('the picture', () => {
  it('of the capture effect is in docs/ as it would be drawn now', () => {
    expect(readFileSync(join(import.meta.dirname, '../../docs/figures/capture.svg'), 'utf8')).toBe(captureFigure())
  })
})
