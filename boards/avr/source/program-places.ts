/** Where a program is, in the words of who wrote it: function, file and line, and who called. Nothing is read before somebody asks. */
import { printable } from '../../../firmware/text/printable.js'
import type { AvrCpu } from '../cpu.js'
import { ElfFile } from '../elf.js'
import type { FlashImage } from '../flash-image.js'
import { CallChains } from './call-chain.js'
import { readableName } from './demangle.js'
import { FunctionTable } from './function-table.js'
import type { LineProblem, LineTable } from './line-table.js'
import { readLines } from './read-lines.js'

export interface ProgramPlace {
  /** Of the instruction, in octets of flash. */
  readonly address: number
  /** As people write it, without parameters: `Enc28J60::init`. */
  readonly function?: string
  /** A path as the ELF file has it. */
  readonly file?: string
  readonly line?: number
  /** It is an interrupt handler: the place behind it in a chain was interrupted by it. */
  readonly handler?: true
}

/** Why places have no lines, or not all: the program is Intel HEX, was compiled without them, or they cannot be read. */
export type PlaceLack = { readonly kind: 'hex' | 'no-lines' } | LineProblem

interface ProgramNames {
  readonly functions: FunctionTable
  readonly chains: CallChains
  readonly lines: LineTable
}

export class ProgramPlaces {
  readonly #image: FlashImage | undefined
  #names: ProgramNames | undefined
  #read = false
  #lack: PlaceLack | undefined
  readonly #places = new Map<number, ProgramPlace>()

  constructor(image: FlashImage | undefined) {
    this.#image = image
  }

  /** What could be said better of a place, and why it is not; known once a place was asked for. */
  get lack(): PlaceLack | undefined {
    return this.#lack
  }

  /** Where the program is at this instant, and from where it came there, the innermost first; empty where nothing has a name. */
  now(cpu: AvrCpu): readonly ProgramPlace[] {
    if (!this.#read) this.#readNames()
    const names = this.#names
    if (names === undefined) return []
    const places = names.chains
      .of(cpu)
      .map(({ address, isHandler }) =>
        isHandler ? { ...this.#placeOf(names, address), handler: true as const } : this.#placeOf(names, address),
      )
    return places.some(({ function: named, line }) => named !== undefined || line !== undefined) ? places : []
  }

  #placeOf({ functions, lines }: ProgramNames, address: number): ProgramPlace {
    const known = this.#places.get(address)
    if (known !== undefined) return known
    const inside = functions.at(address)
    const source = lines.lineAt(address)
    const place = {
      address,
      ...(inside === undefined ? {} : { function: printable(readableName(inside.name)) }),
      ...(source === undefined ? {} : { file: printable(source.file), line: source.line }),
    }
    this.#places.set(address, place)
    return place
  }

  #readNames(): void {
    this.#read = true
    const file = this.#image?.file
    if (file === undefined) {
      if (this.#image !== undefined) this.#lack = { kind: 'hex' }
      return
    }
    const elf = new ElfFile(file)
    const functions = new FunctionTable(elf)
    const { lines, problem } = readLines(elf, functions)
    this.#names = { functions, chains: new CallChains(functions), lines }
    this.#lack = problem ?? (lines.empty ? { kind: 'no-lines' } : undefined)
  }
}
