/** Is the chip still the one that was configured? A supply that sagged leaves reset values behind (reference 20). */
import type { SpiProgram } from '../hal/spi.js'
import { Batch, type ChipAccess } from './access.js'
import { ChipError, hex } from './chip-error.js'
import { type ChipConfig, expectedAddress } from './initialise.js'
import { readLineStatus } from './phy.js'
import { BITS } from './registers.js'

export interface Health {
  /** A frame is passing on the receive pair, or was a moment ago. */
  readonly lineBusy: boolean
  /** EPKTCNT. */
  readonly packetsWaiting: number
}

/**
 * Looks at what a reset would have changed.
 * @throws ChipError `no-answer` when the reads are nobody's, `registers-lost` when they are those of a chip after reset.
 */
export function* checkHealth(access: ChipAccess, config: ChipConfig): SpiProgram<Health> {
  // The cached bank is part of what a sagging supply takes away.
  access.bank = undefined
  const batch = new Batch(access)
  const estat = batch.read('ESTAT')
  const econ1 = batch.read('ECON1')
  const waiting = batch.read('EPKTCNT')
  const expected = expectedAddress(config)
  const replies = expected.map(([name]) => batch.read(name))
  yield* batch.run()
  if ((estat.value & 0x08) !== 0 || (estat.value === 0 && econ1.value === 0)) {
    throw new ChipError(
      'no-answer',
      `ESTAT and ECON1 read ${hex(estat.value)} and ${hex(econ1.value)}: the chip does not answer`,
    )
  }
  const wrong = expected.some(([, value], i) => replies[i].value !== value)
  if (wrong || (econ1.value & BITS.ECON1.RXEN) === 0) {
    throw new ChipError(
      'registers-lost',
      'the chip has lost its station address or its receiver is off: it was reset behind our back',
    )
  }
  const line = yield* readLineStatus(access)
  return { lineBusy: line.receiving || (estat.value & BITS.ESTAT.RXBUSY) !== 0, packetsWaiting: waiting.value }
}
