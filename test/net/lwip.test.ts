/**
 * Our stack and lwIP (Debian's 2.1), which is in half of all small devices, at the ends of one wire: both ways, whole, and with
 * frames lost, repeated and overtaken between them. lwIP knows time only as it passes outside, so these tests do too.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import { Services } from '../../firmware/services/services.js'
import type { StreamSocket } from '../../firmware/socket/stream-socket.js'
import { Stack } from '../../firmware/stack.js'
import { connectStream } from '../../host/network/connect.js'
import { recordFrames } from '../../host/network/frame-recording.js'
import { FrameWatch } from '../../host/network/frame-watch.js'
import { type Impairments, impairedWire, parseImpairments } from '../../host/network/impaired-wire.js'
import { Waiters } from '../../host/network/waiters.js'
import { RealClock } from '../../host/serial/real-clock.js'
import { variation, variationsOf } from '../judge/variations.js'
import { buildPeer, fletcher, OUR_ADDRESS, PEER_ADDRESS, PeerWire, peerPattern } from './lwip/peer.js'
import { judgeByTshark, LOSS, ORDINARY, unexplained } from './tshark.js'

const PEER = ipv4(PEER_ADDRESS)
const PIECE = 65_536

class Wire {
  readonly clock = new RealClock()
  readonly peer: PeerWire
  readonly stack: Stack
  readonly watches: readonly FrameWatch[]
  readonly services: Services
  readonly changed: () => void
  readonly #waiters = new Waiters()
  readonly #blocks: Uint8Array[] = []
  readonly #endCapture: () => void

  constructor(program: string, impairments: Impairments | undefined, ...words: readonly number[]) {
    this.changed = this.#waiters.changed
    const random = new SeededRandom(1)
    this.peer = new PeerWire(program, ...words)
    const device =
      impairments === undefined ? this.peer : impairedWire(this.peer, this.clock, random.fork('wire'), impairments)
    this.stack = new Stack({ clock: this.clock, random })
    const added = this.stack.addInterface({ name: 'eth0', device, address: OUR_ADDRESS })
    this.services = new Services(this.stack)
    this.watches = [new FrameWatch(added)]
    this.#endCapture = recordFrames(this.watches, (octets) => this.#blocks.push(octets), true)
  }

  until(condition: () => boolean, limit?: number): Promise<boolean> {
    return this.#waiters.until(this.clock, condition, limit)
  }

  async connect(port: number): Promise<StreamSocket> {
    const socket = await connectStream(this, { host: PEER_ADDRESS, port }, 30 * SECOND)
    if (socket === undefined) throw new Error('lwIP did not answer')
    return socket
  }

  /** Sends all of `octets`, closes this half, and reads to the end of the other. */
  async exchange(socket: StreamSocket, octets: Uint8Array): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    const piece = new Uint8Array(PIECE)
    let at = 0
    let writing = true
    for (;;) {
      if (writing && at < octets.length) at += socket.writePart(octets, at, octets.length) ?? 0
      if (writing && at === octets.length) {
        socket.shutdown('write')
        writing = false
      }
      const length = socket.read(piece)
      if (length === 0) break
      if (length !== undefined) parts.push(piece.slice(0, length))
      else {
        const { readable, writable } = socket.poll()
        if (!readable && !(writing && writable)) {
          await this.until(() => socket.poll().readable || (writing && socket.poll().writable))
        }
      }
    }
    socket.close()
    return Buffer.concat(parts)
  }

  /** Ends all of it; the stack is to have nothing left. @returns the capture */
  async close(folder: string): Promise<string> {
    for (const { name } of [...this.services.running]) this.services.stop(name)
    await this.until(() => [...this.stack.tcp.connections].every(({ state }) => state === 'TIME-WAIT'), 30 * SECOND)
    await this.peer.close()
    this.#endCapture()
    this.clock.close()
    const path = join(folder, `${Math.random().toString(36).slice(2)}.pcapng`)
    writeFileSync(path, Buffer.concat(this.#blocks))
    return path
  }
}

describe('lwIP', () => {
  let folder = ''
  let program = ''
  let wire: Wire | undefined
  const others: Wire[] = []
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'linkpulse-lwip-'))
    program = buildPeer(folder)
  })
  afterEach(async () => {
    await wire?.peer.close()
    wire?.clock.close()
  })
  afterAll(async () => {
    for (const each of others) {
      await each.peer.close()
      each.clock.close()
    }
    rmSync(folder, { recursive: true, force: true })
  })

  it('echoes a stream, and closes after we closed our half', async () => {
    wire = new Wire(program, undefined, 0)
    await wire.peer.line(/^up$/)
    const octets = peerPattern(0, 1_000_000)
    const answer = await wire.exchange(await wire.connect(7), octets)
    expect(Buffer.compare(answer, octets)).toBe(0)
    expect(await wire.peer.line(/^7 /)).toBe('7 closed received 1000000 wrong 0')
    const judgement = judgeByTshark(await wire.close(folder))
    expect(judgement.wrong).toEqual([])
    expect(unexplained(judgement, ORDINARY)).toEqual({})
  })

  it('takes 10 MB from us, and sends us 10 MB', async () => {
    wire = new Wire(program, undefined, 10_000_000)
    await wire.peer.line(/^up$/)
    const octets = peerPattern(0, 10_000_000)
    const sum = await wire.exchange(await wire.connect(9), octets)
    expect(Buffer.from(sum).toString()).toBe(`10000000 ${fletcher(octets)}\n`)
    const got = await wire.exchange(await wire.connect(19), new Uint8Array(0))
    expect(Buffer.compare(got, octets)).toBe(0)
    const judgement = judgeByTshark(await wire.close(folder))
    expect(judgement.wrong).toEqual([])
    expect(unexplained(judgement, ORDINARY)).toEqual({})
  })

  // lwIP acknowledges every second segment, and puts one by itself off for 250 ms: a thousand of them would be four minutes.
  variation('acknowledges at once what a send buffer of 512 octets holds', async () => {
    wire = new Wire(program, undefined, 0)
    await wire.peer.line(/^up$/)
    const octets = peerPattern(0, 512_000)
    const socket = await wire.connect(9)
    socket.setOption('sendBuffer', 512)
    expect(Buffer.from(await wire.exchange(socket, octets)).toString()).toBe(`512000 ${fletcher(octets)}\n`)
    expect(wire.stack.tcp.counters.segmentsSent).toBeGreaterThan(2 * 1000)
    const judgement = judgeByTshark(await wire.close(folder))
    expect(judgement.wrong).toEqual([])
    expect(unexplained(judgement, ORDINARY)).toEqual({})
  })

  variation('connects to us, and has its stream back from our echo', async () => {
    wire = new Wire(program, undefined, 0, 7, 2_000_000)
    wire.services.start('echo')
    expect(await wire.peer.line(/^0 /)).toBe('0 closed received 2000000 wrong 0')
    const judgement = judgeByTshark(await wire.close(folder))
    expect(judgement.wrong).toEqual([])
    expect(unexplained(judgement, ORDINARY)).toEqual({})
  })

  it('answers datagrams and pings of ours, in fragments too', async () => {
    wire = new Wire(program, undefined, 0)
    await wire.peer.line(/^up$/)
    const { stack, until, changed } = { stack: wire.stack, until: wire.until.bind(wire), changed: wire.changed }
    for (const size of [0, 1, 1472, 1473, 4000]) {
      let answered: boolean | undefined
      stack.ping(PEER, { size }, ({ ok }) => {
        answered = ok
        changed()
      })
      await until(() => answered !== undefined)
      expect(answered, `a ping of ${size} octets`).toBe(true)
    }
    const socket = stack.socket('ipv4', 'datagram')
    socket.onReady(changed)
    socket.connect({ address: PEER, port: 7 })
    const into = new Uint8Array(PIECE)
    for (const size of [1, 1472, 1473, 8000]) {
      socket.write(peerPattern(0, size))
      expect(await until(() => socket.poll().readable, 5 * SECOND), `a datagram of ${size} octets`).toBe(true)
      expect(socket.read(into)).toBe(size)
      expect(Buffer.compare(into.subarray(0, size), peerPattern(0, size))).toBe(0)
    }
    socket.close()
    expect(judgeByTshark(await wire.close(folder)).wrong).toEqual([])
  })

  // lwIP waits for its timers, not for the processor: these wait side by side
  it.concurrent.each(
    variationsOf([
      ['loss=10', 50_000],
      ['loss=1', 1_000_000],
      ['duplicate=20', 1_000_000],
      ['reorder=25', 300_000],
      ['loss=5,duplicate=5,reorder=10,delay=1', 100_000],
    ]),
  )('exchanges streams with us both ways on a wire with %s', async (bad, octetCount) => {
    const wire = new Wire(program, parseImpairments(bad), octetCount)
    others.push(wire)
    await wire.peer.line(/^up$/)
    const octets = peerPattern(0, octetCount)
    const sockets = [await wire.connect(7), await wire.connect(9), await wire.connect(19)]
    const [echoed, sum, sent] = await Promise.all([
      wire.exchange(sockets[0], octets),
      wire.exchange(sockets[1], octets),
      wire.exchange(sockets[2], new Uint8Array(0)),
    ])
    expect(Buffer.compare(echoed, octets)).toBe(0)
    expect(Buffer.from(sum).toString()).toBe(`${octetCount} ${fletcher(octets)}\n`)
    expect(Buffer.compare(sent, octets)).toBe(0)
    const judgement = judgeByTshark(await wire.close(folder))
    expect(judgement.wrong).toEqual([])
    expect(unexplained(judgement, [...ORDINARY, ...LOSS, /^Connection reset/])).toEqual({})
  })
})
