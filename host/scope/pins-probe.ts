/**
 * Probes on the pins of the Ethernet chip (SPI, INT, RESET, LEDs) and on the controller's end of the SPI wires. Their edges
 * are those of a trace of the pins.
 */
import { registerAt } from '../../firmware/enc28j60/registers.js'
import type { Clock } from '../../firmware/hal/clock.js'
import { PinTrace, type TracedChip } from '../capture/pin-trace.js'
import type { DigitalSignal, RealSignal, TraceSink, VcdLevel } from '../capture/vcd.js'
import { EdgeList } from './edges.js'
import { type Keep, type ScopeLevel, type ScopeProbe, type ScopeWindow, shownIn } from './probe.js'
import { SpiBits } from './spi-bits.js'
import { EdgeTrace, type Mark, type MarkRow } from './trace.js'

export const CHIP_PINS = ['CS', 'SCK', 'SI', 'SO', 'INT', 'RESET', 'LEDA', 'LEDB'] as const
export type ChipPin = (typeof CHIP_PINS)[number]

/** The chip's supply. */
export const CHIP_SUPPLY = 3.3
/** What the chip drives; the controller drives the others, at its own supply: the chip's inputs take 5 V (DS39662 2.4). */
const OUTPUTS: readonly ChipPin[] = ['SO', 'INT', 'LEDA', 'LEDB']
/** About what a pin does into 20 pF, in volts a microsecond. */
const SLEW = 500
/** How an edge is kept: 0, 1, or not driven. */
const FLOATING = 0.5

/** The pins of one chip: one watching for all probes on it. */
export class ChipPins implements TraceSink {
  readonly #edges = new Map<string, EdgeList>()
  readonly #initial = new Map<string, number>()
  readonly spi = new SpiBits()
  readonly #keep: Keep
  readonly #trace: PinTrace
  #stopped = false

  constructor(clock: Clock, chip: TracedChip, keep: Keep) {
    this.#keep = keep
    this.#trace = new PinTrace({ clock, chip, writer: this })
  }

  digital(name: string, initial: VcdLevel = 'x'): DigitalSignal {
    this.#edges.set(name, new EdgeList())
    this.#initial.set(name, asNumber(initial))
    return { kind: 'digital', name }
  }

  real(name: string): RealSignal {
    return { kind: 'real', name }
  }

  change(signal: DigitalSignal, at: number, value: VcdLevel): void
  change(signal: RealSignal, at: number, value: number): void
  change(signal: DigitalSignal | RealSignal, at: number, value: VcdLevel | number): void {
    const edges = this.#edges.get(signal.name)
    if (signal.kind !== 'digital' || edges === undefined) return
    const when = this.#keep(at)
    this.spi.edge(signal.name, at, value === 0 || value === 1 ? value : undefined, this.#keep)
    if (when === 'late') return
    const level = asNumber(value as VcdLevel)
    if (when === 'early') {
      edges.clear()
      this.#initial.set(signal.name, level)
    } else if (this.#last(signal.name) !== level) {
      edges.push(at, level, when === 'waiting')
    }
  }

  #last(pin: string): number {
    const edges = this.#edges.get(pin)
    if (edges === undefined || edges.length === 0) return this.#initial.get(pin) ?? 0
    return edges.value(edges.length - 1)
  }

  edges(pin: ChipPin): EdgeList {
    return this.#edges.get(pin) ?? new EdgeList()
  }

  /** What a pin was at before its first edge: 0, 1, or between. */
  initial(pin: ChipPin): number {
    return this.edges(pin).forgotten ?? this.#initial.get(pin) ?? 0
  }

  /** Ends the watching: what the trace still held is drawn. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#trace.close()
  }
}

function asNumber(level: VcdLevel): number {
  return level === 0 || level === 1 ? level : FLOATING
}

export interface PinProbeOptions {
  readonly name: string
  readonly title: string
  readonly pin: ChipPin
  /** Of the controller's logic, in volts. */
  readonly supply: number
  /** What an undriven wire is pulled to, in volts. */
  readonly floating: number
  /** The chip's end of the wire, or the controller's. */
  readonly end: 'chip' | 'controller'
}

export class PinProbe implements ScopeProbe {
  readonly name: string
  readonly title: string
  readonly levels: readonly ScopeLevel[]
  #trace: EdgeTrace | undefined
  readonly #pin: ChipPin
  readonly #high: number

  constructor(
    private readonly pins: ChipPins,
    private readonly options: PinProbeOptions,
  ) {
    const { name, title, pin, supply, end } = options
    this.name = name
    this.title = title
    this.#pin = pin
    // A controller at 5 V reads the chip through a gate at 5 V (`linkpulse boards NAME --wiring`).
    this.#high = OUTPUTS.includes(pin) && end === 'chip' ? CHIP_SUPPLY : supply
    // What reads it: the chip (DS39662 table 16-1: 0.2 and 0.8 V_DD), or the controller (ATmega328P 29.2: 0.3 and 0.6 V_CC).
    const [low, high] = end === 'chip' ? [0.2 * CHIP_SUPPLY, 0.8 * CHIP_SUPPLY] : [0.3 * supply, 0.6 * supply]
    this.levels = [
      { from: high, to: Math.max(this.#high, high), text: 'high' },
      { from: low, to: high, text: 'undefined', undefined: true },
      { from: 0, to: low, text: 'low' },
    ]
  }

  get trace(): EdgeTrace {
    if (this.#trace === undefined) {
      const edges = this.pins.edges(this.#pin)
      this.#trace = new EdgeTrace(this.#volts(this.pins.initial(this.#pin)), SLEW)
      for (let i = 0; i < edges.length; i++) this.#trace.edge(edges.at(i), this.#volts(edges.value(i)))
    }
    return this.#trace
  }

  get overflowed(): boolean {
    return (
      this.pins.edges(this.#pin).overflowed || ((this.#pin === 'SI' || this.#pin === 'SO') && this.pins.spi.overflowed)
    )
  }

  get firstActivity(): number | undefined {
    const edges = this.pins.edges(this.#pin)
    return edges.length === 0 ? undefined : edges.at(0)
  }

  rows(window: ScopeWindow, least = 0): readonly MarkRow[] {
    const pin = this.#pin
    if (pin === 'SI' || pin === 'SO') return this.#spiRows(window, least)
    if (pin === 'SCK') return []
    const words = STATES[pin] ?? LOW_HIGH
    const edges = this.pins.edges(pin)
    const marks: Mark[] = []
    const first = edges.before(window.from)
    const last = edges.before(window.to)
    // More than a picture has columns, and none of them is worth seeing.
    if (last - first > 4_000) return [{ name: 'state', marks: [], narrow: true }]
    for (let i = first; i <= last; i++) {
      const level = i < 0 ? this.pins.initial(pin) : edges.value(i)
      const from = Math.max(window.from, i < 0 ? window.from : edges.at(i))
      const to = Math.min(window.to, i + 1 < edges.length ? edges.at(i + 1) : window.to)
      const [text, short] = words[level === 1 ? 1 : 0]
      if (to > from && text !== '') marks.push({ from, to, text, short: [short] })
    }
    return [{ name: 'state', marks, sparse: true, legend: STATE_LEGEND }]
  }

  stop(): void {
    this.pins.stop()
  }

  #volts(level: number): number {
    return level === FLOATING ? this.options.floating : level === 1 ? this.#high : 0
  }

  /** Bits, octets, and the instruction in front of them. */
  #spiRows(window: ScopeWindow, least: number): readonly MarkRow[] {
    const { from, to } = window
    const { spi } = this.pins
    const shown = shownIn(window, least)
    const bits: Mark[] = []
    const octets: Mark[] = []
    const commands: Mark[] = []
    const narrow = { bits: false, octets: false, commands: false }
    const put = (row: Mark[], kind: keyof typeof narrow, mark: Mark) => {
      if (shown(mark)) row.push(mark)
      else if (mark.to > from && mark.from < to) narrow[kind] = true
    }
    for (const select of spi.selects(window)) {
      const { begin, end = to, half, instruction: first } = select
      if (half === undefined) continue
      let octet: { begin: number; value: number; driven: boolean } | undefined
      for (const { at, place, si, so } of spi.bits(select, window)) {
        const level = this.#pin === 'SI' ? si : so
        put(bits, 'bits', { from: at - half, to: at + half, text: level === undefined ? 'z' : `${level}` })
        if (place % 8 === 0) octet = { begin: at - half, value: 0, driven: true }
        if (octet === undefined) continue
        octet.value = octet.value * 2 + (level ?? 0)
        octet.driven &&= level !== undefined
        if (place % 8 !== 7) continue
        const text = octet.driven ? octet.value.toString(16).toUpperCase().padStart(2, '0') : 'not driven'
        put(octets, 'octets', { from: octet.begin, to: at + half, text, short: octet.driven ? [] : ['z'] })
      }
      if (first !== undefined && this.#pin === 'SI') {
        put(commands, 'commands', { from: begin, to: end, text: instruction(first) })
      }
    }
    const legend = { z: 'not driven' }
    const rows: MarkRow[] = [
      { name: 'bits', marks: bits, narrow: narrow.bits, legend },
      { name: 'octets', marks: octets, narrow: narrow.octets, legend },
    ]
    return this.#pin === 'SI' ? [...rows, { name: 'instruction', marks: commands, narrow: narrow.commands }] : rows
  }
}

/** What a pin says when it is low and when it is high, and in short. */
type Words = readonly [readonly [string, string], readonly [string, string]]
const LOW_HIGH: Words = [
  ['low', 'L'],
  ['high', 'H'],
]
const LED: Words = [
  ['dark', 'D'],
  ['lit', 'lit'],
]
const STATES: Readonly<Partial<Record<ChipPin, Words>>> = {
  CS: [
    ['selected', 'S'],
    ['', ''],
  ],
  LEDA: LED,
  LEDB: LED,
}
const STATE_LEGEND = { L: 'low', H: 'high', D: 'dark', S: 'selected' }

const OPCODES = ['RCR', 'RBM', 'WCR', 'WBM', 'BFS', 'BFC'] as const

/** An instruction by its first octet (DS39662 table 4-1). Registers from 1Bh on are in every bank; of others only the address is known. */
function instruction(octet: number): string {
  if (octet === 0xff) return 'SRC'
  if (octet === 0x3a) return 'RBM'
  if (octet === 0x7a) return 'WBM'
  const name = OPCODES[octet >> 5]
  if (name === undefined) return ''
  const address = octet & 0x1f
  const register = address >= 0x1b ? registerAt(0, address)?.name : undefined
  return `${name} ${register ?? `${address.toString(16).toUpperCase().padStart(2, '0')}h`}`
}
