import { describe, expect, it } from 'vitest'
import { testRandom } from '../../test/support/random.js'
import { octetsOfHex } from '../hex-octets.js'
import { ChipRequestReader } from './chip-request-reader.js'
import { parseRequest, RefusedRequest, refusalReply, replyTo } from './messages.js'

/** From hexadecimal digits, with spaces where one likes. */
const octets = (text: string): Uint8Array => octetsOfHex(text.replaceAll(' ', ''))!

/** The number of the refusal in docs/chip-socket.md, and what is said. */
function refused(attempt: () => unknown): string {
  try {
    attempt()
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error
    return `${error.refusal}: ${error.message}`
  }
  return 'taken'
}

describe('a request', () => {
  it.each([
    ['01 0001', { kind: 'hello', version: 1 }],
    ['02 03 12 00', { kind: 'transfer', select: true, deselect: true, octets: octets('1200') }],
    ['02 01 3a', { kind: 'transfer', select: true, deselect: false, octets: octets('3a') }],
    ['02 02', { kind: 'transfer', select: false, deselect: true, octets: octets('') }],
    ['03 00000000 000f4240', { kind: 'advance', duration: 1_000_000 }],
    ['04 00000002 540be400', { kind: 'wait', duration: 10_000_000_000 }],
    ['05 00', { kind: 'reset', high: false }],
    ['06 00989680 000000d2 00000032', { kind: 'bus', clock: 10_000_000, hold: 210, high: 50 }],
  ])('%s is read', (text, request) => {
    expect(parseRequest(octets(text))).toEqual(request)
  })

  it.each([
    ['07', /^type: there is no request of type 7/],
    ['ff 00', /^type: /],
    ['01 01', /^wrong-length: hello: octets behind its type: 1, and it has 2/],
    ['02', /^wrong-length: transfer: .* at least 1/],
    ['03 01', /^wrong-length: advance: .* and it has 8/],
    ['05 00 00', /^wrong-length: reset: /],
    ['06 00', /^wrong-length: bus: /],
    ['02 04 00', /^value: transfer: /],
    ['03 00000002 540be401', /^value: advance: nanoseconds are 0 to 10000000000, not 10000000001/],
    ['04 ffffffff ffffffff', /^value: wait: /],
    ['05 02', /^value: reset: /],
    ['06 0000270f 00000000 00000000', /^value: bus: SCK in hertz are 10000 to 100000000, not 9999/],
    ['06 00989680 000f4241 00000000', /^value: bus: nanoseconds from the last octet/],
    ['06 00989680 00000000 000f4241', /^value: bus: nanoseconds that CS is high/],
  ])('%s is refused', (text, why) => {
    expect(refused(() => parseRequest(octets(text)))).toMatch(why)
  })
})

describe('a reply', () => {
  const state = {
    at: 0x1_0000_0002,
    interruptHigh: false,
    findings: 3,
    edgeCount: 70_000,
    edges: [{ at: 7, high: true }],
  }

  it('has what docs/chip-socket.md says at its places', () => {
    const head = '0000000100000002 00 00000003 ffff'
    const edge = '0000000000000007 01'
    expect(replyTo(2, state, octets('aabb'))).toEqual(octets(`0000001b 82 ${head} aabb ${edge}`))
    const { length } = 'no'
    expect(refusalReply(new RefusedRequest('value', 'no'), { ...state, edges: [] })).toEqual(
      octets(`${(18 + length).toString(16).padStart(8, '0')} ff ${head} 0009 6e6f`),
    )
  })
})

describe('what comes in', () => {
  const random = testRandom(17)
  const messages = Array.from({ length: 40 }, (_, i) => random.octets(i % 8 === 0 ? 16_384 : 1 + random.below(30)))
  const stream = Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(message.length)
      return [length, message]
    }),
  )

  it.each([1, 3, 4, 1000, stream.length])('in pieces of %i is cut into the same messages', (size) => {
    const reader = new ChipRequestReader()
    const taken: Uint8Array[] = []
    for (let at = 0; at < stream.length; at += size) taken.push(...reader.take(stream.subarray(at, at + size)))
    expect(taken.length).toBe(messages.length)
    for (const [i, message] of taken.entries()) expect(Buffer.compare(message, messages[i])).toBe(0)
    expect(reader.isAmidst).toBe(false)
  })

  it('and has a length that no message has is refused, and nothing is kept for it', () => {
    for (const length of ['00000000', '00004001', 'ffffffff', '47455420'])
      expect(refused(() => [...new ChipRequestReader().take(octets(length))])).toMatch(/^length: .* 1 to 16384 octets/)
    const reader = new ChipRequestReader()
    expect([...reader.take(octets('00004000 01'))]).toEqual([])
    expect(reader.isAmidst).toBe(true)
  })
})
