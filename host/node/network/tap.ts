/**
 * A TAP device of this machine's kernel (Linux, Documentation/networking/tuntap.rst): Ethernet frames, without FCS, in both
 * directions. All calls go through koffi: a read that finds nothing costs 0.2 µs, and 5 µs through node:fs, which makes an
 * exception of it. Node has no way to wait for such a descriptor (libuv polls none of its kind, and a blocking read would
 * hold a thread for ever), so it is asked again and again: in each turn of the event loop while frames pass, every
 * millisecond when the wire has fallen silent.
 */

import { closeSync, constants, openSync } from 'node:fs'
import type { KoffiFunc } from 'koffi'
import { Listeners } from '../../../firmware/hal/listeners.js'
import { IFNAMSIZ, type InterfaceCalls, interfaceCalls, interfaceRequest } from './interface-calls.js'

const DEVICE = '/dev/net/tun'
/** linux/if_tun.h */
const TUNSETIFF = 0x400454ca
const IFF_TAP = 0x0002
const IFF_NO_PI = 0x1000
/** Between two looks at a silent wire, in milliseconds. */
const LOOK_INTERVAL_MILLISECONDS = 1
/** A wire on which nothing passed for so long is silent, in milliseconds. Until then each turn of the event loop looks. */
const SILENCE_MILLISECONDS = 3
/** Frames taken in one look, so that a flood leaves the rest of the program its turn. */
const AT_ONCE = 64
const LARGEST_FRAME = 65_536

/** errno values of Linux that have a remedy or a meaning here (asm-generic/errno-base.h). */
const EPERM = 1
const EINTR = 4
const EAGAIN = 11
const EBUSY = 16
const EINVAL = 22

/** Why a TAP device could not be opened: says what to do. */
class TapError extends Error {
  override readonly name = 'TapError'
  /** The target cannot be opened (docs: exit status). */
  readonly exitStatus = 3
}

interface SystemCalls extends InterfaceCalls {
  readonly read: KoffiFunc<(descriptor: number, octets: Uint8Array, length: number) => number>
  readonly write: KoffiFunc<(descriptor: number, octets: Uint8Array, length: number) => number>
}

let loaded: SystemCalls | undefined

function systemCalls(): SystemCalls {
  if (process.platform !== 'linux') {
    throw new TapError(`--tap needs Linux; ${process.platform} has no TAP devices. Leave it out for the lab host`)
  }
  loaded ??= interfaceCalls('leave --tap out for the lab host', (library) => ({
    read: library.func('intptr_t read(int descriptor, void *octets, size_t length)'),
    write: library.func('intptr_t write(int descriptor, const void *octets, size_t length)'),
  }))
  return loaded
}

function privileges(name: string): string {
  return `it needs root or CAP_NET_ADMIN. Run it with sudo, or make the device yours once: sudo ip tuntap add dev ${name} mode tap user $USER`
}

export class Tap {
  readonly name: string
  /**
   * Is called with each frame the kernel sends: destination address to the end of the payload, valid during the call.
   * `more`: a further one is waiting already and follows at once.
   */
  handleFrame: ((frame: Uint8Array, more: boolean) => void) | undefined
  readonly #errorListeners = new Listeners<[error: Error]>()
  /** `lost`: frames the kernel did not take, because the device is down or its queue is full. */
  readonly counters = { received: 0, sent: 0, lost: 0 }
  readonly #system: SystemCalls
  readonly #descriptor: number
  /** Two, so that a frame can be handed on when it is known whether another one follows. */
  #buffer = new Uint8Array(LARGEST_FRAME)
  #spare = new Uint8Array(LARGEST_FRAME)
  #timer: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined
  /** When a frame last passed, on the clock of `performance.now`. */
  #lastFrame = Number.NEGATIVE_INFINITY
  #closed = false

  /**
   * @param name of the device; it is made when it does not exist.
   * @throws TapError that says what is missing.
   */
  constructor(name: string) {
    this.#system = systemCalls()
    this.name = name
    const { length } = new TextEncoder().encode(name)
    if (length === 0 || length >= IFNAMSIZ || /[\s/:]/.test(name)) {
      throw new TapError(`"${name}" cannot name a network device: 1 to 15 characters, without blanks, "/" and ":"`)
    }
    try {
      this.#descriptor = openSync(DEVICE, constants.O_RDWR | constants.O_NONBLOCK)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') throw new TapError(`${DEVICE} does not exist: load the driver with sudo modprobe tun`)
      if (code === 'EACCES' || code === 'EPERM') throw new TapError(`cannot open ${DEVICE}: ${privileges(name)}`)
      throw new TapError(`cannot open ${DEVICE}: ${message}`, { cause: error })
    }
    const request = interfaceRequest(name)
    new DataView(request.buffer).setInt16(IFNAMSIZ, IFF_TAP | IFF_NO_PI, true)
    if (this.#system.ioctl(this.#descriptor, TUNSETIFF, request) < 0) {
      const errno = this.#system.errno()
      closeSync(this.#descriptor)
      if (errno === EPERM) throw new TapError(`cannot make the TAP device ${name}: ${privileges(name)}`)
      if (errno === EBUSY) throw new TapError(`${name} is in use by another program; end it or choose another name`)
      if (errno === EINVAL) throw new TapError(`${name} exists and is no TAP device; choose another name`)
      throw new TapError(`cannot make the TAP device ${name}: errno ${errno}`)
    }
    this.#arm()
  }

  /** Is called when reading failed for good. */
  onError(listener: (error: Error) => void): () => void {
    return this.#errorListeners.add(listener)
  }

  /** Hands a frame to the kernel. False when it did not take it. */
  write(frame: Uint8Array): boolean {
    if (this.#closed) return false
    this.#passed()
    if (this.#system.write(this.#descriptor, frame, frame.length) < 0) {
      // EIO while the device is down, EAGAIN while its queue is full: the frame is lost, as on a cable, and counted
      this.counters.lost++
      return false
    }
    this.counters.sent++
    return true
  }

  /** Closes the device; one that this program made is then removed. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    clearImmediate(this.#immediate)
    closeSync(this.#descriptor)
  }

  /** A frame passed, so another one may follow soon: look in the next turn, not after the interval. */
  #passed(): void {
    this.#lastFrame = performance.now()
    if (this.#immediate !== undefined) return
    clearTimeout(this.#timer)
    this.#immediate = setImmediate(() => this.#look())
  }

  #arm(): void {
    if (this.#closed || this.#immediate !== undefined) return
    clearTimeout(this.#timer)
    if (performance.now() - this.#lastFrame < SILENCE_MILLISECONDS) this.#immediate = setImmediate(() => this.#look())
    else this.#timer = setTimeout(() => this.#look(), LOOK_INTERVAL_MILLISECONDS)
  }

  #look(): void {
    this.#immediate = undefined
    this.poll()
    this.#arm()
  }

  /** Takes frames that wait now, without waiting for the next look. */
  poll(most = AT_ONCE): void {
    let length = this.#closed ? 0 : this.#read()
    for (let taken = 1; length > 0 && !this.#closed; taken++) {
      const frame = this.#buffer
      const next = taken < most ? this.#readAhead() : 0
      this.counters.received++
      this.handleFrame?.(frame.subarray(0, length), next > 0)
      length = next
    }
  }

  /** Reads behind the frame that is about to be handed on. */
  #readAhead(): number {
    const frame = this.#buffer
    this.#buffer = this.#spare
    this.#spare = frame
    return this.#read()
  }

  /** Octets of the next frame, now in `#buffer`; 0 when none is waiting. */
  #read(): number {
    const length = this.#system.read(this.#descriptor, this.#buffer, LARGEST_FRAME)
    if (length > 0) {
      this.#passed()
      return length
    }
    const errno = this.#system.errno()
    if (length < 0 && errno !== EAGAIN && errno !== EINTR) {
      this.#closed = true
      closeSync(this.#descriptor)
      this.#errorListeners.tell(
        new TapError(`reading from ${this.name} failed for good: errno ${errno}; was the device deleted?`),
      )
    }
    return 0
  }
}
