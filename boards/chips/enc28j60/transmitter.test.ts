import { describe, expect, it } from 'vitest'
import { BROADCAST, ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { crc32, withFcs } from '../../ethernet/fcs.js'

function bench(duplex: 'half' | 'full' = 'full'): ChipBench {
  const on = new ChipBench()
  on.bringUp(duplex)
  return on
}

const EIR = 0x1c
const ESTAT = 0x1d
const ECON1 = 0x1f
const sentOctets = (on: ChipBench, index = 0) => [...on.partner.sent[index].signal.octets]

describe('padding and FCS (DS39662 register 6-2)', () => {
  const zeros = (count: number) => new Array<number>(count).fill(0)

  it.each([
    // MACON3 without FRMLNEN, payload, padded to (without FCS), FCS appended
    [0x00, 20, 20, false],
    [0x10, 20, 20, true],
    [0x40, 20, 20, false],
    [0x80, 20, 20, false],
    [0xc0, 20, 20, false],
    [0x30, 20, 60, true],
    [0x70, 20, 64, true],
    [0xf0, 20, 64, true],
    [0xb0, 20, 60, true],
    [0x30, 60, 60, true],
    [0x30, 61, 61, true],
    [0x70, 64, 64, true],
  ])('MACON3 %i, %i octets: %i before the FCS', (macon3, length, padded, fcs) => {
    const on = bench()
    on.write(2, 0x02, macon3 | 0x01)
    const frame = frameTo(OTHER, length, 0x0800, STATION)
    on.transmit(frame)
    on.run(200_000)
    const plain = Uint8Array.from([...frame, ...zeros(padded - length)])
    expect(sentOctets(on)).toEqual([...(fcs ? withFcs(plain) : plain)])
    expect(on.partner.sent[0].signal.intact).toBe(fcs)
  })

  it('PADCFG 101 pads a VLAN frame to 64 and any other to 60', () => {
    const on = bench()
    on.write(2, 0x02, 0xb1)
    on.transmit(frameTo(OTHER, 20, 0x8100))
    on.run(200_000)
    expect(sentOctets(on)).toHaveLength(68)
    on.transmit(frameTo(OTHER, 20).slice(0, 13))
    on.run(200_000)
    expect(sentOctets(on, 1)).toHaveLength(64)
  })

  it('appends an FCS where PADCFG asks for one although TXCRCEN is 0, and calls that misuse (section 26, 4)', () => {
    const on = bench()
    on.write(2, 0x02, 0x21)
    on.transmit(frameTo(OTHER, 20))
    on.run(200_000)
    expect(sentOctets(on)).toHaveLength(64)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['padding-without-crc'])
  })

  it('checks the host’s own FCS when it appends none, and reports a wrong one in the status vector', () => {
    const on = bench()
    on.write(2, 0x02, 0x01)
    const good = withFcs(frameTo(OTHER))
    on.transmit(good)
    on.run(200_000)
    expect(on.status(64)[2] & 0x10).toBe(0)
    expect(on.partner.sent[0].signal.intact).toBe(true)
    good[63] ^= 1
    on.transmit(good)
    on.run(200_000)
    expect(on.status(64)[2] & 0x90).toBe(0x90)
    expect(on.partner.sent[1].signal.intact).toBe(false)
    on.transmit([1, 2])
    on.run(200_000)
    expect(on.status(2)[2] & 0x10).toBe(0x10)
  })
})

describe('per-packet control octet (DS39662 figure 7-1)', () => {
  it.each([
    // control, octets on the wire of a 20-octet frame; MACON3 is 33h
    [0x00, 64],
    [0x0e, 64],
    [0xf0, 64],
    [0x01, 20],
    [0x03, 24],
    [0x05, 60],
    [0x07, 64],
    [0x0f, 64],
  ])('%i', (control, length) => {
    const on = bench()
    on.transmit(frameTo(OTHER, 20), control)
    on.run(200_000)
    expect(sentOctets(on)).toHaveLength(length)
  })

  it('PHUGEEN lets a frame beyond MAMXFL out, otherwise it is aborted', () => {
    const on = bench()
    on.transmit(frameTo(OTHER, 2000), 0x0f)
    on.run(2_000_000)
    expect(sentOctets(on)).toHaveLength(2004)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    on.transmit(frameTo(OTHER, 2000), 0x07)
    on.run(2_000_000)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x0a)
  })
})

describe('the end of a transmission (DS39662 7.1, table of 11.4)', () => {
  it('is TXIF alone with the done bit in the vector', () => {
    const on = bench()
    on.transmit(frameTo(BROADCAST, 60, 0x0806))
    on.run(57_599)
    expect(on.eth(0, EIR) & 0x0a).toBe(0)
    expect(on.eth(0, ECON1) & 0x08).toBe(0x08)
    on.run(1)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    expect(on.eth(0, ECON1) & 0x08).toBe(0)
    expect(on.eth(0, ESTAT)).toBe(0x01)
    expect([...on.status(60)]).toEqual([0x40, 0x00, 0xc0, 0x02, 0x40, 0x00, 0x00])
    expect(on.eth16(0, 0x04)).toBe(0x0c00)
    expect(on.eth16(0, 0x06)).toBe(0x0c3c)
  })

  it('takes (8 + n) octet times: 57.6 us for 64 octets, 1220.8 us for 1518', () => {
    for (const [length, time] of [
      [60, 57_600],
      [1514, 1_220_800],
    ]) {
      const on = bench()
      on.transmit(frameTo(OTHER, length))
      on.run(5_000_000)
      expect(on.partner.sent[0].endedAt - on.partner.sent[0].at).toBe(time)
    }
  })

  it('leaves 9.6 us between two frames with MABBIPG 15h in full and 12h in half duplex', () => {
    for (const duplex of ['full', 'half'] as const) {
      const on = bench(duplex)
      on.transmit(frameTo(OTHER))
      on.run(57_600)
      on.transmit(frameTo(OTHER))
      on.run(200_000)
      expect(on.partner.sent[1].at - on.partner.sent[0].endedAt).toBe(9_600)
    }
  })

  it('is shorter than the standard allows with MABBIPG at its reset value: 1.2 us', () => {
    const on = bench()
    on.write(2, 0x04, 0x00)
    on.transmit(frameTo(OTHER))
    on.run(57_600)
    on.transmit(frameTo(OTHER))
    on.run(200_000)
    expect(on.partner.sent[1].at - on.partner.sent[0].endedAt).toBe(1_200)
  })

  it('cuts a frame that is too long at MAMXFL: TXIF, TXERIF, TXABRT, giant', () => {
    const on = bench()
    on.transmit(frameTo(OTHER, 1515))
    on.run(2_000_000)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x0a)
    expect(on.eth(0, ESTAT) & 0x12).toBe(0x02)
    expect(on.status(1515)[3]).toBe(0x40)
    expect(on.status(1515)[2] & 0x80).toBe(0)
    expect(sentOctets(on)).toHaveLength(1518)
    expect(on.partner.sent[0].signal.intact).toBe(false)
    expect(on.chip.counters.dropped).toEqual({ 'transmit: too long': 1 })
  })

  it('with HFRMEN sends it whole', () => {
    const on = bench()
    on.write(2, 0x02, 0x37)
    on.transmit(frameTo(OTHER, 1515))
    on.run(2_000_000)
    expect(sentOctets(on)).toHaveLength(1519)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
  })

  it('is TXIF without TXABRT when the host clears TXRTS; what was sent so far is a fragment', () => {
    const on = bench()
    on.transmit(frameTo(OTHER, 1000))
    on.run(100_000)
    on.clear(ECON1, 0x08)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    expect(on.eth(0, ESTAT) & 0x02).toBe(0)
    expect(on.status(1000)[2] & 0x80).toBe(0)
    expect(sentOctets(on)).toHaveLength(117)
    expect(on.partner.sent[0].signal.bits).toBe(1000)
    expect(on.chip.counters.dropped).toEqual({ 'transmit: cancelled': 1 })
  })

  it('writes nothing and raises nothing when TXRST cuts it', () => {
    const on = bench()
    on.memoryWrite(0x0c00 + 1001, [9, 9, 9, 9, 9, 9, 9])
    on.transmit(frameTo(OTHER, 1000))
    on.run(100_000)
    on.set(ECON1, 0x80)
    expect(on.eth(0, ECON1)).toBe(0x84)
    expect(on.eth(0, EIR) & 0x0a).toBe(0)
    expect([...on.status(1000)]).toEqual([9, 9, 9, 9, 9, 9, 9])
    on.set(ECON1, 0x08)
    expect(on.eth(0, ECON1) & 0x08).toBe(0)
    expect(on.chip.findings.map(({ id }) => id)).toContain('transmit-while-in-reset')
    on.clear(ECON1, 0x80)
    on.transmit(frameTo(OTHER))
    on.run(100_000)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    expect(on.chip.counters.dropped).toEqual({ 'transmit: reset': 1 })
  })

  it('keeps TXABRT through TXRST and through good frames, until BFC or a reset (Zephyr PR 72097)', () => {
    const on = bench()
    on.transmit(frameTo(OTHER, 1515))
    on.run(2_000_000)
    on.set(ECON1, 0x80)
    on.clear(ECON1, 0x80)
    on.transmit(frameTo(OTHER))
    on.run(100_000)
    expect(on.eth(0, ESTAT) & 0x02).toBe(0x02)
    on.write(0, ESTAT, 0xff)
    on.set(ESTAT, 0x40)
    expect(on.eth(0, ESTAT) & 0x42).toBe(0x02)
    on.clear(ESTAT, 0x02)
    expect(on.eth(0, ESTAT) & 0x02).toBe(0)
  })

  it('comes at once, aborted, when ETXND does not lie after ETXST (section 24, 29)', () => {
    for (const end of [0x0c00, 0x0bff]) {
      const on = bench()
      on.write16(0, 0x04, 0x0c00)
      on.write16(0, 0x06, end)
      on.set(ECON1, 0x08)
      expect(on.eth(0, ECON1) & 0x08).toBe(0)
      expect(on.eth(0, EIR) & 0x0a).toBe(0x0a)
      expect(on.chip.findings.map(({ id }) => id)).toContain('no-payload')
    }
  })

  it('wraps the status vector at 1FFFh', () => {
    const on = bench()
    on.write16(0, 0x0a, 0x0bff)
    on.memoryWrite(0x1fc0, [0x00, ...frameTo(OTHER)])
    on.write16(0, 0x04, 0x1fc0)
    on.write16(0, 0x06, 0x1fc0 + 60)
    on.set(ECON1, 0x08)
    on.run(100_000)
    expect([...on.memoryRead(0x1ffd, 3)]).toEqual([0x40, 0x00, 0xc0])
    expect([...on.memoryRead(0x0000, 4)]).toEqual([0x00, 0x40, 0x00, 0x00])
  })

  it('completes with TXIF and no error while there is no link, and nothing reaches the wire (section 24, 18)', () => {
    const on = new ChipBench({ partner: false })
    on.bringUp('full')
    on.transmit(frameTo(OTHER))
    on.run(100_000)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    expect(on.partner.sent).toHaveLength(0)
    expect(on.chip.counters).toMatchObject({ sent: 1, dropped: { 'transmit: no link': 1 } })
  })

  it('does not begin before the oscillator runs', () => {
    const on = new ChipBench({ cold: true })
    on.transmit(frameTo(OTHER))
    on.run(200_000)
    expect(on.eth(0, ECON1) & 0x08).toBe(0x08)
    expect(on.chip.findings.map(({ id }) => id)).toContain('enable-before-clkrdy')
    on.run(300_000)
    expect(on.eth(0, ECON1) & 0x08).toBe(0)
  })
})

describe('transmit status vector (DS39662 table 7-1)', () => {
  const vector = (on: ChipBench, frame: Uint8Array, control = 0) => {
    on.transmit(frame, control)
    on.run(3_000_000)
    return [...on.status(frame.length)]
  }

  it('says length, multicast, VLAN, control and pause', () => {
    const on = bench()
    expect(vector(on, frameTo([0x33, 0x33, 0, 0, 0, 1], 100))).toEqual([104, 0, 0xc0, 0x01, 104, 0, 0])
    expect(vector(on, frameTo(OTHER, 60, 0x8100))[6]).toBe(0x08)
    const control = frameTo(OTHER, 60, 0x8808)
    control.set([0, 2], 14)
    expect(vector(on, control)[6]).toBe(0x01)
    control.set([0, 1], 14)
    expect(vector(on, control)[6]).toBe(0x03)
    expect(vector(on, frameTo(OTHER, 1514)).slice(0, 2)).toEqual([0xee, 0x05])
  })

  it('says control frame of one that ends before its opcode', () => {
    const on = bench()
    on.write(2, 0x02, 0x01)
    expect(vector(on, frameTo(OTHER, 14, 0x8808))[6]).toBe(0x01)
  })

  it('says a wrong length field with FRMLNEN only', () => {
    const on = bench()
    expect(vector(on, frameTo(OTHER, 60, 100))[2]).toBe(0xa0)
    expect(vector(on, frameTo(OTHER, 60, 46))[2]).toBe(0x80)
    on.write(2, 0x02, 0x31)
    expect(vector(on, frameTo(OTHER, 60, 100))[2]).toBe(0x80)
  })

  it('is seven octets and no more', () => {
    const on = bench()
    on.memoryWrite(0x0c00 + 61, [1, 1, 1, 1, 1, 1, 1, 0x77])
    vector(on, frameTo(OTHER, 60))
    expect(on.memoryRead(0x0c00 + 68, 1)[0]).toBe(0x77)
  })
})

describe('what a driver must not do meanwhile', () => {
  it('is to write into the frame being sent', () => {
    const on = bench()
    on.transmit(frameTo(OTHER))
    on.memoryWrite(0x0c3c, [0])
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['buffer-changed-while-sending'])
    on.memoryWrite(0x0c3d, [0])
    expect(on.chip.findings).toHaveLength(1)
  })

  it('is to let the status vector run into the receive buffer', () => {
    const on = bench()
    on.memoryWrite(0x1fc0, [0x00, ...frameTo(OTHER)])
    on.write16(0, 0x04, 0x1fc0)
    on.write16(0, 0x06, 0x1fc0 + 60)
    on.set(ECON1, 0x08)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['status-vector-in-fifo'])
  })

  it('is to move ETXST or ETXND', () => {
    const on = bench()
    on.transmit(frameTo(OTHER))
    on.write(0, 0x06, 0x10)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['transmit-pointer-changed'])
  })
})

describe('contract of section 19.8', () => {
  it('lets ETXND and EWRPT be read back (17): RIOT takes ETXND from EWRPT - 1', () => {
    const on = bench()
    on.memoryWrite(0x0c00, [0, ...frameTo(OTHER)])
    expect(on.eth16(0, 0x02)).toBe(0x0c00 + 61)
    on.write16(0, 0x06, on.eth16(0, 0x02) - 1)
    expect(on.eth16(0, 0x06)).toBe(0x0c3c)
  })

  it('puts the FCS on the wire that an independent CRC-32 gives', () => {
    const on = bench()
    on.transmit(frameTo(BROADCAST))
    on.run(100_000)
    expect(crc32(on.partner.sent[0].signal.octets)).toBe(0x2144df1c)
  })
})
