/**
 * A small DHCP server for labs (RFC 2131 4.3): one network, one pool, addresses kept for some, and nothing that is not a
 * function of what it hears and of the clock.
 *
 *     const server = new DhcpServer({ clock, host, address: '10.9.0.1/24', pool: ['10.9.0.100', '10.9.0.199'],
 *       options: { routers: [ipv4('10.9.0.1')], dnsServers: [ipv4('10.9.0.1')] } })
 */

import { type Clock, SECOND } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import { Listeners } from '../../hal/listeners.js'
import {
  directedBroadcast,
  type Ipv4Address,
  type Ipv4Interface,
  ipv4,
  ipv4Interface,
  LIMITED_BROADCAST,
  type MacAddress,
  mac,
  networkNumber,
  onLink,
  prefixMask,
} from '../address.js'
import {
  BOOT_REPLY,
  BOOT_REQUEST,
  DHCP_ACK,
  DHCP_CLIENT_PORT,
  DHCP_DECLINE,
  DHCP_DISCOVER,
  DHCP_INFORM,
  DHCP_MESSAGE_LIMIT,
  DHCP_NAK,
  DHCP_OFFER,
  DHCP_RELEASE,
  DHCP_REQUEST,
  DHCP_SERVER_PORT,
  type DhcpFault,
  type DhcpMessage,
  emitDhcp,
  parseDhcp,
} from '../wire/dhcp.js'
import { DHCP_OPTION_NAMES, DHCP_OPTIONS, type DhcpOptions } from '../wire/dhcp-options.js'
import { Bindings, hardwareKey } from './bindings.js'
import { FOR_EVER } from './lease.js'

/** What the server asks of the host that it runs on. */
export interface DhcpServerHost {
  /** Sends a message from port 67; false when it could not be sent. 255.255.255.255 is everyone. */
  send(octets: Uint8Array, destination: Ipv4Address, port: number): boolean
  /** Is called with each datagram for port 67. */
  handleDatagram: ((octets: Uint8Array, start: number, end: number) => void) | undefined
  /** Whether it has this address, too, where it is asked: the server goes by each of them (RFC 2131 4.1). */
  isOwn?(address: Ipv4Address): boolean
  /** Asks by ARP whether somebody has an address; `done` is called once, later. Where it is left out nothing is probed. */
  check?(address: Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void
}

export interface DhcpServerOptions {
  clock: Clock
  host: DhcpServerHost
  /** Its own address and network. */
  address: string | Ipv4Interface
  /** The addresses it gives, first and last. */
  pool: readonly [first: string | Ipv4Address, last: string | Ipv4Address]
  /** Of a lease, in seconds; an hour by default, FFFFFFFFh for ever. */
  leaseSeconds?: number
  /** What clients are told besides: routers, name servers … `subnetMask` and `broadcastAddress` come from `address`. */
  options?: DhcpOptions
  /** Addresses kept for certain stations: Ethernet address to IPv4 address. */
  reserved?: Readonly<Record<string, string>>
  /** Asks by ARP before an address is offered (RFC 2131 3.1, step 2: SHOULD); false by default. */
  probe?: boolean
}

/** Why a datagram for the server was not answered, or did nothing. */
export type DhcpServerLoss =
  | `DHCP ${DhcpFault}`
  | 'DHCP not a request'
  | 'DHCP message type'
  | 'DHCP no address free'
  | 'DHCP for another server'
  | 'DHCP client not known'
  | 'DHCP being probed'
  | 'DHCP reply too long'
  | 'DHCP not sent'

/** An address that a client has. */
export interface GivenLease {
  readonly address: Ipv4Address
  readonly hardware: MacAddress
  /** On the clock; Infinity: for ever. */
  readonly expires: number
  /** As the client calls itself. */
  readonly hostName: string | undefined
}

type MessageName = 'DISCOVER' | 'OFFER' | 'REQUEST' | 'DECLINE' | 'ACK' | 'NAK' | 'RELEASE' | 'INFORM'

export interface DhcpServerCounters {
  readonly received: Readonly<Partial<Record<MessageName, number>>>
  readonly sent: Readonly<Partial<Record<MessageName, number>>>
  readonly dropped: Readonly<Partial<Record<DhcpServerLoss, number>>>
}

const DEFAULT_LEASE_SECONDS = 3600
/** Of IP and UDP, which option 57 counts (RFC 2132 9.10). */
const HEADER_OCTETS = 28
/** They are part of every answer, asked for or not (RFC 2131 table 3; RFC 6842 3). */
const ALWAYS: readonly (keyof DhcpOptions)[] = [
  'messageType',
  'leaseTime',
  'serverIdentifier',
  'message',
  'clientIdentifier',
]

export class DhcpServer {
  readonly #host: DhcpServerHost
  readonly #own: Ipv4Interface
  readonly #leaseSeconds: number
  readonly #options: DhcpOptions
  readonly #probe: boolean
  readonly #bindings: Bindings
  readonly #received = new Tally<MessageName>()
  readonly #sent = new Tally<MessageName>()
  readonly #lost = new Tally<DhcpServerLoss>()
  /** Probes under way, by client. */
  readonly #probes = new Map<string, () => void>()

  readonly #leaseListeners = new Listeners<[lease: GivenLease]>()

  /** @throws RangeError when an address is invalid, or the pool is not within the server's network */
  constructor(options: DhcpServerOptions) {
    const { clock, host } = options
    this.#host = host
    this.#own = typeof options.address === 'string' ? ipv4Interface(options.address) : options.address
    const [first, last] = options.pool.map((each) => (typeof each === 'string' ? ipv4(each) : each))
    if (first > last || !onLink(this.#own, first) || !onLink(this.#own, last))
      throw new RangeError(
        `a pool of ${options.pool.join(' to ')}: give its lowest and highest address, both in the server's network`,
      )
    const reserved = Object.entries(options.reserved ?? {}).map(([hardware, address]) => {
      return [hardwareKey(mac(hardware)), ipv4(address)] as const
    })
    const broadcastAddress = directedBroadcast(this.#own)
    const number = networkNumber(this.#own)
    const nobodys = [this.#own.address, broadcastAddress, number].filter((address) => address !== undefined)
    this.#bindings = new Bindings(clock, { first, last }, new Map(reserved), nobodys)
    this.#leaseSeconds = options.leaseSeconds ?? DEFAULT_LEASE_SECONDS
    this.#options = {
      subnetMask: prefixMask(this.#own.prefixLength),
      ...(broadcastAddress === undefined ? {} : { broadcastAddress }),
      ...options.options,
    }
    this.#probe = options.probe ?? false
    host.handleDatagram = (octets, start, end) => {
      const loss = this.#receive(octets, start, end)
      if (loss !== undefined) this.#lost.add(loss)
    }
  }

  /** A client was given an address, or renewed it. */
  onLease(listener: (lease: GivenLease) => void): () => void {
    return this.#leaseListeners.add(listener)
  }

  /** Leases that hold now, by address. */
  get leases(): readonly GivenLease[] {
    return this.#bindings.leases
  }

  get counters(): DhcpServerCounters {
    return { received: this.#received.snapshot(), sent: this.#sent.snapshot(), dropped: this.#lost.snapshot() }
  }

  /** Answers nothing more. */
  stop(): void {
    this.#host.handleDatagram = undefined
    for (const end of this.#probes.values()) end()
    this.#probes.clear()
  }

  #receive(octets: Uint8Array, start: number, end: number): DhcpServerLoss | undefined {
    const message = parseDhcp(octets, start, end)
    if (typeof message === 'string') return `DHCP ${message}`
    if (message.operation !== BOOT_REQUEST) return 'DHCP not a request'
    switch (message.options.messageType) {
      case DHCP_DISCOVER:
        this.#received.add('DISCOVER')
        return this.#discover(message)
      case DHCP_REQUEST:
        this.#received.add('REQUEST')
        return this.#request(message)
      case DHCP_DECLINE:
        this.#received.add('DECLINE')
        return this.#decline(message)
      case DHCP_RELEASE:
        this.#received.add('RELEASE')
        return this.#release(message)
      case DHCP_INFORM:
        this.#received.add('INFORM')
        return this.#reply(message, 'ACK', 0)
      default:
        return 'DHCP message type'
    }
  }

  /** 4.3.1. */
  #discover(message: DhcpMessage): DhcpServerLoss | undefined {
    const client = clientOf(message)
    if (this.#probes.has(client)) return 'DHCP being probed'
    const { clientHardware: hardware } = message
    const address = this.#bindings.choose(client, hardware, message.options.requestedAddress)
    if (address === undefined) return 'DHCP no address free'
    const known = this.#bindings.belongsTo(address, client)
    this.#bindings.offer(address, client, hardware)
    if (!this.#probe || known || this.#host.check === undefined) return this.#reply(message, 'OFFER', address)
    const end = this.#host.check(address, (taken) => {
      this.#probes.delete(client)
      if (taken !== undefined) this.#bindings.decline(address)
      const loss = taken === undefined ? this.#reply(message, 'OFFER', address) : this.#discover(message)
      if (loss !== undefined) this.#lost.add(loss)
    })
    this.#probes.set(client, end)
    return undefined
  }

  /** 4.3.2: what the client is about shows in what it fills in. */
  #request(message: DhcpMessage): DhcpServerLoss | undefined {
    const { serverIdentifier, requestedAddress } = message.options
    const client = clientOf(message)
    if (!this.#isMeant(serverIdentifier)) {
      // It took another server's offer (3.1, step 4), and has no use for ours, nor for what it had here.
      const here = this.#bindings.of(client)
      if (here?.state === 'offered' || here?.state === 'bound') this.#bindings.release(here)
      return 'DHCP for another server'
    }
    const address = requestedAddress ?? message.clientAddress
    if (!this.#bindings.belongsTo(address, client)) {
      const why = serverIdentifier === undefined ? this.#whyNot(message, client) : this.#whyNotOffered(address, client)
      // "If the DHCP server has no record of this client, then it MUST remain silent": another server may have given it.
      return why === undefined ? 'DHCP client not known' : this.#reply(message, 'NAK', 0, why)
    }
    const duration = this.#leaseSeconds === FOR_EVER ? Number.POSITIVE_INFINITY : this.#leaseSeconds * SECOND
    const { hostName } = message.options
    const binding = this.#bindings.bind(address, client, message.clientHardware, duration, hostName)
    const loss = this.#reply(message, 'ACK', address)
    this.#leaseListeners.tell(binding)
    return loss
  }

  /** Whether a client that names this server, or none, speaks to this one. */
  #isMeant(server: Ipv4Address | undefined): boolean {
    return server === undefined || server === this.#own.address || this.#host.isOwn?.(server) === true
  }

  /** Why a client that says it took our offer is refused. */
  #whyNotOffered(address: Ipv4Address, client: string): string {
    if (!onLink(this.#own, address)) return 'wrong network'
    return this.#bindings.isTakenFrom(address, client) ? 'address in use' : 'not the address offered'
  }

  /**
   * Why a client is refused that goes on with an address which is not its own here: only for what this server knows for
   * certain. What was offered, declined, released or is over says nothing of an address that another server leases.
   */
  #whyNot({ options, clientAddress }: DhcpMessage, client: string): string | undefined {
    const address = options.requestedAddress ?? clientAddress
    if (this.#bindings.isLeasedToAnother(address, client)) return 'address in use'
    // RENEWING and REBINDING: somebody gave it the address, and it works.
    if (clientAddress !== 0) return undefined
    // INIT-REBOOT; there is no relay's network to compare with.
    if (!onLink(this.#own, address)) return 'wrong network'
    const elsewhere = this.#bindings.leaseOf(client) !== undefined && this.#bindings.mayHave(address)
    return elsewhere ? 'not the address leased' : undefined
  }

  /** 4.3.3. */
  #decline(message: DhcpMessage): DhcpServerLoss | undefined {
    const { serverIdentifier, requestedAddress } = message.options
    if (!this.#isMeant(serverIdentifier)) return 'DHCP for another server'
    if (requestedAddress === undefined || !this.#bindings.belongsTo(requestedAddress, clientOf(message)))
      return 'DHCP client not known'
    this.#bindings.decline(requestedAddress)
    return undefined
  }

  /** 4.3.4. */
  #release(message: DhcpMessage): DhcpServerLoss | undefined {
    const { serverIdentifier } = message.options
    if (!this.#isMeant(serverIdentifier)) return 'DHCP for another server'
    const binding = this.#bindings.at(message.clientAddress)
    if (binding === undefined || binding.client !== clientOf(message)) return 'DHCP client not known'
    this.#bindings.release(binding)
    return undefined
  }

  /** @param address 0 for a NAK, and for the answer to INFORM, which is about no address (4.3.5) */
  #reply(
    to: DhcpMessage,
    name: 'OFFER' | 'ACK' | 'NAK',
    address: Ipv4Address,
    why?: string,
  ): DhcpServerLoss | undefined {
    const { relayAddress } = to
    const limit = (to.options.maximumMessageSize ?? 0) - HEADER_OCTETS
    const octets = emitDhcp(
      {
        ...to,
        operation: BOOT_REPLY,
        hops: 0,
        seconds: 0,
        // A relay must broadcast a NAK: the client may not have the address it seems to have (4.3.2).
        broadcast: to.broadcast || (name === 'NAK' && relayAddress !== 0),
        clientAddress: name === 'ACK' ? to.clientAddress : 0,
        yourAddress: address,
        serverAddress: 0,
        serverName: '',
        bootFile: '',
        options: this.#answer(to, name, address, why),
      },
      Math.max(limit, DHCP_MESSAGE_LIMIT),
    )
    if (octets === undefined) return 'DHCP reply too long'
    // 4.1: to the relay, to the address the client has, or to everyone: it cannot be asked by ARP yet.
    const destination =
      relayAddress !== 0
        ? relayAddress
        : name !== 'NAK' && to.clientAddress !== 0
          ? to.clientAddress
          : LIMITED_BROADCAST
    const port = relayAddress !== 0 ? DHCP_SERVER_PORT : DHCP_CLIENT_PORT
    if (!this.#host.send(octets, destination, port)) return 'DHCP not sent'
    this.#sent.add(name)
    return undefined
  }

  /** Table 3: what it was asked for, as far as there is something to say. */
  #answer(to: DhcpMessage, name: 'OFFER' | 'ACK' | 'NAK', address: Ipv4Address, why: string | undefined): DhcpOptions {
    const { clientIdentifier, parameterRequestList } = to.options
    const all: DhcpOptions = {
      messageType: { OFFER: DHCP_OFFER, ACK: DHCP_ACK, NAK: DHCP_NAK }[name],
      serverIdentifier: this.#own.address,
      ...(why === undefined ? {} : { message: why }),
      ...(clientIdentifier === undefined ? {} : { clientIdentifier }),
    }
    if (name === 'NAK') return all
    Object.assign(all, this.#options, address === 0 ? {} : { leaseTime: this.#leaseSeconds })
    if (parameterRequestList === undefined) return all
    const wanted: Record<string, unknown> = {}
    for (const each of DHCP_OPTION_NAMES)
      if (ALWAYS.includes(each) || parameterRequestList.includes(DHCP_OPTIONS[each][0])) wanted[each] = all[each]
    wanted.others = all.others?.filter(({ code }) => parameterRequestList.includes(code))
    return wanted
  }
}

/** 4.2: what a client is known by: its identifier, or where it sends none, its hardware address. */
function clientOf(message: DhcpMessage): string {
  const { clientIdentifier } = message.options
  if (clientIdentifier !== undefined) return clientIdentifier.join('-')
  return `${message.hardwareType}:${message.clientHardware.join('-')}`
}
