/**
 * ELF as avr-gcc makes it (TIS ELF 1.2, book I): 32-bit, little-endian, machine AVR. Headers, and what they point at; every offset and length is checked
 * before it is used. Headers cost next to nothing to write and may all point at the same octets: nothing here copies what they point at.
 */
import { ImageError } from './image-error.js'

const EM_AVR = 83
const PT_LOAD = 1
const SHT_SYMTAB = 2
const PROGRAM_HEADER = 32
const SECTION_HEADER = 40
const SYMBOL = 16
/** Characters of a symbol's name that count. */
const NAME_LENGTH = 256

/** What is loaded at an address. */
interface ElfSegment {
  readonly index: number
  readonly address: number
  /** Of the file, not a copy. */
  readonly octets: Uint8Array
}

export interface ElfSymbol {
  readonly name: string
  readonly value: number
  readonly size: number
  /** STT_FUNC and its like: the low four bits of `st_info`. */
  readonly type: number
  /** STB_LOCAL, STB_GLOBAL, STB_WEAK: the high four bits. */
  readonly binding: number
  /** Index of the section it is in. */
  readonly section: number
}

export class ElfFile {
  readonly octets: Uint8Array
  readonly view: DataView

  /** @throws ImageError for another class, byte order or machine, and for a header that was cut short */
  constructor(octets: Uint8Array) {
    this.octets = octets
    this.view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
    this.#need(0, 52, 'the header')
    if (octets[4] !== 1 || octets[5] !== 1) throw new ImageError('ELF: an AVR image is 32-bit and little-endian')
    const machine = this.view.getUint16(18, true)
    if (machine !== EM_AVR)
      throw new ImageError(`ELF: the machine is ${machine}, not ${EM_AVR} (AVR). Build with avr-gcc`)
  }

  /** What is loaded, header by header. @throws ImageError where a header or a segment is not whole */
  *segments(): Generator<ElfSegment> {
    const view = this.view
    const headers = view.getUint32(28, true)
    const size = view.getUint16(42, true)
    const count = view.getUint16(44, true)
    if (count > 0 && size < PROGRAM_HEADER) throw new ImageError('ELF: the program headers are too short')
    for (let index = 0; index < count; index++) {
      const header = headers + index * size
      this.#need(header, PROGRAM_HEADER, `program header ${index}`)
      const length = view.getUint32(header + 16, true)
      if (view.getUint32(header, true) !== PT_LOAD || length === 0) continue
      const offset = view.getUint32(header + 4, true)
      const address = view.getUint32(header + 12, true)
      this.#need(offset, length, `segment ${index}`)
      yield { index, address, octets: this.octets.subarray(offset, offset + length) }
    }
  }

  /**
   * The symbols that have a name. A file may have one symbol table only (book I, "Section Header").
   * @throws ImageError where a header, a table or a name is not whole, or names are longer together than the file
   */
  *symbols(): Generator<ElfSymbol> {
    const { octets } = this
    const view = this.view
    let found: number | undefined
    for (let index = 0; index < this.sectionCount; index++) {
      const header = this.sectionHeader(index)
      if (view.getUint32(header + 4, true) !== SHT_SYMTAB) continue
      if (found !== undefined) throw new ImageError(`ELF: section ${index} is a second symbol table`)
      found = header
    }
    if (found === undefined) return
    const link = view.getUint32(found + 24, true)
    if (link >= this.sectionCount) throw new ImageError('ELF: the symbol table names a string table that is not there')
    const [strings, stringsEnd] = this.extent(this.sectionHeader(link), 'the string table')
    const [table, tableEnd] = this.extent(found, 'the symbol table')
    // Names may share their ends (a linker merges them); more characters than the file has were not written by a linker.
    let characters = 0
    for (let at = table; at + SYMBOL <= tableEnd; at += SYMBOL) {
      let end = strings + view.getUint32(at, true)
      let name = ''
      while (end < stringsEnd && octets[end] !== 0 && name.length < NAME_LENGTH)
        name += String.fromCharCode(octets[end++])
      characters += name.length
      if (characters > octets.length) {
        throw new ImageError('ELF: the names of its symbols are longer together than the file')
      }
      if (name === '') continue
      yield {
        name,
        value: view.getUint32(at + 4, true),
        size: view.getUint32(at + 8, true),
        type: octets[at + 12] & 15,
        binding: octets[at + 12] >> 4,
        section: view.getUint16(at + 14, true),
      }
    }
  }

  get sectionCount(): number {
    return this.view.getUint16(48, true)
  }

  /** Where the header of a section begins. @throws ImageError where it is not whole */
  sectionHeader(index: number): number {
    const size = this.view.getUint16(46, true)
    if (size < SECTION_HEADER) throw new ImageError('ELF: the section headers are too short')
    const header = this.view.getUint32(32, true) + index * size
    this.#need(header, SECTION_HEADER, `section header ${index}`)
    return header
  }

  /** Where in the file the octets of a section are. @throws ImageError where they are not all there */
  extent(header: number, what: string): readonly [from: number, to: number] {
    const from = this.view.getUint32(header + 16, true)
    const length = this.view.getUint32(header + 20, true)
    this.#need(from, length, what)
    return [from, from + length]
  }

  #need(offset: number, length: number, what: string): void {
    if (offset + length > this.octets.length) {
      throw new ImageError(`ELF: ${what} at 0x${offset.toString(16)} is beyond the end of the file; it was cut short`)
    }
  }
}
