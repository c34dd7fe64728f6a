/**
 * The pins of a board as a logic analyser sees them: levels at a clock of its own. What the traces draw (some of it only afterwards, because octets
 * are reported whole) is kept as changes, and becomes samples when nothing can change it any more.
 */
import type { ChipBoard } from '../../boards/chip-board.js'
import { type Clock, MILLISECOND, type Timer } from '../../firmware/hal/clock.js'
import { levelsOf } from '../capture/line-trace.js'
import { PinTrace } from '../capture/pin-trace.js'
import type { DigitalSignal, RealSignal, TraceSink, VcdLevel } from '../capture/vcd.js'

/** Of the analyser's inputs, by their numbers: the board's SPI, INT, what its UART sends and receives, RESET. */
export const LOGIC_CHANNELS = ['CS', 'SCK', 'MOSI', 'MISO', 'INT', 'TX', 'RX', 'RESET'] as const
type LogicChannel = (typeof LOGIC_CHANNELS)[number]

/** Of the signals that the traces draw, the channel of each. */
const CHANNEL_OF: Readonly<Record<string, LogicChannel>> = {
  CS: 'CS',
  SCK: 'SCK',
  SI: 'MOSI',
  SO: 'MISO',
  INT: 'INT',
  RESET: 'RESET',
}

/** How late a trace may tell: a line tells of 16 characters at once, 17 ms at 9,600 baud. */
const HOLD_BACK = 30 * MILLISECOND
const LOOK_EVERY = 20 * MILLISECOND

interface Change {
  readonly at: number
  readonly bit: number
  readonly high: boolean
}

export interface PinRecorderOptions {
  readonly clock: Clock
  readonly board: Pick<ChipBoard, 'chip' | 'uart' | 'definition'>
}

export class PinRecorder {
  readonly #options: PinRecorderOptions
  #stop: (() => void) | undefined

  constructor(options: PinRecorderOptions) {
    this.#options = options
  }

  /**
   * Begins to record; what was recorded before ends.
   * @param period nanoseconds from one sample to the next
   * @param take gets samples in their order, an octet each, a bit a channel: some at a time, tens of milliseconds after they were
   */
  start(period: number, take: (samples: Uint8Array) => void): void {
    this.stop()
    const { clock, board } = this.#options
    const changes = new Changes()
    const pulledUp = board.definition.chip.floatingMiso !== 'low'
    const pins = new PinTrace({ clock, chip: board.chip, writer: new ChannelSink(changes, pulledUp) })
    const ends = [
      board.uart.observe(
        'b-to-a',
        levelsOf((at, level) => changes.add('TX', at, level === 1)),
      ),
      board.uart.observe(
        'a-to-b',
        levelsOf((at, level) => changes.add('RX', at, level === 1)),
      ),
    ]
    changes.begin('TX', true)
    changes.begin('RX', true)
    const from = clock.now
    let taken = 0
    let timer: Timer | undefined
    const look = (): void => {
      timer = clock.after(LOOK_EVERY, look)
      pins.flush()
      const settled = Math.floor((clock.now - HOLD_BACK - from) / period)
      if (settled <= taken) return
      const samples = changes.samples(from + taken * period, period, settled - taken)
      taken = settled
      take(samples)
    }
    timer = clock.after(LOOK_EVERY, look)
    this.#stop = () => {
      clock.cancel(timer)
      pins.close()
      for (const end of ends) end()
    }
  }

  stop(): void {
    const stop = this.#stop
    this.#stop = undefined
    stop?.()
  }
}

const bitOf = (channel: LogicChannel): number => 1 << LOGIC_CHANNELS.indexOf(channel)

/** Changes of all channels that have not become samples. */
class Changes {
  /** Levels before the first of them. */
  #levels = 0
  #list: Change[] = []

  begin(channel: LogicChannel, high: boolean): void {
    if (high) this.#levels |= bitOf(channel)
  }

  add(channel: LogicChannel, at: number, high: boolean): void {
    this.#list.push({ at, bit: bitOf(channel), high })
  }

  /** Levels at `count` instants, the first of them `from`; changes up to the last are gone then. Nothing may come any more that was before it. */
  samples(from: number, period: number, count: number): Uint8Array {
    const samples = new Uint8Array(count)
    const last = from + (count - 1) * period
    // Stable: changes of one instant stay in the order in which they were told.
    const list = this.#list.sort((a, b) => a.at - b.at)
    let filled = 0
    let used = 0
    for (; used < list.length && list[used].at <= last; used++) {
      const { at, bit, high } = list[used]
      const until = Math.max(filled, Math.ceil((at - from) / period))
      samples.fill(this.#levels, filled, until)
      filled = until
      this.#levels = high ? this.#levels | bit : this.#levels & ~bit
    }
    samples.fill(this.#levels, filled)
    this.#list = list.slice(used)
    return samples
  }
}

/** Takes of a trace what has a channel. */
class ChannelSink implements TraceSink {
  readonly #changes: Changes
  readonly #pulledUp: boolean

  /** @param pulledUp what MISO reads while the chip does not drive it */
  constructor(changes: Changes, pulledUp: boolean) {
    this.#changes = changes
    this.#pulledUp = pulledUp
  }

  digital(name: string, initial: VcdLevel = 0): DigitalSignal {
    const channel = CHANNEL_OF[name]
    if (channel !== undefined) this.#changes.begin(channel, this.#high(initial))
    return { kind: 'digital', name }
  }

  real(name: string): RealSignal {
    return { kind: 'real', name }
  }

  change(signal: DigitalSignal | RealSignal, at: number, value: VcdLevel | number): void {
    const channel = CHANNEL_OF[signal.name]
    if (channel !== undefined) this.#changes.add(channel, at, this.#high(value))
  }

  #high(level: VcdLevel | number): boolean {
    return level === 1 || (level !== 0 && this.#pulledUp)
  }
}
