import { describe, expect, it } from 'vitest'
import { ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { withFcs } from '../../ethernet/fcs.js'
import { ringDistance } from './dma.js'

const ECON1 = 0x1f
const EIR = 0x1c
const DMAST = 0x20
const CSUM = 0x30

function bench(options = {}): ChipBench {
  const on = new ChipBench({ partner: false, ...options })
  on.write16(0, 0x08, 0x0000)
  on.write16(0, 0x0a, 0x0bff)
  return on
}

function start(on: ChipBench, first: number, last: number, mode: number, destination = 0): void {
  on.write16(0, 0x10, first)
  on.write16(0, 0x12, last)
  on.write16(0, 0x14, destination)
  on.clear(ECON1, 0x30)
  on.clear(EIR, 0x20)
  on.set(ECON1, mode & 0x10)
  on.set(ECON1, DMAST)
}

const running = (on: ChipBench) => (on.eth(0, ECON1) & DMAST) !== 0
const finished = (on: ChipBench) => (on.eth(0, EIR) & 0x20) !== 0

describe('copy (DS39662 13.1)', () => {
  it('wraps its source at ERXND and at 1FFFh, its destination at 1FFFh only; pointers stay', () => {
    const on = bench()
    on.memoryWrite(0x0bfe, [1, 2])
    on.memoryWrite(0x0000, [3, 4])
    start(on, 0x0bfe, 0x0001, DMAST, 0x1ffe)
    on.run(1000)
    expect([...on.memoryRead(0x1ffe, 2)]).toEqual([1, 2])
    // 0000h and 0001h were source and destination: 3, 4 onto themselves.
    expect([...on.memoryRead(0x0000, 2)]).toEqual([3, 4])
    expect([on.eth16(0, 0x10), on.eth16(0, 0x12), on.eth16(0, 0x14)]).toEqual([0x0bfe, 0x0001, 0x1ffe])
    on.memoryWrite(0x1fff, [9])
    on.memoryWrite(0x0000, [8])
    start(on, 0x1fff, 0x0000, DMAST, 0x1000)
    on.run(1000)
    expect([...on.memoryRead(0x1000, 2)]).toEqual([9, 8])
  })

  it('copies upwards, octet by octet, also onto itself', () => {
    const on = bench()
    on.memoryWrite(0x1000, [1, 2, 3, 4, 5])
    start(on, 0x1000, 0x1003, DMAST, 0x1001)
    on.run(1000)
    expect([...on.memoryRead(0x1000, 5)]).toEqual([1, 1, 1, 1, 1])
  })

  it('of one octet runs over the whole memory, and does not end until the host says so', () => {
    const on = bench()
    on.memoryWrite(0x1000, [0x5a])
    on.memoryWrite(0x0500, [0x11])
    start(on, 0x1000, 0x1000, DMAST, 0x1001)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['dma-without-end'])
    on.run(10_000_000)
    expect(running(on)).toBe(true)
    on.clear(ECON1, DMAST)
    expect(finished(on)).toBe(true)
    expect(on.memoryRead(0x0500, 1)[0]).toBe(0x5a)
  })

  it('never ends where EDMAND cannot be reached', () => {
    const on = bench()
    // From inside the buffer the pointer turns at 0BFFh: 1000h is never met.
    start(on, 0x0100, 0x1000, CSUM)
    on.run(100_000_000)
    expect(running(on)).toBe(true)
    expect(ringDistance(0x0100, 0x1000, 0x0000, 0x0bff)).toBe(Number.POSITIVE_INFINITY)
    expect(ringDistance(0x0100, 0x00ff, 0x0000, 0x0bff)).toBe(0x0c00)
    expect(ringDistance(0x1000, 0x0010, 0x0000, 0x0bff)).toBe(0x1011)
    expect(ringDistance(0x1000, 0x0fff, 0x0000, 0x0bff)).toBe(Number.POSITIVE_INFINITY)
    expect(ringDistance(0x1800, 0x0005, 0x1000, 0x00ff)).toBe(0x0806)
  })

  it('is cancelled by the host: what was copied stays, DMAIF comes (section 26, 1)', () => {
    const on = bench()
    on.memoryWrite(0x0000, [1, 2, 3, 4])
    on.memoryWrite(0x1000, [9, 9, 9, 9])
    start(on, 0x0000, 0x0003, DMAST, 0x1000)
    on.run(160)
    on.clear(ECON1, DMAST)
    expect(finished(on)).toBe(true)
    on.run(10_000)
    expect([...on.memoryRead(0x1000, 4)]).toEqual([1, 2, 9, 9])
  })

  it('leaves EDMACS alone when a checksum is cancelled', () => {
    const on = bench()
    start(on, 0x0000, 0x0100, CSUM)
    on.run(100)
    on.clear(ECON1, DMAST)
    expect(on.eth16(0, 0x16)).toBe(0)
  })
})

describe('DMA and transmitter wait for each other (DS39662 13.0)', () => {
  it('a DMA begins when TXRTS has fallen', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.transmit(frameTo(OTHER))
    start(on, 0x1000, 0x1003, DMAST, 0x1100)
    on.run(57_599)
    expect(running(on)).toBe(true)
    on.run(321)
    expect(running(on)).toBe(false)
  })

  it('a frame begins when the DMA has ended', () => {
    const on = new ChipBench()
    on.bringUp('full')
    start(on, 0x1000, 0x1000 + 999, DMAST, 0x1800)
    const at = on.clock.now
    on.transmit(frameTo(OTHER))
    on.run(1_000_000)
    expect(on.partner.sent[0].at).toBe(at + 80_000)
  })
})

describe('erratum 17: a checksum aborts a reception', () => {
  const run = (mode: number, checksumAbortsReceive: boolean, before: boolean) => {
    const on = new ChipBench({ errata: { checksumAbortsReceive } })
    on.bringUp()
    if (before) start(on, 0x1000, 0x1fff, mode, 0x1000)
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(5_000)
    if (!before) start(on, 0x1000, 0x1010, mode, 0x1100)
    on.run(200_000)
    return on
  }

  it('RXERIF and BUFER are set and the packet is lost, whichever began first', () => {
    for (const before of [false, true]) {
      const on = run(CSUM, true, before)
      expect(on.eth(0, EIR) & 0x01).toBe(0x01)
      expect(on.eth(0, 0x1d) & 0x40).toBe(0x40)
      expect(on.eth(1, 0x19)).toBe(0)
      expect(on.chip.counters.dropped).toEqual({ 'receive: checksum DMA': 1 })
    }
  })

  it('a copy does no harm, nor does a checksum without the erratum', () => {
    expect(run(DMAST, true, false).eth(1, 0x19)).toBe(1)
    expect(run(CSUM, false, false).eth(1, 0x19)).toBe(1)
  })
})
