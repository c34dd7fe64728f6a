/**
 * A simulated board behind a real pseudo-terminal, in lockstep: virtual time stands still while an octet is inside the
 * kernel. The port is opened and read as any other, and yet the run does not depend on how fast or how busy the machine
 * is, which real-time pacing cannot promise.
 *
 * Both ends of the terminal are in this process, so what is inside the kernel is known: what one end wrote and the other
 * has not read.
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
import { TargetError } from './errors.js'
import type { PseudoTerminal } from './pty.js'

/** Real time that octets may take through the kernel; more means that something else reads or writes the terminal. */
const PATIENCE_MILLISECONDS = 10_000

/** A binding whose port counts what passes, around the operating system's own. */
export class LockstepBinding implements BindingInterface<LockstepPort> {
  readonly #system: BindingInterface
  readonly #terminal: PseudoTerminal
  #port: LockstepPort | undefined

  constructor(system: BindingInterface, terminal: PseudoTerminal) {
    this.#system = system
    this.#terminal = terminal
  }

  list(): Promise<PortInfo[]> {
    return this.#system.list()
  }

  async open(options: OpenOptions): Promise<LockstepPort> {
    this.#port = new LockstepPort(await this.#system.open(options), () => this.#until(() => !this.#inKernel()))
    return this.#port
  }

  /**
   * Resolves when no octet is inside the kernel and no call to it is under way.
   * @throws TargetError when that takes seconds
   */
  quiet(): Promise<void> {
    return this.#until(() => !this.#inKernel() && (this.#port?.calls ?? 0) === 0)
  }

  async #until(condition: () => boolean): Promise<void> {
    const began = performance.now()
    while (!condition()) {
      if (performance.now() - began > PATIENCE_MILLISECONDS) {
        throw new TargetError(
          `octets were lost inside ${this.#terminal.path}: another program has it open; end that program, then try again`,
        )
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Whether one end has written what the other has not read. A host that does not read is not waited for. */
  #inKernel(): boolean {
    const port = this.#port
    if (port === undefined || !port.isOpen) return false
    const { received, sent } = this.#terminal.counters
    if (port.writtenOctets !== received || this.#terminal.pending > 0) return true
    return port.reading && port.readOctets !== sent
  }
}

export class LockstepPort implements BindingPortInterface {
  /** Octets the host wrote, and those it has read. */
  writtenOctets = 0
  readOctets = 0
  /** Calls under way, reads not among them: a read waits for as long as it takes. */
  calls = 0
  reading = false

  constructor(
    private readonly system: BindingPortInterface,
    private readonly quiet: () => Promise<void>,
  ) {}

  get openOptions(): Required<OpenOptions> {
    return this.system.openOptions
  }

  get isOpen(): boolean {
    return this.system.isOpen
  }

  close(): Promise<void> {
    return this.system.close()
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    this.reading = true
    try {
      const result = await this.system.read(buffer, offset, length)
      this.readOctets += result.bytesRead
      return result
    } finally {
      this.reading = false
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
    }
  }
}
