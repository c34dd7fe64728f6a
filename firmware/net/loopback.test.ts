/** 127/8 is every host to itself, and on no wire (RFC 1122 3.2.1.3 g). */
import { beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { thrown } from '../../test/support/net-errors.js'
import { arpFrame, echoFrame, TestDevice } from '../../test/support/network.js'
import { SECOND } from '../hal/clock.js'
import { Stack } from '../stack.js'
import { ipv4 } from './address.js'

const OUTSIDE = { address: '10.0.0.2', port: 7 }
const FAR = { address: '198.51.100.1', port: 7 }

let clock: Scheduler
let stack: Stack
let device: TestDevice

beforeEach(() => {
  clock = new Scheduler()
  stack = new Stack({ clock, random: new SeededRandom(12) })
  device = new TestDevice()
  stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24', gateway: '10.0.0.2' })
  device.inject(arpFrame())
  device.take()
})

describe.each(['127.0.0.1', '127.0.0.5'])('a socket on %s', (own) => {
  it.each([OUTSIDE, FAR, { address: '10.0.0.255', port: 7 }])('sends nothing to $address', (to) => {
    const datagrams = stack.socket('ipv4', 'datagram')
    datagrams.setOption('broadcast', true)
    datagrams.bind({ address: own, port: 0 })
    expect(thrown(() => datagrams.sendTo(Uint8Array.of(1), to))).toMatch(/^ENETUNREACH/)
    expect(thrown(() => datagrams.connect(to))).toMatch(/^ENETUNREACH/)
    const messages = stack.socket('ipv4', 'raw')
    messages.bind({ address: own, port: 0 })
    expect(thrown(() => messages.sendTo(Uint8Array.of(8, 0, 0, 0, 0, 1, 0, 1), to))).toMatch(/^ENETUNREACH/)
    const stream = stack.socket('ipv4', 'stream')
    stream.bind({ address: own, port: 0 })
    expect(thrown(() => stream.connect(to))).toMatch(/^(ENETUNREACH|EACCES)/)
    clock.runFor(10 * SECOND)
    expect(device.take()).toEqual([])
  })

  it('speaks with any other address of this host', () => {
    const server = stack.socket('ipv4', 'datagram')
    server.bind({ address: '0.0.0.0', port: 7 })
    const client = stack.socket('ipv4', 'datagram')
    client.bind({ address: own, port: 0 })
    for (const address of ['127.0.0.1', '127.9.9.9', '10.0.0.1']) {
      client.sendTo(Uint8Array.of(1), { address, port: 7 })
      clock.runFor(0)
      expect(server.receiveFrom(new Uint8Array(1))).toMatchObject({ from: { address: own }, to: address })
    }
    expect(device.take()).toEqual([])
  })
})

it('a datagram for a group, from 127.0.0.5, leaves by no wire', () => {
  const socket = stack.socket('ipv4', 'datagram')
  socket.setOption('broadcast', true)
  socket.bind({ address: '127.0.0.5', port: 0 })
  for (const address of ['224.0.0.1', '239.1.2.3', '255.255.255.255'])
    expect(thrown(() => socket.sendTo(Uint8Array.of(1), { address, port: 7 }))).toMatch(/^ENETUNREACH/)
  expect(device.take()).toEqual([])
})

it('what comes from a wire with an address of 127/8 is dropped', () => {
  device.inject(echoFrame(10, { source: '127.0.0.1' }))
  device.inject(echoFrame(10, { destination: '127.0.0.1' }))
  device.inject(echoFrame(10, { source: '127.0.0.1', destination: '127.0.0.1' }))
  clock.runFor(SECOND)
  expect(device.take()).toEqual([])
  expect(stack.ipv4.counters.dropped).toEqual({ 'IPv4 source': 3 })
})

it('who asks by ARP from an address of 127/8 has no answer: it would be on the wire in it', () => {
  device.inject(arpFrame({ sender: '127.0.0.1' }))
  expect(device.take()).toEqual([])
  expect(stack.interfaces[0].counters.dropped).toEqual({ 'ARP sender': 1 })
})

it('an interface is not the way to 127/8, whoever names it as the place of a server', () => {
  const [eth0] = stack.interfaces
  expect(stack.ipv4.routeOver(eth0, ipv4('127.0.0.1'))).toBeUndefined()
  expect(stack.ipv4.routeOver(eth0, ipv4('10.0.0.2'), ipv4('127.0.0.1'))).toBeUndefined()
  stack.ipv4.addRoute({ network: 0, prefixLength: 1, link: eth0, gateway: ipv4('127.0.0.1'), origin: 'static' })
  expect(stack.ipv4.route(ipv4('4.4.4.4'))).toBeUndefined()
})
