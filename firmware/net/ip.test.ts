import { describe, expect, it } from 'vitest'
import { ipv4 } from './address.js'
import {
  addressOctets,
  covers,
  familyOf,
  formatEndpoint,
  formatIp,
  isFamily,
  isIpAddress,
  isUnspecified,
  overlap,
  parseIp,
  readIp,
  unspecified,
  writeIp,
} from './ip.js'

const A = ipv4('192.168.7.2')
const B = ipv4('255.1.0.254')
const ANY = unspecified('ipv4')

describe('an address of whatever family', () => {
  it('is read as it is written, as text and as octets', () => {
    for (const text of ['0.0.0.0', '192.168.7.2', '255.255.255.255', '128.0.0.1']) {
      const address = parseIp('ipv4', text)!
      expect(formatIp(address)).toBe(text)
      expect(familyOf(address)).toBe('ipv4')
      const octets = new Uint8Array(8)
      expect(writeIp(address, octets, 3)).toBe(3 + addressOctets('ipv4'))
      expect([...octets.subarray(3, 7)].join('.')).toBe(text)
      expect(readIp('ipv4', octets, 3)).toBe(address)
    }
    expect(parseIp('ipv4', 'fe80::1')).toBeUndefined()
  })

  it('stands before its port', () => {
    expect(formatEndpoint({ address: A, port: 80 })).toBe('192.168.7.2:80')
  })

  it('has a family that this version speaks', () => {
    expect(['ipv4', 'ipv6', 'toString'].map(isFamily)).toEqual([true, false, false])
  })

  it('is told from what is invalid', () => {
    expect([0, A, 0xffffffff].every(isIpAddress)).toBe(true)
    expect([-1, 0.5, 2 ** 32, Number.NaN, '1.2.3.4', null, undefined, {}, { family: 'ipx' }].some(isIpAddress)).toBe(
      false,
    )
  })
})

describe('what is bound', () => {
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
