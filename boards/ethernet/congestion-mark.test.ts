import { describe, expect, it } from 'vitest'
import { isEcnCapable, markCongestion } from './congestion-mark.js'

/** Made with scapy: Ether()/IP(src='10.0.0.1', dst='10.0.0.2', tos=2)/TCP(), and the same with tos=3; the header's checksum is its own. */
const IPV4_ECT_0 = '020000000002020000000001080045020028000100004006' + '66cb' + '0a0000010a000002'
const IPV4_CE = '020000000002020000000001080045030028000100004006' + '66ca' + '0a0000010a000002'

const octets = (hex: string): Uint8Array => {
  const frame = new Uint8Array(60)
  frame.set(hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [])
  return frame
}

/** The sum over an IPv4 header, checksum included: FFFFh where it is right (RFC 1071). */
function headerSum(frame: Uint8Array, at: number): number {
  let sum = 0
  for (let i = at; i < at + 20; i += 2) sum += (frame[i] << 8) | frame[i + 1]
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return sum
}

describe('the mark of congestion', () => {
  it('is two bits of an IPv4 header, and its checksum follows', () => {
    const frame = octets(IPV4_ECT_0)
    expect(headerSum(frame, 14)).toBe(0xffff)
    markCongestion(frame)
    expect(frame).toEqual(octets(IPV4_CE))
  })

  it('keeps every IPv4 header’s checksum right, whatever else is in it', () => {
    for (let service = 0; service < 256; service++)
      for (const identification of [0, 1, 0x1234, 0xfffe, 0xffff]) {
        const frame = octets(IPV4_ECT_0)
        frame.set([service], 15)
        frame.set([identification >> 8, identification & 0xff], 18)
        frame.set([0, 0], 24)
        const sum = ~headerSum(frame, 14) & 0xffff
        frame.set([sum >> 8, sum & 0xff], 24)
        expect(headerSum(frame, 14)).toBe(0xffff)
        markCongestion(frame)
        expect([headerSum(frame, 14), frame[15]]).toEqual([0xffff, service | 3])
      }
  })

  it('is two bits of an IPv6 header, behind tags too', () => {
    const frame = octets(`02000000000202000000000186dd60${'20'}000000140640`)
    expect(isEcnCapable(frame)).toBe(true)
    markCongestion(frame)
    expect(frame).toEqual(octets(`02000000000202000000000186dd60${'30'}000000140640`))

    const tagged = octets(`0200000000020200000000018100006481000065${IPV4_ECT_0.slice(24)}`)
    expect(isEcnCapable(tagged)).toBe(true)
    markCongestion(tagged)
    expect(tagged).toEqual(octets(`0200000000020200000000018100006481000065${IPV4_CE.slice(24)}`))
  })

  it.each([
    ['what is not ECN-capable', IPV4_ECT_0.replace('4502', '4500')],
    ['what is marked already', IPV4_CE],
    ['ARP', '0200000000020200000000010806000108000604'],
    ['an EtherType that the version contradicts', IPV4_ECT_0.replace('4502', '6502')],
    ['IPv6 that is not ECN-capable', '02000000000202000000000186dd6000000000140640'],
  ])('is not for %s', (_, hex) => {
    expect(isEcnCapable(octets(hex))).toBe(false)
  })

  it('is not for a frame that ends before its header does', () => {
    for (let length = 0; length < 34; length++) expect(isEcnCapable(octets(IPV4_ECT_0).subarray(0, length))).toBe(false)
    const tags = new Uint8Array(40).map((_, i) => (i % 4 === 0 ? 0x81 : 0))
    expect(isEcnCapable(tags)).toBe(false)
    markCongestion(tags)
    expect(tags).toEqual(new Uint8Array(40).map((_, i) => (i % 4 === 0 ? 0x81 : 0)))
  })
})
