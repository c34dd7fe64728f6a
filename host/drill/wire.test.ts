import { describe, expect, it } from 'vitest'
import { printFrame } from '../../firmware/net/wire/print.js'
import type { TcpOption } from './script.js'
import { readWirePacket, type WirePacket, writeFrames } from './wire.js'

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
