import { beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { thrown } from '../../test/support/net-errors.js'
import { Stack } from '../stack.js'

/** One host that speaks to itself over its loopback. */
let clock: Scheduler
let stack: Stack

beforeEach(() => {
  clock = new Scheduler()
  stack = new Stack({ clock, random: new SeededRandom(3) })
})

const HERE = { address: '127.0.0.1', port: 7 }

describe('a datagram socket', () => {
  it('sends, and receives what was sent, with where it came from', () => {
    const server = stack.socket('ipv4', 'datagram')
    server.bind({ address: '0.0.0.0', port: 7 })
    const client = stack.socket('ipv4', 'datagram')
    let ready = 0
    server.onReady(() => ready++)
    const into = new Uint8Array(100)
    expect(server.read(into)).toBeUndefined()
    expect(client.sendTo(Uint8Array.of(1, 2, 3), HERE)).toBe(3)
    expect(server.read(into)).toBeUndefined() // not within the call
    clock.runFor(0)
    expect(ready).toBe(1)
    expect(server.poll()).toMatchObject({ readable: true, writable: true, error: false })
    const { port } = client.localEndpoint()
    expect(port).toBeGreaterThanOrEqual(49152)
    expect(server.receiveFrom(into)).toEqual({
      length: 3,
      size: 3,
      from: { family: 'ipv4', address: '127.0.0.1', port },
      to: '127.0.0.1',
    })
    expect([...into.subarray(0, 3)]).toEqual([1, 2, 3])
  })

  it('cuts a datagram to the space there is, and says how long it was', () => {
    const server = stack.socket('ipv4', 'datagram')
    server.bind(HERE)
    server.sendTo(new Uint8Array(100), HERE)
    clock.runFor(0)
    expect(server.peek(new Uint8Array(200))).toBe(100)
    expect(server.receiveFrom(new Uint8Array(10))).toMatchObject({ length: 10, size: 100 })
    expect(server.receiveFrom(new Uint8Array(10))).toBeUndefined()
  })

  it('that is connected speaks with its peer alone, and learns that nobody is there', () => {
    const client = stack.socket('ipv4', 'datagram')
    client.connect(HERE)
    expect(client.localEndpoint().address).toBe('127.0.0.1')
    expect(client.remoteEndpoint()).toEqual({ family: 'ipv4', address: '127.0.0.1', port: 7 })
    expect(client.write(Uint8Array.of(1))).toBe(1)
    clock.runFor(0)
    clock.runFor(0)
    expect(client.poll()).toMatchObject({ readable: true, error: true })
    expect(thrown(() => client.read(new Uint8Array(1)))).toMatch(
      /^ECONNREFUSED: read 127\.0\.0\.1:7: .*start the server/,
    )
    expect(client.read(new Uint8Array(1))).toBeUndefined()
    client.disconnect()
    expect(thrown(() => client.write(Uint8Array.of(1)))).toMatch(/^EDESTADDRREQ/)
  })

  it('can be shut down once it has a peer', () => {
    const socket = stack.socket('ipv4', 'datagram')
    expect(thrown(() => socket.shutdown('write'))).toMatch(/^ENOTCONN/)
    socket.connect(HERE)
    socket.shutdown('both')
    expect(thrown(() => socket.write(Uint8Array.of(1)))).toMatch(/^EPIPE/)
    expect(socket.read(new Uint8Array(1))).toBe(0)
  })

  it.each([
    ['EINVAL', { address: '300.1.1.1', port: 7 }, /"300\.1\.1\.1" is not an address; write it like/],
    ['EINVAL', { address: 'example.org', port: 7 }, /resolve names first/],
    ['EINVAL', { address: '127.0.0.1', port: 70000 }, /70000 is not a port/],
    ['EAFNOSUPPORT', { address: '::1', port: 7 }, /the socket is of 'ipv4'; open a socket of 'ipv6'/],
    ['EAFNOSUPPORT', { address: '127.0.0.1', port: 7, family: 'ipv6' }, /the socket is of 'ipv4'/],
    ['EADDRNOTAVAIL', { address: '10.9.8.7', port: 7 }, /bind an address of this host/],
  ])('gives %s for %o', (code, endpoint, words) => {
    const message = thrown(() => stack.socket('ipv4', 'datagram').bind(endpoint))
    expect(message).toMatch(new RegExp(`^${code}: bind `))
    expect(message).toMatch(words)
  })

  it('has options by name, and says so when it has none of that name', () => {
    const socket = stack.socket('ipv4', 'datagram')
    expect(socket.getOption('timeToLive')).toBe(64)
    socket.setOption('timeToLive', 3)
    expect(socket.getOption('timeToLive')).toBe(3)
    expect(thrown(() => socket.setOption('timeToLive', 300))).toMatch(/^EINVAL: .*whole number of hops from 1 to 255/)
    expect(thrown(() => socket.setOption('noDelay', true))).toMatch(/^ENOPROTOOPT: .*datagram socket has no option/)
    expect(thrown(() => socket.getOption('SO_BROADCAST' as 'broadcast'))).toMatch(/the name here is broadcast/)
    expect(socket.getOption('type')).toBe('datagram')
    expect(socket.getOption('protocol')).toBe('udp')
  })

  it('does nothing more once it is closed, and has given everything back', () => {
    const socket = stack.socket('ipv4', 'datagram')
    socket.bind(HERE)
    socket.sendTo(new Uint8Array(1000), HERE)
    clock.runFor(0)
    expect(stack.memory.used).toBeGreaterThan(0)
    socket.close()
    socket.close()
    expect(stack.memory.used).toBe(0)
    expect(thrown(() => socket.read(new Uint8Array(1)))).toMatch(/^EBADF: read: the socket is closed/)
    stack.socket('ipv4', 'datagram').bind(HERE)
    expect(clock.nextAt).toBeUndefined()
  })
})

describe('making a socket', () => {
  it.each([
    ['EAFNOSUPPORT', 'ipv6', 'stream', undefined],
    ['EAFNOSUPPORT', 'appletalk', 'stream', undefined],
    ['EPROTOTYPE', 'ipv4', 'stream', 'udp'],
    ['EPROTOTYPE', 'ipv4', 'seqpacket', undefined],
    ['EPROTONOSUPPORT', 'ipv4', 'datagram', 'sctp'],
  ])('gives %s for %s %s %s', (code, family, type, protocol) => {
    expect(thrown(() => stack.socket(family, type as 'stream', protocol as 'tcp'))).toMatch(new RegExp(`^${code}: `))
  })
})

describe('a raw socket', () => {
  it('sends an echo request with its checksum, and hears the reply', () => {
    const socket = stack.socket('ipv4', 'raw', 'icmp')
    socket.sendTo(Uint8Array.of(8, 0, 0, 0, 0x12, 0x34, 0, 1, 9, 9), { address: '127.0.0.1', port: 0 })
    for (let i = 0; i < 3; i++) clock.runFor(0)
    const into = new Uint8Array(100)
    expect(socket.read(into)).toBe(10) // the request itself: it came to this host
    expect(into[0]).toBe(8)
    expect(socket.receiveFrom(into)).toMatchObject({ length: 10, from: { address: '127.0.0.1' } })
    expect([...into.subarray(0, 2), ...into.subarray(4, 10)]).toEqual([0, 0, 0x12, 0x34, 0, 1, 9, 9])
    socket.close()
    expect(stack.memory.used).toBe(0)
  })
})
