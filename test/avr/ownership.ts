/**
 * Does a program write outside its buffers? Two proofs in the emulator. The stack: the octets between the static data and
 * the deepest stack hold a canary pattern. The buffers: each store instruction is known by the variables it wrote to
 * while the program ran as it should; one that suddenly writes to another variable has left its buffer.
 */
import type { AvrMcu } from '../../boards/avr/mcu.js'
import { ATMEGA328P } from '../../boards/avr/parts/atmega328p.js'

const { ramStart: RAMSTART, ramEnd: RAMEND } = ATMEGA328P

const CANARY = 0xc5
/** Octets above the static data that no stack may ever reach. */
const CANARY_OCTETS = 32

export class MemoryGuard {
  readonly violations: string[] = []
  /** The deepest stack so far. */
  lowestStack = RAMEND
  readonly #mcu: AvrMcu
  readonly #staticEnd: number
  /** Index of the variable that owns a data address. */
  readonly #owner = new Uint16Array(0x900)
  readonly #names: string[] = ['nothing']
  /** By store instruction: the variables it may write to. */
  readonly #known = new Map<number, Set<number>>()
  #learning = true

  /** @param symbols of the ELF file: data addresses of all static variables, and `_end`. */
  constructor(mcu: AvrMcu, symbols: ReadonlyMap<string, number>) {
    this.#mcu = mcu
    const end = symbols.get('_end')
    if (end === undefined || end < RAMSTART || end > RAMEND - 2 * CANARY_OCTETS)
      throw new Error('the ELF file has no _end')
    this.#staticEnd = end
    const variables = [...symbols].filter(([name, at]) => at >= RAMSTART && at < end && !name.startsWith('_'))
    variables.sort(([, a], [, b]) => a - b)
    variables.forEach(([name, at], i) => {
      this.#names.push(name)
      this.#owner.fill(this.#names.length - 1, at, variables[i + 1]?.[1] ?? end)
    })
    mcu.cpu.data.fill(CANARY, end, end + CANARY_OCTETS)
    mcu.cpu.watch(RAMSTART, end, (address, _value, pc) => this.#stored(address, pc))
    mcu.onFault(({ kind, pc, value }) =>
      this.violations.push(`${kind} at 0x${pc.toString(16)}: 0x${value.toString(16)}`),
    )
  }

  /** From now on each store must be to a variable that its instruction has written to before. */
  enforce(): void {
    this.#learning = false
  }

  /** The canary's state, and how far the stack came at this moment. */
  check(): void {
    const { data, SP } = this.#mcu.cpu
    if (SP < this.lowestStack) this.lowestStack = SP
    for (let at = this.#staticEnd; at < this.#staticEnd + CANARY_OCTETS; at++) {
      if (data[at] === CANARY) continue
      this.violations.push(
        `the stack reached 0x${at.toString(16)}, ${at - this.#staticEnd} octets above the static data`,
      )
      data[at] = CANARY
      return
    }
  }

  #stored(address: number, pc: number): void {
    const owner = this.#owner[address]
    let known = this.#known.get(pc)
    if (known === undefined) {
      known = new Set()
      this.#known.set(pc, known)
    }
    if (known.has(owner)) return
    // an instruction that has not run before is learnt by its first store: it can only be a new path, not a new place
    if (!this.#learning && known.size > 0 && this.violations.length < 20) {
      this.violations.push(
        `the store at 0x${pc.toString(16)} writes to ${this.#names[owner]}; before it wrote to ${[...known].map((each) => this.#names[each]).join(', ')}`,
      )
    }
    known.add(owner)
  }
}
