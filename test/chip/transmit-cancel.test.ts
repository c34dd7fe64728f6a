/** Transmissions that end before their frame is on the wire, or after it was never to be (11.3, 11.4, 12.4). */
import { describe, expect, it } from 'vitest'
import { type DataSheetBench, ECON1, EIR, linked, MACON4, MS, OP, US } from './bench.js'
import { body, CHIP, checkedFrame, frame, PAUSE_GROUP, PEER } from './frames.js'
import { status } from './status-vector.js'

const to = (length: number) => body({ da: PEER, sa: CHIP, length })
const half = (macon4: number = MACON4.DEFER) => linked({ duplex: 'half', macon4 })
const QUANTUM = 51_200
const pause = (timer: number) =>
  checkedFrame([...PAUSE_GROUP, ...PEER, 0x88, 0x08, 0, 1, timer >>> 8, timer & 0xff, ...new Array<number>(42).fill(0)])

/** The peer collides with every attempt, 20 µs into it. */
function collide(bench: DataSheetBench): void {
  bench.wire.onStart = () => bench.scheduler.after(20 * US, () => bench.wire.send([], { bits: 96 }))
}

/** Runs until the chip waits between two attempts, after `attempts` of them. */
function backingOff(attempts: number): DataSheetBench {
  const bench = half()
  collide(bench)
  bench.request(to(64))
  bench.until(() => bench.wire.heard.length === attempts && bench.wire.heard[attempts - 1].end < bench.now)
  bench.run(12 * US)
  return bench
}

describe('a host that gives up', () => {
  it('in backoff: TXIF, TXRTS 0, no other attempt', () => {
    const bench = backingOff(9)
    const attempts = bench.wire.heard.length
    bench.clear('ECON1', ECON1.TXRTS)
    bench.run(100 * MS)
    expect(bench.wire.heard.length).toBe(attempts)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
  })

  it('while it defers: nothing is sent, then or later', () => {
    const bench = half()
    bench.wire.send(frame({ length: 1000 }))
    bench.run(10 * US)
    bench.request(to(64))
    bench.run(100 * US)
    bench.clear('ECON1', ECON1.TXRTS)
    bench.run(10 * MS)
    expect(bench.wire.heard).toEqual([])
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
  })

  it('while a pause holds it: nothing is sent when the pause is over', () => {
    const bench = linked()
    bench.deliver(pause(100))
    bench.request(to(64))
    bench.run(MS)
    bench.clear('ECON1', ECON1.TXRTS)
    bench.run(20 * MS)
    expect(bench.wire.heard).toEqual([])
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
  })

  it('while it waits for the DMA: TXIF, and nothing is sent when the DMA is done', () => {
    const bench = linked()
    bench.write16('EDMAST', 0x0000)
    bench.write16('EDMAND', 0x07ff)
    bench.write16('EDMADST', 0x1400)
    bench.load(to(64))
    bench.set('ECON1', ECON1.DMAST)
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(10 * US)
    bench.clear('ECON1', ECON1.TXRTS)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
    bench.run(10 * MS)
    expect(bench.wire.heard).toEqual([])
  })

  it('and then sends another: the attempts of the first are not counted to it', () => {
    const bench = backingOff(5)
    bench.clear('ECON1', ECON1.TXRTS)
    bench.wire.onStart = undefined
    bench.wire.heard.length = 0
    bench.run(MS)
    expect(status(bench.transmit(to(100)))).toMatchObject({ collisionCount: 0, byteCount: 100, totalOnWire: 100 })
    expect(bench.wire.frames).toEqual([checkedFrame(to(100))])
  })

  it('clearing TXRTS when nothing is sent changes nothing', () => {
    const bench = linked()
    bench.clear('ECON1', ECON1.TXRTS)
    bench.run(MS)
    expect(bench.read('EIR')).toBe(0)
  })
})

describe('TXRST in backoff and in deferral', () => {
  it('ends the attempts; the next request starts afresh', () => {
    const bench = backingOff(4)
    bench.set('ECON1', ECON1.TXRST)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(0)
    bench.clear('ECON1', ECON1.TXRST)
    bench.wire.onStart = undefined
    bench.wire.heard.length = 0
    bench.run(100 * MS)
    expect(bench.wire.heard).toEqual([])
    expect(status(bench.transmit(to(64)))).toMatchObject({ collisionCount: 0, done: true })
  })

  it('in deferral nothing is sent afterwards', () => {
    const bench = half()
    bench.wire.send(frame({ length: 1000 }))
    bench.run(10 * US)
    bench.request(to(64))
    bench.set('ECON1', ECON1.TXRST)
    bench.clear('ECON1', ECON1.TXRST)
    bench.run(10 * MS)
    expect(bench.wire.heard).toEqual([])
    expect(bench.read('EIR') & EIR.TXIF).toBe(0)
  })
})

describe('SRC', () => {
  it('in backoff, in deferral, in a pause and in back-pressure leaves a silent transmitter', () => {
    const benches = [backingOff(3), half(), linked(), half()]
    benches[1].wire.send(frame({ length: 1000 }))
    benches[1].run(10 * US)
    benches[1].request(to(64))
    benches[2].deliver(pause(1000))
    benches[2].request(to(64))
    benches[3].write('EFLOCON', 0x01)
    benches[3].run(MS)
    for (const bench of benches) {
      bench.wire.onStart = undefined
      bench.spi([OP.SRC])
      const heard = bench.wire.heard.length
      bench.run(200 * MS)
      expect(bench.wire.heard.length).toBe(heard)
      for (const { end } of bench.wire.heard) expect(end).toBeLessThan(bench.now)
      bench.configure()
      bench.until(() => bench.linkIsUp)
      bench.wire.heard.length = 0
      bench.transmit(to(64))
      expect(bench.wire.frames).toEqual([checkedFrame(to(64))])
    }
  })
})

describe('a PHY that releases the carrier', () => {
  it.each([
    ['PRST', 0x8000],
    ['PPWRSV', 0x0800],
    ['PLOOPBK', 0x4000],
  ])('%s: a frame that deferred to it is not held for ever', (_name, phcon1) => {
    const bench = half()
    bench.wire.send([], { bits: 100_000 })
    bench.run(10 * US)
    bench.request(to(64))
    bench.run(100 * US)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(ECON1.TXRTS)
    bench.writePhy(0x00, phcon1)
    bench.run(MS)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(0)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
  })
})

describe('limits of collisions and pauses', () => {
  it('sixteen collisions take no longer than 7151 slots and their attempts (11.6)', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const bench = linked({ duplex: 'half' }, { seed })
      collide(bench)
      const began = bench.now
      bench.transmit(to(64))
      expect(bench.now - began).toBeLessThanOrEqual(7151 * QUANTUM + 16 * 60 * US)
    }
  })

  it('a pause of 1000h lasts 209.7 ms (23)', () => {
    const bench = linked()
    bench.deliver(pause(0x1000))
    const ended = bench.now - 9_600
    bench.request(to(64))
    bench.untilSent()
    expect((bench.wire.heard[0].start - ended) / MS).toBeCloseTo(209.7152, 1)
  })

  it('BPEN: after a collision caused by back-pressure no backoff (4.8)', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const bench = linked({ duplex: 'half', macon4: MACON4.DEFER | MACON4.BPEN }, { seed })
      bench.write('EFLOCON', 0x01)
      bench.run(MS)
      let attempts = 0
      bench.wire.onStart = () => {
        if (attempts++ < 3) bench.scheduler.after(20 * US, () => bench.wire.send([], { bits: 96 }))
      }
      const began = bench.now
      bench.transmit(to(64))
      expect(bench.now - began).toBeLessThanOrEqual(4 * 60 * US + 5 * 9_600)
    }
  })

  it('a longer MAIPGL makes a longer gap after a frame of the peer (4.9)', () => {
    const gap = (maipgl: number) => {
      const bench = half()
      bench.write('MAIPGL', maipgl)
      bench.load(to(64))
      bench.wire.send(frame())
      const ended = bench.now + 57_600
      bench.run(10 * US)
      bench.set('ECON1', ECON1.TXRTS)
      bench.untilSent()
      return bench.wire.heard[0].start - ended
    }
    expect(gap(0x12)).toBe(9_600)
    expect(gap(0x30)).toBeGreaterThan(gap(0x12))
    expect(gap(0x30) - gap(0x12)).toBe((0x30 - 0x12) * 400)
  })
})
