/**
 * An emulated AVR as avr-gdb sees one. Its addresses are octets: flash from 0, data memory from 0x800000, EEPROM from 0x810000. Its registers are R0 to R31,
 * SREG, SP of two octets and PC of four, all with the lowest octet first; PC counts octets, the controller's own counts words.
 */

import { DebugUnit, type StopReason, type WatchKind } from '../../boards/avr/debug-unit.js'
import type { AvrMcu } from '../../boards/avr/mcu.js'
import { SREG } from '../../boards/avr/registers.js'

export const DATA_BASE = 0x800000
const EEPROM_BASE = 0x810000
const MEMORIES_END = 0x820000

/** First octet in the answer to `g`, and octets, by avr-gdb's number of the register. */
export const AVR_REGISTERS: readonly (readonly [at: number, octets: number])[] = [
  ...Array.from({ length: 33 }, (_, at) => [at, 1] as const),
  [33, 2],
  [35, 4],
]
const SP_AT = 33
export const PC_AT = 35
const ALL_REGISTERS = 39

/** Whether registers may act there, and watchpoints be. */
function isData(address: number): boolean {
  return address >= DATA_BASE && address < EEPROM_BASE
}

/** Holds virtual time, for everything in it. */
export interface TimeHold {
  hold(): void
  release(): void
}

export class AvrTarget {
  readonly unit: DebugUnit
  readonly #mcu: AvrMcu
  readonly #time: TimeHold

  constructor(mcu: AvrMcu, time: TimeHold) {
    this.#mcu = mcu
    this.#time = time
    this.unit = new DebugUnit(mcu)
    this.unit.onStop(() => time.hold())
  }

  get stopped(): StopReason | undefined {
    return this.unit.stopped
  }

  /** Word addresses. */
  resume(from?: number, to = (from ?? 0) + 1): void {
    this.unit.resume(from === undefined ? undefined : { from, to })
    this.#time.release()
  }

  detach(): void {
    this.unit.detach()
    this.#time.release()
  }

  /** Word address of the next instruction. */
  get pc(): number {
    return this.#mcu.cpu.pc
  }

  get registers(): Uint8Array {
    const { cpu } = this.#mcu
    const octets = new Uint8Array(ALL_REGISTERS)
    octets.set(cpu.data.subarray(0, 32))
    octets[32] = cpu.data[SREG]
    const view = new DataView(octets.buffer)
    view.setUint16(SP_AT, cpu.SP, true)
    view.setUint32(PC_AT, cpu.pc * 2, true)
    return octets
  }

  /** @returns false, and nothing is changed, where PC leads out of flash or into the middle of a word */
  setRegisters(octets: Uint8Array): boolean {
    const { cpu } = this.#mcu
    const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
    if (octets.length !== ALL_REGISTERS) return false
    const pc = view.getUint32(PC_AT, true)
    if ((pc & 1) !== 0 || pc / 2 >= cpu.progMem.length) return false
    cpu.data.set(octets.subarray(0, 32))
    if (octets[32] !== cpu.data[SREG]) this.unit.sreg = octets[32]
    cpu.SP = view.getUint16(SP_AT, true)
    cpu.pc = pc / 2
    return true
  }

  /** @returns what there is from an address on: fewer octets at the end of a memory, none outside of them all */
  read(address: number, octets: number): Uint8Array {
    const place = this.#placeOf(address)
    if (place === undefined) return new Uint8Array(0)
    const { memory, at } = place
    const end = Math.min(at + octets, memory.length)
    if (!isData(address)) return memory.slice(at, end)
    return Uint8Array.from({ length: end - at }, (_, i) => this.unit.peek(at + i))
  }

  /** @returns false, and nothing is changed, where not all of it fits into one memory */
  write(address: number, octets: Uint8Array): boolean {
    if (octets.length === 0) return true
    const place = this.#placeOf(address)
    if (place === undefined || place.at + octets.length > place.memory.length) return false
    const { memory, at } = place
    if (!isData(address)) memory.set(octets, at)
    else for (const [i, octet] of octets.entries()) this.unit.poke(at + i, octet)
    return true
  }

  /** @param address of avr-gdb. @returns false where there is no data memory, or none that can be watched */
  addWatchpoint(kind: WatchKind, address: number, octets: number): boolean {
    return isData(address) && this.unit.addWatchpoint(kind, address - DATA_BASE, octets)
  }

  removeWatchpoint(kind: WatchKind, address: number, octets: number): void {
    this.unit.removeWatchpoint(kind, address - DATA_BASE, octets)
  }

  #placeOf(address: number): { readonly memory: Uint8Array; readonly at: number } | undefined {
    const { cpu, eeprom, part } = this.#mcu
    const [memory, at] =
      address < DATA_BASE
        ? [cpu.progBytes, address]
        : address < EEPROM_BASE
          ? [cpu.data.subarray(0, part.ramEnd + 1), address - DATA_BASE]
          : [eeprom.memory, address - EEPROM_BASE]
    return address < MEMORIES_END && at < memory.length ? { memory, at } : undefined
  }
}
