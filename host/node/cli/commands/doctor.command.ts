import { command } from '../command.js'
import { BAUD_OPTION, FAULT_OPTION, JSON_OPTION } from '../options.js'

export const DOCTOR_COMMAND = command({
  name: 'doctor',
  operands: 'PORT',
  minimum: 1,
  maximum: 1,
  takes: ['target'],
  summary: 'listen at a serial port, and say who is there and what to do next',
  options: {
    probe: { help: 'send something as well where listening is not enough: what is sent is listed below' },
    baud: { ...BAUD_OPTION, help: 'symbols a second to listen at first (default 115200); others follow' },
    json: JSON_OPTION,
    fault: { ...FAULT_OPTION, help: 'break something first, where PORT is a simulated board' },
  },
  notes: [
    'PORT is a serial port, rfc2217://HOST:PORT, or a simulated board. It listens for at most 10 s, at the rates that',
    'are most common, and recognises: a bridge board, NMEA 0183, a login prompt, an AT modem, a program that prints,',
    'an Arduino boot loader, a loopback, another rate or format, an inverted line, a missing ground,',
    'silence; no permission, a busy port, a port that is not there.',
    '',
    'Nothing is sent without --probe, or a yes to the question on a terminal. With it: the cell that opens a session',
    'with a bridge board; a carriage return and AT; GET_SYNC of STK500, after a pulse on DTR and RTS, which restarts',
    'an Arduino. Otherwise DTR and RTS are left alone, but an operating system switches them on when it opens a local port.',
    '',
    'Exit status: 0 a bridge board is there, 1 something else or nothing is, 2 wrong usage, 3 the port could not be',
    'opened or was lost, 130 it was interrupted (Ctrl-C).',
  ],
})
