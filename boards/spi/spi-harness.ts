/**
 * The six wires one by one: each may be open, short to a rail, touch another or lead to another's pin, and the controller may
 * use another SPI mode or bit order than the chip's. Everything goes edge by edge then, and what comes of it follows from
 * the levels. Two outputs that meet on a wire: the low one wins, as the N-channel transistor of a CMOS output does.
 */
import type { Random } from '../../firmware/hal/random.js'
import type { SpiPins } from './spi-pins.js'

export type SpiWire = 'sck' | 'mosi' | 'miso' | 'cs' | 'int' | 'reset'

const SPI_WIRES: readonly SpiWire[] = ['sck', 'mosi', 'miso', 'cs', 'int', 'reset']

/** 0 to 3: rest level of SCK, and the edge on which is sampled. */
type SpiMode = 0 | 1 | 2 | 3

interface HarnessChip {
  readonly spiPins: SpiPins
  readonly interruptHigh: boolean
  /** Without supply it drives nothing and pulls nothing. Left out: it has its supply. */
  readonly powered?: boolean
  setResetPin?(high: boolean): void
}

interface SpiHarnessOptions {
  readonly chip: HarnessChip
  readonly random: Random
  /** What an input of the controller reads of MISO while nobody drives it. */
  readonly floating: () => boolean
  /** The controller's INT input has changed. */
  readonly onInterrupt: (high: boolean) => void
}

/** Inputs of the chip while nobody drives them: CS and RESET are pulled up inside (DS39662 table 1-1), the others drift low. */
const CHIP_FLOATS: Readonly<Record<SpiWire, boolean>> = {
  sck: false,
  mosi: false,
  cs: true,
  reset: true,
  miso: true,
  int: true,
}

/** Pins of the chip with a pull-up of its own. */
const PULLED_UP: ReadonlySet<SpiWire> = new Set<SpiWire>(['cs', 'reset'])

/** A level that feeds back into itself over a short is as it is after so many rounds. */
const ROUNDS = 4

export class SpiHarness {
  /** The controller's; the chip knows mode 0 only, whose edges are those of mode 3 as well (DS39662 4.1). */
  mode: SpiMode = 0
  /** The controller sends and takes the lowest bit first. */
  lowestFirst = false
  /** Chance that an edge of SCK rings, and the chip counts one clock more. */
  ringing = 0
  /** Chance, at each clock, that CS is high for a moment. */
  selectGlitches = 0
  /** Chance of a high MISO to be below the controller's threshold. */
  weakHighs = 0

  readonly #chip: HarnessChip
  readonly #random: Random
  readonly #floating: () => boolean
  readonly #onInterrupt: (high: boolean) => void
  /** What the controller drives; undefined: an input. */
  readonly #driven: Record<SpiWire, boolean | undefined> = {
    sck: false,
    mosi: false,
    cs: true,
    reset: true,
    miso: undefined,
    int: undefined,
  }
  readonly #open = new Map<SpiWire, boolean>()
  readonly #stuck = new Map<SpiWire, boolean>()
  readonly #joined: [SpiWire, SpiWire][] = []
  /** The pin of the chip that a wire of the controller leads to. */
  readonly #leads = new Map<SpiWire, SpiWire>(SPI_WIRES.map((wire) => [wire, wire]))

  constructor({ chip, random, floating, onInterrupt }: SpiHarnessOptions) {
    this.#chip = chip
    this.#random = random
    this.#floating = floating
    this.#onInterrupt = onInterrupt
  }

  /** Breaks a wire. @param level of the input at its end that nobody drives any more; by default what its pull makes of it */
  open(wire: SpiWire, level = CHIP_FLOATS[wire]): void {
    this.#open.set(wire, level)
    this.settle()
  }

  /** Joins it again. */
  mend(wire: SpiWire): void {
    this.#open.delete(wire)
    this.settle()
  }

  /** Shorts a wire to its supply or to ground: whoever drives it loses. */
  stick(wire: SpiWire, high: boolean): void {
    this.#stuck.set(wire, high)
    this.settle()
  }

  /** Two wires touch. */
  join(one: SpiWire, other: SpiWire): void {
    this.#joined.push([one, other])
    this.settle()
  }

  /** Two wires end on each other's pin of the chip. */
  swap(one: SpiWire, other: SpiWire): void {
    const first = this.#leads.get(one) ?? one
    this.#leads.set(one, this.#leads.get(other) ?? other)
    this.#leads.set(other, first)
    this.settle()
  }

  /** What the controller drives a wire to; undefined: it is an input. */
  drive(wire: SpiWire, high: boolean | undefined): void {
    this.#driven[wire] = high
    this.settle()
    if (wire !== 'sck' || high === undefined) return
    if (high && this.#happens(this.ringing)) {
      this.#chip.spiPins.setSck(!this.#chip.spiPins.sck)
      this.settle()
    }
    if (this.#happens(this.selectGlitches)) {
      this.#chip.spiPins.setCs(true)
      this.settle()
    }
  }

  /** MISO as the controller's pin has it; undefined: nobody drives it. */
  get miso(): boolean | undefined {
    const level = this.#levelAt('miso', 'controller')
    return level === true && this.#happens(this.weakHighs) ? false : level
  }

  /** What somebody drives the controller's pin to, itself or another, or a short; undefined: nobody. */
  levelAt(wire: SpiWire): boolean | undefined {
    if (this.#open.has(wire)) return this.#driven[wire]
    return this.#levelAt(wire, 'controller')
  }

  /** What a pull-up at the chip's end, or on the board, makes of a wire that nobody drives; undefined: there is none. */
  restOf(wire: SpiWire): boolean | undefined {
    if (this.#open.has(wire)) return wire === 'miso' ? this.#floating() : undefined
    const touching = this.#touching(wire)
    if (this.#chip.powered !== false && touching.some((each) => PULLED_UP.has(this.#leads.get(each) ?? each)))
      return true
    return touching.includes('miso') ? this.#floating() : undefined
  }

  /** Does what its caller does at one instant without a look at how far edges are apart. */
  untimed<T>(clocks: () => T): T {
    return this.#atOnce(clocks)
  }

  /** One chip select frame. */
  transfer(write: Uint8Array, read: number): Uint8Array {
    return this.#atOnce(() => {
      this.drive('sck', this.#rest)
      this.drive('cs', false)
      for (const octet of write) this.#eightClocks(octet)
      const octets = Uint8Array.from({ length: read }, () => this.#eightClocks(0))
      this.drive('cs', true)
      return octets
    })
  }

  /** Eight clocks with chip select as it is. */
  exchange(mosi: number): number {
    return this.#atOnce(() => this.#eightClocks(mosi))
  }

  /** Edges of one instant: what they mean is looked at, not when they come. */
  #atOnce<T>(clocks: () => T): T {
    const pins = this.#chip.spiPins
    const { limits } = pins
    pins.limits = false
    const result = clocks()
    if (limits !== undefined) pins.limits = limits
    return result
  }

  #eightClocks(mosi: number): number {
    let miso = 0
    const rest = this.#rest
    if (this.#driven.sck !== rest) this.drive('sck', rest)
    const samplesFirst = (this.mode & 1) === 0
    for (let i = 0; i < 8; i++) {
      const place = this.lowestFirst ? i : 7 - i
      const bit = ((mosi >> place) & 1) === 1
      if (samplesFirst) {
        this.drive('mosi', bit)
        miso |= this.#sample() << place
        this.drive('sck', !rest)
        this.drive('sck', rest)
      } else {
        this.drive('sck', !rest)
        this.drive('mosi', bit)
        miso |= this.#sample() << place
        this.drive('sck', rest)
      }
    }
    return miso
  }

  /** Works out all levels anew: something that drives has changed. */
  settle(): void {
    const { spiPins } = this.#chip
    for (let round = 0; round < ROUNDS; round++) {
      const { so } = spiPins
      const { interruptHigh } = this.#chip
      this.#chip.setResetPin?.(this.#pinLevel('reset'))
      spiPins.setSi(this.#pinLevel('mosi'))
      spiPins.setCs(this.#pinLevel('cs'))
      spiPins.setSck(this.#pinLevel('sck'))
      if (so === spiPins.so && interruptHigh === this.#chip.interruptHigh) break
    }
    this.#onInterrupt(this.#levelAt('int', 'controller') ?? true)
  }

  get #rest(): boolean {
    return this.mode >= 2
  }

  #sample(): number {
    return (this.miso ?? this.#floating()) ? 1 : 0
  }

  #pinLevel(pin: SpiWire): boolean {
    for (const [wire, leadsTo] of this.#leads) {
      if (leadsTo === pin) return this.#levelAt(wire, 'chip') ?? CHIP_FLOATS[pin]
    }
    return CHIP_FLOATS[pin]
  }

  /** The level at one end of a wire; undefined while nobody drives it. */
  #levelAt(wire: SpiWire, end: 'controller' | 'chip'): boolean | undefined {
    const broken = this.#open.get(wire)
    if (broken !== undefined) return this.#drivenAt(wire, end) ?? broken
    let level: boolean | undefined
    for (const each of this.#touching(wire)) {
      const stuck = this.#stuck.get(each)
      if (stuck !== undefined) return stuck
      for (const from of ['controller', 'chip'] as const) {
        const driven = this.#drivenAt(each, from)
        if (driven !== undefined) level = level === undefined ? driven : level && driven
      }
    }
    return level
  }

  #touching(wire: SpiWire): SpiWire[] {
    const all = [wire]
    for (const each of all) {
      for (const [one, other] of this.#joined) {
        const beside = one === each ? other : other === each ? one : undefined
        if (beside !== undefined && !all.includes(beside)) all.push(beside)
      }
    }
    return all
  }

  #drivenAt(wire: SpiWire, end: 'controller' | 'chip'): boolean | undefined {
    if (end === 'controller') return this.#driven[wire]
    const pin = this.#leads.get(wire)
    if (this.#chip.powered === false) return undefined
    if (pin === 'miso') return this.#chip.spiPins.so
    return pin === 'int' ? this.#chip.interruptHigh : undefined
  }

  #happens(chance: number): boolean {
    return chance > 0 && this.#random.float() < chance
  }
}
