/** What feeds the board. */
import type { Bench } from './bench.js'
import { faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'
import type { QuantityParameter } from './parameter.js'

/** Repeats something for ever. */
function every(bench: Bench, period: number, action: () => void): void {
  bench.lab.clock.after(period, () => {
    action()
    every(bench, period, action)
  })
}

/** Beyond a minute and a half nobody connects what happens with what happened before. */
function interval(seconds: number): QuantityParameter {
  return {
    title: 'from one sag to the next',
    unit: 's',
    min: 0.5,
    max: 90,
    default: seconds,
    scale: 'log',
    worse: 'lower',
    suffers: 90,
  }
}

export const SUPPLY_FAULTS = [
  faultFamily({
    name: 'no-power',
    layer: 'supply',
    side: 'board',
    title: 'the board has no power',
    symptom: 'the serial port opens and nothing ever answers; no LED lights',
    breaks: () => ({
      apply: ({ board }) => {
        board.supplyConnected = false
      },
    }),
  }),
  faultFamily({
    name: 'brown-out',
    layer: 'supply',
    side: 'board',
    title: 'the board’s supply sags every few seconds',
    symptom: 'the board restarts every few seconds, with brown-out as the reset cause',
    parameters: {
      every: interval(3),
      volts: {
        title: 'what is left of the supply',
        unit: 'V',
        min: 1,
        max: 3.2,
        default: 2.2,
        scale: 'linear',
        worse: 'lower',
        // The chip resets below 2.95 V, long before the controller's detector at 2.7 V sees anything (reference 6).
        suffers: 2.94,
      },
      length: {
        title: 'how long a sag lasts',
        unit: 's',
        min: 20e-6,
        max: 0.3,
        default: 0.02,
        scale: 'log',
        worse: 'higher',
        suffers: 20e-6,
      },
    },
    breaks: (values) => ({
      apply: (bench) =>
        every(bench, nanoseconds(values.every), () => bench.board.sagSupply(values.volts, nanoseconds(values.length))),
    }),
  }),
  faultFamily({
    name: 'chip-brown-out',
    layer: 'supply',
    side: 'board',
    title: 'the 3.3 V of the chip sags while it works',
    symptom: 'works for a while, then registers are back at their reset values and nothing is received',
    parameters: {
      every: interval(2),
      volts: {
        title: 'what is left of the 3.3 V',
        unit: 'V',
        min: 0.5,
        max: 3.2,
        default: 2,
        scale: 'linear',
        worse: 'lower',
        suffers: 2.94,
      },
      length: {
        title: 'how long a sag lasts',
        unit: 's',
        min: 20e-6,
        max: 0.3,
        default: 0.005,
        scale: 'log',
        worse: 'higher',
        suffers: 20e-6,
      },
    },
    breaks: (values) => ({
      apply: (bench) =>
        every(bench, nanoseconds(values.every), () =>
          bench.board.sagChipSupply(nanoseconds(values.length), values.volts),
        ),
    }),
  }),
] as const
