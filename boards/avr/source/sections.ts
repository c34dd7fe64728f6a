/** Sections of an ELF file by name, and what stands in them (TIS ELF 1.2, book I, "Sections"). */
import { decodeText } from '../../../firmware/text/utf8.js'
import type { ElfFile } from '../elf.js'

const SHT_NOBITS = 8
const SHF_EXECINSTR = 4
/** Its octets are compressed (System V gABI 4.3, "Section Compression"). */
const SHF_COMPRESSED = 0x800
/** Where a header of a file says which section has the names of the sections. */
const E_SHSTRNDX = 50
/** Characters of a path that count. */
const TEXT_LENGTH = 1024

/**
 * The octets of the first section of that name, not a copy.
 * @returns 'compressed' where they are; undefined where there is no such section
 * @throws ImageError where a header or the section is not whole
 */
export function sectionNamed(elf: ElfFile, name: string): Uint8Array | 'compressed' | undefined {
  const { view, octets } = elf
  const names = view.getUint16(E_SHSTRNDX, true)
  if (names >= elf.sectionCount) return undefined
  const [strings, stringsEnd] = elf.extent(elf.sectionHeader(names), 'the table of section names')
  for (let index = 0; index < elf.sectionCount; index++) {
    const header = elf.sectionHeader(index)
    if (!isTextAt(octets, strings + view.getUint32(header, true), stringsEnd, name)) continue
    if (view.getUint32(header + 4, true) === SHT_NOBITS) return undefined
    if ((view.getUint32(header + 8, true) & SHF_COMPRESSED) !== 0) return 'compressed'
    const [from, to] = elf.extent(header, `section ${name}`)
    return octets.subarray(from, to)
  }
  return undefined
}

/** Where a section with code ends; undefined for another one, and where there is none of that index. */
export function codeEnd(elf: ElfFile, index: number): number | undefined {
  if (index >= elf.sectionCount) return undefined
  const header = elf.sectionHeader(index)
  if ((elf.view.getUint32(header + 8, true) & SHF_EXECINSTR) === 0) return undefined
  return elf.view.getUint32(header + 12, true) + elf.view.getUint32(header + 20, true)
}

/** Where a text in a section ends: at the zero behind it. */
export function textEnd(section: Uint8Array, from: number): number {
  let end = from
  while (end < section.length && section[end] !== 0 && end - from < TEXT_LENGTH) end++
  return end
}

export function textAt(section: Uint8Array, from: number): string {
  return decodeText(section.subarray(from, textEnd(section, from)))
}

/** Whether that text stands there, and its end behind it. */
function isTextAt(octets: Uint8Array, from: number, end: number, text: string): boolean {
  if (from + text.length >= end || octets[from + text.length] !== 0) return false
  for (let i = 0; i < text.length; i++) if (octets[from + i] !== text.charCodeAt(i)) return false
  return true
}
