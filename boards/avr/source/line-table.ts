/**
 * Which line of which file the code at an address in flash came from: what the readers of DWARF and stabs have in common. Code is described in
 * sequences of rows with rising addresses; a row holds from its address to that of the next.
 */
import { firstAbove } from '../../../firmware/math/first-above.js'
import { FLASH_LIMIT } from '../flash-image.js'

export interface SourceLine {
  /** As the file names it: a path, whole or relative. */
  readonly file: string
  readonly line: number
}

/** Why source lines are missing, or some of them. */
export type LineProblem =
  | { readonly kind: 'compressed' | 'too-many'; readonly section: string }
  /** What begins at an offset in the section does not keep to its form: it points beyond its end, or counts more than there is. */
  | { readonly kind: 'broken'; readonly section: string; readonly at: number }
  | { readonly kind: 'version'; readonly section: string; readonly at: number; readonly version: number }

/** A number of a line is four octets wide in the tables that compilers keep. */
export const MOST_LINES = 0xffff_ffff

interface Sequence {
  readonly low: number
  /** Behind its last octet. */
  readonly high: number
  /** Rows, and the one behind its last. */
  readonly from: number
  readonly to: number
}

/** Rows kept: four for each instruction of the largest flash. */
const MOST_ROWS = 4 * (FLASH_LIMIT / 2)
/** Files kept: an Arduino sketch with its libraries has some thousand, each object file its own. */
export const MOST_FILES = 0x10000

export class LineTable {
  readonly #files: (() => string)[] = []
  readonly #addresses: number[] = []
  readonly #fileOf: number[] = []
  readonly #lines: number[] = []
  #sequences: Sequence[] = []
  /** Of each sequence, the highest end of it and those before it. */
  #ends: number[] = []
  #sorted = true
  /** First row of the sequence under way. */
  #from = 0

  /** There are more rows or files than any program has: no others are taken. */
  get full(): boolean {
    return this.#addresses.length >= MOST_ROWS || this.#files.length >= MOST_FILES
  }

  get empty(): boolean {
    return this.#sequences.length === 0
  }

  /** @param path is asked when somebody wants to know it. @returns its number for `row` */
  addFile(path: () => string): number {
    return this.#files.push(path) - 1
  }

  /** From that address on. The last of several at an address counts, as in GNU addr2line; addresses where no flash is do not. */
  row(address: number, file: number, line: number): void {
    if (address >= FLASH_LIMIT || this.full) return
    const last = this.#addresses.length - 1
    if (last >= this.#from && this.#addresses[last] > address) this.end(this.#addresses[last])
    if (last < this.#from || this.#addresses[last] !== address) {
      this.#addresses.push(address)
      this.#fileOf.push(file)
      this.#lines.push(line)
    } else {
      this.#fileOf[last] = file
      this.#lines[last] = line
    }
  }

  /** The sequence ends before that address. */
  end(address: number): void {
    const [from, to] = [this.#from, this.#addresses.length]
    const high = Math.min(address, FLASH_LIMIT)
    if (from < to && high > this.#addresses[from]) {
      this.#sequences.push({ low: this.#addresses[from], high, from, to })
      this.#sorted = false
      this.#from = to
    } else this.forget()
  }

  /** What has come of the sequence under way is left out. */
  forget(): void {
    for (const column of [this.#addresses, this.#fileOf, this.#lines]) column.length = this.#from
  }

  /** Leaves out sequences that begin at address 0 and go on beyond `limit`. */
  dropFromZero(limit: number): void {
    this.#sequences = this.#sequences.filter(({ low, high }) => low !== 0 || high <= limit)
    this.#sorted = false
  }

  lineAt(address: number): SourceLine | undefined {
    if (!this.#sorted) this.#sort()
    const sequences = this.#sequences
    // Where sequences overlap, the one that begins later: what the linker left out all begins at 0.
    let at = firstAbove(address, 0, sequences.length, (i) => sequences[i].low) - 1
    while (at >= 0 && sequences[at].high <= address) {
      if (this.#ends[at] <= address) return undefined
      at--
    }
    if (at < 0) return undefined
    const { from, to } = sequences[at]
    const row = firstAbove(address, from, to, (i) => this.#addresses[i]) - 1
    const line = this.#lines[row]
    const file = this.#files[this.#fileOf[row]]?.() ?? ''
    return file === '' || line < 1 || line > MOST_LINES ? undefined : { file, line }
  }

  #sort(): void {
    this.#sequences.sort((a, b) => a.low - b.low || b.high - a.high)
    let end = 0
    this.#ends = this.#sequences.map(({ high }) => {
      end = Math.max(end, high)
      return end
    })
    this.#sorted = true
  }
}
