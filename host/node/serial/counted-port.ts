/**
 * A serial port that counts the octets and the calls that pass, around the operating system's own: how whoever shares a simulated
 * board's time knows that nothing is under way.
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
import { Listeners } from '../../../firmware/hal/listeners.js'

export class CountedBinding implements BindingInterface<CountedPort> {
  readonly #system: BindingInterface
  readonly #quiet: () => Promise<void>
  #port: CountedPort | undefined

  /** @param quiet resolves when no octet is between the port and its other end */
  constructor(system: BindingInterface, quiet: () => Promise<void>) {
    this.#system = system
    this.#quiet = quiet
  }

  /** The port that was opened last. */
  get port(): CountedPort | undefined {
    return this.#port
  }

  list(): Promise<PortInfo[]> {
    return this.#system.list()
  }

  async open(options: OpenOptions): Promise<CountedPort> {
    this.#port = new CountedPort(await this.#system.open(options), this.#quiet)
    return this.#port
  }
}

export class CountedPort implements BindingPortInterface {
  /** Octets the host wrote, and those it has read. */
  writtenOctets = 0
  readOctets = 0
  /** Calls under way, reads not among them: a read waits for as long as it takes. */
  calls = 0
  reading = false
  readonly #readListeners = new Listeners<[]>()
  readonly #changeListeners = new Listeners<[]>()

  /** @param quiet resolves when no octet is between the port and its other end */
  constructor(
    private readonly system: BindingPortInterface,
    private readonly quiet: () => Promise<void>,
  ) {}

  /** Is called when octets have been read. */
  onRead(listener: () => void): () => void {
    return this.#readListeners.add(listener)
  }

  /** Is called when a count has changed, a call has ended, or the port was closed: whoever waits for one of them need not look in between. */
  onChange(listener: () => void): () => void {
    return this.#changeListeners.add(listener)
  }

  get openOptions(): Required<OpenOptions> {
    return this.system.openOptions
  }

  get isOpen(): boolean {
    return this.system.isOpen
  }

  async close(): Promise<void> {
    try {
      await this.system.close()
    } finally {
      this.#changeListeners.tell()
    }
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    this.reading = true
    try {
      const result = await this.system.read(buffer, offset, length)
      this.readOctets += result.bytesRead
      this.#readListeners.tell()
      return result
    } finally {
      this.reading = false
      this.#changeListeners.tell()
    }
  }

  write(buffer: Buffer): Promise<void> {
    this.writtenOctets += buffer.length
    return this.#call(this.system.write(buffer))
  }

  /** A change of settings flushes the kernel's buffers, so nothing may be in them. */
  update(options: UpdateOptions): Promise<void> {
    return this.#call(this.quiet().then(() => this.system.update(options)))
  }

  flush(): Promise<void> {
    return this.#call(this.quiet().then(() => this.system.flush()))
  }

  set(options: SetOptions): Promise<void> {
    return this.#call(this.system.set(options))
  }

  get(): Promise<PortStatus> {
    return this.#call(this.system.get())
  }

  getBaudRate(): Promise<{ baudRate: number }> {
    return this.#call(this.system.getBaudRate())
  }

  drain(): Promise<void> {
    return this.#call(this.system.drain())
  }

  async #call<T>(work: Promise<T>): Promise<T> {
    this.calls++
    try {
      return await work
    } finally {
      this.calls--
      this.#changeListeners.tell()
    }
  }
}
