import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { formatIpv6, type Ipv6Address, parseIpv6, writeIpv6 } from '../ipv6/address.js'
import { type DiscoveryOptions, parseDiscoveryOptions } from './neighbour-discovery.js'

const six = (text: string): number[] => {
  const octets = new Uint8Array(16)
  writeIpv6(parseIpv6(text) as Ipv6Address, octets, 0)
  return [...octets]
}
const name = (text: string): number[] => [
  ...text.split('.').flatMap((label) => [label.length, ...[...label].map((letter) => letter.charCodeAt(0))]),
  0,
]
const padded = (octets: readonly number[]): number[] => [...octets, ...Array((8 - (octets.length % 8)) % 8).fill(0)]
const seconds = (lifetime: number) => [
  lifetime >>> 24,
  (lifetime >>> 16) & 0xff,
  (lifetime >>> 8) & 0xff,
  lifetime & 0xff,
]
/** RFC 8106 5.1, figure 1. */
const rdnss = (lifetime: number, ...addresses: string[]) => [
  ...[25, 1 + 2 * addresses.length, 0, 0, ...seconds(lifetime)],
  ...addresses.flatMap(six),
]
/** RFC 8106 5.2, figure 2. */
const dnssl = (lifetime: number, ...domains: string[]) => {
  const names = padded(domains.flatMap(name))
  return [31, 1 + names.length / 8, 0, 0, ...seconds(lifetime), ...names]
}
const parse = (...options: number[][]) =>
  parseDiscoveryOptions(Uint8Array.from(options.flat()), 0, options.flat().length)
const told = (options: DiscoveryOptions | undefined) => [
  ...(options?.nameServers ?? []).map(({ address, lifetimeSeconds }) => `${formatIpv6(address)} ${lifetimeSeconds}`),
  ...(options?.searchDomains ?? []).map(({ domain, lifetimeSeconds }) => `${domain} ${lifetimeSeconds}`),
  ...(options?.misshapen ? [`${options.misshapen} misshapen`] : []),
]

describe('what a router says of names (RFC 8106 5)', () => {
  it('are name servers, with their lifetime', () => {
    expect(told(parse(rdnss(600, '2001:db8::53')))).toEqual(['2001:db8::53 600'])
    expect(told(parse(rdnss(0xffffffff, '2001:db8::53', 'fe80::1'), rdnss(0, '2001:db8::54')))).toEqual([
      '2001:db8::53 4294967295',
      'fe80::1 4294967295',
      '2001:db8::54 0',
    ])
  })

  it('are domains, padded with zeros', () => {
    expect(told(parse(dnssl(1800, 'example.com')))).toEqual(['example.com 1800'])
    expect(told(parse(dnssl(9, 'lab.test', 'ab.cde')))).toEqual(['lab.test 9', 'ab.cde 9'])
    // Eight octets, and no padding.
    expect(dnssl(9, 'lab.cd')).toHaveLength(16)
    expect(told(parse(dnssl(9, 'lab.cd')))).toEqual(['lab.cd 9'])
  })

  it('are passed over, and counted, where their form is not theirs; what stands beside them is taken', () => {
    const mtu = [5, 1, 0, 0, 0, 0, 5, 120]
    for (const wrong of [
      // No address; half an address.
      [25, 1, 0, 0, 0, 0, 2, 88],
      [25, 2, 0, 0, 0, 0, 2, 88, 1, 2, 3, 4, 5, 6, 7, 8],
      // No name; a pointer; a label that runs out of the option; octets behind the padding.
      [31, 1, 0, 0, 0, 0, 2, 88],
      [31, 2, 0, 0, 0, 0, 2, 88, ...Array(8).fill(0)],
      [31, 2, 0, 0, 0, 0, 2, 88, 1, 0x61, 0xc0, 0, 0, 0, 0, 0],
      [31, 2, 0, 0, 0, 0, 2, 88, 0xc0, 8, 0, 0, 0, 0, 0, 0],
      [31, 2, 0, 0, 0, 0, 2, 88, 9, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61],
      [31, 2, 0, 0, 0, 0, 2, 88, 1, 0x61, 0, 0, 0, 0, 1, 0x62],
    ])
      expect([told(parse(wrong, mtu)), parse(wrong, mtu)?.mtu], String(wrong)).toEqual([['1 misshapen'], 1400])
    // A pointer from the second name to the first, as messages of DNS have them, wherever the message is said to begin.
    for (let to = 0; to < 64; to++) {
      const pointing = [
        31,
        4,
        0,
        0,
        0,
        0,
        2,
        88,
        ...name('ab.cd'),
        ...name('ef.gh'),
        1,
        0x65,
        0xc0,
        to,
        0,
        0,
        0,
        0,
        0,
        0,
      ]
      expect(told(parse(mtu, pointing))).toEqual(['1 misshapen'])
    }
  })

  it('are sixteen of each at most', () => {
    const many = Array.from({ length: 10 }, (_, at) => `2001:db8::${at + 1}`)
    const options = parse(rdnss(1, ...many), rdnss(1, ...many), dnssl(1, ...'abcdefghij'), dnssl(1, ...'klmnopqrst'))
    expect([options?.nameServers.length, options?.searchDomains.length]).toEqual([16, 16])
  })

  it('throw nothing and are bounded, whatever the octets', () => {
    const random = new SeededRandom(8106)
    const base = [
      rdnss(600, '2001:db8::53', '2001:db8::54'),
      dnssl(600, 'lab.test', 'www.example.com'),
      rdnss(0, '::1'),
    ].flat()
    let read = 0
    for (let round = 0; round < 50_000; round++) {
      const octets = Uint8Array.from(base)
      for (let i = random.below(5); i >= 0; i--) octets[random.below(octets.length)] = random.below(256)
      const end = random.below(4) === 0 ? random.below(octets.length + 1) : octets.length
      const options = parseDiscoveryOptions(octets, 0, end)
      if (options === undefined) continue
      read++
      expect(options.nameServers.length + options.searchDomains.length).toBeLessThanOrEqual(32)
      for (const { domain } of options.searchDomains) expect(domain).toMatch(/^[!-~]+$/)
    }
    expect(read).toBeGreaterThan(5_000)
  })
})
