import { describe, expect, it } from 'vitest'
import { DataSheetBench, EIR, linked, MACON1 } from './bench.js'
import { BROADCAST_STATION, CHIP, damaged, type FrameParts, frame, MULTICAST, PAUSE_GROUP, PEER } from './frames.js'

/** Bits 31:16 of the receive status vector, as a number whose bit 0 is bit 16 (8.3). */
const bit = (number: number) => 1 << (number - 16)

const PASS_CONTROL = { filter: 0x00, macon1: 0x0f & ~MACON1.RXPAUS }

function statusOf(parts: FrameParts, configuration: Parameters<typeof linked>[0] = { filter: 0x20 }): number {
  const bench = linked(configuration)
  bench.deliverFrame(parts)
  const received = bench.receive()
  if (received === undefined) throw new Error('not received')
  return received.status
}

describe('receive status vector (8.3)', () => {
  it.each<[string, FrameParts, number]>([
    ['IPv4 unicast is C0h 00h', { da: CHIP, type: 0x0800 }, 0x00c0],
    ['broadcast ARP is C0h 02h (24 item 17: bit 24 not set)', { da: BROADCAST_STATION, type: 0x0806 }, 0x02c0],
    ['multicast has bit 24', { da: MULTICAST, type: 0x0800 }, 0x01c0],
    ['a VLAN tag sets bit 30', { type: 0x8100 }, 0x40c0],
    ['a length field that is right gives only bit 23', { type: 46, length: 64 }, 0x0080],
    ['a length field larger than the data sets bit 21', { type: 47, length: 64 }, 0x00a0],
    ['length 1500 is in range', { type: 1500, length: 1518 }, 0x0080],
    ['1501 in the type field is out of range: bit 22', { type: 1501, length: 64 }, 0x00c0],
  ])('%s', (_name, parts, expected) => {
    expect(statusOf(parts).toString(16)).toBe(expected.toString(16))
  })

  it('a bad FCS with CRCEN 0: bit 20, and not bit 23', () => {
    const bench = linked({ filter: 0x00 })
    const octets = damaged()
    bench.deliver(octets)
    const received = bench.receive()!
    expect(received.status & (bit(20) | bit(23))).toBe(bit(20))
    expect(received.octets).toEqual(octets)
    bench.deliverFrame()
    expect(bench.receive()!.status & (bit(20) | bit(23))).toBe(bit(23))
  })

  it('1 to 7 bits after the frame: bit 26, the bits thrown away', () => {
    for (const dribbleBits of [1, 4, 7]) {
      const bench = linked({ filter: 0x20 })
      const octets = frame()
      bench.deliver(octets, { dribbleBits })
      const received = bench.receive()!
      expect(received.status & bit(26)).toBe(bit(26))
      expect(received.octets).toEqual(octets)
      bench.deliver(octets)
      expect(bench.receive()!.status & bit(26)).toBe(0)
    }
  })

  it('a pause frame has bits 27 and 28 (and multicast)', () => {
    const status = statusOf(
      { da: PAUSE_GROUP, type: 0x8808, payload: [0x00, 0x01, 0x00, 0x10, ...new Array<number>(42).fill(0)] },
      PASS_CONTROL,
    )
    expect(status & (bit(27) | bit(28) | bit(29) | bit(24))).toBe(bit(27) | bit(28) | bit(24))
  })

  it('a pause opcode to another address than 01-80-C2-00-00-01 or the own one is no pause frame: bit 27 alone', () => {
    const status = statusOf(
      { da: MULTICAST, type: 0x8808, payload: [0x00, 0x01, 0x00, 0x10, ...new Array<number>(42).fill(0)] },
      PASS_CONTROL,
    )
    expect(status & (bit(27) | bit(28) | bit(29))).toBe(bit(27))
  })

  it('a control frame that ends before its opcode does no harm', () => {
    const bench = linked(PASS_CONTROL)
    const octets = frame({ da: PAUSE_GROUP, type: 0x8808, payload: [] })
    bench.deliver(octets)
    expect(bench.receive()!.octets).toEqual(octets)
    bench.deliver(frame({ da: PAUSE_GROUP, type: 0x8808, payload: [0x00] }))
    expect(bench.receive()!.status & bit(28)).toBe(0)
  })

  it('a control frame with another opcode has bits 27 and 29', () => {
    const status = statusOf(
      { da: PAUSE_GROUP, type: 0x8808, payload: [0x00, 0x02, ...new Array<number>(44).fill(0)] },
      PASS_CONTROL,
    )
    expect(status & (bit(27) | bit(28) | bit(29))).toBe(bit(27) | bit(29))
  })

  it('an ordinary frame has none of bits 27 to 31', () => {
    expect(statusOf({}) & (bit(27) | bit(28) | bit(29) | bit(30) | bit(31))).toBe(0)
  })

  it('bit 16 tells once that a packet was dropped since the last one', () => {
    const bench = linked({ filter: 0x20, fifo: [0x0000, 0x00ff] })
    bench.deliverFrame({ length: 64 })
    bench.deliverFrame({ length: 300 }) // larger than the FIFO
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
    bench.deliverFrame({ length: 64 })
    expect(bench.receive()!.status & bit(16)).toBe(0)
    expect(bench.receive()!.status & bit(16)).toBe(bit(16))
    bench.deliverFrame({ length: 64 })
    expect(bench.receive()!.status & bit(16)).toBe(0)
  })

  it('bit 18 tells once of carrier that brought no frame', () => {
    const bench = linked({ filter: 0x20 })
    bench.deliver([], { bits: 40 })
    bench.deliverFrame()
    bench.deliverFrame()
    expect(bench.receive()!.status & bit(18)).toBe(bit(18))
    expect(bench.receive()!.status & bit(18)).toBe(0)
  })

  it('bit 18 marks the frame that only brought the link', () => {
    const bench = new DataSheetBench()
    bench.configure({ filter: 0x20 })
    bench.deliverFrame()
    bench.deliverFrame()
    bench.deliverFrame()
    expect(bench.receive()!.status & bit(18)).toBe(bit(18))
    expect(bench.receive()!.status & bit(18)).toBe(0)
  })

  it('reserved bits 17, 19 and 31 are 0 in a mixed stream', () => {
    const bench = linked({ filter: 0x00 })
    for (const octets of [
      frame(),
      damaged(),
      frame({ da: BROADCAST_STATION }),
      frame({ type: 0x8100, sa: PEER }),
      frame({ length: 19 }),
    ]) {
      bench.deliver(octets)
      expect(bench.receive()!.status & (bit(17) | bit(19) | bit(31))).toBe(0)
    }
  })
})
