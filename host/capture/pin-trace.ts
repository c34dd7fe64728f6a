/**
 * The pins of an ENC28J60 as a waveform. The chip reports octets; their edges on SCK, SI and SO are drawn here at the bus
 * clock, SPI mode 0,0 (DS39662 4.1). A chip select frame that crosses in one instant ends in that instant, as on a bus
 * where it takes its time and acts with its last bit; where frames crowd in one instant they are drawn one after another.
 */
import type { PinObserver } from '../../boards/chips/enc28j60/pins.js'
import { CS_HIGH, CS_SETUP } from '../../boards/chips/enc28j60/spi-timing.js'
import { type Clock, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { KeepingTrace } from './sorted-trace.js'
import type { DigitalSignal, TraceSink, VcdLevel } from './vcd.js'

/** DS39662 table 16-6: CS low after the last clock, for MAC and MII registers. */
const CS_HOLD = 210

/** A frame is drawn back from its last bit; what lies further back than this may have been written already. */
const HOLD_BACK = 5 * MILLISECOND
/** Changes kept before those that are old enough are written. */
const CHANGES_KEPT = 16_384
/** Octets of one chip select frame kept before they are drawn; CS stuck low makes one endless frame. */
const OCTETS_KEPT = 16_384

const DEFAULT_CLOCK_RATE = 8_000_000

/** What a trace is put on: an Enc28j60. */
export interface TracedChip {
  observePins(observer: PinObserver): () => void
  readonly interruptHigh: boolean
  /** SCK in hertz; 0 when it is not known. */
  readonly spiClock: number
  /** Frequency at CLKOUT in hertz; 0 while the pin rests low. */
  readonly clkoutHertz: number
}

export interface PinTraceOptions {
  clock: Clock
  chip: TracedChip
  writer: TraceSink
  /** Of the group the signals stand in; `enc28j60` by default. */
  scope?: string
  /** Draws CLKOUT too: up to 50 million changes a second. */
  clkout?: boolean
  /** SCK in hertz for drawing; as the chip is driven, or 8 MHz where that is not known by default. */
  clockRate?: number
}

interface Change {
  readonly at: number
  readonly signal: DigitalSignal
  readonly level: VcdLevel
}

interface Octet {
  readonly at: number
  readonly mosi: number
  readonly miso: number | undefined
}

export class PinTrace implements KeepingTrace {
  readonly #options: PinTraceOptions
  readonly #cs: DigitalSignal
  readonly #sck: DigitalSignal
  readonly #si: DigitalSignal
  readonly #so: DigitalSignal
  readonly #int: DigitalSignal
  readonly #reset: DigitalSignal
  readonly #leds: Readonly<Record<'LEDA' | 'LEDB', DigitalSignal>>
  readonly #clkout: DigitalSignal | undefined
  readonly #stop: () => void
  #changes: Change[] = []
  /** The earliest of them. */
  #oldestChange = Number.POSITIVE_INFINITY
  #writing = false
  /** So many changes that it pays to sort and write those that are old enough. */
  #enough = CHANGES_KEPT
  #written: number
  /** Up to where the SPI wires are drawn. */
  #drawn: number
  #selectedAt: number | undefined
  /** Whether CS is drawn low already: part of a long frame has been drawn. */
  #csDrawn = false
  /** Whether this frame's edges are reported one by one. */
  #edges = false
  #octets: Octet[] = []
  #clkoutHertz = 0
  #clkoutNext = 0
  #clkoutHigh = false

  /** Watches the chip's pins from now on. Declares its signals: make it before the writer's first change. */
  constructor(options: PinTraceOptions) {
    this.#options = options
    const { chip, writer, clock, scope = 'enc28j60' } = options
    this.#written = clock.now
    this.#drawn = clock.now
    this.#cs = writer.digital('CS', 1, scope)
    this.#sck = writer.digital('SCK', 0, scope)
    this.#si = writer.digital('SI', 0, scope)
    this.#so = writer.digital('SO', 'z', scope)
    this.#int = writer.digital('INT', chip.interruptHigh ? 1 : 0, scope)
    this.#reset = writer.digital('RESET', 1, scope)
    this.#leds = { LEDA: writer.digital('LEDA', 0, scope), LEDB: writer.digital('LEDB', 0, scope) }
    if (options.clkout) {
      this.#clkout = writer.digital('CLKOUT', 0, scope)
      this.#setClkout(chip.clkoutHertz)
    }
    this.#stop = chip.observePins(this.#observer())
  }

  /** Stops watching and writes what is kept. The writer stays open. */
  close(): void {
    this.#stop()
    this.#draw(false)
    this.#drawClkout(this.#options.clock.now)
    this.#write(Number.POSITIVE_INFINITY)
  }

  /** Writes what can no longer change: for who looks on while it is drawn. */
  flush(): void {
    const limit = this.#options.clock.now - HOLD_BACK
    // CS that has been low for long is drawn so far.
    if (this.#selectedAt !== undefined && this.#undrawn < limit) this.#draw(false)
    this.#drawClkout(limit)
    this.#write(limit)
  }

  /** The earliest instant that it has not written yet. */
  get oldest(): number {
    return Math.min(this.#oldestChange, this.#undrawn)
  }

  /** Since when there is something of the frame under way that is not drawn. */
  get #undrawn(): number {
    if (this.#selectedAt !== undefined && !this.#csDrawn) return this.#selectedAt
    return this.#octets.length > 0 ? this.#octets[0].at : Number.POSITIVE_INFINITY
  }

  #observer(): PinObserver {
    return {
      chipSelect: (high) => this.#chipSelect(high),
      exchange: (mosi, miso, byEdges) => {
        if (byEdges) return
        this.#octets.push({ at: this.#options.clock.now, mosi, miso })
        if (this.#octets.length >= OCTETS_KEPT) this.#draw(false)
      },
      edge: (pin, high) => this.#edge(pin, high),
      interrupt: (high) => this.#now(this.#int, high),
      reset: (high) => this.#now(this.#reset, high),
      led: (which, lit) => this.#now(this.#leds[which], lit),
      clkout: (hertz) => this.#setClkout(hertz),
    }
  }

  #now(signal: DigitalSignal, high: boolean): void {
    this.#put(signal, this.#options.clock.now, high ? 1 : 0)
  }

  #edge(pin: 'SCK' | 'SI' | 'SO', high: boolean | undefined): void {
    const { now } = this.#options.clock
    const signal = pin === 'SCK' ? this.#sck : pin === 'SI' ? this.#si : this.#so
    // A controller may clock octets by its peripheral first and then by hand, under one chip select.
    if (this.#octets.length > 0) this.#draw(false)
    this.#edges = true
    if (!this.#csDrawn && this.#selectedAt !== undefined) {
      // Edges come at their own instants, and so does CS.
      this.#put(this.#cs, Math.max(this.#selectedAt, this.#drawn), 0)
      this.#csDrawn = true
    }
    this.#drawn = Math.max(this.#drawn, now)
    this.#put(signal, now, high === undefined ? 'z' : high ? 1 : 0)
  }

  #chipSelect(high: boolean): void {
    if (!high) {
      this.#selectedAt = this.#options.clock.now
      this.#edges = false
      return
    }
    this.#draw(true)
    this.#selectedAt = undefined
    if (this.#changes.length >= this.#enough) this.flush()
  }

  /** Draws the octets kept. `ended`: CS rises behind them. */
  #draw(ended: boolean): void {
    const { chip, clock, clockRate } = this.#options
    const period = SECOND / (clockRate ?? (chip.spiClock > 0 ? chip.spiClock : DEFAULT_CLOCK_RATE))
    const octets = this.#octets
    this.#octets = []
    const atOnce = octets.length > 0 && octets[octets.length - 1].at === this.#selectedAt
    let at = Math.max(this.#drawn, this.#written)
    if (!this.#csDrawn && this.#selectedAt !== undefined) {
      const wanted = atOnce ? this.#selectedAt - octets.length * 8 * period - CS_SETUP : this.#selectedAt
      at = Math.max(at, wanted)
      this.#put(this.#cs, at, 0)
      this.#csDrawn = true
      at += CS_SETUP
    }
    for (const octet of octets) {
      // Reported one by one, each octet ends where it was reported.
      if (!atOnce) at = Math.max(at, octet.at - 8 * period)
      at = this.#drawOctet(octet, at, period)
    }
    if (ended) {
      at = this.#edges && octets.length === 0 ? clock.now : Math.max(at + CS_HOLD, clock.now)
      this.#put(this.#cs, at, 1)
      this.#put(this.#so, at, 'z')
      this.#csDrawn = false
      at += CS_HIGH
    }
    this.#drawn = at
  }

  /** Mode 0,0: data changes with the falling edge and is taken at the rising one. */
  #drawOctet({ mosi, miso }: Octet, start: number, period: number): number {
    for (let bit = 0; bit < 8; bit++) {
      const at = start + bit * period
      this.#put(this.#si, Math.round(at), ((mosi >> (7 - bit)) & 1) as 0 | 1)
      this.#put(this.#so, Math.round(at), miso === undefined ? 'z' : (((miso >> (7 - bit)) & 1) as 0 | 1))
      this.#put(this.#sck, Math.round(at + period / 2), 1)
      this.#put(this.#sck, Math.round(at + period), 0)
    }
    return start + 8 * period
  }

  #setClkout(hertz: number): void {
    if (this.#clkout === undefined) return
    const { now } = this.#options.clock
    this.#drawClkout(now)
    this.#clkoutHertz = hertz
    this.#clkoutNext = now
    if (hertz === 0) {
      this.#clkoutHigh = false
      this.#put(this.#clkout, now, 0)
    }
  }

  #drawClkout(until: number): void {
    if (this.#clkout === undefined || this.#clkoutHertz === 0) return
    const half = SECOND / this.#clkoutHertz / 2
    for (; this.#clkoutNext < until; this.#clkoutNext += half) {
      this.#clkoutHigh = !this.#clkoutHigh
      this.#put(this.#clkout, Math.round(this.#clkoutNext), this.#clkoutHigh ? 1 : 0)
    }
  }

  #put(signal: DigitalSignal, at: number, level: VcdLevel): void {
    this.#changes.push({ at, signal, level })
    if (at < this.#oldestChange) this.#oldestChange = at
  }

  #write(until: number): void {
    // The writer may ask for what is kept while it takes this.
    if (this.#writing) return
    this.#writing = true
    const changes = this.#changes.sort((x, y) => x.at - y.at)
    let count = 0
    try {
      while (count < changes.length && changes[count].at < until) {
        const { signal, at, level } = changes[count++]
        this.#oldestChange = at
        this.#options.writer.change(signal, at, level)
      }
    } finally {
      // Each is written once, even where the writer takes no more (a full disk).
      this.#writing = false
      this.#changes = changes.slice(count)
      this.#oldestChange = this.#changes[0]?.at ?? Number.POSITIVE_INFINITY
    }
    this.#enough = CHANGES_KEPT + 2 * this.#changes.length
    if (Number.isFinite(until)) this.#written = Math.max(this.#written, until)
  }
}
