/**
 * Is the chip still the one that was configured? A supply that sagged leaves reset values behind, and a disturbed bus may
 * have written anything anywhere (reference 20).
 */
import type { SpiProgram } from '../hal/spi.js'
import { hexText } from '../text/hex-text.js'
import { Batch, type ChipAccess } from './access.js'
import { ChipError } from './chip-error.js'
import { type ChipConfig, expectedPhySettings, expectedSettings } from './initialise.js'
import { readLineStatus, readPhy } from './phy.js'
import { type ReceivePosition, releasePointer } from './receive.js'
import { BITS } from './registers.js'

export interface Health {
  readonly linkUp: boolean
  /** A frame is passing on the receive pair, or was a moment ago. */
  readonly lineBusy: boolean
  /** EPKTCNT. */
  readonly packetsWaiting: number
}

/** Bits of ECON1 that are 0 while a driver works: resets, and the DMA it does not use. */
const QUIET = BITS.ECON1.TXRST | BITS.ECON1.RXRST | BITS.ECON1.DMAST | BITS.ECON1.CSUMEN

/** A single wrong reading may be the bus and not the chip. */
const ATTEMPTS = 2

/**
 * Compares every setting with what it should be.
 * @throws ChipError `no-answer` when no chip answered the reads, `registers-lost` when the settings are not ours any more.
 */
export function* checkHealth(
  access: ChipAccess,
  config: ChipConfig,
  interrupts: number,
  position: ReceivePosition,
): SpiProgram<Health> {
  const expected = expectedSettings(config, interrupts, releasePointer(position.packet, config))
  let trouble: ChipError | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // The cached bank is part of what a sagging supply takes away.
    access.bank = undefined
    const batch = new Batch(access)
    const estat = batch.read('ESTAT')
    const econ1 = batch.read('ECON1')
    const waiting = batch.read('EPKTCNT')
    const replies = expected.map(([name]) => batch.read(name))
    yield* batch.run()
    const wrong = expected.filter(([, value], i) => replies[i].value !== value).map(([name]) => name)
    if ((econ1.value & BITS.ECON1.RXEN) === 0 || (econ1.value & QUIET) !== 0) wrong.unshift('ECON1')
    if ((estat.value & 0x08) !== 0 || (estat.value === 0 && econ1.value === 0)) {
      const reads = `ESTAT and ECON1 read ${hexText(estat.value)} and ${hexText(econ1.value)}`
      trouble = new ChipError('no-answer', `${reads}: the chip does not answer any more`)
    } else if (wrong.length > 0) {
      trouble = new ChipError(
        'registers-lost',
        `${list(wrong)} changed behind our back: the chip was reset or its bus disturbed`,
      )
    } else {
      const line = yield* readLineStatus(access)
      yield* checkPhy(access, config, interrupts)
      const lineBusy = line.receiving || (estat.value & BITS.ESTAT.RXBUSY) !== 0
      return { linkUp: line.linkUp, lineBusy, packetsWaiting: waiting.value }
    }
  }
  throw trouble!
}

function* checkPhy(access: ChipAccess, config: ChipConfig, interrupts: number): SpiProgram<void> {
  for (const [name, expected] of expectedPhySettings(config, interrupts)) {
    const value = yield* readPhy(access, name)
    if (value === expected || (yield* readPhy(access, name)) === expected) continue
    throw new ChipError(
      'registers-lost',
      `${name} reads ${hexText(value, 4)}, not ${hexText(expected, 4)}: it changed behind our back`,
    )
  }
}

/** The first few names. */
function list(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`
}
