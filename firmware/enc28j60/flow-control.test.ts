import { describe, expect, it } from 'vitest'
import { freeSpace, shouldPause } from './flow-control.js'
import { hashIndex, hashTable } from './hash.js'
import { type ChipConfig, DEFAULT_CONFIG } from './initialise.js'

const config: ChipConfig = { ...DEFAULT_CONFIG, address: Uint8Array.of(2, 0, 0, 0, 0, 1), receiveEnd: 0x0bff }

describe('room in receive memory (reference 8.4 and 23)', () => {
  it('is RD - WR - 1 when the writer is behind: 3000 for WR 0046h, RD 0BFFh', () => {
    expect(freeSpace(0x0046, 0x0bff, config)).toBe(3000)
  })

  it('is the FIFO less what is used when the writer is ahead: 2047 for WR 0800h, RD 0400h', () => {
    expect(freeSpace(0x0800, 0x0400, config)).toBe(2047)
  })

  it('is all but one octet when both are equal', () => {
    expect(freeSpace(0, 0, config)).toBe(0x0bff)
  })
})

describe('pausing the partner', () => {
  const large = { ...config, receiveEnd: 0x19ff }

  it('begins while there is room for what may still come, and ends when there is plenty', () => {
    expect(shouldPause(6655, false, large)).toBe(false)
    expect(shouldPause(4000, false, large)).toBe(true)
    expect(shouldPause(4000, true, large)).toBe(true)
    expect(shouldPause(6000, true, large)).toBe(false)
  })
})

describe('the hash filter (reference 9.3)', () => {
  const octets = (address: string) => Uint8Array.from(address.split(':'), (pair) => Number.parseInt(pair, 16))

  it.each([
    ['01:00:5E:00:00:01', 63],
    ['01:00:5E:00:00:FB', 62],
    ['01:00:5E:7F:FF:FA', 28],
    ['33:33:00:00:00:01', 51],
    ['01:80:C2:00:00:00', 15],
    ['01:80:C2:00:00:01', 29],
    ['FF:FF:FF:FF:FF:FF', 62],
    ['00:04:A3:00:00:01', 14],
  ])('puts %s at %i', (address, index) => {
    expect(hashIndex(octets(address))).toBe(index)
  })

  it('sets EHT7 bit 7 for all hosts and EHT3 bit 4 for SSDP', () => {
    expect([...hashTable([octets('01:00:5E:00:00:01'), octets('01:00:5E:7F:FF:FA')])]).toEqual([
      0, 0, 0, 16, 0, 0, 0, 128,
    ])
  })
})
