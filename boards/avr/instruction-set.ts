/**
 * The AVR instruction set as data (DS40002078A, AVR Instruction Set Manual): a number, a name and a bit pattern for each
 * instruction the family has (DS40002061B chapter "Instruction Set Summary"). The number is what `execute` switches on.
 */
export type InstructionEntry = readonly [operation: number, name: string, pattern: string, wide?: 'wide']

const ILLEGAL = 0
/** Operations from here on load from data memory; from `FIRST_STORE` on they store. */
export const FIRST_LOAD = 80
export const FIRST_STORE = 96

export const INSTRUCTIONS: readonly InstructionEntry[] = [
  [1, 'NOP', '0000000000000000'],
  [2, 'MOVW', '00000001ddddrrrr'],
  [3, 'MULS', '00000010ddddrrrr'],
  [4, 'MULSU', '000000110ddd0rrr'],
  [5, 'FMUL', '000000110ddd1rrr'],
  [6, 'FMULS', '000000111ddd0rrr'],
  [7, 'FMULSU', '000000111ddd1rrr'],
  [8, 'CPC', '000001rdddddrrrr'],
  [9, 'SBC', '000010rdddddrrrr'],
  [10, 'ADD', '000011rdddddrrrr'],
  [11, 'CPSE', '000100rdddddrrrr'],
  [12, 'CP', '000101rdddddrrrr'],
  [13, 'SUB', '000110rdddddrrrr'],
  [14, 'ADC', '000111rdddddrrrr'],
  [15, 'AND', '001000rdddddrrrr'],
  [16, 'EOR', '001001rdddddrrrr'],
  [17, 'OR', '001010rdddddrrrr'],
  [18, 'MOV', '001011rdddddrrrr'],
  [19, 'CPI', '0011KKKKddddKKKK'],
  [20, 'SBCI', '0100KKKKddddKKKK'],
  [21, 'SUBI', '0101KKKKddddKKKK'],
  [22, 'ORI', '0110KKKKddddKKKK'],
  [23, 'ANDI', '0111KKKKddddKKKK'],
  [24, 'LPM Z', '1001000ddddd0100'],
  [25, 'LPM Z+', '1001000ddddd0101'],
  [26, 'POP', '1001000ddddd1111'],
  [27, 'PUSH', '1001001ddddd1111'],
  [28, 'COM', '1001010ddddd0000'],
  [29, 'NEG', '1001010ddddd0001'],
  [30, 'SWAP', '1001010ddddd0010'],
  [31, 'INC', '1001010ddddd0011'],
  [32, 'ASR', '1001010ddddd0101'],
  [33, 'LSR', '1001010ddddd0110'],
  [34, 'ROR', '1001010ddddd0111'],
  [35, 'DEC', '1001010ddddd1010'],
  [36, 'BSET', '100101000sss1000'],
  [37, 'BCLR', '100101001sss1000'],
  [38, 'IJMP', '1001010000001001'],
  [39, 'ICALL', '1001010100001001'],
  [40, 'RET', '1001010100001000'],
  [41, 'RETI', '1001010100011000'],
  [42, 'SLEEP', '1001010110001000'],
  [43, 'BREAK', '1001010110011000'],
  [44, 'WDR', '1001010110101000'],
  [45, 'LPM', '1001010111001000'],
  [46, 'SPM', '1001010111101000'],
  [47, 'JMP', '1001010kkkkk110k'],
  [48, 'CALL', '1001010kkkkk111k'],
  [49, 'ADIW', '10010110KKddKKKK'],
  [50, 'SBIW', '10010111KKddKKKK'],
  [51, 'CBI', '10011000AAAAAbbb'],
  [52, 'SBIC', '10011001AAAAAbbb'],
  [53, 'SBI', '10011010AAAAAbbb'],
  [54, 'SBIS', '10011011AAAAAbbb'],
  [55, 'MUL', '100111rdddddrrrr'],
  [56, 'RJMP', '1100kkkkkkkkkkkk'],
  [57, 'RCALL', '1101kkkkkkkkkkkk'],
  [58, 'LDI', '1110KKKKddddKKKK'],
  [59, 'BRBS', '111100kkkkkkksss'],
  [60, 'BRBC', '111101kkkkkkksss'],
  [61, 'BLD', '1111100ddddd0bbb'],
  [62, 'BST', '1111101ddddd0bbb'],
  [63, 'SBRC', '1111110ddddd0bbb'],
  [64, 'SBRS', '1111111ddddd0bbb'],
  // Parts with more than 128 KB of flash only (DS40002211A).
  [65, 'EIJMP', '1001010000011001', 'wide'],
  [66, 'EICALL', '1001010100011001', 'wide'],
  [67, 'ELPM', '1001010111011000', 'wide'],
  [68, 'ELPM Z', '1001000ddddd0110', 'wide'],
  [69, 'ELPM Z+', '1001000ddddd0111', 'wide'],
  [80, 'LDS', '1001000ddddd0000'],
  [81, 'LD Z+', '1001000ddddd0001'],
  [82, 'LD -Z', '1001000ddddd0010'],
  [83, 'LD Y+', '1001000ddddd1001'],
  [84, 'LD -Y', '1001000ddddd1010'],
  [85, 'LD X', '1001000ddddd1100'],
  [86, 'LD X+', '1001000ddddd1101'],
  [87, 'LD -X', '1001000ddddd1110'],
  [88, 'LDD Z+q', '10q0qq0ddddd0qqq'],
  [89, 'LDD Y+q', '10q0qq0ddddd1qqq'],
  [90, 'IN', '10110AAdddddAAAA'],
  [96, 'STS', '1001001ddddd0000'],
  [97, 'ST Z+', '1001001ddddd0001'],
  [98, 'ST -Z', '1001001ddddd0010'],
  [99, 'ST Y+', '1001001ddddd1001'],
  [100, 'ST -Y', '1001001ddddd1010'],
  [101, 'ST X', '1001001ddddd1100'],
  [102, 'ST X+', '1001001ddddd1101'],
  [103, 'ST -X', '1001001ddddd1110'],
  [104, 'STD Z+q', '10q0qq1ddddd0qqq'],
  [105, 'STD Y+q', '10q0qq1ddddd1qqq'],
  [106, 'OUT', '10111AAdddddAAAA'],
]

/** Opcode to operation number; `ILLEGAL` for what the part does not have. @param wide whether its program counter has more than 16 bits */
export function operationsOf(wide: boolean): Uint8Array {
  return wide ? ALL : WITHOUT_WIDE
}

/** Opcode to length in words: 2 for LDS, STS, JMP and CALL. */
export function isTwoWords(opcode: number): boolean {
  return (opcode & 0xfc0f) === 0x9000 || (opcode & 0xfe0c) === 0x940c
}

/** The name of an opcode's instruction, for traces and faults. */
export function instructionName(opcode: number): string {
  const operation = ALL[opcode]
  return INSTRUCTIONS.find(([number]) => number === operation)?.[1] ?? 'illegal'
}

const ALL = decodeTable(INSTRUCTIONS)
const WITHOUT_WIDE = decodeTable(INSTRUCTIONS.filter(([, , , wide]) => wide === undefined))

function decodeTable(instructions: readonly InstructionEntry[]): Uint8Array {
  const table = new Uint8Array(0x10000)
  for (const [operation, name, pattern] of instructions) {
    const value = Number.parseInt(pattern.replace(/[^01]/g, '0'), 2)
    const free = Number.parseInt(pattern.replace(/[01]/g, '0').replace(/[^0]/g, '1'), 2)
    // every subset of the free bits
    for (let bits = free; ; bits = (bits - 1) & free) {
      const opcode = value | bits
      if (table[opcode] !== ILLEGAL) throw new Error(`two instructions share opcode ${opcode.toString(16)} (${name})`)
      table[opcode] = operation
      if (bits === 0) break
    }
  }
  return table
}
