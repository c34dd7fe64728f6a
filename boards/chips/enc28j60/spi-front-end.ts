/**
 * The SPI by octets (DS39662 4.0): what a chip select frame means. `begin` and `end` stand for the first and the last
 * edge of an octet, so that the pin-edge front end drives the same core at the instants the data sheet gives.
 */
import { BITS, type ControlRegister, OPCODE } from '../../../firmware/enc28j60/registers.js'
import { takeOctets } from '../../../firmware/hal/octet-slab.js'
import { ADDRESS_MASK } from './buffer-memory.js'
import type { ControlRegisters } from './control-registers.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'

const { ECON2, ERDPTL, ERXNDL, ERXSTL, EWRPTL } = PLACE
const { AUTOINC } = BITS.ECON2

/** Octets of a frame that a finding can show. */
const REMEMBERED = 32

/** What SO does outside the data phase of a read: the board decides (DS39662 4.1: high impedance). */
export type FloatingMiso = 'low' | 'high' | 'echo'

/** No octet is on SO: it is high impedance. */
export const HIGH_IMPEDANCE = -1

/** What a frame without a read returns, and what one octet is returned in: shared, because nobody changes a reply. */
const NOTHING = new Uint8Array(0)
const SINGLE = Array.from({ length: 256 }, (_, value) => Uint8Array.of(value))

/** Highest SCK, Hz (DS39662 table 16-6). */
const FASTEST = 20_000_000
/** CS hold, ns, after an instruction on a MAC or MII register, and after any other. */
const HOLD_MAC = 210
const HOLD = 10

type Phase = 'opcode' | 'dummy' | 'read' | 'write' | 'write memory' | 'read memory' | 'done' | 'ignored'

export class SpiFrontEnd {
  readonly #core: Core
  readonly #control: ControlRegisters
  readonly #floating: FloatingMiso
  #selected = false
  #phase: Phase = 'ignored'
  #opcode = 0
  #register: ControlRegister | undefined
  #value = 0
  #dummy = 0
  #clocked = 0
  readonly #octets = new Uint8Array(REMEMBERED)
  #count = 0
  #whole: Uint8Array | undefined
  /** Where RBM began. */
  #readFrom = 0
  /** Time from the last SCK edge to CS high, ns; undefined: unknown. */
  csHold: number | undefined

  constructor(core: Core, control: ControlRegisters, floating: FloatingMiso) {
    this.#core = core
    this.#control = control
    this.#floating = floating
  }

  /** What the driver has sent in this frame, as far as a finding shows it; a copy. */
  sent(): Uint8Array {
    return this.#whole?.slice(0, REMEMBERED) ?? this.#octets.slice(0, Math.min(this.#count, REMEMBERED))
  }

  /** What a host reads while SO is not driven. */
  floating(mosi: number): number {
    if (this.#floating === 'echo') return mosi
    return this.#floating === 'high' ? 0xff : 0x00
  }

  get selected(): boolean {
    return this.#selected
  }

  /** CS falls: a new instruction begins. */
  select(): void {
    if (this.#selected) return
    this.#selected = true
    this.#phase = this.#core.power.alive ? 'opcode' : 'ignored'
    this.#count = 0
    this.#clocked = 0
    this.#core.pins.chipSelect.tell(false)
  }

  /** What the bus has told about its clock and its chip select, against the limits. */
  #checkTiming(register: ControlRegister | undefined): void {
    const { findings } = this.#core
    if (this.#control.spiClock > FASTEST) findings.report('spi-too-fast')
    if (this.csHold === undefined) return
    const mac = register !== undefined && register.kind !== 'ETH'
    if (this.csHold < (mac ? HOLD_MAC : HOLD)) findings.report(mac ? 'cs-hold-too-short-mac' : 'cs-hold-too-short')
  }

  /** The chip went into reset or lost its supply: the rest of the frame means nothing to it. */
  abandon(): void {
    this.#phase = 'ignored'
  }

  /** CS rises: what is not complete is void. */
  deselect(): void {
    if (!this.#selected) return
    this.#core.pins.chipSelect.tell(true)
    this.#finish()
    this.#checkTiming(this.#register)
    this.#register = undefined
    this.#selected = false
    this.#phase = 'ignored'
    this.#count = 0
  }

  /** The octet that SO shows during the next eight clocks; HIGH_IMPEDANCE when it is not driven. */
  begin(): number {
    switch (this.#phase) {
      case 'dummy':
        return this.#dummy
      case 'read':
        return this.#value
      case 'read memory':
        return this.#core.memory.octets[this.#core.registers.word(ERDPTL)]
      default:
        return HIGH_IMPEDANCE
    }
  }

  /** The eighth rising edge of an octet: SI's octet is complete. */
  end(mosi: number): void {
    if (this.#count < REMEMBERED) this.#octets[this.#count] = mosi
    this.#count++
    switch (this.#phase) {
      case 'opcode':
        this.#decode(mosi)
        break
      case 'dummy':
        this.#sample()
        break
      case 'read':
        this.#clocked++
        break
      case 'write':
        this.#phase = 'done'
        this.#execute(mosi)
        break
      case 'write memory':
        this.#writeMemory(mosi)
        break
      case 'read memory':
        this.#readAdvance()
        break
      case 'done':
        this.#clocked++
        break
      case 'ignored':
        break
    }
  }

  /** Eight clocks at once. Returns what the host reads. */
  exchange(mosi: number): number {
    if (!this.#selected) return this.floating(mosi)
    const so = this.begin()
    this.end(mosi)
    this.#core.pins.exchange.tell(mosi, so === HIGH_IMPEDANCE ? undefined : so)
    return so === HIGH_IMPEDANCE ? this.floating(mosi) : so
  }

  /** A whole frame at this instant; while nobody watches the pins, without a step for each octet. */
  transfer(write: Uint8Array, read: number): Uint8Array {
    const core = this.#core
    if (core.pins.idle && !this.#selected && write.length > 0 && core.power.alive) {
      const fast = this.#fast(write, read)
      if (fast !== undefined) {
        this.#whole = undefined
        return fast
      }
    }
    this.select()
    for (let i = 0; i < write.length; i++) this.exchange(write[i])
    const result = new Uint8Array(read)
    for (let i = 0; i < read; i++) result[i] = this.exchange(0)
    this.deselect()
    return result
  }

  /** The frames drivers send; undefined for all others. */
  #fast(write: Uint8Array, read: number): Uint8Array | undefined {
    const core = this.#core
    const opcode = write[0]
    if (opcode === OPCODE.RBM) {
      if (write.length !== 1) return undefined
      const { registers, memory } = core
      if ((registers.values[ECON2] & AUTOINC) === 0) return undefined
      this.#whole = write
      this.#checkTiming(undefined)
      const result = takeOctets(read)
      const from = registers.word(ERDPTL)
      core.watch.memoryRead(from, read)
      registers.setWord(ERDPTL, memory.read(from, result, 0, read, registers.word(ERXSTL), registers.word(ERXNDL)))
      return result
    }
    if (opcode === OPCODE.WBM) {
      const { registers, memory } = core
      if (read !== 0 || (registers.values[ECON2] & AUTOINC) === 0) return undefined
      const to = registers.word(EWRPTL)
      this.#whole = write
      core.transmitter.memoryWritten(to, write.length - 1)
      this.#checkTiming(undefined)
      registers.setWord(EWRPTL, memory.write(to, write, 1, write.length - 1, 0, ADDRESS_MASK))
      return NOTHING
    }
    const instruction = opcode >> 5
    if (instruction === 0) {
      const register = this.#control.select(opcode & 0x1f)
      const first = register !== undefined && register.kind !== 'ETH' ? 1 : 0
      if (write.length !== 1 || read <= first) return undefined
      this.#whole = write
      const result = new Uint8Array(read)
      if (first === 1) result[0] = this.#control.dummyOctet()
      const value = this.#control.read(opcode & 0x1f, register)
      this.#checkTiming(register)
      if (read === 1) return SINGLE[value]
      result.fill(value, first)
      return result
    }
    if ((instruction === 2 || instruction === 4 || instruction === 5) && write.length === 2 && read === 0) {
      this.#whole = write
      this.#opcode = opcode
      this.#register = this.#control.select(opcode & 0x1f)
      this.#execute(write[1])
      this.#checkTiming(this.#register)
      return NOTHING
    }
    return undefined
  }

  #decode(opcode: number): void {
    this.#opcode = opcode
    switch (opcode >> 5) {
      case 0:
        this.#register = this.#control.select(opcode & 0x1f)
        if (this.#register !== undefined && this.#register.kind !== 'ETH') {
          this.#phase = 'dummy'
          this.#dummy = this.#control.dummyOctet()
        } else this.#sample()
        return
      case 2:
      case 4:
      case 5:
        this.#register = this.#control.select(opcode & 0x1f)
        this.#phase = 'write'
        return
    }
    switch (opcode) {
      case OPCODE.RBM:
        this.#phase = 'read memory'
        this.#readFrom = this.#core.registers.word(ERDPTL)
        return
      case OPCODE.WBM:
        this.#phase = 'write memory'
        return
      case OPCODE.SRC:
        this.#core.power.instruction()
        this.#phase = 'done'
        return
      default:
        this.#phase = 'ignored'
        this.#core.findings.report('invalid-instruction')
    }
  }

  /** The register's value goes into the shift register, and is repeated for as long as the host clocks. */
  #sample(): void {
    this.#value = this.#control.read(this.#opcode & 0x1f, this.#register)
    this.#phase = 'read'
  }

  #execute(data: number): void {
    const address = this.#opcode & 0x1f
    switch (this.#opcode >> 5) {
      case 2:
        this.#control.write(address, this.#register, data)
        break
      case 4:
        this.#control.setBits(address, this.#register, data)
        break
      default:
        this.#control.clearBits(address, this.#register, data)
    }
  }

  #writeMemory(octet: number): void {
    const { registers, memory, transmitter } = this.#core
    const at = registers.word(EWRPTL)
    transmitter.memoryWritten(at, 1)
    memory.octets[at] = octet
    memory.settle(at, 1)
    if (registers.values[ECON2] & AUTOINC) registers.setWord(EWRPTL, (at + 1) & ADDRESS_MASK)
  }

  #readAdvance(): void {
    const { registers } = this.#core
    if ((registers.values[ECON2] & AUTOINC) === 0) return
    const at = registers.word(ERDPTL)
    const next = at === registers.word(ERXNDL) ? registers.word(ERXSTL) : (at + 1) & ADDRESS_MASK
    registers.setWord(ERDPTL, next)
  }

  /** What CS rose too early or too late for. */
  #finish(): void {
    const { findings, watch } = this.#core
    switch (this.#phase) {
      case 'read memory':
        watch.memoryRead(this.#readFrom, this.#count - 1)
        break
      case 'write':
        findings.report('incomplete-instruction')
        break
      case 'read':
        // Sixteen clocks on a MAC or MII register: the host took the dummy octet for the data.
        if (this.#clocked === 0 && this.#register !== undefined && this.#register.kind !== 'ETH')
          findings.report('missing-dummy-octet')
        break
      case 'done':
        if (this.#clocked > 0) findings.report('octets-after-data')
        break
    }
  }
}
