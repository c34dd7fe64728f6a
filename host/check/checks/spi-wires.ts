/** What splits one broken wire from another, and a wire from what is behind it. */
import { OPCODE, REGISTERS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { BoardCheck, ChipUnderTest } from '../context.js'
import { BIT_ORDER, CLOCK_SWEEP } from '../figures/spi.js'
import { measure } from '../measure.js'
import { blindReset, fresh, pause } from '../probe.js'
import { PIN_CHECKS } from './spi-pins.js'

const ONE_BIT = Array.from({ length: 8 }, (_, bit) => 1 << bit)

function reversed(octet: number): number {
  return ONE_BIT.reduce((sum, bit, index) => sum | ((octet & bit) !== 0 ? 0x80 >> index : 0), 0)
}

/**
 * The same with every octet turned around before it is sent and after it was read, for a controller that sends the lowest bit first.
 * Behind a reset bank 0 is selected, where ETXNDL keeps all eight bits (DS39662 table 3-1).
 */
function* readMirrored(): SpiProgram<number> {
  const frame = (write: readonly number[], read: number) => ({ write: Uint8Array.from(write, reversed), read })
  const { address } = REGISTERS.ETXNDL
  yield { transfers: [frame([OPCODE.SRC], 0)] }
  yield* pause(2 * MILLISECOND)
  const transfers = ONE_BIT.flatMap((octet) => [frame([OPCODE.WCR | address, octet], 0), frame([address], 1)])
  const replies = yield { transfers }
  const right = ONE_BIT.filter((octet, index) => reversed(replies[2 * index + 1][0]) === octet)
  yield { transfers: [frame([OPCODE.SRC], 0)] }
  yield* pause(2 * MILLISECOND)
  return right.length
}

/** One bit at a time through a register that keeps all eight: a wrong mode shifts it, a wrong order turns it around. */
const bitOrder: BoardCheck = {
  id: 'spi.bit-order',
  layer: 'spi',
  reference: 'DS39662 4.1 and figure 4-1 (mode 0,0, most significant bit first)',
  needs: ['spi.bridge'],
  async run({ chip }) {
    const read = await chip.run(
      (function* (): SpiProgram<number[]> {
        yield* blindReset()
        const batch = fresh()
        const answers = ONE_BIT.map((octet) => {
          batch.write('EHT1', octet)
          return batch.read('EHT1')
        })
        batch.write('EHT1', 0)
        yield* batch.run()
        return answers.map((answer) => answer.value)
      })(),
    )
    // What is turned around is no instruction to a chip that is asked as it should be.
    const turned = read.every((found, index) => found === ONE_BIT[index]) ? undefined : await chip.run(readMirrored())
    const count = (test: (found: number, wrote: number) => boolean): number =>
      read.filter((found, index) => test(found, ONE_BIT[index])).length
    return {
      measurements: [
        measure(
          BIT_ORDER.wrong,
          count((found, wrote) => found !== wrote),
        ),
        measure(
          BIT_ORDER.late,
          count((found, wrote) => found === wrote >> 1),
        ),
        measure(
          BIT_ORDER.early,
          count((found, wrote) => (found & 0xfe) === ((wrote << 1) & 0xff)),
        ),
        measure(
          BIT_ORDER.reversed,
          count((found, wrote) => found === reversed(wrote) && found !== wrote),
        ),
        ...(turned === undefined ? [] : [measure(BIT_ORDER.mirrored, turned)]),
        measure(
          BIT_ORDER.set,
          read.reduce((bits, found) => bits | found, 0),
        ),
        measure(
          BIT_ORDER.cleared,
          read.reduce((bits, found) => bits | (~found & 0xff), 0),
        ),
      ],
    }
  },
}

/** Hertz; 20 MHz is the most that the chip takes (DS39662 16.0). */
const CLOCKS = [500_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000, 10_000_000, 16_000_000, 20_000_000] as const
const SWEEP_READS = 12

function* readAndWrite(): SpiProgram<number> {
  const batch = fresh()
  const patterns = Array.from({ length: SWEEP_READS }, (_, index) => (index % 2 === 0 ? 0x1555 : 0x0aaa))
  const answers = patterns.map((pattern) => {
    batch.writePair('ERDPT', pattern)
    return batch.readPair('ERDPT')
  })
  const control = Array.from({ length: SWEEP_READS }, () => batch.read('ECON2'))
  yield* batch.run()
  return (
    answers.filter((answer, index) => answer.value !== patterns[index]).length +
    control.filter((answer) => answer.value !== REGISTERS.ECON2.reset).length
  )
}

/** Wrong answers at a clock, and the clock that was really set. */
async function wrongAt(chip: ChipUnderTest, hertz: number): Promise<{ set: number | undefined; wrong: number }> {
  return { set: await chip.setClock(hertz), wrong: await chip.run(readAndWrite()) }
}

const clockSweep: BoardCheck = {
  id: 'spi.clock-sweep',
  layer: 'spi',
  reference: 'DS39662 16.0 (SCK up to 20 MHz) and table 16-6',
  needs: ['spi.bridge'],
  async run({ chip }) {
    const { clock } = await chip.interface()
    if (clock === undefined) return { measurements: [measure(CLOCK_SWEEP.tried, 0)] }
    const found = new Map<number, number>()
    try {
      await chip.run(blindReset())
      for (const hertz of CLOCKS) {
        const { set, wrong } = await wrongAt(chip, hertz)
        if (set === undefined || found.has(set)) continue
        found.set(set, wrong)
      }
    } finally {
      await chip.setClock(clock)
    }
    const clocks = [...found.keys()].sort((a, b) => a - b)
    const bad = clocks.find((each) => found.get(each)! > 0)
    const safe = clocks.filter((each) => bad === undefined || each < bad)
    return {
      measurements: [
        measure(CLOCK_SWEEP.highest, safe.length === 0 ? 0 : safe[safe.length - 1] / 1e6, { min: clock / 1e6 }),
        measure(CLOCK_SWEEP.wrongAtLowest, clocks.length === 0 ? null : found.get(clocks[0])!),
        measure(CLOCK_SWEEP.wrongAtUsual, found.get(clock) ?? null),
        measure(CLOCK_SWEEP.tried, clocks.length),
      ],
    }
  },
}

export const WIRE_CHECKS: readonly BoardCheck[] = [...PIN_CHECKS, bitOrder, clockSweep]
