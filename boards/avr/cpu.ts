/**
 * The AVR core: avr8js's CPU (data memory, register hooks, interrupt records) with an event queue and an instruction
 * core of our own, so that a peripheral costs nothing while it has nothing to do. The run loop compares one number an
 * instruction, `limit`: the cycle at which something other than the next instruction is due.
 *
 * Differences from avr8js that a program can see: an interrupt takes four cycles (DS40002061B 7.7.1; five where the program
 * counter has more than 16 bits) and one more
 * instruction runs after SEI and RETI (7.7); SBI and CBI on a flag register act on their bit alone (14.4, note 3 of the
 * register summary); SLEEP, SPM and LPM have hooks; the stack goes through the same checks as any other store.
 */

import { CPU } from 'avr8js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { operationsOf } from './instruction-set.js'
import { execute } from './instructions.js'
import { type AvrPart, hasWidePc } from './part.js'
import { SREG } from './registers.js'
import { type LoopTable, loopTableOf } from './translation/loops.js'

/** An interrupt source as avr8js describes it: vector, flag and enable bits. */
export type AVRInterruptConfig = Parameters<CPU['queueInterrupt']>[0] & {
  /** Is called when the vector is executed, for sources whose flag the hardware clears in its own way. */
  taken?: () => void
}
type AVRClockEventCallback = () => void

/** Kinds of data memory address: plain memory, or something that must be asked. */
const PLAIN = 0
const HOOKED = 1
const WATCHED = 2
const ABSENT = 3

const I = 0x80

/** What a program did that the data sheet forbids or that the part does not have. */
export type AvrFaultKind =
  | 'illegal-opcode'
  | 'store-outside-memory'
  | 'load-outside-memory'
  | 'spm-outside-boot-section'

export interface AvrFault {
  readonly kind: AvrFaultKind
  /** Octet address of the instruction in flash. */
  readonly pc: number
  /** Opcode for `illegal-opcode`, data address for a load or a store, flash address otherwise. */
  readonly value: number
}

interface ClockEvent {
  at: number
  callback: AVRClockEventCallback
  next: ClockEvent | undefined
}

/** Is called before a watched octet is stored, or loaded: then with what memory has. */
export type MemoryWatch = (address: number, value: number, pc: number) => void

/** Who looks at each instruction before it is executed: a debugger. */
export interface InstructionProbe {
  /** @returns whether nothing is to happen here, neither an instruction nor an interrupt: the slice ends */
  stops(): boolean
  /** @returns whether the instruction at `pc` may be executed; if not, the slice ends before it */
  allows(): boolean
  /** An interrupt is about to be taken: `pc` and SP are those that it will return to. */
  interrupted(): void
}

/** SEI and RETI, and OUT to SREG of any register: one more instruction runs after them before an interrupt (7.7). */
const SEI = 0x9478
const RETI = 0x9518
const OUT_SREG = 0xbe0f
const ANY_REGISTER = 0x01f0

export class AvrCpu extends CPU {
  /** Cycle at which the instruction loop must come up for air. */
  limit = 0
  /** Cycle at which the slice under way ends; whoever makes something due sooner lowers it, and `limit` with it. */
  until = 0
  /** Is true from SLEEP to the interrupt that ends it. */
  sleeping = false
  /** Per data address: may a load or store go straight to memory? */
  readonly loadKind = new Uint8Array(0x10000)
  readonly storeKind = new Uint8Array(0x10000)
  /** LPM must ask (fuses, signature or lock bits are selected, or the flash is busy): 27.8.3 to 27.8.9. */
  lpmAsks = false

  readonly part: AvrPart
  /** Loops that are translated; undefined: each instruction is looked at for itself, to the same end. */
  loops: LoopTable | undefined
  /** What each opcode is on this part. */
  readonly operations: Uint8Array
  /** Added to a vector's address: IVSEL (12.4). Words. */
  vectorBase = 0
  handleSleep: () => void = () => {}
  handleWake: () => void = () => {}
  /** SPM with Z and R1:R0 as they are in the register file. */
  handleSpm: () => void = () => {}
  handleLpm: (address: number) => number = (address) => this.progBytes[address & (this.progBytes.length - 1)]
  readonly #faultListeners = new Listeners<[fault: AvrFault]>()
  /** Is called when an interrupt is queued while the CPU sleeps or its slice is over. */
  handleAttention: () => void = () => {}
  /** Undefined while nobody debugs: the instruction loop then knows nothing of it. */
  probe: InstructionProbe | undefined
  /** Interrupts taken since reset of the counter, by word address of the vector. */
  readonly interruptsTaken: Uint32Array

  readonly #waiting: (AVRInterruptConfig | undefined)[]
  /** Registers whose bits are cleared by writing one to them (the note of the register summary on SBI). */
  readonly #flagRegisters: readonly number[]
  #events: ClockEvent | undefined
  #pool: ClockEvent | undefined
  #watches: { from: number; to: number; watch: MemoryWatch; loads: boolean }[] = []
  /** The instruction before, executed alone, keeps interrupts off for one more (7.7). */
  #sheltered = false
  /** Cycle the clock event that runs was due, or -1: an instruction may have gone a cycle or two past it. */
  #eventAt = -1
  #executing = false

  constructor(part: AvrPart) {
    super(new Uint16Array(part.flashWords), part.ramEnd + 1 - 0x100)
    this.part = part
    this.operations = operationsOf(hasWidePc(part))
    this.loops = loopTableOf(this)
    this.interruptsTaken = new Uint32Array(part.vectorWords)
    this.#waiting = new Array(part.vectorWords).fill(undefined)
    const { timers, pinChanges, externalInterrupts } = part
    this.#flagRegisters = [...timers.map(({ TIFR }) => TIFR), pinChanges.PCIFR, externalInterrupts.EIFR]
    this.classify()
  }

  onFault(listener: (fault: AvrFault) => void): () => void {
    return this.#faultListeners.add(listener)
  }

  /** The cycle at which what now happens, happens. */
  get instant(): number {
    return this.#eventAt >= 0 ? this.#eventAt : this.cycles
  }

  /** Octet address in flash of the instruction that is executed; between two, of the next one. */
  get instructionAddress(): number {
    return 2 * (this.#executing ? (this.pc - 1) & (this.progMem.length - 1) : this.pc)
  }

  /** Sorts the data addresses into plain and hooked; to be called once when all peripherals have put in their hooks. */
  classify(): void {
    for (let address = 0; address < 0x10000; address++) {
      const absent = address > this.part.ramEnd
      const watchedFor = (wanted: boolean) =>
        this.#watches.some(({ from, to, loads }) => loads === wanted && address >= from && address < to)
      this.loadKind[address] = absent
        ? ABSENT
        : watchedFor(true)
          ? WATCHED
          : this.readHooks[address] !== undefined && address >= 32
            ? HOOKED
            : PLAIN
      this.storeKind[address] = absent
        ? ABSENT
        : watchedFor(false)
          ? WATCHED
          : address === SREG || (this.writeHooks[address] !== undefined && address >= 32)
            ? HOOKED
            : PLAIN
    }
  }

  /**
   * Calls back before each store to data addresses `from` up to but not including `to`, the stack's included.
   * @param loads before each load in place of that, but for the return addresses of RET and RETI
   */
  watch(from: number, to: number, watch: MemoryWatch, loads = false): () => void {
    const entry = { from, to, watch, loads }
    this.#watches.push(entry)
    this.classify()
    return () => {
      this.#watches = this.#watches.filter((other) => other !== entry)
      this.classify()
    }
  }

  /** A load that is not plain memory; the instruction loop has set `cycles` and `pc`. */
  loadSlow(address: number): number {
    if (this.loadKind[address] === WATCHED) this.#tellWatches(address, this.data[address], true)
    const hook = this.readHooks[address]
    if (hook !== undefined) return hook(address)
    if (address > this.part.ramEnd) {
      this.fault('load-outside-memory', address)
      return 0
    }
    return this.data[address]
  }

  /** A store that is not plain memory. `mask`: the bits an SBI or CBI touches, else 0xff. */
  storeSlow(address: number, value: number, mask = 0xff): void {
    const kind = this.storeKind[address]
    if (kind === ABSENT) {
      this.fault('store-outside-memory', address)
      return
    }
    if (kind === WATCHED) this.#tellWatches(address, value, false)
    if (address === SREG) {
      const old = this.data[SREG]
      this.data[SREG] = value
      if (value & ~old & I && this.nextInterrupt >= 0) this.limit = Math.min(this.limit, this.cycles + 2)
      return
    }
    const hook = this.writeHooks[address]
    if (hook?.(value, this.data[address], address, mask)) return
    this.data[address] = value
  }

  #tellWatches(address: number, value: number, wanted: boolean): void {
    for (const { from, to, watch, loads } of this.#watches)
      if (loads === wanted && address >= from && address < to) watch(address, value, (this.pc - 1) * 2)
  }

  /** SBI and CBI on a hooked register. A flag register receives its one bit only: writing 1 clears, writing 0 does nothing. */
  storeBitSlow(address: number, mask: number, set: boolean): void {
    if (this.#flagRegisters.includes(address)) {
      if (set) this.storeSlow(address, mask, mask)
      return
    }
    const old = this.loadKind[address] === PLAIN ? this.data[address] : this.loadSlow(address)
    this.storeSlow(address, set ? old | mask : old & ~mask, mask)
  }

  fault(kind: AvrFaultKind, value: number): void {
    this.#faultListeners.tell({ kind, pc: (this.pc - 1) * 2, value })
  }

  /** Executes nothing more and takes no interrupt until `restart`; peripherals go on, as they do in idle mode (10.3). */
  hang(): void {
    this.data[SREG] &= ~I
    this.sleeping = true
    this.endSlice(this.cycles)
  }

  /** Runs instructions, clock events and interrupts up to cycle `until`, or until asleep with nothing due before it. */
  run(): void {
    while (this.cycles < this.until) {
      if (this.probe?.stops()) {
        this.endSlice(this.cycles)
        return
      }
      this.#runEvents()
      if (this.nextInterrupt >= 0 && this.data[SREG] & I && !this.#sheltered) this.#takeInterrupt()
      const next = this.#events
      if (this.sleeping) {
        if (next === undefined || next.at >= this.until) return
        if (next.at > this.cycles) this.cycles = next.at
        continue
      }
      const stop = next !== undefined && next.at < this.until ? next.at : this.until
      if (stop <= this.cycles) continue
      if (this.probe !== undefined && !this.probe.allows()) {
        this.endSlice(this.cycles)
        return
      }
      if (this.probe !== undefined || this.#sheltered) this.#executeOne(stop)
      else {
        this.limit = stop
        this.#execute()
      }
    }
    this.#runEvents()
  }

  #execute(): void {
    this.#executing = true
    try {
      execute(this)
    } finally {
      this.#executing = false
    }
  }

  /** One instruction, with what comes after it as in a slice up to cycle `stop`. */
  #executeOne(stop: number): void {
    const opcode = this.progMem[this.pc]
    const pending = this.nextInterrupt >= 0
    const enabled = this.data[SREG] & I
    this.limit = this.cycles + 1
    this.#execute()
    const sets = opcode === SEI || (opcode & ~ANY_REGISTER) === OUT_SREG
    const enables = opcode === RETI || (sets && !enabled && (this.data[SREG] & I) !== 0)
    this.#sheltered = pending && enables && this.cycles < stop
  }

  /** Ends the slice under way at `cycle`, if that is sooner. */
  endSlice(cycle: number): void {
    if (cycle < this.until) this.until = cycle
    if (cycle < this.limit) this.limit = cycle
  }

  /** Cycle of the next clock event, or undefined. */
  get nextEventAt(): number | undefined {
    return this.#events?.at
  }

  /** Puts the core into its state after reset: program counter, I/O registers 0, nothing pending. SRAM keeps what it has. */
  restart(pc: number): void {
    this.data.fill(0, 0x20, this.part.ramStart)
    this.SP = this.part.ramEnd
    this.pc = pc
    this.sleeping = false
    this.lpmAsks = false
    this.#sheltered = false
    this.vectorBase = 0
    this.#waiting.fill(undefined)
    this.nextInterrupt = -1
    this.#events = undefined
    this.limit = 0
    // A programmer may have been there.
    this.loops?.forget()
  }

  #runEvents(): void {
    for (;;) {
      const event = this.#events
      if (event === undefined || event.at > this.cycles || event.at >= this.until) return
      this.#events = event.next
      this.#eventAt = event.at
      const { callback } = event
      event.next = this.#pool
      this.#pool = event
      callback()
      this.#eventAt = -1
    }
  }

  /** Cycles that an interrupt takes to begin: 7.7.1, and with a return address of three octets one more (DS40002211A 7.8.1). */
  get #response(): number {
    return this.pc22Bits ? 5 : 4
  }

  #takeInterrupt(): void {
    const address = this.nextInterrupt
    const interrupt = this.#waiting[address]!
    this.probe?.interrupted()
    if (this.sleeping) {
      this.sleeping = false
      this.cycles += this.#response // 7.7.1: as many more when the interrupt ends a sleep mode
      this.handleWake()
    }
    const sp = this.SP
    this.#push(sp, this.pc & 0xff)
    this.#push(sp - 1, (this.pc >> 8) & 0xff)
    if (this.pc22Bits) this.#push(sp - 2, this.pc >> 16)
    this.SP = sp - (this.pc22Bits ? 3 : 2)
    this.data[SREG] &= ~I
    this.cycles += this.#response
    this.pc = address + this.vectorBase
    this.interruptsTaken[address]++
    if (!interrupt.constant) this.clearInterrupt(interrupt)
    interrupt.taken?.()
  }

  #push(address: number, value: number): void {
    if (this.storeKind[address & 0xffff] === PLAIN) this.data[address] = value
    else this.storeSlow(address & 0xffff, value)
  }

  override addClockEvent(callback: AVRClockEventCallback, cycles: number): AVRClockEventCallback {
    const at = this.instant + Math.max(1, cycles)
    const event: ClockEvent = this.#pool ?? { at, callback, next: undefined }
    if (event === this.#pool) {
      this.#pool = event.next
      event.at = at
      event.callback = callback
    }
    let previous: ClockEvent | undefined
    let next = this.#events
    while (next !== undefined && next.at <= at) {
      previous = next
      next = next.next
    }
    event.next = next
    if (previous === undefined) {
      this.#events = event
      if (at < this.limit) this.limit = at
      if (this.sleeping) this.handleAttention()
    } else previous.next = event
    return callback
  }

  override clearClockEvent(callback: AVRClockEventCallback): boolean {
    let previous: ClockEvent | undefined
    for (let event = this.#events; event !== undefined; previous = event, event = event.next) {
      if (event.callback !== callback) continue
      if (previous === undefined) this.#events = event.next
      else previous.next = event.next
      event.next = this.#pool
      this.#pool = event
      return true
    }
    return false
  }

  override updateClockEvent(callback: AVRClockEventCallback, cycles: number): boolean {
    if (!this.clearClockEvent(callback)) return false
    this.addClockEvent(callback, cycles)
    return true
  }

  override queueInterrupt(interrupt: AVRInterruptConfig): void {
    const { address } = interrupt
    this.#waiting[address] = interrupt
    if (this.nextInterrupt === -1 || this.nextInterrupt > address) this.nextInterrupt = address
    if (this.data[SREG] & I) {
      if (this.limit > this.cycles) this.limit = this.cycles
      if (this.sleeping) this.handleAttention()
    }
  }

  override clearInterrupt({ address, flagRegister, flagMask }: AVRInterruptConfig, clearFlag = true): void {
    if (clearFlag) this.data[flagRegister] &= ~flagMask
    if (this.#waiting[address] === undefined) return
    this.#waiting[address] = undefined
    if (this.nextInterrupt !== address) return
    let next = address + 1
    const { length } = this.#waiting
    while (next < length && this.#waiting[next] === undefined) next++
    this.nextInterrupt = next < length ? next : -1
  }

  override tick(): void {
    throw new Error('AvrCpu.run drives this core; avr8js tick() is not used')
  }
}
