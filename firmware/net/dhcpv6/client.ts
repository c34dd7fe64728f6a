/**
 * The DHCPv6 client (RFC 9915 18.2): runs its chart on a network interface. Addresses to keep (IA_NA), one association an interface, or with
 * `start('stateless')` name servers and domains alone.
 *
 *     const client = new Dhcpv6Client({ clock, random, host, identifier: duidOf(mac), iaid: iaidOf(mac) })
 *     client.onState((state) => …)
 *     client.start('stateful')
 *
 * Not done: prefixes (IA_PD), relays, authentication, and Reconfigure: option 20, which says that a client accepts it, is never sent, so that no
 * server may send it (18.2.11), and what comes all the same is counted. What it needs of the stack below is `Dhcpv6Host`.
 */
import { createActor } from 'xstate'
import { outermostState } from '../../hal/chart-state.js'
import { type Clock, MILLISECOND, SECOND, stateChartClock, type Timer } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import { NetError } from '../errors.js'
import { ErrorRate } from '../icmp/error-rate.js'
import type { Ipv6Address } from '../ipv6/address.js'
import type { Lifetimes } from '../nd/address-list.js'
import { ENDLESS } from '../nd/lifetime.js'
import {
  DHCPV6_OPTIONS,
  type Dhcpv6Association,
  type Dhcpv6Fault,
  type Dhcpv6Message,
  emitDhcpv6,
  parseDhcpv6,
  STATUS_NO_ADDRESSES,
  STATUS_NO_BINDING,
  STATUS_NOT_ON_LINK,
  STATUS_SUCCESS,
} from '../wire/dhcpv6.js'
import { type Dhcpv6ClientEvent, type Dhcpv6ClientState, dhcpv6ClientMachine } from './client-machine.js'
import { sameDuid } from './duid.js'
import {
  type Dhcpv6Information,
  type Dhcpv6Lease,
  endOf,
  informationOf,
  type LeasedAddress,
  leaseFrom,
  ownAssociation,
  usableAddresses,
} from './lease.js'
import { type ExchangeKind, Retransmission } from './retransmission.js'

/** What the client asks of the host that it runs on. */
export interface Dhcpv6Host {
  /** The link is up, and its link-local address may be sent from. */
  readonly ready: boolean
  handleReady: ((ready: boolean) => void) | undefined
  /** The zone of the link. */
  readonly zone: string
  /** Sends a message from port 546 of the link-local address to port 547 of ff02::1:2; false when it could not be sent. */
  send(octets: Uint8Array): boolean
  /**
   * Is called with each datagram for port 546 that the interface received. Set from `start` until STOPPED.
   * @throws NetError EADDRINUSE when somebody else has the port
   */
  handleDatagram: ((octets: Uint8Array, start: number, end: number) => void) | undefined
  /**
   * The interface has this address from now on, or still has it, and for so long; one that is new is looked for on the link first
   * (RFC 4862 5.4). @returns false where it has as many as it can
   */
  assign(address: Ipv6Address, lifetimes: Lifetimes): boolean
  /** It has it no more. Sockets on it fail. */
  remove(address: Ipv6Address): void
  /** Another station has an address that was to be ours. */
  handleDuplicate: ((address: Ipv6Address) => void) | undefined
  /** What concerns the whole host. Undefined: nothing is known any more. */
  tell(information: Dhcpv6Information | undefined): void
}

export interface Dhcpv6ClientOptions {
  clock: Clock
  random: Random
  host: Dhcpv6Host
  /** The DUID of this host: `duidOf`. */
  identifier: Uint8Array
  /** Of the interface's association: `iaidOf`. */
  iaid: number
  /** The wait before the first message, in nanoseconds; a random one of up to 1 s by default (RFC 9915 18.2.1). */
  startDelay?: number
  /** Takes addresses from a server's first answer (RFC 9915 21.14); true by default. */
  rapidCommit?: boolean
}

/** With addresses, or for name servers and domains alone. */
export type Dhcpv6Service = 'stateful' | 'stateless'

/** Why addresses are gone: their time is over, the server refused them, another station has them, or we gave them up. */
export type Dhcpv6LeaseEnd = 'expired' | 'refused' | 'taken' | 'given back'
const LEASE_ENDS: Readonly<Partial<Record<Dhcpv6ClientEvent['type'], Dhcpv6LeaseEnd>>> = {
  EXPIRED: 'expired',
  REFUSED: 'refused',
  DUPLICATE: 'taken',
}

/** Why a datagram for the client did nothing, or a message did not go. */
export type Dhcpv6ClientLoss =
  | `DHCPv6 ${Dhcpv6Fault}`
  | 'DHCPv6 reconfigure'
  | 'DHCPv6 not for a client'
  | 'DHCPv6 of another exchange'
  | 'DHCPv6 for another client'
  | 'DHCPv6 no server identifier'
  | 'DHCPv6 from another server'
  | 'DHCPv6 not expected now'
  | 'DHCPv6 no usable address'
  | 'DHCPv6 status of failure'
  | 'DHCPv6 address not taken'
  | 'DHCPv6 held back'
  | 'DHCPv6 not sent'
  | 'DHCPv6 port taken'

export interface Dhcpv6ClientCounters {
  readonly sent: Readonly<Partial<Record<ExchangeKind, number>>>
  readonly received: Readonly<Partial<Record<'ADVERTISE' | 'REPLY', number>>>
  /** Addresses that turned out to be another station's. */
  readonly duplicates: number
  readonly dropped: Readonly<Partial<Record<Dhcpv6ClientLoss, number>>>
}

/** What servers are asked for; RFC 9915 18.2.1 and 18.2.6 have the limits of waiting among it. */
const ASKED_FOR = [DHCPV6_OPTIONS.nameServers, DHCPV6_OPTIONS.searchDomains, DHCPV6_OPTIONS.solicitMaximum]
const ASKED_FOR_STATELESS = [
  DHCPV6_OPTIONS.nameServers,
  DHCPV6_OPTIONS.searchDomains,
  DHCPV6_OPTIONS.refreshTime,
  DHCPV6_OPTIONS.informationMaximum,
]

/** SOL_MAX_DELAY, CNF_MAX_DELAY, INF_MAX_DELAY (RFC 9915 7.6). */
const MAX_DELAY = SECOND
/** After failures in a row: 2 s, 4 s and so on up to this, lest a server that offers what it then refuses is asked without end. */
const MOST_WAIT_SECONDS = 64
/** RFC 9915 14.1: 20 messages in 20 seconds. */
const MESSAGE_BURST = 20
const MESSAGES_A_SECOND = 1
/** RFC 9915 21.24, 21.25: other values of SOL_MAX_RT and INF_MAX_RT are passed over. */
const LEAST_MAX_RT_SECONDS = 60
const MOST_MAX_RT_SECONDS = 86_400
/** RFC 9915 7.6, IRT_DEFAULT and IRT_MINIMUM: what servers tell is asked for again after a day, and not sooner than after ten minutes. */
const REFRESH_SECONDS = 86_400
const LEAST_REFRESH_SECONDS = 600
const FOR_EVER_SECONDS = 0xffffffff
/** The preference that no other server can have more of (18.2.1). */
const HIGHEST_PREFERENCE = 255
const CENTISECOND = 10 * MILLISECOND

/** What an advertisement, or a server that has lost its bindings, leads the request to. */
interface Offer {
  readonly server: Uint8Array
  readonly preference: number
  readonly addresses: readonly Ipv6Address[]
}

export class Dhcpv6Client {
  readonly #options: Dhcpv6ClientOptions
  readonly #actor: ReturnType<typeof createChart>
  readonly #random: Random
  readonly #rate: ErrorRate
  readonly #sent = new Tally<ExchangeKind>()
  readonly #received = new Tally<'ADVERTISE' | 'REPLY'>()
  readonly #lost = new Tally<Dhcpv6ClientLoss>()
  #duplicates = 0
  #state: Dhcpv6ClientState = 'STOPPED'
  /** Undefined before the first. */
  #exchange: Retransmission | undefined
  #transactionId = 0
  #offer: Offer | undefined
  #lease: Dhcpv6Lease | undefined
  #leaseEnd: Dhcpv6LeaseEnd = 'given back'
  #told: Dhcpv6Lease | undefined
  #information: Dhcpv6Information | undefined
  /** What RELEASE or DECLINE is about, and whose it was. */
  #parting: { readonly server: Uint8Array; readonly addresses: readonly Ipv6Address[] } | undefined
  #refreshSeconds = REFRESH_SECONDS
  #solicitMaximum: number | undefined
  #informationMaximum: number | undefined
  #leaseTimer: Timer | undefined

  readonly #stateListeners = new Listeners<[state: Dhcpv6ClientState, previous: Dhcpv6ClientState]>()
  readonly #leaseListeners = new Listeners<[lease: Dhcpv6Lease | undefined, why: Dhcpv6LeaseEnd | undefined]>()

  constructor(options: Dhcpv6ClientOptions) {
    this.#options = options
    this.#random = options.random.fork('dhcpv6')
    this.#rate = new ErrorRate(options.clock, MESSAGE_BURST, MESSAGES_A_SECOND)
    const { host, clock } = options
    this.#actor = createChart(
      clock,
      {
        'begin an exchange': (_, { kind }) => this.#begin(kind),
        'send the message': () => this.#send(),
        'note the offer': ({ event }) => this.#noteOffer(event),
        'note the lease': ({ event }) => this.#noteLease(event),
        'note the information': ({ event }) => this.#noteInformation(event),
        'note the duplicate': ({ event }) => this.#noteDuplicate(event),
        'keep time': () => this.#keepTime(),
        'drop the addresses': () => this.#drop(),
        'forget all': () => this.#forget(),
      },
      {
        'link is up': () => host.ready,
        'tries are left': () => this.#exchange?.isLeft === true,
        'an offer is noted': () => this.#offer !== undefined,
        'nobody is preferred to it': ({ event }) =>
          event.type === 'ADVERTISE' && event.message.preference === HIGHEST_PREFERENCE,
        'addresses are left': () => (this.#lease?.addresses.length ?? 0) > 0,
        'it is to be asked for anew': () => this.#refreshSeconds !== FOR_EVER_SECONDS,
      },
      {
        'wait before SOLICIT': ({ context }) => this.#waitBeforeSolicit(context.failures) / MILLISECOND,
        'wait before CONFIRM': () => this.#chanceDelay() / MILLISECOND,
        // 21.23: who asks anew waits at random, whatever its start was.
        'wait before INFORMATION-REQUEST': () =>
          (this.#information === undefined ? this.#startDelay() : this.#chanceDelay()) / MILLISECOND,
        retransmission: () => (this.#exchange?.next() ?? 0) / MILLISECOND,
        'refresh time': () => (Math.min(this.#refreshSeconds, REFRESH_SECONDS * 365) * SECOND) / MILLISECOND,
      },
    )
    this.#actor.subscribe((snapshot) => this.#report(outermostState(snapshot.value) as Dhcpv6ClientState))
    this.#actor.start()
    host.handleReady = (ready) => this.#happens({ type: ready ? 'LINK UP' : 'LINK DOWN' })
    host.handleDuplicate = (address) => {
      if (this.#lease?.addresses.some((each) => each.address === address) !== true) return
      this.#happens({ type: 'DUPLICATE', address })
    }
  }

  /** Is called after each change of state. */
  onState(listener: (state: Dhcpv6ClientState, previous: Dhcpv6ClientState) => void): () => void {
    return this.#stateListeners.add(listener)
  }

  /** Watches addresses: those that were lent, or lent anew; or undefined, with why they are gone. Returns what ends that. */
  onLease(listener: (lease: Dhcpv6Lease | undefined, why: Dhcpv6LeaseEnd | undefined) => void): () => void {
    return this.#leaseListeners.add(listener)
  }

  get state(): Dhcpv6ClientState {
    return this.#state
  }

  /** The addresses in use; undefined while there are none. */
  get lease(): Dhcpv6Lease | undefined {
    return this.#lease
  }

  /** Name servers and domains that a server announced last; undefined where none has. */
  get information(): Dhcpv6Information | undefined {
    return this.#information
  }

  get counters(): Dhcpv6ClientCounters {
    return {
      sent: this.#sent.snapshot(),
      received: this.#received.snapshot(),
      duplicates: this.#duplicates,
      dropped: this.#lost.snapshot(),
    }
  }

  /**
   * Begins to ask. Who has asked for less asks for more; who has addresses goes on with them.
   * @throws NetError EADDRINUSE when another client has the interface, or a socket the port; nothing has begun then
   */
  start(service: Dhcpv6Service): void {
    this.#options.host.handleDatagram ??= (octets, start, end) => this.#receive(octets, start, end)
    this.#happens({ type: service === 'stateful' ? 'START STATEFUL' : 'START STATELESS' })
  }

  /** As `start`, where nobody is there to be told that another has the port: it is counted. */
  startUnasked(service: Dhcpv6Service): void {
    try {
      this.start(service)
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      this.#lost.add('DHCPv6 port taken')
    }
  }

  /** Stops using the addresses without a word to the server. */
  stop(): void {
    this.#happens({ type: 'STOP' })
  }

  /** Gives the addresses back (RFC 9915 18.2.7) and stops: is STOPPED when the server has answered, or has not for 15 s. */
  release(): void {
    this.#happens({ type: 'RELEASE' })
  }

  /** Every event goes this way: what ended a lease is known when it is gone. */
  #happens(event: Dhcpv6ClientEvent): void {
    this.#leaseEnd = LEASE_ENDS[event.type] ?? 'given back'
    this.#actor.send(event)
  }

  #report(state: Dhcpv6ClientState): void {
    const previous = this.#state
    this.#state = state
    if (this.#told !== this.#lease) {
      this.#told = this.#lease
      this.#leaseListeners.tell(this.#lease, this.#lease === undefined ? this.#leaseEnd : undefined)
    }
    if (state !== previous) this.#stateListeners.tell(state, previous)
  }

  // ---- Sending

  #begin(kind: ExchangeKind): void {
    const { clock } = this.#options
    const maximum =
      kind === 'SOLICIT' ? this.#solicitMaximum : kind === 'INFORMATION-REQUEST' ? this.#informationMaximum : undefined
    this.#exchange = new Retransmission(clock, this.#random, kind, maximum)
    this.#transactionId = this.#random.next32() >>> 8
    if (kind === 'SOLICIT') this.#offer = undefined
  }

  #send(): void {
    const exchange = this.#exchange
    if (exchange === undefined) return
    exchange.count()
    const { kind, began } = exchange
    const { clock, host, identifier } = this.#options
    if (!this.#rate.mayGo()) {
      this.#lost.add('DHCPv6 held back')
      return
    }
    const octets = emitDhcpv6({
      type: kind,
      transactionId: this.#transactionId,
      clientIdentifier: identifier,
      elapsedCentiseconds: Math.min(0xffff, Math.floor((clock.now - began) / CENTISECOND)),
      ...this.#contentOf(kind),
    })
    if (host.send(octets)) this.#sent.add(kind)
    else this.#lost.add('DHCPv6 not sent')
  }

  /** What each message has beside the client's identifier and the time (18.2.1 to 18.2.8). */
  #contentOf(kind: ExchangeKind): Partial<Dhcpv6Message> {
    const leased = this.#lease?.addresses.map(({ address }) => address) ?? []
    const server = this.#serverOf(kind)
    const about = {
      SOLICIT: [],
      REQUEST: this.#offer?.addresses ?? [],
      CONFIRM: leased,
      RENEW: leased,
      REBIND: leased,
      RELEASE: this.#parting?.addresses ?? [],
      DECLINE: this.#parting?.addresses ?? [],
      'INFORMATION-REQUEST': undefined,
    }[kind]
    const asks = kind === 'SOLICIT' || kind === 'REQUEST' || kind === 'RENEW' || kind === 'REBIND'
    return {
      ...(server === undefined ? {} : { serverIdentifier: server }),
      ...(kind === 'SOLICIT' && this.#rapidCommit ? { rapidCommit: true } : {}),
      ...(about === undefined ? {} : { associations: [this.#association(about)] }),
      ...(asks ? { requested: ASKED_FOR } : {}),
      ...(kind === 'INFORMATION-REQUEST' ? { requested: ASKED_FOR_STATELESS } : {}),
    }
  }

  get #rapidCommit(): boolean {
    return this.#options.rapidCommit ?? true
  }

  /** The one server that a message is for; undefined where it is for all. */
  #serverOf(kind: ExchangeKind): Uint8Array | undefined {
    if (kind === 'REQUEST') return this.#offer?.server
    if (kind === 'RENEW') return this.#lease?.server
    return kind === 'RELEASE' || kind === 'DECLINE' ? this.#parting?.server : undefined
  }

  /** Times of 0: the server is to say (18.2.3, 18.2.4). */
  #association(addresses: readonly Ipv6Address[]): Dhcpv6Association {
    return {
      iaid: this.#options.iaid,
      t1Seconds: 0,
      t2Seconds: 0,
      addresses: addresses.map((address) => ({ address, preferredSeconds: 0, validSeconds: 0 })),
    }
  }

  // ---- Receiving

  #receive(octets: Uint8Array, start: number, end: number): void {
    const loss = this.#take(octets, start, end)
    if (loss !== undefined) this.#lost.add(loss)
  }

  #take(octets: Uint8Array, start: number, end: number): Dhcpv6ClientLoss | undefined {
    const message = parseDhcpv6(octets, start, end)
    if (typeof message === 'string') return `DHCPv6 ${message}`
    const { type } = message
    if (type === 'RECONFIGURE') return 'DHCPv6 reconfigure'
    if (type !== 'ADVERTISE' && type !== 'REPLY') return 'DHCPv6 not for a client'
    const exchange = this.#exchange
    if (exchange === undefined || message.transactionId !== this.#transactionId) return 'DHCPv6 of another exchange'
    if (!sameDuid(message.clientIdentifier, this.#options.identifier)) return 'DHCPv6 for another client'
    if (message.serverIdentifier === undefined) return 'DHCPv6 no server identifier'
    const asked = this.#serverOf(exchange.kind)
    if (asked !== undefined && !sameDuid(asked, message.serverIdentifier)) return 'DHCPv6 from another server'
    this.#noteLimits(message)
    const event = type === 'ADVERTISE' ? this.#readAdvertise(message) : this.#readReply(exchange.kind, message)
    if (typeof event === 'string') return event
    if (!this.#actor.getSnapshot().can(event)) return 'DHCPv6 not expected now'
    this.#received.add(type)
    this.#happens(event)
    return undefined
  }

  /** Even of a server that has no addresses (18.2.9). */
  #noteLimits({ solicitMaximumSeconds: solicit, informationMaximumSeconds: information }: Dhcpv6Message): void {
    const sensible = (seconds: number | undefined): seconds is number =>
      seconds !== undefined && seconds >= LEAST_MAX_RT_SECONDS && seconds <= MOST_MAX_RT_SECONDS
    if (sensible(solicit)) this.#solicitMaximum = solicit
    if (sensible(information)) this.#informationMaximum = information
  }

  /** 18.2.9: one without an address that can be used is passed over. */
  #readAdvertise(message: Dhcpv6Message): Dhcpv6ClientEvent | Dhcpv6ClientLoss {
    if ((message.status ?? STATUS_SUCCESS) !== STATUS_SUCCESS) return 'DHCPv6 status of failure'
    return this.#offered(message).length === 0 ? 'DHCPv6 no usable address' : { type: 'ADVERTISE', message }
  }

  #offered(message: Dhcpv6Message): readonly Ipv6Address[] {
    const own = ownAssociation(message, this.#options.iaid)
    if (own === undefined) return []
    return usableAddresses(own)
      .filter(({ validSeconds }) => validSeconds > 0)
      .map(({ address }) => address)
  }

  /** What a reply to a message of ours comes to (18.2.10). */
  #readReply(kind: ExchangeKind, message: Dhcpv6Message): Dhcpv6ClientEvent | Dhcpv6ClientLoss {
    // What it says of a release or a decline changes nothing (18.2.10.2).
    if (kind === 'RELEASE' || kind === 'DECLINE') return { type: 'REPLY', message }
    if (kind === 'SOLICIT' && !(message.rapidCommit === true && this.#rapidCommit)) return 'DHCPv6 not expected now'
    const own = ownAssociation(message, this.#options.iaid)
    const codes = [message.status, own?.status, ...(own?.addresses ?? []).map(({ status }) => status)]
    const says = (status: number) => codes.includes(status)
    if (kind === 'CONFIRM' || kind === 'INFORMATION-REQUEST') {
      if (kind === 'CONFIRM' && says(STATUS_NOT_ON_LINK)) return { type: 'REFUSED', message }
      return (message.status ?? STATUS_SUCCESS) === STATUS_SUCCESS
        ? { type: 'REPLY', message }
        : 'DHCPv6 status of failure'
    }
    const renews = kind === 'RENEW' || kind === 'REBIND'
    if (renews && says(STATUS_NO_BINDING)) return { type: 'NO BINDING', message }
    if (kind === 'REQUEST' && (says(STATUS_NOT_ON_LINK) || says(STATUS_NO_ADDRESSES)))
      return { type: 'REFUSED', message }
    if ((message.status ?? STATUS_SUCCESS) !== STATUS_SUCCESS) return 'DHCPv6 status of failure'
    if (own === undefined || usableAddresses(own).length === 0) return 'DHCPv6 no usable address'
    if (renews) {
      const next = leaseFrom(0, NOBODY, own, this.#lease?.addresses ?? [])
      return { type: next.addresses.length > 0 ? 'REPLY' : 'REFUSED', message }
    }
    if (this.#offered(message).length > 0) return { type: 'REPLY', message }
    return kind === 'REQUEST' ? { type: 'REFUSED', message } : 'DHCPv6 no usable address'
  }

  /** Of several the one that is preferred; of equals the first (18.2.9). */
  #noteOffer(event: Dhcpv6ClientEvent): void {
    if (event.type !== 'ADVERTISE' && event.type !== 'NO BINDING') return
    const { message } = event
    const server = message.serverIdentifier
    if (server === undefined) return
    const preference = message.preference ?? 0
    if (event.type === 'ADVERTISE' && this.#offer !== undefined && this.#offer.preference >= preference) return
    // A server that knows nothing of a lease is asked for the addresses that are in use (18.2.10.1).
    const addresses =
      event.type === 'ADVERTISE' ? this.#offered(message) : (this.#lease?.addresses ?? []).map(({ address }) => address)
    this.#offer = { server, preference, addresses }
  }

  #noteLease(event: Dhcpv6ClientEvent): void {
    if (event.type !== 'REPLY' || event.message.serverIdentifier === undefined) return
    const { clock, host, iaid } = this.#options
    const own = ownAssociation(event.message, iaid)
    if (own === undefined) return
    const before = this.#lease?.addresses ?? []
    const lease = leaseFrom(clock.now, event.message.serverIdentifier, own, before)
    for (const { address } of before)
      if (!lease.addresses.some((each) => each.address === address)) host.remove(address)
    const addresses = lease.addresses.filter((each) => this.#assign(each))
    this.#lease = { ...lease, addresses }
    this.#noteInformation(event)
  }

  #assign({ address, preferredUntil, validUntil }: LeasedAddress): boolean {
    const taken = this.#options.host.assign(address, { preferredUntil, validUntil })
    if (!taken) this.#lost.add('DHCPv6 address not taken')
    return taken
  }

  #noteInformation(event: Dhcpv6ClientEvent): void {
    if (event.type !== 'REPLY') return
    const { host } = this.#options
    this.#refreshSeconds = Math.max(LEAST_REFRESH_SECONDS, event.message.refreshSeconds ?? REFRESH_SECONDS)
    this.#information = informationOf(event.message, host.zone)
    host.tell(this.#information)
  }

  // ---- Addresses

  /** It is not used, and the server will be told. */
  #noteDuplicate(event: Dhcpv6ClientEvent): void {
    const lease = this.#lease
    if (event.type !== 'DUPLICATE' || lease === undefined) return
    const { address } = event
    this.#duplicates++
    this.#options.host.remove(address)
    const others = lease.addresses.filter((each) => each.address !== address)
    if (others.length > 0) this.#lease = { ...lease, addresses: others }
    else this.#drop()
    this.#parting = { server: lease.server, addresses: [address] }
  }

  #drop(): void {
    this.#options.clock.cancel(this.#leaseTimer)
    this.#leaseTimer = undefined
    const lease = this.#lease
    if (lease === undefined) return
    this.#lease = undefined
    const addresses = lease.addresses.map(({ address }) => address)
    this.#parting = { server: lease.server, addresses }
    for (const address of addresses) this.#options.host.remove(address)
    this.#tellNothing()
  }

  #forget(): void {
    this.#options.host.handleDatagram = undefined
    this.#exchange = undefined
    this.#offer = undefined
    this.#parting = undefined
    this.#tellNothing()
  }

  #tellNothing(): void {
    if (this.#information === undefined) return
    this.#information = undefined
    this.#options.host.tell(undefined)
  }

  /** One timer for T1, T2 and the end, each in its turn. */
  #keepTime(): void {
    const { clock } = this.#options
    clock.cancel(this.#leaseTimer)
    this.#leaseTimer = undefined
    const lease = this.#lease
    if (lease === undefined) return
    if (lease.addresses.length === 0) {
      this.#leaseTimer = clock.after(0, () => this.#happens({ type: 'NOTHING TAKEN' }))
      return
    }
    this.#nextStep(
      [
        ['T1', lease.renewAt],
        ['T2', lease.rebindAt],
        ['EXPIRED', endOf(lease)],
      ],
      0,
    )
  }

  #nextStep(steps: readonly (readonly ['T1' | 'T2' | 'EXPIRED', number])[], index: number): void {
    const { clock } = this.#options
    const end = steps[steps.length - 1]
    // An address may end before T1, where a server says so.
    const [type, at] = index < steps.length && steps[index][1] < end[1] ? steps[index] : end
    if (at === ENDLESS) return
    this.#leaseTimer = clock.after(Math.max(0, at - clock.now), () => {
      this.#leaseTimer = undefined
      if (type !== 'EXPIRED') this.#nextStep(steps, index + 1)
      this.#happens({ type })
    })
  }

  #waitBeforeSolicit(failures: number): number {
    if (failures === 0) return this.#startDelay()
    const seconds = Math.min(2 ** failures, MOST_WAIT_SECONDS) * (0.9 + 0.2 * this.#random.float())
    return seconds * SECOND
  }

  #startDelay(): number {
    return this.#options.startDelay ?? this.#chanceDelay()
  }

  #chanceDelay(): number {
    return MAX_DELAY * this.#random.float()
  }
}

const NOBODY = new Uint8Array(0)

type Machine = typeof dhcpv6ClientMachine
type Implementations = Parameters<Machine['provide']>[0]

function createChart(
  clock: Clock,
  actions: NonNullable<Implementations['actions']>,
  guards: NonNullable<Implementations['guards']>,
  delays: NonNullable<Implementations['delays']>,
) {
  return createActor(dhcpv6ClientMachine.provide({ actions, guards, delays }), {
    // XState's clock type is a class's; it calls only these two.
    clock: stateChartClock(clock) as never,
  })
}
