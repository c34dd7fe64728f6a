/**
 * The line tables of DWARF, versions 2 to 5 (DWARF Debugging Information Format, chapter 6.2 "Line Number Information"; sections named here are those of
 * version 5). Any octets may stand there: a unit that does not keep to the form is left out, with what came of it, and the others are read.
 */
import { type LineProblem, type LineTable, MOST_FILES } from './line-table.js'
import { textAt } from './sections.js'

/** Sections by name; one that is not there is empty. */
export interface DwarfSections {
  readonly '.debug_line': Uint8Array
  readonly '.debug_line_str': Uint8Array
  readonly '.debug_str': Uint8Array
}

const SECTION = '.debug_line'
/** Lengths from here on have another meaning: 64-bit DWARF among them (7.4). */
const RESERVED_LENGTHS = 0xfffffff0

/** 7.22: opcodes of the program, content types and forms. */
const LNS_COPY = 1
const LNS_ADVANCE_PC = 2
const LNS_ADVANCE_LINE = 3
const LNS_SET_FILE = 4
const LNS_CONST_ADD_PC = 8
const LNS_FIXED_ADVANCE_PC = 9
const LNE_END_SEQUENCE = 1
const LNE_SET_ADDRESS = 2
const LNE_DEFINE_FILE = 3
const LNCT_PATH = 1
const LNCT_DIRECTORY = 2

class BrokenUnit extends Error {}

/** Reads what is there into the table. @returns the first thing that is wrong */
export function readDwarfLines(sections: DwarfSections, table: LineTable): LineProblem | undefined {
  const octets = sections[SECTION]
  let problem: LineProblem | undefined
  for (let at = 0; at < octets.length; ) {
    const start = at
    const head = new Cursor(octets, at, octets.length)
    try {
      const length = head.fixed(4)
      at = head.at + length
      if (length >= RESERVED_LENGTHS || at > octets.length) throw new BrokenUnit()
      const unit = new Cursor(octets, head.at, at)
      const version = unit.fixed(2)
      if (version < 2 || version > 5) problem ??= { kind: 'version', section: SECTION, at: start, version }
      else readUnit(unit, version, sections, table)
    } catch (error) {
      if (!(error instanceof BrokenUnit)) throw error
      table.forget()
      problem ??= { kind: 'broken', section: SECTION, at: start }
      // Where its length is wrong, nobody knows where the next one begins.
      if (at === start || at > octets.length) return problem
    }
    if (table.full) return problem ?? { kind: 'too-many', section: SECTION }
  }
  return problem
}

/** A file or a directory of a unit: where its name stands. */
interface Entry {
  readonly section: Uint8Array
  readonly at: number
  readonly directory: number
}

function readUnit(cursor: Cursor, version: number, sections: DwarfSections, table: LineTable): void {
  if (version >= 5) cursor.skip(2) // sizes of an address and of a segment selector
  const headerLength = cursor.fixed(4)
  const program = cursor.at + headerLength
  const step = cursor.fixed(1)
  if (version >= 4) cursor.skip(1) // operations of a VLIW instruction: an AVR has no such
  cursor.skip(1) // default_is_stmt
  const lineBase = (cursor.fixed(1) << 24) >> 24
  const lineRange = cursor.fixed(1)
  const opcodeBase = cursor.fixed(1)
  if (lineRange === 0 || opcodeBase === 0) throw new BrokenUnit()
  const argumentCounts = cursor.take(opcodeBase - 1)
  const [directories, files] = version >= 5 ? entries5(cursor, sections) : entries2(cursor)
  // Files have numbers from 0 on in version 5, from 1 on before it.
  const base = version >= 5 ? 0 : 1
  const numbers = files.map((file) => table.addFile(() => pathOf(file, directories, base)))
  const numberOf = (file: number): number => numbers[file - base] ?? -1
  cursor.at = program

  let [address, file, line] = [0, 1, 1]
  while (cursor.more) {
    const opcode = cursor.fixed(1)
    if (opcode >= opcodeBase) {
      const special = opcode - opcodeBase
      address += Math.floor(special / lineRange) * step
      line += lineBase + (special % lineRange)
      table.row(address, numberOf(file), line)
    } else if (opcode === 0) {
      const length = cursor.unsigned()
      const extended = cursor.part(length)
      const kind = extended.fixed(1)
      if (kind === LNE_END_SEQUENCE) {
        table.end(address)
        ;[address, file, line] = [0, 1, 1]
      } else if (kind === LNE_SET_ADDRESS) address = extended.fixed(length - 1)
      else if (kind === LNE_DEFINE_FILE) {
        const entry = entry2(extended)
        numbers.push(table.addFile(() => pathOf(entry, directories, base)))
      }
    } else if (opcode === LNS_COPY) table.row(address, numberOf(file), line)
    else if (opcode === LNS_ADVANCE_PC) address += cursor.unsigned() * step
    else if (opcode === LNS_ADVANCE_LINE) line += cursor.signed()
    else if (opcode === LNS_SET_FILE) file = cursor.unsigned()
    else if (opcode === LNS_CONST_ADD_PC) address += Math.floor((255 - opcodeBase) / lineRange) * step
    else if (opcode === LNS_FIXED_ADVANCE_PC) address += cursor.fixed(2)
    // Others, known and unknown, change nothing that counts here; the header says how many arguments they have (6.2.4).
    else for (let i = argumentCounts[opcode - 1]; i > 0; i--) cursor.unsigned()
  }
  // A sequence without its end: nobody knows how far it goes.
  table.forget()
}

/** Directories and files of versions 2 to 4: names, ended by an empty one. */
function entries2(cursor: Cursor): [directories: Entry[], files: Entry[]] {
  const directories: Entry[] = []
  const files: Entry[] = []
  while (!cursor.endOfList()) directories.push({ section: cursor.octets, at: cursor.text(), directory: -1 })
  while (!cursor.endOfList()) files.push(entry2(cursor))
  return [directories, files]
}

function entry2(cursor: Cursor): Entry {
  const at = cursor.text()
  const directory = cursor.unsigned()
  cursor.unsigned() // when it was changed last
  cursor.unsigned() // its length
  return { section: cursor.octets, at, directory }
}

/** Of version 5: each list says first what an entry has, and in which form. */
function entries5(cursor: Cursor, sections: DwarfSections): [directories: Entry[], files: Entry[]] {
  const list = () => {
    const formats: [content: number, form: number][] = []
    for (let count = cursor.fixed(1); count > 0; count--) formats.push([cursor.unsigned(), cursor.unsigned()])
    const entries: Entry[] = []
    const count = cursor.unsigned()
    // Each has an octet or more, or the list would cost nothing to write.
    if (count > 0 && formats.length === 0) throw new BrokenUnit()
    if (count > MOST_FILES) throw new BrokenUnit()
    for (let i = 0; i < count; i++) entries.push(entry5(cursor, formats, sections))
    return entries
  }
  return [list(), list()]
}

function entry5(cursor: Cursor, formats: readonly [number, number][], sections: DwarfSections): Entry {
  let name: Pick<Entry, 'section' | 'at'> = { section: cursor.octets, at: cursor.octets.length }
  let directory = -1
  for (const [content, form] of formats) {
    if (content === LNCT_PATH) name = textOf(cursor, form, sections)
    else if (content === LNCT_DIRECTORY) directory = numberIn(cursor, form)
    else if (TEXT_FORMS.has(form)) textOf(cursor, form, sections)
    else numberIn(cursor, form)
  }
  return { ...name, directory }
}

/** 7.5.6: forms of texts. */
const FORM_STRING = 0x08
const FORM_STRP = 0x0e
const FORM_LINE_STRP = 0x1f
const TEXT_FORMS: ReadonlySet<number> = new Set([FORM_STRING, FORM_STRP, FORM_LINE_STRP])

function textOf(cursor: Cursor, form: number, sections: DwarfSections): Pick<Entry, 'section' | 'at'> {
  switch (form) {
    case FORM_STRING:
      return { section: cursor.octets, at: cursor.text() }
    case FORM_STRP:
      return { section: sections['.debug_str'], at: cursor.fixed(4) }
    case FORM_LINE_STRP:
      return { section: sections['.debug_line_str'], at: cursor.fixed(4) }
    default:
      throw new BrokenUnit()
  }
}

/** A number in a form of 7.5.6, or a block (a checksum), whose value counts for nothing. */
function numberIn(cursor: Cursor, form: number): number {
  switch (form) {
    case 0x0b: // data1
      return cursor.fixed(1)
    case 0x05: // data2
      return cursor.fixed(2)
    case 0x06: // data4
      return cursor.fixed(4)
    case 0x0f: // udata
      return cursor.unsigned()
    case 0x07: // data8
      cursor.skip(8)
      return -1
    case 0x1e: // data16
      cursor.skip(16)
      return -1
    case 0x09: // block
      cursor.skip(cursor.unsigned())
      return -1
    default:
      throw new BrokenUnit()
  }
}

function pathOf(file: Entry, directories: readonly Entry[], base: number): string {
  const name = textAt(file.section, file.at)
  // Directory 0 before version 5 is where it was compiled, and stands elsewhere.
  const entry = directories[file.directory - base]
  if (name.startsWith('/') || entry === undefined) return name
  const directory = textAt(entry.section, entry.at)
  return directory === '' || name === '' ? name : `${directory}/${name}`
}

/** Reads on in octets up to an end, which it never passes. */
class Cursor {
  at: number
  readonly octets: Uint8Array
  readonly #end: number

  constructor(octets: Uint8Array, at: number, end: number) {
    this.octets = octets
    this.at = at
    this.#end = end
  }

  get more(): boolean {
    return this.at < this.#end
  }

  /** @returns where they begin */
  skip(length: number): number {
    const from = this.at
    if (!(length >= 0 && from + length <= this.#end)) throw new BrokenUnit()
    this.at = from + length
    return from
  }

  take(length: number): Uint8Array {
    const from = this.skip(length)
    return this.octets.subarray(from, this.at)
  }

  part(length: number): Cursor {
    const from = this.skip(length)
    return new Cursor(this.octets, from, this.at)
  }

  /** A number of 1 to 8 octets, the lowest first. */
  fixed(length: number): number {
    if (length < 1 || length > 8) throw new BrokenUnit()
    const from = this.skip(length)
    let value = 0
    for (let i = length - 1; i >= 0; i--) value = value * 0x100 + this.octets[from + i]
    return value
  }

  /** LEB128 (7.6). */
  unsigned(): number {
    let [value, scale] = [0, 1]
    for (;;) {
      const octet = this.fixed(1)
      value += (octet & 0x7f) * scale
      if (octet < 0x80) return value
      scale *= 0x80
      if (scale > 2 ** 63) throw new BrokenUnit()
    }
  }

  signed(): number {
    let [value, scale] = [0, 1]
    for (;;) {
      const octet = this.fixed(1)
      value += (octet & 0x7f) * scale
      scale *= 0x80
      if (octet < 0x80) return octet & 0x40 ? value - scale : value
      if (scale > 2 ** 63) throw new BrokenUnit()
    }
  }

  /** @returns where a text begins that ends with a zero */
  text(): number {
    const from = this.at
    while (this.fixed(1) !== 0);
    return from
  }

  /** Whether an empty text stands here, which ends a list; it is gone past then. */
  endOfList(): boolean {
    if (this.more && this.octets[this.at] !== 0) return false
    this.skip(1)
    return true
  }
}
