/** A trace as the points of an SVG polyline, with no more corners than its width has room for. */

export interface TracePlace {
  /** Pixels across, of an instant in nanoseconds. */
  readonly x: (time: number) => number
  /** Pixels down, of a voltage. */
  readonly y: (volts: number) => number
}

const tenth = (pixels: number) => Math.round(10 * pixels) / 10

/**
 * Where more than two corners stand in one column of pixels, its lowest and its highest in their order: an eye sees no others.
 * @param points instants and volts in turn
 */
export function traceLine(points: Float64Array, { x, y }: TracePlace): string {
  const line: string[] = []
  const put = (i: number) => line.push(`${tenth(x(points[i]))},${tenth(y(points[i + 1]))}`)
  for (let i = 0; i < points.length; ) {
    const column = Math.floor(x(points[i]))
    let low = i
    let high = i
    let end = i + 2
    while (end < points.length && Math.floor(x(points[end])) === column) {
      if (points[end + 1] < points[low + 1]) low = end
      if (points[end + 1] > points[high + 1]) high = end
      end += 2
    }
    if (end - i <= 4) for (let each = i; each < end; each += 2) put(each)
    else {
      put(Math.min(low, high))
      if (low !== high) put(Math.max(low, high))
    }
    i = end
  }
  return line.join(' ')
}
