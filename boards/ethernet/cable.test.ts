import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { detectBits } from '../../test/support/detect-bits.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { Cable, type CableFrame, type CableOptions, PROPAGATION } from './cable.js'
import { bitErrorRate } from './error-rate.js'
import { fcsGood, withFcs } from './fcs.js'
import { type Category, crosstalkLoss } from './pair-physics.js'
import type { EthernetPort, FrameSignal } from './port.js'
import { Station } from './station.js'
import { frameWaveform, lineBits } from './waveform.js'
import { CROSSOVER_WIRING, type JackKind, SPLIT_PAIR_WIRING, STRAIGHT_WIRING } from './wiring.js'

/** A jack that only writes down what arrives. */
class Recorder implements EthernetPort {
  medium: EthernetPort['medium']
  readonly seen: { at: number; what: string; inverted: boolean; signal?: FrameSignal }[] = []
  readonly receiver
  constructor(
    readonly name: string,
    readonly clock: Scheduler,
  ) {
    this.receiver = {
      frameStart: (signal: FrameSignal, inverted: boolean) =>
        void this.seen.push({ at: clock.now, what: 'start', inverted, signal }),
      frameEnd: (signal: FrameSignal, inverted: boolean) =>
        void this.seen.push({ at: clock.now, what: 'end', inverted, signal }),
      linkPulse: (inverted: boolean) => void this.seen.push({ at: clock.now, what: 'pulse', inverted }),
    }
  }
  /** Sends a frame now: 8 octets of preamble, then `octets`, at 100 ns a bit. */
  send(octets: Uint8Array): void {
    const signal = { octets, dribbleBits: 0, bits: 64 + octets.length * 8, intact: true }
    const medium = this.medium
    medium?.frameStart(this, signal)
    this.clock.after(signal.bits * 100, () => {
      if (this.medium === medium) medium?.frameEnd(this, signal)
    })
  }
  get frames(): FrameSignal[] {
    return this.seen.filter((event) => event.what === 'end').map((event) => event.signal!)
  }
}

function bench(length = 2, seed = 1) {
  const clock = new Scheduler()
  const a = new Recorder('a', clock)
  const b = new Recorder('b', clock)
  const cable = new Cable({ clock, random: new SeededRandom(seed), length })
  const taps: CableFrame[] = []
  cable.onFrame((frame) => taps.push(frame))
  cable.plug(a, b)
  return { clock, a, b, cable, taps }
}

const frame = (length: number, fill = 0x5a) => withFcs(new Uint8Array(length - 4).fill(fill))

describe('a metre of cable', () => {
  it('delays by 5 ns, two thirds of the speed of light, and within 534 + 36 / √f ns over 100 m (TIA-568-C.2)', () => {
    expect(1 / (PROPAGATION * 1e-9) / 299_792_458).toBeCloseTo(0.667, 3)
    expect(100 * PROPAGATION).toBeLessThan(534 + 36 / Math.sqrt(10))
  })

  it('lets 10 MHz cross from pair to pair at the near end as TIA-568-C.2 allows: 50.3 dB below in category 5e', () => {
    expect(crosstalkLoss(10, '5e')).toBeCloseTo(50.3, 6)
    expect(crosstalkLoss(100, '5e')).toBeCloseTo(35.3, 6)
    expect(crosstalkLoss(10, '6')).toBeCloseTo(59.3, 6)
    expect(crosstalkLoss(10, '3')).toBeCloseTo(26.3, 1)
  })

  it('is disturbed by that much less than by a split pair: noise decides in category 5e, not in category 3', () => {
    const worse = (category: Category) =>
      bitErrorRate(100, category, 0.3, crosstalkLoss(10, category)) / bitErrorRate(100, category, 0.3)
    expect(worse('5e')).toBeGreaterThan(1)
    expect(worse('5e')).toBeLessThan(1.25)
    expect(worse('3')).toBeGreaterThan(1.5)
    // Without noise a sound cable loses nothing, however much is sent the other way.
    expect(bitErrorRate(100, '3', 0, crosstalkLoss(10, '3'))).toBe(0)
  })
})

describe('cable', () => {
  it('delays by 5 ns a metre and leaves the frame as it is (57.6 µs for 64 octets)', () => {
    const { clock, a, b } = bench(100)
    clock.runUntil(1000)
    a.send(frame(64))
    clock.runUntil(MILLISECOND)
    expect(b.seen.map(({ at, what, inverted }) => ({ at, what, inverted }))).toEqual([
      { at: 1500, what: 'start', inverted: false },
      { at: 1500 + 57_600, what: 'end', inverted: false },
    ])
    expect(b.frames[0].octets).toEqual(frame(64))
    expect(b.frames[0].intact).toBe(true)
    expect(a.seen).toEqual([])
  })

  it('costs two events a frame', () => {
    const { clock, a } = bench()
    a.medium?.frameStart(a, { octets: frame(1518), dribbleBits: 0, bits: 12208, intact: true })
    const signal = { octets: frame(1518), dribbleBits: 0, bits: 12208, intact: true }
    a.medium?.frameStart(a, signal)
    a.medium?.frameEnd(a, signal)
    clock.runUntil(MILLISECOND)
    expect(clock.executed).toBe(3) // two starts, one end
  })

  it('carries both directions at once', () => {
    const { clock, a, b } = bench()
    a.send(frame(64, 1))
    b.send(frame(100, 2))
    clock.runUntil(MILLISECOND)
    expect(b.frames[0].octets).toEqual(frame(64, 1))
    expect(a.frames[0].octets).toEqual(frame(100, 2))
  })

  it('shows each frame to its tap with the instant and the direction', () => {
    const { clock, a, b, taps } = bench()
    clock.runUntil(7)
    b.send(frame(64))
    clock.after(10, () => a.send(frame(70)))
    clock.runUntil(MILLISECOND)
    expect(taps.map(({ at, direction, octets, loss }) => [at, direction, octets.length, loss])).toEqual([
      [7, 'b-to-a', 64, undefined],
      [17, 'a-to-b', 70, undefined],
    ])
  })

  it('passes a fragment on as a fragment', () => {
    const { clock, a, b } = bench()
    const signal: FrameSignal = { octets: frame(64), dribbleBits: 0, bits: 576, intact: true }
    a.medium?.frameStart(a, signal)
    clock.after(12_345, () => {
      Object.assign(signal, { octets: signal.octets.slice(0, 7), dribbleBits: 3, bits: 123, intact: false })
      a.medium?.frameEnd(a, signal)
    })
    clock.runUntil(MILLISECOND)
    expect(b.frames).toEqual([{ octets: frame(64).slice(0, 7), dribbleBits: 3, bits: 123, intact: false }])
  })

  it('passes link pulses, and tells that an inverted pair turns them over', () => {
    const { clock, a, b, cable } = bench()
    a.medium?.linkPulse(a)
    cable.pair('a-to-b').inverted = true
    a.medium?.linkPulse(a)
    b.medium?.linkPulse(b)
    a.send(frame(64))
    clock.runUntil(MILLISECOND)
    expect(b.seen.map(({ what, inverted }) => [what, inverted])).toEqual([
      ['pulse', false],
      ['pulse', true],
      ['start', true],
      ['end', true],
    ])
    expect(a.seen.map(({ what, inverted }) => [what, inverted])).toEqual([['pulse', false]])
  })

  it('delivers nothing over an open pair, and counts it', () => {
    const { clock, a, b, cable, taps } = bench()
    cable.pair('a-to-b').open = true
    a.send(frame(64))
    a.medium?.linkPulse(a)
    b.send(frame(64))
    clock.runUntil(MILLISECOND)
    expect(b.seen).toEqual([])
    expect(a.frames.length).toBe(1)
    expect(cable.counters).toEqual({ frames: 2, lost: { 'open pair': 1 } })
    expect(taps.find((tap) => tap.direction === 'a-to-b')).toMatchObject({
      loss: 'open pair',
      octets: new Uint8Array(0),
    })
  })

  it('cuts a frame short when it is pulled out, and carries whole frames again when plugged in', () => {
    const { clock, a, b, cable, taps } = bench(100)
    a.send(frame(64))
    clock.runUntil(500 + 20_050)
    cable.unplug()
    expect(a.medium).toBeUndefined()
    // 200 whole bits had arrived: 64 of preamble, then 17 octets.
    expect(b.frames).toEqual([{ octets: frame(64).slice(0, 17), dribbleBits: 0, bits: 200, intact: false }])
    clock.runUntil(MILLISECOND)
    expect(b.seen.length).toBe(2)
    expect(taps).toMatchObject([{ at: 0, loss: 'unplugged' }])
    cable.plug(a, b)
    a.send(frame(64))
    clock.runUntil(2 * MILLISECOND)
    expect(b.frames[1].octets).toEqual(frame(64))
    expect(cable.counters).toEqual({ frames: 2, lost: { unplugged: 1 } })
  })

  it('cuts a frame short when its pair breaks, and leaves the other direction alone', () => {
    const { clock, a, b, cable, taps } = bench(100)
    a.send(frame(64))
    b.send(frame(64, 2))
    clock.runUntil(500 + 20_050)
    cable.pair('a-to-b').open = true
    expect(b.frames).toEqual([{ octets: frame(64).slice(0, 17), dribbleBits: 0, bits: 200, intact: false }])
    clock.runUntil(MILLISECOND)
    expect(a.frames.map(({ octets }) => octets)).toEqual([frame(64, 2)])
    cable.pair('a-to-b').open = false
    a.send(frame(64))
    clock.runUntil(2 * MILLISECOND)
    expect(b.frames[1].octets).toEqual(frame(64))
    expect(cable.counters).toEqual({ frames: 3, lost: { 'open pair': 1 } })
    expect(taps.map(({ loss }) => loss)).toEqual(['open pair', undefined, undefined])
  })

  it('ignores the end of a frame of which it did not see the start', () => {
    const { clock, a, b, cable } = bench()
    const signal: FrameSignal = { octets: frame(64), dribbleBits: 0, bits: 576, intact: true }
    a.medium?.frameStart(a, signal)
    cable.unplug()
    cable.plug(a, b)
    a.medium?.frameEnd(a, signal)
    clock.runUntil(MILLISECOND)
    expect(b.seen).toEqual([])
  })

  it('flips the share of bits that was asked for, in a copy, so that the FCS tells', () => {
    const { clock, a, b, cable } = bench()
    cable.pair('a-to-b').bitErrorRate = 1e-3
    const sent = frame(1518)
    const untouched = sent.slice()
    for (let i = 0; i < 1000; i++) {
      a.send(sent)
      clock.runFor(1300 * MICROSECOND)
    }
    expect(sent).toEqual(untouched)
    let flipped = 0
    let whole = 0
    let bad = 0
    for (const { octets, intact } of b.frames) {
      expect(intact).toBe(fcsGood(octets))
      if (!intact) bad++
      if (octets.length !== 1518) continue
      let here = 0
      for (let i = 0; i < 1518; i++) for (let x = octets[i] ^ sent[i]; x !== 0; x &= x - 1) here++
      if (here > 1000) continue // shifted by an early delimiter
      flipped += here
      whole++
    }
    // 12 144 bits a frame at 1e-3: 12.1 a frame, standard deviation 3.5; a thousand frames.
    expect(flipped / whole).toBeGreaterThan(11.6)
    expect(flipped / whole).toBeLessThan(12.7)
    const { lost } = cable.counters
    expect(Object.values(lost).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(bad)
    // 8 bits of delimiter hit with 0.8 %; 28 zeros of the preamble (less those in it) with about 2.5 %.
    expect(lost['delimiter lost']).toBeGreaterThan(1)
    expect(lost['delimiter early']).toBeGreaterThan(8)
  })

  it('does the same for the same seed', () => {
    const run = (seed: number) => {
      const { clock, a, b, cable } = bench(2, seed)
      cable.pair('a-to-b').bitErrorRate = 1e-4
      for (let i = 0; i < 50; i++) {
        a.send(frame(1518))
        clock.runFor(1300 * MICROSECOND)
      }
      return b.frames.map(({ octets }) => octets.join())
    }
    expect(run(5)).toEqual(run(5))
    expect(run(5)).not.toEqual(run(6))
  })

  it('refuses a jack that is in use, and an invalid length', () => {
    const { clock, a, cable } = bench()
    const other = new Cable({ clock, random: new SeededRandom(1) })
    expect(() => other.plug(a, new Recorder('c', clock))).toThrow(/a has a cable plugged in/)
    expect(() => cable.plug(new Recorder('d', clock), new Recorder('e', clock))).toThrow(/plugged in already/)
    expect(() => new Cable({ clock, random: new SeededRandom(1), length: -1 })).toThrow(/0 to 10000 metres/)
  })
})

describe('cable physics', () => {
  const stations = (options: Partial<CableOptions>, jacks: [JackKind, JackKind] = ['MDI', 'MDI']) => {
    const clock = new Scheduler()
    const random = new SeededRandom(3)
    const station = (name: string, last: number, jack: JackKind) =>
      new Station({ clock, random, name, jack, duplex: 'full', address: Uint8Array.of(2, 0, 0, 0, 0, last) })
    const left = station('left', 1, jacks[0])
    const right = station('right', 2, jacks[1])
    const cable = new Cable({ clock, random, ...options })
    cable.plug(left.port, right.port)
    return { clock, left, right, cable }
  }

  it('brings no link up over a straight cable between two MDI jacks, and one over a crossover', () => {
    const straight = stations({ wiring: STRAIGHT_WIRING })
    straight.clock.runFor(SECOND)
    expect([straight.left.linkUp, straight.right.linkUp]).toEqual([false, false])
    expect(straight.cable.assessment?.aToB.reason).toMatch(/which do not receive/)
    const crossed = stations({ wiring: CROSSOVER_WIRING })
    crossed.clock.runFor(SECOND)
    expect([crossed.left.linkUp, crossed.right.linkUp]).toEqual([true, true])
  })

  it('can be exchanged for another while it is unplugged', () => {
    const { clock, left, right, cable } = stations({ wiring: STRAIGHT_WIRING })
    expect(() => cable.rewire({ length: 3 })).toThrow(/unplug it first/)
    cable.unplug()
    cable.rewire({ wiring: CROSSOVER_WIRING, length: 50 })
    cable.plug(left.port, right.port)
    clock.runFor(SECOND)
    expect([left.linkUp, right.linkUp, cable.delay]).toEqual([true, true, 250])
    cable.unplug()
    left.jack = 'MDI-X'
    cable.plug(left.port, right.port)
    clock.runFor(2 * SECOND)
    expect([left.linkUp, right.linkUp]).toEqual([false, false])
  })

  it('brings the link up one way only with one conductor broken: 10BASE-T has no remote fault', () => {
    const { clock, left, right } = stations({ wiring: { ...CROSSOVER_WIRING, broken: ['green'] } })
    clock.runFor(SECOND)
    expect([left.linkUp, right.linkUp].sort()).toEqual([false, true])
  })

  it('carries frames over 150 m of category 5e, only link pulses over 450 m, and nothing over 600 m (squelch, 14.3.1.3.2)', () => {
    for (const [length, up, passes] of [
      [100, true, true],
      [150, true, true],
      [450, true, false],
      [600, false, false],
    ] as const) {
      const { clock, left, right, cable } = stations({ length }, ['auto', 'auto'])
      let received = 0
      right.handleFrame = () => received++
      clock.runFor(SECOND)
      expect(left.linkUp, `${length} m`).toBe(up)
      left.send(Uint8Array.from({ length: 60 }, (_, i) => (i < 6 ? 0xff : i)))
      clock.runFor(MILLISECOND)
      expect(received, `${length} m`).toBe(passes ? 1 : 0)
      expect(cable.counters.lost['under the squelch'] ?? 0, `${length} m`).toBe(up && !passes ? 1 : 0)
    }
  })

  it('loses bits to noise at the rate that the waveform of the same noise shows', () => {
    const { clock, a, b, cable } = bench(100)
    const noise = 0.5
    cable.pair('a-to-b').noise = noise
    let errors = 0
    let bits = 0
    cable.onFrame((seen) => {
      errors += seen.errors.length
      bits += seen.bits
    })
    const octets = withFcs(Uint8Array.from({ length: 1000 }, (_, i) => (i * 73) & 0xff))
    for (let i = 0; i < 200; i++) {
      a.send(octets)
      clock.runFor(MILLISECOND)
    }
    const signal = { octets, bits: 64 + octets.length * 8 }
    const sent = lineBits(signal)
    const random = new SeededRandom(4)
    let seen = 0
    for (let i = 0; i < 50; i++) {
      const read = detectBits(frameWaveform(signal, { length: 100, noise, random }), 0, sent.length)
      for (let bit = 0; bit < sent.length; bit++) if (read[bit] !== sent[bit]) seen++
    }
    const slow = seen / (50 * sent.length)
    expect(slow).toBeGreaterThan(1e-3)
    expect(errors / bits / slow).toBeGreaterThan(0.8)
    expect(errors / bits / slow).toBeLessThan(1.25)
    expect(b.frames.length).toBe(200)
  })

  it('lets a sender hear itself over a long split pair: 10 dB down, 450 mV of squelch, from some 13 m on', () => {
    const echoes = (length: number, wiring = SPLIT_PAIR_WIRING) => {
      const clock = new Scheduler()
      const cable = new Cable({ clock, random: new SeededRandom(2), length, wiring })
      const heard: string[] = []
      const receiver = {
        frameStart: () => heard.push(`start ${clock.now}`),
        frameEnd: () => heard.push(`end ${clock.now}`),
        linkPulse: () => {},
      }
      const a = { name: 'a', jack: 'MDI' as const, medium: undefined, receiver }
      cable.plug(a, { name: 'b', jack: 'MDI-X', medium: undefined, receiver: undefined })
      const signal = { octets: new Uint8Array(64), dribbleBits: 0, bits: 576, intact: true }
      cable.frameStart(a, signal)
      clock.runFor(57_600)
      cable.frameEnd(a, signal)
      clock.runFor(MILLISECOND)
      return heard
    }
    // The squelch opens on four bits.
    expect(echoes(30)).toEqual(['start 400', 'end 58000'])
    expect(echoes(20)).toHaveLength(2)
    expect(echoes(8)).toEqual([])
    expect(echoes(30, STRAIGHT_WIRING)).toEqual([])
  })

  it('has errors over a split pair only while both ends send', () => {
    const { clock, a, b, cable } = bench()
    cable.unplug()
    const split = new Cable({ clock, random: new SeededRandom(2), length: 110, wiring: SPLIT_PAIR_WIRING })
    split.plug(Object.assign(a, { jack: 'MDI' as const }), Object.assign(b, { jack: 'MDI-X' as const }))
    split.pair('b-to-a').noise = 0.1
    for (let i = 0; i < 20; i++) {
      b.send(frame(500))
      clock.runFor(MILLISECOND)
    }
    expect(split.counters.lost).toEqual({})
    for (let i = 0; i < 20; i++) {
      b.send(frame(500))
      a.send(frame(500))
      clock.runFor(MILLISECOND)
    }
    const { lost } = split.counters
    expect(Object.values(lost).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10)
    expect(lost['open pair']).toBeUndefined()
  })
})

describe('bits that are turned over on purpose', () => {
  it('are wrong in the signals that are meant, and in no other', () => {
    const { clock, a, b, cable, taps } = bench()
    cable.pair('a-to-b').handleSignal = ({ octets }) => (octets.length === 64 ? [64 + 100, 64 + 3] : [])
    a.send(frame(64))
    clock.runFor(MILLISECOND)
    a.send(frame(65))
    clock.runFor(MILLISECOND)
    const expected = frame(64)
    expected[0] ^= 1 << 3
    expected[12] ^= 1 << 4
    expect(b.frames.map(({ octets }) => octets)).toEqual([expected, frame(65)])
    expect(b.frames.map(({ intact }) => intact)).toEqual([false, true])
    expect(taps.map(({ errors, loss }) => [errors, loss])).toEqual([
      [[67, 164], 'bit errors'],
      [[], undefined],
    ])
  })
})

describe('the first bit of a frame', () => {
  it('is told when it leaves, where it gets to the other end', () => {
    const { clock, a, b, cable } = bench()
    const told: [string, number][] = []
    cable.onFrameStart((direction) => told.push([direction, clock.now]))
    a.send(frame(64))
    expect(told).toEqual([['a-to-b', 0]])
    clock.runFor(MILLISECOND)
    cable.pair('b-to-a').open = true
    b.send(frame(64))
    clock.runFor(MILLISECOND)
    expect(told).toHaveLength(1)
  })
})
