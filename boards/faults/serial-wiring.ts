/** How a serial cable is made, and what is at its ends. The boards' own level is TTL; the host's adapter is as well. */
import { SECOND } from '../../firmware/hal/clock.js'
import { sin } from '../../firmware/math/elementary.js'
import { LineReception } from '../rs232/reception.js'
import { LINE_STANDARDS } from '../rs232/standards.js'
import type { Bench } from './bench.js'
import { faultFamily } from './fault.js'

const TTL = LINE_STANDARDS.ttl
const RS232 = LINE_STANDARDS['rs-232']

/** Mains that leaks through the filter capacitors of two supplies: tens of volts between grounds nobody joined. */
export function hum(volts: number, mains: number): (at: number) => number {
  return (at) => volts * sin((2 * Math.PI * mains * at) / SECOND)
}

/** Host at end a, board at end b. */
function swap({ board }: Bench): void {
  const open = { driver: TTL.driver, receiver: TTL.receiver, connected: false }
  board.uart.setReception(new LineReception(open), 'a-to-b')
  board.uart.setReception(new LineReception(open), 'b-to-a')
}

export const SERIAL_WIRING_FAULTS = [
  faultFamily({
    name: 'serial-tx-rx-swapped',
    layer: 'serial',
    side: 'wire',
    title: 'TXD is wired to TXD, and RXD to RXD',
    symptom: 'not one octet arrives at either end: two outputs meet on one wire, and on the other nobody drives',
    breaks: () => ({
      apply: swap,
    }),
  }),
  faultFamily({
    name: 'serial-ground-missing',
    layer: 'serial',
    side: 'wire',
    title: 'the ground of the serial line is not connected',
    symptom: 'garbage that comes and goes a hundred times a second, and octets while nobody sends',
    parameters: {
      hum: {
        title: 'peak voltage between the two grounds',
        unit: 'V',
        min: 0.5,
        max: 160,
        default: 40,
        scale: 'log',
        worse: 'higher',
        // Below, neither level crosses a threshold of the receiver.
        suffers: 1.5,
      },
      mains: { title: 'frequency of the mains, in hertz', choices: ['50', '60'], default: '50' },
    },
    breaks: (values) => ({
      apply: ({ board }) => {
        const { driver, receiver } = TTL
        const offset = hum(values.hum, Number(values.mains))
        board.uart.setReception(new LineReception({ driver, receiver, groundOffset: offset }), 'a-to-b')
        board.uart.setReception(new LineReception({ driver, receiver, groundOffset: (at) => -offset(at) }), 'b-to-a')
      },
    }),
  }),
  faultFamily({
    name: 'serial-ttl-meets-rs232',
    layer: 'serial',
    side: 'wire',
    title: 'the board’s TTL pins are wired to an RS-232 port',
    symptom: 'every bit is upside down, and a line at rest is one long break; ±9 V may have destroyed the pin',
    breaks: () => ({
      apply: ({ board }) => {
        board.uart.setReception(new LineReception({ driver: RS232.driver, receiver: TTL.receiver }), 'a-to-b')
        board.uart.setReception(new LineReception({ driver: TTL.driver, receiver: RS232.receiver }), 'b-to-a')
      },
    }),
  }),
  faultFamily({
    name: 'serial-wrong-parity',
    layer: 'serial',
    side: 'board',
    title: 'the board’s UART is set to a parity, this computer to none',
    symptom: 'what the board says is understood, what it is told arrives with errors',
    parameters: {
      parity: {
        title: 'what it is set to',
        choices: ['even', 'odd', 'mark', 'space'],
        default: 'even',
        suffers: ['even', 'odd', 'space'],
      },
    },
    breaks: ({ parity }) => ({
      apply: ({ board }) => {
        board.uart.b.framingFault = { dataBits: 8, parity, stopBits: 1 }
      },
    }),
  }),
] as const
