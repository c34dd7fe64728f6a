/** Right wires at the wrong speed. */
import type { Fault } from './fault.js'

export const TIMING_FAULTS = [
  {
    name: 'spi-too-fast',
    layer: 'timing',
    title: 'the SPI clock is too fast for its wires',
    symptom: 'reads are shifted by one bit at full speed, and right at a slower clock',
    apply: ({ board }) => {
      board.wires.highestClock = board.definition.chip.spiClock / 2
    },
  },
] as const satisfies readonly Fault[]
