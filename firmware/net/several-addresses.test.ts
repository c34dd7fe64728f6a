/** A host with two addresses on one interface and a third on another: RFC 1122 3.3.4, 4.1.3.5; RFC 2181 4.1. */
import { beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { thrown } from '../../test/support/net-errors.js'
import { arpFrame, ipv4Frame, TestDevice } from '../../test/support/network.js'
import { startService } from '../services/services.js'
import { Stack } from '../stack.js'
import { formatIpv4, ipv4, mac } from './address.js'
import { DnsServer } from './dns/server.js'
import { serveDns } from './dns/stack-carrier.js'
import { dnsQuery, emitDns } from './wire/dns.js'
import { readUint16, readUint32, writeUint16 } from './wire/octets.js'
import { PROTOCOL_UDP } from './wire/protocols.js'

const CLIENT = '10.0.0.2'
const CLIENT_PORT = 40_000

let clock: Scheduler
let stack: Stack
let near: TestDevice
let far: TestDevice

beforeEach(() => {
  clock = new Scheduler()
  stack = new Stack({ clock, random: new SeededRandom(12) })
  near = new TestDevice()
  far = new TestDevice(mac('02:00:00:00:01:01'))
  stack.addInterface({ name: 'eth0', device: near, address: '10.0.0.1/24' }).addAddress('10.0.0.7/24')
  stack.addInterface({ name: 'eth1', device: far, address: '172.16.0.1/24' })
  near.inject(arpFrame())
  near.take()
})

/** A datagram of the client's, without a checksum. */
function ask(destination: string, port: number, data: Uint8Array): void {
  const payload = new Uint8Array(8 + data.length)
  writeUint16(payload, 0, CLIENT_PORT)
  writeUint16(payload, 2, port)
  writeUint16(payload, 4, payload.length)
  payload.set(data, 8)
  near.inject(ipv4Frame({ source: CLIENT, destination, protocol: PROTOCOL_UDP, payload }))
}

/** Source address and port of what went to the client. */
function answers(): string[] {
  return near.take().map((frame) => {
    expect([readUint32(frame, 30), readUint16(frame, 36)]).toEqual([ipv4(CLIENT), CLIENT_PORT])
    return `${formatIpv4(readUint32(frame, 26))}:${readUint16(frame, 34)}`
  })
}

describe.each(['10.0.0.1', '10.0.0.7', '172.16.0.1'])('a datagram to %s', (address) => {
  it('is answered by a service from this very address (RFC 1122 4.1.3.5)', () => {
    for (const name of ['echo', 'daytime', 'chargen'] as const) startService(stack, name)
    for (const port of [7, 13, 19]) ask(address, port, Uint8Array.of(1))
    expect(answers()).toEqual([7, 13, 19].map((port) => `${address}:${port}`))
  })

  it('is answered by a name server from this very address (RFC 2181 4.1)', () => {
    serveDns(stack, new DnsServer({ zones: [{ name: 'lab.test', records: [] }] }))
    ask(address, 53, emitDns(dnsQuery(1, 'lab.test', 'A')))
    clock.runFor(0)
    expect(answers()).toEqual([`${address}:53`])
  })

  it('tells a socket on any address which one it was sent to, and the answer can be sent from there', () => {
    const socket = stack.socket('ipv4', 'datagram')
    socket.bind({ address: '0.0.0.0', port: 7 })
    ask(address, 7, Uint8Array.of(1))
    const received = socket.receiveFrom(new Uint8Array(10))!
    expect(received.to).toBe(address)
    socket.sendTo(Uint8Array.of(2), received.from, { from: received.to })
    expect(answers()).toEqual([`${address}:7`])
    // For that datagram alone: the next one's source is the route's again.
    socket.sendTo(Uint8Array.of(3), received.from)
    expect(answers()).toEqual(['10.0.0.1:7'])
  })

  it('can be where a socket speaks from with one peer, and hears it there', () => {
    const socket = stack.socket('ipv4', 'datagram')
    socket.bind({ address: '0.0.0.0', port: 7 })
    socket.connect({ address: CLIENT, port: CLIENT_PORT }, { from: address })
    socket.write(Uint8Array.of(2))
    expect(answers()).toEqual([`${address}:7`])
    ask(address, 7, Uint8Array.of(1))
    expect(socket.read(new Uint8Array(10))).toBe(1)
  })
})

describe('the source of a datagram', () => {
  it('is an address of this host, or the call fails', () => {
    const socket = stack.socket('ipv4', 'datagram')
    const raw = stack.socket('ipv4', 'raw')
    const to = { address: CLIENT, port: 7 }
    for (const from of ['10.0.0.99', CLIENT]) {
      const why = `EADDRNOTAVAIL: send 8 octets to ${CLIENT}`
      expect(thrown(() => socket.sendTo(new Uint8Array(8), to, { from }))).toContain(why)
      expect(thrown(() => raw.sendTo(new Uint8Array(8), to, { from }))).toContain(why)
    }
    expect(near.take()).toEqual([])
  })

  it("is the route's where a group or everybody was asked: no group is a source (RFC 1122 3.2.1.3)", () => {
    const socket = stack.socket('ipv4', 'datagram')
    socket.bind({ address: '0.0.0.0', port: 7 })
    for (const from of ['224.0.0.1', '10.0.0.255', '255.255.255.255', '0.0.0.0'])
      socket.sendTo(Uint8Array.of(1), { address: CLIENT, port: CLIENT_PORT }, { from })
    expect(answers()).toEqual(Array(4).fill('10.0.0.1:7'))
  })

  it('of a raw socket is what it is told, too, and never one that this host has lost', () => {
    const raw = stack.socket('ipv4', 'raw')
    const echo = Uint8Array.of(8, 0, 0, 0, 0, 1, 0, 1)
    raw.sendTo(echo, { address: CLIENT, port: 0 }, { from: '10.0.0.7' })
    expect(near.take().map((frame) => formatIpv4(readUint32(frame, 26)))).toEqual(['10.0.0.7'])
    raw.bind({ address: '10.0.0.7', port: 0 })
    stack.interfaces[0].removeAddress('10.0.0.7')
    expect(thrown(() => raw.sendTo(echo, { address: CLIENT, port: 0 }))).toMatch(/^EADDRNOTAVAIL/)
  })
})
