import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { CheckContext } from '../context.js'
import { judge } from '../measure.js'
import { SERIAL_CHECKS } from './serial.js'

/** serial.round-trip on a line whose answers take so many milliseconds, one after the other. At 1 Mbaud two cells of 64 octets take 1.28 ms. */
async function roundTrips(...took: readonly number[]) {
  const clock = { now: 0 }
  let trip = 0
  const echo = async (octets: Uint8Array) => {
    clock.now += took[trip++ % took.length] * MILLISECOND
    return octets
  }
  const context = { clock, serial: { echo, baud: 1_000_000, transit: 0 } } as unknown as CheckContext
  return judge(await SERIAL_CHECKS.find(({ id }) => id === 'serial.round-trip')!.run(context)).verdict
}

describe('the round trip of a message', () => {
  it('may take two cell times and what an adapter adds, and no more', async () => {
    expect(await roundTrips(1.3)).toBe('pass')
    expect(await roundTrips(40)).toBe('fail')
  })

  it('is sooner than cells can cross the line where nearly every answer is, and not where some are', async () => {
    expect(await roundTrips(0.5)).toBe('fail')
    // 0.64 is half of the two cell times; 11 of 20 answers are sooner.
    expect(await roundTrips(...Array<number>(11).fill(0.5), ...Array<number>(9).fill(1.3))).toBe('pass')
    expect(await roundTrips(...Array<number>(19).fill(0.5), 1.3)).toBe('fail')
  })
})
