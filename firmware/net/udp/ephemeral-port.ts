/** Ports for those who do not care which: unpredictable, so that a stranger cannot guess where to aim (RFC 6056). */
import type { Random } from '../../hal/random.js'

/** The dynamic ports (RFC 6335 6). */
export const FIRST_EPHEMERAL_PORT = 49_152
export const LAST_EPHEMERAL_PORT = 65_535

/**
 * A free port from a random place on (RFC 6056 3.3.1, algorithm 1).
 * @returns undefined when all of them are taken
 */
export function ephemeralPort(random: Random, isTaken: (port: number) => boolean): number | undefined {
  const ports = LAST_EPHEMERAL_PORT - FIRST_EPHEMERAL_PORT + 1
  const first = random.below(ports)
  for (let i = 0; i < ports; i++) {
    const port = FIRST_EPHEMERAL_PORT + ((first + i) % ports)
    if (!isTaken(port)) return port
  }
  return undefined
}
