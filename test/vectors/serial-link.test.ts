import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeCell } from '../../firmware/serial-link/cell.js'
import { decodeSession } from '../../firmware/serial-link/session.js'
import { makeVectors, unhex, type Vectors, vectorHex } from './serial-link.js'

const FILE = new URL('./serial-link.json', import.meta.url)
if (process.env.UPDATE_VECTORS) writeFileSync(FILE, `${JSON.stringify(makeVectors(), null, 2)}\n`)
const vectors = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors

/** CRC, most significant bit first, initial value 0: independent of the tables in the firmware. */
function crc(octets: Uint8Array, width: number, polynomial: number): number {
  let value = 0
  for (const octet of octets) {
    for (let bit = 7; bit >= 0; bit--) {
      const carry = ((value >>> (width - 1)) ^ (octet >> bit)) & 1
      value = ((value << 1) & (2 ** width - 1)) ^ (carry ? polynomial : 0)
    }
  }
  return value
}

describe('test vectors of the serial link', () => {
  it('are what the firmware does today (UPDATE_VECTORS=1 writes them anew)', () => {
    expect(makeVectors()).toEqual(vectors)
  })

  it('hold by an independent reading of the format', () => {
    for (const vector of vectors.cells) {
      const octets = unhex(vector.octets)
      expect(octets).toHaveLength(64)
      expect(octets[0]).toBe(0x40 | (vector.kind << 4) | vector.channel)
      expect(octets[4]).toBe(crc(octets.subarray(0, 4), 8, 0x07) ^ 0x55)
      expect((octets[62] << 8) | octets[63]).toBe(crc(octets.subarray(0, 62), 16, 0x1021))
      expect(vectorHex(octets.subarray(5, 5 + octets[3]))).toBe(vector.payload)
    }
  })

  it('broken cells are refused', () => {
    for (const { octets, error } of vectors.broken) expect(decodeCell(unhex(octets))).toEqual({ ok: false, error })
  })

  it('session payloads are read back', () => {
    for (const { payload, ...session } of vectors.sessions) expect(decodeSession(unhex(payload))).toEqual(session)
  })
})
