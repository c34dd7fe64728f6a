/**
 * Downloads over a bad wire, from our stack and from this machine's kernel by its own congestion controls, to the same kernel's client, in
 * namespaces. Needs root.
 *
 *   npx tsx test/net/linux-downloads.ts [--seeds 20] [--first 1] [--octets 200000] [--at-once 1] [--wire reference]
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { median } from '../../host/check/measure.js'
import { type BadWire, badWireOf, REFERENCE_WIRE } from './download.js'
import { Namespace, noNamespaces, ready } from './namespace.js'

export const DOWNLOAD_SENDERS = ['ours', 'cubic', 'bbr'] as const
export type DownloadSender = (typeof DOWNLOAD_SENDERS)[number]

export interface ComparedOptions {
  readonly octets: number
  /** Downloads at once; 1 by default. */
  readonly count?: number
  readonly seed: number
  readonly wire: BadWire
}

const CLIENT_ADDRESS = '10.9.0.1'
const SERVER_ADDRESS = '10.9.0.2'
const PORT = 80
const program = (name: string): string => new URL(name, import.meta.url).pathname

/** @returns seconds from the connect to the last octet of the last of them */
export async function downloadFrom(sender: DownloadSender, options: ComparedOptions): Promise<number> {
  const client = new Namespace()
  const server = new Namespace()
  try {
    if (sender === 'ours') await startOurs(client, options)
    else await startKernel(client, server, sender, options)
    await meet(client)
    const { octets, count = 1 } = options
    const words = [program('download-client.py'), SERVER_ADDRESS, `${PORT}`, `${octets}`, `${count}`]
    const { status, stdout, stderr } = await client.run('/usr/bin/python3', ...words)
    if (status !== 0) throw new Error(`${sender}, seed ${options.seed}: ${stderr}`)
    return Number(stdout)
  } finally {
    await client.close()
    await server.close()
  }
}

/** Both know each other's Ethernet address before the time is taken: what ARP does on such a wire is not the question. */
async function meet(client: Namespace): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { status } = await client.run('ping', '-c', '1', '-W', '1', SERVER_ADDRESS)
    if (status === 0) return
  }
  throw new Error('100 pings without an answer')
}

async function startOurs(client: Namespace, { seed, wire }: ComparedOptions): Promise<void> {
  const own = ['--tap', 'lp0', '--address', `${SERVER_ADDRESS}/24`, '--services', 'http']
  await client.up('stack:', ...own, '--impair', impairmentsOf(wire), '--seed', `${seed}`)
}

async function startKernel(
  client: Namespace,
  server: Namespace,
  sender: DownloadSender,
  { seed, wire }: ComparedOptions,
): Promise<void> {
  const bridge = client.start([
    process.execPath,
    '--import',
    import.meta.resolve('tsx'),
    program('bad-wire.ts'),
    'lp0',
    'lp1',
    impairmentsOf(wire),
    `${seed}`,
  ])
  await ready(bridge, 'the wire')
  const moved = spawnSync('ip', ['-n', client.name, 'link', 'set', 'lp1', 'netns', server.name], { encoding: 'utf8' })
  if (moved.status !== 0) throw new Error(moved.stderr)
  for (const [namespace, tap, address] of [
    [client, 'lp0', CLIENT_ADDRESS],
    [server, 'lp1', SERVER_ADDRESS],
  ] as const) {
    namespace.must('ip', 'addr', 'add', `${address}/24`, 'dev', tap)
    namespace.must('ip', 'link', 'set', tap, 'up')
  }
  server.must('sysctl', '-qw', 'net.ipv4.tcp_no_metrics_save=1')
  server.start(['/usr/bin/python3', program('download-server.py'), `${PORT}`, sender])
  await server.listening(PORT)
}

function impairmentsOf({ loss, duplicate, reorder, corrupt, delay }: BadWire): string {
  const percent = (share: number): string => (100 * share).toFixed(2)
  return (
    `loss=${percent(loss)},duplicate=${percent(duplicate)},reorder=${percent(reorder)},corrupt=${percent(corrupt)},` +
    `delay=${(delay / MILLISECOND).toFixed(2)}`
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '20' },
      first: { type: 'string', default: '1' },
      octets: { type: 'string', default: '200000' },
      'at-once': { type: 'string', default: '1' },
      wire: { type: 'string', default: 'mixture' },
      only: { type: 'string' },
    },
  })
  const reason = noNamespaces()
  if (reason !== undefined) throw new Error(reason)
  const took: Record<DownloadSender, number[]> = { ours: [], cubic: [], bbr: [] }
  const senders = DOWNLOAD_SENDERS.filter(
    (sender) => values.only === undefined || values.only.split(',').includes(sender),
  )
  for (let seed = Number(values.first); seed < Number(values.first) + Number(values.seeds); seed++) {
    const wire = values.wire === 'reference' ? REFERENCE_WIRE : badWireOf(seed)
    for (const sender of senders) {
      const options = { octets: Number(values.octets), count: Number(values['at-once']), seed, wire }
      took[sender].push(await downloadFrom(sender, options))
    }
    console.log(
      `${seed}: ${senders.map((sender) => `${sender} ${took[sender].at(-1)?.toFixed(2)} s`).join(', ')}  (${impairmentsOf(wire)})`,
    )
  }
  console.log(senders.map((sender) => `${sender} ${median(took[sender])!.toFixed(3)} s`).join(', '))
}
