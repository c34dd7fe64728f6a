/** How long downloads take over a bad wire, in virtual time: the figures do not depend on this machine. */
import { downloads, REFERENCE_WIRE } from '../net/download.js'
import type { BenchFigure, Benchmark } from './figure.js'

/** Linux' CUBIC over the same mixture in namespaces, 200 kB: median of nine runs (docs/stack.md, "Over a bad wire"). */
const LINUX_CUBIC_MS = 2300

function figures(): BenchFigure[] {
  const short = downloads(200, { octets: 200_000, wire: REFERENCE_WIRE })
  const mixed = downloads(200, { octets: 200_000 })
  const long = downloads(20, { octets: 2_000_000, wire: REFERENCE_WIRE })
  const figure = (name: string, seconds: number, scale = 1, aim?: string): BenchFigure => ({
    name,
    value: 1000 * seconds,
    unit: 'ms',
    against: `${LINUX_CUBIC_MS * scale} ms of Linux' CUBIC over such a wire`,
    ratio: (1000 * seconds) / (LINUX_CUBIC_MS * scale),
    ...(aim === undefined ? {} : { aim }),
  })
  return [
    figure('200 kB over the reference wire, median', short.median, 1, '0.5 or less'),
    figure('200 kB over the reference wire, mean', short.mean),
    figure('200 kB over mixtures, median', mixed.median),
    figure('2 MB over the reference wire, median', long.median, 10, '0.5 or less'),
  ]
}

export const tcpRecovery: Benchmark = { name: 'tcp-recovery', run: figures }
