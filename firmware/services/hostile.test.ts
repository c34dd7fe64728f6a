import { describe, expect, it } from 'vitest'
import { ImpairedDevice } from '../../boards/ethernet/impaired-device.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { FrameLink } from '../../test/support/frame-link.js'
import { ipv4Frame } from '../../test/support/network.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import { ipv4, type MacAddress } from '../net/address.js'
import { NetError } from '../net/errors.js'
import { checksum } from '../net/wire/checksum.js'
import { writeUint16, writeUint32 } from '../net/wire/octets.js'
import { ipv4PseudoHeader } from '../net/wire/pseudo-header.js'
import type { StreamSocket } from '../socket/stream-socket.js'
import { Stack } from '../stack.js'
import { SERVICES, type ServiceName } from './service.js'
import { Services, startService } from './services.js'

function bench(memory: number, seed: number, impairment?: { loss: number; duplicate: number; reorder: number }) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const link = new FrameLink({ clock, delay: MILLISECOND })
  const attacker = new Stack({ clock, random: random.fork('attacker') })
  const board = new Stack({ clock, random: random.fork('board'), memory })
  const wire =
    impairment === undefined
      ? link.a
      : new ImpairedDevice(link.a, { clock, random: random.fork('wire'), ...impairment })
  attacker.addInterface({ name: 'eth0', device: wire, address: '10.0.0.1/24' })
  board.addInterface({ name: 'eth0', device: link.b, address: '10.0.0.2/24' })
  const services = new Services(board)
  for (const { name } of SERVICES) services.start(name)
  const inject = (frame: Uint8Array): void => link.b.handleFrame?.(frame, false)
  return { clock, random, attacker, board, services, inject, station: link.b.address }
}

/** What people and programs send, to be spoilt. */
const PHRASES = [
  'GET / HTTP/1.1\r\nHost: b\r\n\r\n',
  'HEAD /status.json HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'GET /random/5000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'help\r\nstatus\r\ncounters\r\nping 10.0.0.1\r\n',
  '\xff\xfd\x01\xff\xfb\x18\xff\xfa\x18\x00\xff\xf0quit\r\n',
]

function phrase(random: SeededRandom): Uint8Array {
  const octets = Uint8Array.from(PHRASES[random.below(PHRASES.length)], (letter) => letter.charCodeAt(0))
  for (let n = random.below(4); n > 0; n--) octets[random.below(octets.length)] = random.below(256)
  return octets.slice(0, random.below(5) === 0 ? random.below(octets.length) : octets.length)
}

describe.each([1536, 6144, 1 << 20])('services with %i octets of memory', (memory) => {
  it('149 survive peers that say anything and leave at any time: nothing thrown, nothing kept, and they still answer', () => {
    const { clock, random, attacker, board, services } = bench(memory, 31)
    const sockets: StreamSocket[] = []
    const into = new Uint8Array(1000)
    const attempt = (action: () => void) => {
      try {
        action()
      } catch (error) {
        if (!(error instanceof NetError)) throw error
      }
    }
    for (let step = 0; step < 6000; step++) {
      const socket = sockets[random.below(sockets.length)]
      switch (random.below(7)) {
        case 0:
          if (sockets.length > 30) break
          attempt(() => {
            const made = attacker.socket('ipv4', 'stream')
            made.connect({ address: '10.0.0.2', port: SERVICES[random.below(SERVICES.length)].port })
            sockets.push(made)
          })
          break
        case 1:
          if (socket !== undefined) attempt(() => void socket.shutdown('write'))
          break
        case 2:
          if (socket === undefined) break
          if (random.below(2) === 0) socket.abort()
          else socket.close()
          sockets.splice(sockets.indexOf(socket), 1)
          break
        case 3:
          if (socket !== undefined) attempt(() => void socket.read(into))
          break
        case 4:
          clock.runFor(random.below(random.below(20) === 0 ? 20 * SECOND : 20 * MILLISECOND))
          break
        default:
          if (socket !== undefined) attempt(() => void socket.write(phrase(random)))
      }
      expect(board.memory.used).toBeLessThanOrEqual(memory)
    }
    for (const socket of sockets) socket.abort()
    clock.runFor(600 * SECOND)
    expect(board.memory.used).toBe(0)
    expect([...board.tcp.connections]).toEqual([])
    for (const service of services.running) expect(service.counters.open).toBe(0)

    const after = attacker.socket('ipv4', 'stream')
    after.connect({ address: '10.0.0.2', port: 80 })
    clock.runFor(SECOND)
    after.write(
      Uint8Array.from('GET /random/9 HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n', (c) => c.charCodeAt(0)),
    )
    clock.runFor(5 * SECOND)
    const length = after.read(into) ?? 0
    expect(String.fromCharCode(...into.subarray(0, length))).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n[\s\S]{9}$/)
    after.close()
    services.stopAll()
    clock.runFor(120 * SECOND)
    expect([board.memory.used, [...board.tcp.listeners].length, [...board.udp.ports()].length]).toEqual([0, 0, 0])
    expect(clock.nextAt).toBeUndefined()
  })

  it('echo every octet over a link that loses, doubles and reorders', () => {
    const { clock, random, attacker, board } = bench(memory, 77, { loss: 0.05, duplicate: 0.05, reorder: 0.1 })
    const size = 30_000
    const sent = Uint8Array.from({ length: size }, () => random.below(256))
    const got = new Uint8Array(size + 1)
    const socket = attacker.socket('ipv4', 'stream')
    socket.connect({ address: '10.0.0.2', port: 7 })
    let written = 0
    let read = 0
    let ended = false
    const work = () => {
      if (!socket.poll().writable && !socket.poll().readable) return
      if (written < size) {
        written += socket.writePart(sent, written, size) ?? 0
        if (written === size) socket.shutdown('write')
      }
      for (let n = socket.read(got, read); n !== undefined; n = socket.read(got, read)) {
        if (n === 0) {
          ended = true
          break
        }
        read += n
      }
    }
    socket.onReady(work)
    clock.runWhile(() => !ended, 3600 * SECOND)
    expect(read).toBe(size)
    expect(got.subarray(0, size)).toEqual(sent)
    socket.close()
    clock.runFor(600 * SECOND)
    expect(board.memory.used).toBe(0)
  })
})

it('who fills the memory of a small host and reads nothing makes room for the others', () => {
  const { clock, attacker, board, services } = bench(1536, 5)
  const stuck = attacker.socket('ipv4', 'stream')
  stuck.setOption('receiveBuffer', 100)
  stuck.connect({ address: '10.0.0.2', port: 7 })
  clock.runFor(SECOND)
  stuck.write(new Uint8Array(5000))
  clock.runFor(3 * SECOND)
  const other = () => {
    const socket = attacker.socket('ipv4', 'stream')
    socket.connect({ address: '10.0.0.2', port: 13 })
    clock.runFor(5 * SECOND)
    return socket.read(new Uint8Array(100)) ?? 0
  }
  expect(board.memory.freeFor('TCP send buffers')).toBe(0)
  expect(other).toThrow(/^ECONNREFUSED/)
  expect(services.counters.echo).toMatchObject({ open: 1, lost: {} })
  clock.runFor(10 * SECOND)
  expect(other()).toBeGreaterThan(20)
  expect(services.counters.echo).toMatchObject({ open: 0, lost: { 'made room': 1 } })
})

describe.each([
  ['ask for much and take nothing', 80, 'GET /random/2000000 HTTP/1.1\r\nHost: b\r\n\r\n'],
  ['send what is echoed and take nothing', 7, 'x'.repeat(200_000)],
] as const)('peers that %s', (_, port, text) => {
  it.each([6, 20, 60])('leave a new connection what it needs to be served at once (%i of them)', (count) => {
    const { clock, attacker, services } = bench(1 << 20, 5)
    const asked = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    for (let n = 0; n < count; n++) {
      const greedy = attacker.socket('ipv4', 'stream')
      greedy.setOption('receiveBuffer', 1000)
      greedy.connect({ address: '10.0.0.2', port })
      clock.runFor(100 * MILLISECOND)
      let written = 0
      const ask = () => {
        if (greedy.connection?.state === 'ESTABLISHED' && written < asked.length)
          written += greedy.writePart(asked, written, asked.length) ?? 0
      }
      greedy.onReady(ask)
      ask()
    }
    clock.runFor(20 * SECOND)
    const begin = clock.now
    expect(fetchPages(clock, attacker, 1, 0)).toEqual([PAGE])
    expect(clock.now - begin).toBeLessThan(SECOND)
    expect(services.counters.http?.lost).toEqual({})
  })
})

describe('a connection that the memory of a small host has no room to serve', () => {
  function refused() {
    const { clock, attacker, board, services } = bench(1536, 5)
    // The neighbours know each other.
    attacker.ping(ipv4('10.0.0.2'), {}, () => undefined)
    clock.runFor(SECOND)
    const taken = board.memory.freeFor('services')
    board.memory.take(taken, 'services')
    const before = attacker.tcp.counters.resetsReceived
    const socket = attacker.socket('ipv4', 'stream')
    socket.connect({ address: '10.0.0.2', port: 7 })
    clock.runFor(10 * MILLISECOND)
    const state = socket.connection?.state
    const error = socket.error()
    clock.runFor(5 * SECOND)
    board.memory.give(taken, 'services')
    return { state, error, resets: attacker.tcp.counters.resetsReceived - before, board, services }
  }

  it('is refused once, by a reset of its SYN, and has said nothing by then', () => {
    const { state, error, resets, services, board } = refused()
    expect([state, error, resets]).toEqual(['CLOSED', 'ECONNREFUSED', 1])
    expect(board.tcp.counters.resetsSent).toBe(1)
    expect(board.tcp.counters.segmentsReceived).toBe(1)
    expect(board.tcp.counters.dropped).toMatchObject({ 'refused by listener': 1 })
    expect(services.counters.echo).toMatchObject({ connections: 0, lost: { 'no memory': 1 } })
    expect(board.memory.used).toBe(0)
  })
})

/** GETs of the status page, one connection each, after another. @returns what each began with, or the error it ended with */
function fetchPages(clock: Scheduler, from: Stack, count: number, gap: number, header = ''): string[] {
  return Array.from({ length: count }, () => {
    const socket = from.socket('ipv4', 'stream')
    let text = ''
    let error: string | undefined
    let asked = false
    let over = false
    const into = new Uint8Array(2000)
    socket.onReady(() => {
      error ??= socket.error()
      if (error !== undefined) over = true
      if (over || socket.connection?.state === 'SYN-SENT') return
      if (!asked) {
        asked = true
        socket.write(Uint8Array.from(`GET / HTTP/1.1\r\nHost: 10.0.0.2\r\n${header}\r\n`, (c) => c.charCodeAt(0)))
      }
      for (let n = socket.read(into); n !== undefined; n = socket.read(into)) {
        text += String.fromCharCode(...into.subarray(0, n))
        if (n === 0) over = true
        if (over) break
      }
      if (header === '' && text.endsWith('\r\n0\r\n\r\n')) over = true
    })
    socket.connect({ address: '10.0.0.2', port: 80 })
    clock.runWhile(() => !over, 120 * SECOND)
    socket.close()
    clock.runFor(gap)
    return error ?? text.split('\r\n')[0]
  })
}

const PAGE = 'HTTP/1.1 200 OK'

/** A SYN to port 80 from a neighbour that is not there. */
function forgedSyn(number: number, to: MacAddress): Uint8Array {
  const source = `10.0.0.${50 + number}`
  const segment = new Uint8Array(24)
  writeUint16(segment, 0, 2000 + number)
  writeUint16(segment, 2, 80)
  writeUint32(segment, 4, 0x1234_5678 + number)
  segment.set([0x60, 2], 12)
  writeUint16(segment, 14, 8192)
  segment.set([2, 4, 0x05, 0xb4], 20)
  const sum = ipv4PseudoHeader(ipv4(source), ipv4('10.0.0.2'), 6, segment.length)
  writeUint16(segment, 16, checksum(segment, 0, segment.length, sum))
  return ipv4Frame({ to, source, destination: '10.0.0.2', protocol: 6, payload: segment })
}

describe.each([1536, 6144, 1 << 20])('HTTP with %i octets of memory', (memory) => {
  it.each([1, 2, 5, 40])('goes on after %i SYNs from neighbours that never answer (RFC 4987 3.6)', (count) => {
    const { clock, attacker, board, services, inject, station } = bench(memory, 5)
    for (let n = 0; n < count; n++) {
      inject(forgedSyn(n, station))
      clock.runFor(50 * MILLISECOND)
    }
    expect(board.tcp.counters.segmentsReceived).toBe(count)
    expect(fetchPages(clock, attacker, 6, SECOND), JSON.stringify(board.memory.snapshot())).toEqual(Array(6).fill(PAGE))
    expect(services.counters.http?.lost).toEqual({})
    expect(board.tcp.counters.dropped['refused by listener']).toBeUndefined()
    clock.runFor(600 * SECOND)
    expect(board.memory.used).toBe(0)
  })

  it('goes on beside a UDP socket that nobody reads, over connections that it closed itself and still remembers', () => {
    const { clock, attacker, board, services } = bench(memory, 5)
    const unread = board.socket('ipv4', 'datagram')
    unread.bind({ address: 0, port: 5000 })
    const sender = attacker.socket('ipv4', 'datagram')
    for (let n = 0; n < 60; n++) {
      sender.sendTo(new Uint8Array(100), { address: '10.0.0.2', port: 5000 })
      clock.runFor(10 * MILLISECOND)
    }
    const pages = fetchPages(clock, attacker, 8, SECOND, 'Connection: close\r\n')
    expect(pages, JSON.stringify(board.memory.snapshot())).toEqual(Array(8).fill(PAGE))
    expect(services.counters.http?.lost).toEqual({})
  })
})

describe('a service that there is none of', () => {
  it.each(['finger', '', 'constructor', '__proto__'])('is an error in words: "%s"', (name) => {
    const { board, services } = bench(1 << 20, 1)
    const words = `there is no service "${name}": give some of echo,discard,daytime,chargen,telnet,http`
    expect(() => services.start(name as ServiceName)).toThrow(words)
    expect(() => startService(board, name as ServiceName)).toThrow(words)
  })
})

it('a console where nobody types, and an answer that nobody takes, are given up and counted', () => {
  const { clock, attacker, services } = bench(1 << 20, 6)
  const socket = (port: number) => {
    const made = attacker.socket('ipv4', 'stream')
    made.setOption('receiveBuffer', 1000)
    made.connect({ address: '10.0.0.2', port })
    clock.runFor(SECOND)
    return made
  }
  socket(23)
  socket(80).write(Uint8Array.from('GET /random/999999 HTTP/1.1\r\nHost: b\r\n\r\n', (c) => c.charCodeAt(0)))
  clock.runFor(310 * SECOND)
  expect(services.counters.telnet?.lost).toEqual({ 'timed out': 1 })
  expect(services.counters.http?.lost).toEqual({ 'timed out': 1 })
})
