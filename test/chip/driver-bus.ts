/**
 * The SPI side of a driver as its author wrote it: an 8 MHz bus that takes its time, and the ways drivers select a bank.
 * The programs in drivers-*.test.ts are those of section 19 of the fact sheet, register for register; no code of any
 * driver is in them.
 */
import { type DataSheetBench, OP } from './bench.js'
import { register } from './register-table.js'

/** One octet at 8 MHz, ns. */
const OCTET = 1_000

/** Polls without a limit in the driver end here, as a failure. */
const FOR_EVER = 200_000

export type Banking =
  /** BFC both bits, BFS those wanted, only when the bank changes (EtherCard, UIPEthernet, RIOT, ESP-IDF). */
  | 'cached'
  /** One BFC or BFS for each bit that changes (Linux). */
  | 'per bit'
  /** Read ECON1, write it back with the bank (Zephyr, Contiki). */
  | 'read and write'

export class DriverBus {
  #bank: number | undefined

  constructor(
    readonly bench: DataSheetBench,
    readonly banking: Banking,
    /** Always three octets for a register read, the second or third of them taken (older Zephyr). */
    readonly threeOctets = false,
  ) {}

  spi(write: readonly number[], read = 0): number[] {
    const octets = this.bench.spi(write, read)
    this.bench.run((write.length + read) * OCTET)
    return octets
  }

  wait(nanoseconds: number): void {
    this.bench.run(nanoseconds)
  }

  /** Repeats until `condition`; false when `limit` rounds were not enough. */
  poll(condition: () => boolean, limit?: number, pause = 0): boolean {
    for (let i = 0; i < (limit ?? FOR_EVER); i++) {
      if (condition()) return true
      this.bench.run(pause)
    }
    if (limit === undefined) throw new Error(`a driver would wait for ever: ${condition}`)
    return false
  }

  forgetBank(bank?: number): void {
    this.#bank = bank
  }

  #select(name: string): number {
    const { bank, address } = register(name)
    if (bank !== undefined && (bank !== this.#bank || this.banking === 'read and write')) {
      if (this.banking === 'cached') {
        this.spi([OP.BFC | 0x1f, 0x03])
        this.spi([OP.BFS | 0x1f, bank])
      } else if (this.banking === 'per bit') {
        for (const bit of [1, 2]) {
          if (this.#bank !== undefined && ((this.#bank ^ bank) & bit) === 0) continue
          this.spi([(bank & bit ? OP.BFS : OP.BFC) | 0x1f, bit])
        }
      } else {
        const econ1 = this.rcr('ECON1')
        this.spi([OP.WCR | 0x1f, (econ1 & 0xfc) | bank])
      }
      this.#bank = bank
    }
    return address
  }

  rcr(name: string): number {
    const address = this.#select(name)
    const ethernet = register(name).kind === 'E'
    if (this.threeOctets) return this.spi([OP.RCR | address], 2)[ethernet ? 0 : 1]
    return this.spi([OP.RCR | address], ethernet ? 1 : 2).at(-1)!
  }

  wcr(name: string, value: number): void {
    this.spi([OP.WCR | this.#select(name), value & 0xff])
  }

  bfs(name: string, mask: number): void {
    this.spi([OP.BFS | this.#select(name), mask])
  }

  bfc(name: string, mask: number): void {
    this.spi([OP.BFC | this.#select(name), mask])
  }

  wcr16(name: string, value: number): void {
    this.wcr(`${name}L`, value & 0xff)
    this.wcr(`${name}H`, (value >>> 8) & 0xff)
  }

  rcr16(name: string): number {
    const low = this.rcr(`${name}L`)
    return low | (this.rcr(`${name}H`) << 8)
  }

  rbm(length: number): number[] {
    return this.spi([OP.RBM], length)
  }

  wbm(octets: readonly number[]): void {
    this.spi([OP.WBM, ...octets])
  }

  /** MIREGADR, MIWRL, MIWRH, then MISTAT until BUSY is 0. */
  writePhy(address: number, value: number): void {
    this.wcr('MIREGADR', address)
    this.wcr16('MIWR', value)
    this.poll(() => (this.rcr('MISTAT') & 0x01) === 0)
  }

  readPhy(address: number): number {
    this.wcr('MIREGADR', address)
    this.wcr('MICMD', 0x01)
    this.poll(() => (this.rcr('MISTAT') & 0x01) === 0)
    this.wcr('MICMD', 0x00)
    return this.rcr16('MIRD')
  }
}
