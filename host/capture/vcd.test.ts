import { describe, expect, it } from 'vitest'
import { VcdWriter } from './vcd.js'

function bench(timescale?: '100 ps' | '10 ns') {
  const pieces: string[] = []
  const writer = new VcdWriter({
    write: (text) => pieces.push(text),
    ...(timescale === undefined ? {} : { timescale }),
  })
  return { writer, text: () => pieces.join('') }
}

describe('value change dump (IEEE 1364 clause 18)', () => {
  it('declares, dumps and changes digital and real signals', () => {
    const { writer, text } = bench()
    const sck = writer.digital('SCK', 0, 'spi')
    const volts = writer.real('TD', 0, 'pair')
    writer.change(sck, 10, 1)
    writer.change(volts, 10, -2.5)
    writer.change(sck, 25, 'z')
    writer.close(40)
    expect(text()).toBe(
      [
        '$version linkpulse $end',
        '$timescale 1 ns $end',
        '$scope module spi $end',
        '$var wire 1 ! SCK $end',
        '$upscope $end',
        '$scope module pair $end',
        '$var real 64 " TD $end',
        '$upscope $end',
        '$enddefinitions $end',
        '#0',
        '$dumpvars',
        '0!',
        'r0 "',
        '$end',
        '#10',
        '1!',
        'r-2.5 "',
        '#25',
        'z!',
        '#40',
        '',
      ].join('\n'),
    )
  })

  it('writes only what changes', () => {
    const { writer, text } = bench()
    const wire = writer.digital('w', 1)
    for (let at = 0; at < 100; at++) writer.change(wire, at, 1)
    writer.close()
    expect(text()).not.toMatch(/#[1-9]/)
  })

  it('rounds instants to its unit', () => {
    const { writer, text } = bench('10 ns')
    const wire = writer.digital('w', 0)
    writer.change(wire, 14, 1)
    writer.change(wire, 15, 0)
    writer.close()
    expect(text()).toContain('#1\n1!\n#2\n0!\n')
  })

  it('refuses a change before the last one, and a late declaration', () => {
    const { writer } = bench()
    const wire = writer.digital('w', 0)
    writer.change(wire, 20, 1)
    expect(() => writer.change(wire, 19, 0)).toThrow(/19 ns/)
    expect(() => writer.digital('late')).toThrow(/late: signals are declared before/)
    expect(() => bench().writer.digital('two words')).toThrow(/white space/)
  })

  it('gives each of 10 000 signals an identifier of its own', () => {
    const { writer, text } = bench()
    for (let i = 0; i < 10_000; i++) writer.digital(`s${i}`, 0)
    writer.close()
    const identifiers = [...text().matchAll(/^\$var wire 1 (\S+) /gm)].map(([, id]) => id)
    expect(new Set(identifiers).size).toBe(10_000)
  })
})
