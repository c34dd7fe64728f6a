import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { concatenated } from '../octets.js'
import {
  decodeNumber,
  ENTRY,
  encodeNumber,
  RECORDING_SIGNATURE,
  type RecordingEntry,
  RecordingReader,
  RecordingWriter,
} from './format.js'

function written(write: (writer: RecordingWriter) => void, limit?: number): Uint8Array {
  const parts: Uint8Array[] = []
  write(new RecordingWriter((octets) => parts.push(octets), 0, limit))
  return concatenated(parts)
}

function entriesOf(octets: Uint8Array): RecordingEntry[] {
  const reader = new RecordingReader(octets)
  const entries: RecordingEntry[] = []
  for (let entry = reader.next(); entry !== undefined; entry = reader.next()) entries.push(entry)
  return entries
}

const SAMPLE = written((writer) => {
  writer.add(ENTRY.sent, 0, [1, 2, 3])
  writer.add(ENTRY.received, 1_000_000_007, new Uint8Array(300).fill(7))
  writer.add(ENTRY.end, 2 ** 52)
})

describe('a number in a recording', () => {
  it.each([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [624_485, [0xe5, 0x8e, 0x26]], // the example of DWARF 4, 7.6
    [2 ** 53 - 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('%d is written as LEB128 has it', (value, octets) => {
    expect(encodeNumber(value)).toEqual(octets)
    expect(decodeNumber(Uint8Array.from(octets), 0)).toEqual({ value, end: octets.length })
  })

  it('is none where it does not end, or is larger than a whole number is exact', () => {
    expect(decodeNumber(Uint8Array.of(0x80, 0x80), 0)).toBeUndefined()
    expect(decodeNumber(Uint8Array.of(), 0)).toBeUndefined()
    expect(decodeNumber(new Uint8Array(12).fill(0xff), 0)).toBeUndefined()
    expect(decodeNumber(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f), 0)).toBeUndefined()
  })
})

describe('a recording', () => {
  it('gives back its entries with their instants', () => {
    expect(SAMPLE.subarray(0, 8)).toEqual(RECORDING_SIGNATURE)
    expect(entriesOf(SAMPLE).map(({ kind, at, body }) => [kind, at, body.length])).toEqual([
      [ENTRY.sent, 0, 3],
      [ENTRY.received, 1_000_000_007, 300],
      [ENTRY.end, 2 ** 52, 0],
    ])
  })

  it('that is cut off anywhere is whole up to its last whole entry', () => {
    const whole = entriesOf(SAMPLE)
    for (let length = 0; length < SAMPLE.length; length++) {
      const entries = entriesOf(SAMPLE.subarray(0, length))
      const expected = whole.filter(
        ({ offset }, at) => (whole[at + 1]?.offset ?? SAMPLE.length) <= length && offset < length,
      )
      expect(entries.map(({ offset }) => offset)).toEqual(expected.map(({ offset }) => offset))
    }
  })

  it('passes over kinds that it does not know', () => {
    const octets = concatenated([RECORDING_SIGNATURE, Uint8Array.of(99, 5, 2, 8, 8), Uint8Array.of(ENTRY.end, 1, 0)])
    expect(entriesOf(octets).map(({ kind, at }) => [kind, at])).toEqual([
      [99, 5],
      [ENTRY.end, 6],
    ])
  })

  it('is no longer than its limit, and says that it is full', () => {
    const octets = written((writer) => {
      for (let at = 0; at < 100; at++) writer.add(ENTRY.sent, at, new Uint8Array(50))
      expect(writer.full).toBe(true)
      expect(writer.octets).toBeLessThan(1_010)
    }, 1_000)
    const entries = entriesOf(octets)
    expect(entries.at(-1)?.kind).toBe(ENTRY.full)
    expect(entries.filter(({ kind }) => kind === ENTRY.sent)).toHaveLength(Math.floor((1_000 - 8) / 53))
  })

  it('of octets that somebody made up is read to some end, and never throws', () => {
    const random = new SeededRandom(13)
    for (let run = 0; run < 3_000; run++) {
      const octets = SAMPLE.slice(0, 8 + random.below(SAMPLE.length))
      for (let change = random.below(6); change > 0; change--) octets[random.below(octets.length)] = random.below(256)
      const entries = entriesOf(octets)
      for (const { at, body, offset } of entries) {
        expect(Number.isSafeInteger(at)).toBe(true)
        expect(offset + body.length).toBeLessThanOrEqual(octets.length)
      }
    }
  })
})
