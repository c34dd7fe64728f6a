/** PHY registers, which only the MII can reach (DS39662 3.3): a transaction takes 10.24 us, and its end must be waited for. */
import { MICROSECOND } from '../hal/clock.js'
import type { SpiProgram } from '../hal/spi.js'
import { hexText } from '../text/hex-text.js'
import { Batch, type ChipAccess } from './access.js'
import { ChipError } from './chip-error.js'
import { BITS, PHY_BITS, PHY_REGISTERS, type PhyRegisterName } from './registers.js'

/** One MII transaction, rounded up from 10.24 us. */
const TRANSACTION = 11 * MICROSECOND
/** Polls of MISTAT after the first wait before the PHY counts as dead. */
const POLLS = 20

/**
 * Reads a PHY register (DS39662 3.3.1). Reading PHSTAT1 and PHIR clears what they have latched.
 * @throws ChipError `phy-not-ready` when the MII stays busy.
 */
export function* readPhy(access: ChipAccess, name: PhyRegisterName): SpiProgram<number> {
  yield* new Batch(access).write('MIREGADR', PHY_REGISTERS[name].address).write('MICMD', BITS.MICMD.MIIRD).run()
  for (let poll = 0; poll < POLLS; poll++) {
    yield { wait: TRANSACTION }
    const batch = new Batch(access)
    const status = batch.read('MISTAT')
    batch.write('MICMD', 0)
    const value = batch.readPair('MIRD')
    yield* batch.run()
    // Clearing MIIRD early does not stop the transaction: a later poll reads the value it brought.
    if ((status.value & BITS.MISTAT.BUSY) === 0) return value.value
  }
  throw new ChipError('phy-not-ready', `the MII stays busy: reading ${name} did not end within ${POLLS} x 10.24 us`)
}

/**
 * Writes a PHY register (DS39662 3.3.2).
 * @throws ChipError `phy-not-ready` when the MII stays busy.
 */
export function* writePhy(access: ChipAccess, name: PhyRegisterName, value: number): SpiProgram<void> {
  yield* new Batch(access).write('MIREGADR', PHY_REGISTERS[name].address).writePair('MIWR', value).run()
  for (let poll = 0; poll < POLLS; poll++) {
    yield { wait: TRANSACTION }
    const batch = new Batch(access)
    const status = batch.read('MISTAT')
    yield* batch.run()
    if ((status.value & BITS.MISTAT.BUSY) === 0) return
  }
  throw new ChipError('phy-not-ready', `the MII stays busy: writing ${name} did not end within ${POLLS} x 10.24 us`)
}

/**
 * Checks that the PHY answers with Microchip's identifier, 00-04-A3 (DS39662 table 3-3).
 * @throws ChipError `phy-not-ready` when it is another, which is what a PHY without a clock reads as.
 */
export function* identifyPhy(access: ChipAccess): SpiProgram<void> {
  const id1 = yield* readPhy(access, 'PHID1')
  const id2 = yield* readPhy(access, 'PHID2')
  if (id1 !== PHY_REGISTERS.PHID1.reset || (id2 & PHY_BITS.PHID2.PID_19_24) !== PHY_REGISTERS.PHID2.reset) {
    throw new ChipError(
      'phy-not-ready',
      `PHID1 and PHID2 read ${hexText(id1, 4)} and ${hexText(id2, 4)}, not 0083h and 1400h: the PHY has no clock or is damaged`,
    )
  }
}

/** What the PHY says about the line now. */
export interface LineStatus {
  readonly linkUp: boolean
  readonly fullDuplex: boolean
  readonly polarityReversed: boolean
  readonly receiving: boolean
  readonly transmitting: boolean
}

/** Reads PHSTAT2, which latches nothing. */
export function* readLineStatus(access: ChipAccess): SpiProgram<LineStatus> {
  const value = yield* readPhy(access, 'PHSTAT2')
  return {
    linkUp: (value & PHY_BITS.PHSTAT2.LSTAT) !== 0,
    fullDuplex: (value & PHY_BITS.PHSTAT2.DPXSTAT) !== 0,
    polarityReversed: (value & PHY_BITS.PHSTAT2.PLRITY) !== 0,
    receiving: (value & PHY_BITS.PHSTAT2.RXSTAT) !== 0,
    transmitting: (value & PHY_BITS.PHSTAT2.TXSTAT) !== 0,
  }
}
