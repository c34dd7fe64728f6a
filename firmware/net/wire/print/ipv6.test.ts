import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../../boards/simulation/random.js'
import { parseIpv6, writeIpv6 } from '../../ipv6/address.js'
import { checksum } from '../checksum.js'
import { printFrame } from '../print.js'
import { ipv6PseudoHeader } from '../pseudo-header.js'
import { printAnyFrame } from './ipv6.js'

const octetsOf = (hex: string) =>
  Uint8Array.from(hex.replace(/\s/g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const hexOf = (address: string) => {
  const octets = new Uint8Array(16)
  writeIpv6(parseIpv6(address)!, octets, 0)
  return Buffer.from(octets).toString('hex')
}

/**
 * A frame of IPv6 (RFC 8200 3).
 * @param next the next header, two digits of hex, then headers and payload; `CCCC` is where the payload's checksum goes
 */
function frame(source: string, destination: string, next: string, headers: string, payload: string, protocol = next) {
  const body = octetsOf(payload.replace('CCCC', '0000'))
  const at = payload.replace(/\s/g, '').indexOf('CCCC') / 2
  if (at >= 0) {
    const sum = ipv6PseudoHeader(
      parseIpv6(source)!,
      parseIpv6(destination)!,
      Number.parseInt(protocol, 16),
      body.length,
    )
    const value = checksum(body, 0, body.length, sum)
    body[at] = value >> 8
    body[at + 1] = value & 0xff
  }
  const length = (headers.replace(/\s/g, '').length / 2 + body.length).toString(16).padStart(4, '0')
  const before = octetsOf(
    `333300000001 5254009c3dcf 86dd 60000000 ${length} ${next} ff ${hexOf(source)} ${hexOf(destination)} ${headers}`,
  )
  const whole = new Uint8Array(before.length + body.length)
  whole.set(before)
  whole.set(body, before.length)
  return whole
}

const A = 'fe80::1'
const B = 'fe80::2'
const icmp = (payload: string, to = B) => printAnyFrame(frame(A, to, '3a', '', payload))

describe('frames of IPv6', () => {
  it('are printed as tcpdump prints them: messages of ICMPv6', () => {
    expect(icmp('80 00 CCCC 1234 0007 0102030405060708')).toBe(
      'IP6 fe80::1 > fe80::2: ICMP6, echo request, id 4660, seq 7, length 16',
    )
    expect(icmp(`87 00 CCCC 00000000 ${hexOf(B)} 0101 5254009c3dcf`, 'ff02::1:ff00:2')).toBe(
      'IP6 fe80::1 > ff02::1:ff00:2: ICMP6, neighbor solicitation, who has fe80::2, length 32',
    )
    expect(icmp(`88 00 CCCC e0000000 ${hexOf(A)} 0201 5254009c3dcf`)).toBe(
      'IP6 fe80::1 > fe80::2: ICMP6, neighbor advertisement, tgt is fe80::1, length 32',
    )
    expect(icmp('02 00 CCCC 00000500 6000000000003aff')).toMatch(/: ICMP6, packet too big, mtu 1280, length 16$/)
    const prefix = `0304 40c0 00015180 00003840 00000000 ${hexOf('2001:db8:1::')}`
    expect(icmp(`86 00 CCCC 40 00 0708 00000000 00000000 ${prefix}`, 'ff02::1')).toBe(
      'IP6 fe80::1 > ff02::1: ICMP6, router advertisement, lifetime 1800 s, prefix 2001:db8:1::/64, length 48',
    )
    const names = `1903 0000 00000258 ${hexOf('fe80::53')} 1f02 0000 00000258 036c616200000000`
    expect(icmp(`86 00 CCCC 40 00 0708 00000000 00000000 ${names}`, 'ff02::1')).toBe(
      'IP6 fe80::1 > ff02::1: ICMP6, router advertisement, lifetime 1800 s, rdnss fe80::53, dnssl lab., length 56',
    )
    const quoted = `60000000 0010 11 40 ${hexOf('2001:db8::1')} ${hexOf('2001:db8::2')} 1f90 0035 0010 0000 0000000000000000`
    expect(icmp(`01 04 CCCC 00000000 ${quoted}`)).toMatch(
      /: ICMP6, destination unreachable, unreachable port, 2001:db8::2 udp port 53, length 64$/,
    )
    expect(icmp(`03 00 CCCC 00000000 ${quoted}`)).toMatch(
      /: ICMP6, time exceeded in-transit for 2001:db8::2, length 64$/,
    )
  })

  it('say what stands before the payload: options for every hop, a fragment', () => {
    const report = `8f 00 CCCC 0000 0001 04 00 0000 ${hexOf('ff02::1:ff00:2')}`
    expect(printAnyFrame(frame(A, 'ff02::16', '00', '3a00 05020000 0100', report, '3a'))).toBe(
      'IP6 fe80::1 > ff02::16: HBH ICMP6, multicast listener report v2, 1 group record(s), length 28',
    )
    expect(printAnyFrame(frame(A, B, '2c', '3a00 05a9 00001234', '0102030405060708'))).toBe(
      'IP6 fe80::1 > fe80::2: fragment id 4660 1448:8+, protocol 58',
    )
  })

  it('have segments and datagrams with their ports, and a sum over both addresses', () => {
    const syn = '9c40 0050 00000064 00000000 5002 faf0 CCCC 0000'
    expect(printAnyFrame(frame(A, B, '06', '', syn))).toBe(
      'IP6 fe80::1.40000 > fe80::2.80: Flags [S], seq 100, win 64240, length 0',
    )
    expect(printAnyFrame(frame(A, B, '11', '', '1f90 1f91 000a CCCC 4869'))).toBe(
      'IP6 fe80::1.8080 > fe80::2.8081: UDP, length 2',
    )
    const changed = frame(A, B, '06', '', syn)
    changed[14 + 8 + 15] ^= 1
    expect(printAnyFrame(changed)).toMatch(/TCP, bad checksum, length 20$/)
  })

  it('are frames of some EtherType to whoever prints IPv4 alone, and IPv4 is printed as ever', () => {
    const echo = frame(A, B, '3a', '', '80 00 CCCC 1234 0007')
    expect(printFrame(echo)).toMatch(/ethertype 0x86dd/)
    const arp = octetsOf(
      'ffffffffffff 5254009c3dcf 0806 0001 0800 06 04 0001 5254009c3dcf c0a80701 000000000000 c0a80702',
    )
    expect(printAnyFrame(arp)).toBe('ARP, Request who-has 192.168.7.2 tell 192.168.7.1')
  })

  it('give a line, whatever octets they have', () => {
    const random = new SeededRandom(86)
    const report = `8f 00 CCCC 0000 0001 04 00 0000 ${hexOf('ff02::1:ff00:2')}`
    const bases = [
      frame(A, B, '06', '', '9c40 0050 00000064 00000000 5002 faf0 CCCC 0000'),
      frame(A, 'ff02::16', '00', '3a00 05020000 0100', report, '3a'),
      frame(A, B, '2c', '3a00 05a9 00001234', '0102030405060708'),
      frame(A, B, '3a', '', `86 00 CCCC 40 00 0708 00000000 00000000 0304 40c0 00015180 00003840 00000000 ${hexOf(A)}`),
    ]
    for (let round = 0; round < 40_000; round++) {
      const base = bases[round % bases.length]
      const octets = base.slice(0, random.below(3) === 0 ? random.below(base.length + 1) : base.length)
      for (let i = random.below(4); i > 0 && octets.length > 0; i--)
        octets[random.below(octets.length)] = random.below(256)
      expect(printAnyFrame(octets)).toMatch(/^(?!.*(undefined|NaN)).+$/)
    }
    for (const base of bases) {
      // Checksums hide most of what is behind them: here they are made right again.
      for (let type = 0; type < 256; type++)
        for (let length = 8; length <= 64; length += 8)
          expect(
            icmp(`${type.toString(16).padStart(2, '0')} 00 CCCC ${Buffer.from(base.slice(0, length)).toString('hex')}`),
          ).toMatch(/^(?!.*(undefined|NaN)).+$/)
    }
  })
})
