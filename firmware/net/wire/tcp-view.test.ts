import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { emitTcp, tcpHeaderOctets } from '../../../test/support/emit-tcp.js'
import { ACK, FIN, parseTcp, SYN, type TcpHeader, type TcpHeaderOptions } from './tcp.js'
import { TcpView } from './tcp-view.js'

const AT = 34

/** A segment at octet 34 of a frame, with its checksum over a pseudo header of 0. */
function segment(header: TcpHeader, data: number): Uint8Array {
  const octets = new Uint8Array(AT + tcpHeaderOctets(header.options) + data)
  emitTcp(header, octets, AT, octets.length, 0)
  return octets
}

function randomHeader(random: SeededRandom): TcpHeader {
  const options: TcpHeaderOptions = {}
  const some = (share: number) => random.float() < share
  if (some(0.3)) options.maximumSegmentSize = random.below(65536)
  if (some(0.3)) options.windowScale = random.below(256)
  if (some(0.3)) options.sackPermitted = true
  if (some(0.5)) options.timestamps = { value: random.next32(), echo: random.next32() }
  if (options.timestamps === undefined && some(0.5))
    options.sack = Array.from({ length: 1 + random.below(2) }, () => [random.next32(), random.next32()] as const)
  return {
    sourcePort: random.below(65536),
    destinationPort: random.below(65536),
    sequence: random.next32(),
    acknowledgement: random.next32(),
    flags: random.below(256),
    window: random.below(65536),
    urgentPointer: random.below(65536),
    options,
  }
}

describe('the view of a segment', () => {
  it('reads what the parser reads, in 2,000 random segments', () => {
    const random = new SeededRandom(1)
    const view = new TcpView()
    for (let i = 0; i < 2000; i++) {
      const octets = segment(randomHeader(random), random.below(50))
      const parsed = parseTcp(octets, AT, octets.length, 0)
      if (typeof parsed === 'string') throw new Error(parsed)
      expect(view.read(octets, AT, octets.length)).toBeUndefined()
      const { sourcePort, destinationPort, sequence, acknowledgement, flags, window, urgentPointer } = view
      const { payloadAt, payloadEnd } = view
      const options: TcpHeaderOptions = {}
      if (view.maximumSegmentSize >= 0) options.maximumSegmentSize = view.maximumSegmentSize
      if (view.windowScale >= 0) options.windowScale = view.windowScale
      if (view.sackPermitted) options.sackPermitted = true
      if (view.hasTimestamps) options.timestamps = { value: view.timestampValue, echo: view.timestampEcho }
      if (view.sackBlocks > 0)
        options.sack = Array.from(
          { length: view.sackBlocks },
          (_, block) => [view.sackEdges[2 * block], view.sackEdges[2 * block + 1]] as const,
        )
      expect({
        ...{ sourcePort, destinationPort, sequence, acknowledgement, flags, window, urgentPointer },
        ...{ options, payloadAt, payloadEnd, unknownOptions: [] },
      }).toEqual(parsed)
      const length = payloadEnd - payloadAt + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0)
      expect(view.length).toBe(length)
    }
  })

  it('forgets the options of the segment before', () => {
    const view = new TcpView()
    const base = { ...randomHeader(new SeededRandom(2)), flags: ACK }
    const rich = segment({ ...base, options: { maximumSegmentSize: 9, windowScale: 3, sackPermitted: true } }, 0)
    view.read(rich, AT, rich.length)
    expect([view.maximumSegmentSize, view.windowScale, view.sackPermitted]).toEqual([9, 3, true])
    for (const options of [{}, { timestamps: { value: 1, echo: 2 } }]) {
      const plain = segment({ ...base, options }, 3)
      view.read(plain, AT, plain.length)
      expect([view.maximumSegmentSize, view.windowScale, view.sackPermitted, view.sackBlocks]).toEqual([
        -1,
        -1,
        false,
        0,
      ])
    }
  })

  it.each([
    ['a length of 0', [254, 0]],
    ['a length of 1', [254, 1]],
    ['a length past the header', [8, 10, 0, 0]],
    ['no room for a length', [1, 1, 1, 254]],
  ])('ends the options at %s, and keeps what came before (MUST-7)', (_name, raw) => {
    const octets = segment({ ...randomHeader(new SeededRandom(3)), options: { maximumSegmentSize: 1000 } }, 5)
    const longer = Uint8Array.from([...octets.slice(0, AT + 24), ...raw, ...Array(4 - raw.length).fill(0)])
    longer[AT + 12] = 7 << 4
    const view = new TcpView()
    expect(view.read(longer, AT, longer.length)).toBeUndefined()
    expect([view.maximumSegmentSize, view.brokenOption]).toEqual([1000, true])
  })

  it('passes over an option whose length is not its own (MUST-6)', () => {
    const octets = segment({ ...randomHeader(new SeededRandom(4)), options: { windowScale: 7 } }, 0)
    // Kind 2 with length 3 takes the place of the window scale's three octets, behind a no-operation.
    octets[AT + 21] = 2
    const view = new TcpView()
    view.read(octets, AT, octets.length)
    expect([view.maximumSegmentSize, view.windowScale, view.brokenOption]).toEqual([-1, -1, false])
  })

  it('says what is wrong with hostile octets and never throws', () => {
    const random = new SeededRandom(5)
    const view = new TcpView()
    const found = new Set<string | undefined>()
    for (let i = 0; i < 20_000; i++) {
      const octets = Uint8Array.from({ length: random.below(80) }, () => random.below(256))
      found.add(view.read(octets, 0, octets.length))
      expect(view.sackBlocks).toBeLessThanOrEqual(4)
    }
    expect(found).toEqual(new Set(['truncated', 'data offset', undefined]))
  })
})
