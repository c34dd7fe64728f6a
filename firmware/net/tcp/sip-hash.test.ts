import { describe, expect, it } from 'vitest'
import { SipHash } from './sip-hash.js'

/**
 * The reference implementation's vectors for the key 00 01 .. 0f and the messages (), (00), (00 01), …: eight octets
 * each, the least significant first. The last is that of the paper's appendix A.
 */
const VECTORS = [
  '310e0edd47db6f72',
  'fd67dc93c539f874',
  '5a4fa9d909806c0d',
  '2d7efbd796666785',
  'b7877127e09427cf',
  '8da699cd64557618',
  'cee3fe586e46c9cb',
  '37d1018bf50002ab',
  '6224939a79f5f593',
  'b0e4a90bdf82009e',
  'f3b9dd94c5bb5d7a',
  'a7ad6b22462fb3f4',
  'fbe50e86bc8f1e75',
  '903d84c02756ea14',
  'eef27a8e90ca23f7',
  'e545be4961ca29a1',
]

describe('SipHash-2-4', () => {
  it.each(VECTORS.map((vector, length) => [length, vector] as const))(
    'hashes %i octets as published',
    (length, vector) => {
      const hash = new SipHash([0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c])
      const message = Uint8Array.from({ length: 20 }, (_, i) => i)
      const result = new DataView(new ArrayBuffer(8))
      result.setUint32(0, hash.hash(message, length), true)
      result.setUint32(4, hash.high, true)
      expect(result.getBigUint64(0).toString(16).padStart(16, '0')).toBe(vector)
    },
  )
})
