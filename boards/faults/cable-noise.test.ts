import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import type { CableFrame } from '../ethernet/cable.js'
import { bitErrorRate } from '../ethernet/error-rate.js'
import { PREAMBLE_BITS } from '../ethernet/line-bits.js'
import { frameWaveform } from '../ethernet/waveform.js'
import { receiveWaveform } from '../ethernet/waveform-receiver.js'
import { SeededRandom } from '../simulation/random.js'
import { createBench } from './create-bench.js'

/** Frames of a bench on which both ends ping each other for some seconds. */
function frames(seed: number): {
  readonly seen: CableFrame[]
  readonly cable: ReturnType<typeof createBench>['cable']
} {
  const { lab, cable, peer } = createBench({ board: 'uno', seed, faults: ['cable-noise'] })
  const seen: CableFrame[] = []
  cable.onFrame((frame) => seen.push({ ...frame, sent: frame.sent.slice(), octets: frame.octets.slice() }))
  lab.runFor(SECOND)
  for (let sequence = 0; sequence < 60; sequence++) {
    peer.network.ping('192.168.7.2', { size: 400, sequence }, () => {})
    lab.runFor(SECOND / 10)
  }
  return { seen, cable }
}

describe('cable-noise', () => {
  const { seen, cable } = frames(3)

  it('is noise in volts on a cable of 100 m, and no dice roll: the rate follows from both', () => {
    for (const direction of ['a-to-b', 'b-to-a'] as const) {
      const { noise, bitErrorRate: dice } = cable.pair(direction)
      expect(dice).toBe(0)
      const rate = bitErrorRate(cable.length, cable.category, noise)
      expect(rate).toBeGreaterThan(1.5e-4)
      expect(rate).toBeLessThan(2.5e-4)
    }
    expect(cable.length).toBe(100)
  })

  it('turns over as many bits as that rate says', () => {
    const bits = seen.reduce((sum, frame) => sum + frame.bits, 0)
    const errors = seen.reduce((sum, frame) => sum + frame.errors.length, 0)
    // 60 errors or so: four standard deviations of a Poisson count.
    const expected = 1.9e-4 * bits
    expect(expected).toBeGreaterThan(20)
    expect(Math.abs(errors - expected)).toBeLessThan(4 * Math.sqrt(expected) + 0.15 * expected)
  })

  it('shows in the voltage of a frame, from which a receiver gets the octets that the far end got', () => {
    const random = new SeededRandom(11)
    const damaged = seen.filter(({ loss, errors }) => loss === 'bit errors' && errors[0] >= PREAMBLE_BITS)
    const whole = seen.filter(({ loss }) => loss === undefined)
    expect(damaged.length).toBeGreaterThan(10)
    for (const [index, frame] of [...damaged, ...whole.slice(0, 20)].entries()) {
      const { noise } = cable.pair(frame.direction)
      const signal = { octets: frame.sent, bits: frame.bits }
      const make = { length: cable.length, category: cable.category }
      const wave = frameWaveform(signal, { ...make, noise, random: random.fork(`${index}`), errors: frame.errors })
      const quiet = frameWaveform(signal, { ...make, random: random.fork(`${index}`) })
      let power = 0
      for (let i = 0; i < wave.volts.length; i++) power += (wave.volts[i] - quiet.volts[i]) ** 2
      // White up to 100 MHz: √10 of what there is of it in 10 MHz.
      expect(Math.sqrt(power / wave.volts.length) / Math.sqrt(10)).toBeCloseTo(noise, 1)
      const received = receiveWaveform(wave).find(({ kind }) => kind === 'frame')
      expect(received).toMatchObject({ octets: frame.octets })
    }
  })
})
