/** How the serial cable is made and what is at its ends: what a report shows of it. */
import { CELL_OCTETS } from '../../../firmware/serial-link/cell.js'
import { RATE, SESSION } from '../figures/serial.js'
import { type Evidence, weigh } from './evidence.js'
import type { Rule } from './rule.js'

/** Octets come, no cell is among them, and no other rate makes it better: so it is not the rate. */
function garbageAtEveryRate(evidence: Evidence): boolean {
  return (
    evidence.failed('serial.session') &&
    evidence.is(SESSION.octetsReceived, (n) => n > 0) &&
    evidence.is(SESSION.cellsUnderstood, (n) => n === 0) &&
    evidence.failed('serial.rate') &&
    evidence.value(RATE.answered) === undefined &&
    evidence.is(RATE.tried, (n) => n > 0)
  )
}

function neverQuiet(evidence: Evidence): boolean {
  const tried = evidence.value(RATE.tried) ?? 0
  return tried > 0 && evidence.value(RATE.unquiet) === tried
}

const swapped: Rule = {
  cause: 'serial-tx-rx-swapped',
  remedy:
    'TXD of one end goes to RXD of the other. Exchange the two wires at one end and try again: nothing breaks by it. Between ' +
    'two computers with DE-9 sockets use a null-modem cable, not a straight one; pin 2 of one plug then leads to pin 3 of the other.',
  weigh(evidence) {
    if (!evidence.failed('serial.session') || !evidence.is(SESSION.octetsReceived, (n) => n === 0)) return undefined
    if (evidence.value(RATE.answered) !== undefined) return undefined
    return weigh(
      [
        {
          seen: true,
          sentence:
            'Not one octet came back, not even a damaged one: nobody drives the wire that this computer listens to.',
        },
        {
          seen: evidence.is(RATE.tried, (n) => n > 0),
          sentence: `Nothing came at ${evidence.text(RATE.tried)} other baud rates either, so it is not the rate.`,
        },
      ],
      // A board without supply is as silent, and more frequent.
      0.7,
    )
  },
}

const groundMissing: Rule = {
  cause: 'serial-ground-missing',
  remedy:
    'Connect GND of the board with GND of the adapter: a wire of its own, beside TXD and RXD (DE-9: pin 5). Measure with a ' +
    'multimeter (ohms) that it is below 1 Ω from end to end. Without it each end measures against a zero of its own, and ' +
    'the mains moves the two against each other.',
  weigh(evidence) {
    if (!garbageAtEveryRate(evidence) || !neverQuiet(evidence)) return undefined
    return weigh(
      [
        {
          seen: true,
          weight: 2,
          sentence: `Octets came in every one of ${evidence.text(RATE.tried)} pauses in which nobody was asked anything: a line at rest does not look at rest.`,
        },
        { seen: true, sentence: 'What came at the rate asked for, and at all others, made no cell.' },
      ],
      // A device that talks without being asked does the same.
      0.8,
    )
  },
}

const ttlMeetsRs232: Rule = {
  cause: 'serial-ttl-meets-rs232',
  remedy:
    'Stop before something is destroyed: RS-232 has up to ±15 V, the pins of a board stand 5 V. Look at what the board is plugged into: a DE-9 ' +
    'connector is RS-232 and needs a level converter (MAX232) in between; use a USB adapter with TTL pins (5 V or 3.3 V, as the board has). ' +
    'Between the two, every bit is upside down.',
  weigh(evidence) {
    if (!garbageAtEveryRate(evidence) || neverQuiet(evidence)) return undefined
    return weigh(
      [
        {
          seen: true,
          sentence: `${evidence.text(SESSION.octetsReceived)} octets came back, and none made a cell: the board speaks, and no bit is what it should be.`,
        },
        {
          seen: true,
          sentence: `None of ${evidence.text(RATE.tried)} other baud rates made it better, so it is the levels and not the rate.`,
        },
        { seen: true, sentence: 'There were pauses without an octet, so the ground is connected.' },
      ],
      0.75,
    )
  },
}

const wrongParity: Rule = {
  cause: 'serial-wrong-parity',
  remedy:
    'Set both ends to 8 data bits, no parity, 1 stop bit. In a sketch that is Serial.begin(rate), without SERIAL_8E1 or the like; ' +
    'in other firmware look at the parity bits of its UART (ATmega328P: UPM01 and UPM00 in UCSR0C are 0). Then flash it again: linkpulse flash.',
  weigh(evidence) {
    const understood = evidence.is(SESSION.cellsUnderstood, (n) => n > 0)
    if (!evidence.failed('serial.session') || !understood) return undefined
    return weigh(
      [
        {
          seen: true,
          weight: 2,
          sentence: `${evidence.text(SESSION.cellsUnderstood)} whole cells came from the board, and it understood none of ours.`,
        },
        {
          seen: evidence.value(SESSION.octetsReceived) === CELL_OCTETS * (evidence.value(SESSION.cellsUnderstood) ?? 0),
          sentence:
            'Not one octet of them was damaged, so it is neither noise nor the rate. A receiver without parity takes a parity bit for its stop bit and goes on; one with parity waits for a bit that is never sent.',
        },
      ],
      0.78,
    )
  },
}

export const SERIAL_WIRING_RULES: readonly Rule[] = [groundMissing, wrongParity, ttlMeetsRs232, swapped]
