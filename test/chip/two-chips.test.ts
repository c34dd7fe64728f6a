/** Two chips on one cable: nothing but the model on either side, judged by what their hosts read. */
import { describe, expect, it } from 'vitest'
import { Cable } from '../../boards/ethernet/cable.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { type Configuration, DataSheetBench, ECON1, EIR, ESTAT, MS, type Received, US } from './bench.js'
import { BROADCAST_STATION, body, CHIP, checkedFrame, PEER } from './frames.js'
import { status } from './status-vector.js'

interface Pair {
  readonly a: DataSheetBench
  readonly b: DataSheetBench
  readonly cable: Cable
  run(nanoseconds: number): void
}

function pair(a: Configuration = {}, b: Configuration = {}, { length = 20, seed = 1 } = {}): Pair {
  const left = new DataSheetBench({ seed, name: 'a' })
  const right = new DataSheetBench({ seed: seed + 1_000, name: 'b', scheduler: left.scheduler })
  const cable = new Cable({ clock: left.scheduler, random: new SeededRandom(seed), length })
  for (const bench of [left, right]) bench.chip.port.medium = undefined // the bench's own wire
  cable.plug(left.chip.port, right.chip.port)
  left.configure({ address: CHIP, fifo: [0x0000, 0x0bff], ...a })
  right.configure({ address: PEER, fifo: [0x0000, 0x0bff], ...b })
  left.run(300 * MS)
  return { a: left, b: right, cable, run: (nanoseconds) => left.run(nanoseconds) }
}

const toB = (length: number) => body({ da: PEER, sa: CHIP, length })
const toA = (length: number) => body({ da: CHIP, sa: PEER, length })

/** Takes all that waits. */
function drain(bench: DataSheetBench): Received[] {
  const taken: Received[] = []
  for (let next = bench.receive(); next !== undefined; next = bench.receive()) taken.push(next)
  return taken
}

const sending = (bench: DataSheetBench) => (bench.read('ECON1') & ECON1.TXRTS) !== 0

/** Both hosts send frames without a pause until each has had `count` successes; returns what each received. */
function saturate({ a, b, run }: Pair, count: number, length: number): { a: number; b: number; failures: number } {
  const result = { a: 0, b: 0, failures: 0 }
  const done = new Map([
    [a, 0],
    [b, 0],
  ])
  a.request(toB(length))
  b.request(toA(length))
  for (let i = 0; i < 500_000 && [...done.values()].some((n) => n < count); i++) {
    run(20 * US)
    for (const [bench, n] of done) {
      if (bench === a) result.a += drain(bench).length
      else result.b += drain(bench).length
      if (sending(bench) || n >= count) continue
      if ((bench.read('EIR') & EIR.TXERIF) !== 0) result.failures++
      else done.set(bench, n + 1)
      if (done.get(bench)! < count) bench.request(bench === a ? toB(length) : toA(length))
    }
  }
  run(10 * MS)
  result.a += drain(a).length
  result.b += drain(b).length
  return result
}

describe('two chips on a cable', () => {
  it('bring up the link by their own pulses, within 112 ms', () => {
    const { a, b } = pair()
    expect([a.linkIsUp, b.linkIsUp]).toEqual([true, true])
  })

  it('lose it 50 to 150 ms after the cable is pulled out, and find it again', () => {
    const { a, b, cable, run } = pair()
    cable.unplug()
    run(49 * MS)
    expect([a.linkIsUp, b.linkIsUp]).toEqual([true, true])
    run(101 * MS)
    expect([a.linkIsUp, b.linkIsUp]).toEqual([false, false])
    cable.plug(a.chip.port, b.chip.port)
    run(200 * MS)
    expect([a.linkIsUp, b.linkIsUp]).toEqual([true, true])
  })

  it('a frame arrives as it was sent, 5 ns a metre later', () => {
    const { a, b, run } = pair({}, {}, { length: 100 })
    b.write('EIE', 0xc0)
    let arrived = 0
    b.chip.onInterrupt((high) => {
      if (!high) arrived = b.now
    })
    const began = a.now
    a.request(toB(200))
    run(MS)
    expect(b.receive()!.octets).toEqual(checkedFrame(toB(200)))
    expect(arrived - began).toBeGreaterThanOrEqual(208 * 800 + 500)
    expect(arrived - began).toBeLessThanOrEqual(208 * 800 + 500 + US)
  })

  it('full duplex, both saturated: every frame arrives, none collides', () => {
    const both = pair({ duplex: 'full' }, { duplex: 'full' })
    expect(saturate(both, 60, 1000)).toEqual({ a: 60, b: 60, failures: 0 })
  })

  it('half duplex, both saturated: every frame that its sender calls sent arrives once', () => {
    for (const length of [64, 400]) {
      const both = pair({ duplex: 'half' }, { duplex: 'half' })
      const { a, b } = saturate(both, 60, length)
      expect([a, b]).toEqual([60, 60])
    }
  })

  it('half duplex, both begin at once: both collide, both succeed', () => {
    const { a, b, run } = pair({ duplex: 'half' }, { duplex: 'half' })
    const endA = a.load(toB(100))
    const endB = b.load(toA(100))
    a.set('ECON1', ECON1.TXRTS)
    b.set('ECON1', ECON1.TXRTS)
    run(100 * MS)
    expect(status(a.memory(endA + 1, 7)).collisionCount).toBeGreaterThanOrEqual(1)
    expect(status(a.memory(endA + 1, 7)).collisionCount).toBe(status(b.memory(endB + 1, 7)).collisionCount)
    expect(drain(b).map(({ octets }) => octets)).toEqual([checkedFrame(toB(100))])
    expect(drain(a).map(({ octets }) => octets)).toEqual([checkedFrame(toA(100))])
    expect([a.read('ESTAT') & ESTAT.TXABRT, b.read('ESTAT') & ESTAT.TXABRT]).toEqual([0, 0])
  })

  it('half against full duplex under load: late collisions at one end, bad FCS at the other (12.3)', () => {
    const { a, b, run } = pair({ duplex: 'half', filter: 0x20 }, { duplex: 'full', filter: 0x20 })
    const chance = new SeededRandom(5)
    let late = 0
    let good = 0
    let arrived = 0
    for (let i = 0; i < 60; i++) {
      const end = a.request(toB(1000))
      run(chance.below(900) * US)
      if (!sending(b)) b.request(toA(1000))
      a.untilSent()
      if ((a.read('EIR') & EIR.TXERIF) === 0) good++
      else if (status(a.memory(end + 1, 7)).lateCollision) late++
      run(2 * MS)
      arrived += drain(b).length
      drain(a)
    }
    expect(late).toBeGreaterThan(20)
    expect(good + late).toBe(60)
    expect(arrived).toBe(good) // what the half-duplex end calls sent did arrive
    expect(a.read('ESTAT') & ESTAT.TXABRT).toBe(ESTAT.TXABRT)
    expect(b.read('ESTAT') & ESTAT.TXABRT).toBe(0) // the full-duplex end never notices
    expect(b.chip.counters.dropped).toMatchObject({ 'receive: FCS': expect.any(Number) as number })
  })

  it('half against full duplex without load: a ping at a time works', () => {
    const { a, b, run } = pair({ duplex: 'half' }, { duplex: 'full' })
    for (let i = 0; i < 20; i++) {
      a.transmit(toB(98))
      run(MS)
      expect(drain(b)).toHaveLength(1)
      b.transmit(toA(98))
      run(MS)
      expect(drain(a)).toHaveLength(1)
    }
  })

  it('a pause frame of one holds the other, a zero pause releases it (12.4)', () => {
    const { a, b, run } = pair({ duplex: 'full' }, { duplex: 'full' })
    a.write('EFLOCON', 0x02)
    run(MS)
    b.request(toA(100))
    run(300 * MS)
    expect(sending(b)).toBe(true)
    expect(drain(a)).toEqual([])
    a.write('EFLOCON', 0x03)
    run(MS)
    expect(sending(b)).toBe(false)
    expect(drain(a)).toHaveLength(1)
  })

  it('a broadcast of one is received by the other, and in half duplex without HDLDIS by both (16.4)', () => {
    const { a, b, run } = pair({ duplex: 'half', phcon2: 0x0000 }, { duplex: 'half' })
    a.transmit(body({ da: BROADCAST_STATION, sa: CHIP }))
    run(MS)
    expect([drain(a).length, drain(b).length]).toEqual([1, 1])
    b.transmit(body({ da: BROADCAST_STATION, sa: PEER }))
    run(MS)
    expect([drain(a).length, drain(b).length]).toEqual([1, 0])
  })

  it('back-pressure of one keeps a half-duplex other from sending until it ends (12.4)', () => {
    const { a, b, run } = pair({ duplex: 'half' }, { duplex: 'half' })
    a.write('EFLOCON', 0x01)
    run(MS)
    b.request(toA(100))
    run(10 * MS)
    expect(sending(b)).toBe(true)
    a.write('EFLOCON', 0x00)
    run(MS)
    expect(sending(b)).toBe(false)
    expect(drain(a)).toHaveLength(1)
  })

  it('noise on the cable is caught by the FCS: nothing wrong is ever stored', () => {
    const both = pair({ duplex: 'full', filter: 0x20 }, { duplex: 'full', filter: 0x20 })
    both.cable.pair('a-to-b').bitErrorRate = 1e-4
    const { a, b } = both
    let arrived = 0
    for (let i = 0; i < 200; i++) {
      a.transmit(toB(500))
      both.run(MS)
      for (const { octets } of drain(b)) {
        arrived++
        expect(octets).toEqual(checkedFrame(toB(500)))
      }
    }
    // 4000 bits a frame: e^-0.4 of them, 134, arrive; four standard deviations of 6.6 either way
    expect(Math.abs(arrived - 134)).toBeLessThanOrEqual(27)
  })
})
