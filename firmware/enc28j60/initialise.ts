/** From a chip that has been reset to one that receives: the settings of DS39662 6 and 7, with the errata's limits. */
import type { SpiProgram } from '../hal/spi.js'
import { Batch, type ChipAccess } from './access.js'
import { ChipError } from './chip-error.js'
import { identifyPhy, writePhy } from './phy.js'
import {
  BITS,
  BUFFER_SIZE,
  PHY_BITS,
  type PhyRegisterName,
  REGISTERS,
  type RegisterName,
  TRANSMIT_STATUS_OCTETS,
} from './registers.js'

/** Which frames reach the buffer (ERXFCON, DS39662 8). A frame passes when one of the filters switched on matches. */
export interface ReceiveFilters {
  readonly unicast: boolean
  readonly broadcast: boolean
  readonly multicast: boolean
  /** Groups wanted by hash (EHT0 to EHT7), 8 octets; left out: hash filter off. */
  readonly hashTable?: Uint8Array
  /** Every frame with a good FCS, whatever the other filters say. */
  readonly promiscuous: boolean
  /** Frames with a wrong FCS are thrown away; off, they are received with the error in their status. */
  readonly discardBadFcs: boolean
}

export interface ChipConfig {
  /** Station address, 6 octets. */
  readonly address: Uint8Array
  readonly fullDuplex: boolean
  readonly filters: ReceiveFilters
  /** Last octet of the receive FIFO, odd; it begins at 0000h, the only safe place (erratum 5). The rest is for transmission. */
  readonly receiveEnd: number
  /** Longest frame in octets, FCS included (MAMXFL). */
  readonly maximumFrame: number
  /** Full duplex: sends pause frames when memory runs low, and obeys those of the partner. */
  readonly flowControl: boolean
  /** PHLCON, DS39662 table 2.6; 3476h: LEDA link, LEDB traffic, 70 ms stretch. */
  readonly leds: number
}

export const DEFAULT_FILTERS: ReceiveFilters = {
  unicast: true,
  broadcast: true,
  multicast: false,
  promiscuous: false,
  discardBadFcs: true,
}

/** Half duplex, because that is what a partner with auto-negotiation falls back to (reference 12.2). */
export const DEFAULT_CONFIG: Omit<ChipConfig, 'address'> = {
  fullDuplex: false,
  filters: DEFAULT_FILTERS,
  receiveEnd: 0x19ff,
  maximumFrame: 1518,
  flowControl: false,
  leds: 0x3476,
}

/** Every interrupt the driver serves, without the global enable. */
export const DRIVER_INTERRUPTS = BITS.EIE.PKTIE | BITS.EIE.LINKIE | BITS.EIE.TXIE | BITS.EIE.TXERIE | BITS.EIE.RXERIE

/** Where the chip's transmit memory begins under a configuration. */
export function transmitStart(config: ChipConfig): number {
  return config.receiveEnd + 1
}

/**
 * Refuses a layout that cannot work.
 * @throws RangeError naming the value and what it must be.
 */
export function validateConfig(config: ChipConfig): void {
  if (config.address.length !== 6) throw new RangeError(`a station address has 6 octets, not ${config.address.length}`)
  if ((config.address[0] & 1) !== 0)
    throw new RangeError('a station address is an individual one: bit 0 of its first octet is 0')
  const { receiveEnd } = config
  if ((receiveEnd & 1) === 0)
    throw new RangeError(`receiveEnd must be odd so that ERXRDPT can be (erratum 14); got ${receiveEnd}`)
  // Control octet, frame without FCS, status vector
  const needed = 1 + config.maximumFrame - 4 + TRANSMIT_STATUS_OCTETS
  if (transmitStart(config) + needed > BUFFER_SIZE) {
    throw new RangeError(
      `receiveEnd leaves ${BUFFER_SIZE - transmitStart(config)} octets to transmit from; a frame needs ${needed}`,
    )
  }
  const { hashTable } = config.filters
  if (hashTable !== undefined && hashTable.length !== 8)
    throw new RangeError(`a hash table has 8 octets, not ${hashTable.length}`)
}

/** ERXFCON for a set of filters (DS39662 register 8-1). */
export function filterControl(filters: ReceiveFilters): number {
  const crc = filters.discardBadFcs ? BITS.ERXFCON.CRCEN : 0
  if (filters.promiscuous) return crc
  return (
    crc |
    (filters.unicast ? BITS.ERXFCON.UCEN : 0) |
    (filters.broadcast ? BITS.ERXFCON.BCEN : 0) |
    (filters.multicast ? BITS.ERXFCON.MCEN : 0) |
    (filters.hashTable !== undefined ? BITS.ERXFCON.HTEN : 0)
  )
}

/** The MAC's settings of a duplex (reference 10); gaps are the IEEE ones of DS39662 tables 6-1 and 6-2. */
function macSettings(config: ChipConfig): [RegisterName, number][] {
  const { fullDuplex, flowControl } = config
  return [
    ['MACON1', BITS.MACON1.MARXEN | (fullDuplex && flowControl ? BITS.MACON1.TXPAUS | BITS.MACON1.RXPAUS : 0)],
    ...duplexSettings(fullDuplex),
    ['MAIPGL', 0x12],
    ['MAIPGH', 0x0c],
    ['MAMXFLL', config.maximumFrame & 0xff],
    ['MAMXFLH', config.maximumFrame >> 8],
    ...stationAddress(config.address),
  ]
}

/** What of the MAC is of one duplex: MACON3, MACON4 and the gap between frames (DS39662 6.5). PHCON1.PDPXMD goes with them (6.6). */
export function duplexSettings(fullDuplex: boolean): [RegisterName, number][] {
  // Zero padding to 60 octets, FCS appended, type/length compared (PADCFG 001, TXCRCEN, FRMLNEN)
  const macon3 = 0x20 | BITS.MACON3.TXCRCEN | BITS.MACON3.FRMLNEN
  return [
    ['MACON3', macon3 | (fullDuplex ? BITS.MACON3.FULDPX : 0)],
    ['MACON4', fullDuplex ? 0 : BITS.MACON4.DEFER],
    ['MABBIPG', fullDuplex ? 0x15 : 0x12],
  ]
}

function stationAddress(address: Uint8Array): [RegisterName, number][] {
  const names = ['MAADR1', 'MAADR2', 'MAADR3', 'MAADR4', 'MAADR5', 'MAADR6'] as const
  return names.map((name, i) => [name, address[i]])
}

/**
 * What a chip that is configured so, and receives, reads wherever nobody changes it: the driver's heartbeat compares them.
 * @param interrupts as given to `initialise`; @param readPointer where ERXRDPT was put last.
 */
export function expectedSettings(
  config: ChipConfig,
  interrupts: number,
  readPointer: number,
): readonly [RegisterName, number][] {
  const pair = (low: RegisterName, high: RegisterName, value: number): [RegisterName, number][] => [
    [low, value & 0xff],
    [high, value >> 8],
  ]
  return [
    ['ECON2', BITS.ECON2.AUTOINC],
    ['EIE', interrupts === 0 ? 0 : interrupts | BITS.EIE.INTIE],
    ...pair('ETXSTL', 'ETXSTH', transmitStart(config)),
    ...pair('ERXSTL', 'ERXSTH', 0),
    ...pair('ERXRDPTL', 'ERXRDPTH', readPointer),
    ...pair('ERXNDL', 'ERXNDH', config.receiveEnd),
    ['ERXFCON', filterControl(config.filters)],
    ...macSettings(config),
    ...UNTOUCHED.map((name): [RegisterName, number] => [name, REGISTERS[name].reset]),
    ...(config.flowControl ? [] : [['EFLOCON', config.fullDuplex ? FULDPXS : 0] satisfies [RegisterName, number]]),
  ]
}

/** Registers that the driver leaves as a reset does, and that would do harm with another value. */
const UNTOUCHED: readonly RegisterName[] = ['MACLCON1', 'MACLCON2', 'MICMD', 'EBSTCON']
const FULDPXS = BITS.EFLOCON.FULDPXS

/** As `expectedSettings`, of the PHY. */
export function expectedPhySettings(config: ChipConfig, interrupts: number): readonly [PhyRegisterName, number][] {
  const { PHCON1, PHCON2, PHIE } = PHY_BITS
  return [
    // Written also when they equal the reset value: the LEDB strap and erratum 16 make PDPXMD anybody's guess.
    ['PHCON1', config.fullDuplex ? PHCON1.PDPXMD : 0],
    ['PHCON2', config.fullDuplex ? 0 : PHCON2.HDLDIS],
    ['PHIE', (interrupts & BITS.EIE.LINKIE) === 0 ? 0 : PHIE.PGEIE | PHIE.PLNKIE],
  ]
}

/** Times the MAC registers are written before a wrong read back counts as a fault (erratum 1; U-Boot does the same). */
const WRITE_ATTEMPTS = 5

/**
 * Configures a chip that has just been reset: memory, filters, MAC, PHY, interrupts. Reception is still off: `enableReceiver`.
 * @param interrupts EIE without INTIE; 0 leaves the INT pin alone.
 * @throws ChipError `register-readback` or `phy-not-ready`; RangeError for a configuration that cannot work.
 */
export function* initialise(access: ChipAccess, config: ChipConfig, interrupts = 0): SpiProgram<void> {
  validateConfig(config)
  yield* writeLayout(access, config)
  yield* writeFilters(access, config.filters)
  yield* writeMac(access, config)

  yield* identifyPhy(access)
  for (const [name, value] of expectedPhySettings(config, interrupts)) yield* writePhy(access, name, value)
  yield* writePhy(access, 'PHLCON', config.leds)

  const { EIR, ESTAT, EIE } = BITS
  yield* new Batch(access)
    .clear('EIR', EIR.DMAIF | EIR.TXIF | EIR.TXERIF | EIR.RXERIF)
    .clear('ESTAT', ESTAT.BUFER | ESTAT.LATECOL | ESTAT.TXABRT)
    .write('EIE', interrupts === 0 ? 0 : interrupts | EIE.INTIE)
    .run()
}

/** Receive FIFO from 0000h (erratum 5) with an odd ERXRDPT (erratum 14); transmit memory behind it. */
function* writeLayout(access: ChipAccess, config: ChipConfig): SpiProgram<void> {
  yield* new Batch(access)
    .writePair('ERXST', 0)
    .writePair('ERXND', config.receiveEnd)
    .writePair('ERXRDPT', config.receiveEnd)
    .writePair('ERDPT', 0)
    .writePair('ETXST', transmitStart(config))
    .run()
}

/** Sets the receive filters; reception should be off while they change (reference 8.1). */
export function* writeFilters(access: ChipAccess, filters: ReceiveFilters): SpiProgram<void> {
  const batch = new Batch(access)
  if (filters.hashTable !== undefined) {
    for (let i = 0; i < 8; i++) batch.write(`EHT${i}` as RegisterName, filters.hashTable[i])
  }
  yield* batch.write('ERXFCON', filterControl(filters)).run()
}

/** As `writeFilters`, while the chip receives: reception pauses. */
export function* changeFilters(access: ChipAccess, filters: ReceiveFilters): SpiProgram<void> {
  yield* new Batch(access).clear('ECON1', BITS.ECON1.RXEN).run()
  yield* writeFilters(access, filters)
  yield* enableReceiver(access)
}

function* writeMac(access: ChipAccess, config: ChipConfig): SpiProgram<void> {
  const settings = macSettings(config)
  let wrong = ''
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
    const batch = new Batch(access)
    for (const [name, value] of settings) batch.write(name, value)
    const replies = settings.map(([name]) => batch.read(name))
    yield* batch.run()
    const bad = settings.filter(([name, value], i) => ((replies[i].value ^ value) & REGISTERS[name].implemented) !== 0)
    if (bad.length === 0) return
    wrong = bad.map(([name]) => name).join(', ')
  }
  throw new ChipError(
    'register-readback',
    `${wrong} did not read back as written in ${WRITE_ATTEMPTS} attempts: on B1 and B4 SPI must run at 8 MHz or more ` +
      '(erratum 1); else check the wires',
  )
}

/** Lets frames in: the last step. */
export function* enableReceiver(access: ChipAccess): SpiProgram<void> {
  yield* new Batch(access).set('ECON1', BITS.ECON1.RXEN).run()
}

/** Shuts reception and interrupts, and leaves everything else as it is. */
export function* disableReceiver(access: ChipAccess): SpiProgram<void> {
  yield* new Batch(access).write('EIE', 0).clear('ECON1', BITS.ECON1.RXEN).run()
}
