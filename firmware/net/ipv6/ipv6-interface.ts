/**
 * What IPv6 has at one interface: addresses (given, link-local, and those that routers' prefixes make, RFC 4862), neighbours, routers and
 * groups. Here the rooms are put together; each does its own part.
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import type { MacAddress } from '../address.js'
import type { NameServers } from '../dns/name-servers.js'
import type { FrameBuffer } from '../frame-buffer.js'
import type { EthernetLink } from '../link/ethernet-link.js'
import type { GroupFilter } from '../link/group-filter.js'
import type { MemoryBudget } from '../memory-budget.js'
import { Mld, type MldCounters, type MldLoss } from '../mld/mld.js'
import { AddressList, type HeldAddress, type Lifetimes } from '../nd/address-list.js'
import {
  DISCOVERY_HOP_LIMIT,
  type DiscoveryHost,
  type DiscoveryLoss,
  forgetAdvice,
  receiveDiscovery,
} from '../nd/discovery.js'
import { believedEnd, ENDLESS, endOfLifetime } from '../nd/lifetime.js'
import { Ipv6NeighbourCache } from '../nd/neighbour-cache.js'
import { RouterNames } from '../nd/router-names.js'
import type { RouterCounters, RouterPlace, RouterRole } from '../nd/router-role.js'
import type { RouterSettings } from '../nd/router-settings.js'
import { Routers } from '../nd/routers.js'
import { stableAddress } from '../nd/stable-identifier.js'
import type { TemporaryAddresses, TemporaryPlace } from '../nd/temporary-addresses.js'
import type { HeaderFields, SendResult } from '../network-layer.js'
import { SipHash } from '../tcp/sip-hash.js'
import { checksum } from '../wire/checksum.js'
import { ETHERTYPE_IPV6 } from '../wire/ethernet.js'
import { LEAST_IPV6_MTU } from '../wire/ipv6.js'
import {
  type DiscoveryOptions,
  neighbourSolicitation,
  type PrefixInformation,
  type RouterWords,
  routerSolicitation,
} from '../wire/neighbour-discovery.js'
import { writeUint16 } from '../wire/octets.js'
import { PROTOCOL_ICMPV6 } from '../wire/protocols.js'
import { ipv6PseudoHeader } from '../wire/pseudo-header.js'
import {
  allRouters,
  type Ipv6InterfaceAddress as GivenAddress,
  hostInterface6,
  type Ipv6Address,
  inZone,
  isHostAddress6,
  isLinkLocal6,
  isMulticast6,
  linkLocalOf,
  PREFIX_BITS,
  parseIpv6,
  prefixOf,
  readIpv6,
  solicitedNode,
  UNSPECIFIED6,
  underPrefix,
} from './address.js'
import { IPV6_AT } from './header.js'
import type { Ipv6InboundDatagram } from './inbound-datagram.js'
import type { Ipv6 } from './ipv6.js'
import type { Exit, Ipv6Hop, Ipv6Link, SourceAddress } from './link.js'
import { selectSource } from './source-selection.js'

/** RFC 4861 10. */
const MAX_RTR_SOLICITATION_DELAY = SECOND
const RTR_SOLICITATION_INTERVAL = 4 * SECOND
const MAX_RTR_SOLICITATIONS = 3
/** RFC 7217 6, IDGEN_RETRIES. */
const IDGEN_RETRIES = 3
const HOP_LIMIT = 64

/** What routers say that DHCPv6 has: nothing, what is not addresses (O), or addresses and all else (M). */
export type ConfigurationService = 'none' | 'other' | 'addresses'

/** What a person says of an interface's IPv6. */
export interface Ipv6InterfaceOptions {
  /** Addresses with their prefix lengths, `2001:db8::2/64`, beside the link-local one. */
  readonly addresses?: readonly (string | GivenAddress)[]
  /** Routers on the link, by their link-local addresses, whether or not they advertise themselves. */
  readonly gateways?: readonly (string | Ipv6Address)[]
  /** Takes the addresses of prefixes that routers announce (RFC 4862 5.5); true by default. */
  readonly autoconfigure?: boolean
  /** Has temporary addresses as well (RFC 8981): give `TemporaryAddresses`, what makes them; none by default. */
  readonly temporary?: new (
    place: TemporaryPlace,
  ) => TemporaryAddresses
  /** What it tells the hosts of its link as their router: of a stack that is made with `Ipv6RouterSide`. */
  readonly advertise?: RouterSettings
}

interface Ipv6Host {
  readonly clock: Clock
  readonly random: Random
  readonly memory: MemoryBudget
  readonly network: Ipv6
  /** The most octets of a frame's payload. */
  readonly mtu: number
  /** A frame is given up because its next hop does not answer. */
  undeliverable(link: Ipv6Link, frame: Uint8Array): void
  /** Makes what the interface of a router does beside that of a host. */
  readonly role?: (place: RouterPlace) => RouterRole
}

export interface Ipv6InterfaceCounters {
  /** Addresses that turned out to be another station's. */
  readonly duplicates: number
  /** Probes of ours that came back to us. */
  readonly loopedProbes: number
  /** Claims of others to an address of ours. */
  readonly claims: number
  readonly routerAdvertisements: number
  /** Name servers that can be none, and options of names that are not as RFC 8106 has them. */
  readonly namesRefused: number
  readonly mld: MldCounters
  /** Of a router. */
  readonly router?: RouterCounters
}

export class Ipv6Interface implements Ipv6Link {
  readonly name: string
  readonly loopback = false
  readonly neighbours: Ipv6NeighbourCache
  readonly mld: Mld
  hopLimit = HOP_LIMIT
  readonly #host: Ipv6Host
  readonly #link: EthernetLink
  readonly #mac: MacAddress
  readonly #addresses: AddressList
  readonly #role: RouterRole | undefined
  readonly #temporary: TemporaryAddresses | undefined
  readonly #routers: Routers
  readonly #names: RouterNames
  readonly #namesListeners = new Listeners<[names: NameServers]>()
  readonly #readyListeners = new Listeners<[ready: boolean]>()
  readonly #serviceListeners = new Listeners<[service: ConfigurationService]>()
  readonly #autoconfigure: boolean
  readonly #given: readonly GivenAddress[]
  readonly #identifiers: SipHash
  readonly #discovery: DiscoveryHost
  /** How often an address made of a prefix was another's. */
  readonly #conflicts = new Map<Ipv6Address, number>()
  readonly #fields: HeaderFields = { timeToLive: DISCOVERY_HOP_LIMIT, trafficClass: 0, dontFragment: false }
  readonly #alertFields: HeaderFields = { timeToLive: 1, trafficClass: 0, dontFragment: false }
  #mtu: number
  #solicitation: Timer | undefined
  #solicitations = 0
  #ending: Timer | undefined
  #duplicates = 0
  #claims = 0
  #advertisements = 0
  #namesRefused = 0
  #service: ConfigurationService = 'none'

  /** @throws RangeError for an address that no interface can have, and an MTU below 1280 */
  constructor(name: string, host: Ipv6Host, link: EthernetLink, groups: GroupFilter, options: Ipv6InterfaceOptions) {
    const { clock, random, memory, network, mtu } = host
    if (mtu < LEAST_IPV6_MTU)
      throw new RangeError(
        `interface ${name}: IPv6 needs an MTU of ${LEAST_IPV6_MTU} octets at least (RFC 8200 5); got ${mtu}`,
      )
    this.name = name
    this.#host = host
    this.#link = link
    this.#mac = link.device.address
    this.#mtu = mtu
    this.#autoconfigure = options.autoconfigure ?? true
    this.#given = (options.addresses ?? []).map((each) => hostInterface6(each))
    this.#identifiers = SipHash.random(random.fork('identifiers'))
    this.#routers = new Routers(clock)
    const gateways = new Set((options.gateways ?? []).map((gateway) => inZone(routerOf(gateway), name)))
    for (const gateway of gateways) this.#routers.setRouter(gateway, ENDLESS, 0)
    this.#names = new RouterNames({
      clock,
      zone: name,
      onChanged: () => this.#namesListeners.tell(this.names),
    })
    this.mld = new Mld({
      clock,
      random: random.fork('mld'),
      zone: name,
      send: (destination, message) => this.#report(destination, message),
      onChanged: (joined) => groups.set(ETHERTYPE_IPV6, joined.map(groupMac)),
    })
    groups.set(ETHERTYPE_IPV6, this.mld.groups.map(groupMac))
    this.neighbours = new Ipv6NeighbourCache({
      clock,
      random: random.fork('neighbours'),
      memory,
      ask: (address, mac, frame) => this.#ask(address, mac, frame),
      transmit: (frame) => link.send(frame),
      onLoss: (reason) => link.lost.add(reason),
      onUnreachable: (address) => {
        network.unreachable(this, address)
        if (this.#routers.silent(address)) network.waysChanged()
      },
      onRouterNoMore: (address) => {
        network.unreachable(this, address)
        // One that a person gave comes back: nobody would announce it.
        const given = gateways.has(address)
        if (given ? this.#routers.silent(address) : this.#routers.setRouter(address, clock.now, 0))
          network.waysChanged()
      },
      onUndeliverable: (frame) => host.undeliverable(this, frame),
    })
    this.#addresses = new AddressList({
      clock,
      random: random.fork('addresses'),
      zone: name,
      retransTimer: () => this.neighbours.retransTimer,
      probe: (address, nonce) =>
        this.#send(UNSPECIFIED6, solicitedNode(address, name), neighbourSolicitation(address, { nonce })),
      join: (group) => this.mld.join(group),
      leave: (group) => this.mld.leave(group),
      onChanged: () => network.addressesChanged(),
      onUnique: (address, origin) => {
        if (origin === 'temporary') this.#temporary?.unique(address)
        if (!isLinkLocal6(address)) return
        this.mld.announce()
        this.#beHeard()
      },
      onDuplicate: (address, origin) => {
        this.#duplicates++
        if (origin === 'advertised') this.#another(address)
        else if (origin === 'temporary') this.#temporary?.duplicate(address)
      },
    })
    this.#temporary =
      options.temporary &&
      new options.temporary({
        clock,
        random: random.fork('temporary'),
        addresses: this.#addresses,
        retransTimer: () => this.neighbours.retransTimer,
        wait: () => this.#wait(),
      })
    this.#role = host.role?.(this.#place())
    this.#discovery = {
      clock,
      zone: name,
      mac: this.#mac,
      neighbours: this.neighbours,
      addresses: this.#addresses,
      router: this.#role,
      send: (source, destination, message) => this.#send(source, destination, message),
      onRouter: (router, words, said) => this.#hear(router, words, said),
      redirect: (destination, from, target) =>
        // A router goes by its table alone (RFC 4861 8.3).
        this.#role === undefined && this.#routers.has(from) && network.redirect(this, destination, from, target),
    }
  }

  /** Takes its addresses, and asks for routers, as soon as the link is up. */
  start(): void {
    const forEver = { preferredUntil: ENDLESS, validUntil: ENDLESS }
    const wait = this.#wait()
    this.#addresses.add(linkLocalOf(this.#mac, this.name), PREFIX_BITS, 'link-local', forEver, wait)
    for (const { address, prefixLength } of this.#given) {
      const own = inZone(address, this.name)
      if (!isLinkLocal6(own)) this.#routers.setPrefix(prefixOf(own, prefixLength), prefixLength, ENDLESS)
      this.#addresses.add(own, prefixLength, 'given', forEver, wait)
    }
    for (const { prefix, length } of this.#role?.onLink ?? []) this.#routers.setPrefix(prefix, length, ENDLESS)
    if (this.#role !== undefined) this.mld.join(allRouters(this.name))
    this.#host.network.waysChanged()
  }

  /** What a router's interface needs of this one. */
  #place(): RouterPlace {
    const own = () => this.#linkLocal
    return {
      clock: this.#host.clock,
      random: this.#host.random.fork('router'),
      zone: this.name,
      mac: this.#mac,
      get linkLocal() {
        return own()
      },
      send: (destination, message) => {
        const source = own()
        if (source !== undefined) this.#send(source, destination, message)
      },
      macOf: (neighbour) => this.neighbours.macOf(neighbour),
      heard: (neighbour, mac) => this.neighbours.heard(neighbour, mac, false),
    }
  }

  /** What its station's address makes, once it may be sent from. */
  get #linkLocal(): Ipv6Address | undefined {
    return this.sources.find(({ address }) => isLinkLocal6(address))?.address
  }

  /** A router tells the link that it is there; a host asks for one. */
  #beHeard(): void {
    this.#readyListeners.tell(true)
    if (this.#role === undefined) this.#solicit()
    else this.#role.start()
  }

  /** 5.4.2 of RFC 4862: stations that a power cut started together do not ask together. */
  #wait(): number {
    return Math.floor(this.#host.random.float() * MAX_RTR_SOLICITATION_DELAY)
  }

  /** The link is up, and the link-local address may be sent from. */
  get hasLinkLocal(): boolean {
    return this.#link.device.linkUp && this.#linkLocal !== undefined
  }

  /** Calls `listener` when `hasLinkLocal` is another. Returns the function that unsubscribes the listener. */
  onLinkLocal(listener: (ready: boolean) => void): () => void {
    return this.#readyListeners.add(listener)
  }

  /** What a router of this link said last that DHCPv6 is there for (M and O: RFC 4861 4.2); `none` since the link is up. */
  get service(): ConfigurationService {
    return this.#service
  }

  /** Calls `listener` when it is another. Returns the function that unsubscribes the listener. */
  onService(listener: (service: ConfigurationService) => void): () => void {
    return this.#serviceListeners.add(listener)
  }

  /**
   * A DHCPv6 server lends an address, alone under its prefix (RFC 5942 4: that says nothing of what is on the link). It is looked for on
   * the link first, at once: nobody else knows it (RFC 4862 5.4.2).
   * @returns false where there is no room; an address that is there anyway stays what it is
   */
  assign(address: Ipv6Address, lifetimes: Lifetimes): boolean {
    const held = this.#addresses.find(address)
    if (held === undefined) return this.#addresses.add(address, 128, 'assigned', lifetimes, 0)
    if (held.origin === 'assigned') this.#addresses.renew(address, lifetimes)
    return true
  }

  /** It is lent no more. */
  unassign(address: Ipv6Address): void {
    if (this.#addresses.find(address)?.origin === 'assigned') this.#addresses.remove(address)
  }

  get mtu(): number {
    return this.#mtu
  }

  get sources(): readonly SourceAddress[] {
    return this.#addresses.sources
  }

  /** All addresses, whatever their state. */
  get addresses(): readonly HeldAddress[] {
    return this.#addresses.all
  }

  /** Default routers, the preferred one first. */
  get routers(): readonly Ipv6Address[] {
    return this.#routers.addresses
  }

  /** Networks that certain routers are for, the longest prefix first (RFC 4191), and those that `Ipv6Side.addRoute` added. */
  get routes(): readonly { readonly prefix: Ipv6Address; readonly length: number; readonly router: Ipv6Address }[] {
    return this.#routers.routes
  }

  /** Whether a router of this address would be on the link. */
  reaches(router: Ipv6Address): boolean {
    if (router.zone !== '') return router.zone === this.name
    return this.prefixes.some(({ prefix, length }) => underPrefix(router, prefix, length))
  }

  /** What is for a network goes by a router of the link. */
  addRoute(prefix: Ipv6Address, length: number, router: Ipv6Address): void {
    if (this.#routers.setRoute(prefix, length, router, ENDLESS, 0)) this.#host.network.waysChanged()
  }

  /** @returns false when there was no such route */
  removeRoute(prefix: Ipv6Address, length: number): boolean {
    const removed = this.#routers.removeRoutes(prefix, length)
    if (removed) this.#host.network.waysChanged()
    return removed
  }

  /** What it does as a router's; undefined where it is a host's. */
  get router(): RouterRole | undefined {
    return this.#role
  }

  /** Prefixes of the link. */
  get prefixes(): readonly { readonly prefix: Ipv6Address; readonly length: number }[] {
    return this.#routers.prefixes
  }

  /** Name servers and search domains that routers announced (RFC 8106), and that still hold. */
  get names(): NameServers {
    return { servers: this.#names.servers, search: this.#names.search }
  }

  /** Calls `listener` when these are others. Returns the function that unsubscribes the listener. */
  onNames(listener: (names: NameServers) => void): () => void {
    return this.#namesListeners.add(listener)
  }

  /** Every address that a person gave it, and its link-local one, may be sent from, or is another's. */
  get isReady(): boolean {
    return this.addresses.every(
      ({ origin, state }) => (origin !== 'given' && origin !== 'link-local') || state !== 'TENTATIVE',
    )
  }

  /** Calls `listener` when another station turns out to have an address. Returns the function that unsubscribes the listener. */
  onDuplicate(listener: (address: Ipv6Address) => void): () => void {
    return this.#addresses.onDuplicate(listener)
  }

  get counters(): Ipv6InterfaceCounters {
    return {
      duplicates: this.#duplicates,
      loopedProbes: this.#addresses.looped,
      claims: this.#claims,
      routerAdvertisements: this.#advertisements,
      namesRefused: this.#namesRefused,
      mld: this.mld.counters,
      ...(this.#role === undefined ? {} : { router: this.#role.counters }),
    }
  }

  hears(group: Ipv6Address): boolean {
    return this.mld.hears(group)
  }

  exitTo(destination: Ipv6Address): Exit | undefined {
    return this.#routers.exitTo(destination)
  }

  doubt(nextHop: Ipv6Address): void {
    this.neighbours.doubt(nextHop)
  }

  /** The link came or went. */
  linkChanged(up: boolean): void {
    this.neighbours.clear()
    this.#host.clock.cancel(this.#solicitation)
    if (!up) {
      this.#role?.pause()
      this.#readyListeners.tell(false)
      this.#setService('none')
      return
    }
    forgetAdvice(this.neighbours)
    this.#solicitations = 0
    this.#addresses.restart(this.#wait())
    if (this.#addresses.sources.length === 0) return
    this.mld.announce()
    this.#beHeard()
  }

  /** Takes nothing and sends nothing until `restart`. */
  stop(): void {
    const { clock } = this.#host
    this.#role?.cease()
    clock.cancel(this.#solicitation)
    clock.cancel(this.#ending)
    this.neighbours.clear()
    this.#names.stop()
    this.#temporary?.stop()
    this.#addresses.stop()
    this.mld.stop()
  }

  /** A message of neighbour discovery arrived. */
  receiveDiscovery(datagram: Ipv6InboundDatagram): DiscoveryLoss | undefined {
    const loss = receiveDiscovery(this.#discovery, datagram)
    if (loss === 'address of ours claimed') this.#claims++
    return loss
  }

  /** A message of listener discovery arrived. */
  receiveMld(datagram: Ipv6InboundDatagram): MldLoss | undefined {
    return this.mld.receive(datagram)
  }

  transmit(frame: FrameBuffer, end: number, hop: Ipv6Hop): SendResult {
    const link = this.#link
    if (!link.running) {
      link.lost.add('interface stopped')
      return 'refused'
    }
    link.writeHeader(frame, ETHERTYPE_IPV6)
    if (hop.kind === 'unicast') return this.neighbours.send(frame, end, hop.nextHop)
    writeGroupMac(hop.nextHop, frame.octets)
    return link.send(frame.view(end)) ? 'sent' : 'refused'
  }

  /** From the address that what waits is from, so that the other knows whom it will answer (RFC 4861 7.2.2); or from one of ours. */
  #ask(address: Ipv6Address, mac: MacAddress | undefined, frame: Uint8Array | undefined): void {
    const from = frame === undefined ? undefined : readIpv6(frame, IPV6_AT + 8, this.name)
    const own = from !== undefined && this.sources.some((each) => each.address === from)
    const source = own ? from : selectSource(this.sources, address)
    if (source === undefined) return
    const question = neighbourSolicitation(address, { mac: this.#mac })
    this.#send(source, mac === undefined ? solicitedNode(address, this.name) : address, question, mac)
  }

  #report(destination: Ipv6Address, message: Uint8Array): void {
    const source = this.#linkLocal ?? UNSPECIFIED6
    const { network } = this.#host
    seal(message, source, destination)
    network.sendAlert(network.routeOver(this, destination, source), PROTOCOL_ICMPV6, message, this.#alertFields)
  }

  /** @param mac of the station that it is for, where it is not to be looked up: a probe of a neighbour asks nobody else */
  #send(source: Ipv6Address, destination: Ipv6Address, message: Uint8Array, mac?: MacAddress): void {
    const { network } = this.#host
    seal(message, source, destination)
    const route = network.routeOver(
      mac === undefined ? this : new DirectLink(this, this.#link, mac),
      destination,
      source,
    )
    network.sendLong(route, PROTOCOL_ICMPV6, message, 0, message.length, this.#fields)
  }

  /** Asks for routers, three times unless one has spoken (RFC 4861 6.3.7). */
  #solicit(): void {
    const { clock } = this.#host
    clock.cancel(this.#solicitation)
    this.#solicitation = undefined
    if (this.#solicitations >= MAX_RTR_SOLICITATIONS) return
    this.#solicitations++
    const source = this.#linkLocal
    const message = routerSolicitation(source === undefined ? undefined : this.#mac)
    this.#solicitation = clock.after(RTR_SOLICITATION_INTERVAL, () => this.#solicit())
    this.#send(source ?? UNSPECIFIED6, allRouters(this.name), message)
  }

  /** A router said something (RFC 4861 6.3.4, RFC 4862 5.5.3, RFC 4191 3.1, RFC 8106 5.3). */
  #hear(router: Ipv6Address, words: RouterWords, options: DiscoveryOptions): void {
    const { mtu, prefixes } = options
    const { clock, network } = this.#host
    this.#advertisements++
    // 6.3.7: one that came before it was asked for may not say everything.
    if (words.lifetimeSeconds > 0 && this.#solicitations > 0) {
      this.#solicitations = MAX_RTR_SOLICITATIONS
      clock.cancel(this.#solicitation)
    }
    // One router's M is enough: that another does not say it takes nothing back (RFC 4861 4.2 has them of the link).
    if (words.managed) this.#setService('addresses')
    else if (words.otherConfiguration && this.#service === 'none') this.#setService('other')
    if (words.hopLimit > 0) this.hopLimit = words.hopLimit
    if (mtu !== undefined && mtu >= LEAST_IPV6_MTU && mtu <= this.#host.mtu) this.#mtu = mtu
    let changed = this.#routers.setRouter(router, clock.now + words.lifetimeSeconds * SECOND, words.preference)
    for (const said of prefixes) {
      if (isLinkLocal6(said.prefix) || said.length > 128) continue
      const prefix = prefixOf(said.prefix, said.length)
      if (said.onLink && this.#routers.setPrefix(prefix, said.length, endOfLifetime(clock.now, said.validSeconds)))
        changed = true
      if (this.#autoconfigure && said.autonomous) this.#autoconfigureFrom(prefix, said)
    }
    // A default route among these says more than the words before (RFC 4191 3.1); link-local and group networks go by no router.
    for (const { prefix, length, lifetimeSeconds, preference } of options.routes) {
      if (length > 0 && (isLinkLocal6(prefix) || isMulticast6(prefix))) continue
      if (this.#routers.setRoute(prefix, length, router, endOfLifetime(clock.now, lifetimeSeconds), preference))
        changed = true
    }
    if (changed) network.waysChanged()
    this.#waitForEnd()
    this.#namesRefused += options.misshapen + this.#names.hear(router, options)
  }

  #setService(service: ConfigurationService): void {
    if (service === this.#service) return
    this.#service = service
    this.#serviceListeners.tell(service)
  }

  /** What routers said runs out: ways are found anew then. */
  #waitForEnd(): void {
    const { clock, network } = this.#host
    clock.cancel(this.#ending)
    const next = this.#routers.nextEnd
    this.#ending = undefined
    if (next === Number.POSITIVE_INFINITY) return
    this.#ending = clock.after(next - clock.now, () => {
      network.waysChanged()
      this.#waitForEnd()
    })
  }

  #autoconfigureFrom(prefix: Ipv6Address, said: PrefixInformation): void {
    const { validSeconds, preferredSeconds, length } = said
    if (preferredSeconds > validSeconds || length !== PREFIX_BITS) return
    const { clock } = this.#host
    const lifetimes = {
      validUntil: endOfLifetime(clock.now, validSeconds),
      preferredUntil: endOfLifetime(clock.now, preferredSeconds),
    }
    const made = this.addresses.filter(
      ({ address, origin, state }) =>
        origin === 'advertised' && state !== 'DUPLICATE' && underPrefix(address, prefix, length),
    )
    for (const { address, validUntil } of made)
      this.#addresses.renew(address, {
        ...lifetimes,
        validUntil: believedEnd(clock.now, validUntil, lifetimes.validUntil),
      })
    if (made.length === 0 && validSeconds > 0) this.#make(prefix, lifetimes)
    this.#temporary?.advertised(prefix, lifetimes)
  }

  #make(prefix: Ipv6Address, lifetimes: Lifetimes): void {
    const conflicts = this.#conflicts.get(prefix) ?? 0
    if (conflicts > IDGEN_RETRIES) return
    const address = stableAddress(this.#identifiers, prefix, this.name, conflicts)
    this.#addresses.add(address, PREFIX_BITS, 'advertised', lifetimes, this.#wait())
  }

  /** An address that was made is another's: the next one of its prefix is tried (RFC 7217 6). */
  #another(address: Ipv6Address): void {
    const gone = this.#addresses.find(address)
    if (gone === undefined) return
    const { preferredUntil, validUntil } = gone
    const prefix = prefixOf(address, PREFIX_BITS)
    this.#addresses.remove(address)
    this.#conflicts.set(prefix, (this.#conflicts.get(prefix) ?? 0) + 1)
    this.#make(prefix, { preferredUntil, validUntil })
  }
}

/** The link, to one station whatever the neighbour cache says. */
class DirectLink implements Ipv6Link {
  readonly name: string
  readonly mtu: number
  readonly loopback = false
  readonly sources: readonly SourceAddress[] = []
  readonly hopLimit: number
  readonly #link: EthernetLink
  readonly #mac: MacAddress

  constructor({ name, mtu, hopLimit }: Ipv6Link, link: EthernetLink, mac: MacAddress) {
    this.name = name
    this.mtu = mtu
    this.hopLimit = hopLimit
    this.#link = link
    this.#mac = mac
  }

  hears(): boolean {
    return false
  }

  exitTo(): undefined {
    return undefined
  }

  transmit(frame: FrameBuffer, end: number): SendResult {
    this.#link.writeHeader(frame, ETHERTYPE_IPV6)
    frame.octets.set(this.#mac, 0)
    return this.#link.send(frame.view(end)) ? 'sent' : 'refused'
  }
}

/** @throws RangeError for a text that is no host's address */
function routerOf(given: string | Ipv6Address): Ipv6Address {
  const address = typeof given === 'string' ? parseIpv6(given) : given
  if (address !== undefined && isHostAddress6(address)) return address
  throw new RangeError(`"${given}" is no router's address: write it like fe80::1`)
}

/** Puts the checksum into a message of ICMPv6. */
function seal(message: Uint8Array, source: Ipv6Address, destination: Ipv6Address): void {
  writeUint16(message, 2, 0)
  const sum = ipv6PseudoHeader(source, destination, PROTOCOL_ICMPV6, message.length)
  writeUint16(message, 2, checksum(message, 0, message.length, sum))
}

/** Writes the Ethernet address of a group: its low 32 bits behind 33-33 (RFC 2464 7). */
function writeGroupMac(group: Ipv6Address, octets: Uint8Array): void {
  octets[0] = 0x33
  octets[1] = 0x33
  octets[2] = group.word3 >>> 24
  octets[3] = group.word3 >>> 16
  octets[4] = group.word3 >>> 8
  octets[5] = group.word3
}

function groupMac(group: Ipv6Address): MacAddress {
  const mac = new Uint8Array(6)
  writeGroupMac(group, mac)
  return mac
}
