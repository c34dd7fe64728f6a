/**
 * The least power of two that is not less than `value`.
 * @param value a whole number from 1 to 2^30
 */
export function powerOfTwo(value: number): number {
  return 1 << (32 - Math.clz32(value - 1))
}
