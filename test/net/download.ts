/**
 * One download over a bad wire, drawn from a seed, in virtual time: a server sends, a client reads, and frames are lost, repeated,
 * overtaken and changed in both directions. Says how long it took, and what the sender did meanwhile.
 */
import { ImpairedDevice, type ImpairedDeviceOptions } from '../../boards/ethernet/impaired-device.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import type { Connection, ConnectionOptions, TcpCounters, TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import { Stack } from '../../firmware/stack.js'
import { CaptureDevice } from '../support/capture-device.js'
import { FrameLink } from '../support/frame-link.js'

const SERVER = ipv4('10.0.0.2')
const PORT = 80
/** Bits a second: frames do not come all at one instant, and are not all answered at once. */
const RATE = 100_000_000
const LIMIT = 3600 * SECOND

/** What a wire does to the frames of either direction: shares from 0 to 1, times in nanoseconds. */
export interface BadWire {
  readonly loss: number
  readonly duplicate: number
  readonly reorder: number
  readonly corrupt: number
  readonly delay: number
}

/** The wire that the figures of the issue were measured on. */
export const REFERENCE_WIRE: BadWire = {
  loss: 0.15,
  duplicate: 0.1,
  reorder: 0.25,
  corrupt: 0,
  delay: 5 * MILLISECOND,
}

/** A mixture by chance: loss up to 20 %, and each of the other things in half of the wires. */
export function badWireOf(seed: number): BadWire {
  const random = new SeededRandom(seed).fork('wire')
  const share = (most: number) => (random.below(2) === 0 ? random.float() * most : 0)
  return {
    loss: random.float() * 0.2,
    duplicate: share(0.1),
    reorder: share(0.25),
    corrupt: share(0.05),
    delay: Math.floor(MILLISECOND * (1 + random.float() * 19)),
  }
}

/** What the sender was doing while nothing of its went out. */
export type Waiting =
  /** Nothing was sent yet. */
  | 'to open'
  /** Until a timer ran out: of what it sent, or of the answers, nothing had arrived. */
  | 'for a timer'
  /** For acknowledgements, with something lost that goes again. */
  | 'in recovery'
  /** For acknowledgements, with nothing known to be lost. */
  | 'for acknowledgements'

export interface Download {
  /** From the client's `connect` until it had read the last octet, nanoseconds. */
  readonly duration: number
  readonly waited: Readonly<Record<Waiting, number>>
  /** Of the server's stack. */
  readonly counters: TcpCounters
  /** Octets of a segment at the end: less than what the link takes where a black hole was suspected. */
  readonly segmentSize: number
}

export interface DownloadOptions {
  readonly octets: number
  readonly seed: number
  readonly wire: BadWire
  readonly server?: Partial<TcpDefaults>
  readonly connection?: Partial<ConnectionOptions>
  /** Octets of memory of the server's stack; a host's by default. */
  readonly memory?: number
  /** Sees each frame as the server's stack sends or receives it. */
  readonly onFrame?: (at: number, direction: 'inbound' | 'outbound', frame: Uint8Array) => void
}

/** @throws Error when the octets are wrong, or have not arrived within an hour */
export function download(options: DownloadOptions): Download {
  const { octets, seed, wire, connection } = options
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const link = new FrameLink({ clock, rate: RATE })
  const waited: Record<Waiting, number> = {
    'to open': 0,
    'for a timer': 0,
    'in recovery': 0,
    'for acknowledgements': 0,
  }
  let server: Connection | undefined
  let sentAt = 0
  let timeouts = 0
  let waiting: Waiting = 'to open'

  const impairments: ImpairedDeviceOptions[] = []
  const stackOf = (name: 'a' | 'b', address: string, given: Partial<TcpDefaults> | undefined, memory?: number) => {
    const own = random.fork(name)
    const impairment: ImpairedDeviceOptions = { clock, random: own.fork('network') }
    impairments.push(impairment)
    const device = new CaptureDevice(new ImpairedDevice(link[name], impairment))
    const stack = new Stack({
      clock,
      random: own,
      name,
      ...(memory === undefined ? {} : { memory }),
      ...(given === undefined ? {} : { tcp: given }),
    })
    stack.addInterface({ name: 'eth0', device, address })
    return { stack, device }
  }
  const client = stackOf('a', '10.0.0.1/24', undefined)
  const { stack, device } = stackOf('b', '10.0.0.2/24', options.server, options.memory)
  // The ends know each other's Ethernet address: what ARP does on such a wire is not the question.
  client.stack.ping(SERVER, {}, () => {})
  clock.runFor(SECOND)
  for (const impairment of impairments) Object.assign(impairment, wire)
  const began = clock.now
  sentAt = began

  device.onTrace((direction, frame) => {
    options.onFrame?.(clock.now - began, direction, frame)
    if (direction === 'inbound') return
    const run = stack.tcp.counters.timeouts
    const now = waiting === 'to open' || run === timeouts ? waiting : 'for a timer'
    waited[now] += clock.now - sentAt
    sentAt = clock.now
    timeouts = run
  })

  const chunk = new Uint8Array(8192)
  let written = 0
  const write = () => {
    while (written < octets) {
      const count = Math.min(chunk.length, octets - written)
      for (let i = 0; i < count; i++) chunk[i] = (written + i) % 251
      const taken = server!.write(chunk, 0, count)
      written += taken
      if (taken < count) return
    }
    server!.shutdownWrite()
  }
  const listener = stack.tcp.listen({ address: 0, port: PORT }, connection === undefined ? {} : { connection })
  listener.onAcceptable(() => {
    server = listener.accept()
    if (server === undefined) return
    waiting = 'for acknowledgements'
    const stop = server.onWritable(() => {
      write()
      if (written === octets) stop()
    })
    write()
  })

  let read = 0
  let wrong = 0
  const into = new Uint8Array(8192)
  const reader = client.stack.tcp.connect({ address: SERVER, port: PORT })
  reader.onReadable(() => {
    for (let count = reader.read(into); count > 0; count = reader.read(into)) {
      for (let i = 0; i < count; i++) if (into[i] !== (read + i) % 251) wrong++
      read += count
    }
  })
  clock.runWhile(() => {
    if (server !== undefined) waiting = server.info().inRecovery ? 'in recovery' : 'for acknowledgements'
    return read < octets && reader.error === undefined
  }, LIMIT)
  if (read < octets || wrong > 0)
    throw new Error(
      `download ${seed}: ${read} of ${octets} octets after ${clock.now / SECOND} s, ${wrong} of them wrong, ${reader.error}`,
    )
  return {
    duration: clock.now - began,
    waited,
    counters: stack.tcp.counters,
    segmentSize: server?.info().segmentSize ?? 0,
  }
}

/** Of downloads with seeds from `first` on: durations in seconds, and shares of where the time went. */
export interface Downloads {
  readonly median: number
  readonly mean: number
  readonly p90: number
  readonly longest: number
  readonly waited: Readonly<Record<Waiting, number>>
  readonly runs: readonly Download[]
}

/** Runs `count` downloads, each with a seed of its own; the wire is the given one, or drawn from the seed. */
export function downloads(
  count: number,
  options: Omit<DownloadOptions, 'seed' | 'wire'> & { wire?: BadWire },
  first = 1,
): Downloads {
  const runs = Array.from({ length: count }, (_, i) =>
    download({ ...options, seed: first + i, wire: options.wire ?? badWireOf(first + i) }),
  )
  const durations = runs.map(({ duration }) => duration / SECOND).sort((a, b) => a - b)
  const total = durations.reduce((sum, each) => sum + each, 0)
  const at = (share: number) => durations[Math.min(count - 1, Math.floor(share * count))]
  const share = (what: Waiting) => runs.reduce((sum, { waited }) => sum + waited[what], 0) / SECOND / total
  return {
    median: count % 2 === 1 ? at(0.5) : (durations[count / 2 - 1] + durations[count / 2]) / 2,
    mean: total / count,
    p90: at(0.9),
    longest: durations[count - 1],
    waited: {
      'to open': share('to open'),
      'for a timer': share('for a timer'),
      'in recovery': share('in recovery'),
      'for acknowledgements': share('for acknowledgements'),
    },
    runs,
  }
}
