/** EEPROM (DS40002061B 8.4, 8.6). Programming runs on the internal oscillator, so its time is in nanoseconds. */
import type { Timer } from '../../firmware/hal/clock.js'
import { MICROSECOND } from '../../firmware/hal/clock.js'
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import type { EepromConfig } from './part.js'

const EEPM = 0x30
const EERIE = 0x08
const EEMPE = 0x04
const EEPE = 0x02
const EERE = 0x01

/** Table 8-1, by EEPM: erase and write, erase only, write only. */
const DURATION = [3_400 * MICROSECOND, 1_800 * MICROSECOND, 1_800 * MICROSECOND, 3_400 * MICROSECOND]

export class Eeprom {
  readonly memory: Uint8Array
  readonly #core: AvrCore
  readonly #config: EepromConfig
  #timer: Timer | undefined
  #enabledUntil = -1
  /** EE_READY asks as long as EEPE is 0 (8.6.3). */
  readonly #ready: AVRInterruptConfig

  constructor(core: AvrCore, config: EepromConfig) {
    this.#core = core
    this.#config = config
    const { octets, EECR, EEARH, vector } = config
    this.memory = new Uint8Array(octets).fill(0xff)
    this.#ready = {
      address: vector,
      flagRegister: EECR,
      flagMask: EEPE,
      enableRegister: EECR,
      enableMask: EERIE,
      constant: true,
      inverseFlag: true,
    }
    const { cpu } = core
    cpu.writeHooks[EECR] = (value) => {
      this.#write(value)
      return true
    }
    cpu.writeHooks[EEARH] = (value) => {
      cpu.data[EEARH] = value & ((octets - 1) >> 8)
      return true
    }
  }

  get busy(): boolean {
    return this.#timer !== undefined
  }

  reset(): void {
    this.#core.clock.cancel(this.#timer)
    this.#timer = undefined
    this.#enabledUntil = -1
  }

  #write(value: number): void {
    const { cpu } = this.#core
    const { data } = cpu
    const { EECR, EEDR, EEARL, EEARH } = this.#config
    const address = ((data[EEARH] << 8) | data[EEARL]) & (this.memory.length - 1)
    const enabled = cpu.cycles <= this.#enabledUntil
    const mode = this.busy ? data[EECR] & EEPM : value & EEPM
    data[EECR] = mode | (value & EERIE) | (this.busy ? EEPE : 0)
    if (value & EEMPE) {
      data[EECR] |= EEMPE
      this.#enabledUntil = cpu.cycles + 5
      cpu.clearClockEvent(this.#close)
      cpu.addClockEvent(this.#close, 6)
    }
    if (value & EERE && !this.busy) {
      data[EEDR] = this.memory[address]
      cpu.cycles += 4 // 8.6.3: the CPU is halted for four cycles
    } else if (value & EEPE && enabled && !this.busy) {
      data[EECR] = (data[EECR] & ~EEMPE) | EEPE
      const selected = mode >> 4
      if (selected === 0) this.memory[address] = data[EEDR]
      else if (selected === 1) this.memory[address] = 0xff
      else if (selected === 2) this.memory[address] &= data[EEDR]
      this.#core.outside(() => {
        this.#timer = this.#core.clock.after(DURATION[selected], this.#done)
      })
      cpu.cycles += 2 // and for two before the next instruction
    }
    this.#interrupt()
  }

  readonly #close = () => {
    this.#core.cpu.data[this.#config.EECR] &= ~EEMPE
  }

  readonly #done = () => {
    this.#timer = undefined
    this.#core.cpu.data[this.#config.EECR] &= ~EEPE
    this.#interrupt()
  }

  #interrupt(): void {
    const { cpu } = this.#core
    if (cpu.data[this.#config.EECR] & EERIE && !this.busy) cpu.queueInterrupt(this.#ready)
    else cpu.clearInterrupt(this.#ready, false)
  }
}
