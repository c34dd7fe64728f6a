/** Reset and identification: the way from a chip in an unknown state to one that can be configured (reference 18). */
import { MILLISECOND } from '../hal/clock.js'
import type { SpiProgram } from '../hal/spi.js'
import { hexText } from '../text/hex-text.js'
import { Batch, type ChipAccess } from './access.js'
import { ChipError } from './chip-error.js'
import { BITS, REGISTERS, REVISION_ID, type SiliconRevision } from './registers.js'

/** ESTAT bit 3 is not implemented and must read 0: a MISO that is stuck high shows here. */
const ESTAT_ZERO = 0x08

/** Polls for CLKRDY, 1 ms apart; a crystal needs 0.3 ms (DS39662 2.2). */
const CLOCK_POLLS = 20

const REVISIONS = new Map(Object.entries(REVISION_ID).map(([name, id]) => [id, name as SiliconRevision]))

export interface ChipIdentity {
  /** EREVID as read. */
  readonly revisionId: number
  readonly revision: SiliconRevision
}

/**
 * System reset, then waits for the clock and reads the revision. Wakes a chip that sleeps first, because a sleeping one
 * ignores SRC (erratum 19), and waits the time erratum 2 asks for instead of trusting CLKRDY.
 * @throws ChipError `no-answer`, `clock-not-ready` or `unknown-revision`.
 */
export function* resetChip(access: ChipAccess): SpiProgram<ChipIdentity> {
  access.forget()
  yield* new Batch(access).clear('ECON2', BITS.ECON2.PWRSV).run()
  yield { wait: MILLISECOND }
  yield* new Batch(access).reset().run()
  yield { wait: 2 * MILLISECOND }

  let estat = 0
  let econ2 = 0
  for (let poll = 0; poll < CLOCK_POLLS; poll++) {
    if (poll > 0) yield { wait: MILLISECOND }
    const batch = new Batch(access)
    const replies = [batch.read('ESTAT'), batch.read('ECON2')]
    yield* batch.run()
    ;[estat, econ2] = replies.map((reply) => reply.value)
    if ((estat & ESTAT_ZERO) !== 0 || econ2 !== REGISTERS.ECON2.reset) continue
    if ((estat & BITS.ESTAT.CLKRDY) !== 0) return yield* identify(access)
  }
  if ((estat & ESTAT_ZERO) !== 0 || econ2 !== REGISTERS.ECON2.reset) {
    throw new ChipError(
      'no-answer',
      `after a system reset ESTAT reads ${hexText(estat)} and ECON2 ${hexText(econ2)}, not 01h and 80h: ` +
        'no ENC28J60 answers; check supply, chip select and MISO',
    )
  }
  throw new ChipError(
    'clock-not-ready',
    `ESTAT.CLKRDY is still 0 ${CLOCK_POLLS} ms after the reset: the 25 MHz crystal does not run`,
  )
}

/**
 * Reads the silicon revision.
 * @throws ChipError `unknown-revision` when it is not one of B1, B4, B5 and B7.
 */
function* identify(access: ChipAccess): SpiProgram<ChipIdentity> {
  const batch = new Batch(access)
  const reply = batch.read('EREVID')
  yield* batch.run()
  const revision = REVISIONS.get(reply.value)
  if (revision === undefined) {
    throw new ChipError(
      'unknown-revision',
      `EREVID reads ${hexText(reply.value)}; the known revisions are 02h, 04h, 05h and 06h: check the SPI wires and their length`,
    )
  }
  return { revisionId: reply.value, revision }
}
