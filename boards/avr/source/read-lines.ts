/** The source lines of a program, out of whatever its ELF file has of them. Whatever those sections are like, the program runs. */
import type { ElfFile } from '../elf.js'
import { ImageError } from '../image-error.js'
import { type DwarfSections, readDwarfLines } from './dwarf-lines.js'
import type { FunctionTable } from './function-table.js'
import { type LineProblem, LineTable } from './line-table.js'
import { sectionNamed } from './sections.js'
import { readStabLines, type StabSections } from './stab-lines.js'

interface ReadLines {
  readonly lines: LineTable
  /** The first thing that is wrong with them. */
  readonly problem: LineProblem | undefined
}

export function readLines(elf: ElfFile, functions: FunctionTable): ReadLines {
  const lines = new LineTable()
  let problem: LineProblem | undefined
  const octets = (section: keyof DwarfSections | keyof StabSections): Uint8Array => {
    try {
      const found = sectionNamed(elf, section)
      if (found === 'compressed') problem ??= { kind: 'compressed', section }
      if (found instanceof Uint8Array) return found
    } catch (error) {
      if (!(error instanceof ImageError)) throw error
      problem ??= { kind: 'broken', section, at: 0 }
    }
    return new Uint8Array(0)
  }
  const dwarf = {
    '.debug_line': octets('.debug_line'),
    '.debug_line_str': octets('.debug_line_str'),
    '.debug_str': octets('.debug_str'),
  }
  const inDwarf = readDwarfLines(dwarf, lines)
  const inStabs = readStabLines({ '.stab': octets('.stab'), '.stabstr': octets('.stabstr') }, functions, lines)
  // What the linker left out has lines still, from address 0 on; the interrupt vectors there have none, or few.
  if (functions.firstSized > 0) lines.dropFromZero(functions.firstSized)
  return { lines, problem: problem ?? inDwarf ?? inStabs }
}
