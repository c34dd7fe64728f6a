import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { Cable, type CableFrame } from './cable.js'
import { withFcs } from './fcs.js'
import { Station, type StationOptions } from './station.js'

const addressOf = (last: number) => Uint8Array.from([2, 0, 0, 0, 0, last])

function bench(a: Partial<StationOptions> = {}, b: Partial<StationOptions> = {}, seed = 1) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const cable = new Cable({ clock, random: random.fork('cable'), length: 100 })
  const left = new Station({ clock, random: random.fork('left'), address: addressOf(1), name: 'left', ...a })
  const right = new Station({ clock, random: random.fork('right'), address: addressOf(2), name: 'right', ...b })
  const frames: CableFrame[] = []
  cable.onFrame((frame) => frames.push(frame))
  cable.plug(left.port, right.port)
  return { clock, random, cable, left, right, frames }
}

/** Destination, source, type 88B5h (for local experiments), then `size` octets. */
function frame(to: number, from: number, size: number, fill = 0x33): Uint8Array {
  const octets = new Uint8Array(14 + size).fill(fill, 14)
  octets.set(addressOf(to), 0)
  octets.set(addressOf(from), 6)
  octets.set([0x88, 0xb5], 12)
  return octets
}

/** Keeps a station sending frames of `size` octets of payload. */
function saturate(station: Station, to: number, from: number, size: number): void {
  const fill = () => {
    while (station.pending < 2) if (!station.send(frame(to, from, size))) return
  }
  station.onSent(fill)
  fill()
}

describe('station', () => {
  it('brings the link up on both ends after three pulses', () => {
    const { clock, left, right } = bench()
    clock.runUntil(48 * MILLISECOND)
    expect([left.linkUp, right.linkUp]).toEqual([false, false])
    clock.runUntil(49 * MILLISECOND)
    expect([left.linkUp, right.linkUp]).toEqual([true, true])
  })

  it('says after a collision how many slots it drew, of how many, and waits for so long', () => {
    const half = { duplex: 'half' } as const
    const { clock, left, right, frames } = bench(half, half)
    clock.runUntil(100 * MILLISECOND)
    const drawn: { readonly slots: number; readonly of: number; readonly attempt: number; readonly to: number }[] = []
    left.onBackOff((backOff) => drawn.push(backOff))
    left.send(frame(2, 1, 46))
    right.send(frame(1, 2, 46))
    clock.runFor(20 * MILLISECOND)
    expect(drawn.length).toBeGreaterThan(0)
    expect(drawn.map(({ attempt }) => attempt)).toEqual(drawn.map((_, i) => i + 1))
    expect(drawn.map(({ of }) => of)).toEqual(drawn.map((_, i) => 2 ** (i + 1)))
    const starts = frames.filter(({ direction }) => direction === 'a-to-b').map(({ at }) => at)
    for (const [i, { slots, of, to }] of drawn.entries()) {
      expect(slots).toBeLessThan(of)
      expect(starts[i + 1]).toBeGreaterThanOrEqual(to + slots * 51_200)
    }
  })

  it('sends a frame padded to 64 octets with its FCS, 57.6 µs long, and the other end receives it once', () => {
    const { clock, left, right, frames } = bench()
    const received: { at: number; octets: Uint8Array }[] = []
    right.handleFrame = (octets) => received.push({ at: clock.now, octets })
    clock.runUntil(100 * MILLISECOND)
    const sent = frame(2, 1, 5)
    expect(left.send(sent)).toBe(true)
    sent.fill(0)
    clock.runFor(MILLISECOND)
    const expected = new Uint8Array(60)
    expected.set(frame(2, 1, 5))
    expect(received).toEqual([{ at: 100 * MILLISECOND + 57_600 + 500, octets: expected }])
    expect(frames.map((f) => f.octets)).toEqual([withFcs(expected)])
  })

  it('that is set to 100 Mb/s is silent and deaf to 10BASE-T', () => {
    const { clock, cable, left, right } = bench({ only100: true })
    let pulses = 0
    cable.onLinkPulse((direction) => {
      if (direction === 'a-to-b') pulses++
    })
    clock.runUntil(SECOND)
    expect([left.powered, left.linkUp, right.linkUp, pulses]).toEqual([true, false, false, 0])
  })

  it('whose transmitter is dead sees the link, and is not seen', () => {
    const { clock, left, right, frames } = bench({ silent: true })
    clock.runUntil(SECOND)
    expect([left.linkUp, right.linkUp]).toEqual([true, false])
    expect(left.send(frame(2, 1, 46))).toBe(true)
    clock.runFor(MILLISECOND)
    expect(frames).toEqual([])
  })

  it('sends nothing while the link is down, and counts it', () => {
    const { clock, left, frames } = bench()
    expect(left.send(frame(2, 1, 46))).toBe(false)
    clock.runUntil(10 * MILLISECOND)
    expect(frames).toEqual([])
    expect(left.dropped).toEqual({ 'link down': 1 })
  })

  it('leaves 9.6 µs between frames: one of 64 octets every 67.2 µs, 14 880 a second (4.4.2)', () => {
    const { clock, left, right } = bench({ duplex: 'full' }, { duplex: 'full' })
    let received = 0
    right.handleFrame = () => received++
    clock.runUntil(100 * MILLISECOND)
    saturate(left, 2, 1, 46)
    clock.runFor(9_999 * 67_200 + 57_600 + 500)
    expect(received).toBe(10_000)
    clock.runFor(67_199)
    expect(received).toBe(10_000)
    clock.runFor(1)
    expect(received).toBe(10_001)
  })

  it('in full duplex sends and receives at the same time without a collision', () => {
    const { clock, left, right } = bench({ duplex: 'full' }, { duplex: 'full' })
    clock.runUntil(100 * MILLISECOND)
    saturate(left, 2, 1, 1500)
    saturate(right, 1, 2, 1500)
    clock.runFor(SECOND)
    expect([left.collisions, right.collisions]).toEqual([0, 0])
    expect(left.framesReceived).toBeGreaterThanOrEqual(811)
    expect(right.framesReceived).toBeGreaterThanOrEqual(811)
  })

  it('in half duplex resolves collisions by back-off: all frames arrive, none twice', () => {
    const { clock, left, right } = bench({ duplex: 'half' }, { duplex: 'half' })
    const seen = { left: [] as number[], right: [] as number[] }
    left.handleFrame = (octets) => seen.left.push(octets[14])
    right.handleFrame = (octets) => seen.right.push(octets[14])
    clock.runUntil(100 * MILLISECOND)
    for (let i = 0; i < 60; i++) {
      left.send(frame(2, 1, 46, i))
      right.send(frame(1, 2, 200, i))
    }
    clock.runFor(SECOND)
    const all = Array.from({ length: 60 }, (_, i) => i)
    expect(seen).toEqual({ left: all, right: all })
    expect(left.collisions).toBeGreaterThan(3)
    expect(left.dropped['late collision']).toBeUndefined()
  })

  it('jams 32 bits after a collision, and finishes preamble and delimiter first (4.2.3.2.4)', () => {
    const { clock, left, right, frames } = bench({ duplex: 'half' }, { duplex: 'half' })
    clock.runUntil(100 * MILLISECOND)
    left.send(frame(2, 1, 46))
    right.send(frame(1, 2, 46))
    clock.runFor(20 * MICROSECOND)
    // Both start at once and hear each other 500 ns (5 bits) later: 64 + 32 bits, of which 32 are after the delimiter.
    expect(frames.map((f) => f.octets.length)).toEqual([4, 4])
  })

  it('gives a frame up after 16 collisions', () => {
    const { clock, left } = bench({ duplex: 'half' }, { duplex: 'half' })
    clock.runUntil(100 * MILLISECOND)
    left.send(frame(2, 1, 46))
    // A partner that answers each attempt with a signal of its own.
    const medium = left.port.medium!
    left.port.medium = {
      frameStart: (from, signal) => {
        medium.frameStart(from, signal)
        const noise = { octets: new Uint8Array(0), dribbleBits: 0, bits: 60, intact: false }
        clock.after(500, () => left.port.receiver?.frameStart(noise, false))
        clock.after(6500, () => left.port.receiver?.frameEnd(noise, false))
      },
      frameEnd: (from, signal) => medium.frameEnd(from, signal),
      linkPulse: (from) => medium.linkPulse(from),
    }
    left.send(frame(2, 1, 46))
    clock.runFor(SECOND)
    expect(left.dropped['excessive collisions']).toBe(1)
    expect(left.collisions).toBe(16)
    expect(left.pending).toBe(0)
  })

  it('negotiates full duplex with a partner that negotiates, half with one that does not (28.2.3.1)', () => {
    const both = bench({}, {})
    both.clock.runUntil(SECOND)
    expect([both.left.fullDuplex, both.right.fullDuplex]).toEqual([true, true])
    const one = bench({}, { duplex: 'half' })
    one.clock.runUntil(SECOND)
    expect([one.left.linkUp, one.right.linkUp, one.left.fullDuplex]).toEqual([true, true, false])
    const forced = bench({}, { duplex: 'full' })
    forced.clock.runUntil(SECOND)
    expect([forced.left.fullDuplex, forced.right.fullDuplex]).toEqual([false, true])
  })

  it('shows a duplex mismatch as late collisions at the half-duplex end and bad frames at the other', () => {
    const { clock, left, right } = bench({ duplex: 'half' }, { duplex: 'full' })
    clock.runUntil(100 * MILLISECOND)
    saturate(left, 2, 1, 1500)
    for (let i = 0; i < 300; i++) clock.after(i * 3.3 * MILLISECOND, () => right.send(frame(1, 2, 100)))
    clock.runFor(SECOND)
    expect(left.dropped['late collision']).toBeGreaterThan(0)
    expect((right.dropped['FCS error'] ?? 0) + (right.dropped['alignment error'] ?? 0)).toBeGreaterThan(0)
    expect(right.dropped.runt).toBeGreaterThan(0)
  })

  it('with both ends negotiating, finds the same duplex again after the cable was broken for a while', () => {
    const { clock, left, right, cable } = bench({}, {})
    clock.runUntil(SECOND)
    cable.pair('a-to-b').open = true
    cable.pair('b-to-a').open = true
    clock.runFor(SECOND)
    expect([left.linkUp, right.linkUp]).toEqual([false, false])
    clock.runFor(SECOND)
    cable.pair('a-to-b').open = false
    cable.pair('b-to-a').open = false
    clock.runFor(4 * SECOND)
    expect([left.linkUp, right.linkUp, left.fullDuplex, right.fullDuplex]).toEqual([true, true, true, true])
  })

  it('corrects an inverted pair if it can, and has no link if it cannot', () => {
    const { clock, left, right, cable } = bench({ correctsPolarity: true }, { correctsPolarity: false })
    cable.pair('a-to-b').inverted = true
    cable.pair('b-to-a').inverted = true
    clock.runUntil(SECOND)
    expect([left.linkUp, left.polarityReversed, right.linkUp]).toEqual([true, true, false])
  })

  it('takes frames for itself, broadcast and multicast, and counts the others', () => {
    const { clock, left, right } = bench()
    const types: number[] = []
    right.handleFrame = (octets) => types.push(octets[0])
    clock.runUntil(100 * MILLISECOND)
    for (const first of [0xff, 0x01, 0x04]) {
      const octets = frame(9, 1, 46)
      octets.fill(first, 0, 6)
      left.send(octets)
    }
    left.send(frame(2, 1, 46))
    left.send(frame(3, 1, 46))
    clock.runFor(10 * MILLISECOND)
    expect(types).toEqual([0xff, 0x01, 0x02])
    expect(right.dropped).toEqual({ 'other station': 2 })
  })

  it('obeys PAUSE in full duplex: 100 quanta of 51.2 µs (31B)', () => {
    const { clock, left, right, frames } = bench({ duplex: 'full' }, { duplex: 'full' })
    clock.runUntil(100 * MILLISECOND)
    const pause = new Uint8Array(60)
    pause.set([0x01, 0x80, 0xc2, 0, 0, 1, 2, 0, 0, 0, 0, 1, 0x88, 0x08, 0x00, 0x01, 0, 100])
    left.send(pause)
    clock.runFor(MILLISECOND)
    const received = 100 * MILLISECOND + 57_600 + 500
    right.send(frame(1, 2, 46))
    clock.runFor(20 * MILLISECOND)
    expect(frames[1].at).toBe(received + 100 * 51_200)
    expect(right.framesReceived).toBe(0)
  })

  it('counts noise as FCS errors, and lets no damaged frame through', () => {
    const { clock, left, right, cable } = bench({ duplex: 'full' }, { duplex: 'full' })
    let wrong = 0
    right.handleFrame = (octets) => {
      if (octets.join() !== frame(2, 1, 1500).join()) wrong++
    }
    clock.runUntil(100 * MILLISECOND)
    cable.pair('a-to-b').bitErrorRate = 1e-4
    saturate(left, 2, 1, 1500)
    clock.runFor(SECOND)
    expect(wrong).toBe(0)
    expect(right.dropped['FCS error']).toBeGreaterThan(400)
    const lost = Object.values(right.dropped).reduce((sum, count) => sum + count, 0)
    expect(Math.abs(left.framesSent - right.framesReceived - lost)).toBeLessThanOrEqual(1)
  })

  it('goes silent when it is switched off, and the partner loses the link', () => {
    const { clock, left, right } = bench({ duplex: 'half' }, { duplex: 'half' })
    clock.runUntil(100 * MILLISECOND)
    left.powerOff()
    clock.runFor(200 * MILLISECOND)
    expect([left.linkUp, right.linkUp]).toEqual([false, false])
    left.powerOn()
    clock.runFor(200 * MILLISECOND)
    expect([left.linkUp, right.linkUp]).toEqual([true, true])
  })

  it('ends event for event the same for the same seed, also with collisions', () => {
    const run = (seed: number) => {
      const { clock, left, right, frames } = bench({ duplex: 'half' }, { duplex: 'half' }, seed)
      clock.runUntil(100 * MILLISECOND)
      saturate(left, 2, 1, 46)
      saturate(right, 1, 2, 300)
      clock.runFor(200 * MILLISECOND)
      return frames.map(({ at, direction, octets }) => `${at} ${direction} ${octets.length}`)
    }
    expect(run(3)).toEqual(run(3))
    expect(run(3)).not.toEqual(run(4))
  })

  it('sends what a card with a fault would: runts, giants, a bad FCS; the other end counts each', () => {
    const { clock, left, right } = bench({ duplex: 'full' }, { duplex: 'full' })
    clock.runUntil(100 * MILLISECOND)
    right.handleFrame = () => {}
    const runt = withFcs(frame(2, 1, 20))
    const giant = withFcs(frame(2, 1, 1600))
    const bad = withFcs(frame(2, 1, 100))
    bad[50] ^= 4
    const jabber = new Uint8Array(50_000).fill(0x55) // 40 ms
    for (const octets of [runt, giant, bad, jabber, withFcs(frame(2, 1, 100))]) expect(left.sendRaw(octets)).toBe(true)
    clock.runFor(100 * MILLISECOND)
    expect(right.dropped).toEqual({ runt: 1, 'too long': 1, 'FCS error': 2 })
    expect(right.framesReceived).toBe(1)
    left.powerOff()
    expect(left.sendRaw(runt)).toBe(false)
  })
})
