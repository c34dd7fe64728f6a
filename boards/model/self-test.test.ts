import { describe, expect, it } from 'vitest'
import { ChipAccess } from '../../firmware/enc28j60/access.js'
import { resetChip } from '../../firmware/enc28j60/reset.js'
import { builtInSelfTest } from '../../firmware/enc28j60/self-test.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { createBench } from '../faults/create-bench.js'

/** A board whose controller has released the chip, after a system reset; `faults` come first. */
function probe(...faults: string[]) {
  const { lab, board } = createBench({ board: 'uno', seed: 2, faults })
  lab.runFor(100 * MILLISECOND)
  board.controller.askForChip(() => {})
  lab.runFor(100 * MILLISECOND)
  const access = new ChipAccess()
  const run = <T>(program: SpiProgram<T>): T => {
    let value: { result: T } | undefined
    board.bus.run(program, (outcome) => {
      if (!outcome.ok) throw outcome.error
      value = { result: outcome.value }
    })
    lab.runUntil(() => value !== undefined, 5 * SECOND)
    if (value === undefined) throw new Error('the program did not end')
    return value.result
  }
  return { board, access, run }
}

describe('the chip’s own memory test, through the driver', () => {
  it('gives F807h for the address fill, 5AA5h and 56A9h for pattern fills (reference 15)', () => {
    const { access, run } = probe()
    run(resetChip(access))
    expect(run(builtInSelfTest(access, 'address'))).toEqual({ written: 0xf807, found: 0xf807, ended: true })
    expect(run(builtInSelfTest(access, 'pattern', { seed: 0x55, shift: 1 })).found).toBe(0x5aa5)
    expect(run(builtInSelfTest(access, 'pattern', { seed: 0x01, shift: 1 })).found).toBe(0x56a9)
    const random = run(builtInSelfTest(access, 'random', { seed: 0x37, swapPorts: true }))
    expect(random.found).toBe(random.written)
  })

  it('finds damaged memory: what is found is not what was written', () => {
    const { access, run } = probe('buffer-memory-bad')
    run(resetChip(access))
    const { written, found, ended } = run(builtInSelfTest(access, 'pattern', { seed: 0, shift: 0 }))
    expect({ written, ended }).toEqual({ written: 0xffff, ended: true })
    expect(found).not.toBe(written)
  })
})
