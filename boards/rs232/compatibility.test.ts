import { describe, expect, it } from 'vitest'
import { carriedRate, levelsAt, lineCompatibility } from './compatibility.js'
import { driverAt, LINE_STANDARDS, type StandardName, standardRateAt } from './standards.js'

const meeting = (driver: StandardName, receiver: StandardName) =>
  lineCompatibility(LINE_STANDARDS[driver], LINE_STANDARDS[receiver])

describe('a driver of one standard and a receiver of another', () => {
  it('each reads its own', () => {
    for (const name of Object.keys(LINE_STANDARDS) as StandardName[]) {
      expect(meeting(name, name), name).toMatchObject({
        reading: 'right',
        undefined: false,
      })
      expect(meeting(name, name).damages, name).toBe('no')
    }
  })

  it('RS-232 at a TTL pin is upside down, and 9 V are more than the pin survives (DS40002061B 29.1)', () => {
    expect(meeting('rs-232', 'ttl')).toMatchObject({ reading: 'inverted', damages: 'does' })
  })

  it('TTL at an RS-232 input is upside down, and 0 V and 5 V lie where V.28 says nothing about one of them', () => {
    expect(meeting('ttl', 'rs-232')).toMatchObject({ reading: 'inverted', undefined: true, damages: 'no' })
  })

  it('V.10 and V.28 work together (ITU-T V.10 was made so), V.28 up to 12 V', () => {
    expect(meeting('rs-423', 'rs-232')).toMatchObject({ reading: 'right', undefined: false, damages: 'no' })
    expect(meeting('rs-232', 'rs-423')).toMatchObject({ reading: 'right', undefined: false, damages: 'may' })
  })

  it('V.35’s half volt reads nothing at RS-232 and TTL inputs', () => {
    expect(meeting('v.35', 'rs-232')).toMatchObject({ reading: 'nothing', undefined: true })
    expect(meeting('v.35', 'ttl').reading).toBe('nothing')
  })

  it('RS-422’s conductor A goes from 0.3 V to 3.3 V: read by an RS-232 part, though V.28 does not promise it', () => {
    const { mark, space, reading, undefined: luck } = meeting('rs-422', 'rs-232')
    expect(mark).toBeCloseTo(0.3, 6)
    expect(space).toBeCloseTo(3.3, 6)
    expect([reading, luck]).toEqual(['right', true])
    expect(meeting('rs-422', 'ttl').reading).toBe('inverted') // conductor B would be right
  })

  it('a TTL output at a differential receiver: 0 V are between its thresholds, and it never changes its mind', () => {
    for (const name of ['rs-422', 'rs-423', 'v.35'] as const) {
      expect(meeting('ttl', name)).toMatchObject({ reading: 'nothing', undefined: true })
    }
  })

  it('halves of a balanced driver move by half of the difference', () => {
    expect(levelsAt(LINE_STANDARDS['v.35'], LINE_STANDARDS.ttl)).toMatchObject({ mark: -0.275, space: 0.275, slew: 55 })
    expect(levelsAt(LINE_STANDARDS['v.35'], LINE_STANDARDS['rs-422'])).toBe(LINE_STANDARDS['v.35'].driver)
  })
})

describe('edges of RS-423', () => {
  it('take 0.3 of a bit from 10 % to 90 %, and 300 µs up to 1 kbaud (TIA-423-B 4.1; V.10 5.3)', () => {
    const riseOf = (baud: number) => {
      const { mark, space, slew } = driverAt(LINE_STANDARDS['rs-423'], baud)
      return (0.8 * (space - mark)) / slew
    }
    expect([300, 1_000, 2_400, 9_600, 100_000].map(riseOf).map((rise) => Math.round(10 * rise) / 10)).toEqual([
      300, 300, 125, 31.3, 3,
    ])
    // A part can be set no faster: 1.1 µs (uA9636A).
    expect(riseOf(1e6)).toBeCloseTo(1.1, 1)
  })

  it('of the others do not depend on the rate', () => {
    for (const name of ['ttl', 'rs-232', 'rs-422', 'v.35'] as const) {
      expect(driverAt(LINE_STANDARDS[name], 300)).toBe(LINE_STANDARDS[name].driver)
    }
  })
})

describe('rate against length', () => {
  it('is what the standards’ annexes say: 10 Mbit/s on 12 m and 100 kbit/s on 1200 m of RS-422, 1 kbit/s of RS-423', () => {
    expect(standardRateAt(LINE_STANDARDS['rs-422'], 12)).toBe(10e6)
    expect(standardRateAt(LINE_STANDARDS['rs-422'], 1200)).toBe(100e3)
    expect(standardRateAt(LINE_STANDARDS['rs-423'], 1200)).toBe(1e3)
    expect(standardRateAt(LINE_STANDARDS['rs-423'], 120)).toBe(10e3)
    expect(standardRateAt(LINE_STANDARDS['rs-232'], 15)).toBe(20e3)
    expect(standardRateAt(LINE_STANDARDS['rs-232'], 16)).toBe(undefined)
  })

  it('in the model falls with the length, and is never below what the standard allows', () => {
    for (const standard of Object.values(LINE_STANDARDS)) {
      let before = Number.POSITIVE_INFINITY
      for (const metres of [1, ...standard.limits.length]) {
        const carried = carriedRate(standard, metres) ?? 0
        expect(carried, `${standard.name} ${metres} m`).toBeLessThanOrEqual(before)
        before = carried
        // V.35 has no length of its own: what is there is that of V.11 parts.
        if (standard.name !== 'v.35')
          expect(carried, `${standard.name} ${metres} m`).toBeGreaterThanOrEqual(
            Math.min(standardRateAt(standard, metres)!, 9_600),
          )
      }
    }
  })
})
