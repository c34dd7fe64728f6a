/** What the checks of the wires between controller and chip measure. */
import { REGISTERS } from '../../../firmware/enc28j60/registers.js'
import { count, declare, hex, named, quantity } from '../figure.js'

/** Readings of one register. */
export const READS = 100

export const SPI_FIGURES = declare({
  'spi.bridge': {
    handOver: quantity('ms', { max: 1000 }),
    serprogVersion: count(1),
    hasSpi: count(1),
  },
  'spi.clock': {
    clock: quantity('MHz', { max: 20 }),
    erevid: named('EREVID', hex(2)),
  },
  'spi.miso': {
    differing: count(0),
    allOnes: count(0),
    // ESTAT reads 00h until the oscillator runs; the other two never do.
    allZeros: count({ max: READS }),
    echoes: count(0),
    estat: named('ESTAT', hex(2)),
    econ2: named('ECON2', hex(2, REGISTERS.ECON2.reset)),
    erevid: named('EREVID', hex(2, { min: 0x01, max: 0x1e })),
    answers: count(),
    rightWhenSlow: quantity('%'),
    slowClock: quantity('MHz'),
    rightAgain: quantity('%'),
  },
  'spi.bit-order': {
    wrong: count(0),
    late: count(),
    early: count(),
    reversed: count(),
    mirrored: count(),
    set: hex(2),
    cleared: hex(2),
  },
  'spi.clock-sweep': {
    highest: quantity('MHz'),
    wrongAtLowest: count(0),
    wrongAtUsual: count(),
    tried: count(),
  },
  'spi.pins': {
    sck: count(0),
    mosi: count(0),
    miso: count(0),
    cs: count(0),
    int: count(0),
    reset: count(0),
    misoDriven: count(0),
    intDriven: count(1),
    csPulled: count(1),
    sckMosi: count(0),
    sckMiso: count(0),
    sckCs: count(0),
    sckInt: count(0),
    mosiMiso: count(0),
    mosiCs: count(0),
    mosiInt: count(0),
    misoCs: count(0),
    misoInt: count(0),
    csInt: count(0),
  },
  'spi.by-hand': {
    straight: count(1),
    sckMosi: count(0),
    sckCs: count(0),
    mosiCs: count(0),
    sckMiso: count(0),
    mosiMiso: count(0),
    csMiso: count(0),
    misoInt: count(0),
  },
  'spi.zero-bit': {
    ones: count(0),
    readings: count(),
  },
  'spi.interrupt-pin': {
    pending: count(0),
    rest: count(1),
    cleared: count(1),
    flag: count(),
  },
  'spi.pointers': {
    wrong: count(0),
    wrongBits: hex(4, 0),
    written: count(),
  },
  'spi.banks': {
    etxndl: named('ETXNDL', hex(2)),
    eht6: named('EHT6', hex(2)),
    ebstsd: named('EBSTSD', hex(2)),
  },
  'spi.bit-fields': {
    cleared: hex(2, 0xe0),
    set: hex(2, 0xf7),
  },
  'spi.memory': {
    wrong: count(0),
    rate: quantity('kB/s'),
    written: count(),
  },
  'spi.auto-increment': {
    wrong: count(0),
    readPointer: hex(4, 0x0002),
    writePointer: hex(4, 0x0002),
    moved: count(0),
  },
  'spi.bank-changes': {
    wrong: count(0),
    changes: count(),
  },
})

export const SPI_CLOCK = SPI_FIGURES['spi.clock']
export const BIT_ORDER = SPI_FIGURES['spi.bit-order']
export const WIRES_ALONE = SPI_FIGURES['spi.pins']
export const BY_HAND = SPI_FIGURES['spi.by-hand']
export const CLOCK_SWEEP = SPI_FIGURES['spi.clock-sweep']
export const MISO = SPI_FIGURES['spi.miso']
export const INTERRUPT_PIN = SPI_FIGURES['spi.interrupt-pin']
export const POINTERS = SPI_FIGURES['spi.pointers']
export const SPI_MEMORY = SPI_FIGURES['spi.memory']
