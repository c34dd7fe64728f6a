import { beforeEach, describe, expect, it } from 'vitest'
import { ImpairedDevice } from '../../../boards/ethernet/impaired-device.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { FrameLink } from '../../../test/support/frame-link.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import type { DatagramSocket } from '../../socket/datagram-socket.js'
import { Stack } from '../../stack.js'
import { printFrame } from '../wire/print.js'

let clock: Scheduler
let here: Stack
let there: Stack
/** What `there` sends. */
let answers: string[]

beforeEach(() => {
  clock = new Scheduler()
  const random = new SeededRandom(21)
  const link = new FrameLink({ clock })
  here = new Stack({ clock, random: random.fork('here'), name: 'here' })
  there = new Stack({ clock, random: random.fork('there'), name: 'there' })
  here.addInterface({ name: 'eth0', device: link.a, address: '10.0.0.1/24' })
  there.addInterface({ name: 'eth0', device: link.b, address: '10.0.0.2/24' })
  answers = []
  there.interfaces[0].onTrace((direction, frame) => {
    const line = printFrame(frame)
    if (direction === 'out' && !line.includes('ARP')) answers.push(line)
  })
})

function bound(stack: Stack, port: number, address = '0.0.0.0'): DatagramSocket {
  const socket = stack.socket('ipv4', 'datagram')
  socket.setOption('reuseAddress', true)
  socket.bind({ address, port })
  return socket
}

describe('UDP between two stacks', () => {
  it('135 [1122 §4.1.3.1] a closed port is answered with port unreachable, which a connected socket learns; a broadcast is not', () => {
    const socket = bound(here, 5000)
    socket.connect({ address: '10.0.0.2', port: 9 })
    socket.write(Uint8Array.of(1))
    clock.runFor(SECOND)
    expect(answers).toHaveLength(1)
    expect(answers[0]).toMatch(/unreachable/)
    expect(socket.error()).toBe('ECONNREFUSED')
    answers.length = 0
    const everybody = bound(here, 5001)
    everybody.setOption('broadcast', true)
    everybody.sendTo(Uint8Array.of(1), { address: '10.0.0.255', port: 9 })
    everybody.sendTo(Uint8Array.of(1), { address: '255.255.255.255', port: 9 })
    everybody.sendTo(Uint8Array.of(1), { address: '224.0.0.1', port: 9 })
    clock.runFor(SECOND)
    expect(answers).toEqual([])
    expect(there.udp.counters.dropped).toEqual({ 'port closed': 4 })
  })

  it.each([0, 1, 1472, 1473, 2960, 9000, 65_507])('carries %i octets, in fragments where it must', (size) => {
    const server = bound(there, 7)
    const sent = Uint8Array.from({ length: size }, (_, i) => i * 31 + (i >> 8))
    bound(here, 5000).sendTo(sent, { address: '10.0.0.2', port: 7 })
    clock.runFor(SECOND)
    const into = new Uint8Array(70_000)
    expect(server.receiveFrom(into)).toMatchObject({ length: size, size, from: { address: '10.0.0.1', port: 5000 } })
    expect(into.subarray(0, size)).toEqual(sent)
    expect(here.memory.used).toBe(0)
  })

  it('reaches everybody by broadcast and the members of a group by multicast, and nobody else', () => {
    const sockets = [bound(there, 7), bound(there, 7), bound(there, 8)]
    sockets[1].setOption('joinGroup', '239.1.2.3')
    clock.runFor(MILLISECOND)
    const sender = bound(here, 5000)
    sender.setOption('broadcast', true)
    const received = () => {
      clock.runFor(100 * MILLISECOND)
      const into = new Uint8Array(10)
      return sockets.map((socket) => socket.receiveFrom(into)?.to)
    }
    sender.sendTo(Uint8Array.of(1), { address: '10.0.0.255', port: 7 })
    expect(received()).toEqual(['10.0.0.255', '10.0.0.255', undefined])
    sender.sendTo(Uint8Array.of(1), { address: '239.1.2.3', port: 7 })
    expect(received()).toEqual([undefined, '239.1.2.3', undefined])
    sockets[1].setOption('leaveGroup', '239.1.2.3')
    sender.sendTo(Uint8Array.of(1), { address: '239.1.2.3', port: 7 })
    expect(received()).toEqual([undefined, undefined, undefined])
  })

  it('that has left a group with its last socket is no member any more', () => {
    const socket = bound(there, 7)
    socket.setOption('joinGroup', '239.1.2.3')
    const [interfaces] = there.interfaces
    expect(there.igmp.groups(interfaces)).toHaveLength(1)
    socket.close()
    expect(there.igmp.groups(interfaces)).toEqual([])
  })

  it('says that a host does not answer to a socket that wants to know (RFC 1122 4.1.3.3)', () => {
    const socket = bound(here, 5000)
    socket.setOption('softErrors', true)
    const told: string[] = []
    socket.onSoftError((code) => told.push(code))
    socket.sendTo(Uint8Array.of(1), { address: '10.0.0.77', port: 7 })
    clock.runFor(10 * SECOND)
    expect(told).toEqual(['EHOSTUNREACH'])
    expect(socket.error()).toBe('EHOSTUNREACH')
  })

  it('fails on an address that is taken away, and goes on from any other', () => {
    const onAddress = bound(here, 5000, '10.0.0.1')
    const onAny = bound(here, 5001)
    here.interfaces[0].configure('10.0.0.3/24')
    expect(onAddress.error()).toBe('EADDRNOTAVAIL')
    expect(() => onAddress.sendTo(Uint8Array.of(1), { address: '10.0.0.2', port: 7 })).toThrow(/^EADDRNOTAVAIL/)
    const server = bound(there, 7)
    onAny.sendTo(Uint8Array.of(1), { address: '10.0.0.2', port: 7 })
    clock.runFor(SECOND)
    expect(server.receiveFrom(new Uint8Array(1))?.from.address).toBe('10.0.0.3')
  })
})

it('datagrams of any size over a bad link arrive whole or not at all, and no memory is kept', () => {
  clock = new Scheduler()
  const random = new SeededRandom(5)
  const link = new FrameLink({ clock, delay: MILLISECOND })
  const bad = new ImpairedDevice(link.a, {
    clock,
    random: random.fork('bad'),
    loss: 0.05,
    duplicate: 0.05,
    reorder: 0.1,
    corrupt: 0.05,
  })
  const from = new Stack({ clock, random: random.fork('from') })
  const to = new Stack({ clock, random: random.fork('to') })
  from.addInterface({ name: 'eth0', device: bad, address: '10.0.0.1/24' })
  to.addInterface({ name: 'eth0', device: link.b, address: '10.0.0.2/24' })
  const server = bound(to, 7)
  const client = bound(from, 5000)
  const into = new Uint8Array(70_000)
  let arrived = 0
  for (let round = 0; round < 2000; round++) {
    const size = random.below(random.below(3) === 0 ? 6000 : 1400)
    client.sendTo(new Uint8Array(size).fill(size), { address: '10.0.0.2', port: 7 })
    clock.runFor(20 * MILLISECOND)
    for (let got = server.receiveFrom(into); got !== undefined; got = server.receiveFrom(into)) {
      arrived++
      expect(into.subarray(0, got.length).every((octet) => octet === (got.length & 0xff))).toBe(true)
    }
  }
  expect(arrived).toBeGreaterThan(1200)
  client.close()
  server.close()
  clock.runFor(300 * SECOND)
  expect([from.memory.used, to.memory.used]).toEqual([0, 0])
  expect(clock.nextAt).toBeUndefined()
})
