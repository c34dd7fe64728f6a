import { describe, expect, it } from 'vitest'
import { ipv4 } from './address.js'
import {
  addressShownIn,
  covers,
  familyOf,
  formatEndpoint,
  formatIp,
  isFamily,
  isIpAddress,
  isUnspecified,
  keepIp,
  keptOctets,
  overlap,
  parseIp,
  recallIp,
  unmapped,
  unspecified,
  unspecifiedOfAll,
  writeIp,
} from './ip.js'

const A = ipv4('192.168.7.2')
const B = ipv4('255.1.0.254')
const ANY = unspecified('ipv4')
const L = parseIp('ipv6', 'fe80::1%eth0')!
const G = parseIp('ipv6', '2001:db8::1')!

describe('an address of whatever family', () => {
  it('is read as it is written, as text and as octets', () => {
    for (const text of ['0.0.0.0', '192.168.7.2', '255.255.255.255', '128.0.0.1']) {
      const address = parseIp('ipv4', text)!
      expect(formatIp(address)).toBe(text)
      expect(familyOf(address)).toBe('ipv4')
      const octets = new Uint8Array(8)
      expect(writeIp(address, octets, 3)).toBe(7)
      expect([...octets.subarray(3, 7)].join('.')).toBe(text)
      expect(recallIp('ipv4', octets, 3)).toBe(address)
    }
    expect(parseIp('ipv4', 'fe80::1')).toBeUndefined()
  })

  it('stands before its port', () => {
    expect(formatEndpoint({ address: A, port: 80 })).toBe('192.168.7.2:80')
    expect(formatEndpoint({ address: L, port: 80 })).toBe('[fe80::1%eth0]:80')
  })

  it('has a family that this version speaks', () => {
    expect(['ipv4', 'ipv6', 'ipx', 'toString'].map(isFamily)).toEqual([true, true, false, false])
  })

  it('is told from what is invalid', () => {
    expect([0, A, 0xffffffff, L].every(isIpAddress)).toBe(true)
    expect(
      [{ family: 'ipv6' }, -1, 0.5, 2 ** 32, Number.NaN, '1.2.3.4', null, undefined, {}, { family: 'ipx' }].some(
        isIpAddress,
      ),
    ).toBe(false)
  })
})

describe('an address that a socket keeps', () => {
  it('comes back with its zone, and one of IPv4 as what it is', () => {
    const octets = new Uint8Array(64)
    for (const address of [L, G, A, B, parseIp('ipv6', 'ff02::1%eth1')!]) {
      expect(keepIp('ipv6', address, octets, 5)).toBe(5 + keptOctets('ipv6'))
      expect(recallIp('ipv6', octets, 5)).toBe(address)
    }
  })

  it('of IPv4 is mapped where a socket of IPv6 shows it, and back', () => {
    const shown = addressShownIn('ipv6', A)
    expect(formatIp(shown)).toBe('::ffff:192.168.7.2')
    expect(unmapped(shown)).toBe(A)
    expect([addressShownIn('ipv4', A), addressShownIn('ipv6', G), unmapped(G), unmapped(B)]).toEqual([A, G, G, B])
  })
})

describe('what is bound', () => {
  it('to any address of IPv6 has those of IPv4 only where it is for all families (RFC 3493 5.3)', () => {
    const six = unspecified('ipv6')
    const all = unspecifiedOfAll('ipv6')
    expect([six, all, unspecifiedOfAll('ipv4')].map(isUnspecified)).toEqual([true, true, true])
    expect([six, all].map(formatIp)).toEqual(['::', '::'])
    expect([covers(six, G), covers(six, A), covers(all, G), covers(all, A), covers(ANY, G)]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ])
    expect([overlap(six, ANY), overlap(all, ANY), overlap(ANY, all), overlap(six, all), overlap(all, A)]).toEqual([
      false,
      true,
      true,
      true,
      true,
    ])
  })

  it('to any address has every one of its family', () => {
    expect(isUnspecified(ANY)).toBe(true)
    expect([covers(ANY, A), covers(ANY, ANY), covers(A, A)]).toEqual([true, true, true])
    expect([covers(A, ANY), covers(A, B)]).toEqual([false, false])
  })

  it('overlaps where both would have an address', () => {
    expect([overlap(A, ANY), overlap(ANY, A), overlap(A, A), overlap(ANY, ANY)]).toEqual([true, true, true, true])
    expect(overlap(A, B)).toBe(false)
  })
})
