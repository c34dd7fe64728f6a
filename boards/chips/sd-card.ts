/**
 * An SD memory card in SPI mode ("SD Specifications Part 1, Physical Layer Simplified Specification", chapter 7): a standard-capacity card
 * (addresses count octets) with blocks of 512 octets. Its contents are an image, as `dd` reads one from a card.
 *
 * Not modelled: the 74 clocks before the first command, locking, passwords, write protection, and switching functions.
 */
import { type Clock, MILLISECOND } from '../../firmware/hal/clock.js'
import type { SpiSlave } from '../spi/spi-pins.js'

const BLOCK = 512
/** CSD version 1.0 (5.3.2): capacity comes in units of 2^(7 + 2) blocks, of which there are 4096 at most. */
const UNIT = 512 * BLOCK
const MOST_UNITS = 4096

/** R1 (7.3.2.1). */
const IDLE = 0x01
const ILLEGAL = 0x04
const CRC_ERROR = 0x08
const ADDRESS_ERROR = 0x20
const PARAMETER_ERROR = 0x40

/** Tokens and responses of data (7.3.3). */
const START = 0xfe
const START_MULTIPLE = 0xfc
const STOP_MULTIPLE = 0xfd
const ACCEPTED = 0x05
const DATA_CRC_ERROR = 0x0b
const OUT_OF_RANGE = 0x08

/** From the first ACMD41 to a card that is ready; the specification allows a second (6.4.1). */
const INITIALISATION = 10 * MILLISECOND
/** A block is being written, an erase is under way: 250 ms are allowed (4.6.2.2). */
const WRITE_TIME = 2 * MILLISECOND

/** Blocks that are to come, and what of the present one has: undefined before its token. */
interface Writing {
  address: number
  readonly multiple: boolean
  data: number[] | undefined
}

export class SdCard implements SpiSlave {
  /** The contents, to the card's whole capacity: changes as it is written. */
  readonly image: Uint8Array
  readonly #clock: Clock
  #selected = false
  /** What the card drives next. */
  #output: number[] = []
  #command: number[] = []
  #idle = true
  #started: number | undefined
  #application = false
  #checksCrc = false
  #busyUntil = 0
  /** Next octet of a read of several blocks. */
  #reading: number | undefined
  #writing: Writing | undefined
  #erase: [number, number] = [0, 0]

  /** @param image its contents from the first block on; the rest is zeros. @throws RangeError for more than 1 GiB */
  constructor(clock: Clock, image: Uint8Array) {
    const units = Math.max(1, Math.ceil(image.length / UNIT))
    if (units > MOST_UNITS)
      throw new RangeError(
        `a card of standard capacity holds ${MOST_UNITS * UNIT} octets; the image has ${image.length}`,
      )
    this.#clock = clock
    this.image = new Uint8Array(units * UNIT)
    this.image.set(image)
  }

  select(): void {
    this.#selected = true
    this.#command = []
  }

  deselect(): void {
    this.#selected = false
    this.#command = []
    this.#output = []
    this.#reading = undefined
    this.#writing = undefined
  }

  next(): number {
    if (!this.#selected) return 0xff
    if (this.#output.length > 0) return this.#output[0]
    return this.#clock.now < this.#busyUntil ? 0x00 : 0xff
  }

  exchange(mosi: number): number {
    const miso = this.next()
    if (!this.#selected) return miso
    this.#output.shift()
    this.#take(mosi)
    if (this.#reading !== undefined && this.#output.length === 0) this.#readBlock(this.#reading)
    return miso
  }

  #take(octet: number): void {
    if (this.#command.length === 0) {
      if (this.#writing !== undefined) {
        this.#takeData(octet, this.#writing)
        return
      }
      if ((octet & 0xc0) !== 0x40) return
    }
    this.#command.push(octet)
    if (this.#command.length < 6) return
    const [first, a, b, c, d] = this.#command
    const crc = this.#command[5]
    const sound = crc === ((crc7(this.#command.slice(0, 5)) << 1) | 1)
    this.#command = []
    const index = first & 0x3f
    const application = this.#application
    this.#application = false
    // 7.2.2: CMD0 and CMD8 are checked always, for the card is not in SPI mode yet, or asks for it.
    if (!sound && (this.#checksCrc || index === 0 || index === 8)) this.#respond(CRC_ERROR)
    else this.#execute(application ? 100 + index : index, ((a << 24) | (b << 16) | (c << 8) | d) >>> 0)
  }

  /** R1 behind an octet of waiting (N_CR), and what follows it. */
  #respond(r1: number, ...more: readonly number[]): void {
    this.#output = [0xff, r1 | (this.#idle ? IDLE : 0), ...more]
  }

  #execute(command: number, argument: number): void {
    const address = argument
    if (command !== 12) this.#reading = undefined
    switch (command) {
      case 0: // GO_IDLE_STATE
        this.#idle = true
        this.#started = undefined
        this.#checksCrc = false
        this.#respond(0)
        return
      case 8: // SEND_IF_COND: 2.7 to 3.6 V, and the check pattern
        if (((argument >> 8) & 0x0f) === 1) this.#respond(0, 0, 0, 1, argument & 0xff)
        else this.#respond(0, 0, 0, 0, argument & 0xff)
        return
      case 55:
        this.#application = true
        this.#respond(0)
        return
      case 141: // SD_SEND_OP_COND
        this.#started ??= this.#clock.now
        if (this.#clock.now >= this.#started + INITIALISATION) this.#idle = false
        this.#respond(0)
        return
      case 58: // READ_OCR: 2.7 to 3.6 V; bit 31: ready; bit 30 (capacity) is 0
        this.#respond(0, this.#idle ? 0x00 : 0x80, 0xff, 0x80, 0x00)
        return
      case 59: // CRC_ON_OFF
        this.#checksCrc = (argument & 1) === 1
        this.#respond(0)
        return
    }
    if (this.#idle) {
      this.#respond(ILLEGAL)
      return
    }
    switch (command) {
      case 9:
        this.#respond(0, ...dataBlock(this.#csd()))
        return
      case 10:
        this.#respond(0, ...dataBlock(CID))
        return
      case 12: // STOP_TRANSMISSION: a stuff octet first
        this.#reading = undefined
        this.#output = [0xff, 0xff, 0x00]
        return
      case 13:
        this.#respond(0, 0)
        return
      case 16:
        this.#respond(argument === BLOCK ? 0 : PARAMETER_ERROR)
        return
      case 17:
      case 18:
        if (!this.#isBlock(address)) return
        this.#respond(0)
        if (command === 18) this.#reading = address
        else this.#output.push(0xff, ...dataBlock(this.image.subarray(address, address + BLOCK)))
        return
      case 24:
      case 25:
        if (!this.#isBlock(address)) return
        this.#respond(0)
        this.#writing = { address, multiple: command === 25, data: undefined }
        return
      case 32:
      case 33:
        if (!this.#isBlock(address)) return
        this.#erase[command - 32] = address
        this.#respond(0)
        return
      case 38: {
        const [from, to] = this.#erase
        if (to >= from) this.image.fill(0, from, to + BLOCK)
        this.#busyUntil = this.#clock.now + WRITE_TIME
        this.#respond(0)
        return
      }
      default:
        this.#respond(ILLEGAL)
    }
  }

  #isBlock(address: number): boolean {
    if (address % BLOCK !== 0) this.#respond(ADDRESS_ERROR)
    else if (address >= this.image.length) this.#respond(PARAMETER_ERROR)
    else return true
    return false
  }

  #readBlock(address: number): void {
    if (address >= this.image.length) {
      this.#output.push(0xff, OUT_OF_RANGE)
      this.#reading = undefined
      return
    }
    this.#output.push(0xff, ...dataBlock(this.image.subarray(address, address + BLOCK)))
    this.#reading = address + BLOCK
  }

  #takeData(octet: number, writing: Writing): void {
    if (writing.data === undefined) {
      // While it is busy, or still answers, nobody listens.
      if (this.#clock.now < this.#busyUntil) return
      if (writing.multiple && octet === STOP_MULTIPLE) {
        this.#writing = undefined
        this.#output = [0xff]
      } else if (octet === (writing.multiple ? START_MULTIPLE : START)) writing.data = []
      return
    }
    const { data } = writing
    data.push(octet)
    if (data.length < BLOCK + 2) return
    const block = Uint8Array.from(data.slice(0, BLOCK))
    const sound = !this.#checksCrc || crc16(block) === ((data[BLOCK] << 8) | data[BLOCK + 1])
    const fits = writing.address < this.image.length
    this.#output = [sound ? (fits ? ACCEPTED : 0x0d) : DATA_CRC_ERROR]
    if (sound && fits) {
      this.image.set(block, writing.address)
      this.#busyUntil = this.#clock.now + WRITE_TIME
    }
    writing.data = undefined
    writing.address += BLOCK
    if (!writing.multiple) this.#writing = undefined
  }

  /** CSD register, version 1.0 (5.3.2): capacity, and a speed of 25 MHz. */
  #csd(): Uint8Array {
    const register = new Uint8Array(16)
    const set = (low: number, bits: number, value: number) => {
      for (let bit = 0; bit < bits; bit++) {
        const at = low + bit
        if ((value >> bit) & 1) register[15 - (at >> 3)] |= 1 << (at & 7)
      }
    }
    set(112, 8, 0x26) // TAAC: 1.5 ms
    set(96, 8, 0x32) // TRAN_SPEED
    set(84, 12, 0x5b5) // CCC
    set(80, 4, 9) // READ_BL_LEN: 2^9
    set(79, 1, 1) // READ_BL_PARTIAL
    set(62, 12, this.image.length / UNIT - 1) // C_SIZE
    set(47, 3, 7) // C_SIZE_MULT
    set(46, 1, 1) // ERASE_BLK_EN
    set(39, 7, 0x7f) // SECTOR_SIZE
    set(26, 3, 2) // R2W_FACTOR
    set(22, 4, 9) // WRITE_BL_LEN
    register[15] = (crc7(register.subarray(0, 15)) << 1) | 1
    return register
  }
}

/** CID register (5.2): of nobody's make, product "LPULS". */
const CID = (() => {
  const register = Uint8Array.from([0, 0x4c, 0x50, 0x4c, 0x50, 0x55, 0x4c, 0x53, 0x10, 0, 0, 0, 1, 0x01, 0x6a, 0])
  register[15] = (crc7(register.subarray(0, 15)) << 1) | 1
  return register
})()

function dataBlock(octets: Uint8Array): number[] {
  const crc = crc16(octets)
  return [START, ...octets, crc >> 8, crc & 0xff]
}

/** x^7 + x^3 + 1 (4.5). */
function crc7(octets: Uint8Array | readonly number[]): number {
  let crc = 0
  for (const octet of octets) {
    for (let bit = 7; bit >= 0; bit--) {
      const out = ((crc >> 6) ^ (octet >> bit)) & 1
      crc = ((crc << 1) & 0x7f) ^ (out ? 0x09 : 0)
    }
  }
  return crc
}

/** x^16 + x^12 + x^5 + 1 (4.5). */
function crc16(octets: Uint8Array): number {
  let crc = 0
  for (const octet of octets) {
    crc ^= octet << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}
