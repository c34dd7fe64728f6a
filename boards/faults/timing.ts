/** Right wires at the wrong speed. */
import { faultFamily } from './fault.js'

export const TIMING_FAULTS = [
  faultFamily({
    name: 'spi-too-fast',
    layer: 'timing',
    side: 'wire',
    title: 'the SPI clock is too fast for its wires',
    symptom: 'reads are shifted by one bit at full speed, and right at a slower clock',
    parameters: {
      carries: {
        title: 'what the wires carry, of the clock that the board uses',
        unit: 'share',
        min: 0.1,
        max: 0.99,
        default: 0.5,
        scale: 'linear',
        worse: 'lower',
        suffers: 0.99,
      },
    },
    breaks: ({ carries }) => ({
      apply: ({ board }) => {
        board.wires.highestClock = board.definition.chip.spiClock * carries
      },
    }),
  }),
] as const
