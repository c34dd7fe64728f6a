/** How the serial cable is made and what is at its ends. */
import { counted } from '../counted.js'

export const SERIAL_WIRING_DIAGNOSIS = {
  'serial-tx-rx-swapped.silent':
    'Not one octet came back, not even a damaged one: nobody drives the wire that this computer listens to.',
  'serial-tx-rx-swapped.any-rate': ({ tried }: { readonly tried: string }) =>
    `Nothing came at ${counted(tried, 'other baud rate')} either, so it is not the rate.`,
  'serial-tx-rx-swapped.remedy':
    'TXD of one end goes to RXD of the other. Exchange the two wires at one end and try again: nothing breaks by it. Between ' +
    'two computers with DE-9 sockets use a null-modem cable, not a straight one; pin 2 of one plug then leads to pin 3 of the other.',

  'serial-ground-missing.restless': ({ pauses }: { readonly pauses: string }) =>
    `Octets came in every one of ${counted(pauses, 'pause')} in which nobody was asked anything: a line at rest does not look at rest.`,
  'serial-ground-missing.no-cell': 'What came at the rate asked for, and at all others, made no cell.',
  'serial-ground-missing.remedy':
    'Connect GND of the board with GND of the adapter: a wire of its own, beside TXD and RXD (DE-9: pin 5). Measure with a ' +
    'multimeter (ohms) that it is below 1 Ω from end to end. Without it each end measures against a zero of its own, and ' +
    'the mains moves the two against each other.',

  'serial-ttl-meets-rs232.garbage': ({ octets }: { readonly octets: string }) =>
    `${counted(octets, 'octet')} came back, and made no cell: the board speaks, and no bit is what it should be.`,
  'serial-ttl-meets-rs232.any-rate': ({ tried }: { readonly tried: string }) =>
    `At ${counted(tried, 'other baud rate')} it was no better, so it is the levels and not the rate.`,
  'serial-ttl-meets-rs232.pauses': 'There were pauses without an octet, so the ground is connected.',
  'serial-ttl-meets-rs232.remedy':
    'Stop before something is destroyed: RS-232 has up to ±15 V, the pins of a board stand 5 V. Look at what the board is plugged into: a DE-9 ' +
    'connector is RS-232 and needs a level converter (MAX232) in between; use a USB adapter with TTL pins (5 V or 3.3 V, as the board has). ' +
    'Between the two, every bit is upside down.',

  'serial-wrong-parity.one-way': ({ cells }: { readonly cells: string }) =>
    `${counted(cells, 'whole cell')} came from the board, and it understood none of ours.`,
  'serial-wrong-parity.undamaged':
    'Not one octet of them was damaged, so it is neither noise nor the rate. A receiver without parity takes a parity bit for its stop bit and goes on; one with parity waits for a bit that is never sent.',
  'serial-wrong-parity.remedy':
    'Set both ends to 8 data bits, no parity, 1 stop bit. In a sketch that is Serial.begin(rate), without SERIAL_8E1 or the like; ' +
    'in other firmware look at the parity bits of its UART (ATmega328P: UPM01 and UPM00 in UCSR0C are 0). Then flash it again: linkpulse flash.',
}
