import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { withFcs } from '../../ethernet/fcs.js'

const EIR = 0x1c

describe('link status (DS39662 3.3, 12.1.5; IEEE 802.3 14.2.1.7)', () => {
  it('comes up 48 to 112 ms after the pulses begin and goes 100 ms after they end', () => {
    const on = new ChipBench({ cold: true })
    on.run(47 * MILLISECOND)
    expect(on.chip.linkUp).toBe(false)
    on.run(65 * MILLISECOND)
    expect(on.chip.linkUp).toBe(true)
    expect(on.chip.linkState).toBe('Link Test Pass')
    on.partner.pulsing = false
    on.run(84 * MILLISECOND)
    expect(on.chip.linkUp).toBe(true)
    on.run(17 * MILLISECOND)
    expect(on.chip.linkUp).toBe(false)
  })

  it('sends a link pulse every 16 ms while idle', () => {
    const on = new ChipBench()
    const before = on.partner.pulses
    on.run(SECOND)
    expect(on.partner.pulses - before).toBeGreaterThanOrEqual(62)
    expect(on.partner.pulses - before).toBeLessThanOrEqual(63)
  })

  it('shows it in LSTAT at once, and in LLSTAT only from the second read on', () => {
    const on = new ChipBench()
    expect(on.phyRead(0x11) & 0x0400).toBe(0x0400)
    expect(on.phyRead(0x01) & 0x0004).toBe(0)
    expect(on.phyRead(0x01) & 0x0004).toBe(0x0004)
    on.partner.pulsing = false
    on.run(150 * MILLISECOND)
    on.partner.pulsing = true
    on.run(150 * MILLISECOND)
    expect(on.phyRead(0x11) & 0x0400).toBe(0x0400)
    expect(on.phyRead(0x01) & 0x0004).toBe(0)
    expect(on.phyRead(0x01) & 0x0004).toBe(0x0004)
  })

  it('comes up by a frame too, which is itself lost', () => {
    const on = new ChipBench({ partner: false })
    on.bringUp()
    on.partner.send(frameTo(STATION))
    expect(on.chip.linkUp).toBe(true)
    expect(on.eth(1, 0x19)).toBe(0)
    expect(on.chip.counters.dropped).toEqual({ 'receive: no link': 1 })
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(1)
  })

  it('is forced by FRCLNK, with no cable, which counts as a change (section 26, 8)', () => {
    const on = new ChipBench({ partner: false })
    on.phyWrite(0x12, 0x0012)
    on.phyWrite(0x10, 0x4000)
    expect(on.phyRead(0x11) & 0x0400).toBe(0x0400)
    expect(on.eth(0, EIR) & 0x10).toBe(0x10)
    on.phyWrite(0x10, 0x0000)
    expect(on.phyRead(0x11) & 0x0400).toBe(0)
  })
})

describe('PHY interrupts (DS39662 12.1.5)', () => {
  it('raises LINKIF on a link change once PHIE is 0012h, and clears it when PHIR is read', () => {
    const on = new ChipBench({ partner: false })
    on.phyWrite(0x12, 0x0012)
    on.set(0x1b, 0x90)
    expect(on.chip.interruptHigh).toBe(true)
    on.partner.pulsing = true
    on.run(150 * MILLISECOND)
    expect(on.eth(0, EIR) & 0x10).toBe(0x10)
    expect(on.chip.interruptHigh).toBe(false)
    on.clear(EIR, 0x10)
    expect(on.eth(0, EIR) & 0x10).toBe(0x10)
    expect(on.phyRead(0x13)).toBe(0x0014)
    expect(on.eth(0, EIR) & 0x10).toBe(0)
    expect(on.chip.interruptHigh).toBe(true)
    expect(on.phyRead(0x13)).toBe(0x0000)
  })

  it('needs both PLNKIE and PGEIE; PLNKIF is set without', () => {
    for (const enable of [0x0000, 0x0010, 0x0002]) {
      const on = new ChipBench({ partner: false })
      on.phyWrite(0x12, enable)
      on.partner.pulsing = true
      on.run(150 * MILLISECOND)
      expect(on.eth(0, EIR) & 0x10).toBe(0)
      expect(on.phyRead(0x13)).toBe(0x0010)
    }
  })
})

describe('duplex strap and PHCON1 (DS39662 2.6, 6.6)', () => {
  it('presets PDPXMD from the wiring of LEDB at each reset', () => {
    const on = new ChipBench({ ledbStrap: 'full', partner: false })
    expect(on.phyRead(0x00)).toBe(0x0100)
    expect(on.phyRead(0x11) & 0x0200).toBe(0x0200)
    on.phyWrite(0x00, 0x0000)
    expect(on.phyRead(0x11) & 0x0200).toBe(0)
    on.frame([0xff])
    on.run(MILLISECOND)
    expect(on.phyRead(0x00)).toBe(0x0100)
  })

  it('is silent and deaf while PPWRSV is set', () => {
    const on = new ChipBench()
    on.phyWrite(0x00, 0x0800)
    const before = on.partner.pulses
    on.run(200 * MILLISECOND)
    expect(on.partner.pulses).toBe(before)
    expect(on.chip.linkUp).toBe(false)
    on.phyWrite(0x00, 0x0000)
    on.run(200 * MILLISECOND)
    expect(on.chip.linkUp).toBe(true)
  })

  it('drops what is coming in when PPWRSV or PLOOPBK is set', () => {
    for (const value of [0x0800, 0x4000]) {
      const on = new ChipBench()
      on.bringUp()
      on.partner.signal(withFcs(frameTo(STATION, 1000)))
      on.phyWrite(0x00, value)
      on.run(2 * MILLISECOND)
      expect(on.eth(1, 0x19)).toBe(0)
      expect(on.eth(0, 0x1d) & 0x04).toBe(0)
      expect(on.chip.counters.dropped).toEqual({ 'receive: no link': 1 })
    }
  })

  it('restarts after PRST', () => {
    const on = new ChipBench()
    on.phyWrite(0x00, 0x8000)
    expect(on.chip.linkUp).toBe(false)
    on.run(200 * MILLISECOND)
    expect(on.chip.linkUp).toBe(true)
  })
})

describe('loopbacks and the driver switch (DS39662 3.3, section 16.4)', () => {
  it('PLOOPBK returns own frames in full duplex; the pair is silent and the link drops', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.phyWrite(0x00, 0x4100)
    on.transmit(frameTo(STATION))
    on.run(100_000)
    expect(on.eth(1, 0x19)).toBe(1)
    expect(on.memoryRead(6, 60)).toEqual(frameTo(STATION))
    expect(on.partner.sent).toHaveLength(0)
    on.transmit(frameTo(OTHER))
    on.run(100_000)
    expect(on.eth(1, 0x19)).toBe(1)
    const pulses = on.partner.pulses
    on.run(150 * MILLISECOND)
    expect(on.chip.linkUp).toBe(false)
    expect(on.partner.pulses).toBe(pulses)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(1)
    expect(on.chip.counters.dropped['receive: loopback']).toBe(1)
  })

  it('TXDIS takes frames and pulses off the pair, and the MAC does not notice', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.phyWrite(0x10, 0x2000)
    const pulses = on.partner.pulses
    on.transmit(frameTo(OTHER))
    on.run(100 * MILLISECOND)
    expect(on.partner.sent).toHaveLength(0)
    expect(on.partner.pulses).toBe(pulses)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    expect(on.chip.counters.dropped).toEqual({ 'transmit: driver disabled': 1 })
  })
})

describe('what a PHY must survive', () => {
  it('a sleep while PPWRSV is set: it is still shut down afterwards', () => {
    const on = new ChipBench()
    on.phyWrite(0x00, 0x0800)
    on.set(0x1e, 0x20)
    on.clear(0x1e, 0x20)
    on.run(200 * MILLISECOND)
    expect(on.chip.linkUp).toBe(false)
    on.phyWrite(0x00, 0x0000)
    on.run(200 * MILLISECOND)
    expect(on.chip.linkUp).toBe(true)
  })

  it('PPWRSV while something comes in that was not for the MAC', () => {
    const on = new ChipBench({ partner: false })
    on.bringUp()
    on.partner.signal(withFcs(frameTo(STATION, 1000)))
    on.phyWrite(0x00, 0x0800)
    on.run(2 * MILLISECOND)
    expect(on.chip.counters.dropped).toEqual({ 'receive: no link': 1 })
  })

  it('a medium that begins a second signal in the midst of the first: both are lost', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(10_000)
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(100_000)
    expect(on.eth(1, 0x19)).toBe(0)
    expect(on.chip.counters.dropped['receive: collision']).toBeGreaterThan(0)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(1)
    // A PHY that goes to sleep in the midst of that forgets all of it.
    on.partner.signal(withFcs(frameTo(STATION, 100)))
    on.partner.signal(withFcs(frameTo(STATION, 1000)))
    on.run(200_000)
    expect(on.phyRead(0x11) & 0x1000).toBe(0x1000)
    on.phyWrite(0x00, 0x0900)
    on.run(MILLISECOND)
    on.phyWrite(0x00, 0x0100)
    expect(on.phyRead(0x11) & 0x1000).toBe(0)
  })

  it('damage: a dead PHY reads 0000h and has no link; a memory cell with a stuck bit keeps its opinion', () => {
    const dead = new ChipBench({ defects: { phyDead: true } })
    expect(dead.phyRead(0x02)).toBe(0)
    expect(dead.chip.linkUp).toBe(false)
    for (const high of [true, false]) {
      const on = new ChipBench({ partner: false, defects: { memory: { address: 0x1234, bit: 3, high } } })
      on.memoryWrite(0x1234, [high ? 0x00 : 0xff])
      expect(on.memoryRead(0x1234, 1)[0]).toBe(high ? 0x08 : 0xf7)
    }
  })
})

describe('polarity (DS39662 3.3, PLRITY; DS80349C item 7)', () => {
  it('without the erratum: seen after three inverted pulses, corrected, and reported', () => {
    const on = new ChipBench()
    on.bringUp()
    expect(on.phyRead(0x11) & 0x0020).toBe(0)
    on.partner.inverted = true
    on.run(200 * MILLISECOND)
    expect(on.phyRead(0x11) & 0x0420).toBe(0x0420)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(1)
    on.partner.inverted = false
    on.run(200 * MILLISECOND)
    expect(on.phyRead(0x11) & 0x0420).toBe(0x0400)
  })

  it('with the erratum: link and PLRITY, and not one frame', () => {
    const on = new ChipBench({ errata: { polarityCorrection: true } })
    on.bringUp()
    on.partner.inverted = true
    on.run(200 * MILLISECOND)
    expect(on.phyRead(0x11) & 0x0420).toBe(0x0420)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(0)
    expect(on.chip.counters.dropped).toEqual({ 'receive: inverted pair': 1 })
    expect(on.phyRead(0x11) & 0x1000).toBe(0)
  })

  it('frames inverted before it is noticed are lost', () => {
    const on = new ChipBench()
    on.bringUp()
    on.partner.inverted = true
    on.partner.send(frameTo(STATION))
    on.partner.send(frameTo(STATION))
    on.partner.send(frameTo(STATION))
    on.partner.send(frameTo(STATION))
    expect(on.chip.counters).toMatchObject({ received: 1, dropped: { 'receive: inverted pair': 3 } })
  })
})

describe('PHSTAT2 follows the wire (section 24, 36)', () => {
  it('RXSTAT while a frame comes in, TXSTAT while one goes out', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.partner.signal(withFcs(frameTo(OTHER, 1000)))
    expect(on.phyRead(0x11) & 0x3800).toBe(0x1000)
    on.run(MILLISECOND)
    on.transmit(frameTo(OTHER, 1000))
    expect(on.phyRead(0x11) & 0x3800).toBe(0x2000)
  })
})

describe('MII (DS39662 3.3, section 5.3)', () => {
  /** The bits that the sheet describes; bit 3 is set by the first read (docs/chip.md). */
  const MISTAT = (on: ChipBench) => on.mac(3, 0x0a) & 0x07

  it('reads in 10.24 us, BUSY meanwhile', () => {
    const on = new ChipBench()
    on.write(2, 0x14, 0x02)
    on.write(2, 0x12, 0x01)
    expect(MISTAT(on)).toBe(0x01)
    on.run(10_239)
    expect(MISTAT(on)).toBe(0x01)
    on.run(1)
    expect(MISTAT(on)).toBe(0x00)
    expect(on.mac(2, 0x18)).toBe(0x83)
    expect(on.mac(2, 0x12)).toBe(0x01)
  })

  it('completes a read although MIIRD was cleared at once (RIOT; contract 11)', () => {
    const on = new ChipBench()
    on.write(2, 0x14, 0x02)
    on.write(2, 0x12, 0x01)
    on.write(2, 0x12, 0x00)
    expect(MISTAT(on)).toBe(0x01)
    on.run(10_240)
    expect(MISTAT(on)).toBe(0x00)
    expect(on.mac(2, 0x18)).toBe(0x83)
  })

  it('starts on the rising edge of MIIRD only (section 24, 31)', () => {
    const on = new ChipBench()
    on.phyRead(0x02)
    on.write(2, 0x12, 0x01)
    on.run(10_240)
    on.write(2, 0x14, 0x03)
    on.write(2, 0x12, 0x01)
    on.run(10_240)
    expect(on.mac(2, 0x18)).toBe(0x83)
  })

  it('writes with MIWRH, in 10.24 us', () => {
    const on = new ChipBench()
    on.write(2, 0x14, 0x14)
    on.write(2, 0x16, 0x76)
    on.run(100_000)
    expect(on.phyRead(0x14)).toBe(0x3422)
    on.write(2, 0x14, 0x14)
    on.write(2, 0x17, 0x34)
    expect(MISTAT(on)).toBe(0x01)
    on.run(10_240)
    expect(MISTAT(on)).toBe(0x00)
    expect(on.phyRead(0x14)).toBe(0x3476)
  })

  it('scans: NVALID until the first result, a new one every 10.24 us, BUSY until the last turn after the stop', () => {
    const on = new ChipBench({ partner: false })
    on.write(2, 0x14, 0x11)
    on.write(2, 0x12, 0x02)
    expect(MISTAT(on)).toBe(0x07)
    on.run(10_240)
    expect(MISTAT(on)).toBe(0x03)
    expect(on.mac(2, 0x19) & 0x04).toBe(0)
    on.partner.pulsing = true
    on.run(150 * MILLISECOND)
    expect(on.mac(2, 0x19) & 0x04).toBe(0x04)
    on.write(2, 0x12, 0x00)
    expect(MISTAT(on) & 0x03).toBe(0x01)
    on.run(10_240)
    expect(MISTAT(on)).toBe(0x00)
  })

  it('reports what a driver must not do: start while busy, write or read during a scan, read too soon', () => {
    const on = new ChipBench()
    const seen = (action: () => void) => {
      const before = on.chip.findings.length
      action()
      return on.chip.findings.slice(before).map(({ id }) => id)
    }
    on.write(2, 0x14, 0x02)
    expect(seen(() => on.write(2, 0x12, 0x01))).toEqual([])
    expect(seen(() => on.write(2, 0x14, 0x03))).toEqual(['mii-busy'])
    expect(seen(() => on.mac(2, 0x18))).toEqual(['mii-read-too-soon'])
    expect(seen(() => on.write(2, 0x17, 0x00))).toEqual(['mii-busy'])
    on.write(2, 0x12, 0x00)
    expect(seen(() => on.write(2, 0x12, 0x01))).toEqual(['mii-busy'])
    on.write(2, 0x12, 0x00)
    expect(seen(() => on.write(2, 0x12, 0x02))).toEqual(['mii-busy'])
    on.run(20_000)
    on.write(2, 0x12, 0x00)
    on.run(20_000)
    on.write(2, 0x12, 0x02)
    expect(seen(() => on.mac(2, 0x18))).toEqual(['mii-read-too-soon'])
    on.run(20_000)
    expect(seen(() => on.mac(2, 0x18))).toEqual([])
    expect(seen(() => on.write(2, 0x12, 0x03))).toEqual(['mii-scanning', 'mii-busy'])
    expect(seen(() => on.write(2, 0x17, 0x00))).toEqual(['mii-scanning', 'mii-busy'])
    expect(seen(() => on.write(2, 0x14, 0x00))).toEqual([])
  })

  it('reports reserved PHY bits and too early an access after reset', () => {
    const on = new ChipBench()
    on.phyWrite(0x14, 0x0476)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['phy-reserved-bit'])
    on.frame([0xff])
    on.run(40_000)
    on.phyRead(0x02)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['phy-reserved-bit', 'phy-too-soon-after-reset'])
  })
})
