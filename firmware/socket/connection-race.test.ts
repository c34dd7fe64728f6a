import { describe, expect, it } from 'vitest'
import { hostPair } from '../../test/support/host-pair.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import { formatEndpoint, type IpAddress, parseAnyIp } from '../net/ip.js'
import { readUint16 } from '../net/wire/octets.js'
import { ConnectionRace } from './connection-race.js'

const ip = (text: string) => parseAnyIp(text) as IpAddress
const ips = (texts: string) => texts.split(' ').map(ip)

/** A client, and a server with these addresses; `10.9.0.9` and `2001:db8::9` and what follows them are nobody's. */
function bench({ six = true } = {}) {
  const { clock, client, near, server } = hostPair(8305, six)
  clock.runFor(5 * SECOND)
  const began = clock.now
  const tried: string[] = []
  near.onTrace((direction, frame) => {
    // The first frame for an address is the question for its neighbour: it shows that it is tried.
    if (direction !== 'out') return
    const etherType = readUint16(frame, 12)
    const at = `${(clock.now - began) / MILLISECOND}`
    if (etherType === 0x0806) tried.push(`${at} 10.9.0.${frame[41]}`)
    if (etherType === 0x86dd && frame[20] === 58 && frame[54] === 135)
      tried.push(`${at} 2001:db8::${frame[77].toString(16)}`)
  })
  const listen = (address: string, port = 80) => {
    const socket = server.socket(address.includes(':') ? 'ipv6' : 'ipv4', 'stream')
    socket.setOption('reuseAddress', true)
    socket.bind({ address, port })
    socket.listen()
    return socket
  }
  const race = new ConnectionRace(client, 80)
  let settled: number | undefined
  race.onSettled(() => {
    expect(settled).toBeUndefined()
    settled = (clock.now - began) / MILLISECOND
  })
  const peer = () => {
    const remote = race.socket?.remoteEndpoint()
    return remote === undefined ? undefined : formatEndpoint({ address: ip(remote.address), port: remote.port })
  }
  return { clock, client, server, listen, race, tried, peer, settled: () => settled }
}

/** The first question for each address. */
function firsts(tried: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const each of tried) {
    const [, address] = each.split(' ')
    if (!seen.has(address)) seen.set(address, each)
  }
  return [...seen.values()]
}

describe('connections to several addresses at once (RFC 8305)', () => {
  it('takes the first address where it answers, and no other is tried', () => {
    const { clock, listen, race, tried, peer, settled } = bench()
    listen('2001:db8::1')
    race.add(ips('2001:db8::1 10.9.0.1'), true)
    clock.runFor(SECOND)
    expect(peer()).toBe('[2001:db8::1]:80')
    expect(settled()).toBeLessThan(10)
    expect(firsts(tried)).toEqual(['0 2001:db8::1'])
    expect(race.counters).toEqual({ started: 1, failed: 0, aborted: 0 })
    expect(race.error).toBeUndefined()
  })

  it('[§5] tries the next after 250 ms where one does not answer, takes what opens first, and aborts the other', () => {
    const { clock, client, listen, race, tried, peer, settled } = bench()
    listen('10.9.0.1')
    race.add(ips('2001:db8::9 10.9.0.1'), true)
    clock.runFor(SECOND)
    expect(peer()).toBe('10.9.0.1:80')
    expect(settled()).toBeGreaterThan(250)
    expect(settled()).toBeLessThan(260)
    expect(firsts(tried)).toEqual(['0 2001:db8::9', '250 10.9.0.1'])
    expect(race.counters).toEqual({ started: 2, failed: 0, aborted: 1 })
    // No connection is left but the one.
    expect([...client.tcp.connections]).toHaveLength(1)
    race.socket?.abort()
    clock.runFor(200 * SECOND)
    expect(client.memory.used).toBe(0)
  })

  it('[§5] tries the next at once where one is refused', () => {
    const { clock, listen, race, peer, settled } = bench()
    listen('10.9.0.1')
    race.add(ips('2001:db8::1 10.9.0.1'), true)
    clock.runFor(SECOND)
    expect(peer()).toBe('10.9.0.1:80')
    expect(settled()).toBeLessThan(20)
    expect(race.counters).toEqual({ started: 2, failed: 1, aborted: 0 })
  })

  it('[§4] has the families take turns, whatever their order was', () => {
    const { clock, race, tried } = bench()
    race.add(ips('2001:db8::9 2001:db8::a 2001:db8::b 10.9.0.9 10.9.0.10'), true)
    clock.runFor(1300 * MILLISECOND)
    expect(firsts(tried)).toEqual([
      '0 2001:db8::9',
      '250 10.9.0.9',
      '500 2001:db8::a',
      '750 10.9.0.10',
      '1000 2001:db8::b',
    ])
    race.cancel()
    expect(race.counters).toEqual({ started: 5, failed: 0, aborted: 5 })
  })

  it('[§3] waits 50 ms for addresses of IPv6 where those of IPv4 came first, and not for those of IPv4', () => {
    const { clock, listen, race, tried, peer } = bench()
    for (const address of ['10.9.0.1', '2001:db8::1']) listen(address)
    race.add(ips('10.9.0.1'), false)
    clock.runFor(30 * MILLISECOND)
    expect(tried).toEqual([])
    race.add(ips('2001:db8::1 10.9.0.1'), true)
    clock.runFor(SECOND)
    expect(peer()).toBe('[2001:db8::1]:80')
    expect(firsts(tried)).toEqual(['30 2001:db8::1'])

    const late = bench()
    late.listen('10.9.0.1')
    late.race.add(ips('10.9.0.1'), false)
    late.clock.runFor(SECOND)
    expect([late.peer(), firsts(late.tried)]).toEqual(['10.9.0.1:80', ['50 10.9.0.1']])

    const first = bench()
    first.listen('10.9.0.1')
    first.race.add(ips('2001:db8::9'), false)
    first.clock.runFor(400 * MILLISECOND)
    // The delay is over: what comes now is tried now.
    first.race.add(ips('2001:db8::9 10.9.0.1'), true)
    first.clock.runFor(SECOND)
    expect([first.peer(), firsts(first.tried)]).toEqual(['10.9.0.1:80', ['0 2001:db8::9', '400 10.9.0.1']])
  })

  it('waits for addresses that are still to come where all others failed, and says why where none come', () => {
    const { clock, race, settled } = bench()
    race.add(ips('2001:db8::1'), false)
    clock.runFor(SECOND)
    expect([settled(), race.error]).toEqual([undefined, undefined])
    race.add(ips('2001:db8::1'), true)
    expect(settled()).toBe(1000)
    expect(race.error?.message).toBe(
      'ECONNREFUSED: connect [2001:db8::1]:80: the peer refused: nothing listens on that port; check that a server listens there',
    )
  })

  it('names what it tried where all failed, under the code of the first', () => {
    const { clock, race, settled } = bench()
    race.add(ips('2001:db8::1 10.9.0.1'), true)
    clock.runFor(SECOND)
    expect(settled()).toBeLessThan(20)
    expect(race.error?.code).toBe('ECONNREFUSED')
    expect(race.error?.message).toContain('connect [2001:db8::1]:80, 10.9.0.1:80: the peer refused')
    const none = bench().race
    none.add([], true)
    expect([none.socket, none.error]).toEqual([undefined, undefined])
  })

  it('of a host without IPv6 passes over its addresses', () => {
    const { clock, listen, race, peer } = bench({ six: false })
    listen('10.9.0.1')
    race.add(ips('2001:db8::1 10.9.0.1'), true)
    clock.runFor(SECOND)
    expect(peer()).toBe('10.9.0.1:80')
    expect(race.counters).toEqual({ started: 2, failed: 1, aborted: 0 })
    const lonely = bench({ six: false }).race
    lonely.add(ips('2001:db8::1'), true)
    expect(lonely.error?.code).toBe('EAFNOSUPPORT')
  })

  it('has no more than eight under way, of however many addresses', () => {
    const { clock, client, race } = bench()
    race.add(
      Array.from({ length: 60 }, (_, at) => ip(`2001:db8::${(at + 16).toString(16)}`)),
      true,
    )
    let most = 0
    for (let i = 0; i < 70; i++) {
      clock.runFor(250 * MILLISECOND)
      most = Math.max(most, [...client.tcp.connections].length)
    }
    expect(most).toBeLessThanOrEqual(8)
    expect(race.counters.started).toBe(60)
    race.cancel()
    expect([...client.tcp.connections]).toHaveLength(0)
  })

  it('leaves nothing under way when it is given up', () => {
    const { clock, client, race, settled } = bench()
    race.add(ips('2001:db8::9 10.9.0.9'), true)
    clock.runFor(300 * MILLISECOND)
    race.cancel()
    clock.runFor(200 * SECOND)
    expect(settled()).toBeUndefined()
    expect(client.memory.used).toBe(0)
    race.add(ips('10.9.0.1'), true)
    clock.runFor(SECOND)
    expect(race.counters).toEqual({ started: 2, failed: 0, aborted: 2 })
  })
})
