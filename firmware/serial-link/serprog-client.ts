/** The host's side of serprog: commands may be sent without waiting; replies come in the order of the commands. */
import { S_CMD, SERPROG, SERPROG_COMMANDS } from './link-table.js'

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

/** Octets of results after ACK; what was read over SPI comes on top. */
const RESULTS: ReadonlyMap<number, number> = new Map(
  Object.values(SERPROG_COMMANDS).map(({ code, results }) => [code, results]),
)

/** O_SPIOP before its data: command and two lengths. */
export const SPI_OPERATION_OCTETS = 1 + SERPROG_COMMANDS.O_SPIOP.parameters

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
    this.#command(Uint8Array.of(command), settle)
  }

  sync(settle: (reply: SerprogReply) => void): void {
    this.#expect(1, 1, true, settle)
    this.#send(Uint8Array.of(S_CMD.SYNCNOP))
  }

  setBusType(type: number, settle: (reply: SerprogReply) => void): void {
    this.#command(Uint8Array.of(S_CMD.S_BUSTYPE, type), settle)
  }

  /** @param hertz the highest rate wanted; the reply holds the rate set, 4 octets, low octet first. */
  setSpiClock(hertz: number, settle: (reply: SerprogReply) => void): void {
    this.#command(Uint8Array.of(S_CMD.S_SPI_FREQ, ...little24(hertz), (hertz >>> 24) & 0xff), settle)
  }

  setDrivers(on: boolean, settle: (reply: SerprogReply) => void): void {
    this.#command(Uint8Array.of(S_CMD.S_PIN_STATE, on ? 1 : 0), settle)
  }

  /** See `S_CMD.POLL`: results are matched (1), last octet (1), tries made (2, low octet first). */
  poll(
    poll: { write: Uint8Array; skip: number; mask: number; value: number; tries: number },
    settle: (reply: SerprogReply) => void,
  ): void {
    const { write, skip, mask, value, tries } = poll
    const command = Uint8Array.of(S_CMD.POLL, write.length, tries & 0xff, tries >> 8, skip, mask, value, ...write)
    this.#command(command, settle)
  }

  /** One operation under one chip select: writes, then reads. */
  transfer(write: Uint8Array, read: number, settle: (reply: SerprogReply) => void): void {
    this.#command(encodeSpiOperation(write, read), settle, read)
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
    if (octet === (first.sync ? SERPROG.NAK : SERPROG.ACK)) {
      first.acknowledged = true
      if (first.results.length === 0) this.#finish(first)
    } else {
      this.#remove(first)
      first.settle({ ok: false, error: octet === SERPROG.NAK ? 'refused' : 'garbled' })
    }
    return at + 1
  }

  #finish(first: Expected): void {
    this.#remove(first)
    if (first.sync && first.results[0] !== SERPROG.ACK) first.settle({ ok: false, error: 'garbled' })
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

  #command(octets: Uint8Array, settle: (reply: SerprogReply) => void, read = 0): void {
    this.#expect(octets.length, (RESULTS.get(octets[0]) ?? 0) + read, false, settle)
    this.#send(octets)
  }
}

/** O_SPIOP: slen (3), rlen (3), slen octets. */
function encodeSpiOperation(write: Uint8Array, read: number): Uint8Array {
  const octets = new Uint8Array(SPI_OPERATION_OCTETS + write.length)
  octets[0] = S_CMD.O_SPIOP
  octets.set(little24(write.length), 1)
  octets.set(little24(read), 4)
  octets.set(write, SPI_OPERATION_OCTETS)
  return octets
}
