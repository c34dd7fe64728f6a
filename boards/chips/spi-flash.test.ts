import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { Scheduler } from '../simulation/scheduler.js'
import { SPI_FLASH_OCTETS, SpiFlash } from './spi-flash.js'

function bench() {
  const clock = new Scheduler()
  const chip = new SpiFlash(clock)
  /** One chip select frame. */
  const transfer = (write: number[], read = 0): number[] => {
    chip.select()
    for (const octet of write) chip.exchange(octet)
    const answer = Array.from({ length: read }, () => chip.exchange(0))
    chip.deselect()
    return answer
  }
  return { clock, chip, transfer }
}

describe('the W25X10', () => {
  it('identifies itself as EF 30 11, and EF 10 (data sheet 9.2.1)', () => {
    const { transfer } = bench()
    expect(transfer([0x9f], 3)).toEqual([0xef, 0x30, 0x11])
    expect(transfer([0x90, 0, 0, 0], 4)).toEqual([0xef, 0x10, 0xef, 0x10])
    expect(transfer([0x90, 0, 0, 1], 2)).toEqual([0x10, 0xef])
    expect(transfer([0xab, 0, 0, 0], 1)).toEqual([0x10])
  })

  it('programs a page after write enable, is busy for a while, and only clears bits', () => {
    const { clock, chip, transfer } = bench()
    transfer([0x02, 0, 1, 0xfe, 1, 2, 3])
    expect(chip.memory[0x1fe]).toBe(0xff)
    transfer([0x06])
    expect(transfer([0x05], 1)).toEqual([0x02])
    transfer([0x02, 0, 1, 0xfe, 0xf0, 2, 3])
    expect(transfer([0x05], 1)).toEqual([0x01])
    clock.runFor(2 * MILLISECOND)
    expect(transfer([0x05], 1)).toEqual([0])
    // the third octet wraps to the beginning of the page
    expect(transfer([0x03, 0, 1, 0xfe], 2)).toEqual([0xf0, 2])
    expect(transfer([0x0b, 0, 1, 0x00, 0], 1)).toEqual([3])
    transfer([0x06])
    transfer([0x02, 0, 1, 0xfe, 0x3c])
    expect(chip.memory[0x1fe]).toBe(0x30)
  })

  it('erases sectors, blocks and all of itself, and hears nothing but status reads meanwhile', () => {
    const { clock, chip, transfer } = bench()
    chip.memory.fill(0)
    transfer([0x06])
    transfer([0x20, 0, 0x12, 0x34])
    expect(transfer([0x03, 0, 0x10, 0], 1)).toEqual([0xff])
    expect(chip.refused).toBe(1)
    clock.runFor(200 * MILLISECOND)
    expect([chip.memory[0x0fff], chip.memory[0x1000], chip.memory[0x1fff], chip.memory[0x2000]]).toEqual([
      0, 0xff, 0xff, 0,
    ])
    transfer([0x06])
    transfer([0xd8, 1, 0, 0])
    clock.runFor(2_000 * MILLISECOND)
    expect([chip.memory[0xffff], chip.memory[0x10000]]).toEqual([0, 0xff])
    transfer([0x06])
    transfer([0xc7])
    expect(chip.memory.every((octet) => octet === 0xff)).toBe(true)
    expect(chip.memory.length).toBe(SPI_FLASH_OCTETS)
  })
})
