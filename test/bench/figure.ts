/** The units that figures come in, and which way each is better: what two commits' figures are compared by. */
export const BETTER = {
  'MHz emulated': 'higher',
  'virtual s/s': 'higher',
  'MB/s': 'higher',
  'Mbit/s': 'higher',
  'kbit/s': 'higher',
  'kbit/s each way': 'higher',
  '1/s': 'higher',
  ms: 'lower',
  µs: 'lower',
  'us/frame': 'lower',
  'us round trip': 'lower',
  octets: 'lower',
  '%': 'higher',
} as const satisfies Readonly<Record<string, 'higher' | 'lower'>>

export type Unit = keyof typeof BETTER

/** One measured figure: `ratio` is `value` over the peer's or the limit's, which `against` names with its own figure. */
export interface BenchFigure {
  readonly name: string
  readonly value: number
  readonly unit: Unit
  readonly against: string
  readonly ratio: number
  /** What the ratio should be, in words. */
  readonly aim?: string
}

export interface Benchmark {
  readonly name: string
  run(): Promise<BenchFigure[]> | BenchFigure[]
}

/** Wall-clock seconds that `work` took, and what it returned. */
export function timed<T>(work: () => T): { seconds: number; result: T } {
  const begin = process.hrtime.bigint()
  const result = work()
  return { seconds: Number(process.hrtime.bigint() - begin) / 1e9, result }
}

/** Seconds of processor time that `work` took, all threads: without what others do on this machine meanwhile. */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
