import { describe, expect, it } from 'vitest'
import { type Clock, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { DnsServer } from '../../firmware/net/dns/server.js'
import { serveDns } from '../../firmware/net/dns/stack-carrier.js'
import type { ZoneRecord } from '../../firmware/net/dns/zone.js'
import { formatIp, type IpAddress, parseAnyIp } from '../../firmware/net/ip.js'
import { hostPair } from '../../test/support/host-pair.js'
import { connectStream } from './connect.js'
import { NameError, resolveHost } from './resolve.js'

const SERVER = parseAnyIp('2001:db8::1') as IpAddress

/** A wire to a host of both families that serves names, and listens on port 80 of one of its addresses. */
function bench(listens: string, ...records: ZoneRecord[]) {
  const { clock, client: stack, server: far } = hostPair(6, true)
  const dns = new DnsServer({ zones: [{ name: 'test', records }] })
  serveDns(far, dns)
  const socket = far.socket(listens.includes(':') ? 'ipv6' : 'ipv4', 'stream')
  socket.bind({ address: listens, port: 80 })
  socket.listen()
  clock.runFor(5 * SECOND)
  const wire = {
    stack,
    clock: clock as Clock,
    changed: () => {},
    async until(condition: () => boolean, limit = 1000 * SECOND) {
      clock.runWhile(() => !condition(), clock.now + limit)
      return condition()
    },
  }
  const peer = async (host: string, server: IpAddress | undefined = SERVER, limit?: number) => {
    const opened = await connectStream(wire, { host, port: 80, server }, limit)
    return opened?.remoteEndpoint().address
  }
  return { clock, wire, dns, peer }
}

const both = (...addresses: string[]): ZoneRecord[] =>
  addresses.map((address) =>
    address.includes(':') ? { name: 'www', type: 'AAAA', address } : { name: 'www', type: 'A', address },
  )

describe('a connection to a host by its name', () => {
  it('goes to the address that is to be tried first', async () => {
    const { peer } = bench('::', ...both('10.9.0.1', '2001:db8::1'))
    expect(await peer('www.test')).toBe('2001:db8::1')
  })

  it('goes to the other family where the first does not listen, or does not answer', async () => {
    const refused = bench('10.9.0.1', ...both('10.9.0.1', '2001:db8::1'))
    expect(await refused.peer('www.test')).toBe('10.9.0.1')
    const silent = bench('10.9.0.1', ...both('2001:db8::9', '10.9.0.1'))
    const began = silent.clock.now
    expect(await silent.peer('www.test')).toBe('10.9.0.1')
    expect(silent.clock.now - began).toBeLessThan(300 * MILLISECOND)
    expect([...silent.wire.stack.tcp.connections]).toHaveLength(1)
  })

  it('needs no server for an address', async () => {
    const { peer, dns } = bench('::')
    expect(await peer('2001:db8::1', undefined)).toBe('2001:db8::1')
    expect(dns.counters.queries).toBe(0)
  })

  it('says that there is no such name, and which addresses did not open', async () => {
    const { peer } = bench('10.9.0.1', { name: 'six', type: 'AAAA', address: '2001:db8::1' })
    await expect(peer('no.test')).rejects.toThrow('no.test has no address: NXDOMAIN; check the name, and --dns')
    await expect(peer('no.test')).rejects.toThrow(NameError)
    await expect(peer('six.test')).rejects.toThrow('ECONNREFUSED: connect [2001:db8::1]:80')
  })

  it('is given up when the time is over, while the name is asked for as well, and leaves nothing', async () => {
    const { peer, wire, clock } = bench('10.9.0.1', ...both('2001:db8::9'))
    expect(await peer('www.test', SERVER, SECOND)).toBeUndefined()
    expect(await peer('other.test', parseAnyIp('2001:db8::99') as IpAddress, SECOND)).toBeUndefined()
    expect([...wire.stack.tcp.connections]).toHaveLength(0)
    expect([...wire.stack.udp.ports()]).toHaveLength(0)
    wire.stack.resolver.close()
    clock.runFor(300 * SECOND)
    expect(wire.stack.memory.used).toBe(0)
  })

  it('waits for the network to tell of a name server where none is named, and no longer than a router may take', async () => {
    const { clock, wire } = bench('::', ...both('2001:db8::1'))
    const began = clock.now
    const { resolver } = wire.stack
    clock.after(2 * SECOND, () => resolver.setTold('router eth0', { servers: [SERVER], search: ['test'] }))
    const opened = await connectStream(wire, { host: 'www', port: 80 })
    expect(opened?.remoteEndpoint().address).toBe('2001:db8::1')
    expect(clock.now - began).toBeLessThan(2.2 * SECOND)
    resolver.setTold('router eth0', undefined)
    const lonely = clock.now
    await expect(connectStream(wire, { host: 'other.test', port: 80 })).rejects.toThrow('no name server')
    expect((clock.now - lonely) / SECOND).toBeCloseTo(6, 0)
    const given = clock.now
    expect(await connectStream(wire, { host: 'other.test', port: 80 }, undefined, () => true)).toBeUndefined()
    expect(clock.now - given).toBeLessThan(SECOND)
  })

  it('and an echo go to the same address first', async () => {
    const { wire } = bench('::', ...both('10.9.0.1', '2001:db8::1'))
    const address = await resolveHost(wire, 'www.test', SERVER)
    expect(address === undefined ? '' : formatIp(address)).toBe('2001:db8::1')
    await expect(resolveHost(wire, 'no.test', SERVER)).rejects.toThrow(NameError)
    // Given up: nothing is asked any more.
    expect(await resolveHost(wire, 'other.test', SERVER, () => true)).toBeUndefined()
    expect([...wire.stack.udp.ports()]).toEqual([])
  })
})
