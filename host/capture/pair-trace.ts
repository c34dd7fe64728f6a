/**
 * The voltages of a cable as a waveform: one real-valued signal for each direction, as it arrives at its far end. Drawn from
 * the frames and link pulses that crossed, with the bit errors they crossed with.
 */
import type { Cable, CableFrame, Direction } from '../../boards/ethernet/cable.js'
import { frameWaveform, pulseWaveform, SAMPLE_RATE, type Waveform } from '../../boards/ethernet/waveform.js'
import { type Clock, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import type { RealSignal, TraceSink } from './vcd.js'

/** Frames are reported when they end; none lasts longer. */
const LONGEST_FRAME = 2 * MILLISECOND
/** Volts are written in steps of this: a picture needs no more, and the file is smaller. */
const STEP = 0.001

export interface PairTraceOptions {
  clock: Clock
  cable: Cable
  writer: TraceSink
  /** Draws the noise of pairs that have some. */
  random: Random
  /** Names of the signals, by direction. */
  names?: Readonly<Record<Direction, string>>
  /** Of the group the signals stand in; `cable` by default. */
  scope?: string
  /** Samples a second, a multiple of 20 MHz; 200 MHz by default. */
  sampleRate?: number
}

/** What is to be written of one direction, in order of time. */
interface Lane {
  readonly signal: RealSignal
  readonly waveforms: Waveform[]
  /** The next sample of the first waveform. */
  next: number
}

export class PairTrace {
  readonly #options: PairTraceOptions
  readonly #lanes: Readonly<Record<Direction, Lane>>
  readonly #stopFrames: () => void
  readonly #stopPulses: () => void
  #drawn = 0

  /** Listens from now on. Make it before the writer's first change. */
  constructor(options: PairTraceOptions) {
    const { cable, writer, scope = 'cable', names } = options
    this.#options = options
    const lane = (direction: Direction): Lane => ({
      signal: writer.real(names?.[direction] ?? direction, 0, scope),
      waveforms: [],
      next: 0,
    })
    this.#lanes = { 'a-to-b': lane('a-to-b'), 'b-to-a': lane('b-to-a') }
    this.#stopFrames = cable.onFrame((frame) => this.#frame(frame))
    this.#stopPulses = cable.onLinkPulse((direction) => this.#pulse(direction))
  }

  /** Stops listening and writes what is kept. The writer stays open. */
  close(): void {
    this.#stopFrames()
    this.#stopPulses()
    this.#write(Number.POSITIVE_INFINITY)
  }

  #frame(frame: CableFrame): void {
    const { cable } = this.#options
    // A frame that was cut lasted as long as what arrived of it; of one that did not arrive there is nothing to draw.
    if (frame.loss === 'unplugged' || (frame.loss !== undefined && STOPPED.has(frame.loss))) return
    const signal = { octets: frame.sent, bits: frame.bits }
    this.#keep(
      frame.direction,
      frameWaveform(signal, {
        ...this.#pair(frame.direction),
        at: frame.at + cable.delay,
        inverted: frame.inverted,
        errors: frame.errors,
      }),
    )
  }

  #pulse(direction: Direction): void {
    const { cable, clock } = this.#options
    const { open, inverted } = cable.pair(direction)
    if (open) return
    this.#keep(direction, pulseWaveform({ ...this.#pair(direction), at: clock.now + cable.delay, inverted }))
  }

  #pair(direction: Direction) {
    const { cable, random, sampleRate = SAMPLE_RATE } = this.#options
    const { noise } = cable.pair(direction)
    const { length, category } = cable
    return { length, category, noise, random: random.fork(`${direction} ${this.#drawn++}`), sampleRate }
  }

  #keep(direction: Direction, waveform: Waveform): void {
    this.#lanes[direction].waveforms.push(waveform)
    this.#write(this.#options.clock.now - LONGEST_FRAME)
  }

  /** Writes both directions up to `until`, whichever comes first. */
  #write(until: number): void {
    const { writer } = this.#options
    const a = this.#lanes['a-to-b']
    const b = this.#lanes['b-to-a']
    for (;;) {
      const atA = instant(a)
      const atB = instant(b)
      const lane = atA <= atB ? a : b
      const at = Math.min(atA, atB)
      if (at >= until) return
      const { volts } = lane.waveforms[0]
      writer.change(lane.signal, Math.max(0, at), Math.round(volts[lane.next] / STEP) * STEP)
      lane.next++
      if (lane.next < volts.length) continue
      // Between signals there is silence.
      writer.change(lane.signal, Math.max(0, at), 0)
      lane.waveforms.shift()
      lane.next = 0
    }
  }
}

/** Reasons for which nothing arrives at all. */
const STOPPED: ReadonlySet<string> = new Set(['open pair', 'wired elsewhere', 'under the squelch'])

function instant({ waveforms, next }: Lane): number {
  const first = waveforms[0]
  return first === undefined ? Number.POSITIVE_INFINITY : first.start + (next * SECOND) / first.sampleRate
}
