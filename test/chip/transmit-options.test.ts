import { describe, expect, it } from 'vitest'
import { type DataSheetBench, ECON1, EIR, ESTAT, linked, MACON3 } from './bench.js'
import {
  BROADCAST_STATION,
  body,
  CHIP,
  checkedFrame,
  fcs,
  frameCheckSequence,
  MULTICAST,
  PAUSE_GROUP,
  PEER,
} from './frames.js'
import { GOOD, status } from './status-vector.js'

const short = (type = 0x0800) =>
  body({ da: PEER, sa: CHIP, type, payload: Array.from({ length: 28 }, (_, i) => i + 1) })
const padded = (octets: readonly number[], length: number) => [
  ...octets,
  ...new Array<number>(Math.max(0, length - octets.length)).fill(0),
]

function sent(octets: readonly number[], macon3: number, control = 0x00): readonly number[] {
  const bench = linked({ macon3 })
  bench.transmit(octets, control)
  expect(bench.wire.frames).toHaveLength(1)
  return bench.wire.frames[0]
}

describe('padding and FCS by MACON3 (4.7), 42 octets from the host', () => {
  const plain = short()
  const vlan = short(0x8100)
  it.each<[string, number, readonly number[], readonly number[]]>([
    ['PADCFG 000, TXCRCEN 0: as they are', 0x01, plain, plain],
    ['PADCFG 000, TXCRCEN 1: with FCS', 0x11, plain, checkedFrame(plain)],
    ['PADCFG 010, TXCRCEN 1: with FCS', 0x51, plain, checkedFrame(plain)],
    ['PADCFG 100, TXCRCEN 1: with FCS', 0x91, plain, checkedFrame(plain)],
    ['PADCFG 110, TXCRCEN 1: with FCS', 0xd1, plain, checkedFrame(plain)],
    ['PADCFG 110, TXCRCEN 0: as they are', 0xc1, plain, plain],
    ['PADCFG 001, TXCRCEN 1: padded to 60, with FCS', 0x31, plain, checkedFrame(padded(plain, 60))],
    ['PADCFG 011, TXCRCEN 1: padded to 64, with FCS', 0x71, plain, checkedFrame(padded(plain, 64))],
    ['PADCFG 111, TXCRCEN 1: padded to 64, with FCS', 0xf1, plain, checkedFrame(padded(plain, 64))],
    ['PADCFG 101, TXCRCEN 1, type 0800h: padded to 60, with FCS', 0xb1, plain, checkedFrame(padded(plain, 60))],
    ['PADCFG 101, TXCRCEN 1, type 8100h: padded to 64, with FCS', 0xb1, vlan, checkedFrame(padded(vlan, 64))],
    ['PADCFG 001, TXCRCEN 0: padded to 60, FCS all the same (26 item 4)', 0x21, plain, checkedFrame(padded(plain, 60))],
    ['PADCFG 011, TXCRCEN 0: padded to 64, FCS all the same', 0x61, plain, checkedFrame(padded(plain, 64))],
  ])('%s', (_name, macon3, octets, expected) => {
    expect(sent(octets, macon3)).toEqual(expected)
  })

  it('a frame at or above the limit is not padded', () => {
    for (const length of [64, 65, 68, 200]) {
      const octets = body({ da: PEER, sa: CHIP, length })
      expect(sent(octets, 0x31)).toEqual(checkedFrame(octets))
    }
    expect(sent(body({ da: PEER, sa: CHIP, length: 66 }), 0x71)).toHaveLength(68)
  })

  it('without TXCRCEN the last four octets are checked: TSV bit 20 reports a wrong one', () => {
    const bench = linked({ macon3: 0x01 })
    const good = checkedFrame(body({ da: PEER, sa: CHIP }))
    expect(status(bench.transmit(good)).crcError).toBe(false)
    const bad = [...good.slice(0, -1), good[63] ^ 1]
    expect(status(bench.transmit(bad)).crcError).toBe(true)
    expect(bench.wire.frames).toEqual([good, bad])
  })

  it('PHDREN leaves four octets at the front out of the FCS', () => {
    const octets = [0xa1, 0xa2, 0xa3, 0xa4, ...body({ da: PEER, sa: CHIP, length: 80 })]
    expect(sent(octets, 0x11 | MACON3.PHDREN)).toEqual([...octets, ...fcs(octets.slice(4))])
  })
})

describe('the control octet (11.2)', () => {
  const plain = short()
  it.each<[string, number, number, readonly number[]]>([
    ['00h: MACON3 decides', 0x31, 0x00, checkedFrame(padded(plain, 60))],
    ['0Eh: without POVERRIDE the other bits are ignored', 0x11, 0x0e, checkedFrame(plain)],
    ['07h: pad and FCS, whatever MACON3 says', 0x01, 0x07, checkedFrame(padded(plain, 60))],
    ['0Fh: pad, FCS, huge', 0x01, 0x0f, checkedFrame(padded(plain, 60))],
    ['03h: FCS and no pad', 0x31, 0x03, checkedFrame(plain)],
    ['01h: neither', 0x31, 0x01, plain],
    ['F0h: the upper half is unused', 0x31, 0xf0, checkedFrame(padded(plain, 60))],
  ])('%s', (_name, macon3, control, expected) => {
    expect(sent(plain, macon3, control)).toEqual(expected)
  })

  it('PCRCEN 0 checks the FCS of the host', () => {
    const bench = linked()
    const good = checkedFrame(body({ da: PEER, sa: CHIP }))
    expect(status(bench.transmit(good, 0x01)).crcError).toBe(false)
    expect(status(bench.transmit([...good.slice(0, -1), good[63] ^ 1], 0x01)).crcError).toBe(true)
    expect(bench.wire.frames[0]).toEqual(good)
  })

  it('PHUGEEN sends beyond MAMXFL, and without it the frame is aborted', () => {
    const huge = body({ da: PEER, sa: CHIP, length: 1600 })
    const bench = linked()
    bench.transmit(huge, 0x0f)
    expect(bench.wire.frames).toEqual([checkedFrame(huge)])
    expect(bench.read('EIR') & EIR.TXERIF).toBe(0)
    bench.transmit(huge, 0x07)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF | EIR.TXERIF)
  })
})

describe('too long (11.4)', () => {
  function attempt(length: number, macon3 = 0x33): DataSheetBench {
    const bench = linked({ macon3 })
    bench.transmit(body({ da: PEER, sa: CHIP, length }))
    return bench
  }

  it('1518 octets go out, 1519 are aborted: TXIF, TXERIF, TXABRT, TSV bit 30', () => {
    expect(attempt(1518).wire.frames[0]).toHaveLength(1518)
    const bench = attempt(1519)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF | EIR.TXERIF)
    expect(bench.read('ESTAT') & (ESTAT.TXABRT | ESTAT.LATECOL)).toBe(ESTAT.TXABRT)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(0)
    const vector = status(bench.memory(bench.read16('ETXND') + 1, 7))
    expect(vector.giant).toBe(true)
    for (const octets of bench.wire.frames) expect(frameCheckSequence(octets)).not.toBe(0x2144df1c)
  })

  it('HFRMEN allows any size', () => {
    const bench = attempt(3_000, 0x33 | MACON3.HFRMEN)
    expect(bench.wire.frames[0]).toHaveLength(3_000)
    expect(bench.read('EIR') & EIR.TXERIF).toBe(0)
  })

  it('TXABRT stays set over a good transmission and a TXRST pulse, until BFC (19.4)', () => {
    const bench = attempt(1519)
    bench.set('ECON1', ECON1.TXRST)
    bench.clear('ECON1', ECON1.TXRST)
    expect(bench.read('ESTAT') & ESTAT.TXABRT).toBe(ESTAT.TXABRT)
    bench.transmit(body({ da: PEER, sa: CHIP }))
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
    expect(bench.read('ESTAT') & ESTAT.TXABRT).toBe(ESTAT.TXABRT)
    bench.clear('ESTAT', ESTAT.TXABRT)
    expect(bench.read('ESTAT') & ESTAT.TXABRT).toBe(0)
  })
})

describe('transmit status vector (11.5)', () => {
  it.each<[string, readonly number[], Partial<typeof GOOD>]>([
    ['unicast IPv4', body({ da: PEER, sa: CHIP }), {}],
    ['300 octets', body({ da: PEER, sa: CHIP, length: 300 }), { byteCount: 300, totalOnWire: 300 }],
    ['42 octets, counted with padding and FCS (24 item 8)', short(), {}],
    ['a right length field', body({ da: PEER, sa: CHIP, type: 46 }), { lengthOutOfRange: false }],
    [
      'a length field larger than the data',
      body({ da: PEER, sa: CHIP, type: 47 }),
      { lengthOutOfRange: false, lengthCheckError: true },
    ],
    ['multicast', body({ da: MULTICAST, sa: CHIP }), { multicast: true }],
    ['VLAN tag', body({ da: PEER, sa: CHIP, type: 0x8100 }), { vlan: true }],
    [
      'a pause frame of the host',
      body({ da: PAUSE_GROUP, sa: CHIP, type: 0x8808, payload: [0, 1, 0, 0, ...new Array<number>(42).fill(0)] }),
      { multicast: true, control: true, pause: true },
    ],
    [
      'another control frame',
      body({ da: PAUSE_GROUP, sa: CHIP, type: 0x8808, payload: [0, 9, ...new Array<number>(44).fill(0)] }),
      { multicast: true, control: true },
    ],
  ])('%s', (_name, octets, fields) => {
    expect(status(linked().transmit(octets))).toEqual({ ...GOOD, ...fields })
  })

  it('broadcast sets bit 25', () => {
    expect(status(linked().transmit(body({ da: BROADCAST_STATION, sa: CHIP }))).broadcast).toBe(true)
  })

  it('the length check needs FRMLNEN', () => {
    const bench = linked({ macon3: 0x31 })
    expect(status(bench.transmit(body({ da: PEER, sa: CHIP, type: 47 }))).lengthCheckError).toBe(false)
  })

  it('1518 octets fill both octets of both counts', () => {
    const vector = status(linked().transmit(body({ da: PEER, sa: CHIP, length: 1518 })))
    expect([vector.byteCount, vector.totalOnWire]).toEqual([1518, 1518])
  })
})
