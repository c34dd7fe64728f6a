/**
 * A browser's serial port as the computer's end of a line. Web Serial cannot change the rate of a port that is open: it is drained, closed
 * and opened anew, and its control circuits are set as they were.
 */
import { Listeners } from '../../firmware/hal/listeners.js'
import { CellCutter } from '../target/cell-cutter.js'
import {
  type CellFinder,
  type HostLine,
  type ModemInputs,
  type ModemOutputs,
  PORT_LEAD,
  type PortModem,
} from '../target/host-line.js'
import { RateQueue } from '../target/rate-queue.js'
import type { WebSerialPort } from './web-serial.js'

/** The browser's buffers: its 255 octets fill up while a page is busy for 3 ms at 1 Mbaud. */
const BUFFER_OCTETS = 65_536

export class WebSerialLine implements HostLine, PortModem {
  readonly lead = PORT_LEAD
  readonly reopensForRate = true
  handleOctets: HostLine['handleOctets']
  readonly #errorListeners = new Listeners<[error: Error]>()
  /**
   * What the port has counted: octets that nobody read, those written when it was gone, and damage and breaks that the browser reported (each
   * may have been several).
   */
  readonly portCounters: Record<string, number> = { unreadOctets: 0, closedOctets: 0 }
  /** Rejects with what the browser said when the device is gone. */
  readonly lost: Promise<never>
  readonly #port: WebSerialPort
  #fail: (error: Error) => void = () => {}
  #baud: number
  #cutter: CellCutter | undefined
  #outputs: Required<ModemOutputs> = { dtr: true, rts: true, brk: false }
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  #writer: WritableStreamDefaultWriter<Uint8Array> | undefined
  /** Resolves when the port is not read any more. */
  #reading: Promise<void> = Promise.resolve()
  /** Octets that the browser has not taken. */
  #queued = 0
  readonly #queue = new RateQueue(
    (octets) => this.#send(octets),
    (baud, done) => void this.#reopen(baud).then(done),
  )
  #closed = false
  #isLost = false
  #isOpen = false

  private constructor(port: WebSerialPort, baud: number) {
    this.#port = port
    this.#baud = baud
    this.lost = new Promise<never>((_, reject) => {
      this.#fail = reject
    })
    this.lost.catch(() => {}) // whoever drives work gets the error
  }

  onError(listener: (error: Error) => void): () => void {
    return this.#errorListeners.add(listener)
  }

  /** Opens a port that is closed. Rejects with what the browser says of it (a DOMException). */
  static async open(port: WebSerialPort, baud: number): Promise<WebSerialLine> {
    const line = new WebSerialLine(port, baud)
    await line.#begin(baud)
    return line
  }

  get baud(): number {
    return this.#baud
  }

  get pending(): number {
    return this.#queued + this.#queue.octets
  }

  cutCells(finder: CellFinder | undefined): void {
    this.#cutter = finder && new CellCutter(finder, (octets) => this.handleOctets?.(octets))
  }

  write(octets: Uint8Array): void {
    this.#queue.write(octets)
  }

  setBaud(baud: number): void {
    this.#baud = baud
    this.#queue.setBaud(baud)
  }

  async set(outputs: ModemOutputs): Promise<void> {
    this.#outputs = { ...this.#outputs, ...outputs }
    await this.#port.setSignals({
      dataTerminalReady: this.#outputs.dtr,
      requestToSend: this.#outputs.rts,
      break: this.#outputs.brk,
    })
  }

  async get(): Promise<ModemInputs> {
    const { clearToSend, dataSetReady, dataCarrierDetect } = await this.#port.getSignals()
    return { cts: clearToSend, dsr: dataSetReady, dcd: dataCarrierDetect }
  }

  /** Sends what is queued, and closes the port; one that is lost is closed already. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await new Promise<void>((resolve) => this.#queue.whenIdle(resolve))
    await this.#end()
  }

  async #begin(baud: number): Promise<void> {
    await this.#port.open({ baudRate: baud, bufferSize: BUFFER_OCTETS })
    this.#isOpen = true
    await this.set({})
    this.#writer = this.#port.writable?.getWriter()
    this.#reading = this.#read()
  }

  /** Drains the port, releases it and closes it. */
  async #end(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    const writer = this.#writer
    this.#writer = undefined
    // Closing the stream waits for the last octet; on a port that is lost there is nothing to wait for, and `lost` says so.
    await writer?.close().catch((error: Error) => this.#lose(error))
    writer?.releaseLock()
    await this.#reader?.cancel().catch((error: Error) => this.#lose(error))
    await this.#reading
    try {
      await this.#port.close()
    } catch (error) {
      if (!this.#isLost) throw error // else it may be closed already
    }
  }

  /** Whatever comes of it, the change is over then. */
  async #reopen(baud: number): Promise<void> {
    try {
      await this.#end()
      if (!this.#closed) await this.#begin(baud)
    } catch (error) {
      this.#errorListeners.tell(error as Error)
      this.#lose(error as Error)
    }
  }

  #send(octets: Uint8Array): void {
    if (this.#writer === undefined) this.portCounters.closedOctets += octets.length
    else this.#hand(this.#writer, octets.slice())
  }

  #hand(writer: WritableStreamDefaultWriter<Uint8Array>, octets: Uint8Array): void {
    this.#queued += octets.length
    writer.write(octets).then(
      () => {
        this.#queued -= octets.length
      },
      (error: Error) => {
        this.#queued -= octets.length
        this.#lose(error)
      },
    )
  }

  /** Until the port is closed, or lost. */
  async #read(): Promise<void> {
    for (;;) {
      const { readable } = this.#port
      if (readable === null) return
      const reader = readable.getReader()
      this.#reader = reader
      try {
        for (;;) {
          const { value, done } = await reader.read()
          if (done) return
          this.#received(value)
        }
      } catch (error) {
        // A break, or a damaged character: the browser makes a new stream. Of a device that is gone it makes none.
        const { name } = error as Error
        this.portCounters[name] = (this.portCounters[name] ?? 0) + 1
        if (this.#port.readable === null) this.#lose(error as Error)
      } finally {
        reader.releaseLock()
        this.#reader = undefined
      }
    }
  }

  #received(octets: Uint8Array): void {
    if (this.handleOctets === undefined) this.portCounters.unreadOctets += octets.length
    else if (this.#cutter === undefined) this.handleOctets(octets)
    else this.#cutter.push(octets)
  }

  #lose(error: Error): void {
    this.#isLost = true
    if (!this.#closed) this.#fail(error)
  }
}
