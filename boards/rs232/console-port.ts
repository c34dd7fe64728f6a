/**
 * RS-232 on an RJ-45 jack, as the console ports of network equipment have it, and the cable turned over that goes with it.
 * No standard defines it: pins and cable are those of Cisco's "Cabling Guide for Console and AUX Ports" (document 12223).
 */
import { type CableWiring, T568B } from '../ethernet/wiring.js'
import type { PinDirection } from './connectors.js'

/** Pins 1 to 8; directions as seen from the port, which is a DTE. */
export const CONSOLE_PINS: readonly {
  readonly name: string
  readonly circuit: string
  readonly direction: PinDirection
}[] = [
  { name: 'RTS', circuit: '105', direction: 'out' },
  { name: 'DTR', circuit: '108/2', direction: 'out' },
  { name: 'TXD', circuit: '103', direction: 'out' },
  { name: 'GND', circuit: '102', direction: 'ground' },
  { name: 'GND', circuit: '102', direction: 'ground' },
  { name: 'RXD', circuit: '104', direction: 'in' },
  { name: 'DSR', circuit: '107', direction: 'in' },
  { name: 'CTS', circuit: '106', direction: 'in' },
]

/** Pin 1 to pin 8, 2 to 7, and so on: every output of one console port meets an input of the other. */
export const ROLLOVER: CableWiring = { a: T568B, b: [...T568B].reverse() }

export const CONSOLE_REFERENCE = 'Cisco document 12223, “Cabling Guide for Console and AUX Ports”; no standard has it'
