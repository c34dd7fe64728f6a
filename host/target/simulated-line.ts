/**
 * The computer's end of a simulated line, as a port of an operating system behaves: DTR and RTS are on while it is open, a change of rate
 * waits for octets before it, and octets are kept until somebody reads them. Everything happens at instants of the line's clock.
 */
import { FRAMING_8N1, isBreak } from '../../boards/rs232/framing.js'
import type { UartEnd } from '../../boards/rs232/uart-line.js'
import { type Clock, SECOND } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_OVERRUN, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { CellCutter } from './cell-cutter.js'
import type { CellFinder, HostLine, LineErrorCounts, ModemInputs, ModemOutputs, PortModem } from './host-line.js'
import { RateQueue } from './rate-queue.js'

/** What is kept of octets that nobody reads; those after it are dropped and counted. */
const INPUT_ROOM = 65_536

/** Bits of a character: 8N1. */
const CHARACTER = 10

export interface SimulatedLineOptions {
  /** The end to open. */
  readonly end: UartEnd
  readonly clock: Clock
  readonly baud: number
  /** Is called when octets have been handed to the reader. */
  readonly onDelivered: () => void
}

export class SimulatedLine implements HostLine, PortModem {
  /** The line keeps time. */
  readonly lead = 0
  /** Octets lost because nobody read them, and octets written while the line was closed. */
  readonly counters = { unreadOctets: 0, closedOctets: 0 }
  readonly #errors = { framing: 0, parity: 0, overruns: 0, breaks: 0 }
  readonly #end: UartEnd
  readonly #clock: Clock
  readonly #onDelivered: () => void
  #receive: HostLine['handleOctets']
  #cutter: CellCutter | undefined
  /** What came while nobody read. */
  #unread: Uint8Array[] = []
  #unreadOctets = 0
  #baud: number
  readonly #queue = new RateQueue(
    (octets) => this.#send(octets),
    (baud, done) =>
      this.#whenEmpty(() => {
        this.#end.setBaud(baud)
        done()
      }),
  )
  #open = true

  constructor({ end, clock, baud, onDelivered }: SimulatedLineOptions) {
    this.#end = end
    this.#clock = clock
    this.#baud = baud
    this.#onDelivered = onDelivered
    end.setBaud(baud)
    end.setFraming(FRAMING_8N1)
    end.flowControl = false
    end.modem.set('dtr', true)
    end.modem.set('rts', true)
    // Errors of the line are not for the port's reader: an operating system counts them.
    end.handleOctets = (octets, errors) => {
      if (errors !== undefined) this.#countErrors(octets, errors)
      this.#received(octets)
    }
  }

  lineErrors(): LineErrorCounts {
    return { ...this.#errors }
  }

  #countErrors(octets: Uint8Array, errors: Uint8Array): void {
    for (const [index, flags] of errors.entries()) {
      if (isBreak(octets[index], flags)) this.#errors.breaks++
      else if (flags & LINE_FRAMING_ERROR) this.#errors.framing++
      if (flags & LINE_PARITY_ERROR) this.#errors.parity++
      if (flags & LINE_OVERRUN) this.#errors.overruns++
    }
  }

  /** Nothing here is ever refused. */
  onError(): () => void {
    return () => {}
  }

  get baud(): number {
    return this.#baud
  }

  get pending(): number {
    return this.#end.pending + this.#queue.octets
  }

  set handleOctets(listener: HostLine['handleOctets']) {
    this.#receive = listener
    if (listener === undefined || this.#unread.length === 0) return
    this.#clock.after(0, () => {
      const unread = this.#unread
      this.#unread = []
      this.#unreadOctets = 0
      for (const octets of unread) this.#received(octets)
    })
  }

  get handleOctets(): HostLine['handleOctets'] {
    return this.#receive
  }

  cutCells(finder: CellFinder | undefined): void {
    this.#cutter = finder && new CellCutter(finder, (octets) => this.#receive?.(octets))
  }

  write(octets: Uint8Array): void {
    if (this.#open) this.#queue.write(octets)
    else this.#send(octets)
  }

  #send(octets: Uint8Array): void {
    if (this.#open) this.#end.write(octets)
    else this.counters.closedOctets += octets.length
  }

  setBaud(baud: number): void {
    this.#baud = baud
    this.#queue.setBaud(baud)
  }

  async set({ dtr, rts, brk }: ModemOutputs): Promise<void> {
    const { modem } = this.#end
    if (dtr !== undefined) modem.set('dtr', dtr)
    if (rts !== undefined) modem.set('rts', rts)
    if (brk !== undefined) this.#end.setBreak(brk)
  }

  async get(): Promise<ModemInputs> {
    const { modem } = this.#end
    return { cts: modem.get('cts'), dsr: modem.get('dsr'), dcd: modem.get('dcd') }
  }

  /** The port is closed: DTR and RTS go off, as on a port that hangs up. */
  close(): void {
    if (!this.#open) return
    this.#open = false
    this.#end.handleOctets = undefined
    this.#end.flowControl = false
    this.#end.setBreak(false)
    this.#end.modem.set('dtr', false)
    this.#end.modem.set('rts', false)
  }

  #received(octets: Uint8Array): void {
    if (this.#receive !== undefined) {
      if (this.#cutter === undefined) this.#receive(octets)
      else this.#cutter.push(octets)
      this.#onDelivered()
      return
    }
    const kept = octets.subarray(0, INPUT_ROOM - this.#unreadOctets)
    this.counters.unreadOctets += octets.length - kept.length
    if (kept.length === 0) return
    this.#unread.push(kept)
    this.#unreadOctets += kept.length
  }

  /** Calls back when the last stop bit has left. */
  #whenEmpty(callback: () => void): void {
    const { pending, baud } = this.#end
    const pause = (characters: number, then: () => void): void => {
      this.#clock.after(Math.ceil((characters * CHARACTER * SECOND) / baud), then)
    }
    if (pending === 0) callback()
    else pause(pending, () => (this.#end.pending > 0 ? this.#whenEmpty(callback) : pause(1, callback)))
  }
}
