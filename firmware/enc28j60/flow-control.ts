/**
 * Flow control (DS39662 10.0): asks the partner to pause while receive memory runs low, and lets it go on when there is room
 * again. In full duplex by pause frames, which the MAC sends by itself again and again while EFLOCON says so. In half duplex
 * the chip could only jam the medium, which the reference advises against: the driver does not.
 */
import type { SpiProgram } from '../hal/spi.js'
import { Batch, type ChipAccess } from './access.js'
import type { ChipConfig } from './initialise.js'
import { RECEIVE_HEADER_OCTETS } from './registers.js'

/** EFLOCON in full duplex (DS39662 register 10-1). */
const PAUSE_PERIODICALLY = 2
const PAUSE_ZERO_THEN_OFF = 3

/** Octets the receiver may still store: hardware never fills the FIFO to the last one (reference 8.4). */
export function freeSpace(write: number, read: number, config: ChipConfig): number {
  if (write > read) return config.receiveEnd - (write - read)
  if (write === read) return config.receiveEnd
  return read - write - 1
}

/** Tells when to pause the partner: room for the frame that is coming and for one that it may begin before it obeys. */
export function shouldPause(free: number, pausing: boolean, config: ChipConfig): boolean {
  const frame = RECEIVE_HEADER_OCTETS + config.maximumFrame + 1
  return pausing ? free < config.receiveEnd * 0.75 : free < 3 * frame
}

/**
 * Looks at the room in receive memory and pauses the partner or lets it go on.
 * @param pausing whether it is paused now.
 * @returns whether it is paused afterwards.
 */
export function* regulateFlow(access: ChipAccess, config: ChipConfig, pausing: boolean): SpiProgram<boolean> {
  const look = new Batch(access)
  // ERXWRPT is two registers: it is sound when no packet came between (DS39662 7.2.4).
  const before = look.read('EPKTCNT')
  const write = look.readPair('ERXWRPT')
  const read = look.readPair('ERXRDPT')
  const after = look.read('EPKTCNT')
  yield* look.run()
  if (before.value !== after.value) return pausing
  const wanted = shouldPause(freeSpace(write.value, read.value, config), pausing, config)
  if (wanted !== pausing) {
    yield* new Batch(access).write('EFLOCON', wanted ? PAUSE_PERIODICALLY : PAUSE_ZERO_THEN_OFF).run()
  }
  return wanted
}

/** No more pause frames: one that is left on blocks the partner's port for ever (reference 20, "pause storms"). */
export function* endFlowControl(access: ChipAccess): SpiProgram<void> {
  yield* new Batch(access).write('EFLOCON', 0).run()
}
