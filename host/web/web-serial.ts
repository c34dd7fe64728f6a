/**
 * The part of the Web Serial API that is used here (https://wicg.github.io/serial). A page gets a port by
 * `navigator.serial.requestPort()`, in answer to a click; a worker by `navigator.serial.getPorts()`.
 */

export interface WebSerialOptions {
  readonly baudRate: number
  /** Octets of the browser's buffers each way; 255 by default. */
  readonly bufferSize?: number
  /** 8, none and 1 by default; no flow control. */
  readonly dataBits?: number
  readonly parity?: 'none' | 'even' | 'odd'
  readonly stopBits?: number
  readonly flowControl?: 'none' | 'hardware'
}

export interface WebSerialPort {
  /** Null while the port is closed, and once it is lost. An error that is not the end of it leaves a new stream here. */
  readonly readable: ReadableStream<Uint8Array> | null
  readonly writable: WritableStream<Uint8Array> | null
  open(options: WebSerialOptions): Promise<void>
  /** Rejects with a TypeError while somebody holds one of the streams. */
  close(): Promise<void>
  /** Rejects with a TypeError when nothing is to be set. */
  setSignals(signals: {
    readonly dataTerminalReady?: boolean
    readonly requestToSend?: boolean
    readonly break?: boolean
  }): Promise<void>
  getSignals(): Promise<{
    readonly clearToSend: boolean
    readonly dataSetReady: boolean
    readonly dataCarrierDetect: boolean
    readonly ringIndicator: boolean
  }>
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number }
}

/** `navigator.serial`. */
export interface WebSerial {
  /** Asks the person; rejects with a NotFoundError where none is chosen. */
  requestPort(): Promise<WebSerialPort>
}
