/**
 * A binding for serialport (`@serialport/bindings-interface`) whose ports are ends of simulated serial lines. The host
 * reads and writes them through serialport's own stream, exactly as it would a port of the operating system.
 *
 * Everything happens at instants of the line's clock: a promise handed to the stream is settled by an event of the
 * scheduler or at once, never by a timer of Node, so a run stays a function of its seed.
 *
 * Where it differs from a kernel's port: `flush` cannot take back octets that the UART has already been given, and modem
 * lines are recorded but reach nothing unless someone listens.
 */
import type {
  BindingInterface,
  BindingPortInterface,
  OpenOptions,
  PortInfo,
  PortStatus,
  SetOptions,
  UpdateOptions,
} from '@serialport/bindings-interface'
import { type Clock, SECOND } from '../../firmware/hal/clock.js'
import type { SerialLine } from '../../firmware/hal/serial-line.js'

/** What the kernel keeps of octets on their way out, before a write has to wait (the size of Linux' terminal buffer). */
const OUTPUT_ROOM = 4096

/** What is kept of octets that nobody has read. A kernel drops what comes after; so do we, and count it. */
const INPUT_ROOM = 65_536

/** UART 8N1: start bit, eight data bits, stop bit. */
const BITS_PER_OCTET = 10

export interface MemoryLine {
  readonly line: SerialLine
  readonly clock: Clock
}

/** An error that serialport's stream takes as "the port was closed meanwhile" and not as a lost device. */
function canceled(): Error {
  return Object.assign(new Error('Port is not open'), { canceled: true })
}

export class MemoryBinding implements BindingInterface<MemoryPort> {
  readonly #lines = new Map<string, MemoryLine>()
  readonly #open = new Map<string, MemoryPort>()

  /** Makes a line's end openable under `path`. */
  add(path: string, line: MemoryLine): void {
    this.#lines.set(path, line)
  }

  /** Takes the port away, as when its plug is pulled: whoever has it open loses it. */
  remove(path: string): void {
    this.#lines.delete(path)
    this.#open.get(path)?.vanish()
    this.#open.delete(path)
  }

  list(): Promise<PortInfo[]> {
    const nothing = {
      manufacturer: 'linkpulse (simulated)',
      serialNumber: undefined,
      pnpId: undefined,
      locationId: undefined,
      productId: undefined,
      vendorId: undefined,
    }
    return Promise.resolve([...this.#lines.keys()].map((path) => ({ path, ...nothing })))
  }

  open(options: OpenOptions): Promise<MemoryPort> {
    const memoryLine = this.#lines.get(options.path)
    if (memoryLine === undefined) {
      return Promise.reject(new Error(`Error: No such file or directory, cannot open ${options.path}`))
    }
    if (this.#open.get(options.path)?.isOpen && options.lock !== false) {
      return Promise.reject(new Error('Error Resource temporarily unavailable Cannot lock port'))
    }
    const port = new MemoryPort(memoryLine, options)
    this.#open.set(options.path, port)
    return Promise.resolve(port)
  }
}

interface PendingRead {
  readonly buffer: Buffer
  readonly offset: number
  readonly length: number
  resolve(result: { buffer: Buffer; bytesRead: number }): void
  reject(error: Error): void
}

export class MemoryPort implements BindingPortInterface {
  readonly openOptions: Required<OpenOptions>
  isOpen = true
  /** Octets handed to the host, octets taken from it, octets lost because it did not read. */
  readonly counters = { delivered: 0, written: 0, unreadOctets: 0 }
  /** What the host last did to the modem lines; DTR and RTS are on when a port is opened. */
  modemLines: Required<SetOptions> = { brk: false, cts: false, dsr: false, dtr: true, rts: true }
  onModemLines: ((lines: Required<SetOptions>) => void) | undefined
  /** Is called each time octets have been handed to a waiting reader. */
  onDelivered: (() => void) | undefined

  readonly #line: SerialLine
  readonly #clock: Clock
  readonly #input: Uint8Array[] = []
  #unread = 0
  #read: PendingRead | undefined
  /** Why nothing works any more, once the device has vanished. */
  #gone: Error | undefined
  /** Rejects what waits for the line to empty, when the port is closed. */
  readonly #waiting = new Set<(error: Error) => void>()

  constructor(memoryLine: MemoryLine, options: OpenOptions) {
    this.#line = memoryLine.line
    this.#clock = memoryLine.clock
    this.openOptions = {
      dataBits: 8,
      lock: true,
      stopBits: 1,
      parity: 'none',
      rtscts: false,
      xon: false,
      xoff: false,
      xany: false,
      hupcl: true,
      ...options,
    }
    this.#line.setBaud(options.baudRate)
    this.#line.onReceive = (octets) => this.#received(octets)
  }

  read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    if (!this.isOpen) return Promise.reject(canceled())
    if (this.#gone !== undefined) return Promise.reject(this.#gone)
    return new Promise((resolve, reject) => {
      this.#read = { buffer, offset, length, resolve, reject }
      this.#deliver()
    })
  }

  async write(buffer: Buffer): Promise<void> {
    if (!this.isOpen) throw canceled()
    if (this.#gone !== undefined) throw this.#gone
    this.#line.write(buffer)
    this.counters.written += buffer.length
    await this.#untilPending(OUTPUT_ROOM)
  }

  /** Waits until the last stop bit has left. */
  async drain(): Promise<void> {
    if (!this.isOpen) throw canceled()
    if (this.#gone !== undefined) throw this.#gone
    if (this.#line.pending === 0) return
    await this.#untilPending(0)
    await this.#pause(1)
  }

  async close(): Promise<void> {
    if (!this.isOpen) throw new Error('Port is not open')
    this.isOpen = false
    this.#end(canceled())
  }

  /**
   * The device is gone: what is under way fails, and what is asked of it from now on, and not with "closed". The port
   * stays open until the stream has noticed and closes it, as a file descriptor does.
   */
  vanish(): void {
    if (!this.isOpen) return
    this.#gone = new Error('Error: Input/output error, the device is gone')
    this.#end(this.#gone)
  }

  async update(options: UpdateOptions): Promise<void> {
    if (!this.isOpen) throw new Error('Port is not open')
    this.#line.setBaud(options.baudRate)
    this.openOptions.baudRate = options.baudRate
  }

  async set(options: SetOptions): Promise<void> {
    if (!this.isOpen) throw new Error('Port is not open')
    this.modemLines = { ...this.modemLines, ...options }
    this.onModemLines?.(this.modemLines)
  }

  /** A three-wire line: nobody drives CTS, DSR or DCD. */
  async get(): Promise<PortStatus> {
    if (!this.isOpen) throw new Error('Port is not open')
    return { cts: false, dsr: false, dcd: false }
  }

  async getBaudRate(): Promise<{ baudRate: number }> {
    if (!this.isOpen) throw new Error('Port is not open')
    return { baudRate: this.#line.baud }
  }

  async flush(): Promise<void> {
    if (!this.isOpen) throw new Error('Port is not open')
    this.#input.length = 0
    this.#unread = 0
  }

  #received(octets: Uint8Array): void {
    const room = INPUT_ROOM - this.#unread
    if (octets.length > room) {
      this.counters.unreadOctets += octets.length - room
      octets = octets.subarray(0, room)
    }
    if (octets.length === 0) return
    this.#input.push(octets)
    this.#unread += octets.length
    this.#deliver()
  }

  #deliver(): void {
    const read = this.#read
    if (read === undefined || this.#unread === 0) return
    this.#read = undefined
    let bytesRead = 0
    while (bytesRead < read.length && this.#input.length > 0) {
      const head = this.#input[0]
      const taken = head.subarray(0, read.length - bytesRead)
      read.buffer.set(taken, read.offset + bytesRead)
      bytesRead += taken.length
      if (taken.length === head.length) this.#input.shift()
      else this.#input[0] = head.subarray(taken.length)
    }
    this.#unread -= bytesRead
    this.counters.delivered += bytesRead
    read.resolve({ buffer: read.buffer, bytesRead })
    this.onDelivered?.()
  }

  /** Waits until the line has at most `limit` octets yet to send. */
  async #untilPending(limit: number): Promise<void> {
    while (this.#line.pending > limit) await this.#pause(this.#line.pending - limit)
  }

  /** Waits for the time that `octets` take on the line. */
  #pause(octets: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const abandon = (error: Error): void => {
        this.#clock.cancel(timer)
        reject(error)
      }
      const timer = this.#clock.after(Math.ceil((octets * BITS_PER_OCTET * SECOND) / this.#line.baud), () => {
        this.#waiting.delete(abandon)
        resolve()
      })
      this.#waiting.add(abandon)
    })
  }

  #end(error: Error): void {
    this.#line.onReceive = undefined
    this.#read?.reject(error)
    this.#read = undefined
    for (const abandon of this.#waiting) abandon(error)
    this.#waiting.clear()
  }
}
