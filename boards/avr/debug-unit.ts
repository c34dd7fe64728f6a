/**
 * What a debugger does with an emulated controller: stop it before an instruction or behind a load or a store, let one instruction pass, read and
 * write registers and memory. The instruction loop knows nothing of it while nobody debugs: with a breakpoint or a step, instructions are
 * executed one by one (`AvrCpu.probe`), to the same cycles; a watchpoint is a kind of data memory address.
 *
 * Time is another's to hold: `onStop` is called within the event in which the controller stops.
 */
import { Listeners } from '../../firmware/hal/listeners.js'
import type { AvrMcu } from './mcu.js'
import { SREG } from './registers.js'

export type WatchKind = 'write' | 'read' | 'access'

export type StopReason =
  | { readonly kind: 'reset' | 'interrupted' | 'step' | 'breakpoint' }
  | { readonly kind: 'watchpoint'; readonly watch: WatchKind; readonly address: number }

/** Word addresses in which a step goes on, from `from` up to but not including `to`. */
export interface StepRange {
  readonly from: number
  readonly to: number
}

interface Watchpoint {
  readonly kind: WatchKind
  readonly from: number
  readonly octets: number
  readonly forget: readonly (() => void)[]
}

/** Registers that instructions change without a load or a store: the register file; SPL, SPH and SREG. */
const UNWATCHED = [
  [0x00, 0x20],
  [0x5d, 0x60],
] as const
/** Watchpoints at a time; a real on-chip debug system has two. */
const MOST_WATCHPOINTS = 32

export class DebugUnit {
  readonly #mcu: AvrMcu
  readonly #stopListeners = new Listeners<[reason: StopReason]>()
  readonly #breakpoints = new Set<number>()
  #watchpoints: Watchpoint[] = []
  #stopped: StopReason | undefined
  /** What is to stop it before the next instruction: a reset that is waited for, or a load or store of the one before. */
  #due: StopReason | undefined
  #step: StepRange | undefined
  /** While a step is in an interrupt that came meanwhile: where that returns to. */
  #returns: { readonly pc: number; readonly sp: number } | undefined
  /** Where it stood when it was resumed: that instruction is executed whatever is set there; -1 afterwards. */
  #resumedAt = -1
  #stoppedAt = -1
  /** A step has executed an instruction. */
  #mayEnd = false

  constructor(mcu: AvrMcu) {
    this.#mcu = mcu
    mcu.onReset(() => {
      // A step that a reset interrupts ends at the first instruction after it.
      if (this.#step !== undefined) this.#due = { kind: 'reset' }
    })
  }

  /** Why it stands; undefined while it runs. */
  get stopped(): StopReason | undefined {
    return this.#stopped
  }

  /** Is called when it stops, within the event in which it does: time is to stand from there on. */
  onStop(listener: (reason: StopReason) => void): () => void {
    return this.#stopListeners.add(listener)
  }

  /** Stops it before the next instruction that it executes: before it has begun, the first. */
  stopNext(): void {
    this.#due = { kind: 'reset' }
    this.#look()
  }

  /** Stops it where it is, between two events: asleep and in reset as well. */
  interrupt(): void {
    if (this.#stopped === undefined) this.#stop({ kind: 'interrupted' })
  }

  /** Goes on; with a range for one instruction, and for those that follow while they are in it. Interrupts that come meanwhile are run through. */
  resume(step?: StepRange): void {
    const { cpu } = this.#mcu
    this.#resumedAt = cpu.pc === this.#stoppedAt ? cpu.pc : -1
    this.#stopped = undefined
    this.#due = undefined
    this.#returns = undefined
    this.#step = step
    this.#mayEnd = false
    this.#look()
  }

  /** Everything that was set is forgotten, and the controller goes on. */
  detach(): void {
    this.#breakpoints.clear()
    for (const { forget } of this.#watchpoints) for (const each of forget) each()
    this.#watchpoints = []
    this.resume()
  }

  /** @param word its address. @returns false where there is no flash */
  addBreakpoint(word: number): boolean {
    if (word >= this.#mcu.cpu.progMem.length) return false
    this.#breakpoints.add(word)
    this.#look()
    return true
  }

  removeBreakpoint(word: number): void {
    this.#breakpoints.delete(word)
    this.#look()
  }

  /** @returns false for octets that cannot be watched, and where there are too many watchpoints */
  addWatchpoint(kind: WatchKind, from: number, octets: number): boolean {
    const { cpu, part } = this.#mcu
    const to = from + octets
    if (octets < 1 || to > part.ramEnd + 1 || this.#watchpoints.length >= MOST_WATCHPOINTS) return false
    if (UNWATCHED.some(([first, behind]) => from < behind && to > first)) return false
    const hit = (address: number) => this.#hit(kind, address)
    const forget: (() => void)[] = []
    if (kind !== 'read') forget.push(cpu.watch(from, to, hit))
    if (kind !== 'write') forget.push(cpu.watch(from, to, hit, true))
    this.#watchpoints.push({ kind, from, octets, forget })
    return true
  }

  removeWatchpoint(kind: WatchKind, from: number, octets: number): void {
    const found = this.#watchpoints.find((each) => each.kind === kind && each.from === from && each.octets === octets)
    for (const forget of found?.forget ?? []) forget()
    this.#watchpoints = this.#watchpoints.filter((each) => each !== found)
  }

  /** An octet of data memory, as a program would read it now, and without what reading does to a register. */
  peek(address: number): number {
    const { cpu, part } = this.#mcu
    for (const { TCNT, TIFR, bits } of part.timers) {
      if (address === TIFR) return cpu.loadSlow(TIFR)
      if (address !== TCNT && (bits === 8 || address !== TCNT + 1)) continue
      if (bits === 8) return cpu.readHooks[TCNT](TCNT)
      // Reading the low octet latches the high one (16.3): what the program has latched is put back.
      const latched = cpu.readHooks[TCNT + 1](TCNT + 1)
      const low = cpu.readHooks[TCNT](TCNT)
      const high = cpu.readHooks[TCNT + 1](TCNT + 1)
      cpu.writeHooks[TCNT + 1](latched, 0, TCNT + 1, 0xff)
      return address === TCNT ? low : high
    }
    return cpu.data[address]
  }

  /** Stores an octet of data memory as a program would: registers act. */
  poke(address: number, value: number): void {
    const { cpu } = this.#mcu
    if (cpu.storeKind[address] === 0) cpu.data[address] = value
    else this.#mcu.core.outside(() => cpu.storeSlow(address, value))
  }

  /** Writes SREG as an instruction would: an interrupt that waits for I comes. */
  set sreg(value: number) {
    this.poke(SREG, value)
  }

  #stop(reason: StopReason): void {
    this.#stopped = reason
    this.#stoppedAt = this.#mcu.cpu.pc
    this.#due = undefined
    this.#step = undefined
    this.#look()
    this.#stopListeners.tell(reason)
  }

  #hit(watch: WatchKind, address: number): void {
    if (this.#stopped !== undefined) return // the debugger itself
    this.#due ??= { kind: 'watchpoint', watch, address }
    this.#look()
    // The instruction ends, and no other begins.
    const { cpu } = this.#mcu
    cpu.limit = Math.min(cpu.limit, cpu.cycles)
  }

  /** Instructions are looked at one by one while there is anything that they are looked at for. */
  #look(): void {
    const isWanted =
      this.#stopped !== undefined || this.#due !== undefined || this.#step !== undefined || this.#breakpoints.size > 0
    this.#mcu.cpu.probe = isWanted ? this.#probe : undefined
  }

  readonly #probe = {
    stops: (): boolean => {
      if (this.#due !== undefined) this.#stop(this.#due)
      return this.#stopped !== undefined
    },
    allows: (): boolean => {
      const { pc } = this.#mcu.cpu
      const resumed = pc === this.#resumedAt && !this.#mayEnd && this.#returns === undefined
      const reason = !resumed && this.#breakpoints.has(pc) ? BREAKPOINT : this.#endOfStep(pc)
      if (reason === undefined) {
        if (this.#returns === undefined) {
          this.#mayEnd = true
          this.#resumedAt = -1
        }
        return true
      }
      this.#stop(reason)
      return false
    },
    interrupted: () => {
      const { pc, SP: sp } = this.#mcu.cpu
      // Within an interrupt others are part of it.
      if (this.#step !== undefined) this.#returns ??= { pc, sp }
    },
  }

  #endOfStep(pc: number): StopReason | undefined {
    if (this.#step === undefined) return undefined
    if (this.#returns !== undefined) {
      if (pc !== this.#returns.pc || this.#mcu.cpu.SP !== this.#returns.sp) return undefined
      this.#returns = undefined
    }
    const { from, to } = this.#step
    return this.#mayEnd && (pc < from || pc >= to) ? STEP : undefined
  }
}

const BREAKPOINT: StopReason = { kind: 'breakpoint' }
const STEP: StopReason = { kind: 'step' }
