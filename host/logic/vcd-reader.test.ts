import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { VcdReader } from './vcd-reader.js'

/** As sigrok-cli 0.7 writes it: several changes in a line. */
const SIGROK = `$date Wed Dec  2 04:53:33 2026 $end
$version libsigrok 0.5.2 $end
$comment
  Acquisition with 2/2 channels at 2 MHz
$end
$timescale 100 ns $end
$scope module libsigrok $end
$var wire 1 ! RX $end
$var wire 1 " TX $end
$upscope $end
$enddefinitions $end
#5 1! 1"
#30 0!
#200 1! 0"
#945
`

function read(text: string, wanted?: readonly string[], piece = text.length) {
  const reader = new VcdReader(wanted)
  for (let at = 0; at < text.length; at += piece) reader.take(text.slice(at, at + piece))
  return reader.end()
}

describe('a VCD', () => {
  it('is the levels of its wires, in nanoseconds since its first instant', () => {
    const { channels, times, levels, duration } = read(SIGROK)
    expect({ channels, duration }).toEqual({ channels: ['RX', 'TX'], duration: 94_000 })
    expect([...times]).toEqual([0, 2_500, 19_500])
    expect([...levels]).toEqual([3, 2, 1])
  })

  it('is the same in pieces of any length', () => {
    for (const piece of [1, 2, 3, 7, 64]) expect(read(SIGROK, undefined, piece)).toEqual(read(SIGROK))
  })

  it('has voltages, and wires that nobody drives read high (IEEE 1364 18.2)', () => {
    const { analogue, levels } = read(
      '$timescale 1us $end $var real 64 r volts $end $var wire 1 s SO $end $var reg 8 b bus $end $enddefinitions $end #0 $dumpvars zs r0 r bx b $end #2 r-5.5 r xs b1010 b #3',
    )
    expect(analogue).toEqual([{ name: 'volts', times: Float64Array.of(0, 2000), volts: Float32Array.of(0, -5.5) }])
    expect([...levels]).toEqual([1, 0])
  })

  it('names wires of one name by their scopes', () => {
    const text =
      '$timescale 1 ns $end $scope module a $end $var wire 1 ! x $end $upscope $end $scope module b $end $var wire 1 " x $end $upscope $end $enddefinitions $end #0 1! 0" #1'
    expect(read(text).channels).toEqual(['x', 'b.x'])
    expect(read(text, ['b.x']).channels).toEqual([])
  })

  it('with a million names is refused, without room for them', () => {
    const reader = new VcdReader()
    reader.take('$timescale 1 ns $end\n')
    expect(() => {
      for (let i = 0; i < 1_000_000; i++) reader.take(`$var wire 1 n${i} name${i} $end\n`)
    }).toThrow(/65537 channels, and 32 are read/)
    const forty = Array.from({ length: 40 }, (_, i) => `$var wire 1 n${i} name${i} $end`).join('\n')
    expect(() => read(`$timescale 1 ns $end ${forty} $enddefinitions $end #0 1n1`)).toThrow(/40 channels/)
    expect(read(`$timescale 1 ns $end ${forty} $enddefinitions $end #0 1n7 #1`, ['name7']).channels).toEqual(['name7'])
  })

  it('that is none is an error that says why', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['$timescale 1 ns $end', /ends before its first change/],
      ['$timescale 1 fortnight $end', /no time scale/],
      ['$var wire 1 ! A $end $enddefinitions $end', /no \$timescale/],
      ['hello', /no declaration/],
      ['$timescale 1 ns $end $var wire 1 ! A $end $enddefinitions $end #5 1! #4 0! ', /lies before/],
      [`$timescale 1 ns $end ${'x'.repeat(10_000)}`, /more than 4096/],
    ]
    for (const [text, message] of cases) expect(() => read(text), text.slice(0, 40)).toThrow(message)
  })

  it('with any characters changed is read, or refused with a RangeError', () => {
    const random = new SeededRandom(23)
    let refused = 0
    for (let round = 0; round < 1000; round++) {
      const characters = [...SIGROK]
      for (let i = 0; i <= random.below(4); i++)
        characters[random.below(characters.length)] = String.fromCharCode(random.below(128))
      try {
        read(characters.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(50)
  })
})
