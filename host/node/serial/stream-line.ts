/** serialport's stream as the computer's end of a line, and of the control circuits beside it. */

import type { SerialPortStream } from '@serialport/stream'
import { Listeners } from '../../../firmware/hal/listeners.js'
import {
  type CellFinder,
  type HostLine,
  type LineErrorCounts,
  type LineTraits,
  type ModemInputs,
  type ModemOutputs,
  PORT_LEAD,
  type PortModem,
} from '../../target/host-line.js'
import { RateQueue } from '../../target/rate-queue.js'
import { CellReader } from './cell-reader.js'

interface StreamLineOptions extends Partial<LineTraits> {
  /** Where somebody can tell. */
  readonly lineErrors?: HostLine['lineErrors']
}

/**
 * Octets go out through the stream in order; a change of rate waits until those before it have left the port, and holds
 * back those after it until it has taken effect. Line errors are not known here: the operating system keeps them. The port is read
 * as long as somebody listens.
 */
export class StreamLine implements HostLine {
  readonly lead: number
  readonly transit?: number
  readonly portCounters?: Readonly<Record<string, number>>
  readonly lineErrors?: () => LineErrorCounts | undefined
  readonly #errorListeners = new Listeners<[error: Error]>()
  /** Octets written while the port was closed: they went nowhere. */
  readonly counters = { closedOctets: 0 }

  readonly #port: SerialPortStream
  #baud: number
  readonly #queue = new RateQueue(
    (octets) => this.#send(octets),
    (baud, done) => this.#change(baud, done),
  )
  #receive: HostLine['handleOctets']
  #finder: CellFinder | undefined
  /** Stops reading the port. */
  #detach: (() => void) | undefined

  /** @param port an open port */
  constructor(port: SerialPortStream, { lead = PORT_LEAD, transit, portCounters, lineErrors }: StreamLineOptions = {}) {
    this.lead = lead
    if (lineErrors !== undefined) this.lineErrors = lineErrors
    if (transit !== undefined) this.transit = transit
    if (portCounters !== undefined) this.portCounters = portCounters
    this.#port = port
    this.#baud = port.baudRate
  }

  onError(listener: (error: Error) => void): () => void {
    return this.#errorListeners.add(listener)
  }

  get baud(): number {
    return this.#baud
  }

  get pending(): number {
    return this.#port.writableLength + this.#queue.octets
  }

  get handleOctets(): HostLine['handleOctets'] {
    return this.#receive
  }

  set handleOctets(listener: HostLine['handleOctets']) {
    this.#receive = listener
    if (listener === undefined) this.#stopReading()
    else if (this.#detach === undefined) this.#read()
  }

  cutCells(finder: CellFinder | undefined): void {
    this.#finder = finder
    if (this.#detach === undefined) return
    this.#stopReading()
    this.#read()
  }

  setBaud(baud: number): void {
    this.#baud = baud
    this.#queue.setBaud(baud)
  }

  write(octets: Uint8Array): void {
    if (this.#port.isOpen) this.#queue.write(octets)
    else this.#send(octets)
  }

  #send(octets: Uint8Array): void {
    if (this.#port.isOpen) this.#port.write(Buffer.from(octets))
    else this.counters.closedOctets += octets.length
  }

  #read(): void {
    const finder = this.#finder
    if (finder !== undefined) {
      const reader = new CellReader(this.#port, {
        receive: (octets) => this.#receive?.(octets),
        get synchronised() {
          return finder.synchronised
        },
        get held() {
          return finder.held
        },
      })
      this.#detach = () => reader.detach()
      return
    }
    // The stream reads into a pool that it uses once: a chunk of it is the listener's own.
    const listener = (chunk: Buffer): void => {
      this.#receive?.(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length))
    }
    this.#port.on('data', listener)
    this.#detach = () => this.#port.off('data', listener)
  }

  #stopReading(): void {
    this.#detach?.()
    this.#detach = undefined
  }

  #change(baudRate: number, done: () => void): void {
    const over = (refusal: Error | null | undefined): void => {
      if (refusal) this.#errorListeners.tell(refusal)
      done()
    }
    this.#port.drain((refusal) => {
      if (refusal) over(refusal)
      else this.#port.update({ baudRate }, over)
    })
  }
}

/** The control circuits of an open port; DTR and RTS are on when it is opened. */
export class StreamModem implements PortModem {
  #outputs: Required<ModemOutputs> = { dtr: true, rts: true, brk: false }

  constructor(private readonly port: SerialPortStream) {}

  set(outputs: ModemOutputs): Promise<void> {
    // serialport takes what is left out for its usual state, not for its present one
    this.#outputs = { ...this.#outputs, ...outputs }
    return new Promise((resolve, reject) => {
      this.port.set(this.#outputs, (error) => (error ? reject(error) : resolve()))
    })
  }

  get(): Promise<ModemInputs> {
    return new Promise((resolve, reject) => {
      this.port.get((error, status) => {
        if (error || status === undefined) reject(error ?? new Error(`${this.port.path} does not tell its inputs`))
        else resolve({ cts: status.cts, dsr: status.dsr, dcd: status.dcd })
      })
    })
  }
}
