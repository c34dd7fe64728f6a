/** Two transmissions so long apart, in one batch: what stands between them on SPI passes the time. */
import { SECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { keyed } from '../../text/keyed.js'
import type { CheckContext } from '../context.js'
import type { Outcome } from '../types.js'

/** SCK at which a few octets take that long; the ETH registers need no more (DS80349C 1 is about the others). */
const SLOW_CLOCK = 125_000
/** Octets that fit into one cell with the commands around them, so that nothing but SCK is between these. */
const MOST_PADDING = 14
/** Octets of commands between the two transmissions beside those. */
const COMMANDS = 5

/** Where octets go that only pass the time: transmit memory behind a frame of some thousand octets. */
export const PASSING = 0x1f00

/** Of a check that `runPaced` could not run. */
export const UNPACED: Outcome = { measurements: [], verdict: 'skip', reason: keyed('pacing.clock') }

/** Octets at an SCK of so many Hz that take `apart` (ns) with the commands; 0 where no number of them comes to it. */
function paddingFor(apart: number, clock: number): number {
  const octets = Math.round((apart * clock) / (8 * SECOND)) - COMMANDS
  return octets <= MOST_PADDING ? Math.max(0, octets) : 0
}

/**
 * Runs a program of such pairs at a slow SCK, and sets SCK back whatever comes of it. (Cells of a serial line come evenly as well, but a
 * slow controller takes as long again to forward one.)
 * @param clock that SCK has now, in Hz; undefined where nobody says: it could not be set back
 * @param apart from the first transmission to the second, ns
 * @param program is given the octets to write to `PASSING` between the two
 * @returns undefined, with nothing run, where SCK of this board comes to no right time
 */
export async function runPaced<T>(
  { chip }: Pick<CheckContext, 'chip'>,
  clock: number | undefined,
  apart: number,
  program: (padding: number) => SpiProgram<T>,
): Promise<T | undefined> {
  if (clock === undefined) return undefined
  try {
    const slow = await chip.setClock(SLOW_CLOCK)
    const padding = slow === undefined ? 0 : paddingFor(apart, slow)
    return padding > 0 ? await chip.run(program(padding)) : undefined
  } finally {
    await chip.setClock(clock)
  }
}
