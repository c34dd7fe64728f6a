/** What the checks of the chip's digital half measure. */
import { count, declare, family, hex, named, quantity } from '../figure.js'

/** A pass of the built-in self-test, and the one checksum that is right (DS39662 15.0). */
const selfTest = (checksum: number) => hex(4, checksum)

export const CHIP_FIGURES = declare({
  'chip.clock': {
    awake: count(1),
    asleep: count(0),
    waited: quantity('ms', { min: 0.3 }),
  },
  'chip.reset': {
    differing: count(0),
    // Registers of every bank, each with its value after a system reset (DS39662 table 3-2).
    econ1: named('ECON1', hex(2, 0x00)),
    econ2: named('ECON2', hex(2, 0x80)),
    eie: named('EIE', hex(2, 0x00)),
    erxst: named('ERXST', hex(4, 0x05fa)),
    erxnd: named('ERXND', hex(4, 0x1fff)),
    erxfcon: named('ERXFCON', hex(2, 0xa1)),
    epktcnt: named('EPKTCNT', hex(2, 0x00)),
    maclcon2: named('MACLCON2', hex(2, 0x37)),
    mamxfl: named('MAMXFL', hex(4, 0x0600)),
    epaus: named('EPAUS', hex(4, 0x1000)),
  },
  'chip.revision': {
    erevid: named('EREVID', hex(2, { min: 0x02, max: 0x06 })),
  },
  'chip.self-test': {
    addressRead: selfTest(0xf807),
    addressWritten: selfTest(0xf807),
    otherPortRead: selfTest(0xf807),
    otherPortWritten: selfTest(0xf807),
    rotatedRead: selfTest(0x5aa5),
    rotatedWritten: selfTest(0x5aa5),
    patternRead: selfTest(0x5555),
    patternWritten: selfTest(0x5555),
    wrong: count(),
    firstWrong: hex(4),
    wrongBits: hex(2),
  },
  'chip.self-test-unrotated': {
    readFives: selfTest(0xaaaa),
    writtenFives: selfTest(0xaaaa),
    readTens: selfTest(0x5555),
    writtenTens: selfTest(0x5555),
    wrong: count(),
    firstWrong: hex(4),
    stuckHigh: hex(2),
    stuckLow: hex(2),
  },
  'chip.address-lines': {
    wrong: count(0),
    lines: hex(4),
  },
  'chip.memory-at-rest': {
    wrong: count(0),
    twice: count(0),
    rested: count(0),
    octets: count(),
  },
  'chip.first-command': {
    // EWRPT after a reset (DS39662 table 3-2).
    reset: hex(4, 0x0000),
    written: hex(4, 0x155a),
  },
  'chip.interrupts': {
    shown: count(1),
    masked: count(0),
    cleared: count(0),
  },
  'chip.dma-checksum': {
    sum: family<{ octets: number }>(hex(4)),
  },
  'chip.dma-copy': {
    wrong: count(0),
    busy: count(0),
    done: count(1),
  },
  'chip.mac-registers': {
    wrong: count(0),
    read: count(),
  },
  'chip.receive-pointer': {
    both: hex(4, 0x0aa5),
    lowAlone: hex(4, 0x0aa5),
    high: hex(4, 0x155b),
  },
})

export const UNROTATED = CHIP_FIGURES['chip.self-test-unrotated']
export const ADDRESS_LINES = CHIP_FIGURES['chip.address-lines']
export const CELLS_OF_MEMORY = CHIP_FIGURES['chip.memory-at-rest']
export const CHIP_CLOCK = CHIP_FIGURES['chip.clock']
export const RESET = CHIP_FIGURES['chip.reset']
export const SELF_TEST = CHIP_FIGURES['chip.self-test']
