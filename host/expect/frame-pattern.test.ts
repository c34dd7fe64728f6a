import { describe, expect, it } from 'vitest'
import { type FrameFields, type FrameProtocol, frameMatches, framePattern, patternWords } from './frame-pattern.js'

const octets = (hex: string) => Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (each) => Number.parseInt(each, 16))
const ETHERNET = '02000000000a 02000000000b'
/** By hand, as RFC 826 has it: a request of 192.168.7.2 for 192.168.7.1. */
const ARP = octets(`${ETHERNET} 0806 0001 0800 06 04 0001 02000000000b c0a80702 000000000000 c0a80701`)
/** By hand, as RFC 792 has it: an echo of "abc", identifier 1, sequence 7; both checksums worked out by hand. */
const ECHO = octets(`${ETHERNET} 0800 4500001f 00000000 40 01 eb8a c0a80702 c0a80701 0800 3395 0001 0007 616263`)
/** RFC 768, checksum 0: not computed. 1024 to 7, "GET x". */
const UDP = octets(`${ETHERNET} 0800 45000021 00000000 40 11 eb78 c0a80702 c0a80701 0400 0007 000d 0000 4745542078`)

const matches = (frame: Uint8Array, protocol: FrameProtocol, fields: FrameFields = {}) =>
  frameMatches(framePattern(protocol, fields), frame)

describe('a pattern of frames', () => {
  it.each<[Uint8Array, FrameProtocol, FrameFields, boolean]>([
    [ARP, 'arp', {}, true],
    [ARP, 'arp', { type: 'request', sender: '192.168.7.2', target: '192.168.7.1' }, true],
    [ARP, 'arp', { type: 'reply' }, false],
    [ARP, 'arp', { target: '192.168.7.2' }, false],
    [ARP, 'arp', { sourceMac: '02:00:00:00:00:0B' }, true],
    [ARP, 'arp', { destinationMac: 'ff:ff:ff:ff:ff:ff' }, false],
    [ARP, 'ethernet', { etherType: 0x0806, octets: '00 01 ?? 00' }, true],
    [ARP, 'ipv4', {}, false],
    [ECHO, 'icmp', { type: 'echo-request', identifier: 1, sequence: 7, text: 'abc' }, true],
    [ECHO, 'icmp', { type: 0 }, false],
    [ECHO, 'icmp', { type: 8, source: '192.168.7.2' }, true],
    [ECHO, 'ipv4', { destination: '192.168.7.1' }, true],
    [ECHO, 'udp', {}, false],
    [UDP, 'udp', { sourcePort: 1024, destinationPort: 7, octets: '47 ?? 54' }, true],
    [UDP, 'udp', { octets: '47 45 54 20 78 00' }, false],
    [UDP, 'udp', { text: 'GET y' }, false],
    [UDP.subarray(0, 20), 'udp', {}, false],
  ])('%#: matches what its fields say, and whatever stands in others', (frame, protocol, fields, expected) => {
    expect(matches(frame, protocol, fields)).toBe(expected)
  })

  it('knows the flags of TCP, all of them', () => {
    const segment = (flags: string) =>
      octets(
        `${ETHERNET} 0800 45000028 00000000 40 06 eb7c c0a80702 c0a80701 0400 0050 00000001 00000000 50${flags} 0000 0000 0000`,
      )
    // The checksum (RFC 9293 3.1) over the pseudo header: made here, so that the segment is in order.
    const sealed = (flags: string) => {
      const frame = segment(flags)
      const words = [...frame.subarray(26, 54)].map((octet, at) => (at % 2 === 0 ? octet << 8 : octet))
      let sum = words.reduce((all, each) => all + each, 6 + 20)
      while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16)
      frame[50] = (~sum >> 8) & 0xff
      frame[51] = ~sum & 0xff
      return frame
    }
    expect(matches(sealed('12'), 'tcp', { flags: 'SYN ACK', destinationPort: 80, sequence: 1 })).toBe(true)
    expect(matches(sealed('12'), 'tcp', { flags: 'SYN' })).toBe(false)
    expect(matches(sealed('02'), 'tcp', { flags: 'syn' })).toBe(true)
  })

  it.each<[FrameProtocol, FrameFields, RegExp]>([
    ['arp', { sourcePort: 3 }, /a frame of arp has no field "sourcePort"; it has sourceMac, /],
    ['udp', { source: 'x' }, /udp source: give an address, as 192\.168\.7\.2, not "x"/],
    ['icmp', { type: 'echo' }, /icmp type: give a number, or one of echo-request, echo-reply, not "echo"/],
    ['udp', { octets: '4' }, /udp octets: give octets in hexadecimal/],
    ['tcp', { destinationPort: -1 }, /tcp destinationPort: give a whole number, not -1/],
  ])('refuses what it cannot be: %#', (protocol, fields, message) => {
    expect(() => framePattern(protocol, fields)).toThrow(message)
  })

  it('has words', () => {
    expect(patternWords(framePattern('arp', { type: 'request', target: '10.0.0.1' }))).toBe(
      'an arp request frame { target: 10.0.0.1 }',
    )
    expect(patternWords(framePattern('udp'))).toBe('a udp frame')
  })
})
