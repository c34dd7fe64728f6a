/** A probe on a pair of the cable, at the board's jack. */
import type { Cable, Direction } from '../../boards/ethernet/cable.js'
import { frameWaveform, pulseWaveform, SAMPLE_RATE } from '../../boards/ethernet/waveform.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import type { Keep, Level, Probe } from './probe.js'
import { type Mark, type MarkRow, SampledTrace } from './trace.js'
import { frameRows, pulseRows } from './view.js'

/** Squelch: under 300 mV a receiver hears nothing (IEEE 802.3 14.3.1.3.2). */
const LEVELS: readonly Level[] = [{ from: -0.3, to: 0.3, text: 'under the squelch', undefined: true }]

export class PairProbe implements Probe {
  readonly title: string
  readonly levels = LEVELS
  readonly trace = new SampledTrace()
  firstActivity: number | undefined
  readonly stop: () => void
  readonly #rows = new Map<string, Mark[]>()

  /** The board is at end a of the cable: it receives b-to-a. */
  constructor(
    readonly name: string,
    cable: Cable,
    direction: Direction,
    clock: Clock,
    random: Random,
    keep: Keep,
  ) {
    const received = direction === 'b-to-a'
    this.title = received ? 'receive pair at the board’s jack' : 'transmit pair at the board’s jack'
    // What the board sends has not travelled where it is looked at.
    const delay = received ? cable.delay : 0
    let drawn = 0
    const pair = () => {
      const { noise } = cable.pair(direction)
      const chance = random.fork(`${direction} ${drawn++}`)
      return received
        ? { length: cable.length, category: cable.category, noise, random: chance }
        : { length: 0, random: chance }
    }
    const frameBefore = cable.onFrame
    const pulseBefore = cable.onLinkPulse
    cable.onFrame = (frame) => {
      frameBefore?.(frame)
      const arrives = !received || frame.octets.length > 0 || frame.errors.length > 0
      if (frame.direction !== direction || !arrives || keep(frame.at) !== 'shown') return
      const at = frame.at + delay
      const signal = { octets: frame.sent, bits: frame.bits }
      const errors = received ? frame.errors : []
      const inverted = received && frame.inverted
      const waveform = frameWaveform(signal, { ...pair(), at, errors, inverted })
      this.#add(at, frameRows(signal, errors))
      this.trace.add(waveform.start, waveform.sampleRate, waveform.volts)
    }
    cable.onLinkPulse = (sent) => {
      pulseBefore?.(sent)
      const { open, inverted } = cable.pair(direction)
      if (sent !== direction || (received && open) || keep(clock.now) !== 'shown') return
      const at = clock.now + delay
      const waveform = pulseWaveform({ ...pair(), at, inverted: received && inverted })
      this.#add(at, pulseRows())
      this.trace.add(waveform.start, waveform.sampleRate, waveform.volts)
    }
    this.stop = () => {
      cable.onFrame = frameBefore
      cable.onLinkPulse = pulseBefore
    }
  }

  /** Samples a second that its waveforms are worked out with. */
  get sampleRate(): number {
    return SAMPLE_RATE
  }

  rows(): readonly MarkRow[] {
    return [...this.#rows].map(([name, marks]) => ({ name, marks }))
  }

  #add(at: number, rows: readonly MarkRow[]): void {
    this.firstActivity ??= at
    for (const { name, marks } of rows) {
      const kept = this.#rows.get(name) ?? []
      for (const mark of marks) kept.push({ ...mark, from: mark.from + at, to: mark.to + at })
      this.#rows.set(name, kept)
    }
  }
}
