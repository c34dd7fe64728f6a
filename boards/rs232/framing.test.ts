import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { LINE_BIT_8, LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { bitsAnOctet, frameBits, framingName, isBreak, parityOf, parseFraming, type SerialFraming } from './framing.js'
import { UartLine } from './uart-line.js'

const FRAMINGS = [5, 6, 7, 8, 9].flatMap((bits) =>
  ['N', 'E', 'O', 'M', 'S'].flatMap((parity) => ['1', '1.5', '2'].map((stop) => `${bits}${parity}${stop}`)),
)

function bench(framing: SerialFraming, baud = 100_000) {
  const clock = new Scheduler()
  const line = new UartLine({ clock, random: new SeededRandom(3), baud, framing })
  const got: number[] = []
  const flags: number[] = []
  line.b.handleOctets = (octets, errors) => {
    octets.forEach((octet, i) => {
      got.push(octet | ((errors?.[i] ?? 0) & LINE_BIT_8 ? 0x100 : 0))
      flags.push((errors?.[i] ?? 0) & ~LINE_BIT_8)
    })
  }
  return { clock, line, got, flags }
}

const someCharacters = (framing: SerialFraming, count: number): number[] => {
  const random = new SeededRandom(8)
  return Array.from({ length: count }, () => random.next32() & ((1 << framing.dataBits) - 1))
}

describe('a framing', () => {
  it('is read and written as people write it', () => {
    for (const name of FRAMINGS) expect(framingName(parseFraming(name))).toBe(name)
    for (const wrong of ['', '4N1', '10N1', '8X1', '8N3', '8N', 'N81']) expect(() => parseFraming(wrong)).toThrow(/8N1/)
  })

  it('takes start, data, parity and stop bits on the line', () => {
    expect(bitsAnOctet(parseFraming('8N1'))).toBe(10)
    expect(bitsAnOctet(parseFraming('5N1.5'))).toBe(7.5)
    expect(bitsAnOctet(parseFraming('9E2'))).toBe(13)
  })

  it('sends 41h as 7E1 as on paper: start 0, 1000001 lowest bit first, parity 0, stop 1', () => {
    expect(frameBits(0x41, parseFraming('7E1')).toString(2).padStart(10, '0').split('').reverse().join('')).toBe(
      '0100000101',
    )
  })

  it('makes the number of ones even or odd, or leaves it alone (ITU-T V.4)', () => {
    const parity = (letter: string, character: number) => parityOf(character, parseFraming(`8${letter}1`))
    expect([0x00, 0x01, 0x03, 0xff].map((character) => parity('E', character))).toEqual([0, 1, 0, 0])
    expect([0x00, 0x01, 0x03, 0xff].map((character) => parity('O', character))).toEqual([1, 0, 1, 1])
    expect([0x00, 0x01].map((character) => parity('M', character))).toEqual([1, 1])
    expect([0x00, 0x01].map((character) => parity('S', character))).toEqual([0, 0])
  })
})

describe.each(FRAMINGS)('a line with %s', (name) => {
  const framing = parseFraming(name)

  it('carries characters, each in its time, sampled bit by bit or not', () => {
    for (const off of [0, 0.02]) {
      const { clock, line, got, flags } = bench(framing)
      line.b.clockError = off
      const sent = someCharacters(framing, 200)
      line.a.writeCharacters(Uint16Array.from(sent))
      clock.runUntil(Math.floor(200 * bitsAnOctet(framing) * 10_000) - 20_000)
      expect(got.length).toBeLessThan(200)
      clock.runFor(10 * MILLISECOND)
      expect(got).toEqual(sent)
      expect(flags.every((flag) => flag === 0)).toBe(true)
    }
  })

  it('shows a break as a character of 0 with a framing error, however long it is', () => {
    const { clock, line, got, flags } = bench(framing)
    line.a.setBreak(true)
    clock.runFor(300 * MILLISECOND)
    expect(got).toEqual([0])
    expect(isBreak(got[0], flags[0], framing)).toBe(true)
    line.a.setBreak(false)
    line.a.writeCharacters(Uint16Array.of(0x15))
    clock.runFor(SECOND)
    expect(got).toEqual([0, 0x15])
    expect(flags[1]).toBe(0)
  })
})

describe('framings that differ', () => {
  it('8E1 read as 7E1 or 8O1 is full of errors, and 7E1 read as 8N1 has its parity in the eighth bit', () => {
    const errors = (sender: string, receiver: string, mask: number) => {
      const { clock, line, got, flags } = bench(parseFraming(sender))
      line.b.setFraming(parseFraming(receiver))
      for (let octet = 0; octet < 128; octet++) line.a.write(Uint8Array.of(octet & mask))
      clock.runFor(SECOND)
      return { got, flagged: flags.filter((flag) => flag !== 0).length }
    }
    expect(errors('8E1', '8O1', 0xff).flagged).toBe(128)
    expect(errors('8E1', '7E1', 0xff).flagged).toBeGreaterThan(30)
    const seven = errors('7E1', '8N1', 0x7f)
    expect(seven.flagged).toBe(0)
    expect(seven.got.map((octet) => octet & 0x7f)).toEqual(Array.from({ length: 128 }, (_, octet) => octet))
    for (const octet of seven.got) expect(octet.toString(2).replaceAll('0', '').length % 2).toBe(0)
  })

  it('a bit that is turned over is a parity error, and in the stop bit a framing error', () => {
    const { clock, line, flags } = bench(parseFraming('8E1'))
    line.setFaults({ bitErrorRate: 0.01 })
    for (let i = 0; i < 4000; i++) {
      line.a.write(Uint8Array.of(0x5a))
      clock.runFor(2 * MILLISECOND)
    }
    expect(flags.filter((flag) => flag === LINE_PARITY_ERROR).length).toBeGreaterThan(200) // 9 bits of 11 in 44,000: 360
    expect(flags.filter((flag) => flag & LINE_FRAMING_ERROR).length).toBeGreaterThan(15)
  })

  it('a framing takes effect with the next character that starts', () => {
    const { clock, line, got } = bench(parseFraming('8N1'))
    line.a.write(Uint8Array.of(0xc1, 0xc2, 0xc3))
    clock.runFor(50_000) // in the middle of the first
    line.a.setFraming(parseFraming('7N2'))
    clock.runFor(60_000)
    line.b.setFraming(parseFraming('7N2'))
    clock.runFor(SECOND)
    expect(got[0]).toBe(0xc1)
    expect(got.slice(-1)).toEqual([0x43])
  })
})
