/** What stands on the way from the board to its partner, and does not do what it should. */
import { FaultyBox, type FaultyBoxOptions } from '../ethernet/faulty-box.js'
import type { Bench } from './bench.js'
import { plugThrough } from './between.js'
import { faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'
import type { QuantityParameter } from './parameter.js'

/** Plugs the board's cable into a box, and the box into the partner. */
function putBox(bench: Bench, impairment: Omit<FaultyBoxOptions, 'clock' | 'random'>): void {
  const { clock, random } = bench.lab
  const box = new FaultyBox({ clock, random: random.fork('box'), ...impairment })
  plugThrough(bench, box.ports[0], box.ports[1])
}

function share(title: string, usual: number): QuantityParameter {
  return { title, unit: 'share', min: 1e-4, max: 0.9, default: usual, scale: 'log', worse: 'higher', suffers: 0.01 }
}

const WIRE = { layer: 'cable', side: 'wire' } as const

export const BOX_FAULTS = [
  faultFamily({
    ...WIRE,
    name: 'box-drops',
    title: 'a switch on the way loses frames',
    symptom: 'some pings are never answered, and no end counts an error',
    parameters: { rate: share('share of the frames, each way', 0.1) },
    breaks: ({ rate }) => ({ movesPlug: true, apply: (bench) => putBox(bench, { loss: rate }) }),
  }),
  faultFamily({
    ...WIRE,
    name: 'box-mangles',
    title: 'a switch on the way changes bits, and puts a right FCS behind them',
    symptom: 'frames arrive well by their FCS, and what is in them is wrong',
    parameters: { rate: share('share of the frames, each way', 0.1) },
    breaks: ({ rate }) => ({ movesPlug: true, apply: (bench) => putBox(bench, { corrupt: rate }) }),
  }),
  faultFamily({
    ...WIRE,
    name: 'box-duplicates',
    title: 'a box on the way sends frames twice',
    symptom: 'some pings are answered twice or more',
    parameters: { rate: share('share of the frames, each way', 0.3) },
    breaks: ({ rate }) => ({ movesPlug: true, apply: (bench) => putBox(bench, { duplicate: rate }) }),
  }),
  faultFamily({
    ...WIRE,
    name: 'box-delays',
    title: 'a box on the way holds frames back',
    symptom: 'pings are answered late, and otherwise all is well',
    parameters: {
      delay: {
        title: 'the delay, each way',
        unit: 's',
        min: 0.001,
        max: 2,
        default: 0.3,
        scale: 'log',
        worse: 'higher',
        suffers: 0.25,
      },
    },
    breaks: ({ delay }) => ({ movesPlug: true, apply: (bench) => putBox(bench, { delay: nanoseconds(delay) }) }),
  }),
  faultFamily({
    ...WIRE,
    name: 'box-reorders',
    title: 'frames overtake each other in a box on the way',
    symptom: 'pings are answered out of order, and TCP is slow',
    parameters: { rate: share('share of the frames, each way', 0.3) },
    breaks: ({ rate }) => ({ movesPlug: true, apply: (bench) => putBox(bench, { reorder: rate }) }),
  }),
  faultFamily({
    ...WIRE,
    name: 'box-drops-large',
    title: 'a box on the way loses long frames',
    symptom: 'short pings are answered, long ones never',
    parameters: {
      octets: {
        title: 'the longest that gets through',
        unit: 'octets',
        min: 60,
        max: 1513,
        default: 1000,
        scale: 'linear',
        whole: true,
        worse: 'lower',
        suffers: 1513,
      },
    },
    breaks: ({ octets }) => ({ movesPlug: true, apply: (bench) => putBox(bench, { longest: octets }) }),
  }),
] as const
