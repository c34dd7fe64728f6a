import { describe, expect, it } from 'vitest'
import { decodeCell, encodeCell, readCell } from './cell.js'
import { KIND } from './link-table.js'

/** CRC-16/XMODEM a bit at a time, so that a cell made by hand below does not lean on the code under test. */
function check(octets: Uint8Array): number {
  let crc = 0
  for (const octet of octets) {
    for (let bit = 7; bit >= 0; bit--) {
      const carry = ((crc >> 15) ^ (octet >> bit)) & 1
      crc = ((crc << 1) & 0xffff) ^ (carry ? 0x1021 : 0)
    }
  }
  return crc
}

const DATA = { kind: KIND.DATA, channel: 1, sequence: 200, acknowledge: 7, payload: Uint8Array.of(1, 2, 3) } as const

describe('a cell', () => {
  it('is 64 octets: version 01, kind, channel, sequence, acknowledge, length, HEC, payload, check', () => {
    const octets = encodeCell(DATA)
    expect(octets).toHaveLength(64)
    expect([...octets.subarray(0, 4)]).toEqual([0b01_00_0001, 200, 7, 3])
    expect([...octets.subarray(5, 9)]).toEqual([1, 2, 3, 0])
    expect((octets[62] << 8) | octets[63]).toBe(check(octets.subarray(0, 62)))
  })

  it('carries kind and channel in one octet', () => {
    const octets = encodeCell({
      kind: KIND.SESSION,
      channel: 15,
      sequence: 0,
      acknowledge: 0,
      payload: new Uint8Array(0),
    })
    expect(octets[0]).toBe(0b01_11_1111)
    expect(encodeCell({ ...DATA, kind: KIND.ACKNOWLEDGEMENT })[0]).toBe(0b01_01_0001)
  })

  it('is read back as it was made, for every length of payload', () => {
    for (let length = 0; length <= 57; length++) {
      const cell = { ...DATA, sequence: length, payload: Uint8Array.from({ length }, (_, i) => 255 - i) }
      expect(decodeCell(encodeCell(cell))).toEqual({ ok: true, cell })
    }
  })

  it('does not fit more than 57 octets of payload or a channel above 15', () => {
    expect(() => encodeCell({ ...DATA, payload: new Uint8Array(58) })).toThrow(/57/)
    expect(() => encodeCell({ ...DATA, channel: 16 })).toThrow(/0 to 15/)
  })

  it('with any one or two bits inverted is no cell', () => {
    const good = encodeCell(DATA)
    for (let first = 0; first < 512; first++) {
      const octets = good.slice()
      octets[first >> 3] ^= 1 << (first & 7)
      expect(decodeCell(octets).ok).toBe(false)
      for (let second = first + 1; second < 512; second += 7) {
        const twice = octets.slice()
        twice[second >> 3] ^= 1 << (second & 7)
        expect(decodeCell(twice).ok).toBe(false)
      }
    }
  })

  it('of another version, or longer than a cell can be, has no valid header though its check holds', () => {
    const other = encodeCell(DATA)
    other[0] ^= 0xc0 // version 10
    expect(decodeCell(other)).toEqual({ ok: false, error: 'header' })
    const octets = encodeCell(DATA)
    octets[3] = 58
    let crc = 0
    for (const octet of octets.subarray(0, 4)) {
      for (let bit = 7; bit >= 0; bit--) crc = ((crc << 1) & 0xff) ^ ((((crc >> 7) ^ (octet >> bit)) & 1) * 0x07)
    }
    octets[4] = crc ^ 0x55
    expect(decodeCell(octets)).toEqual({ ok: false, error: 'header' })
  })

  it('whose padding is not zero is no cell though its check holds', () => {
    const octets = encodeCell(DATA)
    octets[30] = 1
    const crc = check(octets.subarray(0, 62))
    octets[62] = crc >> 8
    octets[63] = crc & 0xff
    expect(decodeCell(octets)).toEqual({ ok: false, error: 'payload' })
  })

  it('cut short is no cell, and nothing throws', () => {
    const octets = encodeCell(DATA)
    for (let length = 0; length < 64; length++) {
      expect(decodeCell(octets.subarray(0, length))).toEqual({ ok: false, error: 'length' })
    }
  })

  it('is copied out of the buffer it is read from', () => {
    const octets = encodeCell(DATA)
    const { payload } = readCell(octets)
    octets.fill(0)
    expect([...payload]).toEqual([1, 2, 3])
  })
})
