/** What connections cost: to open and close one, to have ten thousand, and a frame where many stacks share a switch. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createBareLab } from '../../boards/lab.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import type { Connection } from '../../firmware/net/tcp/tcp.js'
import { type BenchFigure, type Benchmark, medianOf, processorTime } from './figure.js'
import { lwipSelfLoop } from './tcp.js'
import { BenchFlow, stackPair } from './tcp-flow.js'

const OPENED = 20_000
const HELD = 10_000

/** Opens, greets and closes connections one after another. Returns how many a second of processor time. */
function connectionsASecond(count = OPENED): number {
  // TIME-WAIT is short, so that the ports suffice.
  const { clock, a, b } = stackPair({ delay: 5 * MICROSECOND }, { tcp: { maximumSegmentLifetime: 10 * MILLISECOND } })
  const listener = b.tcp.listen({ address: 0, port: 7 })
  const into = new Uint8Array(16)
  listener.onAcceptable(() => {
    const accepted = listener.accept()
    if (accepted === undefined) return
    accepted.onReadable(() => {
      if (accepted.read(into) > 0) accepted.write(into, 0, 5)
      else if (accepted.ended) accepted.close()
    })
  })
  const greeting = Uint8Array.of(1, 2, 3, 4, 5)
  let closed = 0
  const next = () => {
    const connection = a.tcp.connect({ address: ipv4('10.0.0.2'), port: 7 })
    connection.onState((state) => {
      if (state === 'ESTABLISHED') connection.write(greeting)
      if (state === 'TIME-WAIT') {
        closed++
        clock.after(0, next)
      }
    })
    connection.onReadable(() => {
      if (connection.read(into) > 0) connection.close()
    })
  }
  next()
  const run = (until: number) => {
    if (!clock.runWhile(() => closed < until, clock.now + 3600 * SECOND))
      throw new Error(`${closed} of ${until} connections were closed`)
  }
  run(count / 10)
  const before = closed
  const seconds = processorTime(() => run(before + count))
  return (closed - before) / seconds
}

/** What one of many idle connections takes: octets of the stack's budget, and of the JavaScript heap, each end. */
function memoryEach(count = HELD): { readonly budget: number; readonly heap: number } {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const settle = () => {
    collect()
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const { clock, a, b } = stackPair({}, { memory: 64 << 20 })
  const held: Connection[] = []
  const listener = b.tcp.listen({ address: 0, port: 7 }, { backlog: 128 })
  listener.onAcceptable(() => {
    const accepted = listener.accept()
    if (accepted !== undefined) held.push(accepted)
  })
  const before = settle()
  for (let i = 0; i < count; i++) {
    held.push(a.tcp.connect({ address: ipv4('10.0.0.2'), port: 7 }))
    if (i % 64 === 63) clock.runFor(MILLISECOND)
  }
  clock.runFor(SECOND)
  const open = held.filter(({ state }) => state === 'ESTABLISHED').length
  if (open !== 2 * count) throw new Error(`${open} of ${2 * count} ends are open`)
  const heap = (settle() - before) / (2 * count)
  return { budget: (a.memory.used + b.memory.used) / (2 * count), heap }
}

/** Microseconds of processor time a frame, `count` hosts on one switch, each sending TCP to the next. */
function costOfFrame(count: number): number {
  const lab = createBareLab({ seed: 1 })
  const box = lab.addSwitch({ ports: count, duplex: 'full' })
  const addressOf = (i: number) => `10.0.${i >> 7}.${(i & 127) + 1}`
  const hosts = Array.from({ length: count }, (_, i) => {
    const host = lab.addHost({ name: `host ${i}`, address: `${addressOf(i)}/16`, duplex: 'full' })
    lab.connect(host.port, box.ports[i])
    return host
  })
  lab.runFor(200 * MILLISECOND)
  for (const [i, host] of hosts.entries()) {
    const next = hosts[(i + 1) % count]
    new BenchFlow(host.stack, next.stack, addressOf((i + 1) % count))
  }
  lab.runFor(SECOND)
  const crossed = () => lab.cables.reduce((sum, { counters }) => sum + counters.frames, 0)
  const before = crossed()
  const seconds = processorTime(() => lab.runFor((10 * SECOND) / count))
  // Each frame crosses two cables.
  return (2 * seconds * 1e6) / (crossed() - before)
}

function connections(): BenchFigure[] {
  const rate = medianOf([connectionsASecond(), connectionsASecond(), connectionsASecond()])
  const { budget, heap } = memoryEach()
  const peer = lwipSelfLoop()?.connectionOctets
  const against = peer === undefined ? 'the 288 octets of lwIP 2.1' : `the ${peer} octets of lwIP on this machine`
  return [
    {
      name: 'TCP connections opened and closed',
      value: rate,
      unit: '1/s',
      against: 'a thousand a second; 5 octets each way, both ends in one thread',
      ratio: rate / 1000,
    },
    {
      name: '10,000 open connections: budget each',
      value: budget,
      unit: 'octets',
      against,
      ratio: budget / (peer ?? 288),
    },
    { name: '10,000 open connections: heap each', value: heap, unit: 'octets', against, ratio: heap / (peer ?? 288) },
  ]
}

function stacks(): BenchFigure[] {
  const two = medianOf([costOfFrame(2), costOfFrame(2), costOfFrame(2)])
  return [2, 20, 200].map((count) => {
    const cost = count === 2 ? two : medianOf([costOfFrame(count), costOfFrame(count), costOfFrame(count)])
    return {
      name: `a TCP frame, ${count} stacks on a switch`,
      value: cost,
      unit: 'µs',
      against: `${two.toFixed(2)} µs with two`,
      ratio: cost / two,
    }
  })
}

export const tcpConnections: Benchmark = { name: 'tcp-connections', run: connections }
export const tcpSwitch: Benchmark = { name: 'tcp-switch', run: stacks }
