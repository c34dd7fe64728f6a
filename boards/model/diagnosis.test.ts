import { describe, expect, it } from 'vitest'
import { ChipAccess } from '../../firmware/enc28j60/access.js'
import {
  builtInSelfTest,
  dumpRegisters,
  interruptTest,
  memoryTest,
  pointerTest,
} from '../../firmware/enc28j60/diagnosis.js'
import { resetChip } from '../../firmware/enc28j60/reset.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { createBench } from '../faults/bench.js'

/** A board whose controller has let the chip go, after a system reset; `faults` come first. */
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

describe('programs for a person with a probe', () => {
  it('dump every register: after a system reset those are the reset values (reference 3)', () => {
    const { access, run } = probe()
    run(resetChip(access))
    const { control, phy } = run(dumpRegisters(access))
    expect(control).toMatchObject({ ECON2: 0x80, ESTAT: 0x01, ERXSTL: 0xfa, ERXSTH: 0x05, ERXNDL: 0xff, ERXNDH: 0x1f })
    expect(control).toMatchObject({ ERXFCON: 0xa1, MACLCON2: 0x37, MAMXFLH: 0x06, EPAUSH: 0x10, EREVID: 0x06 })
    expect(phy).toMatchObject({ PHID1: 0x0083, PHID2: 0x1400, PHCON1: 0, PHCON2: 0 })
    expect(phy.PHLCON & 0xfffe).toBe(0x3422)
  })

  it('write and read pointers: none wrong on sound wires, some on wires that are too long', () => {
    const sound = probe()
    expect(sound.run(pointerTest(sound.access, 'ERDPT', 50))).toBe(0)
    const broken = probe()
    broken.board.wires.bitErrorRate = 0.002
    expect(broken.run(pointerTest(broken.access, 'ERDPT', 50))).toBeGreaterThan(0)
  })

  it('fill and read all of memory: 8192 octets right, or the address of the cell that is stuck', () => {
    const sound = probe()
    expect(sound.run(memoryTest(sound.access, 1))).toEqual({ octets: 8192, wrong: 0, firstWrong: undefined })
    const broken = probe('buffer-memory-bad')
    const results = [1, 0x21].map((seed) => broken.run(memoryTest(broken.access, seed)))
    expect(results.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(1)
    expect(results.find(({ wrong }) => wrong === 1)?.firstWrong).toBe(0x0400)
  })

  it('run the self-test: F807h for the address fill, 5AA5h and 56A9h for pattern fills (reference 15)', () => {
    const { access, run } = probe()
    run(resetChip(access))
    expect(run(builtInSelfTest(access, 'address'))).toEqual({ written: 0xf807, found: 0xf807, ended: true })
    expect(run(builtInSelfTest(access, 'pattern', { seed: 0x55, shift: 1 })).found).toBe(0x5aa5)
    expect(run(builtInSelfTest(access, 'pattern', { seed: 0x01, shift: 1 })).found).toBe(0x56a9)
    const random = run(builtInSelfTest(access, 'random', { seed: 0x37, swapPorts: true }))
    expect(random.found).toBe(random.written)
  })

  it('run the self-test on damaged memory: what is found is not what was written', () => {
    const { access, run } = probe('buffer-memory-bad')
    run(resetChip(access))
    const { written, found, ended } = run(builtInSelfTest(access, 'pattern', { seed: 0, shift: 0 }))
    expect({ written, ended }).toEqual({ written: 0xffff, ended: true })
    expect(found).not.toBe(written)
  })

  it.each([
    [undefined, { fell: true, rose: true }],
    ['miso-open', { fell: true, rose: true }],
    ['cs-stuck-high', { fell: false, rose: true }],
    ['mosi-miso-swapped', { fell: false, rose: true }],
    ['int-open', { fell: false, rose: true }],
  ])('ask the chip to move INT: with %s', (fault, expected) => {
    const { board, access, run } = probe(...(fault === undefined ? [] : [fault]))
    expect(run(interruptTest(access, () => board.wires.interrupt.high))).toEqual(expected)
  })
})
