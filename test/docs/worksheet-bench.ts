/** A station of the workshop as a learner has it who follows a worksheet: opened by an address, in English, as fast as it goes. */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { readAddress } from '../../host/web/workshop/address.js'
import type { WorkshopSnapshot } from '../../host/workshop/protocol.js'
import { WorkshopSimulation } from '../../host/workshop/simulation.js'
import { WORKSHOP_EN } from '../../host/workshop/words/en.js'
import { sayTold, type Told } from '../../host/workshop/words/told.js'

/** Milliseconds of virtual time behind each deed, unless everything is at rest before. */
const PASSES = 500

export class WorksheetBench {
  readonly #simulation: WorkshopSimulation

  constructor(address: string) {
    let wall = 0
    this.#simulation = new WorkshopSimulation(() => (wall += MILLISECOND))
    const { open, unknown } = readAddress(address)
    if (unknown !== undefined) throw new Error(`${address}: there is no station ${unknown}`)
    this.#simulation.receive(open)
    this.#simulation.receive({ kind: 'speed', bitsPerSecond: 0 })
    this.#simulation.receive({ kind: 'play' })
    this.pass()
  }

  act(action: string): this {
    this.#simulation.receive({ kind: 'do', deed: { kind: 'act', action, argument: '' } })
    return this.pass()
  }

  set(name: string, value: string): this {
    this.#simulation.receive({ kind: 'do', deed: { kind: 'set', name, value } })
    return this.pass()
  }

  pass(milliseconds = PASSES): this {
    const end = this.#simulation.now + milliseconds * MILLISECOND
    while (this.#simulation.work() !== undefined) if (this.#simulation.now >= end) break
    return this
  }

  get now(): number {
    return this.#simulation.now
  }

  /** What has happened: instants in ns. */
  get log(): readonly { readonly at: number; readonly text: string }[] {
    return this.#snapshot.log.map(({ at, told }) => ({ at, text: this.#say(told) }))
  }

  /** When something happened that fits, for the first time. */
  at(pattern: RegExp): number {
    const found = this.log.find(({ text }) => pattern.test(text))
    if (found === undefined) throw new Error(`nothing happened that is ${pattern}`)
    return found.at
  }

  /** The groups of the first sentence that fits: of what happened, and of what is to be seen. */
  find(pattern: RegExp): readonly string[] {
    const things = this.#snapshot.scene.things.map(({ told }) => this.#say(told))
    for (const text of [...this.log.map((each) => each.text), ...things]) {
      const found = pattern.exec(text)
      if (found !== null) return found.slice(1)
    }
    throw new Error(`no sentence is ${pattern}`)
  }

  /** The marks of a lane's row, with their instants in ns. */
  row(lane: string, name: string): readonly { readonly from: number; readonly to: number; readonly text: string }[] {
    const rows = this.#snapshot.lanes.find(({ id }) => id === lane)?.rows ?? []
    const found = rows.find((row) => this.#say(row.name) === name)
    if (found === undefined) throw new Error(`the lane ${lane} has no row ${name}`)
    return found.marks.map(({ from, to, text }) => ({ from, to, text: this.#say(text) }))
  }

  get #snapshot(): WorkshopSnapshot {
    return this.#simulation.snapshot()
  }

  #say(what: Told | string): string {
    return sayTold(WORKSHOP_EN, what)
  }
}
