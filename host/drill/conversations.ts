/** The conversations of a script: which of them a packet belongs to, and what state the stack is in with each. */
import { formatEndpoint, type IpEndpoint } from '../../firmware/net/ip.js'
import type { TcpState } from '../../firmware/net/tcp/tcp.js'
import { ACK, SYN } from '../../firmware/net/wire/tcp.js'
import type { Descriptor } from './descriptors.js'
import { type End, Flow, sameEnd } from './flow.js'
import type { Packet } from './script.js'
import type { Settings } from './settings.js'
import type { Subject, SubjectConnection } from './subject.js'
import type { WirePacket } from './wire-packet.js'

/** The peer's ports, where the script leaves them to us. */
const FIRST_PEER_PORT = 40_000

export class Conversations {
  readonly #subject: Subject
  readonly #settings: Settings
  readonly #descriptors: ReadonlyMap<number, Descriptor>
  readonly #flows: Flow[] = []
  readonly #states = new Map<SubjectConnection, TcpState>()
  #nextPeerPort = FIRST_PEER_PORT
  /** What code, and segments that do not say, are about. */
  current: Flow | undefined
  #currentUdp: Flow | undefined

  constructor(subject: Subject, settings: Settings, descriptors: ReadonlyMap<number, Descriptor>) {
    this.#subject = subject
    this.#settings = settings
    this.#descriptors = descriptors
  }

  get several(): boolean {
    return this.#flows.length > 1
  }

  /** The latest between two ends. */
  find(protocol: Flow['protocol'], local: IpEndpoint, remote: IpEndpoint): Flow | undefined {
    return this.#flows.findLast((flow) => flow.protocol === protocol && flow.isBetween(local, remote))
  }

  add(protocol: Flow['protocol'], local: End, remote: End): Flow {
    const flow = new Flow(protocol, local, remote)
    this.#flows.push(flow)
    return flow
  }

  /** The conversation of a socket: one that has packets already, or that was opened by one, is known. */
  claim(protocol: Flow['protocol'], local: End, remote: End): Flow {
    const known = this.find(protocol, local, remote)
    const flow = known === undefined || known.claimed ? this.add(protocol, local, remote) : known
    flow.claimed = true
    return flow
  }

  lookAt(flow: Flow): void {
    if (flow.protocol === 'tcp') this.current = flow
    else this.#currentUdp = flow
  }

  /** Whose a packet of the stack's is. Its first SYN settles what the script's numbers mean. */
  ofSent({ transport, source, destination }: WirePacket): Flow | undefined {
    if (transport.kind !== 'tcp' && transport.kind !== 'udp') return this.current
    const local = { address: source, port: transport.sourcePort }
    const remote = { address: destination, port: transport.destinationPort }
    const flow = this.find(transport.kind, local, remote) ?? this.add(transport.kind, local, remote)
    if (transport.kind !== 'tcp' || (transport.flags & SYN) === 0) return flow
    if (!flow.settled) {
      flow.settle(transport.sequence, 0)
      return flow
    }
    if (flow.ownInitialLive === transport.sequence || this.connectionOf(flow) === flow.connection) return flow
    // Another first number of another connection: the same ends meet again.
    const again = this.add('tcp', local, remote)
    again.peerInitial = flow.peerInitial
    again.settle(transport.sequence, 0)
    return again
  }

  /**
   * Whose a packet of the script's is: a SYN opens a conversation where none is under way; the rest go on with the latest.
   * The SYN that opens settles where the peer's data begin; one into a live connection moves nothing.
   */
  ofInjected(packet: Packet): Flow {
    const flow = this.#flowOfInjected(packet)
    const { transport } = packet
    if (transport.kind === 'tcp' && (transport.flags & SYN) !== 0 && this.#mayOpen(flow))
      flow.peerInitial = transport.sequence
    return flow
  }

  /** The stack has no connection there yet that has the peer's SYN, or none any more that would mind another. */
  #mayOpen(flow: Flow): boolean {
    const state = this.connectionOf(flow)?.state
    return state === undefined || state === 'SYN-SENT' || state === 'TIME-WAIT' || state === 'CLOSED'
  }

  #flowOfInjected({ network, transport }: Packet): Flow {
    if (transport.kind === 'udp' || (transport.kind === 'icmp' && transport.quotes?.kind === 'udp')) return this.#udp()
    const opens = transport.kind === 'tcp' && (transport.flags & (SYN | ACK)) === SYN
    const peer = this.#settings.remoteAddress
    if (network.port !== undefined) {
      const remote = { address: peer, port: network.port }
      const listening = this.#listeningEnd(network.localPort)
      const local = network.localPort === undefined ? (this.current?.local ?? listening) : listening
      this.current =
        this.find('tcp', local, remote) ?? this.find('tcp', listening, remote) ?? this.add('tcp', listening, remote)
    } else if (this.current === undefined || (opens && this.#isOver(this.current)))
      this.current = this.add('tcp', this.#listeningEnd(), { address: peer, port: this.#nextPeerPort++ })
    return this.current
  }

  #udp(): Flow {
    const { localAddress, remoteAddress, bindPort } = this.#settings
    this.#currentUdp ??= this.add(
      'udp',
      { address: localAddress, port: bindPort },
      { address: remoteAddress, port: this.#nextPeerPort++ },
    )
    return this.#currentUdp
  }

  /** Where the latest listener is, or a closed port where none is; or the port that the script says. */
  #listeningEnd(given?: number): End {
    let port = given ?? this.#settings.bindPort
    if (given === undefined) for (const each of this.#subject.listeningPorts) port = each
    return { address: this.#settings.localAddress, port }
  }

  /** No socket of the script has it any more, and the stack at most waits for its end. */
  #isOver(flow: Flow): boolean {
    for (const descriptor of this.#descriptors.values()) if (descriptor.flow === flow) return false
    const state = this.connectionOf(flow)?.state
    return state === undefined || state === 'CLOSED' || state === 'TIME-WAIT'
  }

  connectionOf(flow: Flow | undefined): SubjectConnection | undefined {
    if (flow === undefined) return undefined
    for (const connection of this.#subject.connections)
      if (sameEnd(connection.local, flow.local) && sameEnd(connection.remote, flow.remote)) return connection
    return undefined
  }

  /** The state of the current conversation; of a listener, where it has none (any more) that got further. */
  get state(): TcpState {
    const flow = this.current
    const state = this.connectionOf(flow)?.state
    if (state !== undefined) return state
    if (flow?.synchronized) return 'CLOSED'
    for (const port of this.#subject.listeningPorts) if (flow === undefined || port === flow.local.port) return 'LISTEN'
    return 'CLOSED'
  }

  /** Looks at every connection, and tells what state it has come to. */
  observe(tell: (sentence: () => string) => void): void {
    const gone = new Set(this.#states.keys())
    for (const connection of this.#subject.connections) {
      gone.delete(connection)
      this.#note(connection, connection.state, tell)
    }
    for (const connection of gone) {
      this.#note(connection, 'CLOSED', tell)
      this.#states.delete(connection)
    }
  }

  #note(connection: SubjectConnection, state: TcpState, tell: (sentence: () => string) => void): void {
    const before = this.#states.get(connection)
    if (before === state) return
    this.#states.set(connection, state)
    const { local, remote } = connection
    const flow = this.find('tcp', local, remote)
    if (flow !== undefined) {
      flow.connection = connection
      if (state !== 'SYN-SENT' && state !== 'SYN-RECEIVED' && state !== 'CLOSED' && state !== 'LISTEN')
        flow.synchronized = true
    }
    const ends = `between ${formatEndpoint(local)} and ${formatEndpoint(remote)}`
    tell(() =>
      before === undefined
        ? `a connection ${ends} is in ${state}`
        : `the connection${this.several ? ` ${ends}` : ''} goes from ${before} to ${state}`,
    )
  }
}
