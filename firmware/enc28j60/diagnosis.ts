/**
 * What a person with a probe would try, as programs: each needs SPI alone (reference 20, "diagnostic ladder"). They leave
 * the chip in need of a reset and bring-up; run them while nobody else uses it.
 */
import type { SpiProgram } from '../hal/spi.js'
import { Batch, type ChipAccess, type PairName, readPair, readRegisters } from './access.js'
import { readPhy } from './phy.js'
import { BITS, BUFFER_SIZE, PHY_REGISTERS, type PhyRegisterName, REGISTERS, type RegisterName } from './registers.js'

export interface RegisterDump {
  readonly control: Readonly<Record<RegisterName, number>>
  readonly phy: Readonly<Record<PhyRegisterName, number>>
}

/** Every register, PHY included. Reading PHSTAT1 and PHIR clears what they have latched. */
export function* dumpRegisters(access: ChipAccess): SpiProgram<RegisterDump> {
  const names = Object.keys(REGISTERS) as RegisterName[]
  const values = yield* readRegisters(access, names)
  const control = Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<RegisterName, number>
  const phy: Partial<Record<PhyRegisterName, number>> = {}
  for (const name of Object.keys(PHY_REGISTERS) as PhyRegisterName[]) phy[name] = yield* readPhy(access, name)
  return { control, phy: phy as Record<PhyRegisterName, number> }
}

/** Values that a 13-bit pointer holds with every wire and cell exercised. */
const POINTER_PATTERNS = [0x0000, 0x1fff, 0x0aaa, 0x1555]

/** Writes patterns to a pointer and reads them back, `rounds` times. @returns how many came back wrong. */
export function* pointerTest(access: ChipAccess, pair: PairName, rounds: number): SpiProgram<number> {
  let wrong = 0
  for (let round = 0; round < rounds; round++) {
    const batch = new Batch(access)
    const replies = POINTER_PATTERNS.map((pattern) => batch.writePair(pair, pattern).readPair(pair))
    yield* batch.run()
    wrong += replies.filter((reply, i) => reply.value !== POINTER_PATTERNS[i]).length
  }
  access.readPointer = undefined
  return wrong
}

/** Octets of one transfer of the memory test: bounded, because a bridge keeps a transfer whole. */
const CHUNK = 512

export interface MemoryTestResult {
  readonly octets: number
  readonly wrong: number
  /** The first address that read back wrong. */
  readonly firstWrong: number | undefined
}

/**
 * Fills the whole buffer memory over SPI with an address-dependent pattern and reads it back. The receiver must be off.
 * @param seed changes the pattern; the same seed gives the same one.
 */
export function* memoryTest(access: ChipAccess, seed: number): SpiProgram<MemoryTestResult> {
  const expected = (address: number) => ((address * 167 + (address >> 8) * 59 + seed) ^ (address >> 5)) & 0xff
  // The read pointer wraps at ERXND wherever it meets it (DS39662 3.2.2): put the wrap at the end of memory.
  yield* new Batch(access)
    .writePair('ERXST', 0)
    .writePair('ERXND', BUFFER_SIZE - 1)
    .writePair('EWRPT', 0)
    .run()
  for (let at = 0; at < BUFFER_SIZE; at += CHUNK) {
    const octets = Uint8Array.from({ length: CHUNK }, (_, i) => expected(at + i))
    yield* new Batch(access).writeBuffer(octets).run()
  }
  yield* new Batch(access).writePair('ERDPT', 0).run()
  let wrong = 0
  let firstWrong: number | undefined
  for (let at = 0; at < BUFFER_SIZE; at += CHUNK) {
    const batch = new Batch(access)
    const reply = batch.readBuffer(CHUNK)
    yield* batch.run()
    for (let i = 0; i < CHUNK; i++) {
      if (reply.octets[i] === expected(at + i)) continue
      wrong++
      firstWrong ??= at + i
    }
  }
  return { octets: BUFFER_SIZE, wrong, firstWrong }
}

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

/**
 * Does INT follow the chip? Enables the DMA interrupt and lets the DMA add up two octets (INT falls), then clears the flag
 * (INT rises). This is the one answer of the chip that does not come over MISO, so it tells a broken MISO from a chip
 * that hears nothing.
 * @param level reads the controller's INT input.
 */
export function* interruptTest(access: ChipAccess, level: () => boolean): SpiProgram<{ fell: boolean; rose: boolean }> {
  const { EIE, EIR, ECON1 } = BITS
  access.forget() // with MISO open nothing read so far means anything
  yield* new Batch(access)
    .clear('ECON1', ECON1.DMAST)
    .writePair('EDMAST', 0)
    .writePair('EDMAND', 1)
    .clear('EIR', EIR.DMAIF | EIR.TXIF | EIR.TXERIF | EIR.RXERIF)
    .write('EIE', EIE.INTIE | EIE.DMAIE)
    .set('ECON1', ECON1.CSUMEN)
    .set('ECON1', ECON1.DMAST)
    .run()
  yield { wait: 1_000_000 }
  const fell = !level()
  yield* new Batch(access).clear('EIR', EIR.DMAIF).run()
  yield { wait: 1_000_000 }
  const rose = level()
  yield* new Batch(access).write('EIE', 0).clear('ECON1', ECON1.CSUMEN).run()
  return { fell, rose }
}
