/** The first of a rising row, from `from` up to but not including `to`, that is above a value; `to` where none is. */
export function firstAbove(value: number, from: number, to: number, at: (index: number) => number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(middle) <= value) low = middle + 1
    else high = middle
  }
  return low
}
