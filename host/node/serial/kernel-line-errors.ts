/**
 * What a Linux driver counts of a port's errors: TIOCGICOUNT (linux/serial.h, `struct serial_icounter_struct`, twenty ints). Drivers of UARTs
 * and of most USB adapters have it; pseudo-terminals and other systems do not.
 */
import { createRequire } from 'node:module'
import type { SerialPortStream } from '@serialport/stream'
import type { LineErrorCounts } from '../../target/host-line.js'

/** asm-generic/ioctls.h */
const TIOCGICOUNT = 0x545d
/** Places in the structure: cts, dsr, rng, dcd, rx, tx, frame, overrun, parity, brk, buf_overrun, nine reserved. */
const INTS = 20
const FRAME = 6
const OVERRUN = 7
const PARITY = 8
const BREAK = 9
const BUFFER_OVERRUN = 10

/** @returns undefined where this port does not tell, or koffi is not installed */
export function kernelLineErrors(port: SerialPortStream): (() => LineErrorCounts | undefined) | undefined {
  if (process.platform !== 'linux') return undefined
  const descriptor = (port.port as { fd?: unknown } | undefined)?.fd
  if (typeof descriptor !== 'number') return undefined
  let koffi: typeof import('koffi')
  try {
    koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi')
  } catch {
    return undefined // an optional package: without it the port does not tell
  }
  const ioctl = koffi.load(null).func('int ioctl(int descriptor, unsigned long request, _Out_ int32_t *counts)')
  const counts = new Int32Array(INTS)
  const read = (): LineErrorCounts | undefined => {
    if (!port.isOpen || ioctl(descriptor, TIOCGICOUNT, counts) !== 0) return undefined
    return {
      framing: counts[FRAME],
      parity: counts[PARITY],
      overruns: counts[OVERRUN] + counts[BUFFER_OVERRUN],
      breaks: counts[BREAK],
    }
  }
  return read() === undefined ? undefined : read
}
