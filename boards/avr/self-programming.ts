/**
 * Self-programming (DS40002061B 27): SPM and the LPM forms that read fuses, lock bits and signature. Where the read-while-write
 * section ends is the part's, the boot section begins where BOOTSZ says (tables 27-7, 27-8).
 *
 * Not modelled: lock bit modes that keep LPM out of a section (27.5), programming noise of a supply that is too low.
 */
import type { Timer } from '../../firmware/hal/clock.js'
import { MICROSECOND } from '../../firmware/hal/clock.js'
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import { bootSectionStart } from './fuses.js'
import type { AvrPart, Fuses, SelfProgrammingConfig } from './part.js'
import { RAMPZ } from './registers.js'

const SPMIE = 0x80
const RWWSB = 0x40
const SIGRD = 0x20
const RWWSRE = 0x10
const BLBSET = 0x08
const PGWRT = 0x04
const PGERS = 0x02
const SPMEN = 0x01

/** Table 27-5: 3.7 to 4.5 ms for a page erase, a page write and the lock bits. */
const PROGRAMMING_TIME = 4_500 * MICROSECOND
/** SPM must follow SPMCSR within four cycles, LPM within three (27.9.1). */
const ARMED_CYCLES = 4

export class SelfProgramming {
  fuses: Fuses
  /** Page erases and page writes since power-on. */
  erased = 0
  written = 0
  readonly #core: AvrCore
  readonly #part: AvrPart
  readonly #config: SelfProgrammingConfig
  readonly #buffer: Uint8Array
  #timer: Timer | undefined
  #armedUntil = -1
  readonly #ready: AVRInterruptConfig

  constructor(core: AvrCore, part: AvrPart, fuses: Fuses) {
    this.#core = core
    this.#part = part
    this.#config = part.selfProgramming
    this.fuses = fuses
    const { SPMCSR, vector, pageOctets } = this.#config
    this.#buffer = new Uint8Array(pageOctets).fill(0xff)
    this.#ready = {
      address: vector,
      flagRegister: SPMCSR,
      flagMask: SPMEN,
      enableRegister: SPMCSR,
      enableMask: SPMIE,
      constant: true,
      inverseFlag: true,
    }
    const { cpu } = core
    cpu.writeHooks[SPMCSR] = (value) => {
      this.#arm(value)
      return true
    }
    cpu.handleSpm = () => this.#spm()
    cpu.handleLpm = (address) => this.#lpm(address)
  }

  reset(): void {
    this.#core.clock.cancel(this.#timer)
    this.#timer = undefined
    this.#armedUntil = -1
    this.#buffer.fill(0xff)
    this.#core.cpu.lpmAsks = false
  }

  #arm(value: number): void {
    const { cpu } = this.#core
    if (this.#timer !== undefined) {
      cpu.data[this.#config.SPMCSR] = (cpu.data[this.#config.SPMCSR] & ~SPMIE) | (value & SPMIE)
      return
    }
    cpu.data[this.#config.SPMCSR] = (cpu.data[this.#config.SPMCSR] & RWWSB) | (value & ~RWWSB)
    cpu.clearClockEvent(this.#disarm)
    if (value & SPMEN) {
      // STS takes two cycles and the four count from its end
      this.#armedUntil = cpu.cycles + 2 + ARMED_CYCLES
      cpu.addClockEvent(this.#disarm, 2 + ARMED_CYCLES)
    }
    this.#watchLpm()
    this.#interrupt()
  }

  /** 27.9.1: SPMEN clears itself after four cycles without SPM. */
  readonly #disarm = () => {
    this.#core.cpu.data[this.#config.SPMCSR] &= RWWSB | SPMIE
    this.#armedUntil = -1
    this.#watchLpm()
    this.#interrupt()
  }

  /** LPM needs asking while SPMCSR is armed or the read-while-write section is busy; otherwise it goes straight to flash. */
  #watchLpm(): void {
    const { cpu } = this.#core
    cpu.lpmAsks = this.#armedUntil >= 0 || (cpu.data[this.#config.SPMCSR] & RWWSB) !== 0
  }

  #lpm(address: number): number {
    const { cpu } = this.#core
    const control = cpu.data[this.#config.SPMCSR]
    if (control & SPMEN && cpu.cycles <= this.#armedUntil && this.#timer === undefined) {
      if (control & BLBSET) {
        const { low, lock, extended, high } = this.fuses
        return [low, lock, extended, high][address & 3] // 27.8.9
      }
      if (control & SIGRD) {
        const place = address & 0x1f // table 27-6
        if (place === 1) return cpu.data[this.#config.OSCCAL]
        return (place & 1) === 0 ? (this.#config.signature[place >> 1] ?? 0xff) : 0xff
      }
    }
    const octet = address & (cpu.progBytes.length - 1)
    if (control & RWWSB && octet < this.#config.noReadWhileWrite) return 0xff // 27.4.1: not readable while busy; we say erased
    return cpu.progBytes[octet]
  }

  #spm(): void {
    const { cpu } = this.#core
    const control = cpu.data[this.#config.SPMCSR]
    const z = cpu.data[30] | (cpu.data[31] << 8)
    const address = (cpu.pc22Bits ? z | (cpu.data[RAMPZ] << 16) : z) & (cpu.progBytes.length - 1)
    // 27.3: SPM has an effect in the boot section only
    if (cpu.pc - 1 < bootSectionStart(this.#part, this.fuses)) {
      cpu.fault('spm-outside-boot-section', address)
      return
    }
    if (this.#timer !== undefined || (control & SPMEN) === 0 || cpu.cycles > this.#armedUntil) return
    cpu.clearClockEvent(this.#disarm)
    this.#armedUntil = -1
    const selected = control & (RWWSRE | BLBSET | PGWRT | PGERS | SIGRD)
    if (selected === 0) {
      // 27.8.2: a word of the buffer is written once until it is erased
      const place = address & (this.#buffer.length - 2)
      this.#buffer[place] &= cpu.data[0]
      this.#buffer[place + 1] &= cpu.data[1]
    } else if (selected === RWWSRE) {
      cpu.data[this.#config.SPMCSR] &= ~RWWSB
      this.#buffer.fill(0xff)
    } else if (selected === PGERS || selected === PGWRT) {
      this.#program(address & ~(this.#buffer.length - 1), selected)
      return
    } else if (selected === BLBSET) {
      this.fuses = { ...this.fuses, lock: this.fuses.lock & (cpu.data[0] | 0xc0) }
    }
    this.#disarm()
  }

  #program(page: number, selected: number): void {
    const { cpu } = this.#core
    if (this.#locked(page)) {
      this.#disarm()
      return
    }
    const flash = cpu.progBytes
    cpu.loops?.forget()
    if (selected === PGERS) {
      flash.fill(0xff, page, page + this.#buffer.length)
      this.erased++
    } else {
      for (let i = 0; i < this.#buffer.length; i++) flash[page + i] &= this.#buffer[i]
      this.#buffer.fill(0xff) // 27.8.1: auto-erased after a page write
      this.written++
    }
    if (page >= this.#config.noReadWhileWrite) {
      // 27.4: the CPU is halted during the whole operation
      cpu.cycles += Math.ceil(PROGRAMMING_TIME / this.#core.duration(1))
      this.#disarm()
      return
    }
    cpu.data[this.#config.SPMCSR] |= RWWSB
    this.#core.outside(() => {
      this.#timer = this.#core.clock.after(PROGRAMMING_TIME, () => {
        this.#timer = undefined
        this.#disarm()
      })
    })
    this.#watchLpm()
    this.#interrupt()
  }

  /** BLB0 and BLB1, modes 2 and 3 (tables 27-2, 27-3): SPM may not write the section. */
  #locked(page: number): boolean {
    const boot = page >= bootSectionStart(this.#part, this.fuses) * 2
    return (this.fuses.lock & (boot ? 0x10 : 0x04)) === 0
  }

  #interrupt(): void {
    const { cpu } = this.#core
    if (cpu.data[this.#config.SPMCSR] & SPMIE && (cpu.data[this.#config.SPMCSR] & SPMEN) === 0)
      cpu.queueInterrupt(this.#ready)
    else cpu.clearInterrupt(this.#ready, false)
  }
}
