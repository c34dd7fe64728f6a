/**
 * The instruction loop. One dense switch on the operation number of `instruction-set.ts`: the labels are literals because
 * V8 makes a jump table of literals only. Flags and cycles are those of DS40002078A and the Instruction Set Summary of
 * DS40002061B. Data memory that is not plain (registers with hooks, watched or absent addresses) takes a slow path
 * that first writes `pc` and `cycles` back, and afterwards looks whether the loop's limit came nearer.
 */
import { FIRST_LOAD, FIRST_STORE, isTwoWords } from './instruction-set.js'
import { EIND, RAMPZ, SREG } from './registers.js'
import { INTERPRETED, type LoopTable } from './translation/loops.js'

/** What the loop needs of the core that it runs in: `cpu.ts`. */
export interface InstructionCore {
  readonly data: Uint8Array
  readonly progMem: Uint16Array
  readonly progBytes: Uint8Array
  /** Opcode to operation number. */
  readonly operations: Uint8Array
  /** Return addresses have three octets, and flash more than 128 KB. */
  readonly pc22Bits: boolean
  /** Per data address: 0 where a load or store goes straight to memory. */
  readonly loadKind: Uint8Array
  readonly storeKind: Uint8Array
  pc: number
  cycles: number
  /** The cycle at which something other than the next instruction is due. */
  limit: number
  readonly nextInterrupt: number
  readonly sleeping: boolean
  /** The next LPM does not read plain flash. */
  readonly lpmAsks: boolean
  /** Loops that are translated; undefined where all are left to this one. */
  readonly loops: LoopTable | undefined
  readonly handleLpm: (address: number) => number
  readonly handleSpm: () => void
  readonly handleSleep: () => void
  readonly onWatchdogReset: () => void
  loadSlow(address: number): number
  storeSlow(address: number, value: number): void
  storeBitSlow(address: number, mask: number, set: boolean): void
  fault(kind: 'illegal-opcode', value: number): void
}

/** Z, N, V, S of an 8-bit logical result: V is 0, so S is N. */
function logic(result: number): number {
  return (result === 0 ? 2 : 0) | (result & 0x80 ? 0x14 : 0)
}

/** H, S, V, N, Z, C of `result = (d + r + carry) & 0xff`. */
function sum(d: number, r: number, result: number): number {
  const carries = (d & r) | ((d | r) & ~result)
  const n = (result >> 7) & 1
  const v = (((d ^ result) & (r ^ result)) >> 7) & 1
  return (
    ((carries >> 7) & 1) | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4) | (((carries >> 3) & 1) << 5)
  )
}

/** H, S, V, N, Z, C of `result = (d - r - carry) & 0xff`. */
function difference(d: number, r: number, result: number): number {
  const borrows = (~d & r) | ((~d | r) & result)
  const n = (result >> 7) & 1
  const v = (((d ^ r) & (d ^ result)) >> 7) & 1
  return (
    ((borrows >> 7) & 1) | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4) | (((borrows >> 3) & 1) << 5)
  )
}

/** S, V, N, Z, C of a right shift that moved `carry` out. */
function shifted(result: number, carry: number): number {
  const n = (result >> 7) & 1
  const v = n ^ carry
  return carry | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4)
}

/** The bits of a target that JMP and CALL have beside its low word. */
function farther(opcode: number): number {
  return ((opcode & 1) << 16) | ((opcode & 0x1f0) << 13)
}

/** Executes instructions while `cpu.cycles` is below `cpu.limit`; always at least one when it is at the start. */
export function execute(cpu: InstructionCore): void {
  const { data, loadKind, storeKind } = cpu
  const program = cpu.progMem
  const flash = cpu.progBytes
  const operations = cpu.operations
  const wide = cpu.pc22Bits
  const pcMask = program.length - 1
  const byteMask = flash.length - 1
  const { loops } = cpu
  let pc = cpu.pc
  let limit = cpu.limit
  let left = limit - cpu.cycles

  while (left > 0) {
    const opcode = program[pc]
    pc = (pc + 1) & pcMask
    const operation = operations[opcode]
    if (operation < FIRST_LOAD) {
      left--
      switch (operation) {
        case 1: // NOP
          break
        case 2: {
          // MOVW
          const d = (opcode >> 3) & 0x1e
          const r = (opcode << 1) & 0x1e
          data[d] = data[r]
          data[d + 1] = data[r + 1]
          break
        }
        case 3: // MULS
        case 4: // MULSU
        case 5: // FMUL
        case 6: // FMULS
        case 7: // FMULSU
        case 55: {
          // MUL
          let d = (opcode >> 4) & (operation === 55 ? 31 : operation === 3 ? 15 : 7)
          let r = operation === 55 ? (opcode & 15) | ((opcode >> 5) & 16) : opcode & (operation === 3 ? 15 : 7)
          if (operation !== 55) {
            d += 16
            r += 16
          }
          const a = operation === 55 || operation === 5 ? data[d] : (data[d] << 24) >> 24
          const b = operation === 3 || operation === 6 ? (data[r] << 24) >> 24 : data[r]
          const product = (a * b) & 0xffff
          const result = operation >= 5 && operation <= 7 ? (product << 1) & 0xffff : product
          data[0] = result
          data[1] = result >> 8
          data[SREG] = (data[SREG] & 0xfc) | (product >> 15) | (result === 0 ? 2 : 0)
          left--
          break
        }
        case 8: {
          // CPC: Z is only ever cleared
          const d = data[(opcode >> 4) & 31]
          const r = data[(opcode & 15) | ((opcode >> 5) & 16)]
          const sreg = data[SREG]
          const flags = difference(d, r, (d - r - (sreg & 1)) & 0xff)
          data[SREG] = (sreg & 0xc0) | (flags & (0x3d | (sreg & 2)))
          break
        }
        case 9: {
          // SBC
          const d = data[(opcode >> 4) & 31]
          const r = data[(opcode & 15) | ((opcode >> 5) & 16)]
          const sreg = data[SREG]
          const result = (d - r - (sreg & 1)) & 0xff
          data[(opcode >> 4) & 31] = result
          data[SREG] = (sreg & 0xc0) | (difference(d, r, result) & (0x3d | (sreg & 2)))
          break
        }
        case 10: {
          // ADD
          const d = data[(opcode >> 4) & 31]
          const r = data[(opcode & 15) | ((opcode >> 5) & 16)]
          const result = (d + r) & 0xff
          data[(opcode >> 4) & 31] = result
          data[SREG] = (data[SREG] & 0xc0) | sum(d, r, result)
          break
        }
        case 11: // CPSE
          if (data[(opcode >> 4) & 31] === data[(opcode & 15) | ((opcode >> 5) & 16)]) {
            const words = isTwoWords(program[pc]) ? 2 : 1
            pc = (pc + words) & pcMask
            left -= words
          }
          break
        case 12: {
          // CP
          const d = data[(opcode >> 4) & 31]
          const r = data[(opcode & 15) | ((opcode >> 5) & 16)]
          data[SREG] = (data[SREG] & 0xc0) | difference(d, r, (d - r) & 0xff)
          break
        }
        case 13: {
          // SUB
          const d = data[(opcode >> 4) & 31]
          const r = data[(opcode & 15) | ((opcode >> 5) & 16)]
          const result = (d - r) & 0xff
          data[(opcode >> 4) & 31] = result
          data[SREG] = (data[SREG] & 0xc0) | difference(d, r, result)
          break
        }
        case 14: {
          // ADC
          const d = data[(opcode >> 4) & 31]
          const r = data[(opcode & 15) | ((opcode >> 5) & 16)]
          const sreg = data[SREG]
          const result = (d + r + (sreg & 1)) & 0xff
          data[(opcode >> 4) & 31] = result
          data[SREG] = (sreg & 0xc0) | sum(d, r, result)
          break
        }
        case 15: {
          // AND
          const result = data[(opcode >> 4) & 31] & data[(opcode & 15) | ((opcode >> 5) & 16)]
          data[(opcode >> 4) & 31] = result
          data[SREG] = (data[SREG] & 0xe1) | logic(result)
          break
        }
        case 16: {
          // EOR
          const result = data[(opcode >> 4) & 31] ^ data[(opcode & 15) | ((opcode >> 5) & 16)]
          data[(opcode >> 4) & 31] = result
          data[SREG] = (data[SREG] & 0xe1) | logic(result)
          break
        }
        case 17: {
          // OR
          const result = data[(opcode >> 4) & 31] | data[(opcode & 15) | ((opcode >> 5) & 16)]
          data[(opcode >> 4) & 31] = result
          data[SREG] = (data[SREG] & 0xe1) | logic(result)
          break
        }
        case 18: // MOV
          data[(opcode >> 4) & 31] = data[(opcode & 15) | ((opcode >> 5) & 16)]
          break
        case 19: {
          // CPI
          const d = data[((opcode >> 4) & 15) + 16]
          const k = (opcode & 15) | ((opcode >> 4) & 0xf0)
          data[SREG] = (data[SREG] & 0xc0) | difference(d, k, (d - k) & 0xff)
          break
        }
        case 20: {
          // SBCI
          const d = data[((opcode >> 4) & 15) + 16]
          const k = (opcode & 15) | ((opcode >> 4) & 0xf0)
          const sreg = data[SREG]
          const result = (d - k - (sreg & 1)) & 0xff
          data[((opcode >> 4) & 15) + 16] = result
          data[SREG] = (sreg & 0xc0) | (difference(d, k, result) & (0x3d | (sreg & 2)))
          break
        }
        case 21: {
          // SUBI
          const d = data[((opcode >> 4) & 15) + 16]
          const k = (opcode & 15) | ((opcode >> 4) & 0xf0)
          const result = (d - k) & 0xff
          data[((opcode >> 4) & 15) + 16] = result
          data[SREG] = (data[SREG] & 0xc0) | difference(d, k, result)
          break
        }
        case 22: {
          // ORI
          const result = data[((opcode >> 4) & 15) + 16] | (opcode & 15) | ((opcode >> 4) & 0xf0)
          data[((opcode >> 4) & 15) + 16] = result
          data[SREG] = (data[SREG] & 0xe1) | logic(result)
          break
        }
        case 23: {
          // ANDI
          const result = data[((opcode >> 4) & 15) + 16] & ((opcode & 15) | ((opcode >> 4) & 0xf0))
          data[((opcode >> 4) & 15) + 16] = result
          data[SREG] = (data[SREG] & 0xe1) | logic(result)
          break
        }
        case 24: // LPM Rd, Z
        case 25: // LPM Rd, Z+
        case 45: {
          // LPM (R0, Z)
          const z = data[30] | (data[31] << 8)
          const target = operation === 45 ? 0 : (opcode >> 4) & 31
          if (cpu.lpmAsks) {
            cpu.pc = pc
            cpu.cycles = limit - left - 1
            data[target] = cpu.handleLpm(z)
          } else data[target] = flash[z & byteMask]
          if (operation === 25) {
            data[30] = z + 1
            data[31] = (z + 1) >> 8
          }
          left -= 2
          break
        }
        case 67: // ELPM (R0, RAMPZ:Z)
        case 68: // ELPM Rd, RAMPZ:Z
        case 69: {
          // ELPM Rd, RAMPZ:Z+
          const z = data[30] | (data[31] << 8) | (data[RAMPZ] << 16)
          const target = operation === 67 ? 0 : (opcode >> 4) & 31
          if (cpu.lpmAsks) {
            cpu.pc = pc
            cpu.cycles = limit - left - 1
            data[target] = cpu.handleLpm(z)
          } else data[target] = flash[z & byteMask]
          if (operation === 69) {
            data[30] = z + 1
            data[31] = (z + 1) >> 8
            data[RAMPZ] = (z + 1) >> 16
          }
          left -= 2
          break
        }
        case 26: {
          // POP
          const sp = ((data[0x5d] | (data[0x5e] << 8)) + 1) & 0xffff
          data[0x5d] = sp
          data[0x5e] = sp >> 8
          if (loadKind[sp] === 0) data[(opcode >> 4) & 31] = data[sp]
          else {
            cpu.pc = pc
            cpu.cycles = limit - left - 1
            data[(opcode >> 4) & 31] = cpu.loadSlow(sp)
            limit = cpu.limit
            left = limit - cpu.cycles - 1
          }
          left--
          break
        }
        case 27: {
          // PUSH
          const sp = data[0x5d] | (data[0x5e] << 8)
          if (storeKind[sp] === 0) data[sp] = data[(opcode >> 4) & 31]
          else {
            cpu.pc = pc
            cpu.cycles = limit - left - 1
            cpu.storeSlow(sp, data[(opcode >> 4) & 31])
            limit = cpu.limit
            left = limit - cpu.cycles - 1
          }
          data[0x5d] = sp - 1
          data[0x5e] = (sp - 1) >> 8
          left--
          break
        }
        case 28: {
          // COM
          const result = ~data[(opcode >> 4) & 31] & 0xff
          data[(opcode >> 4) & 31] = result
          data[SREG] = (data[SREG] & 0xe0) | logic(result) | 1
          break
        }
        case 29: {
          // NEG
          const d = data[(opcode >> 4) & 31]
          const result = -d & 0xff
          data[(opcode >> 4) & 31] = result
          data[SREG] = (data[SREG] & 0xc0) | difference(0, d, result)
          break
        }
        case 30: {
          // SWAP
          const d = data[(opcode >> 4) & 31]
          data[(opcode >> 4) & 31] = (d << 4) | (d >> 4)
          break
        }
        case 31: {
          // INC
          const result = (data[(opcode >> 4) & 31] + 1) & 0xff
          data[(opcode >> 4) & 31] = result
          const n = result >> 7
          const v = result === 0x80 ? 1 : 0
          data[SREG] = (data[SREG] & 0xe1) | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4)
          break
        }
        case 32: {
          // ASR
          const d = data[(opcode >> 4) & 31]
          const result = (d >> 1) | (d & 0x80)
          data[(opcode >> 4) & 31] = result
          data[SREG] = (data[SREG] & 0xe0) | shifted(result, d & 1)
          break
        }
        case 33: {
          // LSR
          const d = data[(opcode >> 4) & 31]
          data[(opcode >> 4) & 31] = d >> 1
          data[SREG] = (data[SREG] & 0xe0) | shifted(d >> 1, d & 1)
          break
        }
        case 34: {
          // ROR
          const d = data[(opcode >> 4) & 31]
          const sreg = data[SREG]
          const result = (d >> 1) | ((sreg & 1) << 7)
          data[(opcode >> 4) & 31] = result
          data[SREG] = (sreg & 0xe0) | shifted(result, d & 1)
          break
        }
        case 35: {
          // DEC
          const result = (data[(opcode >> 4) & 31] - 1) & 0xff
          data[(opcode >> 4) & 31] = result
          const n = result >> 7
          const v = result === 0x7f ? 1 : 0
          data[SREG] = (data[SREG] & 0xe1) | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4)
          break
        }
        case 36: // BSET
          // 7.7: one more instruction runs after SEI before a pending interrupt
          if ((opcode & 0x70) === 0x70 && (data[SREG] & 0x80) === 0 && cpu.nextInterrupt >= 0 && left > 1) {
            limit -= left - 1
            cpu.limit = limit
            left = 1
          }
          data[SREG] |= 1 << ((opcode >> 4) & 7)
          break
        case 37: // BCLR
          data[SREG] &= ~(1 << ((opcode >> 4) & 7))
          break
        case 65: // EIJMP
          pc = (data[30] | (data[31] << 8) | (data[EIND] << 16)) & pcMask
          left--
          break
        case 38: // IJMP
          pc = (data[30] | (data[31] << 8)) & pcMask
          left--
          break
        case 39: // ICALL
        case 48: // CALL
        case 66: // EICALL
        case 57: {
          // RCALL
          const back = operation === 48 ? pc + 1 : pc
          const sp = data[0x5d] | (data[0x5e] << 8)
          if (wide) {
            // Three octets, the lowest first; and a cycle more.
            cpu.pc = pc
            cpu.cycles = limit - left - 1
            for (let i = 0; i < 3; i++) {
              const at = (sp - i) & 0xffff
              const octet = (back >> (8 * i)) & 0xff
              if (storeKind[at] === 0) data[at] = octet
              else cpu.storeSlow(at, octet)
            }
            limit = cpu.limit
            left = limit - cpu.cycles - 2
          } else if ((storeKind[sp] | storeKind[(sp - 1) & 0xffff]) === 0) {
            data[sp] = back
            data[sp - 1] = back >> 8
          } else {
            cpu.pc = pc
            cpu.cycles = limit - left - 1
            cpu.storeSlow(sp, back & 0xff)
            cpu.storeSlow((sp - 1) & 0xffff, (back >> 8) & 0xff)
            limit = cpu.limit
            left = limit - cpu.cycles - 1
          }
          const below = wide ? sp - 3 : sp - 2
          data[0x5d] = below
          data[0x5e] = below >> 8
          if (operation === 57) {
            pc = (pc + ((opcode << 20) >> 20)) & pcMask
            left -= 2
          } else if (operation === 48) {
            pc = (program[pc] | farther(opcode)) & pcMask
            left -= 3
          } else {
            pc = (data[30] | (data[31] << 8) | (operation === 66 ? data[EIND] << 16 : 0)) & pcMask
            left -= 2
          }
          break
        }
        case 40: // RET
        case 41: {
          // RETI
          const sp = data[0x5d] | (data[0x5e] << 8)
          if (wide) {
            pc = ((data[(sp + 1) & 0xffff] << 16) | (data[(sp + 2) & 0xffff] << 8) | data[(sp + 3) & 0xffff]) & pcMask
            data[0x5d] = sp + 3
            data[0x5e] = (sp + 3) >> 8
            left -= 4
          } else {
            pc = ((data[(sp + 1) & 0xffff] << 8) | data[(sp + 2) & 0xffff]) & pcMask
            data[0x5d] = sp + 2
            data[0x5e] = (sp + 2) >> 8
            left -= 3
          }
          if (operation === 41) {
            if (cpu.nextInterrupt >= 0 && left > 1) {
              limit -= left - 1
              cpu.limit = limit
              left = 1
            }
            data[SREG] |= 0x80
          }
          break
        }
        case 42: // SLEEP
          cpu.pc = pc
          cpu.cycles = limit - left
          cpu.handleSleep()
          if (cpu.sleeping) return
          limit = cpu.limit
          left = limit - cpu.cycles
          break
        case 43: // BREAK: a NOP while the on-chip debug system is off
          break
        case 44: // WDR
          cpu.pc = pc
          cpu.cycles = limit - left - 1
          cpu.onWatchdogReset()
          break
        case 46: // SPM
          cpu.pc = pc
          cpu.cycles = limit - left - 1
          cpu.handleSpm()
          limit = cpu.limit
          left = limit - cpu.cycles - 1
          break
        case 47: // JMP
          pc = (program[pc] | farther(opcode)) & pcMask
          left -= 2
          break
        case 49: {
          // ADIW
          const d = 24 + ((opcode >> 3) & 6)
          const k = (opcode & 15) | ((opcode >> 2) & 0x30)
          const value = data[d] | (data[d + 1] << 8)
          const result = (value + k) & 0xffff
          data[d] = result
          data[d + 1] = result >> 8
          const n = result >> 15
          const v = (~value & result & 0x8000) >> 15
          const c = (~result & value & 0x8000) >> 15
          data[SREG] = (data[SREG] & 0xe0) | c | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4)
          left--
          break
        }
        case 50: {
          // SBIW
          const d = 24 + ((opcode >> 3) & 6)
          const k = (opcode & 15) | ((opcode >> 2) & 0x30)
          const value = data[d] | (data[d + 1] << 8)
          const result = (value - k) & 0xffff
          data[d] = result
          data[d + 1] = result >> 8
          const n = result >> 15
          const v = (value & ~result & 0x8000) >> 15
          const c = (result & ~value & 0x8000) >> 15
          data[SREG] = (data[SREG] & 0xe0) | c | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4)
          left--
          break
        }
        case 51: // CBI
        case 53: {
          // SBI
          const address = ((opcode >> 3) & 31) + 32
          const mask = 1 << (opcode & 7)
          if ((storeKind[address] | loadKind[address]) === 0) {
            if (operation === 53) data[address] |= mask
            else data[address] &= ~mask
          } else {
            cpu.pc = pc
            cpu.cycles = limit - left - 1
            cpu.storeBitSlow(address, mask, operation === 53)
            limit = cpu.limit
            left = limit - cpu.cycles - 1
          }
          left--
          break
        }
        case 52: // SBIC
        case 54: {
          // SBIS
          const address = ((opcode >> 3) & 31) + 32
          let value: number
          if (loadKind[address] === 0) value = data[address]
          else {
            cpu.pc = pc
            cpu.cycles = limit - left - 1
            value = cpu.loadSlow(address)
            limit = cpu.limit
            left = limit - cpu.cycles - 1
          }
          if (((value >> (opcode & 7)) & 1) === (operation === 54 ? 1 : 0)) {
            const words = isTwoWords(program[pc]) ? 2 : 1
            pc = (pc + words) & pcMask
            left -= words
          }
          break
        }
        case 58: // LDI
          data[((opcode >> 4) & 15) + 16] = (opcode & 15) | ((opcode >> 4) & 0xf0)
          break
        case 56: // RJMP
        case 59: // BRBS
        case 60: {
          // BRBC
          if (operation !== 56 && ((data[SREG] >> (opcode & 7)) & 1) !== 60 - operation) break
          const tail = pc - 1
          pc = (pc + (operation === 56 ? (opcode << 20) >> 20 : (opcode << 22) >> 25)) & pcMask
          left--
          if (pc > tail || loops === undefined) break
          const state = loops.heat[pc]
          if (state < INTERPRETED) loops.warm(pc, tail)
          else if (state > INTERPRETED) {
            cpu.pc = pc
            left = loops.enter(state, left)
            pc = cpu.pc
          }
          break
        }
        case 61: {
          // BLD
          const mask = 1 << (opcode & 7)
          const d = (opcode >> 4) & 31
          data[d] = data[SREG] & 0x40 ? data[d] | mask : data[d] & ~mask
          break
        }
        case 62: // BST
          data[SREG] = (data[SREG] & 0xbf) | (((data[(opcode >> 4) & 31] >> (opcode & 7)) & 1) << 6)
          break
        case 63: // SBRC
        case 64: // SBRS
          if (((data[(opcode >> 4) & 31] >> (opcode & 7)) & 1) === operation - 63) {
            const words = isTwoWords(program[pc]) ? 2 : 1
            pc = (pc + words) & pcMask
            left -= words
          }
          break
        default:
          cpu.pc = pc
          cpu.fault('illegal-opcode', opcode)
      }
      continue
    }

    // Loads and stores: the address first, then one way to memory for all of them.
    left -= 2
    let address: number
    switch (operation) {
      case 80: // LDS
      case 96: // STS
        address = program[pc]
        pc = (pc + 1) & pcMask
        break
      case 81: // LD Z+
      case 97: // ST Z+
        address = data[30] | (data[31] << 8)
        data[30] = address + 1
        data[31] = (address + 1) >> 8
        break
      case 82: // LD -Z
      case 98: // ST -Z
        address = ((data[30] | (data[31] << 8)) - 1) & 0xffff
        data[30] = address
        data[31] = address >> 8
        break
      case 83: // LD Y+
      case 99: // ST Y+
        address = data[28] | (data[29] << 8)
        data[28] = address + 1
        data[29] = (address + 1) >> 8
        break
      case 84: // LD -Y
      case 100: // ST -Y
        address = ((data[28] | (data[29] << 8)) - 1) & 0xffff
        data[28] = address
        data[29] = address >> 8
        break
      case 85: // LD X
      case 101: // ST X
        address = data[26] | (data[27] << 8)
        break
      case 86: // LD X+
      case 102: // ST X+
        address = data[26] | (data[27] << 8)
        data[26] = address + 1
        data[27] = (address + 1) >> 8
        break
      case 87: // LD -X
      case 103: // ST -X
        address = ((data[26] | (data[27] << 8)) - 1) & 0xffff
        data[26] = address
        data[27] = address >> 8
        break
      case 88: // LDD Z+q
      case 104: // STD Z+q
        address =
          ((data[30] | (data[31] << 8)) + ((opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20))) & 0xffff
        break
      case 89: // LDD Y+q
      case 105: // STD Y+q
        address =
          ((data[28] | (data[29] << 8)) + ((opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20))) & 0xffff
        break
      default: // IN, OUT
        address = ((opcode & 15) | ((opcode >> 5) & 0x30)) + 32
        left++
    }
    const register = (opcode >> 4) & 31
    if (operation < FIRST_STORE) {
      if (loadKind[address] === 0) data[register] = data[address]
      else {
        const cost = operation === 90 ? 1 : 2
        cpu.pc = pc
        cpu.cycles = limit - left - cost
        data[register] = cpu.loadSlow(address)
        limit = cpu.limit
        left = limit - cpu.cycles - cost
      }
    } else if (storeKind[address] === 0) data[address] = data[register]
    else {
      const cost = operation === 106 ? 1 : 2
      cpu.pc = pc
      cpu.cycles = limit - left - cost
      cpu.storeSlow(address, data[register])
      limit = cpu.limit
      left = limit - cpu.cycles - cost
    }
  }
  cpu.pc = pc
  cpu.cycles = limit - left
}
