/**
 * The chip's own test of its memory, as a program that needs SPI alone. It leaves the chip in need of a reset and bring-up;
 * run it while nobody else uses it.
 */
import type { SpiProgram } from '../hal/spi.js'
import { Batch, type ChipAccess, readPair, readRegisters } from './access.js'
import { BITS, BUFFER_SIZE } from './registers.js'

/** Fill modes of the built-in self-test (DS39662 15). */
export type BistMode = 'random' | 'address' | 'pattern'
const TEST_MODE: Readonly<Record<BistMode, number>> = { random: 0, address: 1 << 2, pattern: 2 << 2 }

export interface BistResult {
  /** What the test engine says it wrote (EBSTCS), and what the DMA found (EDMACS). */
  readonly written: number
  readonly found: number
  readonly ended: boolean
}

/** Polls for the end, 100 us apart: filling and adding 8192 octets take 0.33 ms each (reference 14.2, 15). */
const BIST_POLLS = 50

/**
 * The memory's built-in self-test: fills all of it and compares the checksums of two engines. Destroys its content.
 * @param seed EBSTSD; @param shift PSV, for the pattern mode.
 */
export function* builtInSelfTest(
  access: ChipAccess,
  mode: BistMode,
  options: { readonly seed?: number; readonly shift?: number; readonly swapPorts?: boolean } = {},
): SpiProgram<BistResult> {
  const { ECON1, EBSTCON } = BITS
  const control =
    TEST_MODE[mode] | EBSTCON.TME | ((options.shift ?? 0) << 5) | (options.swapPorts === true ? EBSTCON.PSEL : 0)
  yield* new Batch(access)
    .clear('ECON1', ECON1.DMAST | ECON1.RXEN | ECON1.TXRTS)
    .writePair('ERXST', 0)
    .writePair('ERXND', BUFFER_SIZE - 1)
    .writePair('EDMAST', 0)
    .writePair('EDMAND', BUFFER_SIZE - 1)
    .set('ECON1', ECON1.CSUMEN)
    .write('EBSTSD', options.seed ?? 0)
    .write('EBSTCON', control)
    .set('EBSTCON', EBSTCON.BISTST)
    .set('ECON1', ECON1.DMAST)
    .run()
  let ended = false
  for (let poll = 0; poll < BIST_POLLS && !ended; poll++) {
    yield { wait: 100_000 }
    const [econ1, ebstcon] = yield* readRegisters(access, ['ECON1', 'EBSTCON'])
    ended = (econ1 & ECON1.DMAST) === 0 && (ebstcon & EBSTCON.BISTST) === 0
  }
  const written = yield* readPair(access, 'EBSTCS')
  const found = yield* readPair(access, 'EDMACS')
  yield* new Batch(access)
    .clear('ECON1', ECON1.DMAST | ECON1.CSUMEN)
    .write('EBSTCON', 0)
    .run()
  return { written, found, ended }
}
