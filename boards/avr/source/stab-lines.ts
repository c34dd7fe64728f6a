/**
 * Line numbers of stabs, which avr-gcc before version 13 writes for `-g` alone where its makers did not choose DWARF: Debian's does. "The stabs debug
 * format" (Menapace, Kingdon, MacKenzie), chapters "Line Numbers" and "Using Stabs in Their Own Sections". An entry has twelve octets: where its text is,
 * type, other, description, value. Any octets may stand there.
 */
import type { FunctionTable } from './function-table.js'
import type { LineProblem, LineTable } from './line-table.js'
import { textAt, textEnd } from './sections.js'

const ENTRY = 12
const N_UNDF = 0x00
const N_FUN = 0x24
const N_SLINE = 0x44
const N_SO = 0x64
const N_SOL = 0x84

export interface StabSections {
  readonly '.stab': Uint8Array
  readonly '.stabstr': Uint8Array
}

/**
 * Reads what is there into the table.
 * @param functions says where one ends: stabs do so only where functions have no sections of their own
 * @returns what is wrong with it
 */
export function readStabLines(
  { '.stab': stabs, '.stabstr': texts }: StabSections,
  functions: FunctionTable,
  table: LineTable,
): LineProblem | undefined {
  const view = new DataView(stabs.buffer, stabs.byteOffset, stabs.byteLength)
  if (stabs.length % ENTRY !== 0) return { kind: 'broken', section: '.stab', at: stabs.length - (stabs.length % ENTRY) }
  // Each object file has texts of its own; the entry before its first says how many octets.
  let [base, next] = [0, 0]
  let directory = -1
  let file = -1
  let start = 0
  // Of a function, or of assembler, which has none: what the last row is in.
  let last = 0
  const endRows = () => table.end(functions.at(start > 0 ? start : last)?.end ?? last)
  // A header file's name stands at each way into it and back: it is one file.
  const numbers = new Map<string, number>()
  const numberOf = (at: number, of: number): number => {
    const key = `${at} ${of}`
    const number = numbers.get(key) ?? table.addFile(() => pathOf(texts, at, of))
    numbers.set(key, number)
    return number
  }
  for (let at = 0; at < stabs.length; at += ENTRY) {
    const text = base + view.getUint32(at, true)
    const value = view.getUint32(at + 8, true)
    switch (stabs[at + 4]) {
      case N_UNDF:
        base = next
        next += value
        break
      case N_SO: {
        const end = textEnd(texts, text)
        endRows()
        if (end === text) [directory, file] = [-1, -1]
        else if (texts[end - 1] === SLASH) directory = text
        else file = numberOf(text, directory)
        start = 0
        break
      }
      case N_SOL:
        file = numberOf(text, directory)
        break
      case N_FUN:
        endRows()
        // One without a name is behind a function, and begins none.
        start = textEnd(texts, text) === text ? 0 : value
        break
      case N_SLINE:
        // Within a function its address counts from there; assembler has no functions.
        last = start + value
        table.row(last, file, view.getUint16(at + 6, true))
        break
    }
    if (table.full) return { kind: 'too-many', section: '.stab' }
  }
  endRows()
  return undefined
}

const SLASH = 0x2f

function pathOf(texts: Uint8Array, at: number, directory: number): string {
  const name = textAt(texts, at)
  return name.startsWith('/') || directory < 0 ? name : textAt(texts, directory) + name
}
