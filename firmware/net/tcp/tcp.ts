/**
 * The Transmission Control Protocol (RFC 9293) over one network layer: opens, listens, and takes segments to the connection they
 * belong to.
 *
 * arrival/ is segment arrival as RFC 9293 3.10.7 has it; output, retransmission, persist and keepalive are the sending half;
 * events is how applications are notified. The rest is what they stand on.
 */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { NetError } from '../errors.js'
import { familyOf, formatEndpoint, formatIp, isUnspecified, unspecified, unspecifiedOfAll } from '../ip.js'
import type { MemoryBudget, MemoryPurpose } from '../memory-budget.js'
import type { Datagram, IcmpError, Transport } from '../network-layer.js'
import type { NetworkLayers } from '../network-layers.js'
import { PROTOCOL_TCP } from '../wire/protocols.js'
import { ACK, RST, SYN } from '../wire/tcp.js'
import type { TcpView } from '../wire/tcp-view.js'
import { arrivesInClosed } from './arrival/closed.js'
import { arrivesInListen } from './arrival/listen.js'
import { segmentArrives } from './arrival/segment-arrives.js'
import { Connection, connectionOf, type TcpEndpoint } from './connection.js'
import { CONTROL_BLOCK_OCTETS, ControlBlock, type TcpEngine } from './control-block.js'
import type { TcpCounters } from './counters.js'
import { ECN_FIELD } from './ecn-agreement.js'
import { Engine } from './engine.js'
import { chargeControlBlock, endConnection, makeRoom, settle } from './events.js'
import { startGivingUp } from './giving-up.js'
import { icmpErrorArrives, quotedConnection } from './icmp-errors.js'
import { Listener, type ListenOptions } from './listener.js'
import { prepareOffer } from './negotiation.js'
import { withDefaults, withOptions } from './option-changes.js'
import type { ConnectionOptions, TcpDefaults } from './options.js'
import { TcpBinding, TcpPorts } from './ports.js'
import { sendSyn, startRetransmissionTimer } from './retransmission.js'
import { add, afterOrAt, before } from './sequence.js'
import type { TcpState } from './states.js'
import { expire } from './timers.js'
import { sendAck } from './transmit.js'

export interface TcpSettings {
  clock: Clock
  random: Random
  networks: NetworkLayers
  memory: MemoryBudget
  defaults?: Partial<TcpDefaults>
}

export interface TcpConnectOptions extends Partial<ConnectionOptions> {
  /** The end to connect from: port 0, any that is free; an unspecified address, as the route has it. */
  local?: TcpEndpoint
}

/** A state that a connection entered. */
export interface TcpStateChange {
  readonly local: TcpEndpoint
  readonly remote: TcpEndpoint
  readonly state: TcpState
  readonly previous: TcpState
}

/** What becomes of a SYN that nobody listens for: a listener takes it; it is reset; whoever was asked has seen to it. */
export type Unclaimed = Listener | 'reset' | 'seen to'

export class Tcp implements Transport {
  readonly protocol = PROTOCOL_TCP
  readonly takesForeign = true
  /**
   * Asked for each SYN that no listener gets: to a host elsewhere that this one stands in for, or to a port of ours that nobody listens on.
   * Undefined: such a SYN is reset. A copy of the datagram (`kept`) may be handed to `receive` later, as though it had come then.
   */
  handleUnclaimed: ((datagram: Datagram, port: number, remotePort: number) => Unclaimed) | undefined
  readonly #engine: TcpEngine
  readonly #ports: TcpPorts

  constructor(options: TcpSettings) {
    const { clock, random, networks, memory } = options
    this.#engine = new Engine<ControlBlock>(clock, random.fork('tcp'), networks, memory, withDefaults(options.defaults))
    const { table, settings } = this.#engine
    this.#ports = new TcpPorts(table, random.fork('tcp ports'), settings.firstPort, settings.lastPort)
  }

  /** What connections begin from. */
  get defaults(): Readonly<TcpDefaults> {
    return this.#engine.settings
  }

  /**
   * Changes what new connections begin from, and what holds for all. (The ports to choose from and the limit of challenges stay.)
   * @throws RangeError for a value that cannot be
   */
  setDefaults(changes: Partial<TcpDefaults>): void {
    this.#engine.settings = withDefaults({ ...this.#engine.settings, ...changes })
  }

  /** Every connection that is not CLOSED. */
  get connections(): Iterable<Connection> {
    return connectionsOf(this.#engine)
  }

  /**
   * Calls `listener` with every state that any connection enters, in the middle of the work on it and before what follows is sent:
   * it may look, and is to do nothing to the stack. Returns the function that unsubscribes the listener.
   */
  onState(listener: (change: TcpStateChange) => void): () => void {
    return this.#engine.stateListeners.add(({ localAddress, localPort, remoteAddress, remotePort }, state, previous) =>
      listener({
        local: { address: localAddress, port: localPort },
        remote: { address: remoteAddress, port: remotePort },
        state,
        previous,
      }),
    )
  }

  /** The connection with these ends, also one that is not accepted yet; undefined where there is none. */
  connectionBetween(local: TcpEndpoint, remote: TcpEndpoint): Connection | undefined {
    const block = this.#engine.table.find(local.address, local.port, remote.address, remote.port)
    return block === undefined ? undefined : connectionOf(block)
  }

  get listeners(): Iterable<Listener> {
    return this.#ports.listeners
  }

  /** Ports that are taken and not used yet. */
  get bindings(): Iterable<TcpBinding> {
    return this.#ports.bindings
  }

  get counters(): TcpCounters {
    return this.#engine.counting.snapshot()
  }

  /**
   * Keeps a port until it is listened on, or connected from, which takes the binding as its local end.
   * @param local an unspecified address: any of this host; port 0: one that is free
   * @param call what is bound, for the error
   * @throws NetError EADDRINUSE
   */
  bind(
    local: TcpEndpoint,
    options: { reuseAddress?: boolean } = {},
    call = `bind ${formatEndpoint(local)}`,
  ): TcpBinding {
    checkPort(local.port, call)
    return this.#ports.bind(local, options.reuseAddress ?? false, call)
  }

  /**
   * Passive OPEN (RFC 9293 3.10.1).
   * @param local an unspecified address: any of this host; port 0: one that is free; a binding, which is used up
   * @throws NetError EADDRINUSE, EADDRNOTAVAIL
   */
  listen(local: TcpEndpoint, options: ListenOptions = {}): Listener {
    const { networks, settings } = this.#engine
    const { address } = local
    const call = `listen on ${formatEndpoint(local)}`
    checkPort(local.port, call)
    if (!isUnspecified(address) && !networks.isOwn(address))
      throw new NetError(
        'EADDRNOTAVAIL',
        call,
        `listen on an address of this host, or on ${formatIp(unspecified(familyOf(address)))} for all`,
      )
    const reuse = options.reuseAddress ?? false
    const port = this.#ports.forListener(local, reuse, call)
    const listener = new Listener({ address, port }, withOptions(settings, options.connection), options, (closed) =>
      this.#ports.removeListener(closed),
    )
    this.#ports.addListener(listener)
    if (local instanceof TcpBinding) local.release()
    return listener
  }

  /** A listener that no port leads to: `handleUnclaimed` names it, and its connections are at whatever addresses their SYNs were for. */
  listenForOthers(options: ListenOptions = {}): Listener {
    const connection = withOptions(this.#engine.settings, options.connection)
    return new Listener({ address: unspecifiedOfAll('ipv6'), port: 0 }, connection, options, () => {})
  }

  /**
   * Active OPEN (RFC 9293 3.10.1): the SYN goes out at once, and `onState` tells when the connection is ESTABLISHED.
   * @throws NetError EACCES for a group address, EADDRNOTAVAIL, EADDRINUSE, ENETUNREACH, ENOBUFS
   */
  connect(remote: TcpEndpoint, options: TcpConnectOptions = {}): Connection {
    const engine = this.#engine
    const { settings, table, clock } = engine
    // In words only where it fails: putting them together takes longer than finding a route.
    const call = () => `connect to ${formatEndpoint(remote)}`
    checkPort(remote.port, call)
    const network = engine.networks.of(remote.address)
    if (network === undefined) throw new NetError('EAFNOSUPPORT', call())
    if (network.isGroup(remote.address))
      throw new NetError('EACCES', call(), 'TCP goes to one host', 'the address is of a group of hosts')
    if (remote.port === 0 || !network.isHost(remote.address))
      throw new NetError('EADDRNOTAVAIL', call(), 'connect to the address and port of a host')
    const given = options.local?.address
    const wanted = given === undefined || isUnspecified(given) ? undefined : given
    if (wanted !== undefined && !network.isOwn(wanted))
      throw new NetError('EADDRNOTAVAIL', call(), `${formatIp(wanted)} is no address of this host`)
    const first = network.route(remote.address, wanted)
    // The source stays when routes change (RFC 9293 MUST-45), so from here on it is asked for.
    const route = first === undefined || wanted !== undefined ? first : network.route(remote.address, first.source)
    if (route === undefined || isUnspecified(route.source))
      throw new NetError('ENETUNREACH', call(), 'add a route or a gateway')
    if (route.kind !== 'unicast')
      throw new NetError('EACCES', call(), 'TCP goes to one host', 'the address is of a group of hosts')

    const taken = (port: number) => table.find(route.source, port, remote.address, remote.port) !== undefined
    const { local } = options
    let port = local?.port ?? 0
    checkPort(port, call)
    if (local === undefined || port === 0) port = this.#ports.forConnection(route.source, taken, call)
    else if (taken(port)) throw new NetError('EADDRINUSE', call(), 'another connection has the same ends')
    else if (this.#ports.isBound(local, local instanceof TcpBinding && local.reuseAddress))
      throw new NetError('EADDRINUSE', call(), `connect from another port than ${port}`, 'a socket is bound to it')

    const block = new ControlBlock(engine, network, route, port, remote.port, withOptions(settings, options), expire)
    if (!chargeControlBlock(block))
      throw new NetError('ENOBUFS', call(), 'close a connection, or give the stack more memory')
    const connection = new Connection(block)
    block.connection = connection
    prepareOffer(block)
    block.iss = engine.numbers.sequence(block.localAddress, port, block.remoteAddress, block.remotePort)
    block.sndUna = block.iss
    block.sndNxt = add(block.iss, 1)
    block.sndBase = block.sndNxt
    block.transition('ACTIVE OPEN')
    table.add(block)
    if (local instanceof TcpBinding) local.release()
    sendSyn(block)
    startRetransmissionTimer(block)
    startGivingUp(block, clock.now)
    block.timing = true
    block.timedTo = block.sndNxt
    block.timedAt = clock.now
    // Nobody has set a callback yet.
    block.application.events = 0
    block.application.forgetTransitions()
    return connection
  }

  /** Octets that connections in TIME-WAIT hold, which are the first that `makeRoom` has given back. */
  get yieldable(): number {
    return this.#engine.timeWaiting.size * CONTROL_BLOCK_OCTETS
  }

  /** Octets that one connection more is charged. */
  readonly connectionOctets = CONTROL_BLOCK_OCTETS

  /** Has octets given back until so many are free for a purpose, or nothing is left that yields. */
  makeRoom(octets: number, purpose: MemoryPurpose): void {
    makeRoom(this.#engine, octets, purpose)
  }

  receive(datagram: Datagram): void {
    const engine = this.#engine
    const { counting, segment } = engine
    counting.segmentsReceived++
    const { frame, payloadAt, payloadEnd, source, destination } = datagram
    const fault = segment.read(frame.octets, payloadAt, payloadEnd)
    if (fault !== undefined) {
      counting.dropped.add(fault)
      return
    }
    const sum = datagram.network.pseudoHeader(source, destination, PROTOCOL_TCP, payloadEnd - payloadAt)
    if (frame.checksum(payloadAt, payloadEnd, sum) !== 0) {
      counting.dropped.add('checksum')
      return
    }
    if (segment.brokenOption) counting.dropped.add('option length')
    segment.codepoint = datagram.trafficClass & ECN_FIELD
    const block = engine.table.find(destination, segment.destinationPort, source, segment.sourcePort)
    if (block === undefined || (block.state === 'TIME-WAIT' && this.#reopens(block, segment))) {
      this.#receiveForNone(datagram, segment, block)
      return
    }
    if (!datagram.more) {
      segmentArrives(block, segment)
      settle(block)
      return
    }
    engine.batching = true
    segmentArrives(block, segment)
    if (block.ackAtOnce && block.state !== 'CLOSED') sendAck(block)
    engine.defer(block)
    engine.batching = false
  }

  onBatchEnd(): void {
    this.#engine.runDeferred(settle)
  }

  onIcmpError(error: IcmpError): void {
    icmpErrorArrives(this.#engine, error)
  }

  /** A path MTU is everybody's on that path: only an error about a segment that is outstanding may lower it. */
  believes(error: IcmpError): boolean {
    return quotedConnection(this.#engine, error) !== undefined
  }

  /** A connection whose address is gone cannot go on (RFC 9293 MUST-45). Listeners wait for the address to come back. */
  onAddressesChanged(): void {
    for (const block of [...this.#engine.table]) {
      if (block.foreign || block.network.isOwn(block.localAddress)) continue
      endConnection(block, block.state === 'TIME-WAIT' ? 'ABORT' : 'FAIL', 'ENETDOWN')
      settle(block)
    }
  }

  /** LISTEN and CLOSED. */
  #receiveForNone(datagram: Datagram, segment: TcpView, waiting: ControlBlock | undefined): void {
    const engine = this.#engine
    const { dropped } = engine.counting
    if (datagram.toGroup) {
      dropped.add('group address')
      return
    }
    if (!datagram.network.isHost(datagram.source)) {
      dropped.add('source address')
      return
    }
    const listener = this.#listenerFor(datagram, segment)
    if (listener === 'seen to') return
    if (listener === 'reset') arrivesInClosed(engine, datagram, segment)
    else arrivesInListen(engine, listener, datagram, segment, waiting)
  }

  /** Who listens on every address of this host does not for hosts elsewhere. */
  #listenerFor(datagram: Datagram, { destinationPort, sourcePort, flags }: TcpView): Unclaimed {
    const listener = datagram.foreign ? undefined : this.#ports.listenerFor(datagram.destination, destinationPort)
    if (listener !== undefined) return listener
    if (this.handleUnclaimed === undefined || !isSyn(flags)) return 'reset'
    return this.handleUnclaimed(datagram, destinationPort, sourcePort)
  }

  /**
   * A new SYN for a connection in TIME-WAIT may begin the next one (RFC 9293 MAY-2, SHLD-4; RFC 6191): where it is newer than
   * all of the last, and somebody listens.
   */
  #reopens(block: ControlBlock, segment: TcpView): boolean {
    if (!isSyn(segment.flags)) return false
    const isListenedFor = this.#ports.listenerFor(block.localAddress, block.localPort) !== undefined
    if (!isListenedFor && this.handleUnclaimed === undefined) return false
    const beyond = afterOrAt(segment.sequence, block.rcvNxt)
    if (!block.timestampsOn || !segment.hasTimestamps) return beyond
    if (segment.timestampValue === block.tsRecent) return beyond
    return before(block.tsRecent, segment.timestampValue)
  }
}

function* connectionsOf(engine: TcpEngine): IterableIterator<Connection> {
  for (const block of engine.table) {
    const connection = connectionOf(block)
    if (connection !== undefined) yield connection
  }
}

function isSyn(flags: number): boolean {
  return (flags & (SYN | ACK | RST)) === SYN
}

function checkPort(port: number, call: string | (() => string)): void {
  if (!Number.isInteger(port) || port < 0 || port > 0xffff)
    throw new RangeError(`${typeof call === 'string' ? call : call()}: a port is a whole number, 0 to 65535`)
}

export type { Connection, TcpEndpoint } from './connection.js'
export type { TcpCounters } from './counters.js'
export type { TcpInfo } from './info.js'
export type { Admission, Listener, ListenOptions } from './listener.js'
export type { ConnectionOptions, TcpDefaults } from './options.js'
export { OWN_HABITS, TCP_DEFAULTS } from './options.js'
export type { TcpBinding } from './ports.js'
export type { TcpState } from './states.js'
