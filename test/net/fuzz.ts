/**
 * A stack with connections in every state, and a peer who sends it frames that are almost right. The peer is no stack: it
 * sees what our stack says of a connection, answers so that the connection comes to the state wanted, and then sends
 * segments around the edges of its windows, spoiled or not, and everything else that a host hears.
 */
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import { NetError } from '../../firmware/net/errors.js'
import type { NetworkInterface } from '../../firmware/net/network-interface.js'
import type { Connection, Listener, TcpState } from '../../firmware/net/tcp/tcp.js'
import type { DatagramSocket } from '../../firmware/socket/datagram-socket.js'
import { Stack } from '../../firmware/stack.js'
import {
  FLAG_ACK,
  FLAG_FIN,
  FLAG_PSH,
  FLAG_RST,
  FLAG_SYN,
  FLAG_URG,
  FrameMaker,
  ICMP,
  mutate,
  OUR_MAC,
  TCP,
  UDP,
} from './fuzz-frames.js'

const OURS = 0x0a000001
const PEER = 0x0a000002
const LISTENING = 80
const UDP_PORT = 5000
const MEMORY = 256 * 1024
/** Connections kept in each state. */
const EACH = 2
/** Frames between two looks at which states there are. */
const ROUND = 400
/** Connections that may exist: ours, and as many as the peer may have opened by chance. */
const CONNECTION_CAP = 2000

export const FUZZED_STATES: readonly TcpState[] = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
]

/** A connection as the peer sees it. */
interface Play {
  state: TcpState
  ourPort: number
  peerPort: number
  connection: Connection | undefined
  /** What follows the last that our stack sent, and what it expects next. */
  next: number
  expected: number
  stamp: number
}

export interface FuzzReport {
  readonly frames: number
  /** Frames that were sent to a connection in each state. */
  readonly byState: Readonly<Partial<Record<TcpState, number>>>
  /** Frames that our stack sent. */
  readonly answers: number
  readonly mostConnections: number
  readonly mostMemory: number
}

class FuzzDevice implements FrameDevice {
  readonly address = OUR_MAC
  readonly linkUp = true
  readonly dropped = {}
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  onSend: ((frame: Uint8Array) => void) | undefined

  send(frame: Uint8Array): boolean {
    this.onSend?.(frame)
    return true
  }
}

export class Fuzzer {
  readonly clock = new Scheduler()
  readonly stack: Stack
  readonly #random: SeededRandom
  readonly #device = new FuzzDevice()
  readonly #interface: NetworkInterface
  readonly #frame = new FrameMaker()
  readonly #arp = new FrameMaker()
  readonly #plays: Play[] = []
  /** Plays by our port and the peer's. */
  readonly #byPorts = new Map<number, Play>()
  readonly #byState: Partial<Record<TcpState, number>> = {}
  readonly #listener: Listener
  readonly #socket: DatagramSocket
  readonly #into = new Uint8Array(3000)
  #nextPort = 1024
  #frames = 0
  #answers = 0
  #mostConnections = 0
  #mostMemory = 0
  readonly #accepted: Connection[] = []
  /** Every connection accepted that still has something: what nobody reads and nobody closes keeps its data, as it should. */
  readonly #owned = new Set<Connection>()

  constructor(readonly seed: number) {
    this.#random = new SeededRandom(seed)
    const { clock } = this
    this.stack = new Stack({ clock, random: this.#random.fork('stack'), memory: MEMORY })
    this.#device.onSend = (frame) => this.#hear(frame)
    this.#interface = this.stack.addInterface({ name: 'eth0', device: this.#device })
    this.#claim()
    this.#listener = this.stack.tcp.listen({ address: 0, port: LISTENING }, { backlog: 16 })
    this.#listener.onAcceptable(() => {
      for (let next = this.#listener.accept(); next !== undefined; next = this.#listener.accept()) {
        this.#accepted.push(next)
        this.#owned.add(next)
      }
    })
    this.#socket = this.stack.socket('ipv4', 'datagram')
    this.#socket.bind({ address: '0.0.0.0', port: UDP_PORT })
  }

  get report(): FuzzReport {
    return {
      frames: this.#frames,
      byState: this.#byState,
      answers: this.#answers,
      mostConnections: this.#mostConnections,
      mostMemory: this.#mostMemory,
    }
  }

  /**
   * Sends so many frames.
   * @throws Error that says which frame, where our stack throws or holds more than it may
   */
  run(frames: number): void {
    for (let i = 0; i < frames; i++) {
      if (this.#frames % ROUND === 0) this.#populate()
      this.#frames++
      this.#make()
      this.#inject()
      if (this.#random.below(8) === 0) this.#work()
      const pause = this.#random.below(1000)
      this.clock.runFor(pause === 0 ? this.#random.below(3 * SECOND) : this.#random.below(200 * MICROSECOND))
    }
  }

  /** Ends everything, waits for what has to run out. @throws Error when something is left */
  finish(): void {
    for (const connection of [...this.stack.tcp.connections, ...this.#owned]) connection.abort()
    this.#listener.close()
    this.#socket.close()
    this.clock.runFor(3600 * SECOND)
    const { used, byPurpose } = this.stack.memory.snapshot()
    if (used !== 0) throw new Error(`seed ${this.seed}: ${used} octets are held: ${JSON.stringify(byPurpose)}`)
    if ([...this.stack.tcp.connections].length > 0) throw new Error(`seed ${this.seed}: connections are left`)
    if (this.clock.nextAt !== undefined)
      throw new Error(
        `seed ${this.seed}: a timer is pending, due ${(this.clock.nextAt - this.clock.now) / SECOND} s on`,
      )
  }

  #claim(): void {
    this.#interface.configure('10.0.0.1/24', '10.0.0.2')
  }

  #inject(more = this.#random.below(4) === 0): void {
    const { octets, length } = this.#frame
    const copy = octets.slice(0, length)
    try {
      this.#device.handleFrame?.(copy, more)
    } catch (error) {
      throw new Error(`seed ${this.seed}, frame ${this.#frames} (${Buffer.from(copy).toString('hex')}) threw`, {
        cause: error,
      })
    }
  }

  /** What the applications do: read some, write some; and the caps are looked at. */
  #work(): void {
    const { memory } = this.stack
    if (memory.used > this.#mostMemory) this.#mostMemory = memory.used
    if (memory.used > MEMORY) throw new Error(`seed ${this.seed}, frame ${this.#frames}: ${memory.used} octets held`)
    const play = this.#plays[this.#random.below(this.#plays.length)]
    const connection = play?.connection
    if (connection !== undefined && connection.error === undefined) {
      connection.read(this.#into, 0, 1 + this.#random.below(2000))
      if (play.state === 'ESTABLISHED' || play.state === 'CLOSE-WAIT') {
        const { state } = connection
        if (state === 'ESTABLISHED' || state === 'CLOSE-WAIT')
          connection.write(this.#into, 0, 1 + this.#random.below(2000))
      }
    }
    while (this.#socket.receiveFrom(this.#into) !== undefined);
  }

  /** Notes what our stack says of a connection, and answers ARP. */
  #hear(frame: Uint8Array): void {
    this.#answers++
    const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
    if (view.getUint16(12) === 0x0806 && view.getUint16(20) === 1 && view.getUint32(38) !== OURS) {
      const target = view.getUint32(38)
      this.clock.after(0, () => this.#answerArp(target))
      return
    }
    if (view.getUint16(12) !== 0x0800 || frame[23] !== TCP || frame.length < 54) return
    const play = this.#byPorts.get((view.getUint16(34) << 16) | view.getUint16(36))
    if (play === undefined) return
    const flags = frame[47]
    const text = view.getUint16(16) - 20 - (frame[46] >> 4) * 4
    play.next = (view.getUint32(38) + text + (flags & FLAG_SYN ? 1 : 0) + (flags & FLAG_FIN ? 1 : 0)) >>> 0
    if (flags & FLAG_ACK) play.expected = view.getUint32(42)
    if (frame[46] >> 4 >= 8 && frame[56] === 8) play.stamp = view.getUint32(58)
  }

  #answerArp(target: number): void {
    const arp = this.#arp
    arp.ethernet(0x0806)
    for (const word of [1, 0x0800, 0x0604, 2, 0x0200, 0, 2]) arp.word16(word)
    arp.word32(target)
    arp.bytes(...OUR_MAC)
    arp.word32(OURS)
    this.#device.handleFrame?.(arp.octets.slice(0, arp.length))
  }

  /** Sees that there are connections in each state; what left its state is replaced. */
  #populate(): void {
    // Someone who claims our address twice has it (RFC 5227 2.4 b): we come back, or nothing would happen any more.
    if (this.#interface.address !== OURS) this.#claim()
    let count = 0
    for (const _connection of this.stack.tcp.connections) count++
    this.#mostConnections = Math.max(this.#mostConnections, count)
    if (count > CONNECTION_CAP) throw new Error(`seed ${this.seed}, frame ${this.#frames}: ${count} connections`)
    for (const each of this.#owned) if (each.state === 'CLOSED' && each.readable === 0) this.#owned.delete(each)
    for (const state of FUZZED_STATES) {
      for (let i = 0; i < EACH; i++) {
        const index = this.#plays.findIndex((play) => play.state === state && !this.#holds(play))
        if (index >= 0) {
          const [gone] = this.#plays.splice(index, 1)
          this.#byPorts.delete((gone.ourPort << 16) | gone.peerPort)
          gone.connection?.abort()
        }
      }
      for (let have = this.#plays.filter((play) => play.state === state).length; have < EACH; have++) this.#bring(state)
    }
  }

  #holds({ state, connection }: Play): boolean {
    if (state === 'CLOSED' || state === 'LISTEN') return true
    if (state === 'SYN-RECEIVED') {
      // Nobody has accepted it, so nobody has it: it is there for as long as the stack lists one.
      for (const each of this.stack.tcp.connections) if (each.state === 'SYN-RECEIVED') return true
      return false
    }
    return connection?.state === state
  }

  /** Plays a new connection to a state, by frames that are right. */
  #bring(state: TcpState): void {
    this.#nextPort = this.#nextPort >= 60_000 ? 1024 : this.#nextPort + 1
    const peerPort = this.#nextPort
    const ourPort = state === 'CLOSED' ? 999 : LISTENING
    const play: Play = { state, ourPort, peerPort, connection: undefined, next: 0, expected: 0, stamp: 0 }
    play.expected = this.#random.next32()
    if (state === 'SYN-SENT') {
      try {
        play.connection = this.stack.tcp.connect({ address: PEER, port: peerPort })
      } catch (error) {
        // Frames that were believed filled the memory: to be refused then is what was promised. Tried again before the next.
        if (error instanceof NetError && error.code === 'ENOBUFS') return
        throw error
      }
      play.ourPort = play.connection.local.port
      this.#add(play)
      this.clock.runFor(10 * MILLISECOND)
      return
    }
    this.#add(play)
    if (state === 'CLOSED' || state === 'LISTEN') return
    this.#accepted.length = 0
    this.#right(play, FLAG_SYN)
    if (state === 'SYN-RECEIVED') return
    this.#right(play, FLAG_ACK)
    play.connection = this.#accepted[0]
    const { connection } = play
    if (connection === undefined || state === 'ESTABLISHED') return
    switch (state) {
      case 'FIN-WAIT-1':
        connection.shutdownWrite()
        break
      case 'FIN-WAIT-2':
        connection.shutdownWrite()
        this.#right(play, FLAG_ACK)
        break
      case 'TIME-WAIT':
        connection.shutdownWrite()
        this.#right(play, FLAG_ACK)
        this.#right(play, FLAG_FIN | FLAG_ACK)
        break
      case 'CLOSING':
        connection.shutdownWrite()
        play.next = (play.next - 1) >>> 0
        this.#right(play, FLAG_FIN | FLAG_ACK)
        break
      case 'CLOSE-WAIT':
        this.#right(play, FLAG_FIN | FLAG_ACK)
        break
      case 'LAST-ACK':
        this.#right(play, FLAG_FIN | FLAG_ACK)
        connection.shutdownWrite()
        break
    }
  }

  #add(play: Play): void {
    this.#plays.push(play)
    this.#byPorts.set((play.ourPort << 16) | play.peerPort, play)
  }

  /** Sends a segment that is as it should be. */
  #right(play: Play, flags: number): void {
    this.#segment(play, flags, play.expected, flags & FLAG_ACK ? play.next : 0, 0)
    this.#frame.finish()
    this.#inject(false)
    this.clock.runFor(10 * MILLISECOND)
  }

  /** Writes a segment, options by chance, and text. */
  #segment(play: Play, flags: number, sequence: number, acknowledgement: number, text: number): void {
    const frame = this.#frame
    const random = this.#random
    frame.ip(TCP, PEER, OURS, this.#frames & 0xffff)
    const at = frame.length
    frame.word16(play.peerPort)
    frame.word16(play.ourPort)
    frame.word32(sequence)
    frame.word32(acknowledgement)
    frame.word16(0x5000 | flags)
    frame.word16(random.below(4) === 0 ? random.below(2000) : 0xffff)
    frame.word16(0)
    frame.word16(flags & FLAG_URG ? random.below(3000) : 0)
    if (flags & FLAG_SYN) {
      frame.bytes(2, 4, 5, 180)
      if (random.below(2) === 0) frame.bytes(4, 2, 1, 1)
      if (random.below(2) === 0) frame.bytes(3, 3, random.below(16), 1)
    } else if (random.below(3) === 0) {
      // A SACK option with a block near what our stack sent.
      const left = (play.next + random.below(4000) - 3000) >>> 0
      frame.bytes(1, 1, 5, 10)
      frame.word32(left)
      frame.word32((left + random.below(1500)) >>> 0)
    }
    if (random.below(2) === 0 || play.stamp !== 0) {
      frame.bytes(1, 1, 8, 10)
      frame.word32((Math.floor(this.clock.now / MILLISECOND) + 1000) >>> 0)
      frame.word32(play.stamp)
    }
    frame.octets[at + 12] = ((frame.length - at) / 4) << 4
    frame.fill(text, 0x61)
  }

  /** The next frame: its kind, and how far it is from right, by chance. */
  #make(): void {
    const random = this.#random
    const frame = this.#frame
    const kind = random.below(100)
    if (kind < 70) this.#makeSegment()
    else if (kind < 78) this.#makeDatagram()
    else if (kind < 83) this.#makeFragment()
    else if (kind < 92) this.#makeIcmp()
    else if (kind < 97) this.#makeArp()
    else if (kind < 99) this.#makeIgmp()
    else {
      frame.length = random.below(120)
      for (let i = 0; i < frame.length; i++) frame.octets[i] = random.below(256)
      if (random.below(2) === 0 && frame.length > 14) frame.octets.set(OUR_MAC)
      return
    }
    frame.finish()
    const spoil = random.below(3)
    for (let i = 0; i < spoil; i++) if (frame.length > 0) mutate(frame, random)
    if (spoil > 0 && random.below(4) > 0) frame.sums()
  }

  #makeSegment(): void {
    const random = this.#random
    const play = this.#plays[random.below(this.#plays.length)]
    const state = play.connection?.state ?? play.state
    this.#byState[state] = (this.#byState[state] ?? 0) + 1
    const edge = (near: number) => {
      switch (random.below(6)) {
        case 0:
          return (near - 1) >>> 0
        case 1:
          return (near + 1) >>> 0
        case 2:
          return (near + random.below(70_000) - 3000) >>> 0
        case 3:
          return random.below(8) === 0 ? random.next32() : near
        default:
          return near
      }
    }
    // Resets are rare, or nothing would live long.
    let flags =
      random.below(12) === 0
        ? random.below(64)
        : [FLAG_ACK, FLAG_ACK | FLAG_PSH, FLAG_ACK | FLAG_URG, FLAG_ACK | FLAG_FIN, FLAG_SYN][random.below(5)]
    if (random.below(30) > 0) flags &= ~FLAG_RST
    if (flags & FLAG_FIN && random.below(4) > 0) flags &= ~FLAG_FIN
    const text = flags & FLAG_SYN ? 0 : [0, 0, 1, 100, 536, 1448][random.below(6)]
    this.#segment(play, flags, edge(play.expected), edge(play.next), text)
  }

  #makeDatagram(): void {
    const random = this.#random
    const frame = this.#frame
    frame.ip(UDP, random.below(10) === 0 ? random.next32() : PEER, random.below(10) === 0 ? 0xffffffff : OURS)
    const length = random.below(600)
    frame.word16([53, 67, 1000, 5353][random.below(4)])
    frame.word16([UDP_PORT, UDP_PORT, 68, 7, 0][random.below(5)])
    frame.word16(8 + length)
    frame.word16(0)
    frame.fill(length, random.below(256))
  }

  #makeFragment(): void {
    const random = this.#random
    const frame = this.#frame
    frame.ip(random.below(2) === 0 ? UDP : random.below(256), PEER, OURS, random.below(40))
    const offset = [0, 0, 1, 64, 128, 185, 370, 8190, 8191, random.below(8192)][random.below(10)]
    frame.view.setUint16(20, (random.below(3) > 0 ? 0x2000 : 0) | offset)
    if (offset === 0) {
      frame.word16(1000)
      frame.word16(UDP_PORT)
      frame.word16(random.below(3000))
      frame.word16(0)
    }
    frame.fill([0, 8, 512, 1024, 1472, random.below(1480)][random.below(6)], random.below(256))
  }

  #makeIcmp(): void {
    const random = this.#random
    const frame = this.#frame
    frame.ip(ICMP, random.below(6) === 0 ? random.next32() : PEER, OURS)
    const type = [8, 0, 3, 3, 3, 11, 12, 4, 5, 13, random.below(256)][random.below(11)]
    frame.bytes(type, type === 3 ? random.below(16) : random.below(4), 0, 0)
    frame.word16(0)
    frame.word16(random.below(1600))
    if (type === 8 || type === 0) {
      frame.fill(random.below(200), 0x55)
      return
    }
    // The datagram that it is about: one of a connection's.
    const play = this.#plays[random.below(this.#plays.length)]
    frame.word16(0x4500)
    frame.word16(40 + random.below(1400))
    frame.word32(random.next32())
    frame.word16((64 << 8) | (random.below(4) === 0 ? UDP : TCP))
    frame.word16(0)
    frame.word32(OURS)
    frame.word32(PEER)
    frame.word16(play.ourPort)
    frame.word16(play.peerPort)
    frame.word32((play.next - random.below(3)) >>> 0)
    if (random.below(2) === 0) frame.fill(12, 0)
  }

  #makeArp(): void {
    const random = this.#random
    const frame = this.#frame
    frame.ethernet(0x0806, random.below(2) === 0 ? OUR_MAC : new Uint8Array(6).fill(0xff))
    for (const word of [1, 0x0800, 0x0604, 1 + random.below(2)]) frame.word16(word)
    frame.bytes(2, 0, 0, 0, random.below(2), random.below(256))
    frame.word32(random.below(500) === 0 ? OURS : 0x0a000000 + random.below(256))
    frame.fill(6, 0)
    frame.word32(random.below(4) === 0 ? 0x0a000000 + random.below(256) : OURS)
  }

  #makeIgmp(): void {
    const random = this.#random
    const frame = this.#frame
    frame.ip(2, PEER, random.below(2) === 0 ? 0xe0000001 : 0xe0000000 + random.below(300))
    frame.bytes([0x11, 0x12, 0x16, 0x17, 0x22][random.below(5)], random.below(256), 0, 0)
    frame.word32(random.below(2) === 0 ? 0 : 0xe0000000 + random.below(300))
  }
}
