/**
 * TCP as fast as this machine runs it: over a link that takes no time, beside lwIP in the same run, and through the whole
 * model of a chip. What a real wire then reaches is in tcp-goodput.ts.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBareLab } from '../../boards/lab.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { locate } from '../setup/tools.js'
import { type BenchFigure, type Benchmark, medianOf, processorTime } from './figure.js'
import { BenchFlow, stackPair, WINDOW } from './tcp-flow.js'

const OCTETS = 128 << 20
const RUNS = 5

export interface LwipRun {
  readonly megabytes: number
  /** What lwIP's state of one connection takes, without buffers. */
  readonly connectionOctets: number
}

/** lwIP to itself; undefined where its library or a compiler is missing. */
export function lwipSelfLoop(): LwipRun | undefined {
  const source = new URL('../net/lwip/self-loop.c', import.meta.url).pathname
  if (locate('/usr/include/lwip/lwip/tcp.h') === undefined || locate('gcc') === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-bench-'))
  try {
    const program = join(folder, 'self-loop')
    execFileSync('gcc', ['-O2', '-o', program, source, '-I/usr/include/lwip', '-llwip', '-lpthread'])
    const runs = Array.from(
      { length: RUNS },
      () =>
        JSON.parse(execFileSync(program, [`${OCTETS}`], { encoding: 'utf8' })) as {
          octets: number
          processor: number
          connectionOctets: number
        },
    )
    return {
      megabytes: medianOf(runs.map(({ octets, processor }) => octets / processor / 1e6)),
      connectionOctets: runs[0].connectionOctets,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Megabytes a second of processor time, one way, both stacks in this one thread. */
function directThroughput(octets = OCTETS, timestamps = false): number {
  const { clock, a, b } = stackPair()
  const flow = new BenchFlow(a, b, '10.0.0.2', { sendBuffer: WINDOW, receiveBuffer: WINDOW, timestamps })
  flow.run(clock, octets / 8) // the engine has compiled what it will use
  const before = flow.received
  const seconds = processorTime(() => flow.run(clock, before + octets))
  return (flow.received - before) / seconds / 1e6
}

function direct(): BenchFigure[] {
  const runs = Array.from({ length: RUNS }, () => directThroughput())
  const stamped = Array.from({ length: 3 }, () => directThroughput(OCTETS, true))
  const value = medianOf(runs)
  const peer = lwipSelfLoop()
  const what = '128 MiB, window 64 KiB'
  return [
    {
      name: 'TCP one way, two stacks, direct link',
      value,
      unit: 'MB/s',
      against:
        peer === undefined
          ? `400 MB/s: lwIP cannot be measured here (apt-get install liblwip-dev gcc); ${what}`
          : `lwIP 2.1 (C) to itself in the same run, ${peer.megabytes.toFixed(0)} MB/s; ${what}, processor time`,
      ratio: value / (peer?.megabytes ?? 400),
      aim: '1 or more',
    },
    {
      name: 'TCP one way, with timestamps',
      value: medianOf(stamped),
      unit: 'MB/s',
      against: `the same without, ${value.toFixed(0)} MB/s`,
      ratio: medianOf(stamped) / value,
    },
  ]
}

/** Through driver, SPI, the chip's registers and memory, MAC, wire and card, with a bus that takes no virtual time. */
function chipThroughput(way: 'in' | 'out', seconds: number): number {
  const lab = createBareLab({ seed: 1 })
  const board = lab.addBoard('uno', { timedBus: false, memory: 1 << 20, driver: { fullDuplex: true } })
  const peer = lab.addHost({ address: '192.168.7.1/24', duplex: 'full' })
  lab.connect(board.port, peer.port)
  if (!lab.runUntil(() => board.state.matches({ on: { link: 'up' } }) && peer.network.linkUp, 3 * SECOND))
    throw new Error('the link did not come up')
  const { stack } = board.controller
  const flow =
    way === 'in' ? new BenchFlow(peer.stack, stack, '192.168.7.2') : new BenchFlow(stack, peer.stack, '192.168.7.1')
  lab.runFor(seconds * 0.2 * SECOND)
  const before = flow.received
  const real = processorTime(() => lab.runFor(seconds * SECOND))
  return (flow.received - before) / real / 1e6
}

function chip(): BenchFigure[] {
  return (['in', 'out'] as const).map((way) => {
    const value = medianOf(Array.from({ length: 3 }, () => chipThroughput(way, 20)))
    return {
      name: `TCP ${way === 'in' ? 'to' : 'from'} a board, untimed SPI`,
      value,
      unit: 'MB/s',
      against: 'the 1.19 MB/s that a 10 Mb/s wire carries in real time',
      ratio: value / 1.187,
      aim: '120 MB/s',
    }
  })
}

export const tcp: Benchmark = { name: 'tcp', run: direct }
export const tcpThroughChip: Benchmark = { name: 'tcp-chip', run: chip }
