/** The control registers' values, and what the masks of the register table let a host and a reset do to them. */
import { type ControlRegister, REGISTERS, type RegisterName } from '../../../firmware/enc28j60/registers.js'
import { PLACE, PLACES } from './places.js'

/** Registers that keep their value through every reset but power-on (DS39662 11.0). */
const KEPT: ReadonlySet<RegisterName> = new Set(['ECOCON'])

export class RegisterFile {
  /** By place; read freely. A host's write goes through `merge`. */
  readonly values = new Uint8Array(PLACES)
  readonly #at: (ControlRegister | undefined)[] = new Array(PLACES).fill(undefined)

  constructor() {
    for (const register of Object.values(REGISTERS)) this.#at[PLACE[register.name]] = register
  }

  /** The register at a place; undefined where nothing is implemented. */
  at(place: number): ControlRegister | undefined {
    return this.#at[place]
  }

  /**
   * What a register that holds `old` holds after a host wrote `value`: writable bits follow, clear-only bits only fall
   * (unless `flagsWritable`).
   */
  merge(register: ControlRegister, old: number, value: number, flagsWritable: boolean): number {
    const { writable, clearOnly } = register
    if (flagsWritable) return (value & (writable | clearOnly)) | (old & ~writable & ~clearOnly)
    return (value & writable) | (old & ~writable & ~clearOnly) | (old & value & clearOnly)
  }

  /** Reset values. `powerOn`: also of what other resets leave alone. ESTAT.CLKRDY stays: the caller knows. */
  reset(powerOn: boolean): void {
    for (const { name, reset } of Object.values(REGISTERS)) {
      if (powerOn || !KEPT.has(name)) this.values[PLACE[name]] = reset
    }
  }

  /** A pair of registers, low octet at `low`. */
  word(low: number): number {
    return this.values[low] | (this.values[low + 1] << 8)
  }

  setWord(low: number, value: number): void {
    this.values[low] = value
    this.values[low + 1] = value >>> 8
  }
}
