/** The bench of the conformance tests, on the simulation's clock and chance. */
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import { ipv4 } from '../../firmware/net/address.js'
import type { Connection } from '../../firmware/net/tcp/tcp.js'
import { Stack } from '../../firmware/stack.js'
import { type ScriptedPeer, type StackBenchOptions, TestBench } from '../support/stack-bench.js'

export function bench(options: StackBenchOptions = {}, seed = 1): TestBench {
  return new TestBench(new Scheduler(), new SeededRandom(seed), options)
}

/** Lets the congestion window grow to `octets` or more: full segments, each acknowledged by itself. */
export function openWindow(table: TestBench, connection: Connection, peer: ScriptedPeer, octets: number): void {
  for (let turns = 0; connection.info().cwnd < octets; turns++) {
    if (turns > 100) table.fail(`the congestion window stays at ${connection.info().cwnd}`)
    const { cwnd, segmentSize } = connection.info()
    table.write(connection, Math.floor(cwnd / segmentSize) * segmentSize)
    for (const { end } of peer.takeAll()) peer.inject({ ack: end })
  }
  table.expectNothing()
}

/** Fills the stack's receive window until it is 0, and takes the acknowledgements. */
export function fillWindow(table: TestBench, connection: Connection, peer: ScriptedPeer): void {
  for (let turns = 0; turns < 1000; turns++) {
    const { receiveWindow } = connection.info()
    if (receiveWindow === 0) break
    peer.inject({ data: Math.min(receiveWindow, 1460) })
    table.advance(500_000_000)
    peer.takeAll()
  }
}

class WireEnd implements FrameDevice {
  readonly linkUp = true
  readonly dropped = {}
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  other: WireEnd | undefined
  constructor(
    readonly address: Uint8Array,
    readonly clock: Scheduler,
    readonly delay: number,
  ) {}
  send(frame: Uint8Array): boolean {
    const copy = frame.slice()
    this.clock.after(this.delay, () => this.other?.handleFrame?.(copy))
    return true
  }
}

/** Two stacks, 10.0.0.1 and 10.0.0.2, with a wire between them that takes `delay` nanoseconds one way. */
export function twoStacks({ delay }: { delay: number }) {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const host = (n: number) => {
    const device = new WireEnd(Uint8Array.of(2, 0, 0, 0, 0, n), clock, delay)
    const stack = new Stack({ clock, random: random.fork(`host ${n}`) })
    stack.addInterface({ name: 'wire', device, address: `10.0.0.${n}/24` })
    return { device, stack, tcp: stack.tcp, address: ipv4(`10.0.0.${n}`) }
  }
  const a = host(1)
  const b = host(2)
  a.device.other = b.device
  b.device.other = a.device
  return { clock, a, b }
}
