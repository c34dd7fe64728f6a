import { Batch, type ChipAccess } from '../../firmware/enc28j60/access.js'
import type { RegisterName } from '../../firmware/enc28j60/registers.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'

/** Reads one register, which the driver never does: it reads in batches. */
export function* readRegister(access: ChipAccess, name: RegisterName): SpiProgram<number> {
  const batch = new Batch(access)
  const reply = batch.read(name)
  yield* batch.run()
  return reply.value
}
