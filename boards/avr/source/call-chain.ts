/**
 * Who called the function that the program is in, and who called that one: from the stack alone, in a program that was compiled for size and keeps no
 * frame pointers. An octet on the stack may be anything, so a return address counts only where the instruction before it calls the function that was
 * entered, or one that ends in a jump to it (a tail call). What was called by a pointer (ICALL), or by a function that ends in a jump by a pointer,
 * names no function: it counts where nothing better is found.
 */
import type { AvrCpu } from '../cpu.js'
import { isTwoWords } from '../instruction-set.js'
import { SREG } from '../registers.js'
import type { FunctionTable, ProgramFunction } from './function-table.js'

/** What is looked at of a controller. */
type StackView = Pick<AvrCpu, 'progMem' | 'data' | 'SP' | 'pc22Bits' | 'instructionAddress' | 'vectorBase' | 'part'>

/** Where the program is, or was when it called, jumped or was interrupted. */
export interface CallSite {
  /** Octet of flash. */
  readonly address: number
  /** It is in an interrupt handler: what follows in the chain was interrupted by it. */
  readonly isHandler: boolean
}

/** Calls that are followed outwards. */
const MOST_CALLS = 32
/** Jumps from the function that was called to the one that was entered. */
const MOST_JUMPS = 4
/** Octets above a function's own that may have arguments of the call under way, and registers that its beginning does not show. */
const BEYOND_FRAME = 64

interface ReturnAddress {
  /** Word behind the call. */
  readonly word: number
  /** The function that it calls; undefined for a call by a pointer. */
  readonly called: number | undefined
  /** SP once the function has returned. */
  readonly sp: number
}

/** Where functions jump to another one. Octet addresses. */
interface TailJumps {
  /** By beginning of a function: jumps there from others. */
  readonly jumps: ReadonlyMap<number, readonly number[]>
  /** By beginning of a function that ends in a jump by a pointer, or in one that leads there: those jumps, the last first. */
  readonly byPointer: ReadonlyMap<number, readonly number[]>
}

export class CallChains {
  readonly #functions: FunctionTable
  #jumps: TailJumps | undefined

  constructor(functions: FunctionTable) {
    this.#functions = functions
  }

  /** The chain at this instant, the innermost first. */
  of(view: StackView): CallSite[] {
    const sites: CallSite[] = []
    let [at, sp] = [pastVector(view), view.SP]
    while (sites.length < MOST_CALLS) {
      const inside = this.#functions.at(at)
      const isHandler = inside !== undefined && isHandlerIn(view, inside)
      sites.push({ address: at, isHandler })
      // Nobody calls main but what starts it.
      if (inside === undefined || inside.name === 'main') break
      const back = isHandler ? this.#interrupted(view, inside, at, sp) : this.#caller(view, inside, at, sp)
      if (back === undefined) break
      if (isHandler) at = 2 * back.word
      else {
        for (const jump of this.#way(view, inside.start, back.called)) sites.push({ address: jump, isHandler: false })
        at = callBefore(view, back.word)
      }
      sp = back.sp
    }
    return sites
  }

  #caller(view: StackView, inside: ProgramFunction, at: number, sp: number): ReturnAddress | undefined {
    const first = sp + 1
    const likely = first + this.#frameSize(view, inside, at / 2)
    const counts = (slot: number) => {
      const found = returnAddress(view, slot)
      return found?.called !== undefined && this.#leads(view, inside.start, found.called) ? found : undefined
    }
    const last = Math.min(likely + BEYOND_FRAME, view.part.ramEnd)
    const known = counts(likely)
    if (known !== undefined) return known
    // More than its beginning shows, or less: the nearest that is certain.
    for (let slot = first; slot < Math.min(likely, last); slot++) {
      const found = counts(slot)
      if (found !== undefined) return found
    }
    const byPointer = this.#calledByPointer(view, likely)
    if (byPointer !== undefined) return byPointer
    for (let slot = likely + 1; slot <= last; slot++) {
      const found = counts(slot)
      if (found !== undefined) return found
    }
    for (let slot = first; slot <= last; slot++) {
      const found = this.#calledByPointer(view, slot)
      if (found !== undefined) return found
    }
    return undefined
  }

  #calledByPointer(view: StackView, slot: number): ReturnAddress | undefined {
    const found = returnAddress(view, slot)
    if (found?.called === undefined || this.#jumpsOf(view).byPointer.has(found.called)) return found
    return undefined
  }

  /** What a handler returns to: any instruction, so it counts where the chain goes on from there, or is at its end in main. */
  #interrupted(view: StackView, handler: ProgramFunction, at: number, sp: number): ReturnAddress | undefined {
    const slot = sp + 1 + this.#frameSize(view, handler, at / 2)
    const word = wordAt(view, slot)
    if (word === undefined) return undefined
    const inside = this.#functions.at(2 * word)
    if (inside === undefined) return undefined
    const back = { word, called: undefined, sp: slot + returnOctets(view) - 1 }
    if (inside.name === 'main' || isHandlerIn(view, inside)) return back
    return this.#caller(view, inside, 2 * word, back.sp) === undefined ? undefined : back
  }

  /** Whether a call of one function leads into another one for certain: it is that, or goes there by jumps that name it. */
  #leads(view: StackView, entered: number, called: number): boolean {
    if (entered === called) return true
    const way = this.#way(view, entered, called)
    return way.length > 0 && jumpTarget(view, way[0] / 2) === entered
  }

  /** Jumps between a function that was called and the one that it led to, the last first; none where it is the same, or there is no way. */
  #way(view: StackView, entered: number, called: number | undefined): readonly number[] {
    if (entered === called || called === undefined) return []
    const { jumps, byPointer } = this.#jumpsOf(view)
    let ways: number[][] = [[]]
    const seen = new Set([entered])
    for (let length = 0; length < MOST_JUMPS; length++) {
      const longer: number[][] = []
      for (const way of ways) {
        const target = way.length === 0 ? entered : this.#functions.at(way[way.length - 1])!.start
        for (const jump of jumps.get(target) ?? []) {
          const from = this.#functions.at(jump)!.start
          if (from === called) return [...way, jump]
          if (seen.has(from)) continue
          seen.add(from)
          longer.push([...way, jump])
        }
      }
      ways = longer
    }
    return byPointer.get(called) ?? []
  }

  #jumpsOf(view: StackView): TailJumps {
    if (this.#jumps !== undefined) return this.#jumps
    const jumps = new Map<number, number[]>()
    const byPointer = new Map<number, number[]>()
    for (const { start, end } of this.#functions.sized) {
      for (let word = start / 2; word < end / 2 && word < view.progMem.length; word += wordsOf(view, word)) {
        if ((view.progMem[word] & 0xffef) === IJMP) byPointer.set(start, [2 * word])
        const target = jumpTarget(view, word)
        if (target === undefined || (target >= start && target < end)) continue
        if (this.#functions.at(target)?.start !== target) continue
        const known = jumps.get(target)
        if (known === undefined) jumps.set(target, [2 * word])
        else known.push(2 * word)
      }
    }
    // A map goes on to what is added while it is gone through.
    for (const [start, way] of byPointer) {
      if (way.length > MOST_JUMPS) continue
      for (const jump of jumps.get(start) ?? []) {
        const from = this.#functions.at(jump)!.start
        if (!byPointer.has(from)) byPointer.set(from, [...way, jump])
      }
    }
    this.#jumps = { jumps, byPointer }
    return this.#jumps
  }

  /**
   * Octets that a function has put on the stack, as its first instructions say, up to the first that goes elsewhere: PUSH, RCALL to the next, what
   * is subtracted from Y before it becomes SP; with -mcall-prologues the registers that a routine of libgcc's saves, and the room in X. Where it has
   * begun to take that away again, what its last instructions still take.
   * @param at word address of an instruction of it
   */
  #frameSize(view: StackView, inside: ProgramFunction, at: number): number {
    const { progMem } = view
    const left = leftByEnd(view, inside, at)
    if (left !== undefined) return left
    let size = 0
    let room = 0
    let x = 0
    for (let word = inside.start / 2; word < at && word < progMem.length; word += wordsOf(view, word)) {
      const opcode = progMem[word]
      const constant = constantOf(opcode)
      if ((opcode & 0xfe0f) === PUSH) size++
      else if (opcode === RCALL_NEXT) size += returnOctets(view)
      else if ((opcode & 0xff30) === 0x9720)
        room += (opcode & 0x0f) | ((opcode >> 2) & 0x30) // SBIW Y
      else if ((opcode & 0xf0f0) === 0x50c0)
        room += constant // SUBI R28
      else if ((opcode & 0xf0f0) === 0x40d0)
        room += constant << 8 // SBCI R29
      else if ((opcode & 0xf0f0) === 0xe0a0)
        x = (x & 0xff00) | constant // LDI R26
      else if ((opcode & 0xf0f0) === 0xe0b0)
        x = (x & 0xff) | (constant << 8) // LDI R27
      else if (opcode === OUT_SPL_Y) {
        size += room
        room = 0
      } else if (goesElsewhere(opcode)) {
        const target = jumpTarget(view, word) ?? 0
        const routine = this.#functions.at(target)
        if (routine?.name === '__prologue_saves__') size += SAVED_REGISTERS - (target - routine.start) / 2 + x
        break
      }
    }
    return size
  }
}

function returnOctets({ pc22Bits }: StackView): number {
  return pc22Bits ? 3 : 2
}

/** A word address on the stack, its highest octet first; undefined where it leads out of flash or is not on the stack. */
function wordAt(view: StackView, slot: number): number | undefined {
  const { data, progMem, part } = view
  const octets = returnOctets(view)
  if (slot + octets - 1 > part.ramEnd) return undefined
  let word = 0
  for (let i = 0; i < octets; i++) word = (word << 8) | data[slot + i]
  return word < progMem.length ? word : undefined
}

/** What stands there, if there is a call before it in flash. */
function returnAddress(view: StackView, slot: number): ReturnAddress | undefined {
  const word = wordAt(view, slot)
  if (word === undefined || word === 0) return undefined
  const { progMem } = view
  const sp = slot + returnOctets(view) - 1
  const before = progMem[word - 1]
  if (before === ICALL || (before === EICALL && view.pc22Bits)) return { word, called: undefined, sp }
  const called = word >= 2 && isCall(progMem[word - 2]) ? farTarget(view, word - 2) : undefined
  if (called !== undefined) return { word, called, sp }
  return isRcall(before) ? { word, called: nearTarget(view, word - 1), sp } : undefined
}

/** Octet address of the call that returns to a word. */
function callBefore({ progMem }: StackView, word: number): number {
  return 2 * (word - (word >= 2 && isCall(progMem[word - 2]) ? 2 : 1))
}

/** Opcodes and patterns of DS40002078A. */
const ICALL = 0x9509
/** And EIJMP, but for a bit. */
const IJMP = 0x9409
const EICALL = 0x9519
const PUSH = 0x920f
const POP = 0x900f
/** RCALL to the next instruction: room for a return address on the stack. */
const RCALL_NEXT = 0xd000
/** Registers that `__prologue_saves__` of libgcc pushes, an instruction each, for who jumps to its beginning. */
const SAVED_REGISTERS = 18
/** OUT SPL, R28: the frame begins where Y points. */
const OUT_SPL_Y = 0xbfcd

const isCall = (opcode: number) => (opcode & 0xfe0e) === 0x940e
const isJump = (opcode: number) => (opcode & 0xfe0e) === 0x940c
const isRcall = (opcode: number) => opcode >> 12 === 0xd
const isRjump = (opcode: number) => opcode >> 12 === 0xc

/** Octet address that CALL and JMP lead to. */
function farTarget({ progMem }: StackView, word: number): number {
  const opcode = progMem[word]
  return 2 * (progMem[word + 1] | ((opcode & 1) << 16) | ((opcode & 0x1f0) << 13))
}

/** Octet address that RCALL and RJMP lead to. */
function nearTarget({ progMem }: StackView, word: number): number {
  return 2 * ((word + 1 + ((progMem[word] << 20) >> 20)) & (progMem.length - 1))
}

function jumpTarget(view: StackView, word: number): number | undefined {
  const opcode = view.progMem[word]
  return isJump(opcode) ? farTarget(view, word) : isRjump(opcode) ? nearTarget(view, word) : undefined
}

function wordsOf({ progMem }: StackView, word: number): number {
  return isTwoWords(progMem[word]) ? 2 : 1
}

/** Where the program is; in the table of vectors, where the one that it is at leads to. */
function pastVector(view: StackView): number {
  const at = view.instructionAddress
  const vector = at / 2 - view.vectorBase
  return (vector >= 2 && vector < view.part.vectorWords ? jumpTarget(view, at / 2) : undefined) ?? at
}

/** A handler has the name that avr-libc gives it, and a vector other than that of reset jumps to it. */
function isHandlerIn(view: StackView, { name, start }: ProgramFunction): boolean {
  if (!name.startsWith('__vector_')) return false
  for (let vector = 2; vector < view.part.vectorWords; vector += 2)
    if (jumpTarget(view, view.vectorBase + vector) === start) return true
  return false
}

/**
 * Octets that the rest of a function takes from the stack, where it is at its end: nothing but POP, SP set to Y, and SREG until it returns, or
 * jumps to another function. Undefined where it is not there yet.
 */
function leftByEnd(view: StackView, { start, end }: ProgramFunction, at: number): number | undefined {
  const { progMem } = view
  let size = 0
  let room = 0
  for (let word = at; word < end / 2 && word < progMem.length; word += wordsOf(view, word)) {
    const opcode = progMem[word]
    if (isReturn(opcode)) return size
    const target = jumpTarget(view, word)
    if (target !== undefined) return target < start || target >= end ? size : undefined
    if ((opcode & 0xfe0f) === POP) size++
    else if ((opcode & 0xff30) === 0x9620)
      room += (opcode & 0x0f) | ((opcode >> 2) & 0x30) // ADIW Y
    else if ((opcode & 0xf0f0) === 0x50c0)
      room -= constantOf(opcode) // SUBI R28, of the negative
    else if ((opcode & 0xf0f0) === 0x40d0)
      room -= constantOf(opcode) << 8 // SBCI R29
    else if (opcode === OUT_SPL_Y) {
      size += room & 0xffff
      room = 0
    } else if (!isOfEnd(view, word)) return undefined
  }
  return undefined
}

/** OUT SPH, R29; CLI; and SREG into R0 or out of it: IN and OUT, without optimisation LDS and STS. */
function isOfEnd({ progMem }: StackView, word: number): boolean {
  const opcode = progMem[word]
  if (opcode === 0x9000 || opcode === 0x9200) return progMem[word + 1] === SREG
  return opcode === 0xbfde || opcode === 0x94f8 || opcode === 0xb60f || opcode === 0xbe0f
}

/** Of an instruction with a register from 16 on and a constant of eight bits. */
function constantOf(opcode: number): number {
  return (opcode & 0x0f) | ((opcode >> 4) & 0xf0)
}

function isReturn(opcode: number): boolean {
  return (opcode & 0xffef) === 0x9508 // RET, RETI
}

/** Jumps, calls, returns, branches and skips. */
function goesElsewhere(opcode: number): boolean {
  return (
    isRjump(opcode) ||
    isRcall(opcode) ||
    isJump(opcode) ||
    isCall(opcode) ||
    (opcode & 0xf800) === 0xf000 || // BRBS, BRBC
    (opcode & 0xfc00) === 0xfc00 || // SBRC, SBRS
    (opcode & 0xfd00) === 0x9900 || // SBIC, SBIS
    (opcode & 0xfc00) === 0x1000 || // CPSE
    isReturn(opcode) ||
    (opcode & 0xfeef) === 0x9409 // IJMP, EIJMP, ICALL, EICALL
  )
}
