import { beforeAll, describe, expect, it } from 'vitest'
import { assemble, compile } from '../../../test/avr/assembler.js'
import { SeededRandom } from '../../simulation/random.js'
import { ElfFile } from '../elf.js'
import { FLASH_LIMIT } from '../flash-image.js'
import { type DwarfSections, readDwarfLines } from './dwarf-lines.js'
import { FunctionTable } from './function-table.js'
import { LineTable } from './line-table.js'
import { readLines } from './read-lines.js'
import { sectionNamed } from './sections.js'
import { readStabLines } from './stab-lines.js'

const EMPTY = new Uint8Array(0)
const octetsOf = (text: string) => [...text].map((character) => character.charCodeAt(0))
const word = (value: number) => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >>> 24) & 0xff]

/** A unit: its header up to the length of the rest of it, that rest, the program. */
function unit(version: number, header: readonly number[], program: readonly number[]): number[] {
  const body = [...[version, 0, ...(version >= 5 ? [4, 0] : [])], ...word(header.length), ...header, ...program]
  return [...word(body.length), ...body]
}

/** What all versions begin with (6.2.4): steps of 2, lines -5 to 8, opcodes from 10 on; and the arguments of opcodes 1 to 9. */
const start = (version: number) => [2, ...(version >= 4 ? [1] : []), 1, -5 & 0xff, 14, 10, 0, 1, 1, 1, 1, 0, 0, 0, 1]
const names2 = [...octetsOf('src\0\0'), ...octetsOf('a.c\0'), 1, 0, 0, ...octetsOf('b.c\0'), 0, 0, 0, 0]
/** A directory by its text, a file by its text, a directory, and 16 octets of a checksum. */
const names5 = [
  ...[1, 1, 0x1f, 1, ...word(4)],
  ...[3, 1, 0x1f, 2, 0x0b, 5, 0x1e, 1, ...word(0), 0, ...Array(16).fill(0x77)],
]
const LINE_TEXTS = Uint8Array.from(octetsOf('a.c\0src\0'))
/** At 0x100 line 7; a special opcode: 4 octets and 3 lines on; 6 octets further the end. */
const program = [0, 5, 2, ...word(0x100), 3, 6, 1, 10 + 2 * 14 + 8, 2, 3, 0, 1, 1]

function read(octets: ArrayLike<number>, more: Partial<DwarfSections> = {}) {
  const table = new LineTable()
  const sections = { '.debug_line': Uint8Array.from(octets), '.debug_line_str': EMPTY, '.debug_str': EMPTY, ...more }
  return { table, problem: readDwarfLines(sections, table) }
}

describe('a line table of DWARF', () => {
  it.each([2, 3, 4])('of version %i is read: files by number from 1 on, steps in instructions', (version) => {
    const { table, problem } = read(unit(version, [...start(version), ...names2], program))
    expect(problem).toBeUndefined()
    expect(table.lineAt(0xfe)).toBeUndefined()
    expect(table.lineAt(0x100)).toEqual({ file: 'src/a.c', line: 7 })
    expect(table.lineAt(0x103)).toEqual({ file: 'src/a.c', line: 7 })
    expect(table.lineAt(0x104)).toEqual({ file: 'src/a.c', line: 10 })
    expect(table.lineAt(0x109)).toEqual({ file: 'src/a.c', line: 10 })
    expect(table.lineAt(0x10a)).toBeUndefined()
  })

  it('of version 5 is read: names in a section of their own, files by number from 0 on', () => {
    const octets = unit(5, [...start(5), ...names5], [4, 0, ...program])
    const { table, problem } = read(octets, { '.debug_line_str': LINE_TEXTS })
    expect(problem).toBeUndefined()
    expect(table.lineAt(0x104)).toEqual({ file: 'src/a.c', line: 10 })
  })

  it('has lines of the units that can be read, and says what is wrong with the first that cannot', () => {
    const good = unit(2, [...start(2), ...names2], program)
    expect(read([...unit(9, [], []), ...good])).toMatchObject({ problem: { kind: 'version', at: 0, version: 9 } })
    const cut = unit(2, [...start(2), ...names2], [...program.slice(0, 5)])
    const { table, problem } = read([...good, ...cut, ...good.slice(0, 8), ...good])
    expect(problem).toEqual({ kind: 'broken', section: '.debug_line', at: good.length })
    expect(table.lineAt(0x100)?.line).toBe(7)
  })

  it.each<[string, number[]]>([
    ['a length beyond the end', [...word(1000), 2, 0]],
    ['64-bit lengths', [...word(-1), ...word(10), ...word(0), 2, 0]],
    ['no range of lines', unit(2, [2, 1, 0xfb, 0, 10, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0], [])],
    [
      'four thousand million files that take no room',
      unit(5, [...start(5), 0, 0, 0, ...[0xff, 0xff, 0xff, 0xff, 0x0f]], []),
    ],
    ['a form that nobody knows', unit(5, [...start(5), 1, 1, 0x55, 1], [])],
    ['a number without end', unit(2, [...start(2), ...names2], [2, ...Array(40).fill(0xff)])],
    ['an address of no octets', unit(2, [...start(2), ...names2], [0, 1, 2])],
  ])('that is broken is said to be: %s', (_what, octets) => {
    expect(read(octets).problem).toEqual({ kind: 'broken', section: '.debug_line', at: 0 })
  })

  it('that has more rows than any program is read no further', () => {
    // Special opcodes of one step and no line, over the whole flash, again and again.
    const sweep = [0, 5, 2, ...word(0), ...Array(FLASH_LIMIT / 2 - 1).fill(10 + 14 + 5), 0, 1, 1]
    const one = Uint8Array.from(unit(2, [...start(2), ...names2], sweep))
    const octets = new Uint8Array(5 * one.length)
    for (let i = 0; i < 5; i++) octets.set(one, i * one.length)
    const { problem } = read(octets)
    expect(problem).toEqual({ kind: 'too-many', section: '.debug_line' })
  })

  it('prefers, where sequences overlap, the one that begins later, and leaves out what the linker left at 0', () => {
    const atZero = [0, 5, 2, ...word(0), 3, 40, 1, 2, 0xc0, 2, 0, 1, 1]
    const { table } = read(unit(2, [...start(2), ...names2], [...atZero, ...program]))
    expect(table.lineAt(0x100)?.line).toBe(7)
    expect(table.lineAt(0x80)?.line).toBe(41)
    expect(table.lineAt(0x10a)?.line).toBe(41)
    table.dropFromZero(0x68)
    expect(table.lineAt(0x80)).toBeUndefined()
  })
})

describe('whatever stands in the sections', () => {
  const source = 'int add(int a) { return a + 1; }\nint main(void) {\n  volatile int i = 0;\n  for (;;) i = add(i);\n}'
  let elves: { dwarf: Uint8Array; stabs: Uint8Array }
  beforeAll(() => {
    elves = { dwarf: compile(source, ['-gdwarf-4']).elf, stabs: compile(source, ['-gstabs']).elf }
  })

  it('nothing is thrown, and a problem is one of the known ones', () => {
    const random = new SeededRandom(17)
    const kinds = new Set<string>()
    const of = (elf: Uint8Array, name: string) => (sectionNamed(new ElfFile(elf), name) as Uint8Array).slice()
    const functions = new FunctionTable(new ElfFile(elves.stabs))
    const version5 = Uint8Array.from(unit(5, [...start(5), ...names5], [4, 0, ...program]))
    for (let round = 0; round < 3_000; round++) {
      const damaged = (octets: Uint8Array) => {
        const some = octets.slice(0, random.below(4) === 0 ? random.below(octets.length) : octets.length)
        for (let hits = random.below(6); hits > 0 && some.length > 0; hits--)
          some[random.below(some.length)] =
            random.below(2) === 0 ? random.below(256) : [0, 0xff, 0x80, 1][random.below(4)]
        return some
      }
      const table = new LineTable()
      const dwarf = {
        '.debug_line': damaged(random.below(2) === 0 ? version5 : of(elves.dwarf, '.debug_line')),
        '.debug_line_str': damaged(LINE_TEXTS),
        '.debug_str': EMPTY,
      }
      const stabs = { '.stab': damaged(of(elves.stabs, '.stab')), '.stabstr': damaged(of(elves.stabs, '.stabstr')) }
      kinds.add(readDwarfLines(dwarf, table)?.kind ?? 'none')
      kinds.add(readStabLines(stabs, functions, table)?.kind ?? 'none')
      for (let look = 0; look < 5; look++) {
        const found = table.lineAt(random.below(0x400))
        if (found !== undefined) expect(found.line).toBeGreaterThan(0)
      }
    }
    expect([...kinds].sort()).toEqual(['broken', 'none', 'version'])
  })
})

describe('stabs', () => {
  it('have lines of assembler, which has no functions: up to the end of the last label', () => {
    const { file: elf, functions: labels } = assemble('main:\n  nop\n  rjmp main\nlast:\n\n  ret', ['-gstabs'])
    const { lines, problem } = readLines(new ElfFile(elf!), new FunctionTable(new ElfFile(elf!)))
    expect(problem).toBeUndefined()
    // Two lines stand before what is assembled.
    expect([0, 2, 4, 6].map((at) => lines.lineAt(labels.get('main')! + at)?.line)).toEqual([4, 5, 8, undefined])
  })

  it('have lines of functions in sections of their own, whose ends the symbols know', () => {
    const source =
      'int one(void) { return 1; }\nint two(void) {\n  return 2;\n}\nint main(void) { return one() + two(); }'
    const { elf, image } = compile(source, ['-gstabs', '-O0', '-ffunction-sections'])
    const functions = new FunctionTable(new ElfFile(elf))
    const { lines: table, problem } = readLines(new ElfFile(elf), functions)
    expect(problem).toBeUndefined()
    const two = functions.at(image.functions.get('two')!)!
    expect(table.lineAt(two.start)).toMatchObject({ file: expect.stringMatching(/program\.c$/), line: 2 })
    expect(table.lineAt(two.end - 2)?.line).toBe(4)
    expect(table.lineAt(image.functions.get('one')!)?.line).toBe(1)
  })
})
