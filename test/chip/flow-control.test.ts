import { describe, expect, it } from 'vitest'
import { BIT, type DataSheetBench, ECON1, linked, MACON1, MS, PHCON2, PHSTAT1, US } from './bench.js'
import { body, CHIP, checkedFrame, frame, PAUSE_GROUP, PEER } from './frames.js'
import { PHY } from './register-table.js'
import { status } from './status-vector.js'

const QUANTUM = 51_200

/** A pause frame as 12.4 spells it. */
const pause = (timer: number, sa: readonly number[] = PEER) =>
  checkedFrame([
    ...PAUSE_GROUP,
    ...sa,
    0x88,
    0x08,
    0x00,
    0x01,
    timer >>> 8,
    timer & 0xff,
    ...new Array<number>(42).fill(0),
  ])

const to = (length: number) => body({ da: PEER, sa: CHIP, length })

describe('sending pause frames, full duplex (12.4)', () => {
  it('EFLOCON 01: one frame with the timer of EPAUS, then FCEN reads 00 (24 item 26)', () => {
    const bench = linked()
    bench.write16('EPAUS', 0x1234)
    bench.write('EFLOCON', 0x01)
    bench.run(500 * MS)
    expect(bench.wire.frames).toEqual([pause(0x1234, CHIP)])
    expect(bench.wire.frames[0]).toHaveLength(64)
    expect(bench.read('EFLOCON') & 0x03).toBe(0)
  })

  it('EPAUS is 1000h after reset', () => {
    const bench = linked()
    bench.write('EFLOCON', 0x01)
    bench.run(1 * MS)
    expect(bench.wire.frames).toEqual([pause(0x1000, CHIP)])
  })

  it('EFLOCON 10: pause frames every half of EPAUS, 104.9 ms at 1000h, until 00 (24 item 27)', () => {
    const bench = linked()
    bench.write('EFLOCON', 0x02)
    bench.run(500 * MS)
    const starts = bench.wire.heard.map((heard) => heard.start)
    expect(starts).toHaveLength(5)
    for (let i = 1; i < starts.length; i++) {
      expect(Math.abs(starts[i] - starts[i - 1] - (0x1000 / 2) * QUANTUM)).toBeLessThanOrEqual(100 * US)
    }
    bench.write('EFLOCON', 0x00)
    bench.run(500 * MS)
    expect(bench.wire.heard).toHaveLength(5)
  })

  it('EFLOCON 11: one frame with timer 0, then FCEN reads 00', () => {
    const bench = linked()
    bench.write('EFLOCON', 0x02)
    bench.run(10 * MS)
    bench.write('EFLOCON', 0x03)
    bench.run(500 * MS)
    expect(bench.wire.frames).toEqual([pause(0x1000, CHIP), pause(0x0000, CHIP)])
    expect(bench.read('EFLOCON') & 0x03).toBe(0)
  })

  it('without TXPAUS no pause frame is sent (4.6)', () => {
    const bench = linked({ macon1: MACON1.MARXEN | MACON1.RXPAUS })
    bench.write('EFLOCON', 0x02)
    bench.run(300 * MS)
    expect(bench.wire.heard).toEqual([])
  })

  it('the source address is MAADR', () => {
    const address = [0x02, 0x11, 0x22, 0x33, 0x44, 0x55]
    const bench = linked({ address })
    bench.write('EFLOCON', 0x01)
    bench.run(1 * MS)
    expect(bench.wire.frames[0].slice(6, 12)).toEqual(address)
  })

  it('waits for a frame of the host to end, and is not counted as a transmission of the host', () => {
    const bench = linked()
    bench.request(to(1000))
    bench.run(100 * US)
    bench.write('EFLOCON', 0x01)
    bench.untilSent()
    bench.run(1 * MS)
    expect(bench.wire.frames).toEqual([checkedFrame(to(1000)), pause(0x1000, CHIP)])
    expect(bench.wire.heard[1].start - bench.wire.heard[0].end).toBeGreaterThanOrEqual(9_600)
  })

  it('a pause frame that waits is taken back by EFLOCON 00 and by SRC', () => {
    for (const takeBack of [
      (bench: DataSheetBench) => bench.write('EFLOCON', 0x00),
      (bench: DataSheetBench) => bench.spi([0xff]),
    ]) {
      const bench = linked()
      bench.request(to(1000))
      bench.run(100 * US)
      bench.write('EFLOCON', 0x01)
      takeBack(bench)
      bench.run(300 * MS)
      expect(bench.wire.heard).toHaveLength(1)
    }
  })

  it('06h, as an old RIOT wrote it, floods: FCEN is 10b (12.4)', () => {
    const bench = linked()
    bench.write('EFLOCON', 0x06)
    bench.run(2_000 * MS)
    expect(bench.wire.heard.length).toBeGreaterThanOrEqual(19)
  })
})

describe('obeying pause frames, full duplex (12.4)', () => {
  function heldFor(bench: DataSheetBench, timer: number): number {
    bench.deliver(pause(timer))
    const ended = bench.now - 9_600
    bench.load(to(64))
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(1)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(ECON1.TXRTS)
    bench.untilSent()
    return bench.wire.heard.at(-1)!.start - ended
  }

  it.each([1, 10, 1000])('%i quanta of 51.2 µs hold TXRTS from the end of the pause frame', (timer) => {
    const held = heldFor(linked(), timer)
    expect(held).toBeGreaterThanOrEqual(timer * QUANTUM)
    expect(held).toBeLessThanOrEqual(timer * QUANTUM + 10 * US)
  })

  it('timer 0 releases it at once', () => {
    const bench = linked()
    bench.deliver(pause(0x1000))
    bench.request(to(64))
    bench.run(10 * MS)
    expect(bench.wire.heard).toEqual([])
    bench.deliver(pause(0))
    bench.run(100 * US)
    expect(bench.wire.frames).toEqual([checkedFrame(to(64))])
  })

  it('a later pause frame replaces the timer of an earlier one', () => {
    const bench = linked()
    bench.deliver(pause(0x1000))
    expect(heldFor(bench, 20)).toBeLessThanOrEqual(20 * QUANTUM + 10 * US)
  })

  it('a frame that is going out is not cut', () => {
    const bench = linked()
    bench.request(to(1500))
    bench.run(10 * US)
    bench.deliver(pause(0x1000))
    bench.untilSent()
    expect(bench.wire.frames).toEqual([checkedFrame(to(1500))])
  })

  it('reception goes on meanwhile', () => {
    const bench = linked()
    bench.deliver(pause(0x1000))
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('the TSV of a frame that waited for a pause is that of a success', () => {
    const bench = linked()
    bench.deliver(pause(10))
    expect(status(bench.transmit(to(64)))).toMatchObject({ done: true, collisionCount: 0 })
  })

  it('without RXPAUS a pause frame changes nothing', () => {
    const bench = linked({ macon1: MACON1.MARXEN | MACON1.TXPAUS })
    expect(heldFor(bench, 1000)).toBeLessThanOrEqual(20 * US)
  })

  it('clearing RXPAUS lets a held frame go', () => {
    const bench = linked()
    bench.deliver(pause(0x1000))
    bench.request(to(64))
    bench.run(10 * MS)
    expect(bench.wire.heard).toEqual([])
    bench.write('MACON1', MACON1.MARXEN | MACON1.TXPAUS)
    bench.run(100 * US)
    expect(bench.wire.frames).toEqual([checkedFrame(to(64))])
  })

  it('one with a bad FCS is not obeyed', () => {
    const bench = linked()
    const octets = pause(1000)
    octets[63] ^= 1
    bench.deliver(octets)
    const asked = bench.now
    bench.transmit(to(64))
    expect(bench.wire.heard[0].start - asked).toBeLessThanOrEqual(10 * US)
  })

  it('PASSALL 0 keeps it from the buffer, PASSALL 1 lets it in if the filters do (4.6)', () => {
    const closed = linked({ filter: 0x00 })
    closed.deliver(pause(1))
    expect(closed.read('EPKTCNT')).toBe(0)
    const bench = linked({ filter: 0x22, macon1: 0x0f })
    bench.deliver(pause(1))
    expect(bench.receive()!.octets).toEqual(pause(1))
    const filtered = linked({ filter: 0xa1, macon1: 0x0f })
    filtered.deliver(pause(1))
    expect(filtered.read('EPKTCNT')).toBe(0)
  })
})

describe('back-pressure, half duplex (12.4)', () => {
  const half = (configuration: Parameters<typeof linked>[0] = {}) => linked({ duplex: 'half', ...configuration })

  it.each([0x01, 0x03])('EFLOCON %i puts preamble on the medium until FCEN0 is 0', (value) => {
    const bench = half()
    bench.write('EFLOCON', value)
    bench.run(5 * MS)
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.wire.heard[0].end).toBe(Number.POSITIVE_INFINITY)
    bench.write('EFLOCON', 0x00)
    bench.run(1 * MS)
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.wire.heard[0].end).toBeLessThan(bench.now)
    expect(bench.wire.heard[0].octets).toEqual([])
    expect(bench.wire.heard[0].bits).toBe((bench.wire.heard[0].end - bench.wire.heard[0].start) / BIT)
  })

  it('EFLOCON 10b does nothing in half duplex', () => {
    const bench = half()
    bench.write('EFLOCON', 0x02)
    bench.run(300 * MS)
    expect(bench.wire.heard).toEqual([])
  })

  it('a transmission interrupts it after MABBIPG, and it starts again afterwards', () => {
    const bench = half()
    bench.write('EFLOCON', 0x01)
    bench.run(1 * MS)
    bench.request(to(64))
    bench.untilSent()
    bench.run(1 * MS)
    const [jam, sent, again] = bench.wire.heard
    expect(sent.octets).toEqual(checkedFrame(to(64)))
    expect(sent.start - jam.end).toBe(9_600)
    expect(again.start).toBeGreaterThanOrEqual(sent.end)
    expect(again.end).toBe(Number.POSITIVE_INFINITY)
    expect(status(bench.memory(bench.read16('ETXND') + 1, 7)).backpressure).toBe(true)
  })
})

describe('jabber (16.6, 21.5)', () => {
  const jam = (phcon2: number) => {
    const bench = linked({ duplex: 'half', phcon2 })
    bench.readPhy(PHY.PHSTAT1)
    bench.write('EFLOCON', 0x01)
    return bench
  }

  it('cuts a transmission after 20 to 150 ms; JBSTAT latches and is cleared by reading (24 item 35)', () => {
    const bench = jam(PHCON2.HDLDIS)
    bench.run(200 * MS)
    const [heard] = bench.wire.heard
    expect(heard.end - heard.start).toBeGreaterThanOrEqual(20 * MS)
    expect(heard.end - heard.start).toBeLessThanOrEqual(150 * MS)
    bench.write('EFLOCON', 0x00)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.JBSTAT).toBe(PHSTAT1.JBSTAT)
    bench.run(1_000 * MS)
    bench.readPhy(PHY.PHSTAT1)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.JBSTAT).toBe(0)
  })

  it('releases the transmitter after 250 to 750 ms without a request to send', () => {
    const bench = jam(PHCON2.HDLDIS)
    bench.run(200 * MS)
    bench.write('EFLOCON', 0x00)
    bench.run(200 * MS)
    const before = bench.wire.heard.length
    bench.transmit(to(64))
    expect(bench.wire.heard.length).toBe(before)
    bench.run(800 * MS)
    bench.transmit(to(64))
    expect(bench.wire.heard.at(-1)!.octets).toEqual(checkedFrame(to(64)))
  })

  it('counts the silence from the end of the request to send, however long that has lasted', () => {
    const bench = jam(PHCON2.HDLDIS)
    bench.run(2_000 * MS)
    bench.write('EFLOCON', 0x00)
    bench.run(200 * MS)
    const before = bench.wire.heard.length
    bench.transmit(to(64))
    expect(bench.wire.heard.length).toBe(before)
  })

  it('PHCON2.JABBER disables the correction', () => {
    const bench = jam(PHCON2.HDLDIS | PHCON2.JABBER)
    bench.run(400 * MS)
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.wire.heard[0].end).toBe(Number.POSITIVE_INFINITY)
  })

  it('PHCON2.JABBER cleared in the middle: the correction counts from the beginning of the transmission', () => {
    const bench = jam(PHCON2.HDLDIS | PHCON2.JABBER)
    bench.run(400 * MS)
    bench.writePhy(PHY.PHCON2, PHCON2.HDLDIS)
    bench.run(160 * MS)
    expect(bench.wire.heard[0].end).toBeLessThan(bench.now)
    bench.writePhy(PHY.PHCON2, PHCON2.HDLDIS | PHCON2.JABBER)
    bench.write('EFLOCON', 0x00)
    bench.transmit(to(64))
    expect(bench.wire.frames.at(-1)).toEqual(checkedFrame(to(64)))
  })

  it('no frame the MAC makes is long enough', () => {
    const bench = linked({ macon3: 0x37 })
    bench.transmit(body({ da: PEER, sa: CHIP, length: 5_000 }))
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.JBSTAT).toBe(0)
    expect(bench.wire.frames[0]).toHaveLength(5_000)
    bench.deliver(frame())
  })
})
