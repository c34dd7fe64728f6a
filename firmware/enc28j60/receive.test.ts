import { describe, expect, it } from 'vitest'
import { type ChipConfig, DEFAULT_CONFIG, filterControl, validateConfig } from './initialise.js'
import { fifoAddress, parseReceiveHeader, releasePointer } from './receive.js'
import { loadInstruction, TransmitStatus } from './transmit.js'

/** The memory layout of the reference's examples: receive FIFO 0000h to 0BFFh. */
const config: ChipConfig = {
  ...DEFAULT_CONFIG,
  address: Uint8Array.of(2, 0, 0, 0, 0, 1),
  receiveEnd: 0x0bff,
}

describe('receive headers (reference 8.2 and 23)', () => {
  it('of a 64-octet frame at 0000h: next packet at 0046h', () => {
    const header = parseReceiveHeader(Uint8Array.of(0x46, 0x00, 0x40, 0x00, 0xc0, 0x00), 0, config)
    expect(header).toEqual({ next: 0x0046, count: 64, status: 0x00c0 })
  })

  it('of a 65-octet frame: a pad octet keeps the next packet even, at 0048h', () => {
    expect(parseReceiveHeader(Uint8Array.of(0x48, 0, 65, 0, 0xc0, 0), 0, config)?.next).toBe(0x48)
    expect(parseReceiveHeader(Uint8Array.of(0x47, 0, 65, 0, 0xc0, 0), 0, config)).toBeUndefined()
  })

  it('of packets that wrap: 0BFAh + 60 octets goes on at 003Ch, 0BD0h + 64 at 0016h', () => {
    expect(parseReceiveHeader(Uint8Array.of(0x3c, 0, 60, 0, 0xc0, 0), 0x0bfa, config)?.next).toBe(0x3c)
    expect(parseReceiveHeader(Uint8Array.of(0x16, 0, 64, 0, 0xc0, 0), 0x0bd0, config)?.next).toBe(0x16)
  })

  it.each([
    ['a next pointer beyond the FIFO', [0x72, 0x67, 64, 0, 0xc0, 0]],
    ['an odd next pointer', [0x45, 0x00, 64, 0, 0xc0, 0]],
    ['status bit 31 set', [0x46, 0x00, 64, 0, 0xc0, 0x80]],
    ['a frame shorter than the chip stores', [0x16, 0x00, 17, 0, 0xc0, 0]],
    ['a frame longer than MAMXFL', [0xf6, 0x05, 0xef, 0x05, 0xc0, 0]],
    ['a next pointer that its own count contradicts', [0x48, 0x00, 64, 0, 0xc0, 0]],
  ])('with %s are corrupt', (_, octets) => {
    expect(parseReceiveHeader(Uint8Array.from(octets), 0, config)).toBeUndefined()
  })

  it('release memory with an odd ERXRDPT (erratum 14): 0045h for 0046h, and ERXND for 0000h, never -1', () => {
    expect(releasePointer(0x46, config)).toBe(0x45)
    expect(releasePointer(0x0000, config)).toBe(0x0bff)
  })

  it('find an octet inside a packet that wraps: offset 1Ah of 0BF0h lies at 000Ah', () => {
    expect(fifoAddress(0x0bf0, 26, config)).toBe(0x000a)
  })
})

describe('receive filters (DS39662 register 8-1)', () => {
  it('are A1h as after reset, 20h promiscuous, 00h with bad frames too', () => {
    expect(filterControl(DEFAULT_CONFIG.filters)).toBe(0xa1)
    expect(filterControl({ ...DEFAULT_CONFIG.filters, promiscuous: true })).toBe(0x20)
    expect(filterControl({ ...DEFAULT_CONFIG.filters, promiscuous: true, discardBadFcs: false })).toBe(0x00)
  })
})

describe('a configuration', () => {
  it('is refused when it cannot work', () => {
    expect(() => validateConfig(config)).not.toThrow()
    expect(() => validateConfig({ ...config, receiveEnd: 0x0c00 })).toThrow(/odd/)
    expect(() => validateConfig({ ...config, receiveEnd: 0x1bff })).toThrow(/a frame needs 1522/)
    expect(() => validateConfig({ ...config, address: Uint8Array.of(1, 0, 0x5e, 0, 0, 1) })).toThrow(/individual/)
  })
})

describe('transmission', () => {
  it('loads control octet 00h and the frame with one WBM', () => {
    expect([...loadInstruction(Uint8Array.of(1, 2, 3))]).toEqual([0x7a, 0, 1, 2, 3])
  })

  it('decodes each bit of the status vector at its place (DS39662 table 7-1)', () => {
    const at = (bit: number) => {
      const octets = new Uint8Array(7)
      octets[bit >> 3] = 1 << (bit & 7)
      return new TransmitStatus(octets)
    }
    expect(new TransmitStatus(Uint8Array.of(0xee, 0x05, 0x83, 0, 0x12, 0x34, 0))).toMatchObject({
      byteCount: 1518,
      collisionCount: 3,
      done: true,
      totalBytesOnWire: 0x3412,
    })
    const places = {
      crcError: 20,
      lengthCheckError: 21,
      lengthOutOfRange: 22,
      done: 23,
      multicast: 24,
      broadcast: 25,
      deferred: 26,
      excessiveDefer: 27,
      excessiveCollision: 28,
      lateCollision: 29,
      giant: 30,
      controlFrame: 48,
      pauseFrame: 49,
      backpressure: 50,
      vlan: 51,
    }
    const fields = Object.keys(places) as (keyof typeof places)[]
    for (const name of fields) {
      const status = at(places[name])
      expect(fields.filter((field) => status[field])).toEqual([name])
    }
  })
})
