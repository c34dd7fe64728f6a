import { describe, expect, it } from 'vitest'
import { hostileSession } from '../../test/support/hostile-session.js'
import { testRandom } from '../../test/support/random.js'
import { encodeMessage, MessageReader } from './messages.js'
import { decodeSession, encodeSession, type SessionPayload } from './session.js'

const IDENTITY = {
  board: 'uno',
  firmware: '1.2.3',
  window: 4,
  highestSpiClock: 8_000_000,
  capabilities: 0x2f,
  cells: 260,
}

const OPEN: SessionPayload = {
  step: 'open',
  identifier: 0x1234,
  peer: 0,
  role: 'board',
  speaks: 2,
  identity: IDENTITY,
}

describe('a session payload (docs/serial-link.md)', () => {
  it('has its fields where the layout says', () => {
    const octets = encodeSession({ ...OPEN, step: 'confirm', peer: 0xabcd, role: 'host' })
    expect(octets).toHaveLength(57)
    // Version 2 is spoken (bits 4-7), CONFIRM is step 2 (bits 2-3), a host (bit 1).
    expect([...octets.subarray(0, 15)]).toEqual([0x12, 0x34, 2, 0x2a, 4, 1, 4, 0, 0x7a, 0x12, 0, 0, 0, 0, 0x2f])
    expect(String.fromCharCode(...octets.subarray(15, 18))).toBe('uno')
    expect([...octets.subarray(37, 39)]).toEqual([0xab, 0xcd])
    expect(String.fromCharCode(...octets.subarray(39, 44))).toBe('1.2.3')
  })

  it('is in OPEN one that an end of version 1 takes for its own: version 1, and bit 0 of the flags clear', () => {
    const octets = encodeSession(OPEN)
    expect([octets[2], octets[3] & 1]).toEqual([1, 0])
    expect([...octets.subarray(37, 39)]).toEqual([0, 0])
  })

  it('says to a host of version 1 what a board of that version said', () => {
    const octets = encodeSession({ ...OPEN, step: 'reply' })
    expect([octets[2], octets[3]]).toEqual([1, 1])
  })

  it.each(['open', 'accept', 'confirm'] as const)('is read back as it was made: %s', (step) => {
    for (const role of ['host', 'board'] as const) {
      const identity = { ...IDENTITY, capabilities: 0xffffffff }
      const session = { step, identifier: 65535, peer: step === 'open' ? 0 : 1, role, speaks: 2, identity }
      expect(decodeSession(encodeSession(session))).toEqual(session)
    }
  })

  it('is in version 1 that of a host when nobody has a name there', () => {
    for (const step of ['open', 'reply'] as const) {
      expect(decodeSession(encodeSession({ ...OPEN, step, speaks: 1 }))?.role).toBe('board')
      const nameless = { ...IDENTITY, board: '' }
      expect(decodeSession(encodeSession({ ...OPEN, step, speaks: 1, identity: nameless }))?.role).toBe('host')
    }
  })

  it('cuts names that are too long between characters', () => {
    const identity = { ...IDENTITY, board: 'é'.repeat(13), firmware: 'x'.repeat(30) }
    const read = decodeSession(encodeSession({ ...OPEN, identity }))
    expect(read?.identity.board).toBe('é'.repeat(11))
    expect(read?.identity.firmware).toBe('x'.repeat(18))
  })

  it('is refused when too short, of a version that nobody speaks, or with one identifier for both ends', () => {
    expect(decodeSession(new Uint8Array(56).fill(4))).toBeUndefined()
    expect(decodeSession(new Uint8Array(57))).toBeUndefined()
    expect(decodeSession(encodeSession({ ...OPEN, step: 'accept', peer: OPEN.identifier }))).toBeUndefined()
    for (const version of [0, 3, 255]) {
      const octets = encodeSession({ ...OPEN, step: 'accept' })
      octets[2] = version
      expect(decodeSession(octets)).toBeUndefined()
    }
  })

  it('may be anything: hostile octets never throw', () => {
    const random = testRandom(1)
    for (let i = 0; i < 2000; i++) {
      decodeSession(random.octets(random.below(60)))
      decodeSession(hostileSession(random))
    }
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
