/**
 * Sequence numbers: whole numbers modulo 2^32, which have an order only as long as two of them are less than 2^31 apart
 * (RFC 9293 3.4). Every function takes and gives unsigned 32-bit numbers.
 */

/** `octets` further on, or back where negative. */
export function add(sequence: number, octets: number): number {
  return (sequence + octets) >>> 0
}

/** From one number to another: negative where `to` comes first; -2^31 where neither does. */
export function sequenceDistance(from: number, to: number): number {
  return (to - from) | 0
}

export function before(a: number, b: number): boolean {
  return ((a - b) | 0) < 0
}

export function beforeOrAt(a: number, b: number): boolean {
  return ((a - b) | 0) <= 0
}

export function after(a: number, b: number): boolean {
  return ((a - b) | 0) > 0
}

export function afterOrAt(a: number, b: number): boolean {
  return ((a - b) | 0) >= 0
}

/** The later of two. */
export function latest(a: number, b: number): number {
  return ((a - b) | 0) > 0 ? a : b
}
