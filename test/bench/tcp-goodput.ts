/** What TCP reaches on the wire, in virtual time: the figures do not depend on this machine. */
import { createBareLab } from '../../boards/lab.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Stack } from '../../firmware/stack.js'
import type { BenchFigure, Benchmark } from './figure.js'
import { BenchFlow } from './tcp-flow.js'

/** 1460 octets of 1538 octet times: header 14, IP and TCP 40, FCS 4, preamble 8, gap 12. */
const THEORETICAL = (10e6 * 1460) / 1538
const MEASURED = 10 * SECOND
/** SPI at 8 MHz; the buffers of an Uno-class board, of a Mega, and as many as the chip can make use of. */
const MEMORIES: readonly (readonly [name: string, octets: number, outward: string])[] = [
  ['1.5 KiB', 1536, '0.3 or more'],
  ['6 KiB', 6144, '0.4 or more'],
  ['64 KiB', 65_536, '0.44: 1.53 ms into the chip at 8 MHz, then 1.23 ms on the wire'],
]

/** Bits a second that arrive, after the start. */
function goodput(from: Stack, to: Stack, address: string, run: (duration: number) => void): number {
  // Timestamps would take 12 of the 1460 octets.
  const flow = new BenchFlow(from, to, address, { timestamps: false })
  run(2 * SECOND)
  const before = flow.received
  run(MEASURED)
  return ((flow.received - before) * 8 * SECOND) / MEASURED
}

function hostToHost(): number {
  const lab = createBareLab({ seed: 1 })
  const a = lab.addHost({ address: '10.0.0.1/24', duplex: 'full' })
  const b = lab.addHost({ address: '10.0.0.2/24', duplex: 'full' })
  lab.connect(a.port, b.port)
  lab.runFor(100 * MILLISECOND)
  return goodput(a.stack, b.stack, '10.0.0.2', (duration) => lab.runFor(duration))
}

/**
 * A board as on the desk: SPI at 8 MHz in its time, 8 KiB of buffer in the chip, full duplex.
 * @param memory octets that the stack has for its buffers
 */
function board(way: 'in' | 'out', memory: number): number {
  const lab = createBareLab({ seed: 1 })
  const device = lab.addBoard('uno', { memory, driver: { fullDuplex: true } })
  const host = lab.addHost({ address: '192.168.7.1/24', duplex: 'full' })
  lab.connect(device.port, host.port)
  if (!lab.runUntil(() => device.state.matches({ on: { link: 'up' } }) && host.network.linkUp, 3 * SECOND))
    throw new Error('the link did not come up')
  const { stack } = device.controller
  const run = (duration: number) => lab.runFor(duration)
  return way === 'in' ? goodput(host.stack, stack, '192.168.7.2', run) : goodput(stack, host.stack, '192.168.7.1', run)
}

function figure(name: string, value: number, aim?: string): BenchFigure {
  return {
    name,
    value: value / 1e6,
    unit: 'Mbit/s',
    against: `${(THEORETICAL / 1e6).toFixed(2)} Mbit/s that 10BASE-T has for TCP with MSS 1460`,
    ratio: value / THEORETICAL,
    ...(aim === undefined ? {} : { aim }),
  }
}

export const tcpGoodput: Benchmark = {
  name: 'tcp-goodput',
  run: () => [
    figure('goodput, host to host, full duplex', hostToHost(), '0.98 or more'),
    ...MEMORIES.flatMap(([name, octets, outward]) => [
      figure(`goodput, to a board, ${name}`, board('in', octets)),
      figure(`goodput, from a board, ${name}`, board('out', octets), outward),
    ]),
  ],
}
