import { isIPv6 } from 'node:net'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { mac } from '../address.js'
import {
  commonPrefix,
  formatIpv6,
  hostInterface6,
  ipv6Address,
  ipv6Interface,
  isV4Mapped,
  linkLocalOf,
  needsZone,
  parseIpv6,
  prefixOf,
  readIpv6,
  scopeOf,
  solicitedNode,
  underPrefix,
  writeIpv6,
} from './address.js'

/** As it is written. */
const ipv6 = (text: string) => parseIpv6(text)!

const octetsOf = (text: string) => {
  const octets = new Uint8Array(16)
  writeIpv6(ipv6(text), octets, 0)
  return Buffer.from(octets).toString('hex')
}

describe('the text of an IPv6 address', () => {
  it('is read in each form of RFC 4291 2.2', () => {
    expect(octetsOf('ABCD:EF01:2345:6789:ABCD:EF01:2345:6789')).toBe('abcdef0123456789abcdef0123456789')
    expect(octetsOf('2001:DB8:0:0:8:800:200C:417A')).toBe('20010db80000000000080800200c417a')
    expect(octetsOf('FF01::101')).toBe('ff010000000000000000000000000101')
    expect(octetsOf('::1')).toBe(`${'0'.repeat(31)}1`)
    expect(octetsOf('::')).toBe('0'.repeat(32))
    expect(octetsOf('0:0:0:0:0:0:13.1.68.3')).toBe('0000000000000000000000000d014403')
    expect(octetsOf('::FFFF:129.144.52.38')).toBe('00000000000000000000ffff81903426')
    expect(octetsOf('1:2:3:4:5:6:7::')).toBe('00010002000300040005000600070000')
    expect(octetsOf('::2:3:4:5:6:7:8')).toBe('00000002000300040005000600070008')
  })

  it('that is wrong is no address', () => {
    const wrong = [
      '',
      ':',
      ':::',
      '1',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1::2::3',
      '12345::',
      'g::',
      '1:2:3:4:5:6:7:8::',
      '::1:2:3:4:5:6:7:8',
    ]
    const tails = [
      '::1.2.3',
      '::1.2.3.256',
      '1.2.3.4',
      '::1.2.3.4:5',
      '1.2.3.4::',
      ':1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:',
      '::1 ',
      ' ::1',
      '::01.2.3.4',
    ]
    for (const text of [...wrong, ...tails]) {
      expect(parseIpv6(text), text).toBeUndefined()
      expect(isIPv6(text), `${text}, to Node`).toBe(false)
    }
  })

  it.each([
    // RFC 5952 4.1 to 4.3, and 5
    ['2001:0db8::0001', '2001:db8::1'],
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:DB8:AAAA::AaAa', '2001:db8:aaaa::aaaa'],
    ['::ffff:c000:201', '::ffff:192.0.2.1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['0:0:0:0:0:0:0:0', '::'],
  ])('%s is written %s', (given, written) => {
    expect(formatIpv6(ipv6(given))).toBe(written)
  })

  it('of ten thousand addresses is what a browser writes, and is read back as the same object', () => {
    const random = new SeededRandom(5952)
    for (let i = 0; i < 10_000; i++) {
      const word = () => (random.below(2) === 0 ? 0 : random.below(2) === 0 ? random.below(0x10000) : random.next32())
      const address = ipv6Address(word(), word(), word(), word())
      const text = formatIpv6(address)
      expect(parseIpv6(text)).toBe(address)
      const octets = new Uint8Array(20)
      writeIpv6(address, octets, 2)
      expect(readIpv6(octets, 2)).toBe(address)
      if (!isV4Mapped(address)) expect(`[${text}]`).toBe(new URL(`http://[${text}]/`).hostname)
    }
  })

  it('that is spoiled is read as Node reads it', () => {
    const random = new SeededRandom(4291)
    const letters = '0123456789abcdef:::.g'
    for (let i = 0; i < 30_000; i++) {
      let text = formatIpv6(ipv6Address(random.next32(), 0, random.below(3), random.next32()))
      for (let times = 1 + random.below(3); times > 0; times--) {
        const at = random.below(text.length + 1)
        text = text.slice(0, at) + letters[random.below(letters.length)] + text.slice(at + random.below(2))
      }
      expect(parseIpv6(text) !== undefined, text).toBe(isIPv6(text))
    }
  })
})

describe('a zone (RFC 4007)', () => {
  it('belongs to an address that means something on one link, and makes it another', () => {
    const address = ipv6('fe80::1%lp0')
    expect(formatIpv6(address)).toBe('fe80::1%lp0')
    expect(ipv6('fe80::1%lp0')).toBe(address)
    expect(ipv6('fe80::1%lp1')).not.toBe(address)
    expect(ipv6('fe80::1')).not.toBe(address)
    expect(formatIpv6(ipv6('ff02::2%lp0'))).toBe('ff02::2%lp0')
    for (const text of ['2001:db8::1%lp0', '::1%lo', 'ff0e::1%lp0', 'fe80::1%', 'fe80::1%a b', 'fe80::1%a%b'])
      expect(parseIpv6(text), text).toBeUndefined()
  })

  it('is given to what arrives, where it is needed', () => {
    const octets = new Uint8Array(32)
    writeIpv6(ipv6('fe80::1'), octets, 0)
    writeIpv6(ipv6('2001:db8::1'), octets, 16)
    expect([readIpv6(octets, 0, 'lp0'), readIpv6(octets, 16, 'lp0')]).toEqual([
      ipv6('fe80::1%lp0'),
      ipv6('2001:db8::1'),
    ])
    expect(
      ['fe80::', 'febf:ffff::', 'fec0::', 'fe7f::', 'ff01::1', 'ff02::1', 'ff05::1', '::1'].map((text) =>
        needsZone(ipv6(text)),
      ),
    ).toEqual([true, true, false, false, true, true, false, false])
  })
})

describe('what an IPv6 address is', () => {
  it('has the scope of RFC 4291 2.7 and RFC 6724 3.1', () => {
    const scopes = ['ff01::1', 'ff02::1', 'ff05::1:3', 'ff0e::1', 'fe80::1', '::1', 'fec0::1', 'fd00::1', '2001:db8::1']
    expect(scopes.map((text) => scopeOf(ipv6(text)))).toEqual([1, 2, 5, 14, 2, 2, 5, 14, 14])
  })

  it('has a solicited-node group: the example of RFC 4291 2.7.1', () => {
    expect(formatIpv6(solicitedNode(ipv6('4037::01:800:200e:8c6c'), 'lp0'))).toBe('ff02::1:ff0e:8c6c%lp0')
  })

  it('is made of a station: the example of RFC 4291 appendix A', () => {
    // 34-56-78-9A-BC-DE is 36-56-78-FF-FE-9A-BC-DE as an identifier (RFC 2464 4)
    expect(formatIpv6(linkLocalOf(mac('34:56:78:9a:bc:de'), 'lp0'))).toBe('fe80::3656:78ff:fe9a:bcde%lp0')
  })

  it('is under a prefix of any length', () => {
    const address = ipv6('2001:db8:ffff:ffff:ffff:ffff:ffff:ffff')
    expect([0, 1, 31, 32, 33, 48, 64, 65, 127, 128].map((length) => formatIpv6(prefixOf(address, length)))).toEqual([
      '::',
      '::',
      '2001:db8::',
      '2001:db8::',
      '2001:db8:8000::',
      '2001:db8:ffff::',
      '2001:db8:ffff:ffff::',
      '2001:db8:ffff:ffff:8000::',
      '2001:db8:ffff:ffff:ffff:ffff:ffff:fffe',
      '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
    ])
    expect(commonPrefix(ipv6('2001:db8::'), ipv6('2001:db9::'))).toBe(31)
    expect(commonPrefix(address, address)).toBe(128)
    expect([
      underPrefix(ipv6('2001:db8::9'), ipv6('2001:db8::'), 64),
      underPrefix(ipv6('2001:db8:0:1::9'), ipv6('2001:db8::'), 64),
    ]).toEqual([true, false])
  })

  it('may be an interface’s, or not', () => {
    expect(hostInterface6('2001:db8::2/64')).toEqual({ address: ipv6('2001:db8::2'), prefixLength: 64 })
    for (const text of ['::/64', '::1/128', 'ff02::1/64', '::ffff:1.2.3.4/96'])
      expect(() => hostInterface6(text), text).toThrow(/^an interface cannot have the address/)
    for (const text of ['2001:db8::2', '2001:db8::2/129', '2001:db8::2/', '2001:db8::2/6/4'])
      expect(() => ipv6Interface(text), text).toThrow('write it like 2001:db8::2/64')
  })
})
