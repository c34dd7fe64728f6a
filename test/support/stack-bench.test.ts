import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { ipv4 } from '../../firmware/net/address.js'
import { ipv4PseudoHeader } from '../../firmware/net/wire/pseudo-header.js'
import { parseTcp } from '../../firmware/net/wire/tcp.js'
import { printSegment, readSegment, type Segment, segmentFrame } from './segment.js'
import { TestBench } from './stack-bench.js'

const MACS = { to: Uint8Array.of(2, 0, 0, 0, 0, 1), from: Uint8Array.of(2, 0, 0, 0, 0, 2) }
const SEGMENT: Segment = {
  source: ipv4('10.0.0.2'),
  destination: ipv4('10.0.0.1'),
  sourcePort: 40000,
  destinationPort: 80,
  seq: 0xfffffffe,
  ack: 0x80000001,
  flags: 'SP.U',
  window: 65535,
  urgentPointer: 7,
  options: { mss: 1460, windowScale: 7, sackPermitted: true, timestamps: [1, 0xffffffff] },
  data: Uint8Array.of(1, 2, 3),
  timeToLive: 64,
  trafficClass: 0xb8,
  dontFragment: true,
}
const bench = () => new TestBench(new Scheduler(), new SeededRandom(1))

describe('segments of scripted peers', () => {
  it('come back as they were written, without fault, and wire/tcp reads the same', () => {
    const frame = segmentFrame(MACS, SEGMENT)
    expect(readSegment(frame, 5)).toMatchObject({ ...SEGMENT, at: 5, faults: [], end: 2, headerOctets: 44 })
    const pseudoHeader = ipv4PseudoHeader(SEGMENT.source, SEGMENT.destination, 6, frame.length - 34)
    expect(parseTcp(frame, 34, frame.length, pseudoHeader)).toMatchObject({
      sequence: SEGMENT.seq,
      acknowledgement: SEGMENT.ack,
      options: { maximumSegmentSize: 1460, windowScale: 7, timestamps: { value: 1, echo: 0xffffffff } },
    })
  })

  it.each([
    ['TCP checksum', 50],
    ['IPv4 header checksum', 24],
    ['reserved bits not zero', 46],
  ])('have the fault "%s" when octet %i is changed', (fault, at) => {
    const frame = segmentFrame(MACS, SEGMENT)
    frame[at] ^= 1
    expect(readSegment(frame, 0)?.faults).toContain(fault)
  })

  it('have faults for an urgent pointer without URG, an acknowledgement without ACK, and octets after the end of options', () => {
    const frame = segmentFrame(MACS, { ...SEGMENT, flags: 'S', options: { raw: [0, 1, 0, 0] } })
    expect(readSegment(frame, 0)?.faults).toEqual([
      'acknowledgement number without ACK',
      'urgent pointer without URG',
      'octets after the end of the options',
    ])
  })

  it('are printed in one line, as tcpdump does', () => {
    expect(printSegment(SEGMENT)).toBe(
      '10.0.0.2.40000 > 10.0.0.1.80: Flags [SP.U], seq 4294967294:4294967297, ack 2147483649, win 65535, urg 7, ' +
        'options [mss 1460,wscale 7,sackOK,TS val 1 ecr 4294967295], length 3',
    )
  })
})

describe('the bench', () => {
  it('says what was sent instead, with the way there, when a segment is not as expected', () => {
    const table = bench()
    table.connect()
    expect(() => table.expectSegment({ flags: 'S.', seq: 5 })).toThrow(
      /^at 0\.000000 s sent 10\.0\.0\.1\.\d+ > 10\.0\.0\.2\.40000: Flags \[S\], seq \d+, .*\n {2}but flags are \[S\], not \[S\.\]\n {2}and seq is \d+, not 5\nwhat led there:\n +0\.000000 < {2}10\./,
    )
  })

  it('says when nothing was sent, and when something was that nobody expected', () => {
    const table = bench()
    expect(() => table.expectSegment({ flags: 'S' })).toThrow(/nothing was sent; expected \[S\]/)
    table.connect()
    expect(() => table.expectNothing()).toThrow(/nothing more was expected, but sent:\n.*Flags \[S\]/)
  })

  it('keeps the changes of state among the packets', () => {
    const table = bench()
    const { connection } = table.established()
    connection.abort()
    expect(() => table.fail('so')).toThrow(/10\.0\.0\.2\.40000: ESTABLISHED → CLOSED/)
  })

  it('looks at the octets: those of the pattern, at their place in the stream', () => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.write(Uint8Array.of(1, 2, 3))
    expect(() => peer.expectSegment({ data: 3 })).toThrow(/octet 0 is 1, not 65/)
  })
})
