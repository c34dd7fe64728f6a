import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { dissect } from '../../../test/setup/dissect.js'
import { emitTcp, tcpHeaderOctets } from '../../../test/support/emit-tcp.js'
import { emitUdp } from '../../../test/support/emit-udp.js'
import { ensure } from '../../../test/support/ensure.js'
import { ipv4, mac } from '../address.js'
import { emitEthernet } from './ethernet.js'
import { emitIpv4 } from './ipv4.js'
import { printFrame } from './print.js'
import { PROTOCOL_TCP, PROTOCOL_UDP } from './protocols.js'
import { ipv4PseudoHeader } from './pseudo-header.js'
import { ACK, PSH, parseTcp, SYN, type TcpHeader } from './tcp.js'
import { parseUdp } from './udp.js'

const FROM = ipv4('10.0.0.1')
const TO = ipv4('10.0.0.2')

function packet(protocol: number, length: number, fill: (octets: Uint8Array, at: number, end: number) => void) {
  const frame = new Uint8Array(34 + length)
  emitEthernet({ destination: mac('02:00:00:00:00:02'), source: mac('02:00:00:00:00:01'), etherType: 0x0800 }, frame)
  const header = {
    trafficClass: 0,
    identification: 1,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    timeToLive: 64,
    protocol,
    source: FROM,
    destination: TO,
  }
  emitIpv4(header, length, frame, 14)
  fill(frame, 34, 34 + length)
  return frame
}

function udp(data: Uint8Array, destinationPort = 53): Uint8Array {
  return packet(PROTOCOL_UDP, 8 + data.length, (octets, at, end) => {
    octets.set(data, at + 8)
    emitUdp({ sourcePort: 4000, destinationPort }, octets, at, end, (n) => ipv4PseudoHeader(FROM, TO, PROTOCOL_UDP, n))
  })
}

const BASE: TcpHeader = {
  sourcePort: 1234,
  destinationPort: 80,
  sequence: 0xfffffff0,
  acknowledgement: 7,
  flags: ACK,
  window: 512,
  urgentPointer: 0,
  options: {},
}

function tcp(change: Partial<TcpHeader>, data = new Uint8Array(0)): Uint8Array {
  const header = { ...BASE, ...change }
  const headerOctets = tcpHeaderOctets(header.options)
  return packet(PROTOCOL_TCP, headerOctets + data.length, (octets, at, end) => {
    octets.set(data, at + headerOctets)
    emitTcp(header, octets, at, end, ipv4PseudoHeader(FROM, TO, PROTOCOL_TCP, end - at))
  })
}

describe('UDP (RFC 768)', () => {
  it('parses a datagram, and finds each flipped bit', () => {
    const frame = udp(Uint8Array.of(1, 2, 3, 4, 5))
    const sum = (n: number) => ipv4PseudoHeader(FROM, TO, PROTOCOL_UDP, n)
    expect(parseUdp(frame, 34, frame.length, sum)).toEqual({
      sourcePort: 4000,
      destinationPort: 53,
      checked: true,
      payloadAt: 42,
      payloadEnd: 47,
    })
    for (let bit = 34 * 8; bit < frame.length * 8; bit++) {
      const bad = frame.slice()
      bad[bit >> 3] ^= 1 << (bit & 7)
      expect(typeof parseUdp(bad, 34, bad.length, sum)).toBe('string')
    }
  })

  it('takes a datagram without checksum', () => {
    const frame = udp(Uint8Array.of(9, 9))
    frame.fill(0, 40, 42)
    const sum = (n: number) => ipv4PseudoHeader(FROM, TO, PROTOCOL_UDP, n)
    expect(parseUdp(frame, 34, frame.length, sum)).toMatchObject({ checked: false })
  })
})

describe('TCP segments (RFC 9293 3.1)', () => {
  const options = {
    maximumSegmentSize: 1460,
    windowScale: 7,
    sackPermitted: true,
    timestamps: { value: 0xdeadbeef, echo: 0 },
  }

  it('parse as they were emitted, with every option', () => {
    for (const [change, data] of [
      [{ flags: SYN, options }, 0],
      [
        {
          options: {
            sack: [
              [10, 20],
              [30, 40],
              [0xfffffff0, 5],
            ],
            timestamps: { value: 1, echo: 2 },
          },
        },
        0,
      ],
      [{ flags: ACK | PSH }, 1000],
      [{ options: { windowScale: 0 } }, 3],
    ] as [Partial<TcpHeader>, number][]) {
      const frame = tcp(change, new Uint8Array(data).fill(0x41))
      const sum = ipv4PseudoHeader(FROM, TO, PROTOCOL_TCP, frame.length - 34)
      const parsed = parseTcp(frame, 34, frame.length, sum)
      if (typeof parsed === 'string') throw new Error(parsed)
      expect(parsed).toMatchObject({ ...BASE, ...change, unknownOptions: [] })
      expect(parsed.payloadEnd - parsed.payloadAt).toBe(data)
    }
  })

  it('name what is wrong, an option length of zero among it (MUST-7), and skip what they do not know (MUST-6)', () => {
    const withOptions = (octets: number[]) => {
      const frame = tcp({ options: { timestamps: { value: 1, echo: 2 } } })
      frame.set(octets, 54)
      // The checksum anew, by emitting nothing and summing by hand.
      frame.fill(0, 50, 52)
      let sum = ipv4PseudoHeader(FROM, TO, PROTOCOL_TCP, 32)
      for (let i = 34; i < 66; i += 2) sum += (frame[i] << 8) | frame[i + 1]
      while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
      frame.set([(~sum >> 8) & 0xff, ~sum & 0xff], 50)
      return parseTcp(frame, 34, frame.length, ipv4PseudoHeader(FROM, TO, PROTOCOL_TCP, 32))
    }
    expect(withOptions([2, 0])).toBe('option length')
    expect(withOptions([2, 5, 0, 0, 0])).toBe('option length')
    expect(withOptions([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 8])).toBe('option length')
    expect(withOptions([8, 40, 1])).toBe('option length')
    expect(withOptions([254, 6, 1, 2, 3, 4, 2, 4, 5, 180, 0, 0])).toMatchObject({
      unknownOptions: [254],
      options: { maximumSegmentSize: 1460 },
    })
    const short = tcp({})
    short[46] = 0x40
    expect(parseTcp(short, 34, short.length, 0)).toBe('data offset')
    expect(parseTcp(short, 34, 50, 0)).toBe('truncated')
  })
})

describe('UDP and TCP, judged by tshark', () => {
  const frames = [
    udp(new Uint8Array(100).fill(7), 9),
    tcp({
      flags: SYN,
      options: { maximumSegmentSize: 1460, windowScale: 7, sackPermitted: true, timestamps: { value: 5, echo: 0 } },
    }),
    tcp({ flags: ACK | PSH, options: { timestamps: { value: 6, echo: 5 } } }, new Uint8Array(333).fill(65)),
    tcp({
      options: {
        sack: [
          [100, 200],
          [300, 400],
        ],
      },
    }),
  ]

  it('have good checksums, nothing malformed, and the options they were given', () => {
    const fields = [
      '_ws.malformed',
      'udp.checksum.status',
      'tcp.checksum.status',
      'tcp.options.mss_val',
      'tcp.options.wscale.shift',
      'tcp.options.timestamp.tsval',
      'tcp.options.sack_le',
      'tcp.len',
      'tcp.seq',
    ]
    expect(dissect(frames, fields, ['tcp.relative_sequence_numbers:FALSE'])).toEqual([
      ['', '1', '', '', '', '', '', '', ''],
      ['', '', '1', '1460', '7', '5', '', '0', '4294967280'],
      ['', '', '1', '', '', '6', '', '333', '4294967280'],
      ['', '', '1', '', '', '', '100,300', '0', '4294967280'],
    ])
  })

  it('print in one line, in the manner of tcpdump', () => {
    expect(frames.map((frame) => printFrame(frame))).toEqual([
      'IP 10.0.0.1.4000 > 10.0.0.2.9: UDP, length 100',
      'IP 10.0.0.1.1234 > 10.0.0.2.80: Flags [S], seq 4294967280, win 512, options [mss 1460,wscale 7,sackOK,TS val 5 ecr 0], length 0',
      'IP 10.0.0.1.1234 > 10.0.0.2.80: Flags [P.], seq 4294967280:317, ack 7, win 512, options [TS val 6 ecr 5], length 333',
      'IP 10.0.0.1.1234 > 10.0.0.2.80: Flags [.], ack 7, win 512, options [sack 2 {100:200}{300:400}], length 0',
    ])
  })
})

describe('hostile segments', () => {
  it('never make a parser or printer throw', () => {
    const random = new SeededRandom(11)
    const bases = [
      udp(new Uint8Array(20)),
      tcp({ options: { sack: [[1, 2]], maximumSegmentSize: 9 } }, new Uint8Array(9)),
    ]
    for (let round = 0; round < 200_000; round++) {
      const octets = bases[round & 1].slice(0, random.below(5) === 0 ? random.below(90) : 200)
      for (let i = random.below(5); i > 0; i--) octets[14 + random.below(octets.length)] = random.below(256)
      const end = octets.length
      parseUdp(octets, 34, end, () => random.below(0x10000))
      const segment = parseTcp(octets, 34, end, random.below(0x10000))
      if (typeof segment !== 'string') ensure(segment.payloadAt <= segment.payloadEnd, () => `${octets}`)
      const printed = printFrame(octets)
      ensure(!/undefined|NaN|\n/.test(printed), () => `${octets}: ${printed}`)
    }
  })

  it('reach the option parser behind a good checksum, and come out whole', () => {
    const random = new SeededRandom(12)
    for (let round = 0; round < 100_000; round++) {
      const segment = new Uint8Array(20 + 4 * random.below(11))
      for (let i = 0; i < segment.length; i++) segment[i] = random.below(random.below(2) === 0 ? 12 : 256)
      segment[12] = (segment.length / 4) << 4
      segment.fill(0, 16, 18)
      let sum = 0
      for (let i = 0; i < segment.length; i += 2) sum += (segment[i] << 8) | segment[i + 1]
      while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
      segment.set([(~sum >> 8) & 0xff, ~sum & 0xff], 16)
      const parsed = parseTcp(segment, 0, segment.length, 0)
      ensure(parsed === 'option length' || typeof parsed === 'object', () => `${segment}: ${parsed}`)
    }
  })
})
