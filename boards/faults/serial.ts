/** The serial line between host and board. */
import type { BoardDefinition } from '../catalogue/definition.js'
import { faultFamily } from './fault.js'
import type { QuantityParameter } from './parameter.js'

/** What the board's firmware was set to, when this computer believes something else: the first that is another, by default. */
const OTHER_RATES = [115_200, 500_000] as const
const RATES = ['other', '9600', '19200', '38400', '57600', '115200', '250000', '500000', '1000000', '2000000'] as const

function otherRate(rate: (typeof RATES)[number], { serial }: BoardDefinition): number {
  return rate === 'other' ? (OTHER_RATES.find((each) => each !== serial.baud) ?? serial.baud) : Number(rate)
}

/** A share of the octets of a serial line, as a parameter. */
function share(title: string, usual: number, suffers: number): QuantityParameter {
  return { title, unit: 'share', min: 1e-6, max: 0.02, default: usual, scale: 'log', worse: 'higher', suffers }
}

export const SERIAL_FAULTS = [
  faultFamily({
    name: 'serial-noise',
    layer: 'serial',
    side: 'wire',
    title: 'noise on the serial line flips bits',
    symptom: 'cells arrive with wrong checks and are sent again; everything is slower, nothing is wrong',
    // A cell has some 700 bits, and a ping takes a few of them: one in a hundred is late.
    parameters: { rate: share('the chance of a bit to be inverted', 2e-4, 5e-6) },
    breaks: ({ rate }) => ({
      apply: ({ board }) => board.uart.setFaults({ bitErrorRate: rate }),
    }),
  }),
  faultFamily({
    name: 'baud-off-6-percent',
    layer: 'serial',
    side: 'board',
    title: 'the board’s baud rate is off by some per cent',
    symptom: 'octets arrive with framing errors and wrong bits; no session comes about',
    parameters: {
      error: {
        title: 'how far off; below zero it is too slow',
        unit: '%',
        min: -10,
        max: 10,
        default: 6,
        scale: 'linear',
        worse: 'away',
        // 16-fold sampling of ten bits bears 4.6 % (reference 22).
        suffers: 4.6,
      },
    },
    // A wrong crystal or a wrong F_CPU.
    breaks: ({ error }) => ({
      apply: ({ board }) => {
        board.uart.b.clockError = error / 100
      },
    }),
  }),
  faultFamily({
    name: 'serial-wrong-baud',
    layer: 'serial',
    side: 'board',
    title: 'the board talks at another baud rate than this computer was told',
    symptom: 'not one cell is understood either way; at another rate the board answers at once',
    parameters: {
      baud: { title: 'the rate at which it talks; one of the usual ones by default', choices: RATES, default: 'other' },
    },
    refuse: ({ baud }, definition) =>
      otherRate(baud, definition) === definition.serial.baud
        ? `${definition.name} talks at ${baud} baud anyway; take another rate`
        : undefined,
    breaks: ({ baud }, definition) => ({
      apply: ({ board }) => {
        board.uart.b.clockError = otherRate(baud, definition) / definition.serial.baud - 1
      },
    }),
  }),
  faultFamily({
    name: 'serial-drops',
    layer: 'serial',
    side: 'wire',
    title: 'octets are lost on the serial line',
    symptom: 'cells arrive short, delineation is lost and found again; everything is slower, nothing is wrong',
    // A ping takes some hundred octets each way.
    parameters: { rate: share('the chance of an octet to be lost', 1e-3, 5e-5) },
    breaks: ({ rate }) => ({
      apply: ({ board }) => board.uart.setFaults({ dropRate: rate }),
    }),
  }),
] as const
