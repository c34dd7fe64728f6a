import { describe, expect, it } from 'vitest'
import { avrdudeReason, avrdudeRemedy } from './avrdude.js'

const words = ['-p', 'm328p', '-c', 'arduino', '-P', '/dev/ttyUSB0', '-b', '115200']

/** As avrdude 6.3, 7.1 and 8.0 print it. */
const SAID = {
  permission:
    'avrdude: ser_open(): can\'t open device "/dev/ttyACM0": Permission denied\n\navrdude done.  Thank you.\n',
  busy: 'avrdude ser_open() error: cannot open port /dev/ttyUSB0: Device or resource busy\navrdude error: unable to open port /dev/ttyUSB0 for programmer arduino\n',
  missing: 'avrdude: ser_open(): can\'t open device "/dev/ttyUSB9": No such file or directory\n',
  silent:
    'avrdude: ioctl("TIOCMGET"): Inappropriate ioctl for device\navrdude: stk500_recv(): programmer is not responding\navrdude: stk500_getsync() attempt 1 of 10: not in sync: resp=0x00\n',
  signature:
    'avrdude: AVR device initialized and ready to accept instructions\navrdude: Device signature = 0x1e9801 (probably m2560)\navrdude: Expected signature for ATmega328P is 1E 95 0F\n         Double check chip, or use -F to override this check.\n',
  zeros: 'avrdude error: invalid device signature 0x000000\n',
  verify:
    'avrdude: verification error, first mismatch at byte 0x0010\n         0x0c != 0x1c\navrdude: verification error; content mismatch\n',
} as const

describe('what avrdude said', () => {
  it.each([
    ['permission', /^can't open device "\/dev\/ttyACM0": Permission denied$/, /no permission.*dialout/],
    ['busy', /cannot open port \/dev\/ttyUSB0: Device or resource busy/, /the port is busy: close the program/],
    ['missing', /No such file or directory/, /linkpulse ports/],
    [
      'silent',
      /^programmer is not responding$/,
      /no boot loader answers at 115200 baud.*--baud 57600.*linkpulse doctor/,
    ],
    ['signature', /signature/i, /that is an ATmega2560: name the board that is really there \(mega2560\)/],
    ['zeros', /invalid device signature 0x000000/, /bad connection/],
    ['verify', /verification error, first mismatch/, /supply of the board/],
  ] as const)('is told by its real reason, and by what to do (%s)', (which, reason, remedy) => {
    expect(avrdudeReason(SAID[which])).toMatch(reason)
    expect(avrdudeRemedy(SAID[which], words)).toMatch(remedy)
  })

  it('need not be anything', () => {
    expect(avrdudeReason('')).toBe('it did not say why')
    expect(avrdudeRemedy('', ['-c', 'arduino', '-b', '57600'])).toMatch(/at 57600 baud.*--baud 115200/)
  })

  it('takes a read that found nothing for no answer, and not for a busy port', () => {
    const said =
      'avrdude error: timeout\navrdude OS error: unable to read: Resource temporarily unavailable\navrdude error: timeout communicating with programmer\n'
    expect(avrdudeRemedy(said, words)).toMatch(/no boot loader answers at 115200 baud/)
  })

  it('names another rate only for boards that are sold with one', () => {
    const mega = ['-p', 'm2560', '-c', 'wiring', '-P', '/dev/ttyACM0', '-b', '115200']
    expect(avrdudeRemedy(SAID.silent, mega)).toMatch(
      /at 115200 baud: press .*RESET button as the upload begins, and see/,
    )
  })
})
