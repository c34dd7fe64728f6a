import { describe, expect, it } from 'vitest'
import { ChipBench } from '../../../test/support/chip-bench.js'

const FILL = 327_680

/** Section 15's procedure; returns EBSTCS and EDMACS. */
function selfTest(on: ChipBench, seed: number, ebstcon: number): { ebstcs: number; edmacs: number } {
  on.write16(0, 0x10, 0x0000)
  on.write16(0, 0x12, 0x1fff)
  on.write16(0, 0x0a, 0x1fff)
  on.write(3, 0x06, seed)
  on.write(3, 0x07, ebstcon)
  on.set(0x1f, 0x10)
  on.bank(3)
  on.set(0x07, 0x01)
  on.set(0x1f, 0x20)
  on.run(FILL - 1)
  expect(on.frame([0x1f], 1)[0] & 0x20).toBe(0x20)
  expect(on.eth(3, 0x07) & 0x01).toBe(0x01)
  on.run(1)
  expect(on.frame([0x1f], 1)[0] & 0x20).toBe(0)
  expect(on.eth(3, 0x07) & 0x01).toBe(0)
  return { ebstcs: on.eth16(3, 0x08), edmacs: on.eth16(0, 0x16) }
}

describe('BIST (DS39662 15.0, expected checksums of section 15)', () => {
  it('fills at random from its seed: same seed, same data; EBSTSD holds a new value afterwards', () => {
    const on = new ChipBench({ partner: false })
    const first = selfTest(on, 0x5a, 0x02)
    expect(first.ebstcs).toBe(first.edmacs)
    expect(on.eth(3, 0x06)).not.toBe(0x5a)
    const memory = on.memoryRead(0, 255)
    // A maximal sequence meets every value but 0 once.
    expect(new Set(memory).size).toBe(255)
    expect(memory.includes(0)).toBe(false)
    expect(selfTest(on, 0x5a, 0x02)).toEqual(first)
    expect(selfTest(on, 0x5b, 0x02)).not.toEqual(first)
  })

  it('takes the reserved mode for a random fill, with a finding', () => {
    const on = new ChipBench({ partner: false })
    const reserved = selfTest(on, 0x5a, 0x0e)
    expect(reserved).toEqual(selfTest(on, 0x5a, 0x02))
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['bist-reserved-mode'])
  })

  it('does nothing without TME, and stops when BISTST is cleared', () => {
    const on = new ChipBench({ partner: false })
    on.write(3, 0x07, 0x01)
    expect(on.eth(3, 0x07)).toBe(0)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['bist-without-test-mode'])
    on.write(3, 0x07, 0x07)
    on.run(1000)
    on.write(3, 0x07, 0x07)
    on.write(3, 0x07, 0x06)
    on.run(1_000_000)
    expect(on.eth16(3, 0x08)).toBe(0)
  })

  it('reports test mode left on when receive or transmit begins', () => {
    const on = new ChipBench({ partner: false })
    on.bringUp()
    on.write(3, 0x07, 0x02)
    on.clear(0x1f, 0x04)
    on.set(0x1f, 0x04)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['test-mode-in-use'])
    on.transmit([1, 2, 3])
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['test-mode-in-use', 'test-mode-in-use'])
  })

  it('is cut by a reset', () => {
    const on = new ChipBench({ partner: false })
    on.write(3, 0x07, 0x07)
    on.frame([0xff])
    on.run(1_000_000)
    expect(on.eth16(3, 0x08)).toBe(0)
  })
})
