import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { encodeText } from '../../firmware/text/utf8.js'
import { ascii } from '../../test/support/port-device.js'
import { MonitorLines, unescaped } from './monitor-lines.js'

function lines(hex = false) {
  const printed: string[] = []
  return { printed, monitor: new MonitorLines((line) => printed.push(line), hex) }
}

describe('what a monitor prints', () => {
  it('is lines of text with the time of their first octet, whatever ends them', () => {
    const { printed, monitor } = lines()
    monitor.octets(0.5 * SECOND, ascii('hel'))
    monitor.octets(0.6 * SECOND, ascii('lo\r'))
    monitor.octets(0.7 * SECOND, ascii('\nsecond\nthird\rlogin: '))
    expect(printed).toEqual(['    0.500  hello', '    0.700  second', '    0.700  third'])
    monitor.rest()
    expect(printed.at(-1)).toBe('    0.700  login: ')
  })

  it('moves no cursor and hides nothing, and has an end where a line has none', () => {
    const { printed, monitor } = lines()
    monitor.octets(0, Uint8Array.of(0x1b, 0x5b, 0x32, 0x4a, 0x0a))
    monitor.octets(0, new Uint8Array(450).fill(0x41))
    expect(printed[0]).toBe('    0.000  \\x1b[2J')
    expect(printed).toHaveLength(3)
  })

  it('is sixteen octets a row with their text, in hexadecimal', () => {
    const { printed, monitor } = lines(true)
    monitor.octets(
      SECOND,
      Uint8Array.from({ length: 18 }, (_, at) => 0x3f + at),
    )
    expect(printed[0]).toBe('    1.000  3F 40 41 42 43 44 45 46 47 48 49 4A 4B 4C 4D 4E  ?@ABCDEFGHIJKLMN')
    expect(printed[1]).toMatch(/^ {4}1\.000 {2}4F 50 +OP$/)
  })

  it('tells control lines when they change, and errors as they come', () => {
    const { printed, monitor } = lines()
    const off = { cts: false, dsr: false, dcd: false }
    monitor.inputs(0, off)
    monitor.inputs(SECOND, off)
    monitor.inputs(SECOND, { ...off, dsr: true })
    monitor.errors(SECOND, { framing: 7, parity: 0, overruns: 0, breaks: 1 })
    monitor.errors(2 * SECOND, { framing: 9, parity: 0, overruns: 0, breaks: 2 })
    monitor.errors(3 * SECOND, { framing: 9, parity: 0, overruns: 0, breaks: 2 })
    expect(printed).toEqual([
      '    0.000  -- CTS off, DSR off, DCD off',
      '    1.000  -- CTS off, DSR on, DCD off',
      '    2.000  -- 2 framing errors, 1 break',
    ])
  })
})

describe('what is sent', () => {
  it('has its escapes taken, and others refused', () => {
    expect(unescaped('AT\\r\\x1b\\\\é', encodeText)).toEqual(Uint8Array.of(0x41, 0x54, 0x0d, 0x1b, 0x5c, 0xc3, 0xa9))
    expect(unescaped('', encodeText)).toEqual(new Uint8Array(0))
    for (const wrong of ['\\q', 'a\\', '\\x1']) expect(unescaped(wrong, encodeText)).toBeUndefined()
  })
})
