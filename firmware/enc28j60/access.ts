/**
 * Registers and buffer memory through the seven SPI instructions (DS39662 4.2), gathered into batches: what can be asked
 * for at once is one step of the program, and so one round trip across a serial bridge.
 *
 * The bank of the chip is cached, because every selection costs up to two chip select frames.
 */
import type { SpiProgram, SpiTransfer } from '../hal/spi.js'
import { BITS, type ControlRegister, OPCODE, REGISTERS, type RegisterName } from './registers.js'

/** 16-bit values that lie in two registers, low octet first. */
export type PairName =
  | 'ERDPT'
  | 'EWRPT'
  | 'ETXST'
  | 'ETXND'
  | 'ERXST'
  | 'ERXND'
  | 'ERXRDPT'
  | 'ERXWRPT'
  | 'EDMAST'
  | 'EDMAND'
  | 'EDMADST'
  | 'EDMACS'
  | 'EPMCS'
  | 'EPMO'
  | 'MAMXFL'
  | 'MIWR'
  | 'MIRD'
  | 'EBSTCS'
  | 'EPAUS'

/** What the driver knows about one chip from what it has written to it. */
export class ChipAccess {
  /** The selected bank (ECON1.BSEL), undefined when not known. */
  bank: number | undefined
  /** Where the next RBM reads (ERDPT), undefined when not known. */
  readPointer: number | undefined

  /** To be called when a step was not answered, or somebody else has used the chip. */
  forget(): void {
    this.bank = undefined
    this.readPointer = undefined
  }
}

/** A value that is there once its batch has run. */
export class Reply {
  octets: Uint8Array = new Uint8Array(0)

  /** The register's value: the last octet clocked in, after the dummy octet of a MAC or MII register. */
  get value(): number {
    return this.octets[this.octets.length - 1]
  }
}

/** Two replies taken as one 16-bit value. */
export interface PairReply {
  readonly value: number
}

/** `RCR`: one octet more for MAC and MII registers (DS39662 4.2.1). */
const READ = Object.fromEntries(
  Object.values(REGISTERS).map((register): [string, SpiTransfer] => [
    register.name,
    { write: Uint8Array.of(OPCODE.RCR | register.address), read: register.kind === 'ETH' ? 1 : 2 },
  ]),
) as Readonly<Record<RegisterName, SpiTransfer>>

function twoOctets(first: number, second: number): SpiTransfer {
  return { write: Uint8Array.of(first, second), read: 0 }
}

const READ_BUFFER = Uint8Array.of(OPCODE.RBM)
const SELECT_SET = [0, 1, 2, 3].map((bits) => twoOctets(OPCODE.BFS | REGISTERS.ECON1.address, bits))
const SELECT_CLEAR = [0, 1, 2, 3].map((bits) => twoOctets(OPCODE.BFC | REGISTERS.ECON1.address, bits))

/**
 * Transfers are never changed, so the driver's frequent ones are made once: a typed array costs more than the rest of a
 * register access.
 */
const BUFFER_READS: (SpiTransfer | undefined)[] = new Array(2048)

export function readTransfer(register: RegisterName): SpiTransfer {
  return READ[register]
}

function writeTransfer(register: RegisterName, value: number): SpiTransfer {
  return twoOctets(OPCODE.WCR | REGISTERS[register].address, value & 0xff)
}

/** Writes one register again and again: each of the 256 transfers is made once. */
export function registerWriter(register: RegisterName): (value: number) => SpiTransfer {
  const transfers = Array.from({ length: 256 }, (_, value) => writeTransfer(register, value))
  return (value) => transfers[value & 0xff]
}

export function setTransfer(register: RegisterName, mask: number): SpiTransfer {
  return twoOctets(OPCODE.BFS | ethernetRegister(register).address, mask)
}
export function clearTransfer(register: RegisterName, mask: number): SpiTransfer {
  return twoOctets(OPCODE.BFC | ethernetRegister(register).address, mask)
}
export function readBufferTransfer(octets: number): SpiTransfer {
  let transfer = BUFFER_READS[octets]
  if (transfer === undefined) {
    transfer = { write: READ_BUFFER, read: octets }
    if (octets < BUFFER_READS.length) BUFFER_READS[octets] = transfer
  }
  return transfer
}

/** The bit field instructions work on ETH registers only (DS39662 4.2.4, 4.2.5). */
function ethernetRegister(name: RegisterName): ControlRegister {
  const register = REGISTERS[name]
  if (register.kind !== 'ETH') {
    throw new RangeError(`${name} is a ${register.kind} register: bit field instructions work on ETH registers only`)
  }
  return register
}

/** Appends what selects `bank`; nothing when the chip is known to be there. */
export function selectBank(access: ChipAccess, bank: number, transfers: SpiTransfer[]): void {
  const from = access.bank
  if (from === bank) return
  const clear = from === undefined ? BITS.ECON1.BSEL : from & ~bank
  const set = from === undefined ? bank : bank & ~from
  if (clear !== 0) transfers.push(SELECT_CLEAR[clear])
  if (set !== 0) transfers.push(SELECT_SET[set])
  access.bank = bank
}

/** Transfers that need bank 0, with what selects it before them: nothing as a rule, because that is where a driver is. */
export function inBankZero(access: ChipAccess, transfers: SpiTransfer[]): readonly SpiTransfer[] {
  if (access.bank === 0) return transfers
  const selection: SpiTransfer[] = []
  selectBank(access, 0, selection)
  return [...selection, ...transfers]
}

/** One step of a program: registers and memory, in the order they were asked for. Run a batch before the next is begun. */
export class Batch {
  readonly #access: ChipAccess
  readonly #transfers: SpiTransfer[] = []
  readonly #replies: (Reply | undefined)[] = []

  constructor(access: ChipAccess) {
    this.#access = access
  }

  read(name: RegisterName): Reply {
    this.#select(name)
    const reply = new Reply()
    this.#push(READ[name], reply)
    return reply
  }

  readPair(name: PairName): PairReply {
    const low = this.read(`${name}L` as RegisterName)
    const high = this.read(`${name}H` as RegisterName)
    return {
      get value() {
        return low.value | (high.value << 8)
      },
    }
  }

  write(name: RegisterName, value: number): this {
    this.#select(name)
    this.#push(writeTransfer(name, value))
    return this
  }

  /** Low octet first: the high one is what makes ERXRDPT and MIWR take effect (DS39662 7.2.3, 3.3.2). */
  writePair(name: PairName, value: number): this {
    this.write(`${name}L` as RegisterName, value & 0xff)
    this.write(`${name}H` as RegisterName, (value >> 8) & 0xff)
    if (name === 'ERDPT') this.#access.readPointer = value
    return this
  }

  /** BFS. @throws RangeError for a register that is not of kind ETH. */
  set(name: RegisterName, mask: number): this {
    this.#select(name)
    this.#push(setTransfer(name, mask))
    return this
  }

  /** BFC. @throws RangeError for a register that is not of kind ETH. */
  clear(name: RegisterName, mask: number): this {
    this.#select(name)
    this.#push(clearTransfer(name, mask))
    return this
  }

  /** RBM at ERDPT, which moves on by itself while ECON2.AUTOINC is set. */
  readBuffer(octets: number): Reply {
    const reply = new Reply()
    this.#push(readBufferTransfer(octets), reply)
    this.#access.readPointer = undefined // only the caller knows the FIFO it may have wrapped in
    return reply
  }

  /** WBM at EWRPT. */
  writeBuffer(octets: Uint8Array): this {
    const write = new Uint8Array(octets.length + 1)
    write[0] = OPCODE.WBM
    write.set(octets, 1)
    this.#push({ write, read: 0 })
    return this
  }

  /** SRC: bank 0 afterwards (DS39662 11.2). */
  reset(): this {
    this.#push({ write: Uint8Array.of(OPCODE.SRC), read: 0 })
    this.#access.bank = 0
    this.#access.readPointer = undefined
    return this
  }

  /** Makes the transfers; then every reply has its value. */
  *run(): SpiProgram<void> {
    let answered = false
    try {
      const replies = yield { transfers: this.#transfers }
      for (let i = 0; i < replies.length; i++) {
        const reply = this.#replies[i]
        if (reply !== undefined) reply.octets = replies[i]
      }
      answered = true
    } finally {
      if (!answered) this.#access.forget()
    }
  }

  #select(name: RegisterName): void {
    const { banks } = REGISTERS[name]
    if (banks.length > 1) return
    selectBank(this.#access, banks[0], this.#transfers)
    while (this.#replies.length < this.#transfers.length) this.#replies.push(undefined)
  }

  #push(transfer: SpiTransfer, reply?: Reply): void {
    this.#transfers.push(transfer)
    this.#replies.push(reply)
  }
}

/** Reads several registers in one step, in the order given. */
export function* readRegisters(access: ChipAccess, names: readonly RegisterName[]): SpiProgram<number[]> {
  const batch = new Batch(access)
  const replies = names.map((name) => batch.read(name))
  yield* batch.run()
  return replies.map((reply) => reply.value)
}

/** Reads a 16-bit value from its two registers. */
export function* readPair(access: ChipAccess, name: PairName): SpiProgram<number> {
  const batch = new Batch(access)
  const reply = batch.readPair(name)
  yield* batch.run()
  return reply.value
}
