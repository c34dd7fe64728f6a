/**
 * A stand-in for `navigator.serial` (https://wicg.github.io/serial), for tests of pages: its ports are devices that somebody wrote, or simulated
 * boards, and nobody is asked to choose one.
 *
 *     const serial = createSerial()
 *     serial.add(createDevice((octets) => octets, { baudRate: 9600 }))
 *     serial.install()   // from here on navigator.serial is this one
 */
import type { PortLine } from '../serial/serial-device.js'
import { type SerialPortInfo, SimulatedSerialPort } from './simulated-serial-port.js'

/** Which ports a page wants to see: of these makers, or these products of theirs. */
export interface SerialPortFilter {
  readonly usbVendorId?: number
  readonly usbProductId?: number
}

export interface AddedPortOptions {
  /** What `getInfo` tells; that of an Arduino Uno by default. */
  readonly info?: SerialPortInfo
  /** The person has let the page have it before: `getPorts` has it at once. False by default. */
  readonly granted?: boolean
  /** Another program has it: it cannot be opened. */
  readonly busy?: boolean
  /** DTR was switched on, which resets many boards. */
  readonly onDtr?: () => void
}

export class SimulatedSerial extends EventTarget {
  readonly #ports: SimulatedSerialPort[] = []
  readonly #granted = new Set<SimulatedSerialPort>()
  /** The person: which of the ports it chooses, or none. The first by default. */
  handleChoice: (ports: readonly SimulatedSerialPort[]) => SimulatedSerialPort | undefined = ([first]) => first

  /** Plugs a device in. Its port is what a page is given. */
  add({ line, clock, enter }: PortLine, { granted = false, ...options }: AddedPortOptions = {}): SimulatedSerialPort {
    const port = new SimulatedSerialPort({ end: line, clock, enter, ...options })
    this.#ports.push(port)
    if (granted) {
      this.#granted.add(port)
      this.#tell('connect', port)
    }
    return port
  }

  /** Pulls the plug: streams of an open port end with a NetworkError. */
  remove(port: SimulatedSerialPort): void {
    const at = this.#ports.indexOf(port)
    if (at < 0) return
    this.#ports.splice(at, 1)
    port.pull()
    if (this.#granted.delete(port)) this.#tell('disconnect', port)
  }

  /** Rejects with a NotFoundError where none is chosen, with a TypeError for a filter that names a product without its maker. */
  async requestPort({
    filters = [],
  }: {
    readonly filters?: readonly SerialPortFilter[]
  } = {}): Promise<SimulatedSerialPort> {
    for (const { usbVendorId, usbProductId } of filters) {
      if (usbVendorId !== undefined) continue
      throw new TypeError(
        usbProductId === undefined
          ? 'A filter must not be empty.'
          : 'A filter with a product must have its vendor too.',
      )
    }
    const shown = this.#ports.filter((port) => filters.length === 0 || filters.some((filter) => matches(port, filter)))
    const chosen = this.handleChoice(shown)
    if (chosen === undefined || !shown.includes(chosen)) {
      throw new DOMException('No port selected by the user.', 'NotFoundError')
    }
    this.#granted.add(chosen)
    return chosen
  }

  /** Ports that the page has been given before, and that are there. */
  async getPorts(): Promise<SimulatedSerialPort[]> {
    return this.#ports.filter((port) => this.#granted.has(port))
  }

  /** Makes it `navigator.serial` of this page or worker. Returns what puts back what was there. */
  install(): () => void {
    const { navigator } = globalThis
    const before = Object.getOwnPropertyDescriptor(navigator, 'serial')
    Object.defineProperty(navigator, 'serial', { configurable: true, enumerable: true, value: this })
    return () => {
      if (before === undefined) Reflect.deleteProperty(navigator, 'serial')
      else Object.defineProperty(navigator, 'serial', before)
    }
  }

  #tell(what: 'connect' | 'disconnect', port: SimulatedSerialPort): void {
    const event = new Event(what)
    // In the specification it is the port's event, which comes up to here.
    Object.defineProperty(event, 'target', { value: port })
    this.dispatchEvent(event)
  }
}

function matches(port: SimulatedSerialPort, { usbVendorId, usbProductId }: SerialPortFilter): boolean {
  const info = port.getInfo()
  return info.usbVendorId === usbVendorId && (usbProductId === undefined || info.usbProductId === usbProductId)
}

/** Without ports: `add` plugs devices in. */
export function createSerial(): SimulatedSerial {
  return new SimulatedSerial()
}
