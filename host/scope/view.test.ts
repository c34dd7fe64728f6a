import { describe, expect, it } from 'vitest'
import { withFcs } from '../../boards/ethernet/fcs.js'
import { frameWaveform, pulseWaveform } from '../../boards/ethernet/waveform.js'
import { pulseRows, scopeCsv, scopeFrameRows, scopeSvg } from './view.js'

const octets = withFcs(Uint8Array.from({ length: 60 }, (_, i) => (i < 6 ? 0xff : i)))
const signal = { octets, bits: 64 + 64 * 8 }
const view = (errors: readonly number[] = []) => ({
  title: 'a <frame>',
  waveform: frameWaveform(signal, { at: 5000, errors }),
  rows: scopeFrameRows(signal, errors),
  at: 5000,
  from: -200,
  to: 8000,
})

describe('scope', () => {
  it('says what each stretch of a frame is (802.3 3.1.1)', () => {
    const [bits, bytes, fields] = scopeFrameRows(signal)
    expect(bits.marks.slice(56, 64).map(({ text }) => text)).toEqual(['1', '0', '1', '0', '1', '0', '1', '1'])
    expect(bytes.marks.slice(6, 10).map(({ text }) => text)).toEqual(['55', 'D5', 'FF', 'FF'])
    expect(fields.marks.map(({ text, from, to }) => [text, from, to])).toEqual([
      ['preamble', 0, 5600],
      ['delimiter', 5600, 6400],
      ['destination', 6400, 11_200],
      ['source', 11_200, 16_000],
      ['type', 16_000, 17_600],
      ['payload', 17_600, 54_400],
      ['FCS', 54_400, 57_600],
      ['start of idle', 57_600, 57_900],
    ])
  })

  it('marks the bits that arrived wrong, in all three rows, with the value that arrived', () => {
    const [bits, bytes, fields] = scopeFrameRows(signal, [66])
    expect(bits.marks[66]).toEqual({ from: 6600, to: 6700, text: '0', wrong: true })
    expect(bytes.marks[8]).toMatchObject({ text: 'FB', wrong: true })
    expect(fields.marks.filter(({ wrong }) => wrong).map(({ text }) => text)).toEqual(['destination'])
  })

  it('says that a sender broke off: its last 32 bits are a jam, and nothing is an FCS (4.2.3.2.4)', () => {
    const [, , fields] = scopeFrameRows({ octets: octets.slice(0, 20), bits: 64 + 160 }, [], { jammed: true })
    expect(fields.marks.map(({ text }) => text)).toEqual([
      'preamble',
      'delimiter',
      'destination',
      'source',
      'type',
      'payload',
      'jam',
      'start of idle',
    ])
    expect(fields.marks.at(-2)).toEqual({ from: 19_200, to: 22_400, text: 'jam', wrong: true })
  })

  it('leaves out what is outside the window or too short for it, but nothing that is wrong', () => {
    const window = { from: 6400, to: 8000 }
    const [bits, bytes] = scopeFrameRows(signal, [], { window })
    expect(bits.marks.length).toBeLessThan(20)
    expect(bytes.marks.length).toBeLessThan(5)
    const [few] = scopeFrameRows(signal, [70], { window, least: 1000 })
    expect([few.narrow, few.marks.map(({ from }) => from)]).toEqual([true, [7000]])
  })

  it('has nothing that is too narrow behind the last bit, where no bit is', () => {
    const window = { from: 57_700, to: 80_000 }
    const [bits, bytes, fields] = scopeFrameRows(signal, [], { window, least: 1000 })
    expect([bits, bytes].map(({ marks, narrow }) => [marks.length, narrow])).toEqual([
      [0, false],
      [0, false],
    ])
    expect(fields.marks.at(-1)).toMatchObject({ text: 'start of idle', from: 57_600 })
  })

  it('ends with the signal where a fragment ends', () => {
    const [bits, bytes, fields] = scopeFrameRows({ octets: new Uint8Array(0), bits: 40 })
    expect([bits.marks.length, bytes.marks.length]).toEqual([40, 5])
    expect(fields.marks.map(({ text }) => text)).toEqual(['preamble', 'start of idle'])
  })

  it('draws well-formed SVG with the voltage, the axes and the meaning', () => {
    const svg = scopeSvg(view([70]))
    expect(svg).toContain('a &lt;frame&gt;')
    expect(svg).toContain('>preamble<')
    expect(svg).toContain('>\u22122 V<')
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    const opened = [...svg.matchAll(/<(svg|text|title)\b/g)].length
    expect([...svg.matchAll(/<\/(svg|text|title)>/g)].length).toBe(opened)
    // 8.2 µs at 200 MS/s.
    expect(svg.match(/polyline points="([^"]*)"/)![1].split(' ').length).toBe(1641)
    expect(svg).toContain('#f6c6c6')
  })

  it('writes the same as values: time, volts, bit, octet, field', () => {
    const lines = scopeCsv(view()).trimEnd().split('\n')
    expect(lines[0]).toBe('ns,volts,bits,octets,fields')
    expect(lines.length).toBe(1642)
    const at = (time: number) => lines.find((line) => line.startsWith(`${time},`))!.split(',')
    expect(at(-100)).toEqual(['-100', '0.0000', '', '', ''])
    // The first bit is a 1: low, then high.
    expect(Number(at(25)[1])).toBeLessThan(-1)
    expect(Number(at(75)[1])).toBeGreaterThan(1)
    expect(at(75).slice(2)).toEqual(['1', '55', 'preamble'])
    expect(at(6425).slice(2)).toEqual(['1', 'FF', 'destination'])
  })

  it('draws a link test pulse', () => {
    const svg = scopeSvg({
      title: 'pulse',
      waveform: pulseWaveform(),
      rows: pulseRows(),
      at: 0,
      from: -200,
      to: 400,
    })
    expect(svg).toContain('>link test pulse<')
  })
})
