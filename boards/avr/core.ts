/**
 * The core on shared virtual time. The CPU executes in slices: from now to the scheduler's horizon, so that whatever
 * comes from outside (a pin edge, an octet on the line) finds it at the right cycle. What the CPU does to the outside goes
 * through `outside`, which moves the shared clock to the cycle of the instruction first, and afterwards shortens the slice
 * when the act made something due sooner.
 */
import type { Timer } from '../../firmware/hal/clock.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { Scheduler } from '../simulation/scheduler.js'
import { AvrCpu } from './cpu.js'
import type { AvrPart } from './part.js'

/** A condition on the run is looked at between slices: no slice is longer, in nanoseconds. */
const LONGEST_SLICE = 100_000

export class AvrCore {
  readonly cpu: AvrCpu
  readonly clock: Scheduler
  /** Nanoseconds a cycle. */
  #period: number
  /** A cycle and the instant it began; they move on when the clock's frequency changes or it stood still. */
  #cycle = 0
  #time = 0
  #timer: Timer | undefined
  #running = false
  #started = false
  /** The main clock stands still: power-down and standby sleep (10.5, 10.7). */
  #stopped = false

  constructor(clock: Scheduler, frequency: number, part: AvrPart) {
    this.clock = clock
    this.cpu = new AvrCpu(part)
    this.#period = SECOND / frequency
    this.cpu.handleAttention = () => this.#attend()
  }

  /** System clock (clkCPU), hertz. */
  get frequency(): number {
    return SECOND / this.#period
  }

  /** Is true while the CPU is clocked: out of reset, asleep or not. */
  get started(): boolean {
    return this.#started
  }

  /** Is true while the main clock stands still. */
  get clockStopped(): boolean {
    return this.#stopped
  }

  /** The present instant as the chip sees it: within a slice the instruction's, else the clock's. */
  get now(): number {
    return this.#running ? this.#timeOf(this.cpu.instant) : this.clock.now
  }

  /** Starts the CPU at `pc`, now. */
  start(pc: number): void {
    this.cpu.restart(pc)
    this.#started = true
    this.#stopped = false
    this.#rebase()
    if (!this.#running) this.#schedule()
  }

  /** Stops it: reset held or power gone. */
  halt(): void {
    this.#started = false
    this.clock.cancel(this.#timer)
    this.#timer = undefined
    this.cpu.endSlice(this.cpu.cycles)
  }

  /** The CPU executes nothing more until it is restarted. */
  hang(): void {
    this.cpu.hang()
    if (!this.#running) this.#schedule()
  }

  /** Changes the system clock from this cycle on. */
  setFrequency(frequency: number): void {
    this.#time = this.#timeOf(this.cpu.cycles)
    this.#cycle = this.cpu.cycles
    this.#period = SECOND / frequency
    if (this.#running) this.#bound()
  }

  /** The main clock stops with the CPU asleep; cycles stand still until `resumeClock`. */
  stopClock(): void {
    this.#stopped = true
  }

  /** The main clock runs again: what comes next happens `startUpCycles` cycles from now. */
  resumeClock(startUpCycles: number): void {
    if (!this.#stopped) return
    this.#stopped = false
    this.#rebase()
    this.cpu.cycles += startUpCycles
    if (this.#running) this.#bound()
  }

  /** Does something to the world outside at the instant of the present instruction. */
  outside(act: () => void): void {
    if (!this.#running) {
      act()
      return
    }
    const { clock } = this
    clock.advanceTo(Math.min(this.#timeOf(this.cpu.instant), clock.horizon))
    act()
    this.#bound()
  }

  /** Nanoseconds that `cycles` take at the present frequency. */
  duration(cycles: number): number {
    return cycles * this.#period
  }

  #timeOf(cycle: number): number {
    return this.#time + Math.floor((cycle - this.#cycle) * this.#period)
  }

  /** The first cycle that begins at or after an instant. */
  #cycleAt(time: number): number {
    return this.#cycle + Math.ceil((time - this.#time) / this.#period)
  }

  #rebase(): void {
    this.#cycle = this.cpu.cycles
    this.#time = this.#running ? Math.max(this.clock.now, this.#time) : this.clock.now
  }

  #bound(): void {
    const { clock } = this
    this.cpu.endSlice(this.#cycleAt(Math.min(clock.horizon, clock.now + LONGEST_SLICE)))
  }

  #attend(): void {
    if (this.#running || !this.#started) return
    if (!this.#stopped) {
      const cycle = this.#cycleAt(this.clock.now)
      if (cycle > this.cpu.cycles) this.cpu.cycles = cycle
    }
    this.#schedule(true)
  }

  #schedule(atOnce = false): void {
    const { clock, cpu } = this
    clock.cancel(this.#timer)
    this.#timer = undefined
    if (!this.#started) return
    let at: number
    if (!cpu.sleeping || atOnce) at = this.#timeOf(cpu.cycles)
    else {
      const next = cpu.nextEventAt
      if (next === undefined || this.#stopped) return
      at = this.#timeOf(next)
    }
    this.#timer = clock.after(Math.max(0, at - clock.now), this.#slice)
  }

  readonly #slice = () => {
    this.#timer = undefined
    const { clock, cpu } = this
    if (cpu.sleeping && !this.#stopped) {
      const cycle = this.#cycleAt(clock.now)
      if (cycle > cpu.cycles) cpu.cycles = cycle
    }
    const end = this.#cycleAt(Math.min(clock.horizon, clock.now + LONGEST_SLICE))
    cpu.until = Math.max(end, cpu.cycles + 1)
    this.#running = true
    try {
      cpu.run()
    } finally {
      this.#running = false
    }
    // asleep or not: whoever acts next must not find the clock behind what the CPU has done
    clock.advanceTo(Math.min(this.#timeOf(cpu.cycles), clock.horizon))
    this.#schedule()
  }
}
