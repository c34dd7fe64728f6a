/** A host that stands in for hosts elsewhere: what is for them comes to its transports as though it had their addresses. */
import { beforeEach, describe, expect, it } from 'vitest'
import { type HostPair, hostPair } from '../../test/support/host-pair.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import type { PingResult } from './icmp/ping.js'
import { type IpAddress, parseAnyIp, unspecified } from './ip.js'
import type { Datagram } from './network-layer.js'
import type { Connection, Listener } from './tcp/tcp.js'

// RFC 5737, RFC 3849: addresses of nobody.
const CASES = [
  { family: 'ipv4' as const, far: '203.0.113.7', router: '10.9.0.1', all: '0.0.0.0/0', prohibited: 'EHOSTUNREACH' },
  { family: 'ipv6' as const, far: '2001:db8:7::7', router: '2001:db8::1', all: '::/0', prohibited: 'EACCES' },
]

describe.each(CASES)('$family', ({ family, far, router, all, prohibited }) => {
  const FAR = parseAnyIp(far) as IpAddress
  let pair: HostPair
  const layer = () => pair.server.networks.of(FAR)!
  const pass = (seconds = 1) => pair.clock.runUntil(pair.clock.now + seconds * SECOND)

  beforeEach(() => {
    pair = hostPair(7, true)
    pass(3)
    pair.client.addRoute(all, router)
    layer().standsIn = true
  })

  const connectFar = (): Connection => {
    const connection = pair.client.tcp.connect({ address: FAR, port: 80 })
    pass()
    return connection
  }

  it('who does not stand in hears nothing of it, and nobody is answered', () => {
    layer().standsIn = false
    expect(connectFar().state).toBe('SYN-SENT')
    expect(pair.server.tcp.counters.segmentsReceived).toBe(0)
  })

  it('a service on every address of its own is none of theirs: a SYN that nobody takes is reset', () => {
    pair.server.tcp.listen({ address: unspecified(family), port: 80 })
    expect(connectFar()).toMatchObject({ state: 'CLOSED', error: 'ECONNREFUSED' })
  })

  it('a SYN that is taken opens a connection at their address, whatever is on ours', () => {
    const listener = pair.server.tcp.listenForOthers()
    pair.server.tcp.listen({ address: unspecified(family), port: 80 })
    pair.server.tcp.handleUnclaimed = () => listener
    const near = connectFar()
    const taken = listener.accept()!
    expect([taken.local.address === FAR, taken.local.port, near.state]).toEqual([true, 80, 'ESTABLISHED'])
    near.write(Uint8Array.of(1, 2, 3))
    pass()
    taken.write(Uint8Array.of(4, 5))
    pass()
    expect([taken.readable, near.readable]).toEqual([3, 2])
    // What is ours is answered by who listens there: nobody is asked.
    const own = pair.client.tcp.connect({ address: parseAnyIp(router) as IpAddress, port: 80 })
    pass()
    expect([own.state, listener.waiting]).toEqual(['ESTABLISHED', 0])
    // It lives on where addresses change (RFC 9293 MUST-45 is about our own).
    pair.server.interfaces[0].configure({ address: 0x0a090003, prefixLength: 24 }, [])
    expect(taken.state).toBe('ESTABLISHED')
  })

  it('a SYN may be kept, and dealt with later as though it had come then', () => {
    const { server } = pair
    const listener = server.tcp.listenForOthers()
    let kept: Datagram | undefined
    let answer: Listener | 'seen to' = 'seen to'
    server.tcp.handleUnclaimed = (datagram, port, remotePort) => {
      if (kept === undefined) kept = datagram.kept()
      expect([port, remotePort > 0]).toEqual([80, true])
      return datagram === kept ? answer : 'seen to'
    }
    const near = connectFar()
    expect(near.state).toBe('SYN-SENT')
    answer = listener
    server.tcp.receive(kept!)
    const half = server.tcp.connectionBetween({ address: FAR, port: 80 }, { ...near.local })
    expect(half?.state).toBe('SYN-RECEIVED')
    pass()
    expect([near.state, half?.state, listener.waiting]).toEqual(['ESTABLISHED', 'ESTABLISHED', 1])
  })

  it('one that may not be is refused by ICMP, and its sender hears so', () => {
    pair.server.tcp.handleUnclaimed = (datagram) => {
      datagram.network.refuse(datagram, 'prohibited')
      return 'seen to'
    }
    expect(connectFar()).toMatchObject({ state: 'CLOSED', error: prohibited })
  })

  it('a datagram for them goes to no port of ours; who takes it answers from their address', () => {
    const { client, server } = pair
    const every = server.udp.bind({ address: unspecified(family), port: 53 })
    const near = client.udp.bind({ address: unspecified(family), port: 0 })
    near.connect(FAR, 53)
    near.send(Uint8Array.of(1), 0, 1)
    pass()
    expect([every.queue.count, near.error]).toEqual([0, 'ECONNREFUSED'])
    server.udp.handleUnclaimed = (datagram, port, remotePort, start, end) => {
      const standing = server.udp.bind({ address: datagram.destination, port }, { foreign: true, reuseAddress: true })
      standing.connect(datagram.source, remotePort)
      standing.send(datagram.frame.octets.slice(start, end).reverse(), 0, end - start)
      return true
    }
    near.send(Uint8Array.of(1, 2), 0, 2)
    pass()
    const into = new Uint8Array(4)
    expect([near.receive(into), into[0], into[1]]).toEqual([2, 2, 1])
    expect(every.queue.count).toBe(0)
    // The next one finds the port that was opened, and an error about what that sends finds it too.
    near.close()
    const [standing] = [...server.udp.ports()].filter((port) => port.foreign)
    standing.send(Uint8Array.of(9), 0, 1)
    pass()
    expect(standing.error).toBe('ECONNREFUSED')
  })

  it('an echo is dropped, or taken and answered as by them', () => {
    const { client, server } = pair
    const ping = (): PingResult | undefined => {
      let result: PingResult | undefined
      client.ping(FAR, {}, (given) => {
        result = given
      })
      pass(2)
      return result
    }
    expect(ping()?.ok).toBe(false)
    const icmp = family === 'ipv4' ? server.icmp : server.ipv6!.icmp
    icmp.handleForeignEcho = (request) => {
      const kept = request.kept()
      pair.clock.after(SECOND / 4, () => icmp.answer(kept))
    }
    // The link takes a millisecond each way.
    expect(ping()).toMatchObject({ ok: true, roundTrip: SECOND / 4 + 2 * MILLISECOND })
  })

  it('it is the first router on the way: what may go no further is reported', () => {
    const { client, server } = pair
    const near = client.udp.bind({ address: unspecified(family), port: 0 })
    near.fields.timeToLive = 1
    near.connect(FAR, 53)
    near.send(Uint8Array.of(1), 0, 1)
    pass()
    const loss = family === 'ipv4' ? 'time to live' : 'hop limit'
    const counters = family === 'ipv4' ? server.ipv4.counters : server.ipv6!.network.counters
    expect(counters.dropped).toMatchObject({ [loss]: 1 })
    const errors = family === 'ipv4' ? client.icmp.counters : client.ipv6!.icmp.counters
    expect(errors.errorsReceived).toBe(1)
  })

  it('a protocol that nobody stands in for is unreachable', () => {
    const { client, server } = pair
    const network = client.networks.of(FAR)!
    const route = network.route(FAR)!
    // GRE
    network.send(route, 47, 8, { timeToLive: 64, trafficClass: 0, dontFragment: false })
    pass()
    const counters = family === 'ipv4' ? server.ipv4.counters : server.ipv6!.network.counters
    expect(counters.dropped).toMatchObject({ 'protocol not handled': 1 })
  })

  it('of the ways back to one neighbour from many addresses some are remembered, and not all', () => {
    const network = layer()
    const to = parseAnyIp(family === 'ipv4' ? '10.9.0.2' : '2001:db8::2')!
    const sourceOf = (at: number) =>
      parseAnyIp(family === 'ipv4' ? `198.18.${at >> 8}.${at & 255}` : `2001:db8:8::${at.toString(16)}`)!
    const first = network.route(to, sourceOf(1))!
    for (let at = 2; at < 1_000; at++) network.route(to, sourceOf(at))
    expect(first.stale).toBe(true)
    expect(network.route(to, sourceOf(999))?.stale).toBe(false)
  })
})
