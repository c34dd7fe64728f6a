import { describe, expect, it } from 'vitest'
import { DataSheetBench, linked, MS, PHCON1, PHCON2, PHSTAT1, PHSTAT2, US } from './bench.js'
import { BROADCAST_STATION, body, CHIP, checkedFrame, frame, PEER } from './frames.js'
import { PHY } from './register-table.js'

/** When, from the first pulse of the peer on, the chip reports a link; looked at every millisecond. */
function upAfter(bench: DataSheetBench, limit = 500 * MS): number | undefined {
  const began = bench.now
  while (bench.now - began < limit) {
    if (bench.linkIsUp) return bench.now - began
    bench.run(MS)
  }
  return undefined
}

describe('link pulses (16.5, 21.4)', () => {
  it('the chip sends one every 16 ms while idle, link or not (24 item 20)', () => {
    const bench = new DataSheetBench()
    bench.run(400 * MS)
    const gaps = bench.wire.pulses.slice(1).map((at, i) => at - bench.wire.pulses[i])
    expect(gaps.length).toBeGreaterThanOrEqual(20)
    for (const gap of gaps) expect(gap).toBe(16 * MS)
  })

  it('never while it sends, and never sooner than 8 ms or later than 24 ms after what it sent last', () => {
    const bench = linked()
    for (let i = 0; i < 300; i++) {
      bench.transmit(body({ da: PEER, sa: CHIP, length: 1518 }))
      bench.run(((i * 7919) % 13) * 250 * US)
    }
    for (const pulse of bench.wire.pulses) {
      for (const { start, end } of bench.wire.heard) expect(pulse > start && pulse < end).toBe(false)
    }
  })

  it('none with TXDIS, none with PPWRSV (5.2)', () => {
    for (const [register, value] of [
      [PHY.PHCON2, PHCON2.TXDIS],
      [PHY.PHCON1, PHCON1.PPWRSV],
    ]) {
      const bench = new DataSheetBench()
      bench.writePhy(register, value)
      const before = bench.wire.pulses.length
      bench.run(200 * MS)
      expect(bench.wire.pulses.length).toBe(before)
    }
  })
})

describe('link integrity (21.4)', () => {
  it('comes up 32 to 112 ms after the first pulse of a partner that pulses every 16 ms', () => {
    const bench = new DataSheetBench()
    bench.run(100 * MS)
    bench.wire.startPulses()
    const after = upAfter(bench)!
    expect(after).toBeGreaterThanOrEqual(32 * MS)
    expect(after).toBeLessThanOrEqual(113 * MS)
  })

  it('goes down 50 to 150 ms after the last pulse', () => {
    const bench = linked()
    bench.wire.stopPulses()
    bench.run(33 * MS)
    expect(bench.linkIsUp).toBe(true)
    bench.run(17 * MS - 1)
    expect(bench.linkIsUp).toBe(true)
    bench.run(101 * MS)
    expect(bench.linkIsUp).toBe(false)
  })

  it('frames keep it up without pulses', () => {
    const bench = linked()
    bench.wire.stopPulses()
    for (let i = 0; i < 30; i++) {
      bench.deliverFrame()
      bench.run(20 * MS)
      expect(bench.linkIsUp).toBe(true)
    }
  })

  it('pulses further apart than link_test_max bring none', () => {
    const bench = new DataSheetBench()
    bench.wire.startPulses(false, 160 * MS)
    expect(upAfter(bench, 3_000 * MS)).toBeUndefined()
  })

  it('pulses closer than link_test_min are not counted: pairs 1 ms apart bring the link no sooner than single ones', () => {
    const single = new DataSheetBench()
    single.wire.startPulses()
    const paired = new DataSheetBench()
    paired.wire.startPulses()
    paired.run(1 * MS)
    paired.wire.startPulses()
    expect(Math.abs(upAfter(paired)! + MS - upAfter(single)!)).toBeLessThanOrEqual(2 * MS)
  })

  it('fast link pulse bursts count once each: the link comes up with an auto-negotiating partner (12.2)', () => {
    const bench = new DataSheetBench()
    const burst = () => {
      for (let i = 0; i < 17; i++) bench.scheduler.after(i * 125 * US, () => bench.wire.pulse())
      bench.scheduler.after(16 * MS, burst)
    }
    burst()
    const after = upAfter(bench)!
    expect(after).toBeGreaterThanOrEqual(32 * MS)
    expect(after).toBeLessThanOrEqual(180 * MS)
  })

  it('a valid frame brings the link, after that frame', () => {
    const bench = new DataSheetBench()
    bench.configure({ filter: 0x00 })
    bench.deliverFrame()
    bench.run(MS)
    expect(bench.linkIsUp).toBe(true)
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('while it fails, frames are not sent, and pulses still are', () => {
    const bench = new DataSheetBench()
    bench.configure()
    bench.run(100 * MS)
    const pulses = bench.wire.pulses.length
    expect(pulses).toBeGreaterThan(3)
    bench.transmit()
    expect(bench.wire.heard).toEqual([])
    bench.run(100 * MS)
    expect(bench.wire.pulses.length).toBeGreaterThan(pulses + 4)
  })

  it('LLSTAT reports a loss that is over, once (5.2)', () => {
    const bench = linked()
    bench.readPhy(PHY.PHSTAT1)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.LLSTAT).toBe(PHSTAT1.LLSTAT)
    bench.wire.stopPulses()
    bench.run(300 * MS)
    bench.wire.startPulses()
    bench.run(300 * MS)
    expect(bench.linkIsUp).toBe(true)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.LLSTAT).toBe(0)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.LLSTAT).toBe(PHSTAT1.LLSTAT)
  })

  it('FRCLNK shows a link with nothing connected, and clearing it shows none (16.5)', () => {
    const bench = new DataSheetBench()
    expect(bench.linkIsUp).toBe(false)
    bench.writePhy(PHY.PHCON2, PHCON2.FRCLNK)
    expect(bench.linkIsUp).toBe(true)
    bench.writePhy(PHY.PHCON2, 0)
    bench.run(200 * MS)
    expect(bench.linkIsUp).toBe(false)
  })

  it('with FRCLNK frames go out although nobody pulses', () => {
    const bench = new DataSheetBench()
    bench.configure({ phcon2: PHCON2.FRCLNK })
    bench.transmit(body({ da: PEER, sa: CHIP }))
    expect(bench.wire.frames).toEqual([checkedFrame(body({ da: PEER, sa: CHIP }))])
  })

  it('TXDIS keeps frames from the pair (5.2)', () => {
    const bench = linked({ phcon2: PHCON2.TXDIS })
    bench.transmit()
    expect(bench.wire.heard).toEqual([])
  })
})

describe('PHCON1.PPWRSV (5.2)', () => {
  it('shuts the PHY down: the link goes, nothing is received or sent, and all returns', () => {
    const bench = linked()
    bench.writePhy(PHY.PHCON1, PHCON1.PPWRSV | PHCON1.PDPXMD)
    bench.run(300 * MS)
    expect(bench.linkIsUp).toBe(false)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.transmit()
    expect(bench.wire.heard).toEqual([])
    bench.writePhy(PHY.PHCON1, PHCON1.PDPXMD)
    bench.run(300 * MS)
    expect(bench.linkIsUp).toBe(true)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })
})

describe('polarity (16.5, 21.5)', () => {
  it('inverted pulses set PLRITY, and upright ones do not', () => {
    const reversed = new DataSheetBench()
    reversed.wire.startPulses(true)
    reversed.run(500 * MS)
    expect(reversed.readPhy(PHY.PHSTAT2) & PHSTAT2.PLRITY).toBe(PHSTAT2.PLRITY)
    const upright = linked()
    expect(upright.readPhy(PHY.PHSTAT2) & PHSTAT2.PLRITY).toBe(0)
  })

  it('without erratum 7 the reversed pair is corrected: link, and frames arrive', () => {
    const bench = new DataSheetBench()
    bench.configure()
    bench.wire.startPulses(true)
    bench.run(500 * MS)
    expect(bench.linkIsUp).toBe(true)
    bench.deliver(frame(), { inverted: true })
    expect(bench.read('EPKTCNT')).toBe(1)
  })
})

describe('loopback (16.4)', () => {
  const octets = body({ da: CHIP, sa: CHIP, length: 200 })

  it('PLOOPBK in full duplex: what is sent comes back, the pair is silent, the link drops', () => {
    const bench = linked()
    bench.writePhy(PHY.PHCON1, PHCON1.PLOOPBK | PHCON1.PDPXMD)
    bench.run(200 * MS)
    expect(bench.linkIsUp).toBe(false)
    const pulses = bench.wire.pulses.length
    bench.transmit(octets)
    bench.run(20 * US)
    expect(bench.receive()!.octets).toEqual(checkedFrame(octets))
    expect(bench.wire.heard).toEqual([])
    bench.run(200 * MS)
    expect(bench.wire.pulses.length).toBe(pulses)
  })

  it('the filters apply to what comes back', () => {
    const bench = linked()
    bench.writePhy(PHY.PHCON1, PHCON1.PLOOPBK | PHCON1.PDPXMD)
    bench.transmit(body({ da: PEER, sa: CHIP }))
    bench.run(20 * US)
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP }))
    bench.run(20 * US)
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('with PLOOPBK the pair is ignored', () => {
    const bench = linked({ filter: 0x00 })
    bench.writePhy(PHY.PHCON1, PHCON1.PLOOPBK | PHCON1.PDPXMD)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(0)
  })

  it('a loopback plug in full duplex returns every frame', () => {
    const bench = linked()
    bench.wire.onStart = () => {}
    bench.wire.onEnd = (heard) => bench.wire.send(heard.octets)
    for (let i = 0; i < 10; i++) {
      bench.transmit(octets)
      bench.run(200 * US)
      expect(bench.receive()!.octets).toEqual(checkedFrame(octets))
    }
  })
})
