import { describe, expect, it } from 'vitest'
import { BROADCAST, ChipBench, frameTo, STATION } from '../../../test/support/chip-bench.js'

describe('ENC28J60 end to end', () => {
  it('comes up as the data sheet says: CLKRDY 300 us after power-on, EREVID 06h on B7', () => {
    const bench = new ChipBench({ cold: true })
    expect(bench.eth(0, 0x1d)).toBe(0x00)
    bench.run(299_999)
    expect(bench.eth(0, 0x1d)).toBe(0x00)
    bench.run(1)
    expect(bench.eth(0, 0x1d)).toBe(0x01)
    expect(bench.eth(3, 0x12)).toBe(0x06)
    expect(bench.eth(0, 0x1e)).toBe(0x80)
  })

  it('receives a 64-octet frame as in the layout vector of section 23', () => {
    const bench = new ChipBench()
    bench.bringUp()
    const frame = frameTo(STATION)
    bench.partner.send(frame)
    expect(bench.eth(1, 0x19)).toBe(1)
    expect([...bench.memoryRead(0, 6)]).toEqual([0x46, 0x00, 0x40, 0x00, 0xc0, 0x00])
    expect(bench.memoryRead(6, 60)).toEqual(frame)
    expect(bench.eth16(0, 0x0e)).toBe(0x0046)
    expect(bench.eth(0, 0x1c) & 0x40).toBe(0x40)
  })

  it('transmits a 42-octet ARP padded to 60 with its FCS, in 57.6 us, with the status vector at 0C2Bh', () => {
    const bench = new ChipBench()
    bench.bringUp()
    const arp = frameTo(BROADCAST, 42, 0x0806)
    bench.transmit(arp)
    expect(bench.eth(0, 0x1f) & 0x08).toBe(0x08)
    bench.run(57_600 - 1)
    expect(bench.partner.sent).toHaveLength(0)
    bench.run(1)
    expect(bench.partner.sent).toHaveLength(1)
    const { octets } = bench.partner.sent[0].signal
    expect(octets).toHaveLength(64)
    expect(octets.subarray(0, 42)).toEqual(arp)
    expect(bench.eth(0, 0x1f) & 0x08).toBe(0)
    expect(bench.eth(0, 0x1c) & 0x0a).toBe(0x08)
    expect([...bench.status(42)]).toEqual([0x40, 0x00, 0xc0, 0x02, 0x40, 0x00, 0x00])
  })

  it('reads PHID1 0083h and PHID2 1400h by MII, and link in PHSTAT2', () => {
    const bench = new ChipBench()
    expect(bench.phyRead(0x02)).toBe(0x0083)
    expect(bench.phyRead(0x03)).toBe(0x1400)
    expect(bench.phyRead(0x11) & 0x0400).toBe(0x0400)
  })

  it('sums its memory up to F807h after an address fill (section 15)', () => {
    const bench = new ChipBench()
    bench.write16(0, 0x0a, 0x1fff)
    bench.write16(0, 0x10, 0x0000)
    bench.write16(0, 0x12, 0x1fff)
    bench.write(3, 0x07, 0x06)
    bench.write(3, 0x07, 0x07)
    bench.set(0x1f, 0x30)
    bench.run(327_680)
    expect(bench.eth16(3, 0x08)).toBe(0xf807)
    expect(bench.eth16(0, 0x16)).toBe(0xf807)
    expect(bench.eth(0, 0x1f) & 0x20).toBe(0)
  })
})
