/** Whatever arrives, and however much of it: a connection that is open moves on, and a new one opens (RFC 1122 1.2.2). */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { FrameLink } from '../../test/support/frame-link.js'
import { arpFrame, echoFrame, ipv4Frame, numbered } from '../../test/support/network.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import { formatIpv4, ipv4, mac } from '../net/address.js'
import { checksum } from '../net/wire/checksum.js'
import { writeUint16, writeUint32 } from '../net/wire/octets.js'
import { ipv4PseudoHeader } from '../net/wire/pseudo-header.js'
import type { StreamSocket } from '../socket/stream-socket.js'
import { Stack } from '../stack.js'
import { Services } from './services.js'

const BOARD = '10.0.0.2'
const BOARD_MAC = mac('02:00:00:00:00:02')
/** UDP ports of which one socket each is never read, beside one for all ICMP messages. */
const UNREAD = [5000, 5001, 5002]
const ECHO = 7
const DISCARD = 9
const DAYTIME = 13
const FLOOD_TIME = 2 * SECOND

/** A forged frame; its source is one of 60,000 that are not there. */
type Flood = (random: SeededRandom) => Uint8Array

function forged(random: SeededRandom) {
  const source = formatIpv4(ipv4('10.0.1.0') + random.below(60_000))
  return { source, destination: BOARD, to: BOARD_MAC, identification: random.below(65_536) }
}

function syn(random: SeededRandom): Uint8Array {
  const fields = forged(random)
  const segment = new Uint8Array(20)
  writeUint16(segment, 0, 1024 + random.below(60_000))
  writeUint16(segment, 2, [ECHO, DISCARD, DAYTIME][random.below(3)])
  writeUint32(segment, 4, random.next32())
  segment[12] = 0x50
  segment[13] = 2
  writeUint16(segment, 14, 8192)
  const sum = ipv4PseudoHeader(ipv4(fields.source), ipv4(BOARD), 6, segment.length)
  writeUint16(segment, 16, checksum(segment, 0, segment.length, sum))
  return ipv4Frame({ ...fields, protocol: 6, payload: segment })
}

const KINDS: Readonly<Record<string, Flood>> = {
  'pings from neighbours that are not there': (random) => echoFrame(random.below(1400), forged(random)),
  'UDP datagrams that nobody reads': (random) => {
    const datagram = new Uint8Array(8 + random.below(1400))
    writeUint16(datagram, 0, 1024)
    writeUint16(datagram, 2, UNREAD[random.below(UNREAD.length)])
    writeUint16(datagram, 4, datagram.length)
    return ipv4Frame({ ...forged(random), protocol: 17, payload: datagram })
  },
  'UDP datagrams to closed ports': (random) =>
    ipv4Frame({ ...forged(random), protocol: 17, payload: [0x40, 0, 0x99, random.below(256), 0, 8, 0, 0] }),
  fragments: (random) => {
    const offset = 8 * random.below(180)
    return ipv4Frame({ ...forged(random), offset, moreFragments: true, payload: numbered(8 * (1 + random.below(180))) })
  },
  SYNs: syn,
  'ARP requests': (random) => {
    const { source } = forged(random)
    return arpFrame({ sender: source, target: BOARD, senderMac: Uint8Array.of(2, 1, 1, 1, 1, random.below(256)) })
  },
}
const ALL = Object.values(KINDS)
const FLOODS: Readonly<Record<string, Flood>> = {
  ...KINDS,
  'all of these at once': (random) => ALL[random.below(ALL.length)](random),
}

function bench(memory: number) {
  const clock = new Scheduler()
  const random = new SeededRandom(memory)
  const link = new FrameLink({ clock, delay: MILLISECOND })
  const peer = new Stack({ clock, random: random.fork('peer'), name: 'peer' })
  const board = new Stack({ clock, random: random.fork('board'), name: 'board', memory })
  peer.addInterface({ name: 'eth0', device: link.a, address: '10.0.0.1/16' })
  board.addInterface({ name: 'eth0', device: link.b, address: `${BOARD}/16` })
  const services = new Services(board)
  for (const name of ['echo', 'discard', 'daytime'] as const) services.start(name)
  for (const port of UNREAD) board.socket('ipv4', 'datagram').bind({ address: 0, port })
  board.socket('ipv4', 'raw')
  const inject = (frame: Uint8Array): void => link.b.handleFrame?.(frame, false)
  return { clock, random, peer, board, inject }
}

/** Asks for echoes of 60 octets, one after the other, and counts what came back. */
class Echoes {
  octets = 0
  readonly socket: StreamSocket

  constructor(peer: Stack) {
    this.socket = peer.socket('ipv4', 'stream')
    this.socket.connect({ address: BOARD, port: ECHO })
    const into = new Uint8Array(60)
    let due = 0
    this.socket.onReady(() => {
      if (this.socket.connection?.state !== 'ESTABLISHED') return
      for (let n = this.socket.read(into); n !== undefined && n > 0; n = this.socket.read(into)) {
        this.octets += n
        due -= n
      }
      if (due === 0) due = this.socket.write(numbered(60)) ?? 0
    })
  }
}

describe.each([1536, 6144, 1 << 20])('a board with %i octets of memory', (memory) => {
  it.each(Object.keys(FLOODS))('serves on under a flood of %s', (name) => {
    const { clock, random, peer, board, inject } = bench(memory)
    const old = new Echoes(peer)
    clock.runFor(SECOND)
    const flood = (time: number): void => {
      for (let ms = 0; ms < time / MILLISECOND; ms++) {
        for (let n = 0; n < 2; n++) inject(FLOODS[name](random))
        clock.runFor(MILLISECOND)
      }
    }
    flood(FLOOD_TIME / 2)
    const moved = old.octets
    const young = new Echoes(peer)
    flood(FLOOD_TIME)
    expect(old.octets - moved, JSON.stringify(board.memory.snapshot())).toBeGreaterThan(60 * 10)
    expect(young.octets, JSON.stringify(board.memory.snapshot())).toBeGreaterThan(60 * 10)
    expect(board.memory.used).toBeLessThanOrEqual(memory)
  })
})
