/**
 * A loop as JavaScript. Registers are variables, as is each flag, kept as a number one bit of which it is: `z` is 0 where Z is set, of
 * `n`, `v` and `x` (S) bit 7 counts, of `h` bit 4 (the carry into it: the exclusive or of both operands and the result). Where a loop
 * begins, and wherever memory is something else than memory, it may be left: `pc` is then the instruction that comes next.
 */
import { FIRST_LOAD, FIRST_STORE } from '../instruction-set.js'
import { SREG } from '../registers.js'
import { C, H, mayLeave, N, S, seenFlags, T, V, Z } from './flags.js'
import { addressOf, type LoopInstruction, type LoopShape, type NestedLoop } from './loop-shape.js'

/** Below this data address are the registers of the core, which are variables now. */
const FIRST_MEMORY = 0x60

/** @returns the body of a function of `cpu`, `data`, `loadKind`, `storeKind`, `flash` and `left` (cycles), which returns the cycles left */
export function loopSource(shape: LoopShape): string {
  return new LoopWriter(shape).write()
}

class LoopWriter {
  readonly #shape: LoopShape
  readonly #seen: readonly number[]
  readonly #lines: string[] = []
  readonly #registers = new Set<number>()
  readonly #written = new Set<number>()
  /** Cycles that have passed and are not yet taken off. */
  #pending = 0

  constructor(shape: LoopShape) {
    this.#shape = shape
    this.#seen = seenFlags(shape)
  }

  write(): string {
    const { instructions } = this.#shape
    this.#range(0, instructions.length - 1, undefined)
    const numbers = [...this.#registers].sort((a, b) => a - b)
    const load = numbers.map((each) => `let r${each} = data[${each}]`)
    const store = numbers.filter((each) => this.#written.has(each)).map((each) => `data[${each}] = r${each}`)
    const usesFlash = instructions.some(({ operation }) => operation === 24 || operation === 25 || operation === 45)
    return [
      ...(usesFlash ? ['if (cpu.lpmAsks) return left', 'const byteMask = flash.length - 1'] : []),
      ...load,
      `const s = data[${SREG}]`,
      'let c = s & 1, z = ~s & 2, n = s << 5, v = s << 4, x = s << 3, h = s >> 1, t = (s >> 6) & 1, i = s & 128',
      'let a = 0, b = 0, q = 0, pc = 0',
      'out: {',
      ...this.#lines,
      '}',
      ...store,
      `data[${SREG}] = c | (z === 0 ? 2 : 0) | ((n >> 5) & 4) | ((v >> 4) & 8) | ((x >> 3) & 16) | ((h << 1) & 32) | (t << 6) | i`,
      'cpu.pc = pc',
      'return left',
    ].join('\n')
  }

  /**
   * Instructions `from` to `to`, within the loop `inside` of which they are the body; undefined: the whole.
   * A jump forward leaves a block that ends where it leads.
   */
  #range(from: number, to: number, inside: NestedLoop | undefined): void {
    const { instructions, loops } = this.#shape
    const targets = this.#targetsIn(from, to, inside)
    for (const target of [...targets].reverse()) this.#line(`f${target}: {`)
    for (let i = from; i <= to; ) {
      if (targets.includes(i)) {
        this.#flush()
        this.#line('}')
      }
      const loop = loops.find((each) => each.from === i && each !== inside)
      if (loop !== undefined) {
        this.#loop(loop)
        i = loop.to + 1
        continue
      }
      this.#instruction(i)
      i++
    }
    this.#flush()
    if (inside === undefined) this.#line(`pc = ${instructions[to].next}`)
  }

  /** Where jumps forward lead to, in order, of those that end a block of this range and not of one inside it. */
  #targetsIn(from: number, to: number, inside: NestedLoop | undefined): number[] {
    const { instructions, indexOf, loops } = this.#shape
    const found = new Set<number>()
    for (const [at, { target }] of instructions.entries()) {
      const index = target === undefined ? undefined : indexOf.get(target)
      if (index === undefined || index <= at || index <= from || index > to) continue
      const isDeeper = loops.some(
        (each) => each !== inside && each.from >= from && each.from < index && index <= each.to,
      )
      if (!isDeeper) found.add(index)
    }
    return [...found].sort((a, b) => a - b)
  }

  #loop(loop: NestedLoop): void {
    this.#flush()
    this.#line(`l${loop.from}: for (;;) {`)
    this.#line(`if (left <= ${this.#shape.worst}) { pc = ${this.#shape.instructions[loop.from].at}; break out }`)
    this.#range(loop.from, loop.to, loop)
    this.#line('break')
    this.#line('}')
  }

  #instruction(index: number): void {
    const instruction = this.#shape.instructions[index]
    const { operation, opcode, target, always, cycles, further, at } = instruction
    if (mayLeave(instruction)) {
      this.#memory(instruction)
      this.#pending += cycles
      return
    }
    if (target === undefined) {
      this.#compute(instruction, this.#seen[index])
      this.#pending += cycles
      return
    }
    const passed = this.#pending + cycles + further
    const jump = `left -= ${passed}; ${this.#jump(index, target)}`
    if (always) {
      this.#line(jump)
      this.#pending = 0
      return
    }
    this.#line(`if (${this.#condition(operation, opcode, at)}) { ${jump} }`)
    this.#pending += cycles
  }

  #jump(from: number, target: number): string {
    const to = this.#shape.indexOf.get(target)
    if (to === undefined) return `pc = ${target}; break out`
    return to <= from ? `continue l${to}` : `break f${to}`
  }

  #condition(operation: number, opcode: number, at: number): string {
    switch (operation) {
      case 11: // CPSE
        return `${this.#read((opcode >> 4) & 31)} === ${this.#read(sourceOf(opcode))}`
      case 63: // SBRC
      case 64: // SBRS
        return `(${this.#read((opcode >> 4) & 31)} & ${1 << (opcode & 7)}) ${operation === 63 ? '===' : '!=='} 0`
      case 59: // BRBS
        return FLAG_SET[opcode & 7]
      case 60: // BRBC
        return `!(${FLAG_SET[opcode & 7]})`
      default:
        throw new Error(`no branch at word ${at}: operation ${operation}`)
    }
  }

  #memory(instruction: LoopInstruction): void {
    const { operation, opcode, second, at } = instruction
    const register = (opcode >> 4) & 31
    const isLoad = operation < FIRST_STORE
    const kinds = isLoad ? 'loadKind' : 'storeKind'
    const leave = `{ left -= ${this.#pending}; pc = ${at}; break out }`
    // A store stands as far behind the first store as its load behind the first load.
    const kind = isLoad ? operation : operation - FIRST_STORE + FIRST_LOAD
    if (kind === 80 || kind === 90) {
      const address = addressOf(opcode, operation, second)
      this.#line(`if (${kinds}[${address}] !== 0) ${leave}`)
      this.#line(isLoad ? `${this.#set(register)} = data[${address}]` : `data[${address}] = ${this.#read(register)}`)
      return
    }
    const pointer = kind === 81 || kind === 82 || kind === 88 ? 30 : kind === 83 || kind === 84 || kind === 89 ? 28 : 26
    const value = `${this.#read(pointer)} | (${this.#read(pointer + 1)} << 8)`
    const isBefore = kind === 82 || kind === 84 || kind === 87
    const isBehind = kind === 81 || kind === 83 || kind === 86
    if (isBefore) this.#line(`a = ((${value}) - 1) & 65535`)
    else if (kind === 88 || kind === 89) {
      const displacement = (opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20)
      this.#line(displacement === 0 ? `a = ${value}` : `a = ((${value}) + ${displacement}) & 65535`)
    } else this.#line(`a = ${value}`)
    this.#line(`if (a < ${FIRST_MEMORY} || ${kinds}[a] !== 0) ${leave}`)
    if (isBefore) this.#setPair(pointer, 'a')
    if (isBehind) this.#setPair(pointer, '(a + 1)')
    this.#line(isLoad ? `${this.#set(register)} = data[a]` : `data[a] = ${this.#read(register)}`)
  }

  #compute({ operation, opcode }: LoopInstruction, seen: number): void {
    const d = (opcode >> 4) & 31
    const r = sourceOf(opcode)
    const upper = ((opcode >> 4) & 15) + 16
    const constant = `${(opcode & 15) | ((opcode >> 4) & 0xf0)}`
    switch (operation) {
      case 1: // NOP
      case 43: // BREAK
        return
      case 2: {
        // MOVW
        const from = (opcode << 1) & 0x1e
        const to = (opcode >> 3) & 0x1e
        this.#line(`${this.#set(to)} = ${this.#read(from)}; ${this.#set(to + 1)} = ${this.#read(from + 1)}`)
        return
      }
      case 8: // CPC
        this.#difference(this.#read(d), this.#read(r), seen, { withCarry: true })
        return
      case 9: // SBC
        this.#difference(this.#read(d), this.#read(r), seen, { withCarry: true, into: d })
        return
      case 10: // ADD
        this.#sum(d, this.#read(r), seen, false)
        return
      case 12: // CP
        this.#difference(this.#read(d), this.#read(r), seen, {})
        return
      case 13: // SUB
        this.#difference(this.#read(d), this.#read(r), seen, { into: d })
        return
      case 14: // ADC
        this.#sum(d, this.#read(r), seen, true)
        return
      case 15: // AND
        this.#logic(d, `${this.#read(d)} & ${this.#read(r)}`, seen)
        return
      case 16: // EOR
        this.#logic(d, d === r ? '0' : `${this.#read(d)} ^ ${this.#read(r)}`, seen)
        return
      case 17: // OR
        this.#logic(d, `${this.#read(d)} | ${this.#read(r)}`, seen)
        return
      case 18: // MOV
        this.#line(`${this.#set(d)} = ${this.#read(r)}`)
        return
      case 19: // CPI
        this.#difference(this.#read(upper), constant, seen, {})
        return
      case 20: // SBCI
        this.#difference(this.#read(upper), constant, seen, { withCarry: true, into: upper })
        return
      case 21: // SUBI
        this.#difference(this.#read(upper), constant, seen, { into: upper })
        return
      case 22: // ORI
        this.#logic(upper, `${this.#read(upper)} | ${constant}`, seen)
        return
      case 23: // ANDI
        this.#logic(upper, `${this.#read(upper)} & ${constant}`, seen)
        return
      case 24: // LPM Rd, Z
      case 25: // LPM Rd, Z+
      case 45: // LPM
        this.#line(`a = ${this.#read(30)} | (${this.#read(31)} << 8)`)
        this.#line(`${this.#set(operation === 45 ? 0 : d)} = flash[a & byteMask]`)
        if (operation === 25) this.#setPair(30, '(a + 1)')
        return
      case 28: // COM
        if (seen & C) this.#line('c = 1')
        this.#logic(d, `${this.#read(d)} ^ 255`, seen)
        return
      case 29: // NEG
        this.#difference('0', this.#read(d), seen, { into: d })
        return
      case 30: // SWAP
        this.#line(`${this.#set(d)} = ((${this.#read(d)} << 4) | (${this.#read(d)} >> 4)) & 255`)
        return
      case 31: // INC
      case 35: {
        // DEC
        const overflow = operation === 31 ? '~a & q' : 'a & ~q'
        this.#line(`a = ${this.#read(d)}; q = (a ${operation === 31 ? '+' : '-'} 1) & 255; ${this.#set(d)} = q`)
        this.#flags(seen, { z: 'q', n: 'q', v: overflow, x: `q ^ (${overflow})` })
        return
      }
      case 32: // ASR
      case 33: // LSR
      case 34: {
        // ROR
        const highest = operation === 32 ? ' | (a & 128)' : operation === 34 ? ' | (c << 7)' : ''
        this.#line(`a = ${this.#read(d)}; q = (a >> 1)${highest}; ${this.#set(d)} = q`)
        this.#flags(seen, { c: 'a & 1', z: 'q', n: 'q', v: 'q ^ (a << 7)', x: 'a << 7' })
        return
      }
      case 36: // BSET
      case 37: // BCLR
        this.#line((operation === 36 ? SETS : CLEARS)[(opcode >> 4) & 7])
        return
      case 49: // ADIW
      case 50: {
        // SBIW
        const low = 24 + ((opcode >> 3) & 6)
        const step = (opcode & 15) | ((opcode >> 2) & 0x30)
        const isSum = operation === 49
        this.#line(`a = ${this.#read(low)} | (${this.#read(low + 1)} << 8)`)
        this.#line(`q = (a ${isSum ? '+' : '-'} ${step}) & 65535`)
        this.#setPair(low, 'q')
        const overflow = isSum ? '(~a & q) >> 8' : '(a & ~q) >> 8'
        const carry = isSum ? '(~q & a) >> 15' : '(q & ~a) >> 15'
        this.#flags(seen, { c: carry, z: 'q', n: 'q >> 8', v: overflow, x: `(q >> 8) ^ (${overflow})` })
        return
      }
      case 58: // LDI
        this.#line(`${this.#set(upper)} = ${constant}`)
        return
      case 61: {
        // BLD
        const bit = opcode & 7
        this.#line(`${this.#set(d)} = (${this.#read(d)} & ${255 & ~(1 << bit)}) | (t << ${bit})`)
        return
      }
      case 62: // BST
        if (seen & T) this.#line(`t = (${this.#read(d)} >> ${opcode & 7}) & 1`)
        return
      default:
        this.#multiply(operation, opcode, seen)
    }
  }

  #multiply(operation: number, opcode: number, seen: number): void {
    const isFull = operation === 55
    const d = isFull ? (opcode >> 4) & 31 : ((opcode >> 4) & (operation === 3 ? 15 : 7)) + 16
    const r = isFull ? sourceOf(opcode) : (opcode & (operation === 3 ? 15 : 7)) + 16
    const signed = (register: number) => `((${this.#read(register)} << 24) >> 24)`
    const first = isFull || operation === 5 ? this.#read(d) : signed(d)
    const second = operation === 3 || operation === 6 ? signed(r) : this.#read(r)
    const isFractional = operation >= 5 && operation <= 7
    this.#line(`a = (${first} * ${second}) & 65535; q = ${isFractional ? '(a << 1) & 65535' : 'a'}`)
    this.#setPair(0, 'q')
    this.#flags(seen, { c: 'a >> 15', z: 'q' })
  }

  #sum(d: number, addend: string, seen: number, withCarry: boolean): void {
    this.#line(`a = ${this.#read(d)}; b = ${addend}; q = a + b${withCarry ? ' + c' : ''}; ${this.#set(d)} = q & 255`)
    const overflow = '(a ^ q) & (b ^ q)'
    this.#flags(seen, {
      c: 'q >> 8',
      z: 'q & 255',
      n: 'q',
      v: overflow,
      x: `q ^ (${overflow})`,
      h: 'a ^ b ^ q',
    })
  }

  #difference(
    minuend: string,
    subtrahend: string,
    seen: number,
    { withCarry = false, into }: { readonly withCarry?: boolean; readonly into?: number },
  ): void {
    if (seen === 0 && into === undefined) return
    this.#line(`a = ${minuend}; b = ${subtrahend}; q = a - b${withCarry ? ' - c' : ''}`)
    if (into !== undefined) this.#line(`${this.#set(into)} = q & 255`)
    const overflow = '(a ^ b) & (a ^ q)'
    this.#flags(seen, {
      c: '(q >> 8) & 1',
      z: withCarry ? 'z | (q & 255)' : 'q & 255',
      n: 'q',
      v: overflow,
      x: `q ^ (${overflow})`,
      h: 'a ^ b ^ q',
    })
  }

  #logic(d: number, value: string, seen: number): void {
    this.#line(`q = ${value}; ${this.#set(d)} = q`)
    this.#flags(seen, { z: 'q', n: 'q', v: '0', x: 'q' })
  }

  #flags(seen: number, values: Partial<Readonly<Record<'c' | 'z' | 'n' | 'v' | 'x' | 'h', string>>>): void {
    const lines: string[] = []
    for (const [name, bit] of FLAGS) {
      const value = values[name]
      if (value !== undefined && seen & bit) lines.push(`${name} = ${value}`)
    }
    if (lines.length > 0) this.#line(lines.join('; '))
  }

  #setPair(low: number, value: string): void {
    this.#line(`${this.#set(low)} = ${value} & 255; ${this.#set(low + 1)} = (${value} >> 8) & 255`)
  }

  #read(register: number): string {
    this.#registers.add(register)
    return `r${register}`
  }

  #set(register: number): string {
    this.#written.add(register)
    return this.#read(register)
  }

  #flush(): void {
    if (this.#pending > 0) this.#line(`left -= ${this.#pending}`)
    this.#pending = 0
  }

  #line(text: string): void {
    this.#lines.push(text)
  }
}

/** Register Rr of an instruction with two. */
function sourceOf(opcode: number): number {
  return (opcode & 15) | ((opcode >> 5) & 16)
}

const FLAGS = [
  ['c', C],
  ['z', Z],
  ['n', N],
  ['v', V],
  ['x', S],
  ['h', H],
] as const

/** By bit of SREG. */
const FLAG_SET = [
  'c !== 0',
  'z === 0',
  '(n & 128) !== 0',
  '(v & 128) !== 0',
  '(x & 128) !== 0',
  '(h & 16) !== 0',
  't !== 0',
  'i !== 0',
]
const SETS = ['c = 1', 'z = 0', 'n = 128', 'v = 128', 'x = 128', 'h = 16', 't = 1', 'i = 128']
const CLEARS = ['c = 0', 'z = 1', 'n = 0', 'v = 0', 'x = 0', 'h = 0', 't = 0', 'i = 0']
