/** Two hosts on one link: 10.9.0.2 and 10.9.0.1, and, where they speak IPv6, 2001:db8::2 and 2001:db8::1. */
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import type { NetworkInterface } from '../../firmware/net/network-interface.js'
import { Stack } from '../../firmware/stack.js'
import { FrameLink } from './frame-link.js'

export interface HostPair {
  readonly clock: Scheduler
  readonly link: FrameLink
  /** `.2`, with its interface. */
  readonly client: Stack
  readonly near: NetworkInterface
  /** `.1` */
  readonly server: Stack
}

/** @param six both speak IPv6 as well */
export function hostPair(seed: number, six: boolean): HostPair {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const link = new FrameLink({ clock, delay: MILLISECOND })
  const host = (name: string): Stack =>
    new Stack({ clock, random: random.fork(name), name, ...(six ? { ipv6: Ipv6Side } : {}) })
  const [client, server] = [host('client'), host('server')]
  const name = 'eth0'
  const ipv6 = (address: string) => ({ addresses: [`${address}/64`] })
  const near = client.addInterface({ name, device: link.a, address: '10.9.0.2/24', ipv6: ipv6('2001:db8::2') })
  server.addInterface({ name, device: link.b, address: '10.9.0.1/24', ipv6: ipv6('2001:db8::1') })
  return { clock, link, client, near, server }
}
