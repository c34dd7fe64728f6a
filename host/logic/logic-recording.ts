/** What a logic analyser recorded, whoever's file it comes from: the levels of its channels, each change with its instant. */

/** Channels that a recording may have; a bit of a level each. */
export const MOST_CHANNELS = 32
/** Changes kept, 12 octets each: some 700 kB of SPI. A longer recording is cut by whoever records. */
const MOST_CHANGES = 1 << 24
/** Values kept of all analogue channels, 12 octets each. */
const MOST_VALUES = 1 << 24

export interface AnalogueChannel {
  readonly name: string
  /** Nanoseconds since the first sample, of each value that is not the one before. */
  readonly times: Float64Array
  /** Volts. */
  readonly volts: Float32Array
}

export interface LogicRecording {
  /** Names of the digital channels; the first is bit 0 of a level. */
  readonly channels: readonly string[]
  readonly analogue: readonly AnalogueChannel[]
  /** Nanoseconds between two samples; 0 where the file has an instant for each change instead. */
  readonly period: number
  /** Nanoseconds from the first sample to the last. */
  readonly duration: number
  /** Nanoseconds since the first sample: the first level, and each one that differs from the one before. */
  readonly times: Float64Array
  readonly levels: Uint32Array
}

/** Room that grows by doubling. */
class Column<T extends Float64Array | Float32Array | Uint32Array> {
  #values: T
  length = 0

  constructor(readonly make: (length: number) => T) {
    this.#values = make(1024)
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = this.make(2 * this.length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.length++] = value
  }

  whole(): T {
    return this.#values.subarray(0, this.length) as T
  }
}

/** Takes levels in their order, keeps those that differ. */
export class RecordingBuilder {
  readonly #times = new Column((length) => new Float64Array(length))
  readonly #levels = new Column((length) => new Uint32Array(length))
  #last = -1
  readonly #analogue: {
    readonly name: string
    readonly times: Column<Float64Array>
    readonly volts: Column<Float32Array>
    last: number
  }[] = []
  #values = 0

  /** @throws RangeError for more channels than a recording may have */
  constructor(
    readonly channels: readonly string[],
    readonly period: number,
    analogue: readonly string[] = [],
  ) {
    if (channels.length + analogue.length > MOST_CHANNELS) throw tooManyChannels(channels.length + analogue.length)
    for (const name of analogue) {
      this.#analogue.push({
        name,
        times: new Column((length) => new Float64Array(length)),
        volts: new Column((length) => new Float32Array(length)),
        last: Number.NaN,
      })
    }
  }

  /** The digital channels have these levels from `at` (ns) on. @throws RangeError where there are too many, or time runs backwards */
  change(at: number, levels: number): void {
    const value = levels >>> 0
    if (value === this.#last) return
    const count = this.#times.length
    if (count >= MOST_CHANGES)
      throw new RangeError(`there are more than ${MOST_CHANGES} changes of level; record less, or fewer channels`)
    this.#last = value
    this.#times.push(at)
    this.#levels.push(value)
  }

  /** The analogue channel has this voltage from `at` (ns) on. @throws RangeError where there are too many */
  voltage(channel: number, at: number, volts: number): void {
    const analogue = this.#analogue[channel]
    if (analogue.last === volts) return
    if (++this.#values > MOST_VALUES)
      throw new RangeError(`there are more than ${MOST_VALUES} voltages; record less, or fewer channels`)
    analogue.last = volts
    analogue.times.push(at)
    analogue.volts.push(volts)
  }

  /** @param duration ns from the first sample to the last */
  finish(duration: number): LogicRecording {
    return {
      channels: this.channels,
      analogue: this.#analogue.map(({ name, times, volts }) => ({ name, times: times.whole(), volts: volts.whole() })),
      period: this.period,
      duration,
      times: this.#times.whole(),
      levels: this.#levels.whole(),
    }
  }
}

export function tooManyChannels(count: number): RangeError {
  return new RangeError(
    `it has ${count} channels, and ${MOST_CHANNELS} are read at most; export those of the SPI or the UART only, or name them`,
  )
}
