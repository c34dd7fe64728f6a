import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { TELNET_LINE_LIMIT, TelnetReader } from './protocol.js'

const [IAC, DONT, DO, WONT, WILL, SB, SE, AYT, IP, EC, EL] = [255, 254, 253, 252, 251, 250, 240, 246, 244, 247, 248]

function lines(...parts: (number | string)[]): { reader: TelnetReader; lines: string[] } {
  const octets = Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : Array.from(part, (letter) => letter.charCodeAt(0)))),
  )
  const reader = new TelnetReader()
  const found: string[] = []
  for (let at = 0; at < octets.length; ) {
    at += reader.feed(octets, at, octets.length)
    if (reader.line !== undefined) found.push(reader.line)
    reader.line = undefined
  }
  return { reader, lines: found }
}

describe('telnet (RFC 854)', () => {
  it('takes CR LF, CR NUL and LF alone as the end of a line', () => {
    expect(lines('one\r\ntwo\r\0three\nfour\r\n').lines).toEqual(['one', 'two', 'three', 'four'])
  })

  it('refuses what is offered with DONT and what is asked for with WONT, and does not answer refusals', () => {
    const { reader, lines: found } = lines(IAC, WILL, 31, 'st', IAC, DO, 1, 'atus', IAC, WONT, 3, IAC, DONT, 3, '\r\n')
    expect(found).toEqual(['status'])
    expect(reader.replies()).toEqual([IAC, DONT, 31, IAC, WONT, 1])
    expect(reader.replies()).toEqual([])
  })

  it('skips subnegotiations, whatever is in them', () => {
    expect(lines('a', IAC, SB, 24, 'x\r\n', IAC, IAC, 'y', IAC, SE, 'b\r\n').lines).toEqual(['ab'])
  })

  it('erases characters and lines, by control characters and by commands', () => {
    expect(lines('abc', 8, 127, 'd', IAC, EC, 'e\r\n').lines).toEqual(['ae'])
    expect(lines('abc', IAC, EL, 'd\r\n').lines).toEqual(['d'])
  })

  it('hears "are you there" and "interrupt"', () => {
    const { reader } = lines(IAC, AYT, IAC, IP)
    expect([reader.asked, reader.interrupted]).toEqual([true, true])
    expect(lines(3).reader.interrupted).toBe(true)
  })

  it('keeps a line of bounded length, and a bounded number of refusals', () => {
    const { reader, lines: found } = lines('x'.repeat(1000), '\r\n')
    expect(found[0]).toHaveLength(TELNET_LINE_LIMIT)
    expect(reader.tooLong).toBe(true)
    const asking = lines(...new Array(1000).fill([IAC, DO, 1]).flat())
    expect(asking.reader.replies().length).toBeLessThanOrEqual(48)
  })

  it('never throws, whatever comes', () => {
    const random = new SeededRandom(4)
    const octets = Array.from({ length: 100_000 }, () =>
      random.below(3) === 0 ? 240 + random.below(16) : random.below(256),
    )
    for (const line of lines(...octets).lines) expect(line).toMatch(/^[\x20-\x7e]*$/)
  })
})
