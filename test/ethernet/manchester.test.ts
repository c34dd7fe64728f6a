import { describe, expect, it } from 'vitest'
import type { CableFrame } from '../../boards/ethernet/cable.js'
import { frameWaveform } from '../../boards/ethernet/waveform.js'
import { createBench } from '../../boards/faults/create-bench.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { decodeManchester } from './manchester.js'

/** Every frame of a board and its partner that ping each other with packets of all sizes. */
function traffic(faults: readonly string[] = []): CableFrame[] {
  const { lab, peer, cable } = createBench({ board: 'uno', seed: 9, faults })
  const frames: CableFrame[] = []
  cable.onFrame((frame) => frames.push(frame))
  lab.runFor(2 * SECOND)
  for (const [sequence, size] of [0, 1, 17, 18, 19, 64, 255, 700, 1471, 1472].entries()) {
    peer.network.ping('192.168.7.2', { size, sequence }, () => {})
    lab.runFor(100 * MILLISECOND)
  }
  return frames
}

const numbers = (octets: Uint8Array): number[] => [...octets]

describe('a Manchester decoder from the standard alone', () => {
  const frames = traffic()

  it('has frames to judge, from 64 to 1518 octets, both ways', () => {
    const sizes = frames.map(({ sent }) => sent.length)
    expect(Math.min(...sizes)).toBe(64)
    expect(Math.max(...sizes)).toBe(1518)
    expect(frames.length).toBeGreaterThan(20)
    expect(new Set(frames.map(({ direction }) => direction)).size).toBe(2)
  })

  it.each([
    { length: 0 },
    { length: 20, sampleRate: 100e6 },
    { length: 100, category: '5e' as const },
    { length: 100, category: '3' as const },
    { length: 100, category: '6' as const, sampleRate: 1e9 },
    { length: 5, noise: 0.015 },
    { length: 50, inverted: true },
  ])('recovers each frame from its voltage, with a good FCS: %o', (options) => {
    const random = new SeededRandom(3)
    for (const { sent, bits } of frames) {
      const { volts, sampleRate } = frameWaveform({ octets: sent, bits }, { ...options, random })
      const decoded = decodeManchester(volts, sampleRate)!
      expect(decoded.bits.slice(0, 64).join('')).toBe(`${'10'.repeat(31)}11`)
      expect(decoded.octets).toEqual(numbers(sent))
      expect([decoded.good, decoded.left, decoded.inverted]).toEqual([true, 0, options.inverted ?? false])
    }
  })

  it('finds the FCS wrong where the fast view says that bits were hit, and nowhere else', () => {
    const random = new SeededRandom(4)
    const noisy = traffic(['cable-noise']).filter(({ errors }) => errors.every((bit) => bit >= 64))
    let damaged = 0
    for (const { sent, bits, errors, octets } of noisy) {
      const { volts, sampleRate } = frameWaveform({ octets: sent, bits }, { length: 5, errors, random })
      const decoded = decodeManchester(volts, sampleRate)!
      expect(decoded.octets).toEqual(numbers(octets))
      expect(decoded.good).toBe(errors.length === 0)
      if (errors.length > 0) damaged++
    }
    expect(damaged).toBeGreaterThan(2)
  })

  it('is not easily pleased: one half bit turned over, and the FCS is wrong', () => {
    const { sent, bits } = frames[0]
    const { volts, sampleRate, start } = frameWaveform({ octets: sent, bits })
    const turned = Float32Array.from(volts)
    const samples = sampleRate / 1e7
    const first = Math.round((-start / 1e9) * sampleRate) + 200 * samples
    for (let i = first; i < first + samples; i++) turned[i] = -turned[i]
    expect(decodeManchester(turned, sampleRate)?.good).toBe(false)
  })
})
