import { describe, expect, it } from 'vitest'
import { printAnyFrame } from '../../firmware/net/wire/print/ipv6.js'
import { printFrame } from '../../firmware/net/wire/print.js'
import { scriptAddress } from './addresses.js'
import type { TcpOption } from './script.js'
import { readQuoted, readWirePacket, writeFrames } from './wire.js'
import type { WirePacket } from './wire-packet.js'

const TO = Uint8Array.of(2, 0, 0, 0, 0, 1)
const FROM = Uint8Array.of(2, 0, 0, 0, 0, 2)
const NETWORK = { source: 0xc0000201, destination: 0xc0a80001, timeToLive: 64, trafficClass: 0xb8 }
const OPTIONS: TcpOption[] = [
  { kind: 'mss', value: 1460 },
  { kind: 'sackOK' },
  { kind: 'TS', value: 100, echo: 4000000000 },
  { kind: 'nop' },
  { kind: 'wscale', value: 7 },
]

function segment(fields: Partial<Extract<WirePacket['transport'], { kind: 'tcp' }>> = {}): WirePacket['transport'] {
  return {
    kind: 'tcp',
    sourcePort: 40000,
    destinationPort: 8080,
    flags: 0x18,
    sequence: 1001,
    acknowledgement: 77,
    window: 5840,
    urgentPointer: 0,
    options: [],
    data: Uint8Array.of(1, 2, 3),
    ...fields,
  }
}

describe('packets of a script on the wire', () => {
  it('are what the stack reads in them', () => {
    const [frame] = writeFrames(TO, FROM, NETWORK, segment({ options: OPTIONS }), 1500)
    expect(printFrame(frame)).toBe(
      'IP 192.0.2.1.40000 > 192.168.0.1.8080: Flags [P.], seq 1001:1004, ack 77, win 5840, options [mss 1460,wscale 7,sackOK,TS val 100 ecr 4000000000], length 3',
    )
    const [datagram] = writeFrames(
      TO,
      FROM,
      NETWORK,
      { kind: 'udp', sourcePort: 7, destinationPort: 9, data: new Uint8Array(3) },
      1500,
    )
    expect(printFrame(datagram)).toBe('IP 192.0.2.1.7 > 192.168.0.1.9: UDP, length 3')
  })

  it('come back as they were', () => {
    const written = segment({
      options: [
        ...OPTIONS.slice(0, 1),
        { kind: 'sack', blocks: [[1, 1001]] },
        { kind: 'unknown', number: 200, octets: Uint8Array.of(9) },
        { kind: 'eol' },
      ],
    })
    const [frame] = writeFrames(TO, FROM, NETWORK, written, 1500)
    expect(readWirePacket(frame)).toEqual({ ...NETWORK, transport: written, faults: [] })
  })

  it('are judged: a checksum, a length or an option that is wrong shows', () => {
    const [frame] = writeFrames(TO, FROM, NETWORK, segment({ options: OPTIONS }), 1500)
    const spoiled = (at: number, value: number) => {
      const copy = frame.slice()
      copy[at] = value
      return readWirePacket(copy)?.faults ?? []
    }
    expect(readWirePacket(frame)?.faults).toEqual([])
    expect(spoiled(22, 63)).toEqual(['its IPv4 header checksum is wrong'])
    expect(spoiled(frame.length - 1, 4)).toEqual(['its TCP checksum is wrong'])
    // The length of the MSS option.
    expect(spoiled(34 + 21, 0)).toContain('its option 2 has a length of 0')
    expect(spoiled(34 + 12, 0x40)).toContain('its data offset is 4 words')
  })

  it('go in fragments where they are longer than the MTU, and add up', () => {
    const data = Uint8Array.from({ length: 4000 }, (_, i) => i)
    const frames = writeFrames(TO, FROM, NETWORK, segment({ data }), 1500)
    expect(frames.map((frame) => frame.length - 14)).toEqual([1500, 1500, 4040 - 20 - 2 * 1480 + 20])
    // RFC 791 3.2: all but the last have a flag, each its offset in units of 8 octets, all one identification.
    expect(frames.map((frame) => frame[20] * 256 + frame[21])).toEqual([0x2000, 0x2000 + 185, 370])
    expect(new Set(frames.map((frame) => frame[18] * 256 + frame[19])).size).toBe(1)
    expect(frames.flatMap((frame) => readWirePacket(frame)?.faults ?? ['unread'])).toEqual([])
    expect(() => writeFrames(TO, FROM, NETWORK, segment({ data: new Uint8Array(65535) }), 1500)).toThrow(
      'at most 65535',
    )
  })
})

describe('packets of IPv6', () => {
  const address = (text: string) => scriptAddress('ipv6', text) ?? 0
  const network = {
    source: address('2001:db8::1'),
    destination: address('fd00::2'),
    timeToLive: 64,
    trafficClass: 0xb8,
    flowLabel: 0x12345,
  }
  const written = (transport: WirePacket['transport'], mtu = 1500) => writeFrames(TO, FROM, network, transport, mtu)

  it('are what the stack reads in them, and come back as they were', () => {
    const [frame] = written(segment({ options: OPTIONS }))
    expect(printAnyFrame(frame)).toBe(
      'IP6 2001:db8::1.40000 > fd00::2.8080: Flags [P.], seq 1001:1004, ack 77, win 5840, options [mss 1460,wscale 7,sackOK,TS val 100 ecr 4000000000], length 3',
    )
    // RFC 8200 3: version 6, traffic class 0xb8, flow label 0x12345; next header 6, hop limit 64.
    expect([...frame.slice(12, 22)]).toEqual([0x86, 0xdd, 0x6b, 0x81, 0x23, 0x45, 0, 20 + 20 + 3, 6, 64])
    expect(readWirePacket(written(segment())[0])).toEqual({ ...network, transport: segment(), faults: [] })
  })

  it('are judged: a length or a checksum that is wrong shows, and one that is missing', () => {
    const spoiled = (frame: Uint8Array, at: number, ...octets: number[]) => {
      const copy = frame.slice()
      copy.set(octets, at)
      return readWirePacket(copy)?.faults
    }
    const [tcp] = written(segment())
    const [udp] = written({ kind: 'udp', sourcePort: 7, destinationPort: 9, data: Uint8Array.of(1, 2, 3) })
    const message = { kind: 'icmp', type: 129, code: 0, identifier: 7, mtu: 0, data: new Uint8Array(3) } as const
    const [icmp] = written(message)
    for (const frame of [tcp, udp, icmp]) expect(readWirePacket(frame)?.faults).toEqual([])
    expect(spoiled(tcp, tcp.length - 1, 4)).toEqual(['its TCP checksum is wrong'])
    // The checksum has the addresses in it (RFC 8200 8.1), of ICMPv6 too (RFC 4443 2.3).
    expect(spoiled(icmp, 14 + 39, 3)).toEqual(['its ICMP checksum is wrong'])
    expect(spoiled(udp, 14 + 40 + 6, 0, 0)).toEqual(['it has no UDP checksum'])
    expect(spoiled(tcp, 18, 0, 200)?.[0]).toBe('its payload length says 200 octets, and there are 23')
  })

  it('say the MTU of "packet too big" in 32 bits (RFC 4443 3.2)', () => {
    const message = { kind: 'icmp', type: 2, code: 0, identifier: 0, mtu: 0x12345678, data: new Uint8Array(4) } as const
    const [frame] = written(message)
    expect([...frame.slice(54, 56), ...frame.slice(58, 62)]).toEqual([2, 0, 0x12, 0x34, 0x56, 0x78])
    expect(readWirePacket(frame)).toMatchObject({ transport: message, faults: [] })
  })

  it('go in fragments where they are longer than the MTU (RFC 8200 4.5), of which a quote may be', () => {
    const data = Uint8Array.from({ length: 4000 }, (_, i) => i)
    const frames = written(segment({ data }))
    expect(frames.map((frame) => frame.length - 14)).toEqual([1496, 1496, 4020 - 2 * 1448 + 48])
    // Next header 44; behind it 6, offset and whether more follow.
    expect(frames.map((frame) => [frame[20], frame[54], frame[56] * 256 + frame[57]])).toEqual([
      [44, 6, 1],
      [44, 6, 1449],
      [44, 6, 2896],
    ])
    expect(new Set(frames.map((frame) => frame.slice(58, 62).join('.'))).size).toBe(1)
    expect(frames.map((frame) => readWirePacket(frame)?.transport)).toEqual([
      { kind: 'other', what: 'fragment at 0 (1448 octets, more follow)' },
      { kind: 'other', what: 'fragment at 1448 (1448 octets, more follow)' },
      { kind: 'other', what: 'fragment at 2896 (1124 octets)' },
    ])
    // The payload length has 16 bits, and the header is not in it.
    expect(() => written(segment({ data: new Uint8Array(65516) }))).toThrow('at most 65535')
    expect(written(segment({ data: new Uint8Array(65515) })).length).toBeGreaterThan(40)
  })

  it('with any octets are read, and never throw', () => {
    const [frame] = written(segment({ options: OPTIONS }))
    for (let at = 14; at < frame.length; at++)
      for (const value of [0, 1, 43, 44, 60, 255]) {
        const copy = frame.slice()
        copy[at] = value
        for (const end of [copy.length, at]) {
          readWirePacket(copy.subarray(0, end))
          readQuoted(copy.subarray(14, end))
        }
      }
    expect(readWirePacket(frame.subarray(0, 40))).toBeUndefined()
    expect(readQuoted(frame.subarray(14, 14 + 47))).toBeUndefined()
    expect(readQuoted(frame.subarray(14, 14 + 48))?.transport).toMatchObject({ kind: 'tcp', sequence: 1001 })
  })
})
