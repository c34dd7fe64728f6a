/** Single conductors of the serial line, and how each end frames its characters. The host is at end a, the board at end b. */
import { LineReception } from '../rs232/reception.js'
import { CABLE_CAPACITANCE, LINE_STANDARDS } from '../rs232/standards.js'
import type { LineDirection } from '../rs232/uart-line.js'
import type { Bench } from './bench.js'
import { type Fault, faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'
import type { QuantityParameter } from './parameter.js'

const { driver, receiver } = LINE_STANDARDS.ttl

function one<const Name extends string>(
  name: Name,
  title: string,
  symptom: string,
  apply: (bench: Bench) => void,
): Fault<Name, never> {
  return faultFamily({ name, layer: 'serial', side: 'wire', title, symptom, breaks: () => ({ apply }) })
}

function open(direction: LineDirection) {
  return ({ board }: Bench) =>
    board.uart.setReception(new LineReception({ driver, receiver, connected: false }), direction)
}

/** Whatever its driver does, the conductor is at ground. */
function grounded(direction: LineDirection) {
  return ({ board }: Bench) =>
    board.uart.setReception(new LineReception({ driver: { ...driver, mark: 0, space: 0 }, receiver }), direction)
}

const INVERTED = { ...receiver, highIs: receiver.highIs === 1 ? (0 as const) : (1 as const) }

function noise(suffers: number): QuantityParameter {
  return {
    title: 'the chance of a bit to be inverted',
    unit: 'share',
    min: 1e-6,
    max: 0.02,
    default: 2e-4,
    scale: 'log',
    worse: 'higher',
    suffers,
  }
}

export const SERIAL_CONDUCTOR_FAULTS = [
  one('serial-rx-open', 'the board’s RXD is open', 'the board announces itself and answers nothing', open('a-to-b')),
  one(
    'serial-tx-open',
    'the board’s TXD is open',
    'nothing ever comes, and yet the board does what it is told',
    open('b-to-a'),
  ),
  one(
    'serial-rx-shorted',
    'the board’s RXD is shorted to ground',
    'the board announces itself, takes its line for one long break and answers nothing',
    grounded('a-to-b'),
  ),
  one(
    'serial-tx-shorted',
    'the board’s TXD is shorted to ground',
    'one long break comes and nothing else',
    grounded('b-to-a'),
  ),
  faultFamily({
    name: 'serial-inverted',
    layer: 'serial',
    side: 'wire',
    title: 'an inverter is in the serial line',
    symptom: 'every bit is upside down, and the line at rest is one long break',
    parameters: { way: { title: 'in which direction', choices: ['both', 'to-board', 'from-board'], default: 'both' } },
    breaks: ({ way }) => ({
      apply: ({ board }) => {
        for (const [direction, other] of [
          ['a-to-b', 'from-board'],
          ['b-to-a', 'to-board'],
        ] as const) {
          if (way !== other) board.uart.setReception(new LineReception({ driver, receiver: INVERTED }), direction)
        }
      },
    }),
  }),
  faultFamily({
    name: 'serial-rx-noise',
    layer: 'serial',
    side: 'wire',
    title: 'noise on the wire to the board flips bits',
    symptom: 'what the board is told arrives damaged and is sent again, what it says is fine',
    parameters: { rate: noise(5e-6) },
    breaks: ({ rate }) => ({ apply: ({ board }) => board.uart.setFaults({ bitErrorRate: rate }, 'a-to-b') }),
  }),
  faultFamily({
    name: 'serial-tx-noise',
    layer: 'serial',
    side: 'wire',
    title: 'noise on the wire from the board flips bits',
    symptom: 'what the board says arrives damaged and is sent again, what it is told is fine',
    parameters: { rate: noise(5e-6) },
    breaks: ({ rate }) => ({ apply: ({ board }) => board.uart.setFaults({ bitErrorRate: rate }, 'b-to-a') }),
  }),
  faultFamily({
    name: 'serial-insertions',
    layer: 'serial',
    side: 'wire',
    title: 'spikes make octets that nobody sent',
    symptom: 'cells arrive too long, delineation is lost and found again; everything is slower, nothing is wrong',
    parameters: {
      rate: {
        title: 'the chance of one behind each octet',
        unit: 'share',
        min: 1e-6,
        max: 0.02,
        default: 1e-3,
        scale: 'log',
        worse: 'higher',
        suffers: 5e-5,
      },
    },
    breaks: ({ rate }) => ({ apply: ({ board }) => board.uart.setFaults({ insertRate: rate }) }),
  }),
  faultFamily({
    name: 'serial-bursts',
    layer: 'serial',
    side: 'wire',
    title: 'a motor or relay beside the serial line',
    symptom: 'now and then nothing is understood for a moment, either way',
    parameters: {
      every: {
        title: 'from one burst to the next',
        unit: 's',
        min: 0.05,
        max: 30,
        default: 0.5,
        scale: 'log',
        worse: 'lower',
        suffers: 30,
      },
      length: {
        title: 'how long a burst lasts',
        unit: 's',
        min: 10e-6,
        max: 0.05,
        default: 0.005,
        scale: 'log',
        worse: 'higher',
        suffers: 10e-6,
      },
    },
    breaks: (values) => ({
      apply: ({ board, lab }) => {
        const burst = () => {
          board.uart.burst(nanoseconds(values.length))
          lab.clock.after(nanoseconds(values.every), burst)
        }
        lab.clock.after(nanoseconds(values.every), burst)
      },
    }),
  }),
  faultFamily({
    name: 'serial-too-long',
    layer: 'serial',
    side: 'wire',
    title: 'the serial cable is too long for its rate',
    symptom: 'edges are so slow that bits run into each other; at a lower rate it works',
    parameters: {
      // A pin of 20 mA moves 5 V over 160 pF a metre: 0.8 µs over 25 m, most of a bit at 1 Mbaud.
      length: {
        title: 'from end to end',
        unit: 'm',
        min: 1,
        max: 1000,
        default: 100,
        scale: 'log',
        worse: 'higher',
        suffers: 25,
      },
    },
    breaks: ({ length }) => ({
      apply: ({ board }) => {
        for (const direction of ['a-to-b', 'b-to-a'] as const) {
          board.uart.setReception(
            new LineReception({ driver, receiver, capacitance: length * CABLE_CAPACITANCE }),
            direction,
          )
        }
      },
    }),
  }),
  faultFamily({
    name: 'serial-data-bits',
    layer: 'serial',
    side: 'board',
    title: 'the board’s UART is set to fewer data bits',
    symptom: 'nothing is understood either way: each octet lacks its highest bits',
    parameters: { bits: { title: 'what it is set to', choices: ['7', '6', '5'], default: '7' } },
    breaks: ({ bits }) => ({
      apply: ({ board }) => {
        board.uart.b.framingFault = { dataBits: bits === '7' ? 7 : bits === '6' ? 6 : 5, parity: 'none', stopBits: 1 }
      },
    }),
  }),
  faultFamily({
    name: 'serial-flow-stuck',
    layer: 'serial',
    side: 'board',
    title: 'the board’s port waits for a CTS that never comes',
    symptom: 'nothing ever comes, although the board has power and hears',
    breaks: () => ({
      apply: ({ board }) => {
        board.uart.b.flowControl = true
      },
    }),
  }),
  one('serial-echo', 'the board’s TXD and RXD touch', 'this computer reads back whatever it sends', ({ board }) => {
    board.uart.observe('a-to-b', { received: (octet) => board.uart.b.write(Uint8Array.of(octet)) })
  }),
] as const
