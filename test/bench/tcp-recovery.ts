/**
 * How long downloads take over bad wires: in virtual time, where the figures do not depend on this machine; and beside this machine's kernel
 * with its own congestion controls, over the same mixtures, where namespaces can be made.
 */
import { median } from '../../host/check/measure.js'
import { badWireOf, downloads, REFERENCE_WIRE } from '../net/download.js'
import { DOWNLOAD_SENDERS, type DownloadSender, downloadFrom } from '../net/linux-downloads.js'
import { noNamespaces } from '../net/namespace.js'
import type { BenchFigure, Benchmark } from './figure.js'

/** Linux' CUBIC over the reference wire, 200 kB: median of nine runs of kernel 6.18. */
const LINUX_CUBIC_MS = 2300

function inVirtualTime(): BenchFigure[] {
  const short = downloads(200, { octets: 200_000, wire: REFERENCE_WIRE })
  const mixed = downloads(200, { octets: 200_000 })
  const long = downloads(20, { octets: 2_000_000, wire: REFERENCE_WIRE })
  const figure = (name: string, seconds: number, scale = 1): BenchFigure => ({
    name,
    value: 1000 * seconds,
    unit: 'ms',
    against: `${LINUX_CUBIC_MS * scale} ms of Linux' CUBIC over the reference wire, another day`,
    ratio: (1000 * seconds) / (LINUX_CUBIC_MS * scale),
  })
  return [
    figure('200 kB over the reference wire, median', short.median),
    figure('200 kB over the reference wire, mean', short.mean),
    figure('200 kB over mixtures, median', mixed.median),
    figure('2 MB over the reference wire, median', long.median, 10),
  ]
}

async function besideLinux(name: string, octets: number, count: number, seeds: number): Promise<BenchFigure[]> {
  const took: Record<DownloadSender, number[]> = { ours: [], cubic: [], bbr: [] }
  for (let seed = 1; seed <= seeds; seed++)
    for (const sender of DOWNLOAD_SENDERS)
      took[sender].push(await downloadFrom(sender, { octets, count, seed, wire: badWireOf(seed) }))
  const ours = median(took.ours)!
  const against = (peer: 'cubic' | 'bbr', aim: string): BenchFigure => {
    const theirs = median(took[peer])!
    return {
      name: `${name} beside ${peer}, median of ${seeds} mixtures`,
      value: 1000 * ours,
      unit: 'ms',
      against: `${(1000 * theirs).toFixed(0)} ms of Linux' ${peer}`,
      ratio: ours / theirs,
      aim,
    }
  }
  return [
    against('cubic', count === 1 ? '0.5 or less' : '0.8 or less'),
    ...(count === 1 ? [against('bbr', '3 or less')] : []),
  ]
}

async function figures(): Promise<BenchFigure[]> {
  const virtual = inVirtualTime()
  if (noNamespaces() !== undefined) return virtual
  return [
    ...virtual,
    ...(await besideLinux('200 kB', 200_000, 1, 20)),
    ...(await besideLinux('2 MB', 2_000_000, 1, 5)),
    ...(await besideLinux('40 at once of 200 kB', 200_000, 40, 5)),
  ]
}

export const tcpRecovery: Benchmark = { name: 'tcp-recovery', run: figures }
