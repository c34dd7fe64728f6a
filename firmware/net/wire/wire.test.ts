import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { ensure } from '../../../test/support/ensure.js'
import { formatIpv4, formatMac, ipv4, ipv4Interface, mac, parseIpv4 } from '../address.js'
import { emitArp, parseArp } from './arp.js'
import { emitEthernet, parseEthernet } from './ethernet.js'
import { emitIcmp, parseIcmp } from './icmp.js'
import { emitIpv4, parseIpv4Packet } from './ipv4.js'
import { printFrame } from './print.js'

const hex = (text: string) => Uint8Array.from(text.split(/\s+/).map((pair) => Number.parseInt(pair, 16)))

/** A request as Linux sends it: 192.168.7.1 asks 192.168.7.2 for an echo, 8 octets of data. The sums were computed by another program. */
const ECHO = hex(
  '02 00 00 00 00 02 02 00 00 00 00 01 08 00 ' +
    '45 00 00 24 12 34 40 00 40 01 99 51 c0 a8 07 01 c0 a8 07 02 ' +
    '08 00 70 73 77 77 00 01 01 02 03 04 05 06 07 08',
)
/** 192.168.7.1 asks who has 192.168.7.2. */
const ARP = hex(
  'ff ff ff ff ff ff 02 00 00 00 00 01 08 06 ' +
    '00 01 08 00 06 04 00 01 02 00 00 00 00 01 c0 a8 07 01 00 00 00 00 00 00 c0 a8 07 02',
)

describe('addresses', () => {
  it('reads and writes dotted decimal', () => {
    expect(ipv4('192.168.7.2')).toBe(0xc0a80702)
    expect(formatIpv4(0xffffffff)).toBe('255.255.255.255')
    for (const bad of ['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1.2.3.x', '1..2.3', '-1.2.3.4'])
      expect(parseIpv4(bad), bad).toBeUndefined()
  })

  it('says what is wrong with what was typed', () => {
    expect(() => ipv4Interface('192.168.7.2')).toThrow('write it like 192.168.7.2/24')
    expect(() => ipv4Interface('192.168.7.2/33')).toThrow('"192.168.7.2/33"')
    expect(() => mac('02:00')).toThrow('write it like 02:00:00:00:00:01')
    expect(formatMac(mac('02-aB-00-00-00-01'))).toBe('02:ab:00:00:00:01')
  })
})

describe('ARP (RFC 826)', () => {
  it('parses and emits a request octet for octet', () => {
    const arp = parseArp(ARP, 14)
    expect(arp).toEqual({
      operation: 1,
      senderMac: mac('02:00:00:00:00:01'),
      senderAddress: ipv4('192.168.7.1'),
      targetMac: new Uint8Array(6),
      targetAddress: ipv4('192.168.7.2'),
    })
    const out = ARP.slice()
    out.fill(0, 14)
    if (typeof arp !== 'string') emitArp(arp, out, 14)
    expect(out).toEqual(ARP)
  })

  it('refuses other hardware and other protocols', () => {
    for (const at of [1, 2, 4, 5]) {
      const other = ARP.slice(14)
      other[at] ^= 1
      expect(parseArp(other)).toBe('not IPv4 over Ethernet')
    }
    expect(parseArp(ARP.slice(0, 41), 14)).toBe('truncated')
  })
})

describe('IPv4 (RFC 791) and ICMP (RFC 792)', () => {
  it('parses and emits an echo request octet for octet', () => {
    const ethernet = parseEthernet(ECHO)!
    const ip = parseIpv4Packet(ECHO, ethernet.payloadAt)
    if (typeof ip === 'string') throw new Error(ip)
    expect(ip).toMatchObject({ identification: 0x1234, dontFragment: true, timeToLive: 64, protocol: 1 })
    const icmp = parseIcmp(ECHO, ip.payloadAt, ip.payloadEnd)
    if (typeof icmp === 'string') throw new Error(icmp)
    expect(icmp).toMatchObject({ type: 8, code: 0, identifier: 0x7777, sequence: 1 })
    const out = new Uint8Array(ECHO.length)
    out.set(ECHO.subarray(icmp.dataAt), icmp.dataAt)
    expect(emitEthernet(ethernet, out)).toBe(14)
    emitIpv4(ip, 16, out, 14)
    emitIcmp(icmp, out, 34, 50)
    expect(out).toEqual(ECHO)
  })

  it('names what is wrong with a header', () => {
    const broken = (at: number, value: number) => {
      const octets = ECHO.slice(14)
      octets[at] = value
      return parseIpv4Packet(octets)
    }
    expect(broken(0, 0x65)).toBe('version')
    expect(broken(0, 0x44)).toBe('header length')
    expect(broken(0, 0x4f)).toBe('truncated')
    expect(broken(3, 19)).toBe('total length')
    expect(broken(3, 255)).toBe('truncated')
    expect(broken(8, 63)).toBe('header checksum')
    expect(parseIpv4Packet(new Uint8Array(19))).toBe('truncated')
  })

  it('leaves padding behind the datagram out', () => {
    const padded = new Uint8Array(60)
    padded.set(ECHO)
    padded.fill(0xee, ECHO.length)
    const ip = parseIpv4Packet(padded, 14)
    expect(ip).toMatchObject({ payloadAt: 34, payloadEnd: 50 })
  })

  it('finds each flipped bit of an ICMP message', () => {
    for (let bit = 34 * 8; bit < 50 * 8; bit++) {
      const bad = ECHO.slice()
      bad[bit >> 3] ^= 1 << (bit & 7)
      expect(parseIcmp(bad, 34, 50)).toBe('checksum')
    }
  })
})

describe('printers', () => {
  it('print as tcpdump does', () => {
    expect(printFrame(ARP)).toBe('ARP, Request who-has 192.168.7.2 tell 192.168.7.1')
    expect(printFrame(ECHO)).toBe('IP 192.168.7.1 > 192.168.7.2: ICMP echo request, id 30583, seq 1, length 16')
    const tagged = new Uint8Array(ARP.length + 4)
    tagged.set(ARP.subarray(0, 12))
    tagged.set([0x81, 0x00, 0x20, 0x05], 12)
    tagged.set(ARP.subarray(12), 16)
    expect(printFrame(tagged)).toBe('vlan 5, ARP, Request who-has 192.168.7.2 tell 192.168.7.1')
    expect(printFrame(ECHO.subarray(0, 9))).toBe('truncated frame, length 9')
    expect(printFrame(ECHO.subarray(0, 30))).toBe('IP, bad truncated')
  })
})

describe('hostile octets', () => {
  it('never make a parser or printer throw', () => {
    const random = new SeededRandom(7)
    for (let round = 0; round < 200_000; round++) {
      const base = round % 3 === 0 ? ARP : ECHO
      let octets: Uint8Array
      if (round % 5 === 0) octets = Uint8Array.from({ length: random.below(80) }, () => random.below(256))
      else {
        octets = base.slice(0, random.below(4) === 0 ? random.below(base.length + 1) : base.length)
        for (let i = random.below(4); i > 0 && octets.length > 0; i--)
          octets[random.below(octets.length)] = random.below(256)
      }
      const ethernet = parseEthernet(octets)
      const at = ethernet?.payloadAt ?? 0
      parseArp(octets, at)
      const ip = parseIpv4Packet(octets, at)
      if (typeof ip !== 'string') {
        const { payloadAt, payloadEnd } = ip
        ensure(payloadAt <= payloadEnd && payloadEnd <= octets.length, () => `${octets}: ${payloadAt} to ${payloadEnd}`)
      }
      parseIcmp(octets, at)
      const printed = printFrame(octets)
      ensure(!/undefined|NaN|\n/.test(printed), () => `${octets}: ${printed}`)
    }
  })
})
