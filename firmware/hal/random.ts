/** Chance as firmware may ask for it: seeded from outside, so that the same seed gives the same run. */
export interface Random {
  /** A whole number, 0 to 2^32 - 1. */
  next32(): number
  /** A number, 0 up to but not including 1. */
  float(): number
  /** A whole number, 0 up to but not including `limit`. */
  below(limit: number): number
  /** A stream of its own that depends on this one's seed and on the name, and not on how many numbers were drawn. */
  fork(name: string): Random
}
