/** Probes on the pins of the Ethernet chip: SPI, INT, RESET, LEDs. Their edges are those of a trace of the pins. */
import { registerAt } from '../../firmware/enc28j60/registers.js'
import type { Clock } from '../../firmware/hal/clock.js'
import { PinTrace, type TracedChip } from '../capture/pin-trace.js'
import type { Level as DigitalLevel, DigitalSignal, RealSignal, TraceSink } from '../capture/vcd.js'
import type { Keep, Level, Probe, Window } from './probe.js'
import { EdgeTrace, type Mark, type MarkRow } from './trace.js'

export const CHIP_PINS = ['CS', 'SCK', 'SI', 'SO', 'INT', 'RESET', 'LEDA', 'LEDB'] as const
export type ChipPin = (typeof CHIP_PINS)[number]

/** The chip's supply, and what it takes for low and high on its inputs (DS39662 table 16-1: 0.2 and 0.8 V_DD). */
const SUPPLY = 3.3
const LEVELS: readonly Level[] = [
  { from: 0.8 * SUPPLY, to: SUPPLY, text: 'high' },
  { from: 0.2 * SUPPLY, to: 0.8 * SUPPLY, text: 'undefined', undefined: true },
  { from: 0, to: 0.2 * SUPPLY, text: 'low' },
]
/** Nobody drives it: in between, until something pulls. */
const FLOATING = SUPPLY / 2
/** About what a pin does into 20 pF, in volts a microsecond. */
const SLEW = 500

interface Edge {
  readonly at: number
  readonly level: DigitalLevel
}

/** The pins of one chip: one watching for all probes on it. */
export class ChipPins implements TraceSink {
  readonly #edges = new Map<string, Edge[]>()
  readonly #keep: Keep
  readonly #trace: PinTrace
  #stopped = false

  constructor(clock: Clock, chip: TracedChip, keep: Keep) {
    this.#keep = keep
    this.#trace = new PinTrace({ clock, chip, writer: this })
  }

  digital(name: string, initial: DigitalLevel = 'x'): DigitalSignal {
    this.#edges.set(name, [{ at: Number.NEGATIVE_INFINITY, level: initial }])
    return { kind: 'digital', name }
  }

  real(name: string): RealSignal {
    return { kind: 'real', name }
  }

  change(signal: DigitalSignal, at: number, value: DigitalLevel): void
  change(signal: RealSignal, at: number, value: number): void
  change(signal: DigitalSignal | RealSignal, at: number, value: DigitalLevel | number): void {
    const edges = this.#edges.get(signal.name)
    if (signal.kind !== 'digital' || edges === undefined) return
    const when = this.#keep(at)
    if (when === 'late') return
    if (when === 'early') edges.splice(0, edges.length, { at: Number.NEGATIVE_INFINITY, level: value as DigitalLevel })
    else if (edges[edges.length - 1].level !== value) edges.push({ at, level: value as DigitalLevel })
  }

  edges(pin: ChipPin): readonly Edge[] {
    return this.#edges.get(pin) ?? []
  }

  /** Ends the watching: what the trace still held is drawn. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#trace.close()
  }
}

const TITLES: Readonly<Record<ChipPin, string>> = {
  CS: 'CS of the Ethernet chip (low: selected)',
  SCK: 'SCK, the SPI clock',
  SI: 'SI of the Ethernet chip (MOSI)',
  SO: 'SO of the Ethernet chip (MISO)',
  INT: 'INT of the Ethernet chip (low: something to tell)',
  RESET: 'RESET of the Ethernet chip (low: held in reset)',
  LEDA: 'LEDA of the Ethernet chip',
  LEDB: 'LEDB of the Ethernet chip',
}

export class PinProbe implements Probe {
  readonly title: string
  readonly levels = LEVELS
  #trace: EdgeTrace | undefined

  constructor(
    readonly name: string,
    private readonly pins: ChipPins,
    private readonly pin: ChipPin,
  ) {
    this.title = TITLES[pin]
  }

  get trace(): EdgeTrace {
    if (this.#trace === undefined) {
      const [first, ...edges] = this.pins.edges(this.pin)
      this.#trace = new EdgeTrace(volts(first.level), SLEW)
      for (const { at, level } of edges) this.#trace.edge(at, volts(level))
    }
    return this.#trace
  }

  get firstActivity(): number | undefined {
    return this.pins.edges(this.pin)[1]?.at
  }

  rows(window: Window): readonly MarkRow[] {
    if (this.pin === 'SI' || this.pin === 'SO') return this.#spiRows(window)
    const edges = this.pins.edges(this.pin)
    const words = this.pin.startsWith('LED') ? ['dark', 'lit'] : this.pin === 'CS' ? ['selected', ''] : ['low', 'high']
    if (this.pin === 'SCK') return []
    const marks = edges.map(({ at, level }, i) => ({
      from: Math.max(window.from, at),
      to: Math.min(window.to, edges[i + 1]?.at ?? window.to),
      text: level === 1 ? words[1] : words[0],
    }))
    return [{ name: 'state', marks: marks.filter(({ from, to, text }) => to > from && text !== '') }]
  }

  stop(): void {
    this.pins.stop()
  }

  /** Bits at the rising edges of SCK, octets from the falling edge of CS on (DS39662 4.1), the instruction in front. */
  #spiRows({ from, to }: Window): readonly MarkRow[] {
    const bits: Mark[] = []
    const octets: Mark[] = []
    const commands: Mark[] = []
    const selects = this.pins.edges('CS')
    const clocks = this.pins.edges('SCK').filter(({ at, level }) => level === 1 && at > from - 1e6 && at < to + 1e6)
    const line = this.pins.edges(this.pin)
    let at = 0
    let next = 0
    for (const [i, select] of selects.entries()) {
      if (select.level !== 0) continue
      const end = selects[i + 1]?.at ?? to
      if (end < from || select.at > to) continue
      while (next < clocks.length && clocks[next].at < select.at) next++
      const frame: { at: number; level: DigitalLevel }[] = []
      for (; next < clocks.length && clocks[next].at < end; next++) {
        while (at + 1 < line.length && line[at + 1].at <= clocks[next].at) at++
        frame.push({ at: clocks[next].at, level: line[at].level })
      }
      if (frame.length < 2) continue
      const half = (frame[1].at - frame[0].at) / 2
      for (const [b, bit] of frame.entries()) {
        bits.push({ from: bit.at - half, to: bit.at + half, text: `${bit.level}` })
        if (b % 8 !== 7) continue
        const levels = frame.slice(b - 7, b + 1)
        const value = levels.some(({ level }) => level !== 0 && level !== 1)
          ? undefined
          : levels.reduce((sum, { level }) => sum * 2 + Number(level), 0)
        const text = value === undefined ? 'not driven' : value.toString(16).toUpperCase().padStart(2, '0')
        octets.push({ from: levels[0].at - half, to: bit.at + half, text })
      }
      const first = octets.find((mark) => mark.from === frame[0].at - half)
      if (first !== undefined && this.pin === 'SI') {
        commands.push({ from: select.at, to: end, text: instruction(Number.parseInt(first.text, 16)) })
      }
    }
    const rows = [
      { name: 'bits', marks: bits },
      { name: 'octets', marks: octets },
    ]
    return this.pin === 'SI' ? [...rows, { name: 'instruction', marks: commands }] : rows
  }
}

function volts(level: DigitalLevel): number {
  return level === 1 ? SUPPLY : level === 0 ? 0 : FLOATING
}

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
