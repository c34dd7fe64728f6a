import { describe, expect, it } from 'vitest'
import { testRandom } from '../../test/support/random.js'
import { encodeMessage, MessageReader } from './messages.js'
import { decodeSession, encodeSession } from './session.js'

const IDENTITY = {
  board: 'uno',
  firmware: '1.2.3',
  window: 4,
  highestSpiClock: 8_000_000,
  capabilities: 0x2f,
  cells: 260,
}

describe('a session payload (docs/serial-link.md)', () => {
  it('has its fields where the layout says', () => {
    const octets = encodeSession({ identifier: 0x1234, version: 1, reply: true, identity: IDENTITY })
    expect(octets).toHaveLength(57)
    expect([...octets.subarray(0, 15)]).toEqual([0x12, 0x34, 1, 1, 4, 1, 4, 0, 0x7a, 0x12, 0, 0, 0, 0, 0x2f])
    expect(String.fromCharCode(...octets.subarray(15, 18))).toBe('uno')
    expect(String.fromCharCode(...octets.subarray(39, 44))).toBe('1.2.3')
  })

  it('is read back as it was made', () => {
    const session = { identifier: 65535, version: 1, reply: false, identity: { ...IDENTITY, capabilities: 0xffffffff } }
    expect(decodeSession(encodeSession(session))).toEqual(session)
  })

  it('cuts names that are too long between characters', () => {
    const identity = { ...IDENTITY, board: 'é'.repeat(13), firmware: 'x'.repeat(30) }
    const read = decodeSession(encodeSession({ identifier: 1, version: 1, reply: false, identity }))
    expect(read?.identity.board).toBe('é'.repeat(12))
    expect(read?.identity.firmware).toBe('x'.repeat(18))
  })

  it('is refused when too short or with an impossible window; hostile octets never throw', () => {
    expect(decodeSession(new Uint8Array(56).fill(4))).toBeUndefined()
    expect(decodeSession(new Uint8Array(57))).toBeUndefined()
    const random = testRandom(1)
    for (let i = 0; i < 2000; i++) decodeSession(random.octets(random.below(60)))
  })
})

describe('messages on a channel', () => {
  it('come whole from octets in any pieces', () => {
    const random = testRandom(2)
    const sent = Array.from({ length: 50 }, () => random.octets(random.below(300)))
    const stream = Uint8Array.from(sent.flatMap((message) => [...encodeMessage(message)]))
    const got: Uint8Array[] = []
    const reader = new MessageReader((message) => got.push(message))
    for (let at = 0; at < stream.length; ) {
      const size = random.below(58)
      reader.push(stream.subarray(at, at + size))
      at += size
    }
    expect(got).toEqual(sent)
  })

  it('have their length before them, high octet first', () => {
    expect([...encodeMessage(new Uint8Array(258)).subarray(0, 2)]).toEqual([1, 2])
    expect(() => encodeMessage(new Uint8Array(65536))).toThrow(/65535/)
  })
})
