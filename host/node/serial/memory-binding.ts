/**
 * A binding for serialport (`@serialport/bindings-interface`) whose ports are ends of simulated serial lines. The host
 * reads and writes them through serialport's own stream, exactly as it would a port of the operating system.
 *
 * Everything happens at instants of the line's clock: a promise handed to the stream is settled by an event of the
 * scheduler or at once, never by a timer of Node, so a run stays a function of its seed.
 *
 * Control circuits (RTS, CTS, DTR, DSR, DCD) are those of the line, where it has some: `set` drives them, `get` reads them,
 * `onStatus` reports changes, and `rtscts` asks for hardware flow control both ways.
 *
 * Where it differs from a kernel's port: `flush` cannot take back octets that the UART has already been given.
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
import { FRAMING_8N1, type Parity, type SerialFraming, sameFraming } from '../../../boards/rs232/framing.js'
import type { ModemEnd } from '../../../boards/rs232/modem-lines.js'
import { type Clock, SECOND, type Timer } from '../../../firmware/hal/clock.js'
import { Listeners } from '../../../firmware/hal/listeners.js'
import type { SerialLine } from '../../../firmware/hal/serial-line.js'
import { openOptionsOf } from './open-options.js'

/** What the kernel keeps of octets on their way out, before a write has to wait (the size of Linux' terminal buffer). */
const OUTPUT_ROOM = 4096

/** What is kept of octets that nobody has read. A kernel drops what comes after; so do we, and count it. */
const INPUT_ROOM = 65_536

/** With flow control, RTS goes off when so many octets wait, and on again at so few (Linux: throttle and unthrottle). */
const THROTTLE_AT = INPUT_ROOM - 128
const UNTHROTTLE_AT = 128

/** Of 8N1. With another framing a wait for the line to empty is done in more than one step, or takes a little long. */
const BITS_PER_CHARACTER = 10

/** What a line's end may have beside octets: a UartEnd has all of it. */
export interface ControlledLine extends SerialLine {
  readonly modem?: ModemEnd
  flowControl?: boolean
  setFraming?(framing: SerialFraming): void
  setBreak?(on: boolean): void
}

export interface MemoryLine {
  readonly line: ControlledLine
  readonly clock: Clock
  /** Hands something to the line at the present instant, where its time follows the wall clock; left out where it stands while the host acts. */
  readonly enter?: (input: () => void) => void
}

/** What `list` tells of a port beside its path. */
export type MemoryPortInfo = Partial<Omit<PortInfo, 'path'>>

const PARITIES: readonly string[] = ['none', 'even', 'odd', 'mark', 'space']

/** @throws Error for what no UART has. */
function framingOf({ dataBits = 8, parity = 'none', stopBits = 1 }: OpenOptions): SerialFraming {
  if (![5, 6, 7, 8].includes(dataBits)) throw new Error(`Error: ${dataBits} data bits; a port has 5, 6, 7 or 8`)
  if (!PARITIES.includes(parity)) throw new Error(`Error: parity "${parity}"; a port has ${PARITIES.join(', ')}`)
  if (![1, 1.5, 2].includes(stopBits)) throw new Error(`Error: ${stopBits} stop bits; a port has 1, 1.5 or 2`)
  return { dataBits, parity: parity as Parity, stopBits }
}

/** An error that serialport's stream takes as "the port was closed meanwhile" and not as a lost device. */
function canceled(): Error {
  return Object.assign(new Error('Port is not open'), { canceled: true })
}

export class MemoryBinding implements BindingInterface<MemoryPort> {
  readonly #lines = new Map<string, MemoryLine & { readonly info: MemoryPortInfo }>()
  readonly #open = new Map<string, MemoryPort>()

  /** Makes a line's end, or a device (`createDevice`), openable under `path`. */
  add(path: string, { line, clock, enter }: MemoryLine, info: MemoryPortInfo = {}): void {
    this.#lines.set(path, { line, clock, ...(enter === undefined ? {} : { enter }), info })
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
    return Promise.resolve([...this.#lines].map(([path, { info }]) => ({ path, ...nothing, ...info })))
  }

  open(options: OpenOptions): Promise<MemoryPort> {
    const memoryLine = this.#lines.get(options.path)
    if (memoryLine === undefined) {
      return Promise.reject(new Error(`Error: No such file or directory, cannot open ${options.path}`))
    }
    if (this.#open.get(options.path)?.isOpen && options.lock !== false) {
      return Promise.reject(new Error('Error Resource temporarily unavailable Cannot lock port'))
    }
    let port: MemoryPort
    try {
      port = new MemoryPort(memoryLine, options)
    } catch (error) {
      return Promise.reject(error)
    }
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
  readonly #modemLinesListeners = new Listeners<[lines: Required<SetOptions>]>()
  readonly #statusListeners = new Listeners<[status: PortStatus]>()
  #throttled = false
  #deaf: (() => void) | undefined
  readonly #deliveredListeners = new Listeners<[]>()

  readonly #line: ControlledLine
  readonly #clock: Clock
  readonly #enter: (input: () => void) => void
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
    this.#enter = memoryLine.enter ?? ((input) => input())
    this.openOptions = openOptionsOf(options)
    const framing = framingOf(this.openOptions)
    // A line without framing of its own is 8N1.
    if (this.#line.setFraming === undefined && !sameFraming(framing, FRAMING_8N1))
      throw new Error('Error: this line has 8 data bits, no parity, 1 stop bit')
    this.#enter(() => this.#begin(options.baudRate, framing))
  }

  #begin(baudRate: number, framing: SerialFraming): void {
    this.#line.setBaud(baudRate)
    this.#line.setFraming?.(framing)
    this.#line.handleOctets = (octets) => this.#received(octets)
    const { modem } = this.#line
    this.#deaf = modem?.onChange((circuit) => {
      if (circuit === 'cts' || circuit === 'dsr' || circuit === 'dcd') this.#statusListeners.tell(this.#status())
    })
    modem?.set('dtr', true)
    modem?.set('rts', true)
    if ('flowControl' in this.#line) this.#line.flowControl = this.openOptions.rtscts
  }

  /** Is called each time octets have been handed to a waiting reader. */
  onDelivered(listener: () => void): () => void {
    return this.#deliveredListeners.add(listener)
  }

  /** Is called when an input changes: CTS, DSR, DCD. */
  onStatus(listener: (status: PortStatus) => void): () => void {
    return this.#statusListeners.add(listener)
  }

  onModemLines(listener: (lines: Required<SetOptions>) => void): () => void {
    return this.#modemLinesListeners.add(listener)
  }

  #status(): PortStatus {
    const modem = this.#line.modem
    return { cts: modem?.get('cts') ?? false, dsr: modem?.get('dsr') ?? false, dcd: modem?.get('dcd') ?? false }
  }

  /** RTS as the host wants it, unless too much waits to be read. */
  #driveRts(): void {
    this.#line.modem?.set('rts', this.modemLines.rts && !this.#throttled)
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
    this.#enter(() => this.#line.write(buffer))
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
    this.#enter(() => {
      if (this.openOptions.hupcl) {
        this.#line.modem?.set('dtr', false)
        this.#line.modem?.set('rts', false)
      }
      this.#end(canceled())
    })
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
    this.#enter(() => this.#line.setBaud(options.baudRate))
    this.openOptions.baudRate = options.baudRate
  }

  async set(options: SetOptions): Promise<void> {
    if (!this.isOpen) throw new Error('Port is not open')
    this.modemLines = { ...this.modemLines, ...options }
    this.#enter(() => {
      this.#line.modem?.set('dtr', this.modemLines.dtr)
      this.#driveRts()
      this.#line.setBreak?.(this.modemLines.brk)
    })
    this.#modemLinesListeners.tell(this.modemLines)
  }

  /** On a three-wire line nobody drives CTS, DSR or DCD: they are off. */
  async get(): Promise<PortStatus> {
    if (!this.isOpen) throw new Error('Port is not open')
    return this.#status()
  }

  async getBaudRate(): Promise<{ baudRate: number }> {
    if (!this.isOpen) throw new Error('Port is not open')
    return { baudRate: this.#line.baud }
  }

  async flush(): Promise<void> {
    if (!this.isOpen) throw new Error('Port is not open')
    this.#input.length = 0
    this.#unread = 0
    this.#throttle()
  }

  /** Hardware flow control: RTS goes off before the room for octets is full, and on when most of them have been read. */
  #throttle(): void {
    if (!this.openOptions.rtscts) return
    if (this.#unread >= THROTTLE_AT) this.#throttled = true
    else if (this.#unread <= UNTHROTTLE_AT) this.#throttled = false
    this.#driveRts()
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
    this.#throttle()
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
    this.#throttle()
    read.resolve({ buffer: read.buffer, bytesRead })
    this.#deliveredListeners.tell()
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
      let timer: Timer | undefined
      this.#waiting.add(abandon)
      this.#enter(() => {
        timer = this.#clock.after(Math.ceil((octets * BITS_PER_CHARACTER * SECOND) / this.#line.baud), () => {
          this.#waiting.delete(abandon)
          resolve()
        })
      })
    })
  }

  #end(error: Error): void {
    this.#line.handleOctets = undefined
    this.#deaf?.()
    this.#deaf = undefined
    if ('flowControl' in this.#line) this.#line.flowControl = false
    this.#line.setBreak?.(false)
    this.#read?.reject(error)
    this.#read = undefined
    for (const abandon of this.#waiting) abandon(error)
    this.#waiting.clear()
  }
}
