/** How late this computer is, with what its kernel keeps account of. */
import { readFileSync } from 'node:fs'
import { MICROSECOND, MILLISECOND } from '../../../firmware/hal/clock.js'
import { LatenessMeter } from '../../serial/lateness.js'

/** What timers of Windows count in; those of others count milliseconds. */
const WINDOWS_TICK = 17 * MILLISECOND

/** Nanoseconds since boot in which some process waited for a processor (Linux, Documentation/accounting/psi.rst). */
function queuedSinceBoot(): number | undefined {
  let text: string
  try {
    text = readFileSync('/proc/pressure/cpu', 'utf8')
  } catch {
    return undefined // not Linux, or a kernel without pressure stall information: the timer alone tells
  }
  const total = /^some .*total=(\d+)$/m.exec(text)?.[1]
  return total === undefined ? undefined : Number(total) * MICROSECOND
}

export function computerLateness(): LatenessMeter {
  return new LatenessMeter({
    queued: queuedSinceBoot,
    ...(process.platform === 'win32' ? { ordinary: WINDOWS_TICK } : {}),
  })
}
