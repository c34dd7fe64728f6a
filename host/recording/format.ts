/**
 * The octets of a recording (`.lpr`; docs/files.md, "Recordings"): what a target's line, circuits and clock did, in the order in which it
 * happened. A signature, then entries, each with its length in front, so that a reader passes over what it does not know, and a file that was
 * cut off is whole up to its last whole entry. Nothing here knows of files, or of compression.
 */
import { decodeText, encodeText } from '../../firmware/text/utf8.js'

/** As PNG's (PNG 3, 5.2): not text, and spoiled by whatever changes the ends of lines. */
export const RECORDING_SIGNATURE = Uint8Array.of(0x89, 0x4c, 0x50, 0x52, 0x0d, 0x0a, 0x1a, 0x0a)

/** The version of this form; another number where a reader of the form before would misread a recording. */
export const RECORDING_VERSION = 1

/** Of one recording, in octets without compression: some 20 minutes of a line at 1 Mbaud that is busy both ways. */
export const RECORDING_LIMIT = 256 << 20

/** What happened, by its number in the file. What has no star comes from the host; a star comes to it. */
export const ENTRY = {
  /** JSON: see `header.ts`. */
  header: 1,
  /** Octets that the host wrote. */
  sent: 2,
  /** * Octets that the line handed over. */
  received: 3,
  /** * The same, and behind them as many octets of line errors (`LINE_FRAMING_ERROR` …). */
  damaged: 4,
  /** A number: the host changed its rate. */
  rate: 5,
  /** JSON `{name, given}`: the host asked what is answered later. The first of a recording has number 0. */
  asked: 6,
  /** * JSON `{to, answer}` or `{to, error}`: the answer to a question, by its number. */
  told: 7,
  /** JSON `{name, found}`: the host looked at something, and what it saw. */
  looked: 8,
  /** A number: octets that the port had not sent when the host looked. Where there were none, nothing is noted. */
  pending: 9,
  /** * A number: a call that the host had asked its clock for, where each is noted; counted back from the last one asked for. */
  timer: 10,
  /** * A number: so many calls of the clock came at this instant, before what follows. */
  timers: 11,
  /** * Text: the port refused a write or a rate. */
  refused: 12,
  /** * The run was ended from outside. */
  stopped: 13,
  /** * JSON `{kind, message, limit}`: the target was lost, or a limit ran out. */
  failed: 14,
  /** Text: what the host was about, such as the name of a check. */
  place: 15,
  /** JSON: the report that the run ended in. */
  report: 16,
  /** It was as long as it may be; nothing behind this was kept. */
  full: 17,
  /** The line was closed. */
  end: 18,
} as const

export type EntryKind = (typeof ENTRY)[keyof typeof ENTRY]

export interface RecordingEntry {
  /** One of `ENTRY`, or what another version knows. */
  readonly kind: number
  /** Nanoseconds on the target's clock. */
  readonly at: number
  readonly body: Uint8Array
  /** Where it begins, in octets without compression. */
  readonly offset: number
  /** Its number; the header has 0. */
  readonly index: number
}

/** Of numbers in the file: seven bits an octet, the lowest first, the highest bit set where another follows (LEB128). Exact up to 2^53. */
export function encodeNumber(value: number): number[] {
  const octets: number[] = []
  let rest = value
  while (rest >= 0x80) {
    octets.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  octets.push(rest)
  return octets
}

const LONGEST_NUMBER = 8

/** @returns the number and where it ends; undefined where the octets end before it does, or it is no number that is written here */
export function decodeNumber(octets: Uint8Array, from: number): { value: number; end: number } | undefined {
  let value = 0
  let unit = 1
  for (let at = from; at < octets.length && at < from + LONGEST_NUMBER; at++) {
    value += (octets[at] & 0x7f) * unit
    if (octets[at] < 0x80) return value <= Number.MAX_SAFE_INTEGER ? { value, end: at + 1 } : undefined
    unit *= 0x80
  }
  return undefined
}

export function encodeJson(value: unknown): Uint8Array {
  return encodeText(JSON.stringify(value))
}

/** @throws SyntaxError for what is not JSON */
export function decodeJson(octets: Uint8Array): unknown {
  return JSON.parse(decodeText(octets))
}

/** Writes entries, up to a limit. */
export class RecordingWriter {
  readonly #write: (octets: Uint8Array) => void
  readonly #limit: number
  #at: number
  #octets = RECORDING_SIGNATURE.length
  #full = false

  /**
   * Begins with the signature.
   * @param write is handed octets that are its own
   * @param start the instant that the first entry is counted from
   */
  constructor(write: (octets: Uint8Array) => void, start: number, limit = RECORDING_LIMIT) {
    this.#write = write
    this.#at = start
    this.#limit = limit
    write(RECORDING_SIGNATURE.slice())
  }

  /** Octets so far. */
  get octets(): number {
    return this.#octets
  }

  /** It is as long as it may be: what came after was not kept. */
  get full(): boolean {
    return this.#full
  }

  /** @param at not before the entry that was written last */
  add(kind: EntryKind, at: number, body: ArrayLike<number> = NOTHING): void {
    if (this.#full) return
    const head = [kind, ...encodeNumber(at - this.#at), ...encodeNumber(body.length)]
    if (kind !== ENTRY.full && this.#octets + head.length + body.length > this.#limit) {
      this.add(ENTRY.full, at)
      this.#full = true
      return
    }
    const entry = new Uint8Array(head.length + body.length)
    entry.set(head)
    entry.set(body, head.length)
    this.#at = at
    this.#octets += entry.length
    this.#write(entry)
  }
}

const NOTHING = new Uint8Array(0)

/** Reads entries one by one. Foreign octets: nothing they hold makes it throw. */
export class RecordingReader {
  readonly #octets: Uint8Array
  #offset = RECORDING_SIGNATURE.length
  #at = 0
  #index = 0

  /** @param octets of the whole file, without compression */
  constructor(octets: Uint8Array) {
    this.#octets = octets
  }

  /** Whether they begin as a recording does. */
  get signed(): boolean {
    return RECORDING_SIGNATURE.every((octet, at) => this.#octets[at] === octet)
  }

  /** Octets that were read, and are whole entries. */
  get offset(): number {
    return this.#offset
  }

  /** Whether anything is left: what is, when `next` says that there is no more, is the beginning of an entry. */
  get ended(): boolean {
    return this.#offset >= this.#octets.length
  }

  /** The next whole entry; undefined where there is none any more. */
  next(): RecordingEntry | undefined {
    const octets = this.#octets
    const offset = this.#offset
    const wait = decodeNumber(octets, offset + 1)
    const length = wait && decodeNumber(octets, wait.end)
    if (wait === undefined || length === undefined || length.end + length.value > octets.length) return undefined
    const at = this.#at + wait.value
    if (at > Number.MAX_SAFE_INTEGER) return undefined
    this.#at = at
    this.#offset = length.end + length.value
    const body = octets.subarray(length.end, this.#offset)
    return { kind: octets[offset], at, body, offset, index: this.#index++ }
  }
}
