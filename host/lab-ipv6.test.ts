/** IPv6 in a lab: an Uno with its 1.5 KiB, and a host, on a cable; in virtual time. */
import { expect, it } from 'vitest'
import { SECOND } from '../firmware/hal/clock.js'
import { ipv4 } from '../firmware/net/address.js'
import type { PingResult } from '../firmware/net/icmp/ping.js'
import type { IpAddress } from '../firmware/net/ip.js'
import { parseIpv6 } from '../firmware/net/ipv6/address.js'
import { createLab, Ipv6RouterSide, Ipv6Side } from './net.js'

const HOST = '2001:db8::1'
const BOARD = '2001:db8::2'

/** An Uno beside a host, both with an address of IPv6 that is found to be theirs alone (RFC 4862 5.4). */
async function beside() {
  const lab = createLab({ seed: 6 })
  const host = lab.addHost({ address: '192.168.7.1/24', ipv6: { side: Ipv6Side, addresses: [`${HOST}/64`] } })
  const board = lab.addBoard('uno', { ipv6: { side: Ipv6Side, addresses: [`${BOARD}/64`] } })
  lab.connect(host.port, board.port)
  const settled = (stack: typeof host.stack) => {
    const held = stack.interfaces[0].ipv6?.addresses ?? []
    return held.length === 2 && held.every(({ state }) => state === 'PREFERRED')
  }
  await lab.run({ until: () => settled(host.stack) && settled(board.stack), for: 20 * SECOND })
  return { lab, host, board }
}

it('an Uno answers echoes of IPv6, of every length that one frame takes, and of no more', async () => {
  const { lab, host, board } = await beside()
  const ping = async (address: IpAddress, size: number): Promise<boolean> => {
    let result: PingResult | undefined
    host.stack.ping(address, { size }, (given) => {
      result = given
    })
    await lab.run({ until: () => result !== undefined, for: 10 * SECOND })
    return result!.ok
  }
  const six = parseIpv6(BOARD)!
  expect([await ping(six, 0), await ping(six, 56), await ping(six, 1452)]).toEqual([true, true, true])
  expect(await ping(six, 4000)).toBe(false)
  expect(board.stack.memory.limit).toBe(1536)
  // It still speaks IPv4.
  expect(await ping(ipv4('192.168.7.2'), 56)).toBe(true)
  expect(board.stack.memory.snapshot()).toMatchObject({ used: 0 })
})

it('an Uno serves its page over IPv6 within its budget', async () => {
  const { lab, host, board } = await beside()
  const socket = await host.socket('ipv6', 'stream').connect({ address: BOARD, port: 80 })
  await socket.write('GET / HTTP/1.1\r\nHost: board\r\nConnection: close\r\n\r\n')
  const parts: Uint8Array[] = []
  for await (const part of socket) parts.push(part)
  const page = Buffer.concat(parts).toString()
  expect(page).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(page).toContain('Arduino Uno')
  // Whole: the last chunk is empty (RFC 9112 7.1).
  expect(page.endsWith('\r\n0\r\n\r\n')).toBe(true)
  socket.close()
  await lab.run({ until: () => board.stack.memory.used === 0, for: 300 * SECOND })
  expect(board.stack.memory.snapshot().peak).toBeLessThanOrEqual(1536)
})

it('a lab says what IPv6 is given by', () => {
  const lab = createLab()
  expect(() => lab.addHost({ address: '10.0.0.1/24', ipv6: { addresses: [] } as never })).toThrow(/side.*Ipv6Side/)
  expect(() => lab.addBoard('uno', { ipv6: { side: Ipv6Side, addresses: ['ff02::1/64'] } })).toThrow(
    /an interface cannot have the address ff02::1\/64/,
  )
})

it('a host is a router of IPv6 with two cards: an Uno and a host behind it have addresses, and reach each other', async () => {
  const lab = createLab({ seed: 8 })
  const router = lab.addHost({
    name: 'router',
    address: '192.168.7.1/24',
    ipv6: {
      side: Ipv6RouterSide,
      addresses: ['2001:db8:1::1/64'],
      advertise: { prefixes: ['2001:db8:1::/64'], nameServers: ['2001:db8:1::53'], searchDomains: ['lab.test'] },
    },
  })
  const far = router.addCard('192.168.8.1/24', {
    ipv6: {
      addresses: ['2001:db8:2::1/64'],
      advertise: { prefixes: [{ prefix: '2001:db8:2::/64', validSeconds: 7200 }] },
    },
  })
  const board = lab.addBoard('uno', { ipv6: { side: Ipv6Side } })
  const host = lab.addHost({ address: '192.168.8.2/24', ipv6: { side: Ipv6Side } })
  lab.connect(router.port, board.port)
  lab.connect(far.port, host.port)
  const made = (stack: typeof host.stack) =>
    stack.interfaces[0].ipv6?.addresses.find(({ origin, state }) => origin === 'advertised' && state === 'PREFERRED')
  await lab.run({ until: () => made(board.stack) !== undefined && made(host.stack) !== undefined, for: 60 * SECOND })
  let result: PingResult | undefined
  host.stack.ping(made(board.stack)!.address, { size: 1000 }, (given) => {
    result = given
  })
  await lab.run({ until: () => result !== undefined, for: 20 * SECOND })
  expect(result).toMatchObject({ ok: true })
  expect(board.stack.interfaces[0].ipv6!.names.search).toEqual(['lab.test'])
  expect(router.stack.counters().ipv6!.forwarded).toBe(2)
  // What IPv6 costs an Uno is not more for a router beside it.
  expect(board.stack.memory.snapshot()).toMatchObject({ used: 0, limit: 1536 })
})

it('a lab says what a router is told to tell that cannot be', () => {
  const lab = createLab()
  const router = (advertise: unknown) => () =>
    lab.addHost({ address: '10.0.0.1/24', ipv6: { side: Ipv6RouterSide, advertise } as never })
  expect(router({ prefixes: [{ prefix: '2001:db8::/64', lifetime: 5 }] })).toThrow(
    /ipv6\.advertise\.prefixes is .*give a list of networks/,
  )
  expect(router({ prefixes: ['2001:db8::1/64'] })).toThrow(/interface eth0 cannot advertise 2001:db8::1\/64/)
  expect(router({ lifetime: 5 })).toThrow(/there is no option ipv6\.advertise\.lifetime/)
  expect(router({ preference: 'highest' })).toThrow(/give 'high', 'medium' or 'low'|high/)
  expect(() => lab.addHost({ address: '10.0.0.1/24', ipv6: { side: Ipv6Side, advertise: {} } })).toThrow(
    /Ipv6RouterSide/,
  )
})
