/**
 * A serial port as the Web Serial specification describes it (https://wicg.github.io/serial, 4: streams that are made when they are asked for,
 * errors that end a stream and not the port, a port that cannot be closed while a stream is held), with a simulated line behind it.
 */
import { FRAMING_8N1, isBreak, type SerialFraming } from '../../boards/rs232/framing.js'
import type { UartEnd } from '../../boards/rs232/uart-line.js'
import { type Clock, SECOND } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_OVERRUN, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import type { WebSerialOptions, WebSerialPort } from './web-serial.js'

/** What of a line's end the port needs. */
type PortEnd = Pick<UartEnd, 'baud' | 'pending' | 'handleOctets' | 'setBaud' | 'write' | 'flush' | 'setBreak'> & {
  readonly modem: Pick<UartEnd['modem'], 'get' | 'set'>
  setFraming?(framing: SerialFraming): void
  flowControl?: boolean
}

/** What `getInfo` tells of a port. */
export type SerialPortInfo = ReturnType<WebSerialPort['getInfo']>

/** An Arduino Uno. */
const UNO: SerialPortInfo = { usbVendorId: 0x2341, usbProductId: 0x43 }

export interface SimulatedSerialPortOptions {
  readonly end: PortEnd
  readonly clock: Clock
  /** Hands something to the simulation at the present instant. */
  readonly enter: (input: () => void) => void
  /** DTR was switched on, which resets many boards. */
  readonly onDtr?: () => void
  /** Another program has it. */
  readonly busy?: boolean
  /** That of an Arduino Uno by default. */
  readonly info?: SerialPortInfo
}

export class SimulatedSerialPort extends EventTarget implements WebSerialPort {
  readonly #options: SimulatedSerialPortOptions
  #opened: (WebSerialOptions & { readonly bufferSize: number }) | undefined
  #framing: SerialFraming = FRAMING_8N1
  #readable: ReadableStream<Uint8Array> | null = null
  #writable: WritableStream<Uint8Array> | null = null
  #controller: ReadableByteStreamController | undefined
  #isLost = false
  /** What has come and was not read, and whoever waits for it. */
  #received: number[] = []
  #pull: (() => void) | undefined
  /** Both streams are to be over before the port is closed. */
  #streamsOver: (() => void) | undefined
  readonly opened: WebSerialOptions[] = []

  constructor(options: SimulatedSerialPortOptions) {
    super()
    this.#options = options
  }

  getInfo(): SerialPortInfo {
    return this.#options.info ?? UNO
  }

  /** Whether the device is there. */
  get connected(): boolean {
    return !this.#isLost
  }

  async open(options: WebSerialOptions): Promise<void> {
    if (this.#opened !== undefined) throw new DOMException('The port is already open.', 'InvalidStateError')
    if (!(options.baudRate > 0) || options.bufferSize === 0)
      throw new TypeError('Requested value must be greater than 0')
    const { dataBits = 8, parity = 'none', stopBits = 1, flowControl = 'none' } = options
    if (dataBits !== 7 && dataBits !== 8) throw new TypeError('Requested data bits must be 7 or 8')
    if (stopBits !== 1 && stopBits !== 2) throw new TypeError('Requested stop bits must be 1 or 2')
    if (this.#options.busy || this.#isLost) throw new DOMException('Failed to open serial port.', 'NetworkError')
    this.#opened = { bufferSize: 255, ...options }
    this.opened.push(options)
    const { end, enter } = this.#options
    this.#framing = { dataBits, parity, stopBits }
    enter(() => {
      end.setBaud(options.baudRate)
      end.setFraming?.(this.#framing)
      if ('flowControl' in end) end.flowControl = flowControl === 'hardware'
      end.handleOctets = (octets, errors) => this.#arrive(octets, errors)
    })
    this.#received = []
  }

  get readable(): ReadableStream<Uint8Array> | null {
    if (this.#opened === undefined || this.#isLost) return null
    this.#readable ??= new ReadableStream({
      type: 'bytes',
      start: (controller) => {
        this.#controller = controller
      },
      pull: () =>
        new Promise<void>((resolve) => {
          this.#pull = resolve
          this.#deliver()
        }),
      cancel: () => {
        this.#received = []
        this.#readableOver()
      },
    })
    return this.#readable
  }

  get writable(): WritableStream<Uint8Array> | null {
    if (this.#opened === undefined || this.#isLost) return null
    const { end, enter } = this.#options
    this.#writable ??= new WritableStream<Uint8Array>(
      {
        write: async (octets) => {
          if (this.#isLost) throw new DOMException('The device has been lost.', 'NetworkError')
          enter(() => end.write(octets))
        },
        close: async () => {
          await this.#drained()
          this.#writableOver()
        },
        abort: () => {
          enter(() => end.flush())
          this.#writableOver()
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: this.#opened.bufferSize }),
    )
    return this.#writable
  }

  async close(): Promise<void> {
    if (this.#opened === undefined) throw new DOMException('The port is already closed.', 'InvalidStateError')
    const over = new Promise<void>((resolve) => {
      this.#streamsOver = resolve
    })
    if (this.#readable === null && this.#writable === null) this.#streamsOver?.()
    try {
      await Promise.all([this.#readable?.cancel(), this.#writable?.abort(), over])
    } finally {
      this.#streamsOver = undefined
    }
    this.#opened = undefined
    const { end, enter } = this.#options
    enter(() => {
      end.handleOctets = undefined
      end.setBreak(false)
      end.modem.set('dtr', false)
      end.modem.set('rts', false)
    })
  }

  async setSignals(signals: { dataTerminalReady?: boolean; requestToSend?: boolean; break?: boolean }): Promise<void> {
    if (this.#opened === undefined) throw new DOMException('The port is not open.', 'InvalidStateError')
    if (Object.keys(signals).length === 0) throw new TypeError('Signals dictionary must contain at least one member.')
    const { end, enter, onDtr } = this.#options
    enter(() => {
      const { dataTerminalReady: dtr, requestToSend: rts, break: brk } = signals
      if (dtr && !end.modem.get('dtr')) onDtr?.()
      if (dtr !== undefined) end.modem.set('dtr', dtr)
      if (rts !== undefined) end.modem.set('rts', rts)
      if (brk !== undefined) end.setBreak(brk)
    })
  }

  async getSignals() {
    if (this.#opened === undefined) throw new DOMException('The port is not open.', 'InvalidStateError')
    const { modem } = this.#options.end
    return {
      clearToSend: modem.get('cts'),
      dataSetReady: modem.get('dsr'),
      dataCarrierDetect: modem.get('dcd'),
      ringIndicator: modem.get('ri'),
    }
  }

  /** The plug is pulled: both streams end with an error, and no new ones are made. */
  pull(): void {
    if (this.#isLost) return
    this.#isLost = true
    const gone = new DOMException('The device has been lost.', 'NetworkError')
    this.#controller?.error(gone)
    this.#readableOver()
    this.#writableOver()
    this.dispatchEvent(new Event('disconnect'))
  }

  /** What ends a stream and not the port: the next one begins behind it. */
  interrupt(name: 'BreakError' | 'FramingError' | 'ParityError' | 'BufferOverrunError'): void {
    if (this.readable === null) return
    this.#deliver()
    this.#controller?.error(new DOMException(`The port saw a ${name}.`, name))
    this.#readableOver()
  }

  /** Whether somebody holds one of the streams. */
  get held(): boolean {
    return this.#readable?.locked === true || this.#writable?.locked === true
  }

  #arrive(octets: Uint8Array, errors: Uint8Array | undefined): void {
    if (this.#opened === undefined) return
    octets.forEach((octet, index) => {
      const flags = errors?.[index] ?? 0
      if (isBreak(octet, flags, this.#framing)) this.interrupt('BreakError')
      else if (flags & LINE_FRAMING_ERROR) this.interrupt('FramingError')
      else if (flags & LINE_OVERRUN) this.interrupt('BufferOverrunError')
      else if (flags & LINE_PARITY_ERROR) this.interrupt('ParityError')
      else this.#received.push(octet)
    })
    if (this.#received.length > this.#opened.bufferSize) {
      this.#received = []
      this.interrupt('BufferOverrunError')
      return
    }
    this.#deliver()
  }

  #deliver(): void {
    if (this.#pull === undefined || this.#received.length === 0) return
    const pulled = this.#pull
    this.#pull = undefined
    this.#controller?.enqueue(Uint8Array.from(this.#received.splice(0)))
    pulled()
  }

  /** When the last stop bit has left. */
  #drained(): Promise<void> {
    const { end, clock, enter } = this.#options
    return new Promise((resolve) => {
      const look = (): void => {
        const character = Math.ceil((10 * SECOND) / end.baud)
        if (end.pending > 0) clock.after(end.pending * character, look)
        else clock.after(character, resolve)
      }
      enter(look)
    })
  }

  #readableOver(): void {
    this.#readable = null
    this.#controller = undefined
    this.#pull?.()
    this.#pull = undefined
    if (this.#writable === null) this.#streamsOver?.()
  }

  #writableOver(): void {
    this.#writable = null
    if (this.#readable === null) this.#streamsOver?.()
  }
}
