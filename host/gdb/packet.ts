/**
 * Packets of GDB's remote serial protocol ("Debugging with GDB", appendix E.1): `$DATA#CC` with CC the sum of DATA's octets modulo 256 in hexadecimal;
 * `}` escapes an octet (then XOR 0x20), `*` repeats the one before it. Acknowledged by `+`, asked for again by `-`; 0x03 alone is Ctrl-C.
 */
const DOLLAR = 0x24
const HASH = 0x23
const PLUS = 0x2b
const MINUS = 0x2d
const ESCAPE = 0x7d
const REPEAT = 0x2a
const ESCAPED = 0x20
const CTRL_C = 0x03

/** Octets between `$` and `#` at most; a client is told so by `PacketSize`. */
export const LONGEST_PACKET = 0x1000

export interface PacketHandlers {
  /** What is in a packet whose sum is right, unescaped. */
  packet(data: Uint8Array): void
  /** A packet came whose sum is wrong, or that is too long. */
  broken(): void
  /** The last packet that was sent is asked for again. */
  again(): void
  interrupt(): void
}

/** Reads what a client sends, in pieces as they come. Nothing is thrown, whatever they are. */
export class PacketReader {
  /** What was dropped: octets outside of packets, and packets by what was wrong with them. */
  readonly counters = { stray: 0, wrongSum: 0, tooLong: 0, cutOff: 0 }
  readonly #handlers: PacketHandlers
  readonly #data = new Uint8Array(LONGEST_PACKET)
  /** -1 outside of a packet; more than there is room for: it is too long. */
  #length = -1
  #sum = 0
  /** Digits of the sum that have come; undefined before `#`. */
  #digits: string | undefined

  constructor(handlers: PacketHandlers) {
    this.#handlers = handlers
  }

  receive(octets: Uint8Array): void {
    for (const octet of octets) this.#take(octet)
  }

  #take(octet: number): void {
    if (this.#length < 0) {
      if (octet === DOLLAR) this.#begin()
      else if (octet === MINUS) this.#handlers.again()
      else if (octet === CTRL_C) this.#handlers.interrupt()
      else if (octet !== PLUS) this.counters.stray++
    } else if (this.#digits !== undefined) {
      this.#digits += String.fromCharCode(octet)
      if (this.#digits.length === 2) this.#end(this.#digits)
    } else if (octet === DOLLAR) {
      // Only escaped it is part of a packet: one was cut off, and another begins.
      this.counters.cutOff++
      this.#begin()
    } else if (octet === HASH) this.#digits = ''
    else {
      this.#sum = (this.#sum + octet) & 0xff
      if (this.#length < LONGEST_PACKET) this.#data[this.#length] = octet
      if (this.#length <= LONGEST_PACKET) this.#length++
    }
  }

  #begin(): void {
    this.#length = 0
    this.#sum = 0
    this.#digits = undefined
  }

  #end(digits: string): void {
    const length = this.#length
    this.#length = -1
    this.#digits = undefined
    const isRight = /^[0-9a-fA-F]{2}$/.test(digits) && Number.parseInt(digits, 16) === this.#sum
    if (length > LONGEST_PACKET) this.counters.tooLong++
    else if (!isRight) this.counters.wrongSum++
    else {
      this.#handlers.packet(unescaped(this.#data.subarray(0, length)))
      return
    }
    this.#handlers.broken()
  }
}

function unescaped(data: Uint8Array): Uint8Array {
  const octets = new Uint8Array(data.length)
  let length = 0
  for (let i = 0; i < data.length; i++)
    octets[length++] = data[i] === ESCAPE && i + 1 < data.length ? data[++i] ^ ESCAPED : data[i]
  return octets.subarray(0, length)
}

/** Repetitions that one character can say: it is printable, 29 more than the count, and neither `+`, `-`, `#` nor `$`. */
const LEAST_REPEATED = 3
const MOST_REPEATED = 97
const REPEATED_BASE = 29

/** A packet around text of ASCII: escaped, and what repeats said by a count. */
export function packetOf(text: string): Uint8Array {
  const body: number[] = []
  for (let i = 0; i < text.length; ) {
    const octet = text.charCodeAt(i)
    if (octet === DOLLAR || octet === HASH || octet === ESCAPE || octet === REPEAT) {
      body.push(ESCAPE, octet ^ ESCAPED)
      i++
      continue
    }
    body.push(octet)
    let end = i + 1
    while (end < text.length && text[end] === text[i]) end++
    let repeated = Math.min(end - i - 1, MOST_REPEATED)
    while (repeated >= LEAST_REPEATED && isReserved(repeated + REPEATED_BASE)) repeated--
    if (repeated >= LEAST_REPEATED) body.push(REPEAT, repeated + REPEATED_BASE)
    else repeated = 0
    i += 1 + repeated
  }
  const sum = body.reduce((total, octet) => (total + octet) & 0xff, 0)
  const digits = sum.toString(16).padStart(2, '0')
  return Uint8Array.of(DOLLAR, ...body, HASH, digits.charCodeAt(0), digits.charCodeAt(1))
}

function isReserved(octet: number): boolean {
  return octet === HASH || octet === DOLLAR || octet === PLUS || octet === MINUS
}
