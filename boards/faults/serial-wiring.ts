/** How a serial cable is made, and what is at its ends. The boards' own level is TTL; the host's adapter is as well. */
import { SECOND } from '../../firmware/hal/clock.js'
import { sin } from '../../firmware/math/elementary.js'
import { LineReception } from '../rs232/reception.js'
import { LINE_STANDARDS } from '../rs232/standards.js'
import type { Bench } from './bench.js'
import type { Fault } from './fault.js'

const TTL = LINE_STANDARDS.ttl
const RS232 = LINE_STANDARDS['rs-232']

/** Mains that leaks through the filter capacitors of two supplies: tens of volts, at 50 Hz, between grounds nobody joined. */
const LEAKAGE = 40
const MAINS = 50

function hum(at: number): number {
  return LEAKAGE * sin((2 * Math.PI * MAINS * at) / SECOND)
}

/** Host at end a, board at end b. */
function swap({ board }: Bench): void {
  const open = { driver: TTL.driver, receiver: TTL.receiver, connected: false }
  board.uart.setReception(new LineReception(open), 'a-to-b')
  board.uart.setReception(new LineReception(open), 'b-to-a')
}

export const SERIAL_WIRING_FAULTS = [
  {
    name: 'serial-tx-rx-swapped',
    layer: 'serial',
    title: 'TXD is wired to TXD, and RXD to RXD',
    symptom: 'not one octet arrives at either end: two outputs meet on one wire, and on the other nobody drives',
    apply: swap,
  },
  {
    name: 'serial-ground-missing',
    layer: 'serial',
    title: 'the ground of the serial line is not connected',
    symptom: 'garbage that comes and goes a hundred times a second, and octets while nobody sends',
    apply: ({ board }) => {
      const { driver, receiver } = TTL
      board.uart.setReception(new LineReception({ driver, receiver, groundOffset: hum }), 'a-to-b')
      board.uart.setReception(new LineReception({ driver, receiver, groundOffset: (at) => -hum(at) }), 'b-to-a')
    },
  },
  {
    name: 'serial-ttl-meets-rs232',
    layer: 'serial',
    title: 'the board’s TTL pins are wired to an RS-232 port',
    symptom: 'every bit is upside down, and a line at rest is one long break; ±9 V may have destroyed the pin',
    apply: ({ board }) => {
      board.uart.setReception(new LineReception({ driver: RS232.driver, receiver: TTL.receiver }), 'a-to-b')
      board.uart.setReception(new LineReception({ driver: TTL.driver, receiver: RS232.receiver }), 'b-to-a')
    },
  },
  {
    name: 'serial-wrong-parity',
    layer: 'serial',
    title: 'the board’s UART is set to even parity, this computer to none',
    symptom: 'what the board says is understood, what it is told arrives with errors',
    apply: ({ board }) => {
      board.uart.b.framingFault = { dataBits: 8, parity: 'even', stopBits: 1 }
    },
  },
] as const satisfies readonly Fault[]
