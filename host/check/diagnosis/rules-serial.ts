/** What is wrong between this computer and the board. */
import { type Evidence, times, weigh } from './evidence.js'
import type { Rule } from './rule.js'

const ANSWERED = 'rate at which it answered'

const noPower: Rule = {
  cause: 'no-power',
  remedy:
    'See whether the board’s power LED is lit. Measure 5 V (or 3.3 V) between its supply pin and GND with a multimeter. ' +
    'Try another USB cable (many carry power only, or data badly) and another socket, and make sure this is the right port: linkpulse ports.',
  weigh(evidence) {
    if (!evidence.failed('serial.session') || !evidence.is('serial.session', 'octets received', (n) => n === 0))
      return undefined
    if (evidence.value('serial.rate', ANSWERED) !== undefined) return undefined
    const cells = evidence.text('serial.session', 'cells sent')
    const tried = evidence.text('serial.rate', 'other rates tried')
    return weigh(
      [
        {
          seen: true,
          weight: 2,
          sentence: `${cells} session cells were sent and not one octet came back, not even a damaged one.`,
        },
        {
          seen: evidence.is('serial.rate', 'other rates tried', (n) => n > 0),
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
    const answered = evidence.value('serial.rate', ANSWERED)
    const deviation = evidence.value('serial.rate', 'deviation')
    const heard = evidence.is('serial.session', 'octets received', (n) => n > 0)
    if (answered !== undefined && deviation !== undefined) {
      if (Math.abs(deviation) < 2 || Math.abs(deviation) > 15) return undefined
      return weigh([
        {
          seen: true,
          weight: 3,
          sentence: `The board answers when this end runs at ${answered} baud: ${deviation > 0 ? '+' : ''}${evidence.text('serial.rate', 'deviation')} % from the rate asked for; a UART stands 4.5 % at most.`,
        },
        { seen: true, sentence: 'At the rate asked for no cell was understood.' },
      ])
    }
    if (answered !== undefined || !heard || evidence.is('serial.session', 'cells understood', (n) => n > 0))
      return undefined
    return weigh(
      [
        {
          seen: true,
          sentence: `${evidence.text('serial.session', 'octets received')} octets came back, but none made a cell: the bits are sampled at the wrong time.`,
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
  remedyFor: (evidence) => askForRate(evidence.text('serial.rate', ANSWERED)),
  weigh(evidence) {
    const answered = evidence.value('serial.rate', ANSWERED)
    const share = evidence.value('serial.rate', 'of the rate that was asked for')
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

/** The check whose counts tell of damage; a change of rate that went wrong does some of its own, and is not counted. */
function damagedLine(evidence: Evidence): string | undefined {
  if (!evidence.failed('serial.whole-run'))
    return evidence.failed('serial.line-errors') ? 'serial.line-errors' : undefined
  if (evidence.failed('serial.baud-change') && evidence.passed('serial.line-errors')) return undefined
  return 'serial.whole-run'
}

const SKIPPED = 'octets skipped to find cells again'

/**
 * A flipped bit hits the payload of a cell nine times of ten. An octet that is missing moves the boundaries of the cells
 * behind it, and headers are looked for where there are none.
 */
function octetsAreMissing(evidence: Evidence, id: string): boolean {
  const sum = (...names: string[]): number => names.reduce((total, name) => total + (evidence.value(id, name) ?? 0), 0)
  return (
    sum('header errors at the board', 'header errors here') > sum('payload errors at the board', 'payload errors here')
  )
}

const noise: Rule = {
  cause: 'serial-noise',
  remedy:
    'Keep the serial cable away from motors, relays and mains leads, shorten it, and connect GND of both ends with its own wire. ' +
    'Check with a multimeter (ohms) that GND is below 1 Ω from end to end. Swap the cable and the USB adapter; ' +
    'if the errors stay, lower the baud rate: serial:PATH@57600.',
  weigh(evidence) {
    const id = damagedLine(evidence)
    const garbled =
      evidence.failed('serial.session') &&
      evidence.is('serial.session', 'octets received', (n) => n > 0) &&
      evidence.is('serial.session', 'cells understood', (n) => n > 0)
    if (id === undefined && !garbled) return undefined
    if (id !== undefined && octetsAreMissing(evidence, id)) return undefined
    if (id === undefined) {
      return weigh(
        [{ seen: true, sentence: 'Some cells arrived whole, but too many were damaged for a session to open.' }],
        0.6,
      )
    }
    const sum = (...names: string[]): number =>
      names.reduce((total, name) => total + (evidence.value(id, name) ?? 0), 0)
    const checks = sum(
      'header errors at the board',
      'payload errors at the board',
      'header errors here',
      'payload errors here',
    )
    return weigh([
      {
        seen: checks > 0,
        weight: 3,
        sentence: `${checks} cells failed their check: ${evidence.text(id, 'errors per million octets')} errors per million octets, where a sound line has none.`,
      },
      {
        seen:
          sum('header errors at the board', 'payload errors at the board', 'framing errors at the board') > 0 &&
          sum('header errors here', 'payload errors here') > 0,
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
    const id = damagedLine(evidence)
    if (id === undefined) return undefined
    const skipped = evidence.value(id, SKIPPED) ?? 0
    if (!octetsAreMissing(evidence, id)) return undefined
    const overruns = evidence.value(id, 'overruns at the board') ?? 0
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
    const starts = evidence.value('serial.restarts', 'times it started anew') ?? 0
    if (starts === 0) return undefined
    return weigh([
      {
        seen: true,
        sentence: `The board started anew ${times(starts)} in ${evidence.text('serial.restarts', 'watched for')} s.`,
      },
      {
        seen: evidence.is('serial.restarts', 'its last start was a brown-out', (value) => value === 1),
        weight: 3,
        sentence: 'It says itself why: its brown-out detector saw the supply fall too low.',
      },
    ])
  },
}

export const SERIAL_RULES: readonly Rule[] = [noPower, brownOut, baudOff, wrongRate, noise, drops]
