/** All wires are where they belong, and SPI is spoken otherwise than the chip does, or too faintly. */
import { faultFamily } from './fault.js'
import type { QuantityParameter } from './parameter.js'

function chance(title: string, usual: number, suffers: number): QuantityParameter {
  return { title, unit: 'share', min: 1e-7, max: 0.02, default: usual, scale: 'log', worse: 'higher', suffers }
}

export const SPI_HABIT_FAULTS = [
  faultFamily({
    name: 'spi-mode',
    layer: 'wiring',
    side: 'board',
    title: 'the controller uses another SPI mode than the chip',
    symptom: 'registers read shifted by a bit, and what is written ends up elsewhere',
    // An emulated controller executes a firmware, and that sets its mode itself.
    modes: ['model'],
    // The chip knows mode 0,0; mode 3 has the same edges (DS39662 4.1).
    parameters: {
      mode: { title: 'the mode that the controller uses', choices: ['1', '2', '3'], default: '1', suffers: ['1', '2'] },
    },
    breaks: ({ mode }) => ({
      apply: ({ board }) => {
        board.wires.harness.mode = mode === '1' ? 1 : mode === '2' ? 2 : 3
      },
    }),
  }),
  faultFamily({
    name: 'spi-bit-order',
    layer: 'wiring',
    side: 'board',
    title: 'the controller sends the lowest bit first',
    symptom: 'registers read like their mirror image, and what is written ends up elsewhere',
    modes: ['model'],
    breaks: () => ({
      apply: ({ board }) => {
        board.wires.harness.lowestFirst = true
      },
    }),
  }),
  faultFamily({
    name: 'sck-rings',
    layer: 'wiring',
    side: 'wire',
    title: 'edges of SCK ring, and the chip counts some twice',
    symptom: 'now and then an instruction is off by a bit, and something else is written than was meant',
    parameters: { rate: chance('the chance of a clock to be counted twice', 1e-4, 4e-6) },
    breaks: ({ rate }) => ({
      apply: ({ board }) => {
        board.wires.harness.ringing = rate
      },
    }),
  }),
  faultFamily({
    name: 'cs-glitches',
    layer: 'wiring',
    side: 'wire',
    title: 'chip select picks up spikes',
    symptom: 'now and then an instruction ends in its middle, and the rest is taken for another',
    parameters: { rate: chance('the chance at each clock', 1e-4, 4e-6) },
    breaks: ({ rate }) => ({
      apply: ({ board }) => {
        board.wires.harness.selectGlitches = rate
      },
    }),
  }),
  faultFamily({
    name: 'miso-weak',
    layer: 'wiring',
    side: 'wire',
    title: 'the chip’s 3.3 V on MISO are too little for the controller’s input',
    symptom: 'ones are read as zeros now and then, zeros never as ones',
    parameters: { rate: chance('the chance of a one to be read as a zero', 1e-3, 1e-5) },
    breaks: ({ rate }) => ({
      apply: ({ board }) => {
        board.wires.harness.weakHighs = rate
      },
    }),
  }),
] as const
