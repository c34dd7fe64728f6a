import { beforeAll, expect, it } from 'vitest'
import { compile } from '../../../test/avr/assembler.js'
import { SeededRandom } from '../../simulation/random.js'
import { AvrCpu } from '../cpu.js'
import { type FlashImage, parseImage } from '../flash-image.js'
import { ImageError } from '../image-error.js'
import { ATMEGA328P } from '../parts/atmega328p.js'
import { ProgramPlaces } from './program-places.js'

let elf: Uint8Array
let hex: Uint8Array
let cpu: AvrCpu

beforeAll(() => {
  const source =
    'int marked(int a) {\n  return a + 1;\n}\nint main(void) {\n  volatile int i = 0;\n  for (;;) i = marked(i);\n}'
  const built = compile(source, ['-gdwarf-4', '-O0'])
  elf = built.elf
  hex = Uint8Array.from(built.hex, (character) => character.charCodeAt(0))
  cpu = new AvrCpu(ATMEGA328P)
  for (const { address, octets } of built.image.flash) cpu.progBytes.set(octets, address)
  cpu.pc = built.image.functions.get('marked')! / 2
})

/** The file with each of a text's occurrences replaced by another one of the same length. */
function replaced(from: string, to: string): Uint8Array {
  return Uint8Array.from(Buffer.from(Buffer.from(elf).toString('latin1').replaceAll(from, to), 'latin1'))
}

it('reads nothing of a file before somebody asks, and then once', () => {
  let asked = 0
  const image: FlashImage = {
    ...parseImage(elf),
    get file() {
      asked++
      return elf
    },
  }
  const places = new ProgramPlaces(image)
  expect([asked, places.lack]).toEqual([0, undefined])
  const place = { address: 2 * cpu.pc, function: 'marked', file: expect.stringMatching(/\/program\.c$/), line: 1 }
  expect(places.now(cpu)).toEqual([place])
  expect(places.now(cpu)).toEqual([place])
  expect([asked, places.lack]).toEqual([1, undefined])
})

it('knows nothing of Intel HEX, and says so', () => {
  const places = new ProgramPlaces(parseImage(hex))
  expect(places.now(cpu)).toEqual([])
  expect(places.lack).toEqual({ kind: 'hex' })
})

it('makes names and paths printable', () => {
  const places = new ProgramPlaces(parseImage(replaced('marked', 'm\x1bc\u0007ed')))
  expect(places.now(cpu)[0].function).toBe('m\\x1bc\\x07ed')
  const other = new ProgramPlaces(parseImage(replaced('program.c', 'p\nogram.c')))
  expect(other.now(cpu)[0].file).toMatch(/\/p\\x0aogram\.c$/)
})

it('throws nothing, whatever stands in the headers and sections of a program that runs', () => {
  const random = new SeededRandom(29)
  const view = new DataView(elf.buffer, elf.byteOffset)
  const headers = view.getUint32(32, true)
  const names = headers + 40 * view.getUint16(50, true)
  const [namesFrom, namesLength] = [view.getUint32(names + 16, true), view.getUint32(names + 20, true)]
  const kinds = new Set<string | undefined>()
  for (let round = 0; round < 1_500; round++) {
    const octets = elf.slice()
    for (let hits = 1 + random.below(3); hits > 0; hits--) {
      const [from, length] = [
        [headers, elf.length - headers],
        [namesFrom, namesLength],
        [0, elf.length],
      ][random.below(3)]
      octets[from + random.below(length)] = random.below(256)
    }
    let image: FlashImage
    try {
      image = parseImage(octets)
    } catch (error) {
      if (error instanceof ImageError) continue
      throw error
    }
    const places = new ProgramPlaces(image)
    for (const { address, line } of places.now(cpu)) {
      expect(address).toBeLessThan(0x8000)
      if (line !== undefined) expect(line).toBeGreaterThan(0)
    }
    kinds.add(places.lack?.kind)
  }
  expect(kinds).toContain('broken')
  expect(kinds).toContain('no-lines')
  expect(kinds).toContain(undefined)
})
