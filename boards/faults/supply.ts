/** What feeds the board. */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Bench } from './bench.js'
import type { Fault } from './fault.js'

/** Repeats something for ever. */
function every(bench: Bench, period: number, action: () => void): void {
  bench.lab.clock.after(period, () => {
    action()
    every(bench, period, action)
  })
}

export const SUPPLY_FAULTS = [
  {
    name: 'no-power',
    layer: 'supply',
    title: 'the board has no power',
    symptom: 'the serial port opens and nothing ever answers; no LED lights',
    apply: ({ board }) => {
      board.supplyConnected = false
    },
  },
  {
    name: 'brown-out',
    layer: 'supply',
    title: 'the board’s supply sags every few seconds',
    symptom: 'the board starts anew every few seconds, with brown-out as the reset cause',
    apply: (bench) => every(bench, 3 * SECOND, () => bench.board.sagSupply(2.2, 20 * MILLISECOND)),
  },
  {
    name: 'chip-brown-out',
    layer: 'supply',
    title: 'the 3.3 V of the chip sags while it works',
    symptom: 'works for a while, then registers are back at their reset values and nothing is received',
    apply: (bench) => every(bench, 2 * SECOND, () => bench.board.sagChipSupply(5 * MILLISECOND)),
  },
] as const satisfies readonly Fault[]
