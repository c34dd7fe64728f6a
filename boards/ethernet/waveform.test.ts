import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { detectBits } from '../../test/support/detect-bits.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { Cable, type CableFrame } from './cable.js'
import { withFcs } from './fcs.js'
import { insertionLoss, sampleDeviation, tail } from './pair-physics.js'
import type { EthernetPort } from './port.js'
import { correlate, frameWaveform, lineBits, pulseWaveform, type WaveformOptions } from './waveform.js'
import { receiveWaveform } from './waveform-receiver.js'

const random = new SeededRandom(1)
const frame = (length: number, source = random) =>
  withFcs(Uint8Array.from({ length: length - 4 }, () => source.below(256)))
const signalOf = (octets: Uint8Array, dribbleBits = 0) => ({ octets, bits: 64 + octets.length * 8 + dribbleBits })

/**
 * A Manchester decoder from the standard alone: level in the middle of each half bit; a 1 goes from low to high. Starts at
 * the first bit, whose place it is told, and stops where a bit has no edge in its middle.
 */
function decodeByHand(volts: Float32Array, firstSample: number, perHalf: number): number[] {
  const bits: number[] = []
  for (let at = firstSample; at + 2 * perHalf <= volts.length; at += 2 * perHalf) {
    const first = Math.sign(Math.round(volts[at + (perHalf >> 1)] * 4))
    const second = Math.sign(Math.round(volts[at + perHalf + (perHalf >> 1)] * 4))
    if (first === second) break
    bits.push(second > first ? 1 : 0)
  }
  return bits
}

describe('Manchester waveform (IEEE 802.3 7.3.1, 14.3.1.2.1)', () => {
  it('is read by a decoder that knows the standard alone, preamble 1010…, delimiter 10101011, low bits first', () => {
    const octets = frame(64)
    const { volts, start } = frameWaveform(signalOf(octets))
    const bits = decodeByHand(volts, -start / 5, 10)
    expect(bits.slice(0, 64).join('')).toBe(`${'10'.repeat(31)}11`)
    expect(bits.length).toBe(64 + 512)
    const read = octets.map((_, i) => bits.slice(64 + i * 8, 72 + i * 8).reduce((sum, bit, n) => sum | (bit << n), 0))
    expect(read).toEqual(octets)
  })

  it('has a peak of 2.2 V to 2.8 V at the transmitter, and the second half of a long pulse smaller', () => {
    const { volts } = frameWaveform(signalOf(frame(64)), { length: 0 })
    expect(volts.reduce((most, v) => Math.max(most, v), 0)).toBe(2.5)
    // Octet 0 is unlike octet 1 somewhere: 5 MHz pieces are at 2/3 of the peak in their second half.
    const levels = new Set(Array.from(volts, (v) => Math.abs(v).toFixed(3)))
    expect(levels.has((2.5 * (2 / 3)).toFixed(3))).toBe(true)
  })

  it.each([2, 100, 400])('is the same in pieces as in one, over %d m', (length) => {
    const signal = signalOf(frame(64))
    const edgeShift = (half: number) => ((half * 7) % 5) / 2 - 1
    const options = { length, at: 1000, edgeShift, errors: [70, 71, 300] }
    const whole = frameWaveform(signal, options)
    let next = 0
    for (let bit = 0; bit < signal.bits; bit += 64) {
      const { start, volts } = frameWaveform(signal, { ...options, part: [bit, Math.min(signal.bits, bit + 64)] })
      expect((start - whole.start) / 5).toBe(next)
      for (const each of volts) expect(each).toBeCloseTo(whole.volts[next++], 5)
    }
    expect(next).toBe(whole.volts.length)
  })

  it.each([300, 600])('has no kink where it creeps back to rest behind %d m', (length) => {
    for (let seed = 1; seed < 10; seed++) {
      const { volts } = pulseWaveform({ length, random: new SeededRandom(seed) })
      const slopes = volts.map((each, i) => each - (volts[i - 1] ?? 0))
      // From 50 ns behind the pulse on (its 20 samples begin at 80): the slope changes by some mV from sample to sample.
      for (let i = 110; i < slopes.length; i++) expect(Math.abs(slopes[i] - slopes[i - 1])).toBeLessThan(0.0035)
    }
  })

  it('ends with 300 ns at high level, then silence (TP_IDL, at least 250 ns)', () => {
    for (const last of [0x00, 0xff]) {
      const octets = Uint8Array.of(1, 2, 3, last)
      const { volts, start } = frameWaveform(signalOf(octets), { length: 0 })
      const end = -start + (64 + 32) * 100
      for (let t = end + 20; t < end + 280; t += 5) expect(volts[t / 5]).toBeGreaterThan(1.6)
      for (let t = end + 320; t / 5 < volts.length; t += 5) expect(volts[t / 5]).toBe(0)
    }
  })

  it('makes a link test pulse 100 ns wide and positive, negative on an inverted pair', () => {
    for (const inverted of [false, true]) {
      const { volts, start } = pulseWaveform({ length: 0, inverted })
      const over = Array.from(volts).filter((v) => Math.abs(v) > 1.25)
      expect(over.length).toBe(20)
      expect(Math.sign(over[0])).toBe(inverted ? -1 : 1)
      expect(Math.abs(volts[-start / 5 + 10])).toBeGreaterThan(1.6)
    }
  })

  it('is smaller behind 100 m: 9.7 dB at 10 MHz for category 3, 6.5 dB for 5e (TIA-568)', () => {
    expect(insertionLoss(10, 100, '3')).toBeCloseTo(9.7, 1)
    expect(insertionLoss(10, 100, '5e')).toBeCloseTo(6.5, 1)
    // Octets of FFh are a square wave of 10 MHz: the amplitude of its sine, over eight octets in the middle of the frame.
    const amplitude = (options: WaveformOptions) => {
      const { volts, start } = frameWaveform(signalOf(new Uint8Array(64).fill(0xff)), options)
      const from = -start / 5 + (64 + 128) * 20
      let [real, imaginary] = [0, 0]
      for (let i = 0; i < 64 * 20; i++) {
        real += volts[from + i] * Math.cos((2 * Math.PI * i) / 20)
        imaginary += volts[from + i] * Math.sin((2 * Math.PI * i) / 20)
      }
      return Math.hypot(real, imaginary) / (32 * 20)
    }
    const loss = (category: '3' | '5e') =>
      20 * Math.log10(amplitude({ length: 0 }) / amplitude({ length: 100, category }))
    expect(loss('3')).toBeCloseTo(9.7, 1)
    expect(loss('5e')).toBeCloseTo(6.5, 1)
  })

  /** The place of each zero crossing against where the code has it, in ns, about their mean. */
  function displacements(options: WaveformOptions): number[] {
    const octets = Uint8Array.from({ length: 256 }, (_, i) => (i * 167 + 13) & 0xff)
    const { volts, start } = frameWaveform(signalOf(octets), { sampleRate: 1e9, ...options })
    const found: number[] = []
    for (let i = -start + 100; i < -start + (64 + 2048) * 100 - 100; i++) {
      if (volts[i] * volts[i + 1] >= 0) continue
      const at = i + 0.5 + volts[i] / (volts[i] - volts[i + 1]) + start
      found.push(((((at + 25) % 50) + 50) % 50) - 25)
    }
    const mean = found.reduce((sum, each) => sum + each, 0) / found.length
    return found.map((each) => each - mean)
  }
  const most = (values: number[]) => Math.max(...values.map(Math.abs))

  it('is jittered by a pair by less than 5.0 ns up to 100 m (14.4.2.3), which is what pre-equalisation is for', () => {
    for (const category of ['3', '5e', '6'] as const)
      for (const length of [0, 20, 50, 100]) expect(most(displacements({ length, category }))).toBeLessThan(2)
    // Beyond what it was made for, dispersion wins: more with length, and more in category 3.
    const far = [150, 200, 300].map((length) => most(displacements({ length, category: '5e' })))
    expect(far).toEqual([...far].sort((a, b) => a - b))
    expect(far[2]).toBeGreaterThan(5)
    expect(most(displacements({ length: 200, category: '3' }))).toBeGreaterThan(most(displacements({ length: 200 })))
  })

  it('is jittered by the transmitter by 3.5 ns at most behind 100 m (14.3.1.2.3), as the seed has it', () => {
    const spread = (seed: number) => displacements({ length: 0, random: new SeededRandom(seed) })
    expect(most(spread(1))).toBeGreaterThan(1.2)
    expect(most(spread(1))).toBeLessThan(3.5)
    expect(spread(1)).toEqual(spread(1))
    expect(spread(1)).not.toEqual(spread(2))
    expect(most(displacements({ length: 100, category: '3', random: new SeededRandom(1) }))).toBeLessThan(3.5)
    expect(most(displacements({ length: 0, jitter: 13.5, random: new SeededRandom(1) }))).toBeGreaterThan(12)
  })

  it('refuses a sample rate that does not fit half bits, and noise without a seed', () => {
    expect(() => frameWaveform(signalOf(frame(64)), { sampleRate: 30e6 })).toThrow(/multiple of 20 MHz/)
    expect(() => frameWaveform(signalOf(frame(64)), { noise: 0.1 })).toThrow(/random/)
  })
})

describe('waveform receiver', () => {
  it.each([
    { sampleRate: 100e6 },
    { sampleRate: 200e6 },
    { sampleRate: 1e9 },
    { length: 100, category: '3' as const },
    { length: 100, category: '5e' as const },
    { inverted: true },
    { length: 200, category: '5e' as const },
    // 14.3.1.3.1: edges up to 13.5 ns out of their places are to be received.
    { jitter: 13.5, random: new SeededRandom(14) },
    { jitter: 13.5, length: 100, category: '3' as const, random: new SeededRandom(15) },
  ])('recovers every frame from the voltage alone: %o', (options) => {
    for (const length of [64, 65, 100, 1518]) {
      const octets = frame(length)
      const received = receiveWaveform(frameWaveform(signalOf(octets), options))
      expect(received).toMatchObject([{ kind: 'frame', octets, dribbleBits: 0, inverted: options.inverted ?? false }])
    }
  })

  it('refuses a waveform too coarse to recover a clock from', () => {
    expect(() => receiveWaveform(frameWaveform(signalOf(frame(64)), { sampleRate: 80e6 }))).toThrow(/100 MS/)
  })

  it('counts dribble bits, and takes a fragment for what it is', () => {
    for (let dribble = 1; dribble < 8; dribble++) {
      const octets = frame(20)
      const received = receiveWaveform(frameWaveform(signalOf(octets, dribble)))
      expect(received).toMatchObject([{ octets, dribbleBits: dribble }])
    }
    const short = receiveWaveform(frameWaveform({ octets: new Uint8Array(0), bits: 40 }))
    expect(short).toMatchObject([{ kind: 'frame', delimiterFound: false }])
  })

  it('tells a link test pulse from data, and its polarity', () => {
    expect(receiveWaveform(pulseWaveform({ at: 7000 }))).toMatchObject([{ kind: 'link pulse', inverted: false }])
    expect(receiveWaveform(pulseWaveform({ inverted: true }))).toMatchObject([{ kind: 'link pulse', inverted: true }])
    const { at } = receiveWaveform(pulseWaveform({ at: 7000 }))[0]
    expect(Math.abs(at - 7000)).toBeLessThan(50)
  })

  it('ignores what stays under the squelch: 300 mV (14.3.1.3.2)', () => {
    const waveform = frameWaveform(signalOf(frame(64)), { length: 0 })
    const quiet = { ...waveform, volts: waveform.volts.map((v) => v * (0.3 / 2.5)) }
    expect(receiveWaveform(quiet)).toEqual([])
    const enough = { ...waveform, volts: waveform.volts.map((v) => v * (0.585 / 2.5)) }
    expect(receiveWaveform(enough).length).toBe(1)
  })

  it('follows a sender whose clock is 100 ppm off through the longest frame', () => {
    for (const ppm of [-100, 100]) {
      const octets = frame(1518)
      const { volts, start, sampleRate } = frameWaveform(signalOf(octets), { length: 20 })
      const stretched = Float32Array.from({ length: volts.length + 60 }, (_, i) => {
        const at = i * (1 + ppm * 1e-6)
        const whole = Math.floor(at)
        const share = at - whole
        return (volts[whole] ?? 0) * (1 - share) + (volts[whole + 1] ?? 0) * share
      })
      expect(receiveWaveform({ start, sampleRate, volts: stretched })).toMatchObject([{ octets }])
    }
  })
})

describe('bit errors out of noise', () => {
  it('come at the rate Q(value / deviation) of a correlation detector, 1e-1 to 1e-4, within a factor of 2', () => {
    const source = new SeededRandom(5)
    const octets = frame(1518, source)
    const signal = signalOf(octets)
    const bits = lineBits(signal)
    const sampleRate = 40e6
    const clean = frameWaveform(signal, { sampleRate, length: 100, category: '3' })
    const begin = -clean.start / 25
    const values = Array.from(bits, (_, bit) => Math.abs(correlate(clean.volts, begin + bit * 4, 2)))
    for (const aim of [1.28, 2.33, 3.09, 3.72]) {
      // Noise such that an average bit lies `aim` deviations from the threshold.
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const noise = mean / aim / sampleDeviation(1, sampleRate)
      const deviation = sampleDeviation(noise, sampleRate)
      const expected = values.reduce((sum, value) => sum + tail(value / deviation), 0) / values.length
      const frames = Math.ceil(400 / (expected * bits.length))
      let errors = 0
      for (let i = 0; i < frames; i++) {
        const waveform = frameWaveform(signal, { sampleRate, length: 100, category: '3', noise, random: source })
        const read = detectBits(waveform, 0, bits.length)
        for (let bit = 0; bit < bits.length; bit++) if (read[bit] !== bits[bit]) errors++
      }
      const rate = errors / (frames * bits.length)
      expect(rate / expected).toBeGreaterThan(0.8)
      expect(rate / expected).toBeLessThan(1.25)
    }
  })

  it('are found in the waveform where the fast path put them, error for error', () => {
    const clock = new Scheduler()
    const source = new SeededRandom(8)
    const cable = new Cable({ clock, random: source.fork('cable'), length: 100 })
    const jack = (name: string): EthernetPort => ({ name, receiver: undefined, medium: undefined })
    const [a, b] = [jack('a'), jack('b')]
    cable.plug(a, b)
    const frames: CableFrame[] = []
    cable.onFrame((seen) => frames.push(seen))
    for (let i = 0; i < 400; i++) {
      Object.assign(cable.pair('a-to-b'), {
        inverted: i % 3 === 0,
        bitErrorRate: [0, 1e-4, 1e-3, 5e-3][i % 4],
      })
      const octets = frame(64 + source.below(400), source)
      const sent = { octets, dribbleBits: 0, bits: 64 + octets.length * 8, intact: true }
      cable.frameStart(a, sent)
      clock.runFor(sent.bits * 100)
      cable.frameEnd(a, sent)
      clock.runFor(MILLISECOND)
    }
    const kinds = new Set<string>()
    for (const [i, seen] of frames.entries()) {
      const waveform = frameWaveform(
        { octets: seen.sent, bits: seen.bits },
        {
          length: cable.length,
          at: seen.at + cable.delay,
          inverted: seen.inverted,
          errors: seen.errors,
          // About the noise that would give such a rate at the end of 100 m of category 5e.
          noise: [0, 0.15, 0.2, 0.22][i % 4],
          random: source.fork(`noise ${i}`),
        },
      )
      // So much noise also looks like a link pulse now and then.
      const received = receiveWaveform(waveform).filter(({ kind }) => kind === 'frame')
      expect(received.length, `frame ${i}`).toBe(1)
      expect(received[0], `frame ${i}, errors at ${seen.errors}`).toMatchObject({
        kind: 'frame',
        octets: seen.octets,
        dribbleBits: seen.dribbleBits,
        inverted: seen.inverted,
      })
      kinds.add(seen.loss ?? 'none')
    }
    expect(kinds).toEqual(new Set(['none', 'bit errors', 'delimiter lost', 'delimiter early']))
  })
})
