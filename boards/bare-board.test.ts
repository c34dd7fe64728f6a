import { expect, it } from 'vitest'
import { MILLISECOND } from '../firmware/hal/clock.js'
import { createBareBench } from './bare-board.js'
import { findBoard } from './catalogue/catalogue.js'
import { FAULTS } from './faults/registry.js'

it('does nothing by itself, and has its chip, its wires and its link', () => {
  const { board, lab } = createBareBench({ board: findBoard('uno') })
  lab.runFor(300 * MILLISECOND)
  expect(board.chip.linkUp).toBe(true)
  expect(board.chip.counters).toMatchObject({ sent: 0, received: 0 })
  expect([...board.wires.transfer(Uint8Array.of(0x1d), 1)]).toEqual([0x01]) // ESTAT: CLKRDY
  expect(board.chip.findings).toEqual([])
})

it('can have every fault but those of a controller and its serial line', () => {
  const refused: string[] = []
  for (const { name, boards } of FAULTS.values()) {
    const board = findBoard(boards?.[0] ?? 'uno')
    try {
      createBareBench({ board, faults: [name] }).lab.runFor(MILLISECOND)
    } catch (error) {
      expect((error as Error).message).toContain('the client is in their place')
      refused.push(name)
    }
  }
  expect(refused).toEqual(
    expect.arrayContaining(['serial-noise', 'computer-slow', 'spi-mode', 'spi-bit-order', 'spi-slow']),
  )
  for (const name of [
    'miso-open',
    'brown-out',
    'crystal-missing',
    'cable-noise',
    'partner-full-duplex',
    'spi-too-fast',
  ])
    expect(refused).not.toContain(name)
  expect(FAULTS.size - refused.length).toBeGreaterThan(60)
})
