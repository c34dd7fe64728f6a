/** One host: interfaces below, transports above, and one budget of memory for all of it. */
import type { Clock } from './hal/clock.js'
import type { Random } from './hal/random.js'
import {
  formatIpv4,
  hostInterface,
  type Ipv4Address,
  type Ipv4Interface,
  ipv4,
  ipv4Interface,
  onLink,
  routersFor,
} from './net/address.js'
import { DnsResolver, type DnsResolverOptions } from './net/dns/resolver.js'
import { StackDnsCarrier } from './net/dns/stack-carrier.js'
import { FrameBuffer } from './net/frame-buffer.js'
import { Icmp, type IcmpCounters } from './net/icmp/icmp.js'
import type { PingOptions, PingResult } from './net/icmp/ping.js'
import type { Icmpv6Counters } from './net/icmpv6/icmpv6.js'
import { Igmp, type IgmpCounters } from './net/igmp/igmp.js'
import { formatIp, type IpAddress } from './net/ip.js'
import { Ipv4, type Ipv4Counters } from './net/ipv4/ipv4.js'
import { parseIpv6 } from './net/ipv6/address.js'
import type { Ipv6Counters } from './net/ipv6/ipv6.js'
import type { Ipv6Side, Ipv6SideOptions } from './net/ipv6/ipv6-side.js'
import { Loopback, type LoopbackCounters } from './net/loopback.js'
import { MemoryBudget, type MemoryUse } from './net/memory-budget.js'
import { type InterfaceCounters, type InterfaceOptions, NetworkInterface } from './net/network-interface.js'
import { NetworkLayers } from './net/network-layers.js'
import { Tcp, type TcpCounters, type TcpDefaults } from './net/tcp/tcp.js'
import { Udp, type UdpCounters } from './net/udp/udp.js'
import { ETHERNET_HEADER_OCTETS, ETHERNET_MTU, ETHERTYPE_IPV4 } from './net/wire/ethernet.js'
import { createSocket, type SocketOfType } from './socket/create.js'
import type { SocketProtocol, SocketType } from './socket/options.js'

/** What a stack's buffers may take where nothing else is said: a computer's, in octets. */
const DEFAULT_MEMORY = 1 << 20

export interface StackOptions {
  clock: Clock
  random: Random
  name?: string
  /** What buffers may take, in octets; 1 MiB by default. */
  memory?: number
  /** Passes on datagrams for other hosts, as a router does; false by default. */
  forwarding?: boolean
  /** The largest MTU that one of its interfaces may have; Ethernet's 1500 by default. */
  largestMtu?: number
  /**
   * Speaks IPv6 as well, on every interface that does not refuse it: give `Ipv6Side`, what makes it. Who does not, has nothing of it, in
   * memory or in a bundle.
   */
  ipv6?: new (
    options: Ipv6SideOptions,
  ) => Ipv6Side
  /** What TCP starts from where a socket says nothing. */
  tcp?: Partial<TcpDefaults>
}

/** IPv6 for a board or a host: what makes it, and what its interface has besides what it makes itself. */
export interface HostIpv6 {
  readonly side: NonNullable<StackOptions['ipv6']>
  /** Addresses with their prefix lengths, as `2001:db8::2/64`; its link-local one, and those that routers announce, it has in any case. */
  readonly addresses?: readonly string[]
}

/** Everything counted, by its place. */
export interface StackCounters {
  readonly interfaces: Readonly<Record<string, InterfaceCounters>>
  readonly loopback: LoopbackCounters
  readonly ipv4: Ipv4Counters
  readonly icmp: IcmpCounters
  readonly igmp: IgmpCounters
  /** Of a stack that speaks IPv6. */
  readonly ipv6?: Ipv6Counters
  readonly icmpv6?: Icmpv6Counters
  readonly udp: UdpCounters
  readonly tcp: TcpCounters
  readonly memory: MemoryUse
}

export class Stack {
  readonly name: string
  /** What it is called on the network: its name, unless DHCP gives it another. */
  hostName: string
  readonly clock: Clock
  readonly random: Random
  readonly memory: MemoryBudget
  /** Its network layers, by family. */
  readonly networks: NetworkLayers
  readonly ipv4: Ipv4
  readonly icmp: Icmp
  readonly igmp: Igmp
  /** Undefined where it speaks IPv4 alone. */
  readonly ipv6: Ipv6Side | undefined
  readonly udp: Udp
  readonly tcp: Tcp
  /** Names to addresses and back, by the name servers that it was given, or that DHCP told. */
  readonly resolver: DnsResolver
  readonly #interfaces: NetworkInterface[] = []
  readonly #loopback: Loopback
  readonly #arriving: FrameBuffer
  readonly #largestMtu: number

  /** @throws RangeError when `memory` is not a whole number of octets */
  constructor(options: StackOptions) {
    const { clock } = options
    this.name = options.name ?? 'stack'
    this.hostName = this.name
    this.clock = clock
    this.random = options.random.fork('stack')
    this.memory = new MemoryBudget(options.memory ?? DEFAULT_MEMORY)
    this.#largestMtu = options.largestMtu ?? ETHERNET_MTU
    this.ipv4 = new Ipv4({
      clock,
      random: this.random.fork('ipv4'),
      memory: this.memory,
      forwarding: options.forwarding ?? false,
      largestMtu: this.#largestMtu,
    })
    this.icmp = new Icmp({ clock, random: this.random.fork('icmp'), network: this.ipv4 })
    this.igmp = new Igmp({ clock, random: this.random.fork('igmp'), network: this.ipv4 })
    this.ipv4.attach(this.icmp, this.igmp)
    this.ipv4.register(this.icmp)
    this.ipv4.register(this.igmp)
    this.#loopback = new Loopback({
      clock,
      memory: this.memory,
      mtu: this.#largestMtu,
      receive: (octets, end, more) => this.#receiveLooped(octets, end, more),
    })
    this.ipv4.addLink(this.#loopback)
    const { memory } = this
    this.ipv6 =
      options.ipv6 &&
      new options.ipv6({ clock, random: this.random, memory, frame: this.ipv4.frame, loopback: this.#loopback })
    this.networks = new NetworkLayers(this.ipv6 === undefined ? [this.ipv4] : [this.ipv4, this.ipv6.network])
    const below = { clock, random: this.random, networks: this.networks, memory: this.memory }
    this.udp = new Udp(below)
    this.ipv4.register(this.udp)
    this.ipv6?.register(this.udp)
    this.tcp = new Tcp(options.tcp === undefined ? below : { ...below, defaults: options.tcp })
    this.ipv4.register(this.tcp)
    this.ipv6?.register(this.tcp)
    this.resolver = new DnsResolver({
      clock,
      random: this.random,
      memory: this.memory,
      carrier: new StackDnsCarrier(this),
      ...(this.ipv6 === undefined ? {} : bothFamilies(this.ipv6, this.ipv4)),
    })
    this.#arriving = new FrameBuffer(ETHERNET_HEADER_OCTETS + this.#largestMtu)
  }

  /** A frame to this host itself: which layer has sent it its version says. */
  #receiveLooped(octets: Uint8Array, end: number, more: boolean): void {
    const arriving = this.#arriving
    arriving.octets.set(octets)
    if (octets[ETHERNET_HEADER_OCTETS] >> 4 === 6) this.ipv6?.receiveLooped(arriving, end, more)
    else this.ipv4.receive(this.#loopback, arriving, end, false, more)
    if (!more) this.ipv4.batchEnd()
  }

  /** Its interfaces, in the order in which they were added, without the loopback. */
  get interfaces(): readonly NetworkInterface[] {
    return this.#interfaces
  }

  /**
   * Takes a device's frames from now on.
   * @throws RangeError when an address is invalid or can be no host's, the name is taken, or the MTU is not 68 to the stack's
   *   largest (RFC 791 3.2); nothing is added then
   */
  addInterface(options: InterfaceOptions): NetworkInterface {
    const { name, mtu = Math.min(ETHERNET_MTU, this.#largestMtu) } = options
    if (name === this.#loopback.name || this.#interfaces.some((other) => other.name === name))
      throw new RangeError(`${this.name} has an interface ${name} already; give this one another name`)
    if (!Number.isInteger(mtu) || mtu < 68 || mtu > this.#largestMtu)
      throw new RangeError(`interface ${name}: an MTU is 68 to ${this.#largestMtu} octets here; got ${mtu}`)
    const own = options.address === undefined ? undefined : hostInterface(options.address)
    const gateways = own === undefined ? [] : routersFor(own, options.gateway ?? [])
    const added = new NetworkInterface(
      {
        clock: this.clock,
        random: this.random.fork(`interface ${name}`),
        memory: this.memory,
        batchEnd: () => this.ipv4.batchEnd(),
        addressesChanged: (link, routers) => this.ipv4.addressesChanged(link, routers),
        linkChanged: () => this.ipv4.linkChanged(),
        unreachable: (link, nextHop) => this.ipv4.unreachable(link, nextHop),
        undeliverable: (link, frame) => this.icmp.undeliverable(link, frame),
        ping: (destination, pingOptions, done) => this.ping(destination, pingOptions, done),
      },
      { ...options, mtu },
    )
    added.handle(ETHERTYPE_IPV4, (frame, end, toGroup, more) => {
      this.ipv4.receive(added, frame, end, toGroup, more)
      return undefined
    })
    this.#interfaces.push(added)
    this.ipv4.addLink(added)
    if (own !== undefined) added.configure(own, gateways)
    if (options.ipv6 !== false) this.ipv6?.addTo(added, options.ipv6 ?? {})
    added.ipv6?.onNames((names) => this.resolver.setTold(`router ${name}`, names))
    return added
  }

  /**
   * Opens a socket of this host: `stack.socket('ipv4', 'stream')`.
   * @throws NetError EAFNOSUPPORT, EPROTONOSUPPORT, EPROTOTYPE
   */
  socket<Type extends SocketType>(family: string, type: Type, protocol?: SocketProtocol): SocketOfType[Type] {
    return createSocket(this, family, type, protocol)
  }

  /**
   * Sends what is for a network to a router on one of our links; among several routes the longest prefix decides.
   * @param network `172.16.0.0/12`, or `2001:db8:8000::/33`
   * @param gateway of IPv6 by its link-local address and the interface that it is at, as `fe80::1%eth0`, or by one that is on a link
   * @throws RangeError when an address is invalid, no bits of it may be behind the prefix, or no interface reaches the router, or
   *   it can be none there
   */
  addRoute(network: string | Ipv4Interface, gateway: string | Ipv4Address): void {
    if (typeof network === 'string' && network.includes(':')) {
      this.#sixFor(`route to ${network}`).addRoute(network, `${gateway}`)
      return
    }
    const { address, prefixLength } = typeof network === 'string' ? ipv4Interface(network) : network
    const router = typeof gateway === 'string' ? ipv4(gateway) : gateway
    const link = this.#interfaces.find((each) => each.addresses.some((own) => onLink(own, router)))
    if (link === undefined)
      throw new RangeError(`route over ${formatIpv4(router)}: no interface of ${this.name} is on its network`)
    for (const own of link.addresses) if (onLink(own, router)) routersFor(own, router)
    this.ipv4.addRoute({ network: address, prefixLength, link, gateway: router, origin: 'static' })
  }

  /** Takes back what `addRoute` added; false when there was no such route. */
  removeRoute(network: string | Ipv4Interface): boolean {
    if (typeof network === 'string' && network.includes(':'))
      return this.#sixFor(`route to ${network}`).removeRoute(network)
    const gone = typeof network === 'string' ? ipv4Interface(network) : network
    const removed = this.ipv4.removeRoutes(
      ({ network: address, prefixLength, origin }) =>
        origin === 'static' && address === gone.address && prefixLength === gone.prefixLength,
    )
    return removed > 0
  }

  /**
   * Asks a host for an echo. `done` is called once, later.
   * @throws RangeError for an invalid address, size or sequence number, and for an IPv6 address where the stack speaks IPv4 alone
   */
  ping(destination: string | IpAddress, options: PingOptions, done: (result: PingResult) => void): void {
    const address = typeof destination === 'string' ? (parseIpv6(destination) ?? ipv4(destination)) : destination
    if (typeof address === 'number') this.icmp.ping(address, options, done)
    else this.#sixFor(`ping ${formatIp(address)}`).icmp.ping(address, options, done)
  }

  /** @throws RangeError where it speaks IPv4 alone */
  #sixFor(what: string): Ipv6Side {
    if (this.ipv6 !== undefined) return this.ipv6
    throw new RangeError(`${what}: this host speaks IPv4 only; make the stack with ipv6: Ipv6Side`)
  }

  /** Everything open is gone at once, as when a computer loses its supply; what this would send needs an interface that runs. */
  abandon(): void {
    for (const listener of [...this.tcp.listeners]) listener.close()
    for (const binding of this.tcp.bindings) binding.release()
    for (const connection of [...this.tcp.connections]) connection.abort()
    for (const port of [...this.udp.ports()]) port.close()
    this.resolver.close()
    this.ipv4.abandon()
    this.ipv6?.network.abandon()
  }

  /** Everything that was counted, memory in use included: plain values. */
  counters(): StackCounters {
    return {
      interfaces: Object.fromEntries(this.#interfaces.map((each) => [each.name, each.counters])),
      loopback: this.#loopback.counters,
      ipv4: this.ipv4.counters,
      icmp: this.icmp.counters,
      igmp: this.igmp.counters,
      ...(this.ipv6 === undefined ? {} : { ipv6: this.ipv6.network.counters, icmpv6: this.ipv6.icmp.counters }),
      udp: this.udp.counters,
      tcp: this.tcp.counters,
      memory: this.memory.snapshot(),
    }
  }
}

/** Names have addresses of both families, in the order in which they are to be tried. */
function bothFamilies(ipv6: Ipv6Side, ipv4: Ipv4): Pick<DnsResolverOptions, 'families' | 'order'> {
  return { families: ['ipv6', 'ipv4'], order: (addresses) => ipv6.order(addresses, ipv4) }
}
