/**
 * The DHCP client (RFC 2131 4.4): runs the chart of figure 5 on a network interface.
 *
 *     const client = new DhcpClient({ clock, random, host, hardware: device.address, hostName: 'board' })
 *     client.onState((state) => …)
 *     client.start()
 *
 * What it needs of the stack below is `DhcpHost`: so it is tested without one.
 */
import { createActor } from 'xstate'
import { outermostState } from '../../hal/chart-state.js'
import { type Clock, SECOND, stateChartClock, type Timer } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import { type Ipv4Address, LIMITED_BROADCAST, type MacAddress, UNSPECIFIED } from '../address.js'
import {
  BOOT_REPLY,
  BOOT_REQUEST,
  DHCP_ACK,
  DHCP_DECLINE,
  DHCP_DISCOVER,
  DHCP_NAK,
  DHCP_OFFER,
  DHCP_RELEASE,
  DHCP_REQUEST,
  type DhcpFault,
  type DhcpMessage,
  emitDhcp,
  HARDWARE_ETHERNET,
  parseDhcp,
} from '../wire/dhcp.js'
import { DHCP_OPTIONS, type DhcpOptions } from '../wire/dhcp-options.js'
import { type DhcpClientEvent, type DhcpClientState, dhcpClientMachine } from './client-machine.js'
import { type DhcpLease, type LeaseFault, readLease } from './lease.js'

/** What the client asks of the host that it runs on. */
export interface DhcpHost {
  readonly linkUp: boolean
  handleLink: ((up: boolean) => void) | undefined
  /** Sends a message from port 68 to port 67; false when it could not be sent. 0.0.0.0 is a source, 255.255.255.255 everyone. */
  send(octets: Uint8Array, source: Ipv4Address, destination: Ipv4Address): boolean
  /**
   * Is called with each datagram for port 68 that the interface received: broadcast, and unicast to an address that it is
   * about to get. Set from `start` until STOPPED. @throws NetError EADDRINUSE when somebody else has the port
   */
  handleDatagram: ((octets: Uint8Array, start: number, end: number) => void) | undefined
  /**
   * Asks by ARP whether somebody has the address (RFC 5227 2.1.1). `done` is called once, never from within.
   * @returns what takes the question back
   */
  check(address: Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void
  /** The interface has this address from now on, announced to everyone (RFC 5227 2.3). */
  configure(lease: DhcpLease): void
  /** It has none. Sockets on the address fail. */
  unconfigure(): void
  /** What concerns the whole host and changes with each lease: name servers, domain, host name. Undefined: no lease. */
  tell(lease: DhcpLease | undefined): void
  /** Somebody else uses the interface's address, and it was given up (RFC 5227 2.4). */
  handleConflict: ((mac: MacAddress) => void) | undefined
}

export interface DhcpClientOptions {
  clock: Clock
  random: Random
  host: DhcpHost
  /** chaddr; the client identifier too (RFC 2132 9.14). */
  hardware: MacAddress
  /** Told to the server, which may enter it into the DNS (option 12). */
  hostName?: string
  /** An address to ask for again: the one before the power went (INIT-REBOOT). */
  remembered?: Ipv4Address
  /** The wait before the first message, in nanoseconds; a random one of 1 to 10 s by default (RFC 2131 4.4.1). */
  startDelay?: number
  /** Whether an address is checked by ARP before it is used; true by default (RFC 2131 4.4.1, SHOULD). */
  checkAddress?: boolean
  /** Asks servers to broadcast their answers: for a device that hears no unicast yet (RFC 2131 4.1). */
  broadcast?: boolean
  /** T1 and T2 come earlier by a random share of up to this, lest a network's clients keep step (4.4.5); 0.01 by default. */
  fuzz?: number
}

/** Why a lease is gone: its time is over, the server refused to extend it (NAK), another station has the address, or we gave it up. */
export type LeaseEnd = 'expired' | 'refused' | 'taken' | 'given back'

const LEASE_ENDS: Readonly<Partial<Record<DhcpClientEvent['type'], LeaseEnd>>> = {
  EXPIRED: 'expired',
  NAK: 'refused',
  CONFLICT: 'taken',
}

/** Why a datagram for the client did nothing. */
export type DhcpClientLoss =
  | `DHCP ${DhcpFault}`
  | 'DHCP not a reply'
  | 'DHCP of another exchange'
  | 'DHCP for another client'
  | 'DHCP message type'
  | 'DHCP not expected now'
  | 'DHCP from another server'
  | `DHCP lease: ${LeaseFault}`
  | 'DHCP lease: another address'
  | 'DHCP not sent'

export interface DhcpClientCounters {
  readonly sent: Readonly<Partial<Record<SentType, number>>>
  readonly received: Readonly<Partial<Record<'OFFER' | 'ACK' | 'NAK', number>>>
  readonly conflicts: number
  readonly dropped: Readonly<Partial<Record<DhcpClientLoss, number>>>
}

type SentType = 'DISCOVER' | 'REQUEST' | 'DECLINE' | 'RELEASE'

const TYPE_CODES: Readonly<Record<SentType, number>> = {
  DISCOVER: DHCP_DISCOVER,
  REQUEST: DHCP_REQUEST,
  DECLINE: DHCP_DECLINE,
  RELEASE: DHCP_RELEASE,
}
const EVENT_OF: Readonly<Record<number, 'OFFER' | 'ACK' | 'NAK'>> = {
  [DHCP_OFFER]: 'OFFER',
  [DHCP_ACK]: 'ACK',
  [DHCP_NAK]: 'NAK',
}

/** What servers are asked for: in DISCOVER and in every REQUEST alike (RFC 2131 4.4.1; servers answer no more than that). */
const ASKED_FOR = Uint8Array.from(
  (
    [
      'subnetMask',
      'routers',
      'dnsServers',
      'hostName',
      'domainName',
      'interfaceMtu',
      'broadcastAddress',
      'timeServers',
      'leaseTime',
      'renewalTime',
      'rebindingTime',
    ] as const
  ).map((name) => DHCP_OPTIONS[name][0]),
)
/** Option 57: what every host takes (RFC 2132 9.10). */
const MESSAGE_SIZE = 576

/** RFC 2131 4.1, in seconds. */
const FIRST_RETRANSMISSION_SECONDS = 4
const LONGEST_RETRANSMISSION_SECONDS = 64
const RETRANSMISSION_FUZZ_SECONDS = 1
/** 4.4.5, in seconds: between two REQUESTs of one renewal at least this. */
const LEAST_RENEWAL_WAIT_SECONDS = 60
/** 3.1, step 5, in seconds: after DECLINE. */
const CONFLICT_WAIT_SECONDS = 10
/** RFC 5227 2.1.1: after so many conflicts no more than one address a minute is tried. */
const CONFLICT_LIMIT = 10
const CONFLICT_LIMIT_WAIT_SECONDS = 60
/** So many different addresses that one station says are taken: it answers for everyone (proxy ARP), and proves nothing. */
const PROXY_ADDRESSES = 3

const MILLISECONDS_A_SECOND = 1000
const DEFAULT_FUZZ = 0.01

export class DhcpClient {
  readonly #options: DhcpClientOptions
  readonly #actor: ReturnType<typeof createChart>
  readonly #random: Random
  readonly #sent = new Tally<SentType>()
  readonly #received = new Tally<'OFFER' | 'ACK' | 'NAK'>()
  readonly #lost = new Tally<DhcpClientLoss>()
  /** Addresses that each station said were taken, by its Ethernet address. */
  readonly #claims = new Map<string, Set<Ipv4Address>>()
  #conflicts = 0
  #state: DhcpClientState = 'STOPPED'
  #transactionId = 0
  /** When the first message with this xid went: a lease counts from here (RFC 2131 4.4.1), and `secs` too. */
  #exchangeBegan = 0
  #renewalBegan = 0
  #seconds = 0
  #offer: DhcpLease | undefined
  #remembered: Ipv4Address | undefined
  #lease: DhcpLease | undefined
  #leaseBegan = 0
  /** How much of T1 and T2 the fuzz leaves. */
  #timing = 1
  /** The lease that the interface is configured with. */
  #applied: DhcpLease | undefined
  #leaseEnd: LeaseEnd = 'given back'
  #told: DhcpLease | undefined
  #leaseTimer: Timer | undefined
  #endCheck: (() => void) | undefined

  readonly #stateListeners = new Listeners<[state: DhcpClientState, previous: DhcpClientState]>()
  readonly #leaseListeners = new Listeners<[lease: DhcpLease | undefined, why: LeaseEnd | undefined]>()

  /** Watches leases: one that was given or renewed; or undefined, with why it is gone. Returns what ends that. */
  onLease(listener: (lease: DhcpLease | undefined, why: LeaseEnd | undefined) => void): () => void {
    return this.#leaseListeners.add(listener)
  }

  constructor(options: DhcpClientOptions) {
    this.#options = options
    this.#random = options.random.fork('dhcp')
    this.#remembered = options.remembered
    this.#actor = createChart(
      options.clock,
      {
        'hear nothing': () => {
          options.host.handleDatagram = undefined
        },
        'send DISCOVER': ({ context }) => this.#discover(context.attempts === 0),
        'send REQUEST for the offer': ({ context }) => this.#requestOffer(context.attempts === 0),
        'send REQUEST for the address of before': ({ context }) => this.#requestRemembered(context.attempts === 0),
        'send REQUEST to the server': ({ context }) => this.#renew(this.#lease?.server, context.attempts === 0),
        'send REQUEST to everyone': ({ context }) => this.#renew(LIMITED_BROADCAST, context.attempts === 0),
        'send DECLINE': () => this.#decline(),
        'send RELEASE': () => this.#release(),
        'note the offer': ({ event }) => this.#noteOffer(event),
        'note the lease': ({ event }) => this.#noteLease(event),
        'apply the lease': () => this.#apply(),
        'drop the address': () => this.#drop(),
        'forget the address': () => {
          this.#remembered = undefined
          this.#lease = undefined
        },
        'check the address': () => this.#check(),
        'end the check': () => {
          this.#endCheck?.()
          this.#endCheck = undefined
        },
      },
      {
        'link is up': () => options.host.linkUp,
        'an address is remembered': () => this.#remembered !== undefined,
        'the lease holds': () => this.#applied !== undefined,
        // What is still in use, because only the link was gone, was checked when it was taken.
        'address is to be checked': () =>
          (options.checkAddress ?? true) && this.#applied === undefined && !this.#proxySuspected(),
      },
      {
        'wait in INIT': ({ context }) => this.#waitInInit(context),
        retransmission: ({ context }) => this.#retransmissionSeconds(context.attempts) * MILLISECONDS_A_SECOND,
        'half of what is left until T2': () => this.#halfOfWhatIsLeft((this.#lease?.rebindAfter ?? 0) * this.#timing),
        'half of what is left of the lease': () => this.#halfOfWhatIsLeft(this.#lease?.duration ?? 0),
      },
    )
    this.#actor.subscribe((snapshot) => this.#report(outermostState(snapshot.value) as DhcpClientState))
    this.#actor.start()
    const { host } = options
    host.handleLink = (up) => this.#happens({ type: up ? 'LINK UP' : 'LINK DOWN' })
    host.handleConflict = (mac) => {
      this.#noteClaim(mac)
      this.#happens({ type: 'CONFLICT' })
    }
  }

  /** Is called after each change of state. */
  onState(listener: (state: DhcpClientState, previous: DhcpClientState) => void): () => void {
    return this.#stateListeners.add(listener)
  }

  get state(): DhcpClientState {
    return this.#state
  }

  /** The lease in use; undefined while there is none. */
  get lease(): DhcpLease | undefined {
    return this.#applied
  }

  /** When it ends, on the clock; undefined where it never does, or there is none. */
  get leaseEnds(): number | undefined {
    const duration = this.lease?.duration
    return duration === undefined ? undefined : this.#leaseBegan + duration
  }

  get counters(): DhcpClientCounters {
    return {
      sent: this.#sent.snapshot(),
      received: this.#received.snapshot(),
      conflicts: this.#conflicts,
      dropped: this.#lost.snapshot(),
    }
  }

  /**
   * Begins to ask for an address; the one of before, when it is remembered.
   * @throws NetError EADDRINUSE when another client has the interface, or a socket the port; nothing has begun then
   */
  start(): void {
    this.#options.host.handleDatagram = (octets, start, end) => this.#receive(octets, start, end)
    this.#happens({ type: 'START' })
  }

  /** Stops using the address without a word to the server; `start` asks for the same one. */
  stop(): void {
    this.#happens({ type: 'STOP' })
  }

  /** As `stop`, and the address is forgotten: `start` asks for any. */
  forget(): void {
    this.#happens({ type: 'STOP' })
    this.#happens({ type: 'RELEASE' })
  }

  /** Gives the address back (RFC 2131 4.4.6) and stops. */
  release(): void {
    this.#happens({ type: 'RELEASE' })
  }

  /** Every event goes this way: what ended a lease is known when it is gone. */
  #happens(event: DhcpClientEvent): void {
    this.#leaseEnd = LEASE_ENDS[event.type] ?? 'given back'
    this.#actor.send(event)
  }

  #report(state: DhcpClientState): void {
    const previous = this.#state
    this.#state = state
    if (this.#told !== this.#applied) {
      this.#told = this.#applied
      this.#options.host.tell(this.#applied)
      this.#leaseListeners.tell(this.#applied, this.#applied === undefined ? this.#leaseEnd : undefined)
    }
    if (state !== previous) this.#stateListeners.tell(state, previous)
  }

  // ---- Sending

  #discover(first: boolean): void {
    if (first) this.#begin()
    this.#seconds = this.#secondsSince(this.#exchangeBegan)
    this.#send('DISCOVER', {})
  }

  /** 4.4.1: with the xid of the offer and the `secs` of the DISCOVER. */
  #requestOffer(first: boolean): void {
    const offer = this.#offer
    if (offer === undefined) return
    if (first) this.#exchangeBegan = this.#options.clock.now
    this.#send('REQUEST', { requestedAddress: offer.address, serverIdentifier: offer.server })
  }

  #requestRemembered(first: boolean): void {
    if (this.#remembered === undefined) return
    if (first) this.#begin()
    this.#seconds = this.#secondsSince(this.#exchangeBegan)
    this.#send('REQUEST', { requestedAddress: this.#remembered })
  }

  /** RENEWING and REBINDING: each try, a minute or more apart, is an exchange of its own. */
  #renew(destination: Ipv4Address | undefined, first: boolean): void {
    const lease = this.#lease
    if (lease === undefined || destination === undefined) return
    const { now } = this.#options.clock
    if (first) this.#renewalBegan = now
    this.#begin()
    this.#seconds = this.#secondsSince(this.#renewalBegan)
    // Table 5: `ciaddr` says which address, options 50 and 54 must not.
    this.#send('REQUEST', {}, { clientAddress: lease.address, source: lease.address, destination })
  }

  #decline(): void {
    const lease = this.#lease
    if (lease === undefined) return
    this.#begin()
    this.#seconds = 0
    this.#send('DECLINE', { requestedAddress: lease.address, serverIdentifier: lease.server })
  }

  #release(): void {
    const lease = this.#lease
    if (lease === undefined) return
    this.#begin()
    this.#seconds = 0
    const way = { clientAddress: lease.address, source: lease.address, destination: lease.server }
    this.#send('RELEASE', { serverIdentifier: lease.server }, way)
  }

  #begin(): void {
    this.#transactionId = this.#random.next32()
    this.#exchangeBegan = this.#options.clock.now
  }

  #secondsSince(instant: number): number {
    return Math.min(0xffff, Math.floor((this.#options.clock.now - instant) / SECOND))
  }

  #send(
    type: SentType,
    options: DhcpOptions,
    way: { clientAddress?: Ipv4Address; source?: Ipv4Address; destination?: Ipv4Address } = {},
  ): void {
    const { hardware, hostName, broadcast } = this.#options
    const asks = type === 'DISCOVER' || type === 'REQUEST'
    const clientAddress = way.clientAddress ?? UNSPECIFIED
    const octets = emitDhcp({
      operation: BOOT_REQUEST,
      hardwareType: HARDWARE_ETHERNET,
      hops: 0,
      transactionId: this.#transactionId,
      seconds: this.#seconds,
      broadcast: asks && clientAddress === UNSPECIFIED && (broadcast ?? false),
      clientAddress,
      yourAddress: UNSPECIFIED,
      serverAddress: UNSPECIFIED,
      relayAddress: UNSPECIFIED,
      clientHardware: hardware,
      serverName: '',
      bootFile: '',
      options: {
        messageType: TYPE_CODES[type],
        ...options,
        clientIdentifier: Uint8Array.of(HARDWARE_ETHERNET, ...hardware),
        ...(asks ? { parameterRequestList: ASKED_FOR, maximumMessageSize: MESSAGE_SIZE } : {}),
        ...(asks && hostName !== undefined ? { hostName } : {}),
      },
    })
    const sent =
      octets !== undefined &&
      this.#options.host.send(octets, way.source ?? UNSPECIFIED, way.destination ?? LIMITED_BROADCAST)
    if (sent) this.#sent.add(type)
    else this.#lost.add('DHCP not sent')
  }

  // ---- Receiving

  #receive(octets: Uint8Array, start: number, end: number): void {
    const loss = this.#take(octets, start, end)
    if (loss !== undefined) this.#lost.add(loss)
  }

  #take(octets: Uint8Array, start: number, end: number): DhcpClientLoss | undefined {
    const message = parseDhcp(octets, start, end)
    if (typeof message === 'string') return `DHCP ${message}`
    if (message.operation !== BOOT_REPLY) return 'DHCP not a reply'
    if (!sameOctets(message.clientHardware, this.#options.hardware)) return 'DHCP for another client'
    if (message.transactionId !== this.#transactionId) return 'DHCP of another exchange'
    const type = EVENT_OF[message.options.messageType ?? 0]
    if (type === undefined) return 'DHCP message type'
    const event = { type, message }
    if (!this.#actor.getSnapshot().can(event)) return 'DHCP not expected now'
    const fault = type === 'NAK' ? this.#refuseNak(message) : this.#refuseLease(message)
    if (fault !== undefined) return fault
    this.#received.add(type)
    this.#happens(event)
    return undefined
  }

  /** Only who was asked can say no: a server that knows nothing of the client must be silent (RFC 2131 4.3.2). */
  #refuseNak(message: DhcpMessage): DhcpClientLoss | undefined {
    const asked = this.#state === 'REQUESTING' ? this.#offer : undefined
    const server = message.options.serverIdentifier
    return asked !== undefined && server !== undefined && server !== asked.server
      ? 'DHCP from another server'
      : undefined
  }

  #refuseLease(message: DhcpMessage): DhcpClientLoss | undefined {
    const lease = readLease(message, this.#before())
    if (typeof lease === 'string') return `DHCP lease: ${lease}`
    if (this.#state === 'REQUESTING' && lease.server !== this.#offer?.server) return 'DHCP from another server'
    // In REQUESTING the check that follows makes up for a server that changes its mind.
    if (this.#remembered !== undefined && lease.address !== this.#remembered) return 'DHCP lease: another address'
    return undefined
  }

  /** What the server said before: an ACK may leave it out. */
  #before(): DhcpLease | undefined {
    return this.#state === 'SELECTING' ? undefined : this.#state === 'REQUESTING' ? this.#offer : this.#lease
  }

  #noteOffer(event: DhcpClientEvent): void {
    if (event.type !== 'OFFER') return
    const lease = readLease(event.message)
    if (typeof lease !== 'string') this.#offer = lease
  }

  #noteLease(event: DhcpClientEvent): void {
    if (event.type !== 'ACK') return
    const lease = readLease(event.message, this.#before())
    if (typeof lease === 'string') return
    this.#lease = lease
    this.#leaseBegan = this.#exchangeBegan
    this.#timing = 1 - (this.#options.fuzz ?? DEFAULT_FUZZ) * this.#random.float()
  }

  // ---- The address

  #check(): void {
    const lease = this.#lease
    if (lease === undefined) return
    this.#endCheck = this.#options.host.check(lease.address, (mac) => {
      this.#endCheck = undefined
      if (mac === undefined) {
        this.#happens({ type: 'ADDRESS FREE' })
        return
      }
      this.#noteClaim(mac)
      this.#happens({ type: 'CONFLICT' })
    })
  }

  #noteClaim(mac: MacAddress): void {
    this.#conflicts++
    const key = mac.join('-')
    const addresses = this.#claims.get(key)
    const address = this.#lease?.address ?? 0
    if (addresses === undefined) this.#claims.set(key, new Set([address]))
    else addresses.add(address)
  }

  /**
   * A router that answers ARP for everyone (RFC 1027) would have every address declined, for ever, until the server has no
   * more: after several different ones, each said to be taken by the same station, the check is left out.
   */
  #proxySuspected(): boolean {
    for (const addresses of this.#claims.values()) if (addresses.size >= PROXY_ADDRESSES) return true
    return false
  }

  #apply(): void {
    const lease = this.#lease
    if (lease === undefined) return
    this.#remembered = lease.address
    this.#claims.clear()
    // A renewal that changes nothing leaves the interface, and what runs over it, alone.
    if (this.#applied === undefined || !sameConfiguration(this.#applied, lease)) this.#options.host.configure(lease)
    this.#applied = lease
    this.#armLease()
  }

  #drop(): void {
    this.#options.clock.cancel(this.#leaseTimer)
    this.#leaseTimer = undefined
    if (this.#applied === undefined) return
    this.#applied = undefined
    this.#options.host.unconfigure()
  }

  /** One timer for T1, T2 and the end, each in its turn. */
  #armLease(): void {
    const { clock } = this.#options
    clock.cancel(this.#leaseTimer)
    this.#leaseTimer = undefined
    const lease = this.#lease
    if (lease?.duration === undefined || lease.renewAfter === undefined || lease.rebindAfter === undefined) return
    const steps = [
      ['T1', Math.round(lease.renewAfter * this.#timing)],
      ['T2', Math.round(lease.rebindAfter * this.#timing)],
      ['EXPIRED', lease.duration],
    ] as const
    this.#nextStep(steps, 0)
  }

  #nextStep(steps: readonly (readonly ['T1' | 'T2' | 'EXPIRED', number])[], index: number): void {
    const { clock } = this.#options
    const [type, after] = steps[index]
    this.#leaseTimer = clock.after(Math.max(0, this.#leaseBegan + after - clock.now), () => {
      this.#leaseTimer = undefined
      if (index + 1 < steps.length) this.#nextStep(steps, index + 1)
      this.#happens({ type })
    })
  }

  // ---- Delays, in milliseconds

  #waitInInit({ waitFor, failures, conflicts }: { waitFor: string; failures: number; conflicts: number }): number {
    if (waitFor === 'conflict')
      return (conflicts >= CONFLICT_LIMIT ? CONFLICT_LIMIT_WAIT_SECONDS : CONFLICT_WAIT_SECONDS) * MILLISECONDS_A_SECOND
    // A server that offers what it then refuses is asked ever less often.
    if (waitFor === 'failure') return this.#retransmissionSeconds(failures) * MILLISECONDS_A_SECOND
    const { startDelay } = this.#options
    return startDelay === undefined ? 1000 + this.#random.float() * 9000 : startDelay / 1_000_000
  }

  /** After so many messages, in seconds. */
  #retransmissionSeconds(attempts: number): number {
    const backedOff = Math.min(
      FIRST_RETRANSMISSION_SECONDS * 2 ** Math.max(0, attempts - 1),
      LONGEST_RETRANSMISSION_SECONDS,
    )
    return backedOff + (2 * this.#random.float() - 1) * RETRANSMISSION_FUZZ_SECONDS
  }

  /** @param until counted from the beginning of the lease, in nanoseconds */
  #halfOfWhatIsLeft(until: number): number {
    const left = this.#leaseBegan + until - this.#options.clock.now
    return Math.max(LEAST_RENEWAL_WAIT_SECONDS * MILLISECONDS_A_SECOND, left / 2 / 1_000_000)
  }
}

type Machine = typeof dhcpClientMachine
type Implementations = Parameters<Machine['provide']>[0]

function createChart(
  clock: Clock,
  actions: NonNullable<Implementations['actions']>,
  guards: NonNullable<Implementations['guards']>,
  delays: NonNullable<Implementations['delays']>,
) {
  return createActor(dhcpClientMachine.provide({ actions, guards, delays }), {
    // XState's clock type is a class's; it calls only these two.
    clock: stateChartClock(clock) as never,
  })
}

/** Whether two leases ask the same of the interface. */
function sameConfiguration(a: DhcpLease, b: DhcpLease): boolean {
  const same = a.address === b.address && a.prefixLength === b.prefixLength && a.mtu === b.mtu
  return same && a.routers.length === b.routers.length && a.routers.every((router, i) => router === b.routers[i])
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
