/**
 * A loop of a program as it lies in flash: the instructions between the target of a branch backwards and that branch, where they lead, and
 * which loops are nested in it. Refused is whatever is not worth while or cannot be translated: calls, the stack, SREG and SP
 * written, SEI, SLEEP, SPM, and registers of peripherals, which act when they are read or written.
 */
import { FIRST_LOAD, isTwoWords } from '../instruction-set.js'
import { SREG } from '../registers.js'

/** Words; longer ones are hardly ever loops that compute, and are left for long before a slice ends. */
const LONGEST = 400

export interface LoopInstruction {
  /** Word address. */
  readonly at: number
  readonly opcode: number
  readonly operation: number
  /** The word behind the opcode, of instructions that have two. */
  readonly second: number
  /** Where it goes on: the word behind it. */
  readonly next: number
  /** Where a branch, a jump or a skip leads. */
  readonly target: number | undefined
  /** It goes nowhere but to its target. */
  readonly always: boolean
  /** Cycles, and further ones when it goes to its target. */
  readonly cycles: number
  readonly further: number
}

/** Instructions `from` up to and including `to`, by index, that are repeated: they begin where a branch backwards leads. */
export interface NestedLoop {
  readonly from: number
  to: number
}

export interface LoopShape {
  readonly instructions: readonly LoopInstruction[]
  /** Index of an instruction by its word address. */
  readonly indexOf: ReadonlyMap<number, number>
  /** The whole, and those in it, the outer ones first. */
  readonly loops: readonly NestedLoop[]
  /** More cycles than any way through it takes from one beginning of a loop to the next. */
  readonly worst: number
}

/** What a shape is read from. */
export interface LoopMemory {
  readonly progMem: Uint16Array
  readonly operations: Uint8Array
  /** Per data address: 0 where a load or store goes straight to memory. */
  readonly loadKind: Uint8Array
  readonly storeKind: Uint8Array
}

const TWO_CYCLES = new Set([3, 4, 5, 6, 7, 55, 49, 50])
const SKIPS = new Set([11, 63, 64])
/** NOP to MUL that only compute, BSET to BST, and loads and stores by a pointer. */
const PLAIN = new Set([
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31, 32, 33, 34, 35,
  37, 43, 45, 49, 50, 55, 58, 61, 62, 81, 82, 83, 84, 85, 86, 87, 88, 89, 97, 98, 99, 100, 101, 102, 103, 104, 105,
])
const SEI = 0x9478

/**
 * @param head word address that the branch leads to
 * @param tail word address of the branch
 * @returns undefined where it is to be left to the interpreter
 */
export function readLoop(memory: LoopMemory, head: number, tail: number): LoopShape | undefined {
  if (tail - head > LONGEST || tail + 1 >= memory.progMem.length) return undefined
  const instructions: LoopInstruction[] = []
  const indexOf = new Map<number, number>()
  let worst = 0
  for (let at = head; at <= tail; ) {
    const read = readInstruction(memory, at)
    if (read === undefined) return undefined
    indexOf.set(at, instructions.length)
    instructions.push(read)
    worst += read.cycles + read.further
    at = read.next
  }
  // What seems to be the branch is the second word of something.
  if (instructions[instructions.length - 1].at !== tail) return undefined
  const loops = nestedLoops(instructions, indexOf)
  return loops === undefined ? undefined : { instructions, indexOf, loops, worst }
}

function readInstruction(memory: LoopMemory, at: number): LoopInstruction | undefined {
  const { progMem, operations } = memory
  const opcode = progMem[at]
  const operation = operations[opcode]
  const second = isTwoWords(opcode) ? progMem[at + 1] : 0
  const next = at + (isTwoWords(opcode) ? 2 : 1)
  const made = (cycles: number, jump: Partial<LoopInstruction> = {}): LoopInstruction => {
    return { at, opcode, operation, second, next, target: undefined, always: false, cycles, further: 0, ...jump }
  }
  if (SKIPS.has(operation)) {
    const words = isTwoWords(progMem[next]) ? 2 : 1
    return made(1, { target: next + words, further: words })
  }
  switch (operation) {
    case 56: // RJMP
      return made(2, { target: (next + ((opcode << 20) >> 20)) & (progMem.length - 1), always: true })
    case 47: // JMP: beyond 64 K words it leads out of every loop of ours, and is left to the interpreter
      return (opcode & 0x1f1) === 0 ? made(3, { target: second & (progMem.length - 1), always: true }) : undefined
    case 59: // BRBS
    case 60: // BRBC
      return made(1, { target: (next + ((opcode << 22) >> 25)) & (progMem.length - 1), further: 1 })
    case 36: // BSET
      return opcode === SEI ? undefined : made(1)
    case 80: // LDS
    case 90: // IN
      return isPlain(memory.loadKind, addressOf(opcode, operation, second)) ? made(operation === 80 ? 2 : 1) : undefined
    case 96: // STS
    case 106: // OUT
      return isPlain(memory.storeKind, addressOf(opcode, operation, second))
        ? made(operation === 96 ? 2 : 1)
        : undefined
    default:
      if (!PLAIN.has(operation)) return undefined
      if (operation === 24 || operation === 25 || operation === 45) return made(3)
      return made(operation >= FIRST_LOAD || TWO_CYCLES.has(operation) ? 2 : 1)
  }
}

/** The data address of IN, OUT, LDS, STS. */
export function addressOf(opcode: number, operation: number, second: number): number {
  return operation === 80 || operation === 96 ? second : ((opcode & 15) | ((opcode >> 5) & 0x30)) + 32
}

/** Registers and flags are kept elsewhere while a loop runs. */
function isPlain(kinds: Uint8Array, address: number): boolean {
  return address >= 32 && address !== SREG && kinds[address] === 0
}

/** @returns undefined where somebody jumps into the middle of a loop */
function nestedLoops(
  instructions: readonly LoopInstruction[],
  indexOf: ReadonlyMap<number, number>,
): NestedLoop[] | undefined {
  const jumps: { readonly from: number; readonly to: number }[] = []
  for (const [from, { target }] of instructions.entries()) {
    const to = target === undefined ? undefined : indexOf.get(target)
    if (to !== undefined) jumps.push({ from, to })
  }
  const ends = new Map<number, number>()
  for (const { from, to } of jumps) if (to <= from) ends.set(to, Math.max(from, ends.get(to) ?? 0))
  const loops = [...ends].sort(([a], [b]) => a - b).map(([from, to]): NestedLoop => ({ from, to }))
  // Two that overlap: the outer one goes on to the end of the inner one.
  for (let i = loops.length - 1; i >= 0; i--)
    for (const inner of loops.slice(i + 1))
      if (inner.from <= loops[i].to && inner.to > loops[i].to) loops[i].to = inner.to
  const isInto = ({ from, to }: NestedLoop, jump: { from: number; to: number }) =>
    jump.to > from && jump.to <= to && (jump.from < from || jump.from > to)
  return loops.some((loop) => jumps.some((jump) => isInto(loop, jump))) ? undefined : loops
}
