/** Power-save (DS39662 14): the MAC and the PHY sleep, registers and memory keep what they hold. */
import { MILLISECOND } from '../hal/clock.js'
import type { SpiProgram } from '../hal/spi.js'
import { Batch, type ChipAccess } from './access.js'
import { ChipError } from './chip-error.js'
import { BITS } from './registers.js'

/** A frame of 1518 octets takes 1.2 ms, one attempt of sixteen with the longest back-off 366 ms. */
const POLLS = 400

/**
 * Puts the chip to sleep once the frames under way have ended. The link goes down: no link pulses are sent.
 * @throws ChipError `transmitter-stuck` when a transmission does not end.
 */
export function* sleepChip(access: ChipAccess): SpiProgram<void> {
  const { ECON1, ECON2, ESTAT } = BITS
  yield* new Batch(access).clear('ECON1', ECON1.RXEN).run()
  for (let poll = 0; ; poll++) {
    const batch = new Batch(access)
    const estat = batch.read('ESTAT')
    const econ1 = batch.read('ECON1')
    yield* batch.run()
    if ((estat.value & ESTAT.RXBUSY) === 0 && (econ1.value & ECON1.TXRTS) === 0) break
    if (poll === POLLS) throw new ChipError('transmitter-stuck', 'a transmission did not end, so the chip cannot sleep')
    yield { wait: MILLISECOND }
  }
  yield* new Batch(access).set('ECON2', ECON2.VRPS).set('ECON2', ECON2.PWRSV).run()
}

/**
 * Wakes the chip and lets it receive again; the link takes its time to come back.
 * @throws ChipError `clock-not-ready` when the oscillator does not start.
 */
export function* wake(access: ChipAccess): SpiProgram<void> {
  const { ECON1, ECON2, ESTAT } = BITS
  yield* new Batch(access).clear('ECON2', ECON2.PWRSV).run()
  for (let poll = 0; poll < 20; poll++) {
    yield { wait: MILLISECOND } // the oscillator start-up timer runs 300 us
    const batch = new Batch(access)
    const estat = batch.read('ESTAT')
    yield* batch.run()
    if ((estat.value & ESTAT.CLKRDY) === 0) continue
    yield* new Batch(access).set('ECON1', ECON1.RXEN).run()
    return
  }
  throw new ChipError('clock-not-ready', 'ESTAT.CLKRDY is still 0 20 ms after waking: the 25 MHz crystal does not run')
}
