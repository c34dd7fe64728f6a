/** One-way TCP between two stacks, for whoever measures it. */

import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import type { Connection, ConnectionOptions } from '../../firmware/net/tcp/tcp.js'
import { Stack, type StackOptions } from '../../firmware/stack.js'
import type { FrameLinkOptions } from '../support/frame-link.js'
import { FrameLink } from '../support/frame-link.js'

export const WINDOW = 65_536
const MEMORY = 16 << 20

export interface Pair {
  readonly clock: Scheduler
  readonly a: Stack
  readonly b: Stack
}

/** Two stacks, 10.0.0.1 and 10.0.0.2, on a link. */
export function stackPair(link: Omit<FrameLinkOptions, 'clock'> = {}, options: Partial<StackOptions> = {}): Pair {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const wire = new FrameLink({ clock, ...link })
  const stack = (name: 'a' | 'b', address: string) => {
    const made = new Stack({ clock, random: random.fork(name), name, memory: MEMORY, ...options })
    made.addInterface({ name: 'eth0', device: wire[name], address })
    return made
  }
  return { clock, a: stack('a', '10.0.0.1/24'), b: stack('b', '10.0.0.2/24') }
}

/** A sender that always has more, and a receiver that takes all at once. */
export class BenchFlow {
  received = 0
  readonly connection: Connection

  constructor(from: Stack, to: Stack, address: string, options: Partial<ConnectionOptions> = {}, port = 5001) {
    const listener = to.tcp.listen({ address: 0, port }, { connection: options })
    const into = new Uint8Array(WINDOW)
    listener.onAcceptable(() => {
      const accepted = listener.accept()
      if (accepted === undefined) return
      accepted.onReadable(() => {
        for (let count = accepted.read(into); count > 0; count = accepted.read(into)) this.received += count
      })
    })
    const octets = Uint8Array.from({ length: WINDOW }, (_, i) => i * 31)
    this.connection = from.tcp.connect({ address: ipv4(address), port }, options)
    const write = () => {
      while (this.connection.write(octets) === octets.length);
    }
    this.connection.onWritable(write)
    this.connection.onState((state) => {
      if (state === 'ESTABLISHED') write()
    })
  }

  /** Lets time pass until so many octets have arrived in all. @throws Error when they do not within an hour of virtual time */
  run(clock: Scheduler, octets: number): void {
    if (!clock.runWhile(() => this.received < octets, clock.now + 3600 * SECOND))
      throw new Error(`${this.received} of ${octets} octets arrived: ${JSON.stringify(this.connection.info())}`)
  }
}
