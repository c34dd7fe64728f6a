/** Things that stand side by side are alike: a slice takes its own from all over. */

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other)
}

/**
 * Which of `length` things the first, the second and so on is, in strides: each of them once before any comes again.
 * @param from the first of them
 * @throws RangeError for a stride that leaves some out: they would never be judged
 */
export function spreadOver(length: number, stride: number, from = 0): (number: number) => number {
  if (greatestCommonDivisor(length, stride) !== 1) {
    throw new RangeError(`strides of ${stride} do not come to each of ${length}: take one that has no divisor of it`)
  }
  return (number) => (from + number * stride) % length
}

/** The stride in which the first `count` of `length` things lie as far apart as can be, and that comes to each of them. */
export function strideFor(length: number, count: number): number {
  let stride = Math.max(1, Math.round(length / count))
  while (greatestCommonDivisor(length, stride) !== 1) stride++
  return stride
}
