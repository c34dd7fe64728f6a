/** What a driver has written into the chip, followed by its SPI instructions alone: which register each means, and where its buffer pointers stand. */
import {
  BITS,
  BUFFER_SIZE,
  type ControlRegister,
  REGISTERS,
  type RegisterName,
  registerAt,
} from '../../firmware/enc28j60/registers.js'
import { type SpiOperation, spiOperation } from '../chip/spi-operation.js'

/** One chip select frame, understood. */
export interface Transaction {
  readonly operation: SpiOperation
  /** Of RCR, WCR, BFS and BFC; undefined where nothing is implemented at the address. */
  readonly register: ControlRegister | undefined
  /** Of a read of a register, where its value is among the octets; of RBM and WBM, the first octet of memory. */
  readonly first: number
  /** Of RBM and WBM, the address of each octet of memory. */
  readonly addresses: readonly number[]
}

const { BSEL } = BITS.ECON1

export class RegisterShadow {
  readonly #values = new Map<RegisterName, number>()
  bank = 0

  constructor() {
    this.reset()
  }

  reset(): void {
    this.bank = 0
    for (const { name, reset } of Object.values(REGISTERS)) this.#values.set(name, reset)
  }

  value(name: RegisterName): number {
    return this.#values.get(name) ?? 0
  }

  /** A pair by the name of its low half, without the L. */
  pair(name: 'ERDPT' | 'EWRPT' | 'ERXST' | 'ERXND' | 'ERXRDPT' | 'ETXST' | 'ETXND'): number {
    return this.value(`${name}L`) | (this.value(`${name}H`) << 8)
  }

  /** Understands a frame, and does what it does. */
  follow(mosi: readonly number[]): Transaction {
    const [opcode = 0x3b, value] = mosi
    const operation = spiOperation(opcode)
    const register =
      operation === 'RCR' || operation === 'WCR' || operation === 'BFS' || operation === 'BFC'
        ? registerAt(this.bank, opcode & 0x1f)
        : undefined
    const first = operation === 'RCR' && register !== undefined && register.kind !== 'ETH' ? 2 : 1
    let addresses: readonly number[] = []
    if (operation === 'SRC') this.reset()
    else if (operation === 'RBM') addresses = this.#walk('ERDPT', mosi.length - 1)
    else if (operation === 'WBM') addresses = this.#walk('EWRPT', mosi.length - 1)
    else if (value !== undefined && register !== undefined && operation !== 'RCR')
      this.#write(operation, register, value)
    return { operation, register, first, addresses }
  }

  #write(operation: SpiOperation, { name }: ControlRegister, value: number): void {
    const old = this.value(name)
    const now = operation === 'BFS' ? old | value : operation === 'BFC' ? old & ~value : value
    this.#values.set(name, now & 0xff)
    if (name === 'ECON1') this.bank = now & BSEL
  }

  /** ECON2.AUTOINC: ERDPT goes round in the receive buffer (DS39662 3.2.1), EWRPT in all of the memory. */
  #walk(name: 'ERDPT' | 'EWRPT', octets: number): number[] {
    const addresses: number[] = []
    const autoIncrement = (this.value('ECON2') & BITS.ECON2.AUTOINC) !== 0
    const [start, end] = [this.pair('ERXST'), this.pair('ERXND')]
    let at = this.pair(name) & (BUFFER_SIZE - 1)
    for (let i = 0; i < octets; i++) {
      addresses.push(at)
      if (!autoIncrement) continue
      at = name === 'ERDPT' && at === end ? start : (at + 1) & (BUFFER_SIZE - 1)
    }
    this.#values.set(`${name}L`, at & 0xff)
    this.#values.set(`${name}H`, at >> 8)
    return addresses
  }
}
