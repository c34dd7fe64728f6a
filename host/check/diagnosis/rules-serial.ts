/** What is wrong between this computer and the board. */
import { LINE_ERRORS, RATE, RESTARTS, SESSION, WHOLE_RUN } from '../figures/serial.js'
import { type Evidence, times, weigh } from './evidence.js'
import type { Rule } from './rule.js'

const noPower: Rule = {
  cause: 'no-power',
  remedy:
    'See whether the board’s power LED is lit. Measure 5 V (or 3.3 V) between its supply pin and GND with a multimeter. ' +
    'Try another USB cable (many carry power only, or data badly) and another socket, and make sure this is the right port: linkpulse ports.',
  weigh(evidence) {
    if (!evidence.failed('serial.session') || !evidence.is(SESSION.octetsReceived, (n) => n === 0)) return undefined
    if (evidence.value(RATE.answered) !== undefined) return undefined
    const cells = evidence.text(SESSION.cellsSent)
    const tried = evidence.text(RATE.tried)
    return weigh(
      [
        {
          seen: true,
          weight: 2,
          sentence: `${cells} session cells were sent and not one octet came back, not even a damaged one.`,
        },
        {
          seen: evidence.is(RATE.tried, (n) => n > 0),
          sentence: `Nothing answered at ${tried} other baud rates either.`,
        },
      ],
      // A broken wire on the board's side of the line looks the same from here.
      0.9,
    )
  },
}

const baudOff: Rule = {
  cause: 'baud-off-6-percent',
  remedy:
    'The board’s clock is not what its firmware was built for. Check that the firmware was built for the crystal that is ' +
    'on the board (16 MHz is printed as 16.000), that the fuses select the crystal and not the internal oscillator, and ' +
    'flash it again: linkpulse flash. A ceramic resonator that is damaged drifts like this; swap it. If a rate is named ' +
    'above, the board can be reached at it meanwhile: serial:PATH@RATE.',
  weigh(evidence) {
    if (!evidence.failed('serial.session')) return undefined
    const answered = evidence.value(RATE.answered)
    const deviation = evidence.value(RATE.deviation)
    const heard = evidence.is(SESSION.octetsReceived, (n) => n > 0)
    if (answered !== undefined && deviation !== undefined) {
      if (Math.abs(deviation) < 2 || Math.abs(deviation) > 15) return undefined
      return weigh([
        {
          seen: true,
          weight: 3,
          sentence: `The board answers when this end runs at ${answered} baud: ${deviation > 0 ? '+' : ''}${evidence.text(RATE.deviation)} % from the rate asked for; a UART stands 4.5 % at most.`,
        },
        { seen: true, sentence: 'At the rate asked for no cell was understood.' },
      ])
    }
    if (answered !== undefined || !heard || evidence.is(SESSION.cellsUnderstood, (n) => n > 0)) return undefined
    return weigh(
      [
        {
          seen: true,
          sentence: `${evidence.text(SESSION.octetsReceived)} octets came back, but none made a cell: the bits are sampled at the wrong time.`,
        },
      ],
      0.5,
    )
  },
}

const askForRate = (rate: string): string =>
  `Ask for the rate at which the board talks: --baud ${rate}, or serial:PATH@${rate}. If it was meant to talk at the rate asked for, its firmware was built ` +
  'for another one, or for another clock (an AVR with the fuse CKDIV8 runs at an eighth of its crystal): flash it again: linkpulse flash.'

const wrongRate: Rule = {
  cause: 'serial-wrong-baud',
  remedy: askForRate('RATE'),
  remedyFor: (evidence) => askForRate(evidence.text(RATE.answered)),
  weigh(evidence) {
    const answered = evidence.value(RATE.answered)
    const share = evidence.value(RATE.share)
    if (answered === undefined || share === undefined) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `The board answers when this end runs at ${answered} baud, and was asked at ${Math.round((100 * answered) / share)}: no clock is so far off, so one end was set to another rate.`,
      },
      { seen: evidence.failed('serial.session'), sentence: 'At the rate asked for no session came about.' },
    ])
  },
}

type LineFigures = typeof LINE_ERRORS

/** The figures of the check whose counts tell of damage; a change of rate that went wrong does some of its own, and is not counted. */
function damagedLine(evidence: Evidence): LineFigures | undefined {
  if (!evidence.failed('serial.whole-run')) return evidence.failed('serial.line-errors') ? LINE_ERRORS : undefined
  if (evidence.failed('serial.baud-change') && evidence.passed('serial.line-errors')) return undefined
  return WHOLE_RUN
}

/**
 * A flipped bit hits the payload of a cell nine times of ten. An octet that is missing moves the boundaries of the cells
 * behind it, and headers are looked for where there are none.
 */
function octetsAreMissing(evidence: Evidence, line: LineFigures): boolean {
  return evidence.sum(line.boardHeaders, line.hostHeaders) > evidence.sum(line.boardPayloads, line.hostPayloads)
}

const noise: Rule = {
  cause: 'serial-noise',
  remedy:
    'Keep the serial cable away from motors, relays and mains leads, shorten it, and connect GND of both ends with its own wire. ' +
    'Check with a multimeter (ohms) that GND is below 1 Ω from end to end. Swap the cable and the USB adapter; ' +
    'if the errors stay, lower the baud rate: serial:PATH@57600.',
  weigh(evidence) {
    const line = damagedLine(evidence)
    const garbled =
      evidence.failed('serial.session') &&
      evidence.is(SESSION.octetsReceived, (n) => n > 0) &&
      evidence.is(SESSION.cellsUnderstood, (n) => n > 0)
    if (line === undefined && !garbled) return undefined
    if (line !== undefined && octetsAreMissing(evidence, line)) return undefined
    if (line === undefined) {
      return weigh(
        [{ seen: true, sentence: 'Some cells arrived whole, but too many were damaged for a session to open.' }],
        0.6,
      )
    }
    const atBoard = evidence.sum(line.boardHeaders, line.boardPayloads)
    const here = evidence.sum(line.hostHeaders, line.hostPayloads)
    const checks = atBoard + here
    return weigh([
      {
        seen: checks > 0,
        weight: 3,
        sentence: `${checks} cells failed their check: ${evidence.text(line.errorsPerMillion)} errors per million octets, where a sound line has none.`,
      },
      {
        seen: atBoard + evidence.sum(line.boardFraming) > 0 && here > 0,
        sentence: 'Both directions are hit, so it is the line and not one end’s transmitter.',
      },
      {
        seen: evidence.passed('serial.session') && evidence.verdict('serial.rate') !== 'fail',
        sentence:
          'Cells that arrive whole are understood, so the baud rate is right and single bits are being flipped.',
      },
    ])
  },
}

const drops: Rule = {
  cause: 'serial-drops',
  remedy:
    'Octets vanish on the way: a buffer runs over. Plug the adapter into the computer itself and not into a hub, close other programs that use the port, and lower ' +
    'the baud rate: serial:PATH@115200. On a board of your own, see that its receive interrupt is never held off for longer than two octets take.',
  weigh(evidence) {
    const line = damagedLine(evidence)
    if (line === undefined) return undefined
    const skipped = evidence.sum(line.skipped)
    if (!octetsAreMissing(evidence, line)) return undefined
    const overruns = evidence.sum(line.boardOverruns)
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `More headers than payloads were wrong, and ${skipped} octets were skipped to find the cells again: octets are missing, not merely damaged.`,
      },
      ...(overruns === 0
        ? []
        : [
            {
              seen: true,
              sentence: `The board’s receiver was overrun ${times(overruns)}: octets came faster than its firmware took them.`,
            },
          ]),
      {
        seen: evidence.passed('serial.session') && evidence.passed('serial.rate'),
        sentence: 'What arrives is understood, so the baud rate is right.',
      },
    ])
  },
}

const brownOut: Rule = {
  cause: 'brown-out',
  remedy:
    'Feed the board from a stronger supply: another USB socket, no hub, or its own adapter. Measure 5 V at the board while it runs; below 4.5 V the cable or the supply is too weak. ' +
    'The module’s 180 mA are the usual culprit: give it a regulator of its own.',
  weigh(evidence) {
    const starts = evidence.value(RESTARTS.starts) ?? 0
    if (starts === 0) return undefined
    return weigh([
      {
        seen: true,
        sentence: `The board started anew ${times(starts)} in ${evidence.text(RESTARTS.watched)} s.`,
      },
      {
        seen: evidence.is(RESTARTS.brownOut, (value) => value === 1),
        weight: 3,
        sentence: 'It says itself why: its brown-out detector saw the supply fall too low.',
      },
    ])
  },
}

export const SERIAL_RULES: readonly Rule[] = [noPower, brownOut, baudOff, wrongRate, noise, drops]
