/** Probes on the supply: the rail of the controller and its pins, and the 3.3 V of the Ethernet chip. */
import type { ChipBoard } from '../../boards/chip-board.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { Keep, ScopeLevel, ScopeProbe, ScopeWindow } from './probe.js'
import { EdgeTrace, type Mark, type MarkRow } from './trace.js'

/** A rail with its capacitors and its load, in volts a microsecond: some 200 mA out of 100 µF. */
const SLEW = 0.002
/** Below, the chip loses its registers. */
const CHIP_MINIMUM = 2.95

export class SupplyProbe implements ScopeProbe {
  readonly levels: readonly ScopeLevel[]
  readonly trace: EdgeTrace
  readonly stop: () => void
  firstActivity: number | undefined
  readonly #least: number
  readonly #changes: { readonly at: number; readonly volts: number }[]

  constructor(
    readonly name: string,
    readonly title: string,
    board: ChipBoard,
    rail: 'board' | 'chip',
    clock: Clock,
    keep: Keep,
  ) {
    this.#least = rail === 'board' ? board.definition.controller.brownOut : CHIP_MINIMUM
    const text = rail === 'board' ? 'brown-out' : 'chip resets'
    this.levels = [{ from: 0, to: this.#least, text, undefined: true }]
    this.trace = new EdgeTrace(board.supply[rail], SLEW)
    this.#changes = [{ at: Number.NEGATIVE_INFINITY, volts: board.supply[rail] }]
    this.stop = board.onSupply((supply) => {
      const last = this.#changes[this.#changes.length - 1]
      if (last.volts === supply[rail] || keep(clock.now) === 'late') return
      this.firstActivity ??= clock.now
      this.trace.edge(clock.now, supply[rail])
      this.#changes.push({ at: clock.now, volts: supply[rail] })
    })
  }

  rows({ from, to }: ScopeWindow): readonly MarkRow[] {
    const marks: Mark[] = []
    for (const [i, { at, volts }] of this.#changes.entries()) {
      const begin = Math.max(from, at)
      const end = Math.min(to, this.#changes[i + 1]?.at ?? to)
      if (end <= begin) continue
      const low = volts < this.#least
      const state = volts === 0 ? 'off' : low ? `sags to ${volts} V` : `${volts} V`
      marks.push({ from: begin, to: end, text: state, short: [low ? 'sag' : ''], ...(low ? { wrong: true } : {}) })
    }
    return [{ name: 'state', marks, sparse: true }]
  }
}
