/**
 * What the checks add to the driver's own routines. A check never assumes anything about the chip: each batch begins with
 * nothing known, so it selects its bank itself and survives a chip that was reset, swapped or hot-plugged in between.
 */
import { Batch, ChipAccess } from '../../firmware/enc28j60/access.js'
import { BITS, PHY_REGISTERS, type PhyRegisterName } from '../../firmware/enc28j60/registers.js'
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'

/** An empty batch that knows nothing of the chip. */
export function fresh(): Batch {
  return new Batch(new ChipAccess())
}

export function* pause(nanoseconds: number): SpiProgram<void> {
  yield { wait: nanoseconds }
}

/** System reset without a look at the answers: it must work, or fail, the same way when nothing can be read. */
export function* blindReset(): SpiProgram<void> {
  // A sleeping chip ignores the reset (DS80349C 19).
  yield* fresh().clear('ECON2', BITS.ECON2.PWRSV).run()
  yield* pause(1 * MILLISECOND)
  yield* fresh().reset().run()
  // CLKRDY is not to be trusted for a millisecond after a reset (DS80349C 2).
  yield* pause(2 * MILLISECOND)
}

/** MII status reads before and after the access has had its time. */
export interface MiiTiming {
  readonly value: number
  /** BUSY once 10.24 µs have passed since MIIRD was set. */
  readonly busyAfter: boolean
  /** From setting MIIRD to the last status read, in ns, as seen from this end. */
  readonly took: number
}

/** Reads a PHY register by hand and looks at BUSY once, after the time an access takes (DS39662 3.3.1: 10.24 µs). */
export function* timePhyRead(name: PhyRegisterName, now: () => number): SpiProgram<MiiTiming> {
  const started = now()
  yield* fresh().write('MIREGADR', PHY_REGISTERS[name].address).write('MICMD', BITS.MICMD.MIIRD).run()
  yield* pause(Math.ceil(10.24 * MICROSECOND))
  const batch = fresh()
  const status = batch.read('MISTAT')
  batch.write('MICMD', 0)
  const value = batch.readPair('MIRD')
  yield* batch.run()
  return { value: value.value, busyAfter: (status.value & BITS.MISTAT.BUSY) !== 0, took: now() - started }
}
