/** Two chips that run the same programs. */
import { counted } from './counted.js'
import { times } from './times.js'

export const AGAINST_WORDS = {
  'against.comparing': ({
    target,
    against,
    seed,
  }: {
    readonly target: string
    readonly against: string
    readonly seed: number
  }) => `Comparing ${target} with ${against} (seed ${seed})`,
  'against.program': ({ number, programs }: { readonly number: number; readonly programs: number }) =>
    `program ${number} of ${programs}`,
  'against.same': ({ programs, operations }: { readonly programs: number; readonly operations: number }) =>
    `SAME  ${counted(programs, 'program')}, ${counted(operations, 'operation')}: no difference`,
  'against.differs': ({ program, operations }: { readonly program: number; readonly operations: number }) =>
    `DIFFERENT  in program ${program}, after ${counted(operations, 'operation')}`,
  'against.shortest': 'The shortest program that was found to show it:',
  'against.cut-off': 'The program up to there:',
  'against.answers': ({ expected, got }: ChipAnswers) => `should be: ${expected}; is: ${got}`,
  'against.failed': ({ why }: { readonly why: string }) => `failed: ${why}`,
  'against.done': 'done',
  'against.bits': ({ of, expected, got, bits }: ChipReading) =>
    `${of} is ${got} and should be ${expected}: ${bits.join(', ')}`,
  'against.rule': 'rule',
  'against.again': ({ differed, of }: { readonly differed: number; readonly of: number }) =>
    differed === of
      ? 'It differs each time.'
      : `Run again ${times(of)}, the program differed ${times(differed)}: it comes and goes, as with noise on the wires or a weak supply.`,
  'against.left-out': 'Not compared:',
  'against.left-out-of': ({ registers, why }: { readonly registers: readonly string[]; readonly why: string }) =>
    `${registers.join(', ')}: ${why}`,

  'against.why.revision': 'every revision of the silicon has another number',
  'against.why.link': 'what is at the other end of the cable decides it',
  'against.why.strap': 'the LED at LEDB decides it at each reset',
  'against.why.brought': 'it is what the PHY said last',
  'against.why.kept': 'no reset puts it back',
  'against.why.reserved': 'a chip may answer anything in reserved bits',
  'against.why.reserved-of': 'reserved bits',

  'against.rule.reset':
    'After a system reset the clock is ready, ESTAT bit 3 reads 0, and registers hold their reset values.',
  'against.rule.memory': 'RBM reads what WBM wrote: from address to address, and from ERXND to ERXST.',
  'against.rule.read-pointer': 'RBM moves ERDPT on by an octet each time, from ERXND to ERXST, while AUTOINC is set.',
  'against.rule.write-pointer': 'WBM moves EWRPT on by an octet each time, from 1FFFh to 0000h, while AUTOINC is set.',
  'against.rule.checksum': 'EDMACS is the Internet checksum of the octets from EDMAST to EDMAND.',
  'against.rule.copy': 'The DMA clears DMAST once the octets from EDMAST to EDMAND are at EDMADST.',
  'against.rule.phy': ({ register }: { readonly register: string }) =>
    `${register} keeps what the MII writes in the bits that can be written.`,
  'against.rule.bit-field': 'BFS sets and BFC clears the bits that are named, and no others.',
  'against.rule.register': ({ register }: { readonly register: string }) =>
    `${register} reads as it was written, or else as a reset leaves it; bits that are not implemented read 0.`,
  'against.rule.late-register': ({ register }: { readonly register: string }) =>
    `${register} reads as it was written, or else as a reset leaves it, behind a dummy octet.`,
}

export interface ChipAnswers {
  readonly expected: string
  readonly got: string
}

export interface ChipReading extends ChipAnswers {
  readonly of: string
  readonly bits: readonly string[]
}
