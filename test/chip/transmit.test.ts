import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON1, EIE, EIR, ESTAT, inHex, linked, TX } from './bench.js'
import { BROADCAST_STATION, body, CHIP, checkedFrame, fcs, frameCheckSequence, PEER } from './frames.js'
import { GOOD, status } from './status-vector.js'

const to = (length: number) => body({ da: PEER, sa: CHIP, length })
/** A 42-octet ARP request, as a host hands it over. */
const ARP = body({
  da: BROADCAST_STATION,
  sa: CHIP,
  type: 0x0806,
  payload: Array.from({ length: 28 }, (_, i) => i + 1),
})
/** The check frame that is published with its FCS (21.6), without that. */
const CHECK_FRAME: readonly number[] = [
  ...BROADCAST_STATION,
  ...[0x00, 0x04, 0xa3, 0x00, 0x00, 0x01],
  ...[0x08, 0x06],
  ...new Array<number>(46).fill(0),
]

describe('the FCS of the tests (21.6)', () => {
  it('gives CBF43926h for "123456789" and the published check frame', () => {
    expect(frameCheckSequence([...'123456789'].map((letter) => letter.charCodeAt(0)))).toBe(0xcbf43926)
    expect(inHex(fcs(CHECK_FRAME))).toBe('23 60 15 11')
    expect(frameCheckSequence(checkedFrame(CHECK_FRAME))).toBe(0x2144df1c)
  })
})

describe('a transmission (11.1, 11.3)', () => {
  it('puts what the host wrote on the wire, followed by its FCS', () => {
    const bench = linked()
    bench.transmit(to(100))
    expect(bench.wire.frames).toEqual([checkedFrame(to(100))])
    expect(bench.chip.counters.sent).toBe(1)
  })

  it('sends the published check frame with FCS 23 60 15 11 (21.6)', () => {
    const bench = linked()
    bench.transmit(CHECK_FRAME)
    expect(inHex(bench.wire.frames[0].slice(-4))).toBe('23 60 15 11')
  })

  it('does not insert the source address', () => {
    const bench = linked()
    const octets = body({ da: PEER, sa: [9, 8, 7, 6, 5, 4] })
    bench.transmit(octets)
    expect(bench.wire.frames[0].slice(6, 12)).toEqual([9, 8, 7, 6, 5, 4])
  })

  it('a 42-octet ARP at 0C00h: ETXND 0C2Ah, status vector at 0C2Bh to 0C31h, 64 octets on the wire (23)', () => {
    const bench = linked()
    bench.fill(0x0c2b, new Array<number>(8).fill(0xee))
    bench.transmit(ARP)
    expect(bench.read16('ETXND')).toBe(0x0c2a)
    expect(bench.wire.frames[0]).toEqual(checkedFrame([...ARP, ...new Array<number>(18).fill(0)]))
    expect(status(bench.memory(0x0c2b, 7))).toEqual({
      ...GOOD,
      broadcast: true,
      multicast: expect.anything() as boolean,
    })
    expect(bench.memory(0x0c32, 1)).toEqual([0xee])
    expect(bench.memory(0x0c01, 42)).toEqual(ARP)
  })

  it('ends with TXRTS 0, TXIF 1, TXERIF 0, TXABRT 0, LATECOL 0 (11.4)', () => {
    const bench = linked()
    bench.transmit()
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(0)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
    expect(bench.read('ESTAT')).toBe(ESTAT.CLKRDY)
  })

  it('leaves ETXST and ETXND as they were', () => {
    const bench = linked()
    const end = bench.request(to(200))
    bench.untilSent()
    expect([bench.read16('ETXST'), bench.read16('ETXND')]).toEqual([TX, end])
  })

  it('may be repeated with TXRTS alone', () => {
    const bench = linked()
    bench.transmit(to(64))
    bench.set('ECON1', ECON1.TXRTS)
    bench.untilSent()
    expect(bench.wire.frames).toEqual([checkedFrame(to(64)), checkedFrame(to(64))])
  })

  it('status vector, TXRTS and TXIF change in one instant: when INT falls the vector is there, done bit set (24 item 37)', () => {
    const bench = linked()
    const end = bench.load(to(64))
    bench.write('EIE', EIE.INTIE | EIE.TXIE)
    let seen: { done: boolean; requested: number } | undefined
    bench.chip.onInterrupt((high) => {
      if (high || seen !== undefined) return
      seen = { done: status(bench.memory(end + 1, 7)).done, requested: bench.read('ECON1') & ECON1.TXRTS }
    })
    bench.set('ECON1', ECON1.TXRTS)
    bench.untilSent()
    bench.run(1_000)
    expect(seen).toEqual({ done: true, requested: 0 })
  })

  it('its status vector wraps from 1FFFh to 0000h (24 item 30)', () => {
    for (const end of [0x1fff, 0x1ffe, 0x1ffb, 0x1ff8]) {
      const bench = linked({ fifo: [0x0400, 0x07ff] })
      bench.fill(0x0000, new Array<number>(8).fill(0xee))
      bench.load(to(64), 0x00, end - 60)
      bench.set('ECON1', ECON1.TXRTS)
      bench.untilSent()
      expect(bench.wire.frames).toEqual([checkedFrame(to(64))])
      expect(status(bench.memory(end + 1, 7))).toEqual(GOOD)
      expect(bench.memory(((end + 8) & 0x1fff) % 0x1ff8, 1)).toEqual([0xee])
    }
  })

  it('reads straight across ERXND: transmit memory does not wrap there (7)', () => {
    const bench = linked({ fifo: [0x0000, 0x0fff] })
    const octets = to(64)
    bench.load(octets, 0x00, 0x0fe0)
    bench.set('ECON1', ECON1.TXRTS)
    bench.untilSent()
    expect(bench.wire.frames).toEqual([checkedFrame(octets)])
  })

  it('ETXND below ETXST ends at once with TXIF and TXERIF, and sends nothing (24 item 29)', () => {
    const bench = linked()
    bench.write16('ETXST', 0x0d00)
    bench.write16('ETXND', 0x0c00)
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(1_000_000)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(0)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF | EIR.TXERIF)
    expect(bench.wire.heard).toEqual([])
  })

  it('with no link nothing reaches the wire, and TXIF comes without an error (24 item 18)', () => {
    const bench = new DataSheetBench()
    bench.configure()
    bench.transmit(to(64))
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
    expect(bench.wire.heard).toEqual([])
  })

  it('while TXRST is held TXRTS sends nothing', () => {
    const bench = linked()
    bench.set('ECON1', ECON1.TXRST)
    bench.load(to(64))
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(1_000_000)
    expect(bench.wire.heard).toEqual([])
  })

  it('flags are set whether their interrupts are enabled or not (4.4)', () => {
    const bench = linked()
    expect(bench.read('EIE')).toBe(0)
    bench.transmit()
    expect(bench.read('EIR') & EIR.TXIF).toBe(EIR.TXIF)
  })
})

describe('times (11.6)', () => {
  it.each([
    [64, 57_600],
    [65, 58_400],
    [512, 416_000],
    [1518, 1_220_800],
  ])('%i octets take %i ns on the wire', (length, duration) => {
    const bench = linked()
    bench.transmit(to(length))
    const [heard] = bench.wire.heard
    expect(heard.end - heard.start).toBe(duration)
    expect(heard.bits).toBe(duration / 100)
  })

  it.each([
    [64, 67_200],
    [1518, 1_230_400],
  ])('frames of %i octets sent back to back in full duplex follow each other every %i ns', (length, period) => {
    const bench = linked()
    bench.load(to(length))
    bench.wire.onEnd = () => {
      if (bench.wire.heard.length < 5) bench.scheduler.after(0, () => bench.set('ECON1', ECON1.TXRTS))
    }
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(20 * period)
    const starts = bench.wire.heard.map((heard) => heard.start)
    expect(starts.slice(1).map((start, i) => start - starts[i])).toEqual([period, period, period, period])
  })

  it.each([
    ['full', 0x15, 9_600],
    ['full', 0x20, 14_000],
    ['half', 0x12, 9_600],
    ['half', 0x1d, 14_000],
  ] as const)('in %s duplex MABBIPG %i makes a gap of %i ns after an own frame (4.9)', (duplex, value, gap) => {
    const bench = linked({ duplex })
    bench.write('MABBIPG', value)
    bench.load(to(64))
    bench.wire.onEnd = () => {
      if (bench.wire.heard.length < 3) bench.scheduler.after(0, () => bench.set('ECON1', ECON1.TXRTS))
    }
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(1_000_000)
    const { heard } = bench.wire
    expect([heard[1].start - heard[0].end, heard[2].start - heard[1].end]).toEqual([gap, gap])
  })

  it('TXRTS on an idle medium starts the frame within 1 µs, and TXIF is there within 1 µs of its end', () => {
    const bench = linked()
    bench.load(to(64))
    const asked = bench.now
    bench.set('ECON1', ECON1.TXRTS)
    bench.until(() => (bench.read('EIR') & EIR.TXIF) !== 0)
    expect(bench.wire.heard[0].start - asked).toBeLessThanOrEqual(1_000)
    expect(bench.now - bench.wire.heard[0].end).toBeGreaterThanOrEqual(0)
    expect(bench.now - bench.wire.heard[0].end).toBeLessThanOrEqual(1_000)
  })
})

describe('host cancel and TXRST (11.4)', () => {
  it('the host clears TXRTS: TXIF, no TXERIF, no TXABRT, the frame is cut (24 item 19)', () => {
    const bench = linked()
    const end = bench.request(to(1000))
    bench.run(100_000)
    bench.fill(end + 1, new Array<number>(7).fill(0xee))
    bench.clear('ECON1', ECON1.TXRTS)
    bench.run(100_000)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
    expect(bench.read('ESTAT') & (ESTAT.TXABRT | ESTAT.LATECOL)).toBe(0)
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.wire.heard[0].end).toBeLessThan(bench.now)
    expect(bench.wire.heard[0].octets.length).toBeLessThan(200)
    expect(bench.memory(end + 1, 7)).not.toEqual(new Array<number>(7).fill(0xee))
  })

  it('TXRST in mid-frame: TXRTS 0, TXIF as it was, no status vector, the frame is cut', () => {
    const bench = linked()
    const end = bench.request(to(1000))
    bench.fill(end + 1, new Array<number>(7).fill(0xee))
    bench.run(100_000)
    bench.set('ECON1', ECON1.TXRST)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(0)
    expect(bench.read('EIR') & EIR.TXIF).toBe(0)
    bench.run(100_000)
    expect(bench.wire.heard[0].octets.length).toBeLessThan(200)
    expect(bench.memory(end + 1, 7)).toEqual(new Array<number>(7).fill(0xee))
    expect(bench.read('ESTAT') & ESTAT.TXABRT).toBe(0)
  })

  it('TXRST leaves pointers, EPKTCNT and reception alone (6)', () => {
    const bench = linked()
    bench.deliver(checkedFrame(body({ da: CHIP, sa: PEER })))
    bench.set('ECON1', ECON1.TXRST)
    bench.clear('ECON1', ECON1.TXRST)
    expect(bench.read('EPKTCNT')).toBe(1)
    expect(bench.read16('ETXST')).toBe(TX)
    expect(bench.read('ECON1') & ECON1.RXEN).toBe(ECON1.RXEN)
    expect(bench.read('MACON3')).toBe(0x33)
    bench.transmit(to(64))
    expect(bench.wire.frames).toEqual([checkedFrame(to(64))])
  })
})
