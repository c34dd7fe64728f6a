/**
 * Downloads over bad wires, as many as are asked for, with medians and where the time goes:
 *
 *   npx tsx test/net/downloads.ts                              200 of 200 kB over the reference wire, and over mixtures
 *   npx tsx test/net/downloads.ts --octets 2000000 --count 50
 *   npx tsx test/net/downloads.ts --seed 17                    one, by the seconds, segment for segment
 */
import { parseArgs } from 'node:util'
import { SECOND } from '../../firmware/hal/clock.js'
import type { ConnectionOptions } from '../../firmware/net/tcp/tcp.js'
import { printFrame } from '../../firmware/net/wire/print.js'
import { badWireOf, download, downloads, REFERENCE_WIRE } from './download.js'

const { values } = parseArgs({
  options: {
    octets: { type: 'string', default: '200000' },
    count: { type: 'string', default: '200' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
    mixture: { type: 'boolean' },
    congestion: { type: 'string', default: 'cubic' },
  },
})
const octets = Number(values.octets)
const connection: Partial<ConnectionOptions> = { congestion: values.congestion === 'newreno' ? 'newreno' : 'cubic' }

if (values.seed === undefined) {
  const count = Number(values.count)
  for (const [name, wire] of [
    ['reference wire', { wire: REFERENCE_WIRE }],
    ['mixtures', {}],
  ] as const) {
    const { median, mean, p90, longest, waited, runs } = downloads(
      count,
      { octets, connection, ...wire },
      Number(values.first),
    )
    const share = Object.entries(waited).map(([what, part]) => `${(100 * part).toFixed(0)} % ${what}`)
    const sum = (of: (run: (typeof runs)[number]) => number) => runs.reduce((all, run) => all + of(run), 0) / count
    console.log(
      `${name}, ${octets} octets, ${count} seeds: median ${(1000 * median).toFixed(0)} ms, mean ${(1000 * mean).toFixed(0)}, ` +
        `p90 ${(1000 * p90).toFixed(0)}, longest ${(1000 * longest).toFixed(0)}\n  ${share.join(', ')}\n  ` +
        `a run: ${sum(({ counters }) => counters.timeouts).toFixed(1)} time-outs, ${sum(({ counters }) => counters.fastRetransmits).toFixed(1)} fast recoveries, ` +
        `${sum(({ counters }) => counters.segmentsRetransmitted).toFixed(1)} segments sent again, ${sum(({ counters }) => counters.tailProbes).toFixed(1)} probes, ${sum(({ counters }) => counters.reductionsUndone).toFixed(1)} reductions undone; smaller segments in ${runs.filter(({ segmentSize }) => segmentSize < 1400).length}`,
    )
  }
} else {
  const seed = Number(values.seed)
  const wire = values.mixture ? badWireOf(seed) : REFERENCE_WIRE
  const { duration, waited, counters } = download({
    octets,
    seed,
    wire,
    connection,
    onFrame: (at, direction, frame) =>
      console.log(`${(at / SECOND).toFixed(4)} ${direction === 'inbound' ? '<' : '>'} ${printFrame(frame)}`),
  })
  console.log(JSON.stringify({ wire, duration, waited, counters }, null, 2))
}
