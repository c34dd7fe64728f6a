import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { Scheduler } from '../simulation/scheduler.js'
import { I2cEeprom } from './i2c-eeprom.js'

function bench() {
  const clock = new Scheduler()
  const chip = new I2cEeprom(clock)
  const write = (...octets: number[]) => {
    const acknowledged = chip.start()
    if (acknowledged) for (const octet of octets) chip.write(octet)
    chip.stop()
    return acknowledged
  }
  const read = (address: number, count: number) => {
    chip.start()
    chip.write(address >> 8)
    chip.write(address & 0xff)
    chip.start()
    return Array.from({ length: count }, () => chip.read())
  }
  return { clock, chip, write, read }
}

/** Numbers of Microchip's data sheet of the 24LC256, DS20001203. */
describe('the 24LC256', () => {
  it('is erased to FFh, and keeps what is written, 32,768 octets round', () => {
    const { clock, write, read } = bench()
    expect(read(0x7fff, 2)).toEqual([0xff, 0xff])
    write(0x7f, 0xff, 0x11)
    clock.runFor(5 * MILLISECOND)
    write(0x00, 0x00, 0x22)
    clock.runFor(5 * MILLISECOND)
    expect(read(0x7fff, 2)).toEqual([0x11, 0x22])
  })

  it('acknowledges nothing for 5 ms after a write, and at once after a read', () => {
    const { clock, write } = bench()
    expect(write(0, 0, 1)).toBe(true)
    clock.runFor(5 * MILLISECOND - 1)
    expect(write(0, 0, 2)).toBe(false)
    clock.runFor(1)
    expect(write(0, 0)).toBe(true) // an address alone starts no write cycle
    expect(write(0, 0, 3)).toBe(true)
  })

  it('wraps within a page of 64 octets', () => {
    const { clock, write, read } = bench()
    write(0x01, 0x3f, ...Array.from({ length: 65 }, (_, at) => at))
    clock.runFor(5 * MILLISECOND)
    // The first went to the page's last octet, and the 65th came there again.
    expect(read(0x013f, 1)).toEqual([64])
    expect(read(0x0100, 2)).toEqual([1, 2])
    expect(read(0x0140, 1)).toEqual([0xff])
  })

  it('writes nothing that another start follows', () => {
    const { chip, read } = bench()
    chip.start()
    for (const octet of [0, 0, 7]) chip.write(octet)
    expect(read(0, 1)).toEqual([0xff])
  })
})
