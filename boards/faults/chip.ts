/** The chip, and what it needs around it. */
import type { Fault } from './fault.js'

export const CHIP_FAULTS: readonly Fault[] = [
  {
    name: 'crystal-missing',
    layer: 'chip',
    title: 'the 25 MHz crystal is missing',
    symptom: 'ETH registers answer, CLKRDY never comes, and the PHY is dead',
    board: { crystal: false },
  },
]
