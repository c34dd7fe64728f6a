/** Ports for those who do not care which: unpredictable, so that a stranger cannot guess where to aim (RFC 6056). */
import type { Random } from '../hal/random.js'

/** The dynamic ports (RFC 6335 6). */
export const FIRST_EPHEMERAL_PORT = 49_152
export const LAST_EPHEMERAL_PORT = 65_535

/**
 * A free port of `first` to `last`, from a random place on (RFC 6056 3.3.1, algorithm 1).
 * @returns undefined when all of them are taken
 */
export function ephemeralPort(
  random: Random,
  isTaken: (port: number) => boolean,
  first = FIRST_EPHEMERAL_PORT,
  last = LAST_EPHEMERAL_PORT,
): number | undefined {
  const count = last - first + 1
  const start = random.below(count)
  for (let i = 0; i < count; i++) {
    const port = first + ((start + i) % count)
    if (!isTaken(port)) return port
  }
  return undefined
}
