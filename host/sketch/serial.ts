/** The serial port of a sketch: what it prints, to be waited for, and what it is told. */
import type { AvrBoard } from '../../boards/avr/avr-board.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { printable } from '../../firmware/text/printable.js'
import { decodeText, encodeText } from '../../firmware/text/utf8.js'
import { type LabTime, WaitError, type Waiter, withMessage } from '../lab-time.js'

export interface WaitOptions {
  /** How long to wait, nanoseconds of virtual time; 10 s by default. */
  readonly timeout?: number
  /** What whoever set the time can do when it is over, for the error. */
  readonly remedy?: string
}

const REMEDY = 'wait longer with a larger timeout (nanoseconds), or look at what it does instead'

/** What is waited for: a text that is in it, or an expression. */
export type SerialPattern = string | RegExp

/** Nanoseconds of virtual time for which something of a sketch is waited for, where nobody says how long. */
export const SKETCH_TIMEOUT = 10 * SECOND

/** Characters of what was printed that are kept: the last. */
const KEPT = 1 << 20
/** Of them, in an error. */
const SHOWN = 160

export class SketchSerial {
  readonly #name: string
  readonly #board: AvrBoard
  readonly #time: LabTime
  readonly #octetListeners = new Listeners<[octets: Uint8Array]>()
  readonly #textListeners = new Listeners<[text: string]>()
  readonly #waiting = new Set<Waiter>()
  #text = ''
  /** Characters that are no longer kept. */
  #forgotten = 0
  /** Of all characters, those that a wait has gone past. */
  #taken = 0
  /** The beginning of a character whose end is still to come. */
  #part: Uint8Array = new Uint8Array(0)
  /** What was written before the program's receiver was on. */
  #early: Uint8Array[] = []
  #earlyOctets = 0

  /** @param baud symbols a second at this end; left out: whatever the program uses */
  constructor(name: string, board: AvrBoard, time: LabTime, baud?: number) {
    this.#name = name
    this.#board = board
    this.#time = time
    const { usart } = board.mcu
    if (baud === undefined) usart.onRate((rate) => board.serial.setBaud(rate))
    else board.serial.setBaud(baud)
    // Who looks at the output wants to read it: this end has the framing that the program sets.
    usart.onFraming((framing) => board.serial.setFraming(framing))
    usart.onReceiverOn(() => this.#deliverEarly())
    board.serial.handleOctets = (octets) => this.#take(octets)
  }

  /** What it printed: the last million characters. */
  get text(): string {
    return this.#text
  }

  /** What it printed behind what was waited for last. */
  get rest(): string {
    return this.#text.slice(Math.max(0, this.#taken - this.#forgotten))
  }

  /** Is called with what it prints, as octets. */
  onOctets(listener: (octets: Uint8Array) => void): () => void {
    return this.#octetListeners.add(listener)
  }

  /** Is called with what it prints, as text: UTF-8, whole characters. */
  onText(listener: (text: string) => void): () => void {
    return this.#textListeners.add(listener)
  }

  /** Types something: it goes to the program once its receiver is on. No line end is added. */
  write(what: string | Uint8Array): void {
    const octets = typeof what === 'string' ? encodeText(what) : what
    if (this.#board.mcu.usart.receiverOn && this.#early.length === 0) this.#board.serial.write(octets)
    else {
      this.#early.push(octets)
      this.#earlyOctets += octets.length
    }
  }

  /** Octets written that have not begun to go to the program. */
  get pending(): number {
    return this.#earlyOctets + this.#board.serial.pending
  }

  /**
   * Waits for a whole line: the next one, or the next that matches; those before it are gone past.
   * @returns the line without its end; for an expression, its match
   * @throws WaitError when none came in time
   */
  line(pattern: RegExp, options?: WaitOptions): Promise<RegExpExecArray>
  line(pattern?: string, options?: WaitOptions): Promise<string>
  line(
    pattern?: SerialPattern,
    { timeout = SKETCH_TIMEOUT, remedy = REMEDY }: WaitOptions = {},
  ): Promise<string | RegExpExecArray> {
    let from = this.#taken
    return this.#wait(pattern === undefined ? 'a line' : `a line with ${shown(pattern)}`, { timeout, remedy }, () => {
      for (;;) {
        const begin = Math.max(0, from - this.#forgotten)
        const end = this.#text.indexOf('\n', begin)
        if (end < 0) return undefined
        const line = this.#text.slice(begin, end).replace(/\r$/, '')
        from = this.#forgotten + end + 1
        const found = pattern === undefined ? line : match(line, pattern)
        if (found === undefined) continue
        this.#taken = from
        return typeof found === 'string' ? line : found
      }
    })
  }

  /**
   * Waits for something in what it prints, whether its line has ended or not: a prompt.
   * @returns the text; for an expression, its match. What follows it is what is looked at next
   * @throws WaitError when it did not come in time
   */
  wait(pattern: RegExp, options?: WaitOptions): Promise<RegExpExecArray>
  wait(pattern: string, options?: WaitOptions): Promise<string>
  wait(
    pattern: SerialPattern,
    { timeout = SKETCH_TIMEOUT, remedy = REMEDY }: WaitOptions = {},
  ): Promise<string | RegExpExecArray> {
    return this.#wait(shown(pattern), { timeout, remedy }, () => {
      const found = match(this.rest, pattern)
      if (found === undefined) return undefined
      const [text, at] = typeof found === 'string' ? [found, this.rest.indexOf(found)] : [found[0], found.index]
      this.#taken = Math.max(this.#taken, this.#forgotten) + at + text.length
      return found
    })
  }

  #wait<T>(what: string, { timeout, remedy }: Required<WaitOptions>, attempt: () => T | undefined): Promise<T> {
    // Made here, so that its trace leads to who waits.
    const late = new WaitError('')
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        attempt: () => {
          const found = attempt()
          if (found === undefined) return false
          this.#waiting.delete(waiter)
          resolve(found)
          return true
        },
        deadline: this.#time.now + timeout,
        eager: false,
        timed: true,
        expire: () => {
          this.#waiting.delete(waiter)
          reject(withMessage(late, this.#missed(what, timeout, remedy)))
        },
        fail: (error) => {
          this.#waiting.delete(waiter)
          reject(error)
        },
      }
      this.#waiting.add(waiter)
      this.#time.add(waiter)
    })
  }

  #missed(what: string, timeout: number, remedy: string): string {
    const { rest } = this
    const last = rest.length > SHOWN ? `…${rest.slice(-SHOWN)}` : rest
    const meanwhile =
      this.#text === '' && this.#forgotten === 0
        ? 'it has printed nothing at all'
        : rest === ''
          ? 'it printed nothing since'
          : `it printed ${printable(JSON.stringify(last))}`
    return `${this.#name} did not print ${what} within ${timeout / SECOND} s of simulated time: ${meanwhile}; ${remedy}`
  }

  #take(octets: Uint8Array): void {
    this.#octetListeners.tell(octets)
    const all = new Uint8Array(this.#part.length + octets.length)
    all.set(this.#part)
    all.set(octets, this.#part.length)
    const whole = wholeCharacters(all)
    this.#part = all.slice(whole)
    if (whole === 0) return
    const text = decodeText(all.subarray(0, whole))
    this.#text += text
    if (this.#text.length > 2 * KEPT) {
      this.#forgotten += this.#text.length - KEPT
      this.#text = this.#text.slice(-KEPT)
    }
    this.#textListeners.tell(text)
    for (const waiter of this.#waiting) this.#time.wake(waiter)
  }

  #deliverEarly(): void {
    if (this.#early.length === 0) return
    const early = this.#early
    this.#early = []
    this.#time.clock.after(MILLISECOND, () => {
      this.#earlyOctets = 0
      for (const octets of early) this.#board.serial.write(octets)
    })
  }
}

/** Octets up to the last character that is whole (RFC 3629 3): up to three may be the beginning of one that is not. */
function wholeCharacters(octets: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= octets.length; back++) {
    const octet = octets[octets.length - back]
    if (octet < 0x80) break
    if (octet < 0xc0) continue
    const length = octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : 2
    return length > back ? octets.length - back : octets.length
  }
  return octets.length
}

function match(text: string, pattern: SerialPattern): string | RegExpExecArray | undefined {
  if (typeof pattern === 'string') return text.includes(pattern) ? pattern : undefined
  // A search that goes on where the last one ended would miss what stands before.
  const expression =
    pattern.global || pattern.sticky ? new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')) : pattern
  return expression.exec(text) ?? undefined
}

function shown(pattern: SerialPattern): string {
  return typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern)
}
