/** MTUs that links have (RFC 1191 7, table 7-1): tried where a router from before that RFC does not say what it can pass on. */

const PLATEAUS = [32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68] as const

/** The greatest that is less than the length that did not pass (5); the least of all where none is. */
export function plateauBelow(length: number): number {
  return PLATEAUS.find((plateau) => plateau < length) ?? PLATEAUS[PLATEAUS.length - 1]
}
