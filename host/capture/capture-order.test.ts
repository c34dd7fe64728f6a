/** No capture goes back in time: what began later stands later, on one cable and over all ports of a box, however long a frame lasts. */
import { describe, expect, it } from 'vitest'
import { Cable } from '../../boards/ethernet/cable.js'
import { BIT_TIME, type EthernetPort, type FrameSignal } from '../../boards/ethernet/port.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { runCheck } from '../../test/check/run-check.js'
import { capturedFrames } from '../../test/support/captured-frames.js'
import { PcapngWriter } from './pcapng.js'
import type { CapturedFrame } from './pcapng-reader.js'
import { PortCapture } from './port-capture.js'

function expectOrder(frames: readonly CapturedFrame[]): void {
  for (let i = 1; i < frames.length; i++) expect(frames[i].at, `frame ${i}`).toBeGreaterThanOrEqual(frames[i - 1].at)
}

/** Some cables, at both ends of which somebody sends all the time: short frames, long ones, and some that last 150 ms (802.3 8.2.1.5). */
function captured(seed: number): { readonly frames: CapturedFrame[]; readonly expected: number } {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const cables = Array.from(
    { length: 1 + random.below(4) },
    (_, i) => new Cable({ clock, random: random.fork(`${i}`), length: random.below(100) }),
  )
  const parts: Uint8Array[] = []
  const writer = new PcapngWriter((part) => parts.push(part))
  const capture = new PortCapture({ writer, cables: cables.map((cable, i) => ({ cable, a: `${i} a`, b: `${i} b` })) })
  for (const cable of cables) {
    const ends: EthernetPort[] = ['a', 'b'].map((name) => ({ name, receiver: undefined, medium: undefined }))
    cable.plug(ends[0], ends[1])
    for (const from of ends) {
      const send = (): void => {
        const bits = random.below(8) === 0 ? random.below(1_500_000) : 576 + random.below(12_000)
        const signal: FrameSignal = { octets: new Uint8Array(60), dribbleBits: 0, bits, intact: true }
        cable.frameStart(from, signal)
        clock.after(bits * BIT_TIME, () => {
          cable.frameEnd(from, signal)
          clock.after(random.below(2 * MILLISECOND), send)
        })
      }
      clock.after(random.below(MILLISECOND), send)
    }
  }
  clock.runFor(1000 * MILLISECOND)
  capture.close()
  return { frames: capturedFrames(Buffer.concat(parts)), expected: capture.frames }
}

describe('a capture', () => {
  it.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    'stands in the order of time, and has every frame (seed %i)',
    (seed) => {
      const { frames, expected } = captured(seed)
      expect(frames.length).toBe(expected)
      expect(expected).toBeGreaterThan(100)
      expectOrder(frames)
    },
  )

  it('beside a partner that jabbers does so too', async () => {
    const { capture } = await runCheck({ faults: ['partner-jabber'], capture: true })
    const frames = capturedFrames(capture)
    expect(frames.length).toBeGreaterThan(100)
    expectOrder(frames)
  })
})
