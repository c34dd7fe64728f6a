import { describe, expect, it } from 'vitest'
import { ERRATA, errataOf } from '../../boards/chips/enc28j60/errata.js'
import {
  BIT,
  type Configuration,
  DataSheetBench,
  type DataSheetBenchOptions,
  ECON1,
  ECON2,
  EIE,
  EIR,
  ERXFCON,
  ESTAT,
  erratum,
  linked,
  MS,
  OP,
  PHCON1,
  PHCON2,
  US,
} from './bench.js'
import { BROADCAST_STATION, body, CHIP, checkedFrame, frame, PEER, STRANGER } from './frames.js'
import { PHY } from './register-table.js'
import { status } from './status-vector.js'

const REVISIONS = ['B1', 'B4', 'B5', 'B7'] as const

/** Section 17.2: which revisions an item is marked for. Items 3 and 8 are temperature and an outer resistor. */
const APPLIES: readonly [item: number | string, revisions: string][] = [
  [1, 'B1 B4'],
  [2, 'B1 B4 B5 B7'],
  [4, 'B1 B4 B5 B7'],
  [5, 'B1 B4 B5 B7'],
  [6, 'B1 B4 B5 B7'],
  [7, 'B1 B4 B5 B7'],
  [9, 'B1 B4 B5 B7'],
  [10, 'B1 B4 B5 B7'],
  [11, 'B1 B4 B5 B7'],
  [12, 'B1 B4 B5 B7'],
  [13, 'B5 B7'],
  [14, 'B1 B4 B5 B7'],
  [15, 'B1 B4 B5 B7'],
  [16, 'B1 B4 B5 B7'],
  [17, 'B1 B4 B5 B7'],
  [18, 'B1 B4 B5 B7'],
  [19, 'B1 B4 B5 B7'],
  ['b', 'B1 B4'],
  ['c', 'B1 B4'],
]

describe('which revision has which erratum (17.2)', () => {
  for (const [item, revisions] of APPLIES) {
    it(`item ${item}: ${revisions}`, () => {
      const entry = Object.values(ERRATA).find((candidate) => candidate.item === item)
      expect(entry?.revisions.join(' ')).toBe(revisions)
    })
  }

  it('a revision turns on its own and no other; a test can flip one', () => {
    for (const revision of REVISIONS) {
      const on = errataOf(revision)
      expect(on[erratum(19)]).toBe(true)
      expect(on[erratum(1)]).toBe(revision === 'B1' || revision === 'B4')
      expect(on[erratum(13)]).toBe(revision === 'B5' || revision === 'B7')
      expect(errataOf(revision, { [erratum(19)]: false })[erratum(19)]).toBe(false)
    }
  })
})

const only = (item: number): DataSheetBenchOptions => ({ errata: { [erratum(item)]: true } })

/** How many of `runs` seeds show the symptom. */
function occurrences(runs: number, symptom: (seed: number) => boolean): number {
  let count = 0
  for (let seed = 1; seed <= runs; seed++) if (symptom(seed)) count++
  return count
}

const half = (configuration: Configuration, options: DataSheetBenchOptions) =>
  linked({ duplex: 'half', ...configuration }, options)
const to = (length: number) => body({ da: PEER, sa: CHIP, length })

function collide(bench: DataSheetBench, delay: number, times = Number.POSITIVE_INFINITY): void {
  let left = times
  bench.wire.onStart = () => {
    if (left-- > 0) bench.scheduler.after(delay, () => bench.wire.send([], { bits: 96 }))
  }
}

describe('erratum 1: MAC registers unreliable below 8 MHz SPI', () => {
  function failures(revision: 'B1' | 'B4' | 'B5' | 'B7', spiClock: number, register: string): number {
    const bench = new DataSheetBench({ revision, errata: 'silicon' })
    bench.chip.spiClock = spiClock
    let wrong = 0
    for (let i = 0; i < 200; i++) {
      bench.write(register, i)
      if (bench.read(register) !== (i & 0xff)) wrong++
    }
    return wrong
  }

  it('B1 and B4 at 4 MHz: some MAC accesses fail, ETH accesses do not', () => {
    for (const revision of ['B1', 'B4'] as const) {
      expect(failures(revision, 4e6, 'MAADR1')).toBeGreaterThan(0)
      expect(failures(revision, 4e6, 'EPMM0')).toBe(0)
    }
  })

  it('not at 8 MHz, and not on B5 and B7', () => {
    for (const revision of ['B1', 'B4'] as const) expect(failures(revision, 8e6, 'MAADR1')).toBe(0)
    for (const revision of ['B5', 'B7'] as const) expect(failures(revision, 1e6, 'MAADR1')).toBe(0)
  })
})

describe('erratum 2: after SRC the PHY clock is stopped, CLKRDY stays 1', () => {
  const wrongAfter = (wait: number, options: DataSheetBenchOptions) =>
    occurrences(40, (seed) => {
      const bench = new DataSheetBench({ ...options, seed })
      bench.spi([OP.SRC])
      if ((bench.read('ESTAT') & ESTAT.CLKRDY) === 0) throw new Error('CLKRDY fell')
      bench.run(wait)
      return bench.readPhy(PHY.PHID1) !== 0x0083
    })

  it('PHY reads 300 µs after SRC fail on some resets, 1 ms after it on none', () => {
    expect(wrongAfter(300 * US, only(2))).toBeGreaterThan(0)
    expect(wrongAfter(1_000 * US, only(2))).toBe(0)
  })

  it('off: 60 µs are enough', () => {
    expect(wrongAfter(60 * US, {})).toBe(0)
  })
})

describe('erratum 5: writing ERXST or ERXND sometimes loads the write pointer with 0000h', () => {
  const zero = (start: number, options: DataSheetBenchOptions) =>
    occurrences(60, (seed) => {
      const bench = linked({ fifo: [start, start + 0x03ff], filter: 0x20 }, { ...options, seed })
      bench.deliverFrame()
      return bench.receive()?.count !== 64
    })

  it('a FIFO elsewhere than 0000h sometimes receives to the wrong place', () => {
    expect(zero(0x0400, only(5))).toBeGreaterThan(0)
  })

  it('a FIFO at 0000h never does, nor any with the switch off', () => {
    expect(zero(0x0000, only(5))).toBe(0)
    expect(zero(0x0400, {})).toBe(0)
  })
})

describe('erratum 6: PKTIF does not report packets reliably', () => {
  it('the flag is sometimes 0 although EPKTCNT is not; the INT pin is right', () => {
    const bench = linked({}, only(6))
    bench.write('EIE', EIE.INTIE | EIE.PKTIE)
    bench.deliverFrame()
    let missing = 0
    for (let i = 0; i < 200; i++) {
      if ((bench.read('EIR') & EIR.PKTIF) === 0) missing++
      expect(bench.read('EPKTCNT')).toBe(1)
      expect(bench.chip.interruptHigh).toBe(false)
      bench.run(100 * US)
    }
    expect(missing).toBeGreaterThan(0)
    expect(missing).toBeLessThan(200)
    bench.set('ECON2', ECON2.PKTDEC)
    expect(bench.chip.interruptHigh).toBe(true)
  })
})

describe('erratum 7: a reversed receive pair is not corrected', () => {
  it('no frame arrives over a reversed pair', () => {
    const bench = new DataSheetBench(only(7))
    bench.configure({ filter: 0x20 })
    bench.wire.startPulses(true)
    bench.run(500 * MS)
    for (let i = 0; i < 20; i++) bench.deliver(frame(), { inverted: true })
    expect(bench.read('EPKTCNT')).toBe(0)
  })
})

describe('errata 9 and 10: loopback loses frames', () => {
  function returned(item: number | undefined, configuration: Configuration, phcon1: number): number {
    const bench = linked({ filter: 0x20, ...configuration }, item === undefined ? {} : only(item))
    bench.writePhy(PHY.PHCON1, phcon1)
    let count = 0
    for (let i = 0; i < 60; i++) {
      bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP }))
      bench.run(20 * US)
      if (bench.receive() !== undefined) count++
    }
    return count
  }

  it('half-duplex self-reception (9)', () => {
    const count = returned(9, { duplex: 'half', phcon2: 0 }, 0)
    expect(count).toBeGreaterThan(10)
    expect(count).toBeLessThan(60)
    expect(returned(undefined, { duplex: 'half', phcon2: 0 }, 0)).toBe(60)
  })

  it('PLOOPBK (10)', () => {
    const count = returned(10, {}, PHCON1.PLOOPBK | PHCON1.PDPXMD)
    expect(count).toBeGreaterThan(10)
    expect(count).toBeLessThan(60)
    expect(returned(undefined, {}, PHCON1.PLOOPBK | PHCON1.PDPXMD)).toBe(60)
  })
})

describe('erratum 12: the transmitter stalls after a half-duplex abort', () => {
  /** Excessive collisions, then a frame without trouble; what the second did. */
  function second(seed: number, options: DataSheetBenchOptions, pulse: boolean): DataSheetBench {
    const bench = half({}, { ...options, seed })
    bench.write('MACLCON1', 1)
    collide(bench, 20_000, 2)
    bench.request(to(64))
    bench.run(10 * MS)
    bench.clear('ECON1', ECON1.TXRTS)
    if (pulse) {
      bench.set('ECON1', ECON1.TXRST)
      bench.clear('ECON1', ECON1.TXRST)
    }
    bench.wire.heard.length = 0
    bench.request(to(64))
    bench.run(500 * MS)
    return bench
  }
  const stuck = (bench: DataSheetBench) =>
    (bench.read('ECON1') & ECON1.TXRTS) !== 0 && (bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)) === 0

  it('on some runs the next TXRTS never ends: no flag, nothing on the wire', () => {
    const count = occurrences(20, (seed) => {
      const bench = second(seed, only(12), false)
      if (stuck(bench)) expect(bench.wire.heard).toEqual([])
      return stuck(bench)
    })
    expect(count).toBeGreaterThan(0)
  })

  it('a TXRST pulse before the next frame always helps', () => {
    expect(occurrences(20, (seed) => stuck(second(seed, only(12), true)))).toBe(0)
  })

  it('a TXRST pulse frees a stuck one', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const bench = second(seed, only(12), false)
      if (!stuck(bench)) continue
      bench.set('ECON1', ECON1.TXRST)
      bench.clear('ECON1', ECON1.TXRST)
      bench.transmit(to(64))
      expect(bench.wire.frames).toEqual([checkedFrame(to(64))])
      return
    }
    throw new Error('none of 20 runs got stuck')
  })

  it('off: never', () => {
    expect(occurrences(10, (seed) => stuck(second(seed, {}, false)))).toBe(0)
  })
})

describe('erratum 13: a link pulse taken as a collision', () => {
  /** A link pulse `delay` into the chip's frame. */
  function pulsed(seed: number, delay: number, options: DataSheetBenchOptions): DataSheetBench {
    const bench = half({}, { ...options, seed })
    bench.wire.stopPulses()
    bench.wire.onStart = () => {
      if (bench.wire.heard.length === 1) bench.scheduler.after(delay, () => bench.wire.pulse())
    }
    bench.request(to(400))
    bench.run(50 * MS)
    return bench
  }

  it('early in the frame: on some runs it is sent again, and the vector counts a collision', () => {
    const count = occurrences(80, (seed) => {
      const bench = pulsed(seed, 20 * US, only(13))
      if (bench.wire.heard.length === 1) return false
      expect(status(bench.memory(bench.read16('ETXND') + 1, 7))).toMatchObject({ collisionCount: 1, done: true })
      return true
    })
    expect(count).toBeGreaterThan(0)
  })

  it('later than the collision window: on some runs a late collision, on some of them TXRTS stays 1 without TXIF', () => {
    let late = 0
    let stuck = 0
    for (let seed = 1; seed <= 120; seed++) {
      const bench = pulsed(seed, 150 * US, only(13))
      const vector = status(bench.memory(bench.read16('ETXND') + 1, 7))
      if ((bench.read('ECON1') & ECON1.TXRTS) !== 0) {
        stuck++
        expect(bench.read('EIR') & EIR.TXIF).toBe(0)
      } else if (vector.lateCollision) late++
    }
    expect(late).toBeGreaterThan(0)
    expect(stuck).toBeGreaterThan(0)
  })

  it('never in full duplex, and never with the switch off', () => {
    for (let seed = 1; seed <= 30; seed++) {
      expect(pulsed(seed, 20 * US, {}).wire.heard).toHaveLength(1)
      const bench = linked({}, { ...only(13), seed })
      bench.wire.onStart = () => bench.scheduler.after(20 * US, () => bench.wire.pulse())
      bench.transmit(to(400))
      expect(bench.wire.frames).toEqual([checkedFrame(to(400))])
    }
  })
})

describe('erratum 14: an even ERXRDPT corrupts the receive buffer', () => {
  function broken(options: DataSheetBenchOptions, value: (next: number) => number): number {
    const bench = linked({ filter: 0x20 }, options)
    let wrong = 0
    let at = 0
    for (let i = 0; i < 500; i++) {
      const sent = bench.deliverFrame({ length: 64 + (i % 40) })
      bench.write16('ERDPT', at)
      const header = bench.spi([OP.RBM], 6)
      const octets = bench.spi([OP.RBM], sent.length)
      const expected = (at + 6 + sent.length + (sent.length & 1)) % 0x0c00
      const good =
        (header[0] | (header[1] << 8)) === expected &&
        (header[2] | (header[3] << 8)) === sent.length &&
        octets.every((octet, j) => octet === sent[j])
      if (!good) wrong++
      at = expected
      bench.write16('ERXRDPT', value(at))
      bench.set('ECON2', ECON2.PKTDEC)
    }
    return wrong
  }

  it('ERXRDPT = next: some packets are damaged; ERXRDPT = next - 1: none', () => {
    expect(broken(only(14), (next) => next)).toBeGreaterThan(0)
    expect(broken(only(14), (next) => (next === 0 ? 0x0bff : next - 1))).toBe(0)
  })

  it('off: even values do no harm', () => {
    expect(broken({}, (next) => next)).toBe(0)
  })
})

describe('erratum 15: LATECOL may not be set', () => {
  it('on some late collisions ESTAT.LATECOL stays 0; TSV bit 29 never lies', () => {
    const missing = occurrences(30, (seed) => {
      const bench = half({}, { ...only(15), seed })
      collide(bench, 100 * US, 1)
      expect(status(bench.transmit(to(400))).lateCollision).toBe(true)
      expect(bench.read('ESTAT') & ESTAT.TXABRT).toBe(ESTAT.TXABRT)
      return (bench.read('ESTAT') & ESTAT.LATECOL) === 0
    })
    expect(missing).toBeGreaterThan(0)
    expect(missing).toBeLessThan(30)
  })
})

describe('erratum 16: LED polarity misdetected at reset', () => {
  it('presets PDPXMD the wrong way; writing PHCON1 helps', () => {
    const bench = new DataSheetBench({ ...only(16), ledbStrap: 'half' })
    expect(bench.readPhy(PHY.PHCON1) & PHCON1.PDPXMD).toBe(PHCON1.PDPXMD)
    bench.writePhy(PHY.PHCON1, 0)
    expect(bench.readPhy(PHY.PHCON1) & PHCON1.PDPXMD).toBe(0)
  })

  it('off by default on every revision: it depends on the LED', () => {
    for (const revision of REVISIONS) {
      expect(
        new DataSheetBench({ revision, errata: 'silicon', ledbStrap: 'half' }).readPhy(PHY.PHCON1) & PHCON1.PDPXMD,
      ).toBe(0)
    }
  })
})

describe('erratum 17: a DMA checksum during a reception aborts it', () => {
  function during(sum: boolean, options: DataSheetBenchOptions): DataSheetBench {
    const bench = linked({ filter: 0x20 }, options)
    bench.write16('EDMAST', 0x1000)
    bench.write16('EDMAND', 0x103f)
    bench.write16('EDMADST', 0x1400)
    bench.wire.send(frame({ length: 300 }))
    bench.run(50 * US)
    bench.set('ECON1', (sum ? ECON1.CSUMEN : 0) | ECON1.DMAST)
    bench.run(400 * US)
    return bench
  }

  it('checksum: RXERIF and BUFER, the packet is lost, the next one is not', () => {
    const bench = during(true, only(17))
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
    expect(bench.read('ESTAT') & ESTAT.BUFER).toBe(ESTAT.BUFER)
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.deliverFrame()
    expect(bench.receive()!.count).toBe(64)
  })

  it('copy: nothing is lost; nor with the switch off', () => {
    for (const bench of [during(false, only(17)), during(true, {})]) {
      expect(bench.read('EPKTCNT')).toBe(1)
      expect(bench.read('EIR') & EIR.RXERIF).toBe(0)
    }
  })

  it('a checksum between receptions does no harm', () => {
    const bench = linked({ filter: 0x20 }, only(17))
    bench.write16('EDMAST', 0x1000)
    bench.write16('EDMAND', 0x103f)
    bench.set('ECON1', ECON1.CSUMEN | ECON1.DMAST)
    bench.run(MS)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })
})

describe('erratum 18: PMEN with another filter in OR logic accepts short unwanted frames', () => {
  function accepts(filter: number, length: number, offset: number, options: DataSheetBenchOptions): boolean {
    const bench = linked({ filter }, options)
    bench.write16('EPMO', offset)
    bench.write('EPMM0', 0x3f)
    bench.write16('EPMCS', 0x1234)
    bench.deliverFrame({ da: STRANGER, length })
    return bench.read('EPKTCNT') === 1
  }
  const BOTH = ERXFCON.CRCEN | ERXFCON.PMEN | ERXFCON.UCEN

  it.each([
    [64, 0, true],
    [65, 0, false],
    [84, 20, true],
    [86, 20, false],
  ])('a frame of %i octets to a stranger with EPMO %i: %s', (length, offset, expected) => {
    expect(accepts(BOTH, length, offset, only(18))).toBe(expected)
    expect(accepts(BOTH, length, offset, {})).toBe(false)
  })

  it('not with PMEN alone, not in AND logic', () => {
    expect(accepts(ERXFCON.CRCEN | ERXFCON.PMEN, 64, 0, only(18))).toBe(false)
    expect(accepts(BOTH | ERXFCON.ANDOR, 64, 0, only(18))).toBe(false)
  })
})

describe('erratum 19: SRC is ignored while PWRSV is 1', () => {
  it('the registers keep what they hold, and ECON2 is not 80h', () => {
    const bench = linked({}, only(19))
    bench.set('ECON2', ECON2.PWRSV)
    bench.spi([OP.SRC])
    bench.run(MS)
    expect(bench.read('ECON2') & ECON2.PWRSV).toBe(ECON2.PWRSV)
    expect(bench.read16('ERXND')).toBe(0x0bff)
  })

  it('BFC PWRSV, 300 µs, SRC, 1 ms works (6)', () => {
    for (const revision of REVISIONS) {
      const bench = linked({}, { revision, errata: 'silicon' })
      bench.set('ECON2', ECON2.PWRSV)
      bench.run(MS)
      bench.spi([OP.BFC | 0x1e, ECON2.PWRSV])
      bench.run(300 * US)
      bench.spi([OP.SRC])
      bench.run(MS)
      expect(bench.read('ESTAT') & 0x09).toBe(0x01)
      expect(bench.read('ECON2')).toBe(0x80)
      expect(bench.read16('ERXST')).toBe(0x05fa)
    }
  })

  it('it is on for every revision by default (17.3)', () => {
    for (const revision of REVISIONS) {
      const bench = new DataSheetBench({ revision, errata: 'silicon' })
      bench.set('ECON2', ECON2.PWRSV)
      bench.spi([OP.SRC])
      bench.run(MS)
      expect(bench.read('ECON2') & ECON2.PWRSV).toBe(ECON2.PWRSV)
    }
  })
})

describe('conformance notes of B1 and B4 (17.2)', () => {
  it('(b) the first frame in link test fail is accepted, by B1 and B4 only', () => {
    for (const revision of REVISIONS) {
      const bench = new DataSheetBench({ revision, errata: 'silicon' })
      bench.configure({ filter: 0x20 })
      bench.deliverFrame()
      expect(bench.read('EPKTCNT')).toBe(revision === 'B1' || revision === 'B4' ? 1 : 0)
    }
  })

  it('(c) jam begins about 50 bit times after a collision instead of at most 36', () => {
    for (const revision of REVISIONS) {
      const bench = half({}, { revision, errata: 'silicon', seed: 3 })
      collide(bench, 30_000, 1)
      bench.request(to(200))
      bench.run(50 * MS)
      const [first] = bench.wire.heard
      const delay = (first.end - first.start - 30_000) / BIT - 32
      if (revision === 'B1' || revision === 'B4') {
        expect(delay).toBeGreaterThanOrEqual(45)
        expect(delay).toBeLessThanOrEqual(55)
      } else {
        expect(delay).toBeLessThanOrEqual(36)
      }
    }
  })
})

describe('deaf after an overflow, as users report (8.5, 20)', () => {
  it('receives nothing more until RXRST and a new ERXST', () => {
    const name = (Object.keys(ERRATA) as (keyof typeof ERRATA)[]).find((key) => ERRATA[key].item === 'field')!
    const bench = linked({ filter: 0x20, fifo: [0x0000, 0x00ff] }, { errata: { [name]: true } })
    for (let i = 0; i < 4; i++) bench.deliverFrame()
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
    for (let i = 0; i < 3; i++) bench.receive()
    bench.clear('EIR', EIR.RXERIF)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.set('ECON1', ECON1.RXRST)
    bench.clear('ECON1', ECON1.RXRST)
    bench.configure({ filter: 0x20, fifo: [0x0000, 0x00ff] })
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })
})

describe('PHCON2.HDLDIS and erratum 9', () => {
  it('with HDLDIS 1 nothing comes back on any revision', () => {
    for (const revision of REVISIONS) {
      const bench = half({ filter: 0x00, phcon2: PHCON2.HDLDIS }, { revision, errata: 'silicon' })
      for (let i = 0; i < 10; i++) bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP }))
      expect(bench.read('EPKTCNT')).toBe(0)
    }
  })
})
