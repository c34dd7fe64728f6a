/**
 * A bench for one stack: a device that keeps what is sent, and scripted peers that say exactly what they are told to. Time is
 * virtual and moves only in `advance`, so "nothing more was sent" can be asserted after every step. A test gives a template
 * and the fields that differ:
 *
 *     const bench = new TestBench(new Scheduler(), new SeededRandom(1))
 *     const { connection, peer } = bench.established()
 *     peer.inject({ data: 10 })
 *     peer.expectSegment({ flags: '.', ack: peer.seq })
 *     bench.expectNothing()
 *
 * Octets of a stream are by default `patternOctet` of their place in it, at both ends: wrong, missing and repeated octets all
 * show. A failure prints the packets and the changes of state that led there.
 */
import { type Clock, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import type { Random } from '../../firmware/hal/random.js'
import { type Ipv4Address, ipv4, type MacAddress } from '../../firmware/net/address.js'
import { formatIp } from '../../firmware/net/ip.js'
import type { Connection, Listener, Tcp, TcpConnectOptions } from '../../firmware/net/tcp/tcp.js'
import { ARP_REPLY, ARP_REQUEST, emitArp, parseArp } from '../../firmware/net/wire/arp.js'
import { ETHERNET_HEADER_OCTETS, ETHERTYPE_ARP, emitEthernet } from '../../firmware/net/wire/ethernet.js'
import { readUint16, writeUint16 } from '../../firmware/net/wire/octets.js'
import { printFrame } from '../../firmware/net/wire/print.js'
import { Stack, type StackOptions } from '../../firmware/stack.js'
import {
  ipFrame,
  plainSum,
  printSegment,
  readSegment,
  type Segment,
  type SegmentOptions,
  type SentSegment,
  segmentFrame,
  sortedFlags,
} from './segment.js'

/** A clock that a test moves: the simulation's scheduler. */
export interface VirtualClock extends Clock {
  runFor(duration: number): void
  readonly nextAt: number | undefined
}

export const OWN_ADDRESS = '10.0.0.1'
const OWN_MAC = Uint8Array.of(2, 0, 0, 0, 0, 1)
const PEER_ADDRESS = '10.0.0.2'
/** Lines of history that a failure prints. */
const HISTORY = 60

/** The octet at a place of a stream: of a period no test reaches by a power of two. */
export function patternOctet(place: number): number {
  return (place * 7 + (place >>> 8) * 13 + 65) & 0xff
}

export function pattern(octets: number, from = 0): Uint8Array {
  return Uint8Array.from({ length: octets }, (_, i) => patternOctet(from + i))
}

/** ASCII. */
export function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

class BenchDevice implements FrameDevice {
  readonly address = OWN_MAC
  readonly linkUp = true
  readonly dropped = {}
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  constructor(readonly onSent: (frame: Uint8Array) => void) {}
  send(frame: Uint8Array): boolean {
    this.onSent(frame.slice())
    return true
  }
}

/** Fields of a segment to inject; what is left out is the peer's template. `data` as a number is that much of the pattern. */
export type Injected = Partial<Omit<Segment, 'data'>> & {
  data?: number | Uint8Array | string
  /** Spoils the frame after its checksums were taken; TCP begins at octet 34. */
  spoil?: (frame: Uint8Array) => void
  /** The header field in words, to lie about it. */
  dataOffset?: number
  /** The Ethernet destination; the stack's own by default. */
  toMac?: MacAddress
}

/** What a sent segment must be; what is left out may be anything. `data` as a number is that much of the pattern. */
export interface ExpectedSegment {
  /** All of them, in any order; PSH counts only when it is named here (or `push` is given). */
  flags?: string
  push?: boolean
  seq?: number
  ack?: number
  window?: number
  urgentPointer?: number
  data?: number | Uint8Array | string
  /** Those named must be as said; `undefined` says that there is none. */
  options?: { [K in keyof SegmentOptions]?: SegmentOptions[K] | undefined }
}

export interface PeerOptions {
  address?: string
  port?: number
  /** The stack's port. */
  localPort?: number
  /** The peer's initial sequence number. */
  iss?: number
  /** As it stands in the header: not scaled. */
  window?: number
  /** Options of its SYN. Timestamps, once the SYN had them, go with every segment. */
  syn?: { mss?: number; windowScale?: number; sackPermitted?: boolean; timestamps?: boolean }
}

/** One end of one connection, played by the test. */
export class ScriptedPeer {
  readonly address: Ipv4Address
  readonly port: number
  localPort: number
  readonly iss: number
  /** Its SND.NXT: where the next segment begins, unless `inject` says otherwise. */
  seq: number
  /** What it acknowledges: the end of the furthest segment that was expected. */
  ack = 0
  window: number
  /** The stack's initial sequence number, from its SYN. */
  irs: number | undefined
  readonly syn: NonNullable<PeerOptions['syn']>
  timestamps = false
  /** Added to the milliseconds of the clock. */
  timestampOffset = 1_000_000
  timestampEcho = 0

  constructor(
    readonly bench: TestBench,
    options: PeerOptions = {},
  ) {
    this.address = ipv4(options.address ?? PEER_ADDRESS)
    this.port = options.port ?? 40000
    this.localPort = options.localPort ?? 80
    this.iss = options.iss ?? 0x10000
    this.seq = this.iss
    this.window = options.window ?? 65535
    this.syn = options.syn ?? { mss: 1460 }
    this.timestamps = this.syn.timestamps ?? false
  }

  get timestamp(): number {
    return (Math.floor(this.bench.clock.now / MILLISECOND) + this.timestampOffset) >>> 0
  }

  /** The options of its SYN. */
  get synOptions(): SegmentOptions {
    const { timestamps, ...options } = this.syn
    return timestamps ? { ...options, timestamps: [this.timestamp, this.timestampEcho] } : options
  }

  /** Builds a segment of the template and the given fields. */
  segment(fields: Injected = {}): Segment {
    const seq = (fields.seq ?? this.seq) >>> 0
    const flags = sortedFlags(fields.flags ?? '.')
    const timestamps = this.timestamps ? { timestamps: [this.timestamp, this.timestampEcho] as const } : {}
    const { data } = fields
    const first = seq - this.iss - 1 + (flags.includes('S') ? 1 : 0)
    return {
      source: fields.source ?? this.address,
      destination: fields.destination ?? ipv4(OWN_ADDRESS),
      sourcePort: fields.sourcePort ?? this.port,
      destinationPort: fields.destinationPort ?? this.localPort,
      seq,
      ack: flags.includes('.') ? (fields.ack ?? this.ack) >>> 0 : (fields.ack ?? 0) >>> 0,
      flags,
      window: fields.window ?? this.window,
      urgentPointer: fields.urgentPointer ?? 0,
      options: fields.options ?? (flags.includes('S') ? this.synOptions : timestamps),
      data:
        typeof data === 'number'
          ? pattern(data, first >>> 0)
          : typeof data === 'string'
            ? octetsOf(data)
            : (data ?? new Uint8Array()),
      timeToLive: fields.timeToLive ?? 64,
      trafficClass: fields.trafficClass ?? 0,
      dontFragment: fields.dontFragment ?? true,
    }
  }

  /** The stack receives a segment. Where `seq` is not given, the peer's goes on behind it. */
  inject(fields: Injected = {}, more = false): void {
    const segment = this.segment(fields)
    if (fields.seq === undefined)
      this.seq =
        (this.seq + segment.data.length + (/S/.test(segment.flags) ? 1 : 0) + (/F/.test(segment.flags) ? 1 : 0)) >>> 0
    const frame = segmentFrame(
      { to: fields.toMac ?? OWN_MAC, from: this.bench.macOf(this.address) },
      segment,
      fields.dataOffset,
    )
    fields.spoil?.(frame)
    this.bench.deliver(
      frame,
      `${printSegment(segment, this.relativeOf('peer'))}${fields.spoil ? ' (spoiled)' : ''}`,
      more,
    )
  }

  /** Several segments that wait in the device together: `more` is set on all but the last. */
  injectBatch(batch: readonly Injected[]): void {
    for (let i = 0; i < batch.length; i++) this.inject(batch[i], i < batch.length - 1)
  }

  /** The next segment that the stack sent to this peer. @throws when there is none, or it is not as expected */
  expectSegment(expected: ExpectedSegment = {}): SentSegment {
    this.bench.settle()
    const segment = this.bench.take((s) => this.isTo(s))
    if (segment === undefined) return this.bench.fail(`nothing was sent; expected ${this.#printExpected(expected)}`)
    const wrong = [...segment.faults, ...this.#differences(segment, expected)]
    if (wrong.length > 0)
      return this.bench.fail(`sent ${printSegment(segment, this.relativeOf('stack'))}\n  but ${wrong.join('\n  and ')}`)
    this.receive(segment)
    return segment
  }

  /** All that the stack has sent to this peer and no test has looked at. */
  takeAll(): SentSegment[] {
    const all: SentSegment[] = []
    for (;;) {
      this.bench.settle()
      const segment = this.bench.take((s) => this.isTo(s))
      if (segment === undefined) return all
      if (segment.faults.length > 0) this.bench.fail(`a sent segment has ${segment.faults.join(', ')}`)
      this.receive(segment)
      all.push(segment)
    }
  }

  expectNothing(): void {
    this.bench.expectNothing((s) => this.isTo(s))
  }

  isTo(segment: Segment): boolean {
    return (
      segment.destination === this.address &&
      segment.destinationPort === this.port &&
      segment.sourcePort === this.localPort
    )
  }

  /** Takes note of a segment as a receiver does: what to acknowledge, which timestamp to echo. */
  receive(segment: SentSegment): void {
    if (segment.flags.includes('R')) return
    if (segment.flags.includes('S')) {
      this.irs = segment.seq
      this.ack = segment.end
    } else if (((segment.end - this.ack) | 0) > 0) this.ack = segment.end
    if (segment.options.timestamps !== undefined) this.timestampEcho = segment.options.timestamps[0]
  }

  /** Sequence numbers of one sender and the other as distances from its SYN, for people to read. */
  relativeOf(sender: 'peer' | 'stack') {
    const own = (n: number) => (n - this.iss) >>> 0
    const theirs = (n: number) => (this.irs === undefined ? n : (n - this.irs) >>> 0)
    return sender === 'peer' ? { seq: own, ack: theirs } : { seq: theirs, ack: own }
  }

  #differences(segment: SentSegment, expected: ExpectedSegment): string[] {
    const wrong: string[] = []
    const relative = this.relativeOf('stack')
    if (expected.flags !== undefined) {
      const wanted = sortedFlags(expected.flags)
      const sent = wanted.includes('P') ? segment.flags : segment.flags.replace('P', '')
      if (sent !== wanted) wrong.push(`flags are [${segment.flags}], not [${wanted}]`)
    }
    if (expected.push !== undefined && segment.flags.includes('P') !== expected.push)
      wrong.push(expected.push ? 'PSH is not set' : 'PSH is set')
    if (expected.seq !== undefined && segment.seq !== expected.seq >>> 0)
      wrong.push(`seq is ${relative.seq(segment.seq)}, not ${relative.seq(expected.seq)}`)
    if (expected.ack !== undefined && segment.ack !== expected.ack >>> 0)
      wrong.push(`ack is ${relative.ack(segment.ack)}, not ${relative.ack(expected.ack)}`)
    if (expected.window !== undefined && segment.window !== expected.window)
      wrong.push(`window is ${segment.window}, not ${expected.window}`)
    if (expected.urgentPointer !== undefined && segment.urgentPointer !== expected.urgentPointer)
      wrong.push(`urgent pointer is ${segment.urgentPointer}, not ${expected.urgentPointer}`)
    if (expected.data !== undefined) {
      const { data } = expected
      const place = this.irs === undefined ? 0 : (segment.seq - this.irs - 1) >>> 0
      const wanted = typeof data === 'number' ? pattern(data, place) : typeof data === 'string' ? octetsOf(data) : data
      if (segment.data.length !== wanted.length)
        wrong.push(`it has ${segment.data.length} octets, not ${wanted.length}`)
      else {
        const at = wanted.findIndex((octet, i) => octet !== segment.data[i])
        if (at >= 0) wrong.push(`octet ${at} is ${segment.data[at]}, not ${wanted[at]}`)
      }
    }
    if (expected.options !== undefined)
      for (const [name, wanted] of Object.entries(expected.options)) {
        const sent = segment.options[name as keyof SegmentOptions]
        if (JSON.stringify(sent) !== JSON.stringify(wanted))
          wrong.push(`option ${name} is ${JSON.stringify(sent) ?? 'absent'}, not ${JSON.stringify(wanted) ?? 'absent'}`)
      }
    return wrong
  }

  #printExpected(expected: ExpectedSegment): string {
    const relative = this.relativeOf('stack')
    const parts: string[] = []
    if (expected.flags !== undefined) parts.push(`[${sortedFlags(expected.flags)}]`)
    if (expected.seq !== undefined) parts.push(`seq ${relative.seq(expected.seq)}`)
    if (expected.ack !== undefined) parts.push(`ack ${relative.ack(expected.ack)}`)
    if (expected.window !== undefined) parts.push(`win ${expected.window}`)
    if (expected.data !== undefined)
      parts.push(`length ${typeof expected.data === 'number' ? expected.data : expected.data.length}`)
    return parts.join(', ') || 'a segment'
  }
}

export interface StackBenchOptions extends Partial<Omit<StackOptions, 'clock' | 'random'>> {
  address?: string
  gateway?: string
  mtu?: number
  /** The peer of `bench.peer`. */
  peer?: PeerOptions
}

export interface EstablishedOptions extends PeerOptions {
  /** Who opens: the stack by `connect` (usual), or the peer, to a listener. */
  open?: 'active' | 'passive'
  connection?: TcpConnectOptions
}

export class TestBench {
  readonly stack: Stack
  readonly device: BenchDevice
  /** The peer of one-connection tests; `established` with options for the peer makes another in its place. */
  peer: ScriptedPeer
  readonly history: string[] = []
  /** Frames sent that are neither TCP nor ARP. */
  readonly others: Uint8Array[] = []
  /** What tests have not looked at yet. */
  readonly #sent: SentSegment[] = []
  readonly #peers: ScriptedPeer[] = []
  readonly #stations = new Map<Ipv4Address, MacAddress>()
  readonly #states = new Map<Connection, string>()
  readonly #written = new Map<Connection, number>()

  constructor(
    readonly clock: VirtualClock,
    random: Random,
    options: StackBenchOptions = {},
  ) {
    const { address, gateway, mtu, peer, ...stack } = options
    this.device = new BenchDevice((frame) => this.#onSent(frame))
    this.stack = new Stack({ clock, random, ...stack })
    this.stack.addInterface({
      name: 'bench',
      device: this.device,
      address: address ?? `${OWN_ADDRESS}/24`,
      ...(gateway === undefined ? {} : { gateway }),
      ...(mtu === undefined ? {} : { mtu }),
    })
    if (gateway !== undefined) this.addStation(gateway)
    this.peer = this.addPeer(peer)
  }

  get tcp(): Tcp {
    return this.stack.tcp
  }

  addPeer(options: PeerOptions = {}): ScriptedPeer {
    const peer = new ScriptedPeer(this, options)
    this.#peers.push(peer)
    this.addStation(peer.address)
    return peer
  }

  /** A neighbour that answers ARP; it makes itself known at once. */
  addStation(address: string | Ipv4Address): void {
    const at = typeof address === 'string' ? ipv4(address) : address
    if (this.#stations.has(at)) return
    this.#stations.set(at, Uint8Array.of(2, 0, 1, (at >>> 16) & 0xff, (at >>> 8) & 0xff, at & 0xff))
    this.#arp(ARP_REQUEST, at)
    this.settle()
  }

  macOf(address: Ipv4Address): MacAddress {
    return this.#stations.get(address) ?? Uint8Array.of(2, 0, 1, 0, 0, 99)
  }

  // Time

  /** Lets nanoseconds pass. */
  advance(duration: number): void {
    this.clock.runFor(duration)
    this.#observe()
  }

  /** Runs what is due now. */
  settle(): void {
    this.advance(0)
  }

  // What goes in

  deliver(frame: Uint8Array, line = printFrame(frame), more = false): void {
    this.#log(`>  ${line}`)
    if (this.device.handleFrame === undefined) throw new Error('the stack has not taken the device')
    this.device.handleFrame(frame, more)
    if (!more) this.settle()
  }

  /** The stack receives an ICMP error that quotes a segment of its own: the IP header and `quotedOctets` behind it. */
  injectIcmp(
    error: { type: number; code: number; nextHopMtu?: number; from?: string; quotedOctets?: number; seq?: number },
    quoted: SentSegment,
  ): void {
    const quote = quoted.frame.slice(14, 34 + (error.quotedOctets ?? 8))
    if (error.seq !== undefined) for (let i = 0; i < 4; i++) quote[24 + i] = (error.seq >>> (24 - 8 * i)) & 0xff
    const message = new Uint8Array(8 + quote.length)
    message[0] = error.type
    message[1] = error.code
    writeUint16(message, 6, error.nextHopMtu ?? 0)
    message.set(quote, 8)
    writeUint16(message, 2, ~plainSum(message, 0, message.length) & 0xffff)
    const source = ipv4(error.from ?? PEER_ADDRESS)
    const ip = { source, destination: quoted.source, timeToLive: 64, trafficClass: 0, dontFragment: false, protocol: 1 }
    this.deliver(ipFrame({ to: OWN_MAC, from: this.macOf(source) }, ip, message))
  }

  // What comes out

  /** The default peer's. */
  inject(fields: Injected = {}): void {
    this.peer.inject(fields)
  }

  /** The default peer's. */
  expectSegment(expected: ExpectedSegment = {}): SentSegment {
    return this.peer.expectSegment(expected)
  }

  /** No segment was sent that no test has looked at. */
  expectNothing(which: (segment: SentSegment) => boolean = () => true): void {
    this.settle()
    const left = this.#sent.filter(which)
    if (left.length > 0)
      this.fail(`nothing more was expected, but sent:\n${left.map((s) => `  ${this.#print(s)}`).join('\n')}`)
  }

  take(which: (segment: SentSegment) => boolean): SentSegment | undefined {
    const at = this.#sent.findIndex(which)
    return at < 0 ? undefined : this.#sent.splice(at, 1)[0]
  }

  fail(why: string): never {
    this.#observe()
    const now = seconds(this.clock.now)
    throw new Error(`at ${now} s ${why}\nwhat led there:\n${this.history.slice(-HISTORY).join('\n')}`)
  }

  // The application on the stack

  listen(options: Parameters<Tcp['listen']>[1] = {}, port = this.peer.localPort): Listener {
    return this.tcp.listen({ address: 0, port }, options)
  }

  /** Opens to a peer; its SYN is still to be expected. */
  connect(options: TcpConnectOptions = {}, peer = this.peer): Connection {
    const connection = this.tcp.connect({ address: peer.address, port: peer.port }, options)
    peer.localPort = connection.local.port
    this.watch(connection)
    return connection
  }

  /** A connection in ESTABLISHED: `peer.seq` is its RCV.NXT, `peer.ack` its SND.NXT. */
  established(options: EstablishedOptions = {}): { connection: Connection; peer: ScriptedPeer } {
    const { open = 'active', connection: connectionOptions = {}, ...peerOptions } = options
    const used = this.peer.irs !== undefined
    const peer = used || Object.keys(peerOptions).length > 0 ? this.addPeer(peerOptions) : this.peer
    if (!used) this.peer = peer
    if (open === 'passive') {
      const listener = this.listen({ connection: connectionOptions }, peer.localPort)
      peer.inject({ flags: 'S' })
      peer.expectSegment({ flags: 'S.', ack: peer.seq })
      peer.inject()
      const connection = listener.accept()
      if (connection === undefined) return this.fail('the listener has nothing to accept')
      listener.close()
      this.watch(connection)
      return { connection, peer }
    }
    const connection = this.connect(connectionOptions, peer)
    peer.expectSegment({ flags: 'S' })
    peer.inject({ flags: 'S.' })
    peer.expectSegment({ flags: '.', ack: peer.seq })
    this.expectState(connection, 'ESTABLISHED')
    return { connection, peer }
  }

  expectState(connection: Connection, state: string): void {
    this.settle()
    if (connection.state !== state) this.fail(`the connection is in ${connection.state}, not in ${state}`)
  }

  /** Writes octets of the pattern, and expects the connection to take them all. */
  write(connection: Connection, octets: number, options?: { urgent?: boolean; push?: boolean }): void {
    const from = this.#written.get(connection) ?? 0
    const data = pattern(octets, from)
    const taken = options === undefined ? connection.write(data) : connection.write(data, 0, octets, options)
    this.#written.set(connection, from + taken)
    this.settle()
    if (taken !== octets) this.fail(`write took ${taken} of ${octets} octets`)
  }

  /** All that can be read now. */
  read(connection: Connection, limit = Number.POSITIVE_INFINITY): Uint8Array {
    const parts: number[] = []
    const into = new Uint8Array(4096)
    while (parts.length < limit) {
      const n = connection.read(into, 0, Math.min(into.length, limit - parts.length))
      if (n === 0) break
      for (let i = 0; i < n; i++) parts.push(into[i])
    }
    this.settle()
    return Uint8Array.from(parts)
  }

  /** Reads what is there and expects it to be the pattern, `from` a place in the peer's stream on. */
  expectRead(connection: Connection, octets: number, from = 0): void {
    const data = this.read(connection)
    if (data.length !== octets) this.fail(`${data.length} octets could be read, not ${octets}`)
    const at = data.findIndex((octet, i) => octet !== patternOctet(from + i))
    if (at >= 0) this.fail(`octet ${from + at} of the stream was read as ${data[at]}, not ${patternOctet(from + at)}`)
  }

  /** A segment that the stack sends in answer to nothing: everything it holds has gone. */
  expectEmpty(): void {
    this.advance(0)
    if ([...this.tcp.connections].length > 0) this.fail('connections are left')
    if (this.stack.memory.used !== 0)
      this.fail(`memory is held: ${JSON.stringify(this.stack.memory.snapshot().byPurpose)}`)
  }

  /** Prints the changes of a connection's state from here on. */
  watch(connection: Connection): void {
    this.#states.set(connection, connection.state)
  }

  #observe(): void {
    for (const connection of this.tcp.connections)
      if (!this.#states.has(connection)) this.#states.set(connection, 'new')
    for (const [connection, before] of this.#states) {
      const { state } = connection
      if (state === before) continue
      this.#states.set(connection, state)
      const error = connection.error === undefined ? '' : ` (${connection.error})`
      this.#log(`   ${formatIp(connection.remote.address)}.${connection.remote.port}: ${before} → ${state}${error}`)
    }
  }

  #onSent(frame: Uint8Array): void {
    const segment = readSegment(frame, this.clock.now)
    if (segment !== undefined) {
      this.#sent.push(segment)
      const peer = this.#peers.find((p) => p.isTo(segment))
      // The first SYN tells the numbers that lines are printed relative to, whether or not a test has looked at it.
      if (peer !== undefined && peer.irs === undefined && segment.flags.includes('S')) peer.irs = segment.seq
      this.#log(`<  ${this.#print(segment)}`)
      return
    }
    if (readUint16(frame, 12) === ETHERTYPE_ARP) {
      const arp = parseArp(frame, ETHERNET_HEADER_OCTETS)
      if (typeof arp === 'string') this.fail(`ARP was sent that is ${arp}`)
      else if (arp.operation === ARP_REQUEST && this.#stations.has(arp.targetAddress))
        this.clock.after(0, () => this.#arp(ARP_REPLY, arp.targetAddress))
      return
    }
    this.others.push(frame)
    this.#log(`<  ${printFrame(frame)}`)
  }

  #print(segment: SentSegment): string {
    return printSegment(segment, this.#peers.find((p) => p.isTo(segment))?.relativeOf('stack'))
  }

  #arp(operation: number, senderAddress: Ipv4Address): void {
    const frame = new Uint8Array(60)
    const senderMac = this.macOf(senderAddress)
    const at = emitEthernet({ destination: OWN_MAC, source: senderMac, etherType: ETHERTYPE_ARP }, frame)
    const targetAddress = this.stack.interfaces[0]?.address ?? ipv4(OWN_ADDRESS)
    emitArp({ operation, senderMac, senderAddress, targetMac: OWN_MAC, targetAddress }, frame, at)
    this.device.handleFrame?.(frame)
  }

  #log(line: string): void {
    this.history.push(`${seconds(this.clock.now).padStart(14)} ${line}`)
  }
}

function seconds(instant: number): string {
  return (instant / SECOND).toFixed(6)
}
