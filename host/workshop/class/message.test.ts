/** What crosses between a learner's page and the wire, and what must not. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { CLASS_PROTOCOL } from './facts.js'
import { parseFromWire } from './from-wire.js'
import { writeTimed } from './message.js'
import { properName } from './proper-name.js'
import { LARGEST_TO_WIRE, parseToWire, writeToWire } from './to-wire.js'

describe('a message', () => {
  it('is read as it was written', () => {
    const join = { kind: 'join', version: CLASS_PROTOCOL, name: '小明', code: 'ABC234' } as const
    expect(parseToWire(writeToWire(join))).toEqual(join)
    const frame = Uint8Array.from({ length: 60 }, (_, i) => i)
    for (const parse of [parseToWire, parseFromWire]) {
      expect(parse(writeTimed(12_345.5, frame))).toEqual({ kind: 'frame', at: 12_345.5, frame })
      expect(parse(writeTimed(7))).toEqual({ kind: 'clock', at: 7 })
    }
  })

  it('has its octets where the protocol says: kind, instant with the most significant octet first, frame', () => {
    expect([...writeTimed(1)]).toEqual([2, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0])
    expect([...writeTimed(2, Uint8Array.of(9, 8))]).toEqual([1, 0x40, 0, 0, 0, 0, 0, 0, 0, 9, 8])
  })

  it.each([
    '',
    'null',
    '[]',
    '{',
    '"join"',
    '{"kind":"toString"}',
    '{"kind":"__proto__"}',
    '{"kind":"join"}',
    '{"kind":"join","version":1.5,"name":"a","code":"b"}',
    `{"kind":"join","version":1,"name":"${'a'.repeat(49)}","code":"b"}`,
    '{"kind":"join","version":1,"name":["a"],"code":"b"}',
    '{"kind":"leave","why":"kicked"}',
    '{"kind":"speed","speed":0}',
    '{"kind":"speed","speed":1e308}',
    '{"kind":"kick","seat":-1}',
    '{"kind":"kick","seat":64}',
    '{"kind":"pause","paused":1}',
    ' '.repeat(LARGEST_TO_WIRE + 1),
    `${'['.repeat(2000)}`,
  ])('is none: %s', (text) => {
    expect(parseToWire(text)).toBeUndefined()
  })

  it.each([
    ['too short', Uint8Array.of(1, 0, 0)],
    ['of no kind', Uint8Array.of(3, ...writeTimed(1, new Uint8Array(60)).subarray(1))],
    ['an instant with something behind it', Uint8Array.of(2, ...writeTimed(1, new Uint8Array(60)).subarray(1))],
    ['no frame', writeTimed(1, new Uint8Array(13))],
    ['more than a frame', writeTimed(1, new Uint8Array(1515))],
    ['before the beginning', writeTimed(-1)],
    ['no number', writeTimed(Number.NaN, new Uint8Array(60))],
    ['never', writeTimed(Number.POSITIVE_INFINITY, new Uint8Array(60))],
  ])('is none that is %s', (_, octets) => {
    expect(parseToWire(octets)).toBeUndefined()
    expect(parseFromWire(octets)).toBeUndefined()
  })

  it('that anybody makes of anything is read, or is none: nothing is thrown (2000 of each kind)', () => {
    const random = new SeededRandom(14)
    const sound = [
      writeToWire({ kind: 'join', version: 1, name: 'Ada', code: 'ABC234' }),
      writeToWire({ kind: 'kick', seat: 3 }),
      '{"kind":"class","paused":false,"speed":1,"who":[{"seat":0,"name":"Ada","address":"192.168.7.10"}]}',
      '{"kind":"counters","sent":1,"received":2,"collisions":0,"late":0,"dropped":{"link down":1}}',
    ]
    let read = 0
    for (let i = 0; i < 2_000; i++) {
      const octets = Uint8Array.from({ length: random.below(1600) }, () => random.below(256))
      octets[0] = random.below(4)
      const text = [...sound[random.below(sound.length)]]
      for (let n = random.below(3); n > 0; n--) text[random.below(text.length)] = String.fromCharCode(random.below(128))
      for (const parse of [parseToWire, parseFromWire])
        for (const data of [octets, text.join('')]) if (parse(data) !== undefined) read++
    }
    expect(read).toBeGreaterThan(500)
  })
})

describe('a name', () => {
  it.each([
    [' Ada  Lovelace ', 'Ada Lovelace'],
    ['小明', '小明'],
    ['Zoe\u0308', 'Zoë'],
    ['a'.repeat(24), 'a'.repeat(24)],
    ['a'.repeat(25), undefined],
    ['', undefined],
    ['   ', undefined],
    ['a\u202eb', undefined],
    ['a\u0007b', undefined],
    ['\u200b', undefined],
    ['\u3164', undefined],
    ['\ud800', undefined],
  ])('is something to be seen, and nothing that hides: %j is %j', (given, name) => {
    expect(properName(given)).toBe(name)
  })
})
