import { describe, expect, it } from 'vitest'
import { ChipBench } from '../../../test/support/chip-bench.js'

interface Timing {
  setup?: number
  half?: number
  siSetup?: number
  siHold?: number
  hold?: number
  gap?: number
}

/** A host with pins of its own: mode 0,0 at 8 MHz by default. Returns the octets on SO, pulled up. */
function shift(on: ChipBench, octets: readonly number[], timing: Timing = {}): number[] {
  const { setup = 60, half = 62, siSetup = 40, siHold = 62, hold = 300, gap = 60 } = timing
  const pins = on.chip.spiPins
  on.run(gap)
  pins.setCs(false)
  on.run(setup - siSetup)
  const seen: number[] = []
  for (const octet of octets) {
    let miso = 0
    for (let bit = 7; bit >= 0; bit--) {
      pins.setSi(((octet >> bit) & 1) === 1)
      on.run(siSetup)
      pins.setSck(true)
      miso = (miso << 1) | (pins.so === false ? 0 : 1)
      on.run(siHold)
      if (siHold < half) {
        pins.setSi(bit === 0 || ((octet >> (bit - 1)) & 1) === 1)
        on.run(half - siHold)
      }
      pins.setSck(false)
      on.run(Math.max(0, half - siSetup))
    }
    seen.push(miso)
  }
  on.run(Math.max(0, hold - Math.max(0, half - siSetup)))
  pins.setCs(true)
  return seen
}

const bench = () => new ChipBench({ partner: false })
const ids = (on: ChipBench) => Object.keys(on.chip.findingCounts)

describe('SPI by edges (DS39662 4.1)', () => {
  it('shifts most significant bit first, in mode 0,0', () => {
    const on = bench()
    expect(shift(on, [0x1e, 0x00])).toEqual([0xff, 0x80])
    shift(on, [0x42, 0x5a])
    expect(shift(on, [0x02, 0x00])).toEqual([0xff, 0x5a])
    expect(ids(on)).toEqual([])
  })

  it('drives SO from the falling edge that ends the opcode, and releases it when CS rises', () => {
    const on = bench()
    const pins = on.chip.spiPins
    pins.setCs(false)
    on.run(60)
    for (const bit of [0, 0, 0, 1, 1, 1, 1, 0]) {
      pins.setSi(bit === 1)
      on.run(60)
      pins.setSck(true)
      expect(pins.so).toBeUndefined()
      on.run(60)
      pins.setSck(false)
    }
    expect(pins.so).toBe(true)
    on.run(60)
    pins.setSck(true)
    expect(pins.so).toBe(true)
    on.run(60)
    pins.setSck(false)
    expect(pins.so).toBe(false)
    on.run(60)
    pins.setCs(true)
    expect(pins.so).toBeUndefined()
  })

  it('takes a register at the rising edge of data bit 0, and not before', () => {
    const on = bench()
    const pins = on.chip.spiPins
    pins.setCs(false)
    const bits = [0x42, 0xa5].flatMap((octet) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((octet >> bit) & 1) === 1))
    for (const [i, bit] of bits.entries()) {
      on.run(60)
      pins.setSi(bit)
      on.run(60)
      expect(on.chip.inspect().registers[2]).toBe(0x00)
      pins.setSck(true)
      if (i < bits.length - 1) expect(on.chip.inspect().registers[2]).toBe(0x00)
      on.run(60)
      pins.setSck(false)
    }
    expect(on.chip.inspect().registers[2]).toBe(0xa5)
  })

  it('forgets the bits of an octet that CS cut short, and a read pointer stays', () => {
    const on = bench()
    on.memoryWrite(0x0100, [1, 2])
    on.write16(0, 0x00, 0x0100)
    const pins = on.chip.spiPins
    pins.limits = false
    pins.setCs(false)
    for (const bit of [0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0]) {
      pins.setSi(bit === 1)
      pins.setSck(true)
      pins.setSck(false)
    }
    pins.setCs(true)
    expect(on.eth16(0, 0x00)).toBe(0x0100)
    expect(ids(on)).toEqual(['incomplete-octet'])
  })

  it('ignores clocks while CS is high, and a level that is already there', () => {
    const on = bench()
    const pins = on.chip.spiPins
    expect([pins.cs, pins.sck, pins.si]).toEqual([true, false, false])
    pins.setCs(true)
    pins.setSck(true)
    pins.setSck(true)
    pins.setSi(true)
    pins.setSi(true)
    pins.setSck(false)
    pins.setSi(false)
    expect(shift(on, [0x1e, 0x00])).toEqual([0xff, 0x80])
    expect(ids(on)).toEqual([])
  })
})

describe('limits of table 16-6', () => {
  it.each([
    ['cs-setup-too-short', { setup: 49 }],
    ['cs-high-too-short', { gap: 49 }],
    ['si-setup-too-short', { siSetup: 9 }],
    ['si-hold-too-short', { siHold: 9 }],
    ['cs-hold-too-short', { hold: 9, half: 40, siSetup: 35 }],
    ['spi-too-fast', { half: 24, siSetup: 20, siHold: 24 }],
  ] as const)('finds %s', (id, timing) => {
    const on = bench()
    shift(on, [0x42, 0xaa])
    expect(ids(on)).toEqual([])
    shift(on, [0x42, 0xaa], timing)
    expect(ids(on)).toContain(id)
  })

  it('asks for 210 ns of CS hold on MAC registers, for 10 ns elsewhere', () => {
    const on = bench()
    shift(on, [0xbf, 0x03])
    shift(on, [0x9f, 0x02])
    shift(on, [0x42, 0x32], { hold: 209 })
    expect(ids(on)).toEqual(['cs-hold-too-short-mac'])
    const other = bench()
    shift(other, [0x42, 0x32], { hold: 22 })
    expect(ids(other)).toEqual([])
  })

  it('finds a clock that idles high', () => {
    const on = bench()
    on.chip.spiPins.setSck(true)
    on.run(100)
    on.chip.spiPins.setCs(false)
    expect(ids(on)).toEqual(['sck-not-idle-low'])
  })

  it('takes a clock without any period for one it does not know', () => {
    const on = new ChipBench({ partner: false, revision: 'B1', errata: { slowSpiMac: true } })
    shift(on, [0xbf, 0x03])
    shift(on, [0x9f, 0x02])
    shift(on, [0x42, 0x32], { half: 0, siSetup: 0, siHold: 0, setup: 0 })
    expect(ids(on)).not.toContain('spi-too-slow')
    expect(on.mac(2, 0x02)).toBe(0x32)
  })

  it('tells erratum 1 the clock it measures: below 8 MHz MAC access on B1 is unreliable', () => {
    const slow = new ChipBench({ partner: false, revision: 'B1', errata: { slowSpiMac: true } })
    shift(slow, [0xbf, 0x03])
    shift(slow, [0x9f, 0x02])
    shift(slow, [0x42, 0x32], { half: 500, siSetup: 400, siHold: 500 })
    expect(ids(slow)).toEqual(['spi-too-slow'])
  })
})

describe('the pin observer', () => {
  it('sees every edge of SCK, SI and SO, and the octets', () => {
    const on = bench()
    const edges: string[] = []
    const octets: (number | undefined)[][] = []
    on.chip.observePins({
      chipSelect: (high) => edges.push(`CS${high ? 1 : 0}`),
      edge: (pin, high) => edges.push(`${pin}${high === undefined ? 'z' : high ? 1 : 0}`),
      exchange: (mosi, miso) => octets.push([mosi, miso]),
    })
    shift(on, [0x1e, 0x00])
    expect(octets).toEqual([
      [0x1e, undefined],
      [0x00, 0x80],
    ])
    expect(edges[0]).toBe('CS0')
    expect(edges.filter((edge) => edge.startsWith('SCK'))).toHaveLength(32)
    // 80h, and the first bit of its repetition with the last falling edge.
    expect(edges.filter((edge) => edge.startsWith('SO'))).toEqual(['SO1', 'SO0', 'SO1', 'SOz'])
    expect(edges.filter((edge) => edge.startsWith('SI'))).toEqual(['SI1', 'SI0'])
    expect(edges).toContain('CS1')
  })
})
