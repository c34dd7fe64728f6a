/**
 * Which flags an instruction sets, which it needs, and which of those that it sets anybody will look at. Most are overwritten unseen:
 * what nobody sees is not computed.
 */
import { FIRST_LOAD } from '../instruction-set.js'
import type { LoopInstruction, LoopShape } from './loop-shape.js'

export const C = 1
export const Z = 2
export const N = 4
export const V = 8
export const S = 16
export const H = 32
export const T = 64
const ALL = 255

const ARITHMETIC = C | Z | N | V | S | H
const LOGIC = Z | N | V | S

/** SREG's bits that it writes (DS40002061B, Instruction Set Summary). */
function setBy({ operation, opcode }: LoopInstruction): number {
  switch (operation) {
    case 8:
    case 9:
    case 10:
    case 12:
    case 13:
    case 14:
    case 19:
    case 20:
    case 21:
    case 29: // CPC, SBC, ADD, CP, SUB, ADC, CPI, SBCI, SUBI, NEG
      return ARITHMETIC
    case 15:
    case 16:
    case 17:
    case 22:
    case 23:
    case 31:
    case 35: // AND, EOR, OR, ORI, ANDI, INC, DEC
      return LOGIC
    case 28:
    case 32:
    case 33:
    case 34:
    case 49:
    case 50: // COM, ASR, LSR, ROR, ADIW, SBIW
      return LOGIC | C
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
    case 55: // the multiplications
      return C | Z
    case 36:
    case 37: // BSET, BCLR
      return 1 << ((opcode >> 4) & 7)
    case 62: // BST
      return T
    default:
      return 0
  }
}

function neededBy({ operation, opcode }: LoopInstruction): number {
  switch (operation) {
    case 8:
    case 9:
    case 20: // CPC, SBC, SBCI: Z is only ever cleared
      return C | Z
    case 14:
    case 34: // ADC, ROR
      return C
    case 59:
    case 60: // BRBS, BRBC
      return 1 << (opcode & 7)
    case 61: // BLD
      return T
    default:
      return 0
  }
}

/** It may turn out that it is not for us: then the interpreter executes it, and needs all that was before. */
export function mayLeave({ operation }: LoopInstruction): boolean {
  return operation >= FIRST_LOAD
}

/** @returns of each instruction the flags that it sets and that somebody sees */
export function seenFlags({ instructions, indexOf, loops }: LoopShape): number[] {
  const heads = new Set(loops.map(({ from }) => from))
  const before: number[] = []
  const seen: number[] = []
  for (let i = instructions.length - 1; i >= 0; i--) {
    const instruction = instructions[i]
    const { target, always } = instruction
    let after = 0
    // Where a loop begins it may be left, so all are seen there: whatever leads backwards needs no second look.
    if (!always) after |= i + 1 < instructions.length ? before[i + 1] : ALL
    if (target !== undefined) {
      const to = indexOf.get(target)
      after |= to === undefined || to <= i ? ALL : before[to]
    }
    const sets = setBy(instruction)
    seen[i] = sets & after
    before[i] = heads.has(i) || mayLeave(instruction) ? ALL : neededBy(instruction) | (after & ~sets)
  }
  return seen
}
