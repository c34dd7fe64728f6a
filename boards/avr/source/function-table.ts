/** The functions of a program by their addresses, as the symbol table of its ELF file has them. */
import { firstAbove } from '../../../firmware/math/first-above.js'
import type { ElfFile, ElfSymbol } from '../elf.js'
import { codeEnd } from './sections.js'

/** TIS ELF 1.2, book I, "Symbol Table". */
const STT_NOTYPE = 0
const STT_FUNC = 2
const STB_LOCAL = 0
const STB_WEAK = 2

/** Addresses are octets of flash. */
export interface ProgramFunction {
  /** As the linker has it. */
  readonly name: string
  readonly start: number
  /** Behind its last octet. */
  readonly end: number
  /** What wrote it knew where it ends: a compiler; labels of assembler go on to the next one. */
  readonly isSized: boolean
}

export class FunctionTable {
  /** By address; none overlaps another. */
  readonly #functions: readonly ProgramFunction[]

  /** @throws ImageError where the symbol table is not whole */
  constructor(elf: ElfFile) {
    this.#functions = functionsOf(elf)
  }

  get empty(): boolean {
    return this.#functions.length === 0
  }

  /** The function that an octet of flash is in. */
  at(address: number): ProgramFunction | undefined {
    const functions = this.#functions
    const found = functions[firstAbove(address, 0, functions.length, (i) => functions[i].start) - 1]
    return found !== undefined && address < found.end ? found : undefined
  }

  /** The lowest address of one that has a size. */
  get firstSized(): number {
    return this.#functions.find(({ isSized }) => isSized)?.start ?? Number.POSITIVE_INFINITY
  }

  /** Those that have a size. */
  get sized(): readonly ProgramFunction[] {
    return this.#functions.filter(({ isSized }) => isSized)
  }
}

interface Candidate {
  readonly symbol: ElfSymbol
  /** Where its section ends. */
  readonly sectionEnd: number
}

function functionsOf(elf: ElfFile): ProgramFunction[] {
  const candidates: Candidate[] = []
  for (const symbol of elf.symbols()) {
    if (symbol.type !== STT_FUNC && symbol.type !== STT_NOTYPE) continue
    const sectionEnd = codeEnd(elf, symbol.section)
    if (sectionEnd !== undefined && symbol.value < sectionEnd) candidates.push({ symbol, sectionEnd })
  }
  candidates.sort((a, b) => a.symbol.value - b.symbol.value || rank(a.symbol) - rank(b.symbol))
  const functions: ProgramFunction[] = []
  for (let i = 0; i < candidates.length; ) {
    const { symbol, sectionEnd } = candidates[i]
    let next = i + 1
    while (next < candidates.length && candidates[next].symbol.value === symbol.value) next++
    i = next
    const { name, value: start, size } = symbol
    const before = functions.at(-1)
    // A label within a function of the compiler's is part of it.
    if (before?.isSized && start < before.end && !isSized(symbol)) continue
    // None goes on into the next one.
    if (before !== undefined && before.end > start) functions[functions.length - 1] = { ...before, end: start }
    const following = candidates[next]?.symbol.value ?? sectionEnd
    const end = isSized(symbol) ? Math.min(start + size, sectionEnd) : Math.min(following, sectionEnd)
    functions.push({ name, start, end, isSized: isSized(symbol) })
  }
  return functions
}

function isSized({ size }: ElfSymbol): boolean {
  return size > 0
}

/** Of several names of an address, the lowest is shown: those of a linker script, `__ctors_end`, where there is no other. */
function rank(symbol: ElfSymbol): number {
  const kind = isSized(symbol) ? 0 : symbol.type === STT_FUNC ? 1 : 2
  const binding = symbol.binding === STB_LOCAL ? 2 : symbol.binding === STB_WEAK ? 1 : 0
  return 6 * kind + 2 * binding + (symbol.name.startsWith('__') ? 1 : 0)
}
