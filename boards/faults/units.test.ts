import { describe, expect, it } from 'vitest'
import { quantityExample, readQuantity, sayQuantity, writeQuantity } from './units.js'

describe('a quantity', () => {
  it.each([
    ['50us', 's', 50e-6],
    ['50 µs', 's', 50e-6],
    ['3', 's', 3],
    ['.5s', 's', 0.5],
    ['2e-3s', 's', 0.002],
    ['320mV', 'V', 0.32],
    ['24.9MHz', 'Hz', 24_900_000],
    ['0.01%', 'share', 1e-4],
    ['1e-4', 'share', 1e-4],
    ['0.6%', 'ppm', 6000],
    ['-6%', '%', -6],
    ['0x0400', 'address', 1024],
    ['1fffh', 'address', 0x1fff],
    ['1024', 'address', 1024],
    ['1.5km', 'm', 1500],
  ] as const)('%s is read in %s', (text, unit, value) => {
    expect(readQuantity(text, unit)).toBe(value)
  })

  it.each([
    ['0.32s', 'V'],
    ['', 's'],
    ['s', 's'],
    ['1.2.3s', 's'],
    ['1e999s', 's'],
    ['3 bananas', 'count'],
    ['0xzz', 'address'],
    ['__proto__', 's'],
    ['1constructor', 's'],
  ] as const)('%s is none in %s', (text, unit) => {
    const value = readQuantity(text, unit)
    expect(value === undefined || !Number.isFinite(value)).toBe(true)
  })

  it('is written so that the very same number is read', () => {
    for (const value of [0.386, 1e-7, 5e-5, 123456.789, 0, -0.25, 1 / 3]) {
      for (const unit of ['s', 'V', 'Hz', 'm', '%', 'ppm', 'share'] as const) {
        expect(readQuantity(writeQuantity(value, unit), unit)).toBe(value)
      }
    }
    for (const address of [0, 0x400, 0x1fff]) {
      expect(readQuantity(writeQuantity(address, 'address'), 'address')).toBe(address)
    }
  })

  it('is shown as a person would write it', () => {
    expect(sayQuantity(5e-5, 's')).toBe('50 µs')
    expect(sayQuantity(0.386, 'V')).toBe('386 mV')
    expect(sayQuantity(24_900_000, 'Hz')).toBe('24.9 MHz')
    expect(sayQuantity(6, '%')).toBe('6 %')
    expect(sayQuantity(0x400, 'address')).toBe('0x0400')
    expect(sayQuantity(42, 'octets')).toBe('42')
  })

  it('in the wrong unit is answered with the right ones', () => {
    expect(quantityExample('0.3s', 'V')).toBe('"0.3s" is not a number in V, mV')
    expect(quantityExample('x', 'address')).toBe('"x" is no address, as 0x0400, 0400h or 1024')
  })
})
