/** The board's side of serprog: octets in, octets out, whether they came in cells (channel 1) or raw. */
import type { SpiBus } from '../hal/spi.js'
import { encodeText } from '../text/utf8.js'
import { PAYLOAD_OCTETS } from './cell.js'
import { S_CMD, SERPROG, SERPROG_COMMANDS } from './link-table.js'

export interface SerprogOptions {
  readonly bus: SpiBus
  /** Programmer name: at most 16 octets. */
  readonly name: string
  /**
   * Sets the SPI clock to the nearest possible rate not above the one asked for, or to the lowest.
   * @returns the rate set, in hertz. Left out: the command is not announced.
   */
  readonly setSpiClock?: (hertz: number) => number
  readonly pins?: { readonly int?: () => boolean; readonly reset?: () => boolean }
  /** Turns the drivers of the SPI pins on or off. Left out: the command is not announced. */
  readonly setDrivers?: (on: boolean) => void
  /** Whether SPI may be used now: a controller that has not lent its chip says no, and SPI commands are answered NAK. */
  readonly granted?: () => boolean
  /** Octets of SPI written or read in one command. */
  readonly longest?: number
  /** Octets the serial receiver can hold. */
  readonly serialBuffer?: number
  /** How long the bus takes over so many octets between CS low and CS high, in nanoseconds. Left out: no time. */
  readonly transferTime?: (octets: number) => number
}

/**
 * Time on the bus, in nanoseconds, behind which it is waited for. Below, a bus is so much faster than the serial line that nobody
 * sees the difference, and an event for each transfer would cost more than the transfer.
 */
const WAITED_FOR = 100_000

/** Octets of fixed parameters after each command. */
const PARAMETERS: ReadonlyMap<number, number> = new Map(
  Object.values(SERPROG_COMMANDS).map(({ code, parameters }) => [code, parameters]),
)

const little = (value: number, octets: number): number[] =>
  Array.from({ length: octets }, (_, i) => (value >>> (8 * i)) & 0xff)
const little24 = (octets: Uint8Array, at: number): number => octets[at] | (octets[at + 1] << 8) | (octets[at + 2] << 16)

export class SerprogServer {
  readonly #options: SerprogOptions
  readonly #longest: number
  readonly #supported: ReadonlySet<number>
  /** The command being received; undefined between commands. */
  #command: number | undefined
  readonly #parameters = new Uint8Array(6)
  #parameterCount = 0
  /** SPI data to be written, once the parameters are whole. */
  #data: Uint8Array | undefined
  #dataCount = 0
  #replies: Uint8Array[] = []
  /** Nanoseconds on the bus since the octets at hand came. */
  #owed = 0
  /** Commands carried out, and those answered NAK. */
  readonly counters = { commands: 0, refused: 0 }

  constructor(options: SerprogOptions) {
    this.#options = options
    this.#longest = options.longest ?? SERPROG.LONGEST
    const supported = new Set(PARAMETERS.keys())
    if (options.setSpiClock === undefined) supported.delete(S_CMD.S_SPI_FREQ)
    if (options.setDrivers === undefined) supported.delete(S_CMD.S_PIN_STATE)
    if (options.pins === undefined) supported.delete(S_CMD.PIN_READ)
    this.#supported = supported
  }

  /** Between commands: nothing of a command has been received that is not carried out. */
  get idle(): boolean {
    return this.#command === undefined
  }

  /** Forgets a command that was received in part. */
  reset(): void {
    this.#command = undefined
    this.#data = undefined
    this.#replies = []
    this.#owed = 0
  }

  /** Takes octets of commands, carries out those that are whole. Returns their replies, in order, in one piece. */
  receive(octets: Uint8Array): Uint8Array {
    let at = 0
    while (at < octets.length) at = this.#take(octets, at)
    this.#owed = 0
    return this.#takeReplies()
  }

  /**
   * The same, but only as far as the bus gets without keeping the rest waiting.
   * @returns how many octets were taken, their replies, and the nanoseconds after which these may leave and the rest may be taken
   */
  receiveTimed(octets: Uint8Array): {
    readonly taken: number
    readonly replies: Uint8Array
    readonly wait: number
  } {
    let taken = 0
    while (taken < octets.length && this.#owed < WAITED_FOR) taken = this.#take(octets, taken)
    const wait = this.#owed < WAITED_FOR ? 0 : Math.ceil(this.#owed)
    this.#owed = 0
    return { taken, replies: this.#takeReplies(), wait }
  }

  #takeReplies(): Uint8Array {
    const replies = this.#replies
    this.#replies = []
    if (replies.length === 1) return replies[0]
    const all = new Uint8Array(replies.reduce((sum, reply) => sum + reply.length, 0))
    let filled = 0
    for (const reply of replies) {
      all.set(reply, filled)
      filled += reply.length
    }
    return all
  }

  #take(octets: Uint8Array, from: number): number {
    let at = from
    if (this.#command === undefined) {
      const command = octets[at++]
      if (!this.#supported.has(command)) {
        this.#refuse()
        return at
      }
      this.#command = command
      this.#parameterCount = 0
      this.#data = undefined
    }
    const wanted = PARAMETERS.get(this.#command) ?? 0
    while (this.#parameterCount < wanted) {
      if (at === octets.length) return at
      this.#parameters[this.#parameterCount++] = octets[at++]
      if (this.#parameterCount === wanted && !this.#begin()) return at
    }
    if (this.#data !== undefined) {
      const part = octets.subarray(at, at + this.#data.length - this.#dataCount)
      this.#data.set(part, this.#dataCount)
      this.#dataCount += part.length
      at += part.length
      if (this.#dataCount < this.#data.length) return at
    }
    const command = this.#command
    this.#command = undefined
    this.#perform(command)
    return at
  }

  /** The parameters are whole: makes room for the data they announce. False when the command is refused as it stands. */
  #begin(): boolean {
    let length = 0
    if (this.#command === S_CMD.O_SPIOP) {
      length = little24(this.#parameters, 0)
      // Longer than announced breaks the protocol. Refused at once: waiting for 16 Mbyte would leave the board deaf.
      if (length > this.#longest || little24(this.#parameters, 3) > this.#longest) return this.#abandon()
    } else if (this.#command === S_CMD.POLL) {
      length = this.#parameters[0]
      if (length < 1 || length > SERPROG.POLL_WRITE_LIMIT) return this.#abandon()
    }
    this.#data = new Uint8Array(length)
    this.#dataCount = 0
    return true
  }

  #abandon(): false {
    this.#command = undefined
    this.#refuse()
    return false
  }

  #refuse(): void {
    this.counters.refused++
    this.#replies.push(Uint8Array.of(SERPROG.NAK))
  }

  #answer(...results: number[]): void {
    this.counters.commands++
    this.#replies.push(Uint8Array.of(SERPROG.ACK, ...results))
  }

  #perform(command: number): void {
    const parameters = this.#parameters
    const { pins, setDrivers, setSpiClock } = this.#options
    switch (command) {
      case S_CMD.NOP:
        this.#answer()
        return
      case S_CMD.Q_IFACE:
        this.#answer(...little(SERPROG.INTERFACE_VERSION, 2))
        return
      case S_CMD.Q_CMDMAP: {
        const map = new Uint8Array(SERPROG.MAP_OCTETS)
        for (const supported of this.#supported) map[supported >> 3] |= 1 << (supported & 7)
        this.#answer(...map)
        return
      }
      case S_CMD.Q_PGMNAME: {
        const name = new Uint8Array(SERPROG.NAME_OCTETS)
        name.set(encodeText(this.#options.name).subarray(0, SERPROG.NAME_OCTETS))
        this.#answer(...name)
        return
      }
      case S_CMD.Q_SERBUF:
        this.#answer(...little(Math.min(this.#options.serialBuffer ?? 0xffff, 0xffff), 2))
        return
      case S_CMD.Q_BUSTYPE:
        this.#answer(SERPROG.BUS_SPI)
        return
      case S_CMD.Q_OPBUF:
        this.#answer(...little(0, 2)) // no operation buffer: O_SPIOP is immediate
        return
      case S_CMD.Q_WRNMAXLEN:
      case S_CMD.Q_RDNMAXLEN:
        this.#answer(...little(this.#longest, 3))
        return
      case S_CMD.SYNCNOP:
        this.counters.commands++
        this.#replies.push(Uint8Array.of(SERPROG.NAK, SERPROG.ACK))
        return
      case S_CMD.S_BUSTYPE:
        if ((parameters[0] & SERPROG.BUS_SPI) !== 0) this.#answer()
        else this.#refuse()
        return
      case S_CMD.S_SPI_FREQ: {
        const asked = (little24(parameters, 0) | (parameters[3] << 24)) >>> 0
        if (asked === 0 || setSpiClock === undefined) {
          this.#refuse()
          return
        }
        this.#answer(...little(setSpiClock(asked), 4))
        return
      }
      case S_CMD.S_PIN_STATE:
        setDrivers?.(parameters[0] !== 0)
        this.#answer()
        return
      case S_CMD.PIN_READ: {
        const read =
          parameters[0] === SERPROG.PIN_INT ? pins?.int : parameters[0] === SERPROG.PIN_RESET ? pins?.reset : undefined
        if (read === undefined) this.#refuse()
        else this.#answer(read() ? 1 : 0)
        return
      }
      case S_CMD.O_SPIOP:
        this.#spi()
        return
      case S_CMD.POLL:
        this.#poll()
        return
      default:
        this.#refuse()
        return
    }
  }

  #mayUseBus(): boolean {
    return this.#options.granted?.() ?? true
  }

  #transfer(read: number): Uint8Array {
    const { bus, transferTime } = this.#options
    // What is longer than a cell is on the bus while its other cells come, or while its reply leaves.
    this.#owed += transferTime?.(Math.min(this.#data!.length + read, PAYLOAD_OCTETS)) ?? 0
    return bus.transfer(this.#data!, read)
  }

  #spi(): void {
    if (!this.#mayUseBus()) {
      this.#refuse()
      return
    }
    const read = this.#transfer(little24(this.#parameters, 3))
    const reply = new Uint8Array(1 + read.length)
    reply[0] = SERPROG.ACK
    reply.set(read, 1)
    this.counters.commands++
    this.#replies.push(reply)
  }

  #poll(): void {
    if (!this.#mayUseBus()) {
      this.#refuse()
      return
    }
    const tries = this.#parameters[1] | (this.#parameters[2] << 8)
    const [, , , skip, mask, value] = this.#parameters
    let made = 0
    let last = 0
    let matched = false
    while (made < tries && !matched) {
      const read = this.#transfer(skip + 1)
      last = read[skip]
      made++
      matched = (last & mask) === (value & mask)
    }
    this.#answer(matched ? 1 : 0, last, ...little(made, 2))
  }
}
