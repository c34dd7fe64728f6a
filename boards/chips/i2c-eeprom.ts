/**
 * A serial EEPROM on a two-wire bus, the 24LC256 (Microchip DS20001203W): 32 KiB in pages of 64 octets, addressed by two octets, in
 * its write cycle for 5 ms after a stop, during which it acknowledges nothing (7.0, acknowledge polling).
 *
 * Not modelled: the write-protect pin.
 */
import { type Clock, MILLISECOND } from '../../firmware/hal/clock.js'
import type { TwoWirePart } from '../avr/two-wire.js'

const OCTETS = 32 * 1024
const PAGE = 64
/** T_WC, table 1-2. */
const WRITE_CYCLE = 5 * MILLISECOND

export class I2cEeprom implements TwoWirePart {
  readonly memory = new Uint8Array(OCTETS).fill(0xff)
  readonly #clock: Clock
  /** Address counter, 4.0. */
  #address = 0
  /** Octets written since the start. */
  #place = 0
  readonly #page = new Map<number, number>()
  #busyUntil = 0

  /** @param image what is in it at first, from address 0 on; the rest is erased. @throws RangeError for more than it holds */
  constructor(clock: Clock, image: Uint8Array = new Uint8Array(0)) {
    if (image.length > OCTETS) throw new RangeError(`a 24LC256 holds ${OCTETS} octets; the image has ${image.length}`)
    this.#clock = clock
    this.memory.set(image)
  }

  start(): boolean {
    this.#place = 0
    this.#page.clear() // a write cycle begins with a stop (6.1): what another start follows is not written
    return this.#clock.now >= this.#busyUntil
  }

  write(octet: number): boolean {
    const place = this.#place++
    if (place === 0) this.#address = ((octet << 8) | (this.#address & 0xff)) & (OCTETS - 1)
    else if (place === 1) this.#address = (this.#address & 0xff00) | octet
    else {
      this.#page.set(this.#address, octet)
      // 6.2: within a page the address wraps, and earlier octets are overwritten
      this.#address = (this.#address & ~(PAGE - 1)) | ((this.#address + 1) & (PAGE - 1))
    }
    return true
  }

  read(): number {
    const octet = this.memory[this.#address]
    this.#address = (this.#address + 1) & (OCTETS - 1)
    return octet
  }

  stop(): void {
    if (this.#page.size === 0) return
    for (const [address, octet] of this.#page) this.memory[address] = octet
    this.#page.clear()
    this.#busyUntil = this.#clock.now + WRITE_CYCLE
  }
}
