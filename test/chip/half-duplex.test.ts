import { describe, expect, it } from 'vitest'
import {
  BIT,
  type Configuration,
  type DataSheetBench,
  ECON1,
  EIR,
  ESTAT,
  linked,
  MACON4,
  PHCON2,
  PHSTAT2,
  US,
} from './bench.js'
import { BROADCAST_STATION, body, CHIP, checkedFrame, frame, frameCheckSequence, PEER, STRANGER } from './frames.js'
import { PHY } from './register-table.js'
import { status } from './status-vector.js'

const to = (length: number) => body({ da: PEER, sa: CHIP, length })
const SLOT = 51_200
const GAP = 9_600

function half(configuration: Configuration = {}, seed = 1): DataSheetBench {
  return linked({ duplex: 'half', ...configuration }, { seed })
}

/** The peer puts a fragment of 96 bits on the wire `delay` after each of the chip's frames starts. */
function collide(bench: DataSheetBench, delay: number, times = Number.POSITIVE_INFINITY): void {
  let left = times
  bench.wire.onStart = () => {
    if (left-- <= 0) return
    bench.scheduler.after(delay, () => bench.wire.send([], { bits: 96 }))
  }
}

const flags = (bench: DataSheetBench) => ({
  txif: (bench.read('EIR') & EIR.TXIF) !== 0,
  txerif: (bench.read('EIR') & EIR.TXERIF) !== 0,
  txabrt: (bench.read('ESTAT') & ESTAT.TXABRT) !== 0,
  latecol: (bench.read('ESTAT') & ESTAT.LATECOL) !== 0,
})
const SUCCESS = { txif: true, txerif: false, txabrt: false, latecol: false }
const ABORT = { txif: true, txerif: true, txabrt: true, latecol: false }

describe('deference (4.8, 21.3)', () => {
  it('waits for a frame of the peer to end, and 9.6 µs more; the vector says deferred', () => {
    const bench = half()
    const end = bench.load(to(64))
    const ends = bench.now + 81_600 // (8 + 94) octets
    bench.wire.send(frame({ da: STRANGER, length: 94 }))
    bench.run(10_000)
    bench.set('ECON1', ECON1.TXRTS)
    bench.untilSent()
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.wire.heard[0].start - ends).toBe(GAP)
    expect(flags(bench)).toEqual(SUCCESS)
    const vector = status(bench.memory(end + 1, 7))
    expect(vector).toMatchObject({ deferred: true, excessiveDefer: false, collisionCount: 0, done: true })
  })

  it('a frame on an idle medium is not deferred', () => {
    expect(status(half().transmit(to(64))).deferred).toBe(false)
  })

  it('carrier in the first two thirds of the gap starts the gap anew', () => {
    const bench = half()
    bench.load(to(64))
    bench.wire.send(frame({ da: STRANGER }))
    bench.run(10_000)
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(47_600 + 4_000)
    bench.wire.send(frame({ da: STRANGER }))
    const ends = bench.now + 57_600
    bench.untilSent()
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.wire.heard[0].start - ends).toBe(GAP)
  })

  it('carrier in the last third of the gap is not waited for: it becomes a collision', () => {
    const bench = half()
    bench.load(to(64))
    bench.wire.send(frame({ da: STRANGER }))
    const ends = bench.now + 57_600
    bench.run(10_000)
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(47_600 + 9_000)
    bench.wire.send([], { bits: 96 })
    bench.untilSent()
    expect(bench.wire.heard[0].start - ends).toBe(GAP)
    expect(bench.wire.heard.length).toBeGreaterThanOrEqual(2)
    expect(flags(bench)).toEqual(SUCCESS)
  })

  it('full duplex does not defer', () => {
    const bench = linked()
    bench.wire.send(frame({ length: 1518 }))
    bench.run(10_000)
    const asked = bench.now
    bench.transmit(to(64))
    expect(bench.wire.heard[0].start - asked).toBeLessThanOrEqual(US)
    bench.run(2_000 * US)
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('DEFER 0: gives up after 24,287 bit times with TXERIF, TXABRT, TSV bit 27 (11.4, 23)', () => {
    const bench = half({ macon4: 0x00 })
    bench.wire.send([], { bits: 60_000 })
    bench.run(1_000)
    const end = bench.request(to(64))
    bench.run(24_287 * BIT - 20 * US)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(ECON1.TXRTS)
    bench.run(40 * US)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(0)
    expect(flags(bench)).toEqual(ABORT)
    expect(status(bench.memory(end + 1, 7)).excessiveDefer).toBe(true)
    expect(bench.wire.heard).toEqual([])
  })

  it('DEFER 1: waits without limit and then sends (4.8)', () => {
    const bench = half({ macon4: MACON4.DEFER })
    bench.wire.send([], { bits: 60_000 })
    const ends = bench.now + 60_000 * BIT
    bench.run(1_000)
    const vector = status(bench.transmit(to(64)))
    expect(bench.wire.heard[0].start).toBeGreaterThanOrEqual(ends + GAP)
    expect(flags(bench)).toEqual(SUCCESS)
    expect(vector.excessiveDefer).toBe(false)
  })
})

describe('collision (21.3)', () => {
  it('in the preamble: the preamble is finished, then 32 bits of jam', () => {
    const bench = half()
    collide(bench, 1_000, 1)
    bench.transmit(to(64))
    const [first] = bench.wire.heard
    expect(first.end - first.start).toBe((64 + 32) * BIT)
  })

  it('later: 32 bits of jam after at most 36 bit times, and what was sent is no good frame', () => {
    const bench = half()
    collide(bench, 30_000, 1)
    bench.transmit(to(200))
    const [first] = bench.wire.heard
    expect(first.end - first.start).toBeGreaterThanOrEqual(30_000 + 32 * BIT)
    expect(first.end - first.start).toBeLessThanOrEqual(30_000 + (32 + 36) * BIT)
    expect(frameCheckSequence(first.octets)).not.toBe(0x2144df1c)
  })

  it('the gap to the next attempt is counted from the end of the own jam when the peer fell silent before', () => {
    const bench = half({ macon4: MACON4.DEFER | MACON4.NOBKOFF })
    bench.wire.onStart = () => {
      bench.wire.onStart = undefined
      bench.scheduler.after(20_000, () => bench.wire.send([], { bits: 10 }))
    }
    bench.transmit(to(64))
    const [first, second] = bench.wire.heard
    expect(second.start - first.end).toBe(GAP)
  })

  it('shows in COLSTAT while the jam lasts (24 item 36)', () => {
    const bench = half()
    collide(bench, 20_000, 1)
    bench.load(to(200))
    bench.write('MIREGADR', PHY.PHSTAT2)
    bench.set('ECON1', ECON1.TXRTS)
    bench.run(12_000)
    bench.write('MICMD', 0x01)
    bench.run(10_240)
    expect(bench.read16('MIRD') & PHSTAT2.COLSTAT).toBe(PHSTAT2.COLSTAT)
    bench.write('MICMD', 0x00)
    bench.untilSent()
    expect(bench.readPhy(PHY.PHSTAT2) & PHSTAT2.COLSTAT).toBe(0)
  })

  it('what was sent until then is the beginning of the frame', () => {
    const bench = half()
    collide(bench, 30_000, 1)
    bench.transmit(to(200))
    const [first] = bench.wire.heard
    expect(first.octets.slice(0, 28)).toEqual(to(200).slice(0, 28))
    expect(first.octets.length).toBeLessThanOrEqual(40)
  })

  it('is followed by another attempt, and the vector counts it', () => {
    const bench = half()
    collide(bench, 30_000, 1)
    const vector = status(bench.transmit(to(200)))
    expect(bench.wire.heard).toHaveLength(2)
    expect(bench.wire.heard[1].octets).toEqual(checkedFrame(to(200)))
    expect(vector).toMatchObject({ collisionCount: 1, done: true, byteCount: 200 })
    expect(vector.totalOnWire).toBeGreaterThan(200)
    expect(flags(bench)).toEqual(SUCCESS)
  })

  it('the total on the wire includes the collided attempts', () => {
    const bench = half()
    collide(bench, 30_000, 3)
    const vector = status(bench.transmit(to(200)))
    const partial = bench.wire.heard.slice(0, 3).reduce((sum, heard) => sum + (heard.bits - 64) / 8, 0)
    expect(vector.collisionCount).toBe(3)
    expect(Math.abs(vector.totalOnWire - 200 - partial)).toBeLessThanOrEqual(3)
  })

  it('the collided frame of the peer leaves no packet', () => {
    const bench = half({ filter: 0x20 })
    collide(bench, 30_000, 1)
    bench.transmit(to(200))
    expect(bench.read('EPKTCNT')).toBe(0)
  })

  it('an attempt that is itself collided fifteen times succeeds at the sixteenth', () => {
    const bench = half()
    collide(bench, 20_000, 15)
    const vector = status(bench.transmit(to(64)))
    expect(bench.wire.heard).toHaveLength(16)
    expect(vector).toMatchObject({ collisionCount: 15, done: true, excessiveCollision: false })
    expect(flags(bench)).toEqual(SUCCESS)
  })

  it('after sixteen failed attempts: TXIF, TXERIF, TXABRT, TSV bit 28, not LATECOL (11.4)', () => {
    const bench = half()
    collide(bench, 20_000)
    const vector = status(bench.transmit(to(64)))
    expect(bench.wire.heard).toHaveLength(16)
    expect(vector).toMatchObject({ excessiveCollision: true, lateCollision: false })
    expect(flags(bench)).toEqual(ABORT)
  })

  it.each([
    [0, 1],
    [1, 2],
    [3, 4],
    [10, 11],
  ])('RETMAX %i allows %i attempts (4.9)', (retmax, attempts) => {
    const bench = half()
    bench.write('MACLCON1', retmax)
    collide(bench, 20_000)
    bench.transmit(to(64))
    expect(bench.wire.heard).toHaveLength(attempts)
    expect(flags(bench)).toEqual(ABORT)
  })

  it('does not happen in full duplex', () => {
    const bench = linked()
    collide(bench, 20_000)
    const vector = status(bench.transmit(to(200)))
    expect(bench.wire.frames).toEqual([checkedFrame(to(200))])
    expect(vector).toMatchObject({ collisionCount: 0, done: true })
    expect(flags(bench)).toEqual(SUCCESS)
  })

  it('TXSTAT and RXSTAT follow the wire (24 item 36)', () => {
    const bench = half()
    const seen = new Map<string, number>()
    const scan = (label: string) => {
      bench.run(20_480)
      seen.set(label, bench.read16('MIRD') & (PHSTAT2.TXSTAT | PHSTAT2.RXSTAT | PHSTAT2.COLSTAT))
    }
    bench.write('MIREGADR', PHY.PHSTAT2)
    bench.write('MICMD', 0x02)
    scan('idle')
    bench.wire.send(frame({ da: STRANGER, length: 200 }))
    scan('receiving')
    bench.run(300 * US)
    bench.request(to(400))
    scan('transmitting')
    bench.run(1_000 * US)
    expect(Object.fromEntries(seen)).toEqual({
      idle: 0,
      receiving: PHSTAT2.RXSTAT,
      transmitting: PHSTAT2.TXSTAT,
    })
  })
})

describe('late collision (4.9, 11.4)', () => {
  it.each([
    // COLWIN is counted in octets after the eight of preamble and SFD
    ['37h', 0x37, 60, false],
    ['37h', 0x37, 67, true],
    ['3Fh', 0x3f, 68, false],
    ['3Fh', 0x3f, 75, true],
    ['10h', 0x10, 20, false],
    ['10h', 0x10, 28, true],
  ])('COLWIN %s (%i): a collision after %i octets is late: %s', (_name, window, octets, late) => {
    const bench = half()
    bench.write('MACLCON2', window)
    collide(bench, octets * 800, 1)
    const vector = status(bench.transmit(to(400)))
    expect(vector.lateCollision).toBe(late)
    expect(bench.wire.heard).toHaveLength(late ? 1 : 2)
    expect(flags(bench)).toEqual(late ? { ...ABORT, latecol: true } : SUCCESS)
  })

  it('ends with TXRTS 0 and no other attempt; TXABRT and LATECOL stay until BFC', () => {
    const bench = half()
    collide(bench, 100_000, 1)
    bench.transmit(to(400))
    bench.run(10_000 * US)
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.read('ESTAT') & (ESTAT.TXABRT | ESTAT.LATECOL)).toBe(ESTAT.TXABRT | ESTAT.LATECOL)
    bench.transmit(to(64))
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(EIR.TXIF)
    expect(bench.read('ESTAT') & (ESTAT.TXABRT | ESTAT.LATECOL)).toBe(ESTAT.TXABRT | ESTAT.LATECOL)
    bench.set('ECON1', ECON1.TXRST)
    bench.clear('ECON1', ECON1.TXRST)
    expect(bench.read('ESTAT') & ESTAT.LATECOL).toBe(ESTAT.LATECOL) // 24 item 11
    bench.clear('ESTAT', ESTAT.TXABRT | ESTAT.LATECOL)
    expect(bench.read('ESTAT')).toBe(ESTAT.CLKRDY)
  })
})

describe('truncated binary exponential backoff (21.3, 11.6)', () => {
  /** For each collision of one excessive run: how many slots the chip waited. */
  function slots(seed: number, macon4: number = MACON4.DEFER): number[] {
    const bench = half({ macon4 }, seed)
    collide(bench, 20_000)
    bench.transmit(to(64))
    const { heard } = bench.wire
    return heard.slice(1).map((attempt, i) => {
      // the peer's fragment begins 20 µs into the attempt and lasts 9.6 µs
      const quiet = Math.max(heard[i].end, heard[i].start + 20_000 + 9_600)
      const wait = attempt.start - quiet
      // slots are counted from the end of the chip's own jam, at most 9.6 µs before the medium falls silent
      const count = Math.round(wait / SLOT)
      const rest = wait - count * SLOT
      expect(rest).toBeGreaterThanOrEqual(count === 0 ? GAP : -9_600)
      expect(rest).toBeLessThanOrEqual(GAP)
      return count
    })
  }
  let measured: number[][] | undefined
  const runs = () => (measured ??= Array.from({ length: 60 }, (_, seed) => slots(seed + 1)))

  it('after the n-th collision waits a whole number r of slots, 0 <= r < 2^min(n, 10)', () => {
    for (const run of runs()) {
      expect(run).toHaveLength(15)
      run.forEach((r, i) => {
        expect(r).toBeLessThan(2 ** Math.min(i + 1, 10))
      })
    }
  })

  it('draws r evenly: after the first collision 0 and 1, after the third 0 to 7', () => {
    const first = runs().map((run) => run[0])
    const ones = first.filter((r) => r === 1).length
    // binomial, 60 draws: mean 30, standard deviation 3.9; four of them either way
    expect(Math.abs(ones - 30)).toBeLessThanOrEqual(16)
    expect(new Set(runs().map((run) => run[2]))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]))
  })

  it('draws from the whole range: means after the tenth to fifteenth collision are near 511.5', () => {
    const late = runs().flatMap((run) => run.slice(9))
    const mean = late.reduce((sum, r) => sum + r, 0) / late.length
    // uniform over 0 to 1023: standard deviation 295.6, of the mean of 360 draws 15.6; four of them
    expect(Math.abs(mean - 511.5)).toBeLessThanOrEqual(63)
    expect(Math.max(...late)).toBeGreaterThan(900)
  })

  it('BPEN changes nothing where no back-pressure is, nor back-pressure where BPEN is 0 (4.8)', () => {
    expect(slots(3, MACON4.DEFER | MACON4.BPEN)).toEqual(slots(3))
    const bench = half({}, 3)
    bench.write('EFLOCON', 0x01)
    bench.run(1_000 * US)
    let attempts = 0
    bench.wire.onStart = () => {
      if (attempts++ < 9) bench.scheduler.after(20 * US, () => bench.wire.send([], { bits: 96 }))
    }
    const began = bench.now
    bench.transmit(to(64))
    expect(bench.now - began).toBeGreaterThan(20 * SLOT) // of 1 to 511 slots in a row
  })

  it('is the same for the same seed, and not for another', () => {
    expect(slots(5)).toEqual(slots(5))
    expect(slots(5)).not.toEqual(slots(6))
  })

  it('NOBKOFF retransmits at once (4.8)', () => {
    expect(slots(3, MACON4.DEFER | MACON4.NOBKOFF)).toEqual(new Array(15).fill(0))
  })
})

describe('self-reception in half duplex (16.4)', () => {
  it('HDLDIS 0: an own broadcast comes back, SA is the own address', () => {
    const bench = half({ phcon2: 0x0000 })
    const octets = body({ da: BROADCAST_STATION, sa: CHIP })
    bench.transmit(octets)
    bench.run(20 * US)
    expect(bench.receive()!.octets).toEqual(checkedFrame(octets))
  })

  it('HDLDIS 0: a unicast to another station is filtered out; promiscuous, it comes back', () => {
    const filtered = half({ phcon2: 0x0000 })
    filtered.transmit(to(64))
    filtered.run(20 * US)
    expect(filtered.read('EPKTCNT')).toBe(0)
    const promiscuous = half({ phcon2: 0x0000, filter: 0x20 })
    promiscuous.transmit(to(64))
    promiscuous.run(20 * US)
    expect(promiscuous.receive()!.octets).toEqual(checkedFrame(to(64)))
  })

  it('HDLDIS 1: nothing comes back', () => {
    const bench = half({ phcon2: PHCON2.HDLDIS, filter: 0x00 })
    bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP }))
    bench.run(20 * US)
    expect(bench.read('EPKTCNT')).toBe(0)
  })

  it('full duplex never hears itself', () => {
    const bench = linked({ filter: 0x00 })
    bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP }))
    bench.run(20 * US)
    expect(bench.read('EPKTCNT')).toBe(0)
  })
})

describe('duplex mismatch (12.3)', () => {
  it('chip half, peer full: the peer talks into the chip, the chip jams, retries and gives up late', () => {
    const bench = half({ filter: 0x20 })
    const talk = () => {
      bench.wire.send(frame({ length: 300 }))
      bench.scheduler.after((8 + 300) * 800 + GAP, talk)
    }
    bench.wire.onStart = () => {
      if (bench.wire.heard.length === 1) bench.scheduler.after(70_000, talk)
    }
    const vector = status(bench.transmit(to(1000)))
    expect(vector.lateCollision).toBe(true)
    expect(flags(bench).txerif).toBe(true)
    for (const octets of bench.wire.frames) expect(frameCheckSequence(octets)).not.toBe(0x2144df1c)
  })

  it('chip full, peer half: the chip sends on through the collision and loses the damaged frame of the peer', () => {
    const bench = linked({ filter: 0x20 })
    bench.wire.onStart = () => bench.scheduler.after(20_000, () => bench.wire.send(frame({ length: 64 }).slice(0, 20)))
    const vector = status(bench.transmit(to(500)))
    expect(vector).toMatchObject({ collisionCount: 0, done: true })
    expect(bench.wire.frames).toEqual([checkedFrame(to(500))])
    bench.run(100 * US)
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.write('ERXFCON', 0x00) // counted when CRCEN is off: the diagnosis of section 20
    bench.deliver(frame({ length: 64 }).slice(0, 20))
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('both half, both full: no collisions, nothing lost', () => {
    for (const duplex of ['half', 'full'] as const) {
      const bench = linked({ duplex })
      for (let i = 0; i < 20; i++) {
        bench.transmit(to(64 + i * 50))
        bench.deliverFrame({ length: 64 + i * 50 })
        expect(bench.receive()).toBeDefined()
      }
      expect(bench.wire.frames).toHaveLength(20)
      expect(bench.read('EIR') & (EIR.TXERIF | EIR.RXERIF)).toBe(0)
    }
  })
})
