/**
 * A serial line between two UARTs: each octet takes its time, each end has its own baud rate, and what the rates, noise or
 * a closed port do to octets on the way is done to them bit by bit. A pair of ends, each a `SerialLine`.
 */
import type { Clock } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { LINE_OVERRUN, type SerialLine } from '../../firmware/hal/serial-line.js'
import { FRAMING_8N1, type SerialFraming } from './framing.js'
import { CLEAN, type LineFaults } from './line-noise.js'
import type { LineObserver } from './line-observer.js'
import { joinModemLines, MODEM_CABLES, type ModemCable, type ModemEnd, wireModemLines } from './modem-lines.js'
import type { LineReception, LineReceptionOptions } from './reception.js'
import { type DirectionCounters, UartDirection } from './uart-direction.js'

/** What happened at one end. Octets that reached it = `delivered` + `toClosed` + `overrun` + octets held. */
export interface EndCounters {
  /** Octets given to `write`, and those of them that were refused because the end was closed. */
  written: number
  writtenClosed: number
  /** Octets flushed from the queue when the end was closed or its transmitter reset. */
  flushed: number
  delivered: number
  /** Octets that arrived while the end was closed. */
  toClosed: number
  /** Octets that arrived when the reader had stopped and its buffer was full. */
  overrun: number
}

export interface UartLineOptions {
  readonly clock: Clock
  readonly random: Random
  /** Baud rate of both ends to begin with. */
  readonly baud: number
  /** Of both ends to begin with; 8N1 by default. */
  readonly framing?: SerialFraming
  /** The control circuits; a three-wire line by default. */
  readonly modem?: ModemCable
  /**
   * Octets in one event: 16 by default. 1 where each octet must come alone. Their own instants are exact either way. `bit`: an
   * event a bit, each received by sampling, so that a character can be seen while it leaves.
   */
  readonly granularity?: number | 'bit'
  readonly faults?: Partial<LineFaults>
}

export type LineDirection = 'a-to-b' | 'b-to-a'

export class UartEnd implements SerialLine {
  readonly #out: UartDirection
  readonly #in: UartDirection
  #baud: number
  #framing: SerialFraming
  #framingFault: SerialFraming | undefined
  #clockError = 0
  #open = true
  #flowControl = false
  #held: { octets: number[]; errors: number[]; capacity: number } | undefined
  #overran = false
  #times: readonly number[] | undefined
  #count = 0
  handleOctets: ((octets: Uint8Array, errors?: Uint8Array) => void) | undefined
  readonly counters: EndCounters = { written: 0, writtenClosed: 0, flushed: 0, delivered: 0, toClosed: 0, overrun: 0 }

  /** Its control circuits. */
  readonly modem: ModemEnd

  constructor(out: UartDirection, into: UartDirection, baud: number, framing: SerialFraming, modem: ModemEnd) {
    this.#out = out
    this.#in = into
    this.#baud = baud
    this.#framing = framing
    this.modem = modem
    modem.onChange((circuit) => {
      if (circuit === this.#permission) this.#obey()
    })
  }

  get framing(): SerialFraming {
    return this.#framing
  }

  /** Takes effect for the next character that starts, both ways; one that is being received is lost. */
  setFraming(framing: SerialFraming): void {
    this.#framing = framing
    this.#reframe()
  }

  /** What this end really sends and expects, whatever it was set to: wrong bits in its control register. */
  set framingFault(framing: SerialFraming | undefined) {
    this.#framingFault = framing
    this.#reframe()
  }

  #reframe(): void {
    const actual = this.#framingFault ?? this.#framing
    this.#out.sendFraming = actual
    this.#in.receiveFraming = actual
  }

  /** Hardware flow control: nothing leaves while the other end withholds CTS (a DCE: RTS). */
  get flowControl(): boolean {
    return this.#flowControl
  }

  set flowControl(on: boolean) {
    this.#flowControl = on
    this.#obey()
  }

  get #permission(): 'cts' | 'rts' {
    return this.modem.role === 'dte' ? 'cts' : 'rts'
  }

  #obey(): void {
    this.#out.blocked = this.#flowControl && !this.modem.get(this.#permission)
  }

  /** Characters of nine bits; their ninth arrives as LINE_BIT_8 among the flags. */
  writeCharacters(characters: Uint16Array): void {
    this.counters.written += characters.length
    if (this.#open) this.#out.write(characters)
    else this.counters.writtenClosed += characters.length
  }

  get baud(): number {
    return this.#baud
  }

  /** @throws RangeError for a rate that is not above zero. */
  setBaud(baud: number): void {
    if (!(baud > 0)) throw new RangeError(`a baud rate is above 0, not ${baud}`)
    this.#baud = baud
    this.#retune()
  }

  /** How far this end's clock is off, both ways: 0.06 is 6 % too fast. Its `baud` says what it believes. */
  set clockError(error: number) {
    this.#clockError = error
    this.#retune()
  }

  get clockError(): number {
    return this.#clockError
  }

  #retune(): void {
    const actual = this.#baud * (1 + this.#clockError)
    this.#out.sendBaud = actual
    this.#in.receiveBaud = actual
  }

  write(octets: Uint8Array): void {
    this.counters.written += octets.length
    if (this.#open) this.#out.write(octets)
    else this.counters.writtenClosed += octets.length
  }

  get pending(): number {
    return this.#out.pending
  }

  /** Holds the line low for `duration` nanoseconds. */
  break(duration: number): void {
    this.#out.break(duration)
  }

  /** Holds the line low from now on, behind what is leaving, or releases it. */
  setBreak(on: boolean): void {
    this.#out.holding = on
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** The port vanishes: what waited to leave is gone, what arrives is counted and lost. */
  close(): void {
    if (!this.#open) return
    this.#open = false
    this.flush()
    if (this.#held !== undefined) this.counters.toClosed += this.#held.octets.length
    this.#held = undefined
  }

  open(): void {
    this.#open = true
  }

  /** The transmitter is reset: octets that have not begun to leave are gone. */
  flush(): void {
    this.counters.flushed += this.#out.flush()
  }

  /** The reader stops: octets wait in a buffer of `capacity`, and are lost and counted when it is full. */
  pause(capacity = 4096): void {
    this.#held ??= { octets: [], errors: [], capacity }
  }

  /** The reader goes on, beginning with what waits. */
  resume(): void {
    const held = this.#held
    this.#held = undefined
    if (held === undefined || held.octets.length === 0) return
    this.counters.delivered += held.octets.length
    const errors = held.errors.some((flags) => flags !== 0) ? Uint8Array.from(held.errors) : undefined
    this.handleOctets?.(Uint8Array.from(held.octets), errors)
  }

  /** Inside `handleOctets`: the instant, in nanoseconds, at which octet `index` of those delivered was complete. */
  timeOf(index: number): number {
    return Math.round(this.#times?.[index] ?? this.#in.timeOf(index, this.#count))
  }

  /** The line delivers here. */
  arrive(octets: Uint8Array, errors: Uint8Array | undefined, times: readonly number[] | undefined): void {
    if (!this.#open) {
      this.counters.toClosed += octets.length
      return
    }
    if (this.#held !== undefined) {
      this.#hold(this.#held, octets, errors)
      return
    }
    this.counters.delivered += octets.length
    this.#times = times
    this.#count = octets.length
    if (this.#overran) {
      this.#overran = false
      const flagged = errors ?? new Uint8Array(octets.length)
      flagged[0] |= LINE_OVERRUN
      this.handleOctets?.(octets, flagged)
    } else if (errors === undefined) {
      this.handleOctets?.(octets)
    } else {
      this.handleOctets?.(octets, errors)
    }
  }

  #hold(
    held: { octets: number[]; errors: number[]; capacity: number },
    octets: Uint8Array,
    errors: Uint8Array | undefined,
  ): void {
    for (let i = 0; i < octets.length; i++) {
      if (held.octets.length < held.capacity) {
        held.octets.push(octets[i])
        held.errors.push(errors?.[i] ?? 0)
      } else {
        this.counters.overrun++
        this.#overran = true // as a USART does: the flag comes with the next octet that is read
      }
    }
  }
}

export class UartLine {
  readonly a: UartEnd
  readonly b: UartEnd
  readonly #ab: UartDirection
  readonly #ba: UartDirection
  readonly #receptions = new Map<LineDirection, LineReception | undefined>()

  constructor(options: UartLineOptions) {
    const { clock, random, baud } = options
    const framing = options.framing ?? FRAMING_8N1
    const granularity = options.granularity ?? 16
    const direction = (name: string, to: () => UartEnd) =>
      new UartDirection({
        clock,
        random: random.fork(name),
        framing,
        baud,
        granularity,
        deliver: (octets, errors, times) => to().arrive(octets, errors, times),
      })
    this.#ab = direction('a to b', () => this.b)
    this.#ba = direction('b to a', () => this.a)
    const modem = joinModemLines(options.modem ?? MODEM_CABLES['three-wire'])
    this.a = new UartEnd(this.#ab, this.#ba, baud, framing, modem.a)
    this.b = new UartEnd(this.#ba, this.#ab, baud, framing, modem.b)
    this.setFaults(options.faults ?? {})
  }

  /** What the receivers make of the drivers' voltages, from now on; undefined: exactly what was sent. */
  setReception(reception: LineReception | undefined, direction: LineDirection): void {
    this.#receptions.set(direction, reception)
    if (direction === 'a-to-b') this.#ab.reception = reception
    else this.#ba.reception = reception
  }

  /** What lies between a driver and its receiver; undefined: nothing that matters. */
  receptionOf(direction: LineDirection): LineReceptionOptions | undefined {
    return this.#receptions.get(direction)?.options
  }

  /** Takes another cable, as far as the control circuits go. */
  rewire(cable: ModemCable): void {
    wireModemLines(this.a.modem, this.b.modem, cable)
  }

  /** Watches one direction, beside whoever watches it already. @returns ends the watching. */
  observe(direction: LineDirection, observer: LineObserver): () => void {
    return (direction === 'a-to-b' ? this.#ab : this.#ba).observe(observer)
  }

  /** Faults from now on, in both directions or in one. Those left out are off. */
  setFaults(faults: Partial<LineFaults>, direction: LineDirection | 'both' = 'both'): void {
    const all = { ...CLEAN, ...faults }
    if (direction !== 'b-to-a') this.#ab.faults = all
    if (direction !== 'a-to-b') this.#ba.faults = all
  }

  /** A burst of noise, in nanoseconds: each bit is inverted with probability `rate`. */
  burst(duration: number, direction: LineDirection | 'both' = 'both', rate = 0.5): void {
    if (direction !== 'b-to-a') this.#ab.burst(duration, rate)
    if (direction !== 'a-to-b') this.#ba.burst(duration, rate)
  }

  get counters(): { readonly aToB: DirectionCounters; readonly bToA: DirectionCounters } {
    return { aToB: { ...this.#ab.counters }, bToA: { ...this.#ba.counters } }
  }
}
