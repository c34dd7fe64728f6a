import { describe, expect, it } from 'vitest'
import { type DataSheetBench, ERXFCON, linked } from './bench.js'
import {
  BROADCAST_STATION,
  body,
  CHIP,
  checkedFrame,
  damaged,
  frame,
  MULTICAST,
  onesComplementSum,
  PEER,
  STRANGER,
} from './frames.js'

/** Whether the filters let a frame through. The packet is taken out of the FIFO again. */
function passes(bench: DataSheetBench, octets: readonly number[]): boolean {
  bench.deliver(octets)
  const count = bench.read('EPKTCNT')
  if (count > 0) bench.receive()
  return count === 1
}

/** The hash of a destination address by the algorithm of 9.3, one bit at a time. */
function hashIndex(address: readonly number[]): { register: number; index: number } {
  let register = 0xffffffff
  for (const octet of address) {
    for (let bit = 0; bit < 8; bit++) {
      const top = register >>> 31
      register = (register << 1) >>> 0
      if (((octet >> bit) & 1) !== top) register = (register ^ 0x04c11db7) >>> 0
    }
  }
  return { register, index: (register >>> 23) & 0x3f }
}

function setHash(bench: DataSheetBench, bits: readonly number[]): void {
  const table = new Array<number>(8).fill(0)
  for (const bit of bits) table[bit >> 3] |= 1 << (bit & 7)
  table.forEach((value, i) => {
    bench.write(`EHT${i}`, value)
  })
}

function setPattern(bench: DataSheetBench, offset: number, mask: readonly number[], sum: number): void {
  for (let i = 0; i < 8; i++) bench.write(`EPMM${i}`, mask[i] ?? 0)
  bench.write16('EPMO', offset)
  bench.write16('EPMCS', sum)
}

const magicBody = (target: readonly number[], da = target, lead = 0) =>
  body({
    da,
    payload: [
      ...new Array<number>(lead).fill(0x11),
      ...BROADCAST_STATION,
      ...Array.from({ length: 16 }, () => target).flat(),
      ...new Array<number>(8).fill(0x22),
    ],
  })

describe('single filters, OR logic (9.1, 9.2)', () => {
  const to = (da: readonly number[]) => frame({ da })
  it.each<[string, number, [me: boolean, stranger: boolean, multicast: boolean, broadcast: boolean]]>([
    ['00h: promiscuous', 0x00, [true, true, true, true]],
    ['20h: promiscuous, good FCS', 0x20, [true, true, true, true]],
    ['A1h, the reset value: unicast or broadcast', 0xa1, [true, false, false, true]],
    ['A0h: unicast', 0xa0, [true, false, false, false]],
    ['21h: broadcast', 0x21, [false, false, false, true]],
    ['22h: multicast, which a broadcast is too', 0x22, [false, false, true, true]],
    ['A3h: unicast, multicast, broadcast', 0xa3, [true, false, true, true]],
    ['24h: hash with an empty table', 0x24, [false, false, false, false]],
    ['28h: magic packet', 0x28, [false, false, false, false]],
    ['60h: AND logic with none enabled', 0x60, [true, true, true, true]],
    ['E1h: AND, unicast and broadcast: no frame is both', 0xe1, [false, false, false, false]],
    ['63h: AND, multicast and broadcast', 0x63, [false, false, false, true]],
  ])('ERXFCON %s', (_name, filter, [me, stranger, multicast, broadcast]) => {
    const bench = linked({ filter })
    expect(
      [to(CHIP), to(STRANGER), to(MULTICAST), to(BROADCAST_STATION)].map((octets) => passes(bench, octets)),
    ).toEqual([me, stranger, multicast, broadcast])
  })

  it('unicast compares all six octets', () => {
    const bench = linked({ filter: 0xa0 })
    for (let i = 0; i < 6; i++) {
      const da = [...CHIP]
      da[i] ^= 0x80
      expect(passes(bench, frame({ da }))).toBe(false)
    }
    expect(passes(bench, frame({ da: CHIP }))).toBe(true)
  })

  it('MAADR 00-00-00-00-00-00 matches only an all-zero address', () => {
    const bench = linked({ filter: 0xa0, address: [0, 0, 0, 0, 0, 0] })
    expect(passes(bench, frame({ da: [0, 0, 0, 0, 0, 0] }))).toBe(true)
    expect(passes(bench, frame({ da: CHIP }))).toBe(false)
  })

  it('CRCEN is a requirement on top of the others, in both logics', () => {
    for (const [filter, expected] of [
      [0x20, false],
      [0x00, true],
      [0xa0, false],
      [0x80, true],
      [0xe0, false],
      [0xc0, true],
    ] as const) {
      expect(passes(linked({ filter }), damaged({ da: CHIP }))).toBe(expected)
    }
  })
})

describe('the whole table: 64 combinations, both logics (9.1)', () => {
  const hashed = [0x01, 0x00, 0x5e, 0x7f, 0xff, 0xfa]
  const patternSource = [0x00, 0x04, 0xa3, 0xff, 0xff, 0xff]
  const cases = [
    { name: 'to me', octets: frame({ da: CHIP }), matches: ['UCEN'] },
    { name: 'to a stranger', octets: frame({ da: STRANGER }), matches: [] },
    { name: 'multicast', octets: frame({ da: MULTICAST }), matches: ['MCEN'] },
    { name: 'multicast in the hash table', octets: frame({ da: hashed }), matches: ['MCEN', 'HTEN'] },
    { name: 'broadcast', octets: frame({ da: BROADCAST_STATION }), matches: ['MCEN', 'BCEN'] },
    { name: 'to a stranger with the pattern', octets: frame({ da: STRANGER, sa: patternSource }), matches: ['PMEN'] },
    { name: 'magic', octets: checkedFrame(magicBody(CHIP)), matches: ['UCEN', 'MPEN'] },
    {
      name: 'broadcast with the pattern',
      octets: frame({ da: BROADCAST_STATION, sa: patternSource }),
      matches: ['MCEN', 'BCEN', 'PMEN'],
    },
  ]
  const filters = ['UCEN', 'PMEN', 'MPEN', 'HTEN', 'MCEN', 'BCEN'] as const

  for (const logic of ['OR', 'AND'] as const) {
    it(`${logic} logic`, () => {
      const bench = linked()
      setHash(bench, [28])
      setPattern(bench, 0, [0xc0, 0x0f], 0x5bfc)
      for (let set = 0; set < 64; set++) {
        const enabled = filters.filter((_, i) => set & (1 << i))
        bench.write(
          'ERXFCON',
          enabled.reduce((value, name) => value | ERXFCON[name], ERXFCON.CRCEN | (logic === 'AND' ? ERXFCON.ANDOR : 0)),
        )
        for (const { name, octets, matches } of cases) {
          const hit = (filter: string) => matches.includes(filter)
          const expected = enabled.length === 0 || (logic === 'AND' ? enabled.every(hit) : enabled.some(hit))
          expect(`${enabled} ${name}: ${passes(bench, octets)}`).toBe(`${enabled} ${name}: ${expected}`)
        }
      }
    })
  }
})

describe('hash filter (9.3)', () => {
  const vectors: readonly [string, number, number][] = [
    ['01:00:5E:00:00:01', 0x7fa32d9b, 63],
    ['01:00:5E:00:00:FB', 0x3f7b3b21, 62],
    ['01:00:5E:7F:FF:FA', 0xae3c4afc, 28],
    ['33:33:00:00:00:01', 0xf99baaba, 51],
    ['01:80:C2:00:00:00', 0x67d8c317, 15],
    ['01:80:C2:00:00:01', 0x0ed423f9, 29],
    ['FF:FF:FF:FF:FF:FF', 0xff48647d, 62],
    ['00:04:A3:00:00:01', 0x877e26c9, 14],
  ]
  for (const [text, register, index] of vectors) {
    const da = text.split(':').map((octet) => Number.parseInt(octet, 16))
    it(`${text}: entry ${index}, EHT${index >> 3} bit ${index & 7}`, () => {
      expect(hashIndex(da)).toEqual({ register, index })
      const bench = linked({ filter: ERXFCON.CRCEN | ERXFCON.HTEN })
      setHash(bench, [index])
      expect(passes(bench, frame({ da }))).toBe(true)
      setHash(
        bench,
        Array.from({ length: 64 }, (_, i) => i).filter((i) => i !== index),
      )
      expect(passes(bench, frame({ da }))).toBe(false)
    })
  }
})

describe('pattern match filter (9.2, 9.4)', () => {
  const PATTERN = ERXFCON.CRCEN | ERXFCON.PMEN

  it('the checksum of the tests gives the vectors of section 23', () => {
    expect(onesComplementSum([0x89, 0xab, 0xcd])).toBe(0xa953)
    expect(onesComplementSum([0x00, 0x04, 0xa3, 0xff, 0xff, 0xff])).toBe(0x5bfc)
    expect(onesComplementSum([0x88, 0xaa, 0x09, 0x0a, 0x0b, 0x0c, 0x0d])).toBe(0x563f)
    expect(onesComplementSum([...BROADCAST_STATION, 0x08, 0x06])).toBe(0xf7f9)
  })

  it('source address 00-04-A3-FF-FF-FF, EPMO 0000h: EPMM0 C0h, EPMM1 0Fh, EPMCS 5BFCh', () => {
    const bench = linked({ filter: PATTERN })
    setPattern(bench, 0x0000, [0xc0, 0x0f], 0x5bfc)
    expect(passes(bench, frame({ da: STRANGER, sa: [0x00, 0x04, 0xa3, 0xff, 0xff, 0xff] }))).toBe(true)
    expect(passes(bench, frame({ da: STRANGER, sa: [0x00, 0x04, 0xa3, 0xff, 0xff, 0xfe] }))).toBe(false)
  })

  it('the same with EPMO 0006h and EPMM0 3Fh: frames under 70 octets never match', () => {
    const bench = linked({ filter: PATTERN })
    setPattern(bench, 0x0006, [0x3f], 0x5bfc)
    const sa = [0x00, 0x04, 0xa3, 0xff, 0xff, 0xff]
    for (const length of [64, 68, 69]) expect(passes(bench, frame({ sa, length }))).toBe(false)
    for (const length of [70, 71, 500]) expect(passes(bench, frame({ sa, length }))).toBe(true)
  })

  it('the figure of the data sheet: EPMO 0006h, EPMM1:0 1F0Ah, EPMCS 563Fh, an odd count padded with 00h', () => {
    const bench = linked({ filter: PATTERN })
    setPattern(bench, 0x0006, [0x0a, 0x1f], 0x563f)
    const parts = {
      da: [0x11, 0x22, 0x33, 0x44, 0x55, 0x66],
      sa: [0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc],
      type: 0x005a,
    }
    const rest = Array.from({ length: 0x5a - 5 }, (_, i) => i)
    expect(passes(bench, frame({ ...parts, payload: [0x09, 0x0a, 0x0b, 0x0c, 0x0d, ...rest] }))).toBe(true)
    expect(passes(bench, frame({ ...parts, payload: [0x09, 0x0a, 0x0b, 0x0c, 0x0e, ...rest] }))).toBe(false)
  })

  it('broadcast ARP as EtherCard and UIPEthernet filter it: EPMM1:0 303Fh, EPMCS F7F9h', () => {
    const bench = linked({ filter: PATTERN })
    setPattern(bench, 0x0000, [0x3f, 0x30], 0xf7f9)
    expect(passes(bench, frame({ da: BROADCAST_STATION, type: 0x0806 }))).toBe(true)
    expect(passes(bench, frame({ da: BROADCAST_STATION, type: 0x0800 }))).toBe(false)
    expect(passes(bench, frame({ da: CHIP, type: 0x0806 }))).toBe(false)
  })

  it('masked octets are left out, not taken as zero: an octet between two chosen ones does not move them', () => {
    const bench = linked({ filter: PATTERN })
    setPattern(bench, 0x0000, [0x05], onesComplementSum([CHIP[0], CHIP[2]]))
    expect(passes(bench, frame({ da: CHIP }))).toBe(true)
    setPattern(bench, 0x0000, [0x05], onesComplementSum([CHIP[0], 0, CHIP[2]]))
    expect(passes(bench, frame({ da: CHIP }))).toBe(false)
  })

  it('a window past the end of the FCS never matches, even where its mask bits are 0', () => {
    const bench = linked({ filter: PATTERN })
    setPattern(bench, 0x0000, [0x3f], onesComplementSum(CHIP))
    expect(passes(bench, frame({ da: CHIP, length: 63 }))).toBe(false)
    expect(passes(bench, frame({ da: CHIP, length: 64 }))).toBe(true)
  })

  it('the window may reach into the FCS', () => {
    const bench = linked({ filter: PATTERN })
    const octets = frame({ da: CHIP, length: 64 })
    setPattern(bench, 0x0000, [0, 0, 0, 0, 0, 0, 0, 0xf0], onesComplementSum(octets.slice(60)))
    expect(passes(bench, octets)).toBe(true)
  })
})

describe('magic packet filter (9.2)', () => {
  const MAGIC = ERXFCON.CRCEN | ERXFCON.MPEN
  it.each<[string, readonly number[], boolean]>([
    ['six FFh and sixteen times MAADR', magicBody(CHIP), true],
    ['the same further into the data', magicBody(CHIP, CHIP, 23), true],
    ['for another station', magicBody(PEER), false],
    ['its data for this one, its destination another', magicBody(CHIP, STRANGER), false],
    ['only fifteen repetitions', magicBody(CHIP).filter((_, i) => i < 20 || i >= 26), false],
    ['only five FFh before them', magicBody(CHIP).map((octet, i) => (i === 14 ? 0xfe : octet)), false],
    ['up to the last octet before the FCS', magicBody(CHIP).slice(0, -8), true],
    ['cut off by the FCS', magicBody(CHIP).slice(0, -9), false],
    ['seven FFh before them', [...magicBody(CHIP).slice(0, 14), 0xff, ...magicBody(CHIP).slice(14)], true],
    ['an ordinary frame', body({ da: CHIP, length: 200 }), false],
  ])('%s', (_name, octets, expected) => {
    expect(passes(linked({ filter: MAGIC }), checkedFrame(octets))).toBe(expected)
  })

  it('wakes a host: MPEN with PKTIE pulls INT low for a magic packet and for nothing else', () => {
    const bench = linked({ filter: MAGIC })
    bench.write('EIE', 0xc0)
    bench.deliver(frame({ da: CHIP }))
    bench.deliver(frame({ da: BROADCAST_STATION }))
    expect(bench.chip.interruptHigh).toBe(true)
    bench.deliver(checkedFrame(magicBody(CHIP)))
    expect(bench.chip.interruptHigh).toBe(false)
  })
})
