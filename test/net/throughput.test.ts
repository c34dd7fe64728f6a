/**
 * How fast a transfer goes over a long way that loses frames: buffers by loss rates, in virtual time, from fixed seeds. The
 * table is kept in throughput.txt, so that a change of TCP's behaviour shows there and is made on purpose
 * (`npx vitest run test/net/throughput --update`).
 */
import { describe, expect, it } from 'vitest'
import { ImpairedDevice } from '../../boards/ethernet/impaired-device.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import type { CongestionName } from '../../firmware/net/tcp/options.js'
import { Stack } from '../../firmware/stack.js'
import { FrameLink } from '../support/frame-link.js'

const ONE_WAY = 50 * MILLISECOND
const BUFFERS = [128, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 262_144]
const LOSSES = [0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3]
const SEEDS = [1, 2, 3]
const MEASURED = 30 * SECOND

/** Octets that arrive in a second, one way, with losses both ways. */
function throughput(buffer: number, loss: number, congestion: CongestionName, seed: number): number {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const link = new FrameLink({ clock, delay: ONE_WAY })
  const stack = (name: 'a' | 'b', address: string) => {
    const own = random.fork(name)
    const device = new ImpairedDevice(link[name], { clock, random: own.fork('network'), loss })
    const made = new Stack({ clock, random: own, name })
    made.addInterface({ name: 'eth0', device, address })
    return made
  }
  const a = stack('a', '10.0.0.1/24')
  const b = stack('b', '10.0.0.2/24')
  const options = { sendBuffer: buffer, receiveBuffer: buffer, congestion, userTimeout: Number.POSITIVE_INFINITY }
  const listener = b.tcp.listen({ address: 0, port: 9 }, { connection: options })
  const into = new Uint8Array(65_536)
  let received = 0
  listener.onAcceptable(() => {
    const accepted = listener.accept()
    if (accepted === undefined) return
    accepted.onReadable(() => {
      for (let count = accepted.read(into); count > 0; count = accepted.read(into)) received += count
    })
  })
  const connection = a.tcp.connect({ address: ipv4('10.0.0.2'), port: 9 }, options)
  const write = () => {
    while (connection.write(into) === into.length);
  }
  connection.onWritable(write)
  connection.onState((state) => {
    if (state === 'ESTABLISHED') write()
  })
  clock.runWhile(() => received === 0, 600 * SECOND)
  const before = received
  clock.runFor(MEASURED)
  return ((received - before) * SECOND) / MEASURED
}

function table(congestion: CongestionName): string {
  const rows = [['buffer', ...LOSSES.map((loss) => `${loss * 100} %`)]]
  for (const buffer of BUFFERS) {
    const row = [`${buffer}`]
    for (const loss of LOSSES) {
      const each = SEEDS.map((seed) => throughput(buffer, loss, congestion, seed))
      row.push((each.reduce((sum, value) => sum + value, 0) / SEEDS.length / 1000).toFixed(2))
    }
    rows.push(row)
  }
  return rows.map((row) => row.map((cell) => cell.padStart(9)).join('')).join('\n')
}

describe('throughput over a round trip of 100 ms', () => {
  it('is what the table says, for each buffer and loss rate', async () => {
    const text =
      'kB/s, one way, round trip 100 ms, frames lost each way, mean of three seeds\n\n' +
      `CUBIC\n${table('cubic')}\n\nNewReno\n${table('newreno')}\n`
    await expect(text).toMatchFileSnapshot('throughput.txt')
  })
})
