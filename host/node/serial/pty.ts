/**
 * A pseudo-terminal pair: what we write to the master, any program that opens the slave's path reads, and the other way
 * round. To that program it is a serial port.
 *
 * The C library is called through koffi. No structure layout is assumed: `struct termios` stays an opaque buffer that the
 * C library's own functions fill and change (POSIX.1-2017 posix_openpt, grantpt, unlockpt, tcgetattr, tcsetattr;
 * cfmakeraw(3)), and the flag values come from `fs.constants`.
 */

import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { ReadStream } from 'node:tty'
import type { KoffiFunc } from 'koffi'
import { Listeners } from '../../../firmware/hal/listeners.js'
import { loadKoffi } from '../optional-package.js'

/** fcntl(2) commands and flag: the same numbers on Linux and macOS. */
const F_SETFD = 2
const F_GETFL = 3
const F_SETFL = 4
const FD_CLOEXEC = 1

const TCSANOW = 0
/** tcflush(3): what was received and not read, and what was written and not sent. */
const TCIOFLUSH = process.platform === 'darwin' ? 3 : 2

/** ioctl(2): octets that wait to be read (asm-generic/ioctls.h; sys/filio.h on macOS). */
const FIONREAD = process.platform === 'darwin' ? 0x4004667f : 0x541b

/** Room enough for any platform's `struct termios` (60 octets on Linux, 72 on macOS). */
const TERMIOS_ROOM = 256

/** Octets kept for a program that does not read. A kernel's own terminal buffer is 4096; what comes after both is lost. */
const QUEUE_LIMIT = 65_536

/** The type of a call's argument that takes an int back. */
type IntResult = ReturnType<typeof import('koffi')['out']>

interface CLibrary {
  /** Of the last call that failed. */
  errno: () => number
  readonly intResult: IntResult
  posix_openpt: KoffiFunc<(flags: number) => number>
  grantpt: KoffiFunc<(descriptor: number) => number>
  unlockpt: KoffiFunc<(descriptor: number) => number>
  ptsname_r: KoffiFunc<(descriptor: number, name: Uint8Array, room: number) => number>
  tcgetattr: KoffiFunc<(descriptor: number, termios: Uint8Array) => number>
  tcsetattr: KoffiFunc<(descriptor: number, when: number, termios: Uint8Array) => number>
  cfmakeraw: KoffiFunc<(termios: Uint8Array) => void>
  cfgetospeed: KoffiFunc<(termios: Uint8Array) => number>
  cfsetspeed: KoffiFunc<(termios: Uint8Array, speed: number) => number>
  tcflush: KoffiFunc<(descriptor: number, queue: number) => number>
  fcntl: KoffiFunc<(descriptor: number, command: number, ...rest: (string | number)[]) => number>
  ioctl: KoffiFunc<(descriptor: number, request: number, type: IntResult, value: Int32Array) => number>
}

let library: CLibrary | undefined

function cLibrary(): CLibrary {
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new Error(
      `pseudo-terminals are made with POSIX calls, which ${process.platform} does not have; Linux and macOS do. In-memory targets such as model:uno work here`,
    )
  }
  if (library === undefined) {
    const koffi = loadKoffi('serve the board on the network with --rfc2217')
    const libc = koffi.load(null)
    // speed_t is unsigned int on Linux and unsigned long on macOS
    const speed = process.platform === 'darwin' ? 'unsigned long' : 'unsigned int'
    library = {
      errno: () => koffi.errno(),
      intResult: koffi.out(koffi.pointer('int32_t')),
      posix_openpt: libc.func('int posix_openpt(int flags)'),
      grantpt: libc.func('int grantpt(int descriptor)'),
      unlockpt: libc.func('int unlockpt(int descriptor)'),
      ptsname_r: libc.func('int ptsname_r(int descriptor, _Out_ uint8_t *name, size_t room)'),
      tcgetattr: libc.func('int tcgetattr(int descriptor, _Inout_ uint8_t *termios)'),
      tcsetattr: libc.func('int tcsetattr(int descriptor, int when, const uint8_t *termios)'),
      cfmakeraw: libc.func('void cfmakeraw(_Inout_ uint8_t *termios)'),
      cfgetospeed: libc.func(`${speed} cfgetospeed(const uint8_t *termios)`),
      cfsetspeed: libc.func(`int cfsetspeed(_Inout_ uint8_t *termios, ${speed} speed)`),
      tcflush: libc.func('int tcflush(int descriptor, int queue)'),
      fcntl: libc.func('int fcntl(int descriptor, int command, ...)'),
      ioctl: libc.func('int ioctl(int descriptor, unsigned long request, ...)'),
    }
  }
  return library
}

/**
 * Linux: the codes B50 … B4000000 of asm-generic/termbits.h, by code. Elsewhere, and in C libraries that report plain
 * rates, `speed_t` is the number of symbols a second.
 */
const LINUX_SPEEDS: readonly (readonly [code: number, baud: number])[] = [
  [0x0001, 50],
  [0x0002, 75],
  [0x0003, 110],
  [0x0004, 134],
  [0x0005, 150],
  [0x0006, 200],
  [0x0007, 300],
  [0x0008, 600],
  [0x0009, 1200],
  [0x000a, 1800],
  [0x000b, 2400],
  [0x000c, 4800],
  [0x000d, 9600],
  [0x000e, 19200],
  [0x000f, 38400],
  [0x1001, 57600],
  [0x1002, 115200],
  [0x1003, 230400],
  [0x1004, 460800],
  [0x1005, 500000],
  [0x1006, 576000],
  [0x1007, 921600],
  [0x1008, 1000000],
  [0x1009, 1152000],
  [0x100a, 1500000],
  [0x100b, 2000000],
  [0x100c, 2500000],
  [0x100d, 3000000],
  [0x100e, 3500000],
  [0x100f, 4000000],
]

function codeOf(baud: number): number | undefined {
  if (process.platform !== 'linux') return baud
  return LINUX_SPEEDS.find(([, rate]) => rate === baud)?.[0]
}

function baudOf(code: number): number | undefined {
  if (process.platform !== 'linux') return code
  const known = LINUX_SPEEDS.find(([speed]) => speed === code)
  if (known !== undefined) return known[1]
  return LINUX_SPEEDS.some(([, baud]) => baud === code) ? code : undefined
}

function refuse(call: string, result: number): never {
  throw new Error(
    `could not make a pseudo-terminal: ${call} failed with ${result} (errno ${cLibrary().errno()}); is /dev/pts mounted, and is the limit in /proc/sys/kernel/pty/max reached?`,
  )
}

export interface PtyOptions {
  /** The rate the terminal is set to before anyone opens it, for programs that do not choose one. */
  readonly baud?: number
}

export class PseudoTerminal {
  /** What other programs open, for example /dev/pts/3. */
  readonly path: string
  /** Is called with octets that a program wrote to the path. The array is the listener's own. */
  handleOctets: ((octets: Uint8Array) => void) | undefined
  /** Is called when the program at the other end has chosen another rate (noticed with the next octets either way, and by `noticeBaud`). */
  handleBaud: ((baud: number) => void) | undefined
  readonly #errorListeners = new Listeners<[error: Error]>()
  readonly #transferListeners = new Listeners<[]>()
  /** Octets lost because nobody read them, and calls that failed. */
  readonly counters = { received: 0, sent: 0, unreadOctets: 0, errors: 0 }

  readonly #master: number
  /** Keeps the slave open: a master without one reads EIO each time the last program closes the path. */
  readonly #slave: number
  readonly #reader: ReadStream
  readonly #termios = new Uint8Array(TERMIOS_ROOM)
  readonly #count = new Int32Array(1)
  readonly #queue: Uint8Array[] = []
  #queued = 0
  #retry: NodeJS.Timeout | undefined
  #baud: number | undefined
  #closed = false

  /** @throws Error when the platform has no pseudo-terminals, or none is left. */
  constructor(options: PtyOptions = {}) {
    const c = cLibrary()
    this.#master = c.posix_openpt(constants.O_RDWR | constants.O_NOCTTY)
    if (this.#master < 0) refuse('posix_openpt', this.#master)
    let slave = -1
    try {
      const flags = c.fcntl(this.#master, F_GETFL)
      if (flags < 0) refuse('fcntl', flags)
      if (c.fcntl(this.#master, F_SETFL, 'int', flags | constants.O_NONBLOCK) < 0) refuse('fcntl', -1)
      if (c.fcntl(this.#master, F_SETFD, 'int', FD_CLOEXEC) < 0) refuse('fcntl', -1)
      if (c.grantpt(this.#master) !== 0) refuse('grantpt', -1)
      if (c.unlockpt(this.#master) !== 0) refuse('unlockpt', -1)
      const name = new Uint8Array(256)
      const named = c.ptsname_r(this.#master, name, name.length)
      if (named !== 0) refuse('ptsname_r', named)
      this.path = new TextDecoder().decode(name.subarray(0, name.indexOf(0)))
      slave = openSync(this.path, constants.O_RDWR | constants.O_NOCTTY)
      // raw before the path is known to anyone: not one octet is echoed or translated
      if (c.tcgetattr(slave, this.#termios) !== 0) refuse('tcgetattr', -1)
      c.cfmakeraw(this.#termios)
      const code = options.baud === undefined ? undefined : codeOf(options.baud)
      if (code !== undefined) c.cfsetspeed(this.#termios, code)
      if (c.tcsetattr(slave, TCSANOW, this.#termios) !== 0) refuse('tcsetattr', -1)
    } catch (error) {
      if (slave >= 0) closeSync(slave)
      closeSync(this.#master)
      throw error
    }
    this.#slave = slave
    this.#baud = this.baud
    this.#reader = new ReadStream(this.#master)
    this.#reader.on('data', (chunk: Buffer) => this.#received(chunk))
    this.#reader.on('error', (error) => this.#failed(error))
  }

  /** Is called when reading or writing failed for good; the terminal is then of no more use. */
  onError(listener: (error: Error) => void): () => void {
    return this.#errorListeners.add(listener)
  }

  /** Is called when octets came from the kernel, went to it, or were thrown away: `counters` and `pending` have changed. */
  onTransfer(listener: () => void): () => void {
    return this.#transferListeners.add(listener)
  }

  /** The rate the terminal is set to, in symbols a second; undefined when it is one this platform has no code for. */
  get baud(): number | undefined {
    const c = cLibrary()
    if (this.#closed || c.tcgetattr(this.#slave, this.#termios) !== 0) return undefined
    return baudOf(c.cfgetospeed(this.#termios))
  }

  /** Octets handed to the kernel that no program has read yet; what still is `pending` is not among them. */
  get unread(): number {
    if (this.#closed) return 0
    const c = cLibrary()
    return c.ioctl(this.#slave, FIONREAD, c.intResult, this.#count) === 0 ? this.#count[0] : 0
  }

  /** Throws away, and counts, what no program has read yet, and what one wrote that has not come in: the next begins with nothing. */
  discard(): void {
    this.counters.unreadOctets += this.unread + this.#queued
    this.#queue.length = 0
    this.#queued = 0
    cLibrary().tcflush(this.#slave, TCIOFLUSH)
    this.#transferListeners.tell()
  }

  /** Octets queued for a program that has not read them yet, beyond what the kernel keeps. */
  get pending(): number {
    return this.#queued
  }

  /** Queues octets for whoever reads the path. Never blocks; what nobody reads is counted as `unreadOctets`. */
  write(octets: Uint8Array): void {
    if (this.#closed || octets.length === 0) return
    this.noticeBaud()
    const room = QUEUE_LIMIT - this.#queued
    const taken = octets.slice(0, Math.max(0, room))
    this.counters.unreadOctets += octets.length - taken.length
    if (taken.length === 0) return
    this.#queue.push(taken)
    this.#queued += taken.length
    if (this.#retry === undefined) this.#drain(1)
  }

  /** Reads nothing more until `resume`: a program that has written what the kernel keeps waits then, as at a port whose buffer is full. */
  pause(): void {
    this.#reader.pause()
  }

  resume(): void {
    if (!this.#closed) this.#reader.resume()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#retry)
    this.counters.unreadOctets += this.#queued
    this.#queue.length = 0
    this.#queued = 0
    this.#reader.destroy() // closes the master
    closeSync(this.#slave)
  }

  /** @param milliseconds until the next try when the kernel's buffer is full; it grows to 20. */
  #drain(milliseconds: number): void {
    this.#retry = undefined
    while (this.#queue.length > 0) {
      const head = this.#queue[0]
      let written: number
      try {
        written = writeSync(this.#master, head)
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code
        if (code === 'EAGAIN' || code === 'EINTR') {
          this.#retry = setTimeout(() => this.#drain(Math.min(20, milliseconds * 2)), milliseconds)
          return
        }
        this.#failed(error as Error)
        return
      }
      milliseconds = 1
      this.counters.sent += written
      this.#queued -= written
      if (written === head.length) this.#queue.shift()
      else this.#queue[0] = head.subarray(written)
    }
    this.#transferListeners.tell()
  }

  #received(chunk: Buffer): void {
    this.counters.received += chunk.length
    this.noticeBaud()
    this.handleOctets?.(Uint8Array.from(chunk))
    this.#transferListeners.tell()
  }

  /** Looks whether a program has chosen another rate: the kernel tells nobody. */
  noticeBaud(): void {
    if (this.handleBaud === undefined) return
    const baud = this.baud
    if (baud === undefined || baud === this.#baud) return
    this.#baud = baud
    this.handleBaud(baud)
  }

  #failed(error: Error): void {
    if (this.#closed) return
    this.counters.errors++
    this.#errorListeners.tell(error)
  }
}
