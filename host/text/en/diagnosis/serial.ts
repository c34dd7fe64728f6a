/** Between this computer and the board. */
import { counted } from '../counted.js'
import { times } from '../times.js'

export const SERIAL_DIAGNOSIS = {
  'no-power.silent': ({ cells }: { readonly cells: string }) =>
    `The board was sent ${counted(cells, 'session cell')}, and not one octet came back, not even a damaged one.`,
  'no-power.any-rate': ({ tried }: { readonly tried: string }) =>
    `Nothing answered at ${counted(tried, 'other baud rate')} either.`,
  'no-power.remedy':
    'See whether the board’s power LED is lit. Measure 5 V (or 3.3 V) between its supply pin and GND with a multimeter. ' +
    'Try another USB cable (many carry power only, or data badly) and another socket, and make sure this is the right port: linkpulse ports.',

  'baud-off-6-percent.answers': ({ rate, deviation }: { readonly rate: number; readonly deviation: string }) =>
    `The board answers when this end runs at ${rate} baud: ${deviation} % from the rate asked for; a UART stands 4.5 % at most.`,
  'baud-off-6-percent.asked': 'At the rate asked for no cell was understood.',
  'baud-off-6-percent.garbled': ({ octets }: { readonly octets: string }) =>
    `${counted(octets, 'octet')} came back, but made no cell: the bits are sampled at the wrong time.`,
  'baud-off-6-percent.remedy':
    'The board’s clock is not what its firmware was built for. Check that the firmware was built for the crystal that is ' +
    'on the board (16 MHz is printed as 16.000), that the fuses select the crystal and not the internal oscillator, and ' +
    'flash it again: linkpulse flash. A ceramic resonator that is damaged drifts like this; swap it. If a rate is named ' +
    'above, the board can be reached at it meanwhile: serial:PATH@RATE.',

  'serial-wrong-baud.answers': ({ rate, asked }: { readonly rate: number; readonly asked: number }) =>
    `The board answers when this end runs at ${rate} baud, and was asked at ${asked}: no clock is so far off, so one end was set to another rate.`,
  'serial-wrong-baud.no-session': 'At the rate asked for no session came about.',
  'serial-wrong-baud.remedy': ({ rate }: { readonly rate: string }) =>
    `Ask for the rate at which the board talks: --baud ${rate}, or serial:PATH@${rate}. If it was meant to talk at the rate asked for, its firmware was built ` +
    'for another one, or for another clock (an AVR with the fuse CKDIV8 runs at an eighth of its crystal): flash it again: linkpulse flash.',

  'serial-noise.no-session': 'Some cells arrived whole, but too many were damaged for a session to open.',
  'serial-noise.checks': ({ cells, rate }: { readonly cells: number; readonly rate: string }) =>
    `${counted(cells, 'cell')} failed the check: ${counted(rate, 'error')} per million octets, where a sound line has none.`,
  'serial-noise.both-ways': 'Both directions are hit, so it is the line and not one end’s transmitter.',
  'serial-noise.understood':
    'Cells that arrive whole are understood, so the baud rate is right and single bits are being flipped.',
  'serial-noise.remedy':
    'Keep the serial cable away from motors, relays and mains leads, shorten it, and connect GND of both ends with its own wire. ' +
    'Check with a multimeter (ohms) that GND is below 1 Ω from end to end. Swap the cable and the USB adapter; ' +
    'if the errors stay, lower the baud rate: serial:PATH@57600.',

  'serial-drops.headers': ({ skipped }: { readonly skipped: number }) =>
    `More headers than payloads were wrong, and ${counted(skipped, 'octet')} had to be skipped to find the cells again: octets are missing, not merely damaged.`,
  'serial-drops.overrun': ({ count }: { readonly count: number }) =>
    `The board’s receiver was overrun ${times(count)}: octets came faster than its firmware took them.`,
  'serial-drops.understood': 'What arrives is understood, so the baud rate is right.',
  'serial-drops.remedy':
    'Octets vanish on the way: a buffer runs over. Plug the adapter into the computer itself and not into a hub, close other programs that use the port, and lower ' +
    'the baud rate: serial:PATH@115200. On a board of your own, see that its receive interrupt is never held off for longer than two octets take.',

  'brown-out.starts': ({ count, time }: { readonly count: number; readonly time: string }) =>
    `The board restarted ${times(count)} in ${time} s.`,
  'brown-out.detector': 'It says itself why: its brown-out detector saw the supply fall too low.',
  'brown-out.remedy':
    'Feed the board from a stronger supply: another USB socket, no hub, or its own adapter. Measure 5 V at the board while it runs; below 4.5 V the cable or the supply is too weak. ' +
    'The module’s 180 mA are the usual culprit: give it a regulator of its own.',
}
