/**
 * A small SPI flash memory, the Winbond W25X10 (data sheet revision I, "W25X10/20/40/80": tables 9.2.1 and 9.2.2, instruction
 * set; 11.6, AC characteristics), in modes 0 and 3: what flashrom looks for at the end of a serprog programmer.
 *
 * Not modelled: block protection (the bits are kept and protect nothing), dual output, power-down.
 */
import type { Clock } from '../../firmware/hal/clock.js'
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'

const WRITE_STATUS = 0x01
const PAGE_PROGRAM = 0x02
const READ = 0x03
const WRITE_DISABLE = 0x04
const READ_STATUS = 0x05
const WRITE_ENABLE = 0x06
const FAST_READ = 0x0b
const SECTOR_ERASE = 0x20
const CHIP_ERASE_60 = 0x60
const READ_ID = 0x90
const JEDEC_ID = 0x9f
const RELEASE = 0xab
const CHIP_ERASE = 0xc7
const BLOCK_ERASE = 0xd8

const BUSY = 0x01
const WEL = 0x02
/** SRP, TB, BP2..BP0: what WRITE STATUS keeps. */
const STATUS_KEPT = 0xbc

const MANUFACTURER = 0xef
/** Device ID of READ_ID and RELEASE; the JEDEC memory type and capacity. */
const DEVICE = 0x10
const JEDEC = [MANUFACTURER, 0x30, 0x11]

export const SPI_FLASH_OCTETS = 128 * 1024
const PAGE = 256
const SECTOR = 4_096
const BLOCK = 65_536

/** 11.6, typical: tW, tPP, tSE, tBE, tCE. */
const WRITE_STATUS_TIME = 10 * MILLISECOND
const PAGE_PROGRAM_TIME = 1_500 * MICROSECOND
const SECTOR_ERASE_TIME = 150 * MILLISECOND
const BLOCK_ERASE_TIME = 1_000 * MILLISECOND
const CHIP_ERASE_TIME = 3_000 * MILLISECOND

export class SpiFlash {
  readonly memory = new Uint8Array(SPI_FLASH_OCTETS).fill(0xff)
  /** Instructions executed, by opcode. */
  readonly executed = new Map<number, number>()
  /** Instructions that had no effect: busy, no write enable, unknown. */
  refused = 0
  readonly #clock: Clock
  #selected = false
  #opcode = -1
  #place = 0
  #address = 0
  readonly #page = new Uint8Array(PAGE)
  #pageMask = new Uint8Array(PAGE)
  #status = 0
  #newStatus = 0
  #busyUntil = 0

  /** @param image what is in it at first, from address 0 on; the rest is erased. @throws RangeError for more than it holds */
  constructor(clock: Clock, image: Uint8Array = new Uint8Array(0)) {
    if (image.length > SPI_FLASH_OCTETS)
      throw new RangeError(`a W25X10 holds ${SPI_FLASH_OCTETS} octets; the image has ${image.length}`)
    this.#clock = clock
    this.memory.set(image)
  }

  get #busy(): boolean {
    return this.#clock.now < this.#busyUntil
  }

  select(): void {
    this.#selected = true
    this.#opcode = -1
    this.#place = 0
  }

  /** Eight clocks: takes an octet, and returns what the chip drives meanwhile; a floating output reads high. */
  exchange(mosi: number): number {
    if (!this.#selected) return 0xff
    const miso = this.next()
    if (this.#opcode < 0) this.#begin(mosi)
    else this.#take(mosi, this.#place++)
    return miso
  }

  /** What the chip drives during the next octet. */
  next(): number {
    const place = this.#place
    switch (this.#opcode) {
      case READ_STATUS:
        return (this.#status & ~(BUSY | WEL)) | (this.#busy ? BUSY : 0) | (this.#status & WEL)
      case JEDEC_ID:
        return JEDEC[place] ?? 0xff
      case READ_ID:
        return place < 3 ? 0xff : ((place - 3 + this.#address) & 1) === 0 ? MANUFACTURER : DEVICE
      case RELEASE:
        return place < 3 ? 0xff : DEVICE
      case READ:
        return this.#read(place - 3)
      case FAST_READ:
        return this.#read(place - 4)
      default:
        return 0xff
    }
  }

  /** An octet after the instruction, the first in place 0. */
  #take(mosi: number, place: number): void {
    switch (this.#opcode) {
      case READ_ID:
        if (place === 2) this.#address = mosi & 1
        return
      case READ:
      case FAST_READ:
      case SECTOR_ERASE:
      case BLOCK_ERASE:
        if (place < 3) this.#takeAddress(mosi)
        return
      case PAGE_PROGRAM:
        if (place < 3) this.#takeAddress(mosi)
        else {
          // 9.2.10: beyond 256 octets the earlier ones are overwritten, and the address wraps within the page
          const at = (this.#address + place - 3) & (PAGE - 1)
          this.#page[at] = mosi
          this.#pageMask[at] = 1
        }
        return
      case WRITE_STATUS:
        this.#newStatus = mosi
    }
  }

  /** Writing instructions take effect when chip select rises (9.2.10 and following). */
  deselect(): void {
    if (!this.#selected) return
    this.#selected = false
    const octets = this.#place
    switch (this.#opcode) {
      case WRITE_ENABLE:
        this.#status |= WEL
        break
      case WRITE_DISABLE:
        this.#status &= ~WEL
        break
      case WRITE_STATUS:
        if (octets >= 1) this.#write(WRITE_STATUS_TIME, () => this.#setStatus())
        break
      case PAGE_PROGRAM:
        if (octets > 3) this.#write(PAGE_PROGRAM_TIME, () => this.#program())
        break
      case SECTOR_ERASE:
        if (octets === 3) this.#write(SECTOR_ERASE_TIME, () => this.#erase(SECTOR))
        break
      case BLOCK_ERASE:
        if (octets === 3) this.#write(BLOCK_ERASE_TIME, () => this.#erase(BLOCK))
        break
      case CHIP_ERASE:
      case CHIP_ERASE_60:
        if (octets === 0) this.#write(CHIP_ERASE_TIME, () => this.memory.fill(0xff))
        break
      default:
    }
    this.#opcode = -1
  }

  #begin(opcode: number): void {
    this.#opcode = opcode
    this.#place = 0
    this.#address = 0
    this.#pageMask = new Uint8Array(PAGE)
    if (this.#busy && opcode !== READ_STATUS) {
      this.refused++
      this.#opcode = 0 // 9.1: while busy everything else is ignored
      return
    }
    this.executed.set(opcode, (this.executed.get(opcode) ?? 0) + 1)
  }

  #takeAddress(octet: number): void {
    this.#address = ((this.#address << 8) | octet) & (SPI_FLASH_OCTETS - 1)
  }

  #read(offset: number): number {
    return offset < 0 ? 0xff : this.memory[(this.#address + offset) & (SPI_FLASH_OCTETS - 1)]
  }

  #write(duration: number, act: () => void): void {
    if ((this.#status & WEL) === 0) {
      this.refused++
      return
    }
    act()
    this.#status &= ~WEL
    this.#busyUntil = this.#clock.now + duration
  }

  #setStatus(): void {
    this.#status = (this.#status & ~STATUS_KEPT) | (this.#newStatus & STATUS_KEPT)
  }

  /** Programming only clears bits. */
  #program(): void {
    const page = this.#address & ~(PAGE - 1)
    for (let i = 0; i < PAGE; i++) if (this.#pageMask[i]) this.memory[page + i] &= this.#page[i]
  }

  #erase(size: number): void {
    const start = this.#address & ~(size - 1)
    this.memory.fill(0xff, start, start + size)
  }
}
