/** The host's side of serprog: commands may be sent without waiting; replies come in the order of the commands. */
import {
  ACK,
  NAK,
  NAME_OCTETS,
  S_CMD_NOP,
  S_CMD_O_SPIOP,
  S_CMD_PIN_READ,
  S_CMD_POLL,
  S_CMD_Q_BUSTYPE,
  S_CMD_Q_CMDMAP,
  S_CMD_Q_IFACE,
  S_CMD_Q_OPBUF,
  S_CMD_Q_PGMNAME,
  S_CMD_Q_RDNMAXLEN,
  S_CMD_Q_SERBUF,
  S_CMD_Q_WRNMAXLEN,
  S_CMD_S_BUSTYPE,
  S_CMD_S_PIN_STATE,
  S_CMD_S_SPI_FREQ,
  S_CMD_SYNCNOP,
} from './serprog.js'

/** `refused`: the programmer answered NAK. `garbled`: it answered what serprog does not know. `unknown`: a new session began. */
export type SerprogReply =
  | { readonly ok: true; readonly results: Uint8Array }
  | { readonly ok: false; readonly error: 'refused' | 'garbled' | 'unknown' }

interface Expected {
  /** Octets of the command. */
  readonly sent: number
  /** What begins the reply: ACK, or for SYNCNOP the pair. */
  readonly sync: boolean
  readonly results: Uint8Array
  filled: number
  acknowledged: boolean
  readonly settle: (reply: SerprogReply) => void
}

const little24 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff]

/** Octets of results after ACK for the commands without parameters. */
const RESULTS: Readonly<Partial<Record<number, number>>> = {
  [S_CMD_NOP]: 0,
  [S_CMD_Q_IFACE]: 2,
  [S_CMD_Q_CMDMAP]: 32,
  [S_CMD_Q_PGMNAME]: NAME_OCTETS,
  [S_CMD_Q_SERBUF]: 2,
  [S_CMD_Q_BUSTYPE]: 1,
  [S_CMD_Q_OPBUF]: 2,
  [S_CMD_Q_WRNMAXLEN]: 3,
  [S_CMD_Q_RDNMAXLEN]: 3,
}

export class SerprogClient {
  readonly #send: (octets: Uint8Array) => void
  readonly #expected: Expected[] = []
  #awaited = 0
  /** Octets that came when no reply was due. */
  strays = 0

  constructor(send: (octets: Uint8Array) => void) {
    this.#send = send
  }

  /** Commands whose reply has not come. */
  get outstanding(): number {
    return this.#expected.length
  }

  /** Octets of reply that are due for the commands sent. */
  get awaited(): number {
    return this.#awaited
  }

  /**
   * Whether a command of `octets` may follow those on their way, for a programmer that can hold `capacity` octets of replies
   * and half as many of commands: behind more replies than that it stops working, and what comes waits in its receiver.
   */
  fits(octets: number, capacity: number): boolean {
    let replies = 0
    let waiting = 0
    for (const { sent, results } of this.#expected) {
      if (replies > capacity) waiting += sent
      replies += 1 + results.length
    }
    return replies <= capacity || waiting + octets <= capacity / 2
  }

  /** A command without parameters: the queries and NOP. */
  query(command: number, settle: (reply: SerprogReply) => void): void {
    this.#command(Uint8Array.of(command), RESULTS[command] ?? 0, settle)
  }

  sync(settle: (reply: SerprogReply) => void): void {
    this.#expect(1, 1, true, settle)
    this.#send(Uint8Array.of(S_CMD_SYNCNOP))
  }

  setBusType(type: number, settle: (reply: SerprogReply) => void): void {
    this.#command(Uint8Array.of(S_CMD_S_BUSTYPE, type), 0, settle)
  }

  /** @param hertz the highest rate wanted; the reply holds the rate set, 4 octets, low octet first. */
  setSpiClock(hertz: number, settle: (reply: SerprogReply) => void): void {
    this.#command(Uint8Array.of(S_CMD_S_SPI_FREQ, ...little24(hertz), (hertz >>> 24) & 0xff), 4, settle)
  }

  setDrivers(on: boolean, settle: (reply: SerprogReply) => void): void {
    this.#command(Uint8Array.of(S_CMD_S_PIN_STATE, on ? 1 : 0), 0, settle)
  }

  readPin(pin: number, settle: (reply: SerprogReply) => void): void {
    this.#command(Uint8Array.of(S_CMD_PIN_READ, pin), 1, settle)
  }

  /** See `S_CMD_POLL`: results are matched (1), last octet (1), tries made (2, low octet first). */
  poll(
    poll: { write: Uint8Array; skip: number; mask: number; value: number; tries: number },
    settle: (reply: SerprogReply) => void,
  ): void {
    const { write, skip, mask, value, tries } = poll
    const command = Uint8Array.of(S_CMD_POLL, write.length, tries & 0xff, tries >> 8, skip, mask, value, ...write)
    this.#command(command, 4, settle)
  }

  /** One operation under one chip select: writes, then reads. */
  transfer(write: Uint8Array, read: number, settle: (reply: SerprogReply) => void): void {
    this.#command(encodeSpiOperation(write, read), read, settle)
  }

  /** Takes octets of replies, in order. */
  receive(octets: Uint8Array): void {
    let at = 0
    while (at < octets.length) {
      const first = this.#expected[0]
      if (first === undefined) {
        this.strays += octets.length - at
        return
      }
      if (!first.acknowledged) {
        at = this.#begin(first, octets, at)
        continue
      }
      const part = octets.subarray(at, at + first.results.length - first.filled)
      first.results.set(part, first.filled)
      first.filled += part.length
      at += part.length
      if (first.filled === first.results.length) this.#finish(first)
    }
  }

  /** What was on its way is unknown: every command is settled so. */
  reset(): void {
    const expected = this.#expected.splice(0)
    this.#awaited = 0
    for (const { settle } of expected) settle({ ok: false, error: 'unknown' })
  }

  #begin(first: Expected, octets: Uint8Array, at: number): number {
    const octet = octets[at]
    if (octet === (first.sync ? NAK : ACK)) {
      first.acknowledged = true
      if (first.results.length === 0) this.#finish(first)
    } else {
      this.#remove(first)
      first.settle({ ok: false, error: octet === NAK ? 'refused' : 'garbled' })
    }
    return at + 1
  }

  #finish(first: Expected): void {
    this.#remove(first)
    if (first.sync && first.results[0] !== ACK) first.settle({ ok: false, error: 'garbled' })
    else first.settle({ ok: true, results: first.results })
  }

  #remove(first: Expected): void {
    this.#expected.shift()
    this.#awaited -= 1 + first.results.length
  }

  #expect(sent: number, length: number, sync: boolean, settle: (reply: SerprogReply) => void): void {
    this.#expected.push({ sent, sync, results: new Uint8Array(length), filled: 0, acknowledged: false, settle })
    this.#awaited += 1 + length
  }

  #command(octets: Uint8Array, results: number, settle: (reply: SerprogReply) => void): void {
    this.#expect(octets.length, results, false, settle)
    this.#send(octets)
  }
}

/** O_SPIOP: slen (3), rlen (3), slen octets. */
export function encodeSpiOperation(write: Uint8Array, read: number): Uint8Array {
  const octets = new Uint8Array(7 + write.length)
  octets[0] = S_CMD_O_SPIOP
  octets.set(little24(write.length), 1)
  octets.set(little24(read), 4)
  octets.set(write, 7)
  return octets
}
