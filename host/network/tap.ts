/**
 * A TAP device of this machine's kernel (Linux, Documentation/networking/tuntap.rst): Ethernet frames, without FCS, in both
 * directions. The ioctl goes through koffi. Node has no way to wait for such a descriptor (libuv polls none of its kind, and
 * a blocking read would hold a thread for ever), so it is asked every millisecond: a read that finds nothing costs about one
 * microsecond.
 */
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import type { KoffiFunc } from 'koffi'
import koffi from 'koffi'

const DEVICE = '/dev/net/tun'
/** linux/if_tun.h, linux/if.h */
const TUNSETIFF = 0x400454ca
const IFF_TAP = 0x0002
const IFF_NO_PI = 0x1000
const IFNAMSIZ = 16
/** sizeof(struct ifreq) on 64-bit Linux; smaller elsewhere, and the kernel reads no more than it needs. */
const IFREQ_OCTETS = 40
/** Between two looks, in milliseconds. */
const INTERVAL = 1
/** Frames taken in one look, so that a flood leaves the rest of the program its turn. */
const AT_ONCE = 64
const LARGEST_FRAME = 65_536

/** errno values of Linux that have a remedy (asm-generic/errno-base.h). */
const EPERM = 1
const EBUSY = 16
const EINVAL = 22

/** Why a TAP device could not be had: says what to do. */
export class TapError extends Error {
  override readonly name = 'TapError'
  /** The target cannot be opened (docs: exit status). */
  readonly exitStatus = 3
}

type Ioctl = KoffiFunc<(descriptor: number, request: number, argument: Uint8Array) => number>

let loaded: Ioctl | undefined

function ioctl(): Ioctl {
  if (process.platform !== 'linux') {
    throw new TapError(`--tap needs Linux; ${process.platform} has no TAP devices. Leave it out for the lab host`)
  }
  loaded ??= koffi
    .load(null)
    .func('int ioctl(int descriptor, unsigned long request, _Inout_ uint8_t *argument)') as Ioctl
  return loaded
}

function privileges(name: string): string {
  return `it needs root or CAP_NET_ADMIN. Run it with sudo, or make the device yours once: sudo ip tuntap add dev ${name} mode tap user $USER`
}

export class Tap {
  readonly name: string
  /** Is called with each frame the kernel sends: destination address to the end of the payload. The array is the listener's own. */
  onFrame: ((frame: Uint8Array) => void) | undefined
  /** Is called when reading failed for good. */
  onError: ((error: Error) => void) | undefined
  /** `lost`: frames the kernel did not take, because the device is down or its queue is full. */
  readonly counters = { received: 0, sent: 0, lost: 0 }
  readonly #descriptor: number
  readonly #buffer = new Uint8Array(LARGEST_FRAME)
  #timer: NodeJS.Timeout | undefined
  #closed = false

  /**
   * @param name of the device; it is made when it does not exist.
   * @throws TapError that says what is missing.
   */
  constructor(name: string) {
    const control = ioctl()
    this.name = name
    const octets = new TextEncoder().encode(name)
    if (octets.length === 0 || octets.length >= IFNAMSIZ || /[\s/:]/.test(name)) {
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
    const request = new Uint8Array(IFREQ_OCTETS)
    request.set(octets)
    new DataView(request.buffer).setInt16(IFNAMSIZ, IFF_TAP | IFF_NO_PI, true)
    if (control(this.#descriptor, TUNSETIFF, request) < 0) {
      const errno = koffi.errno()
      closeSync(this.#descriptor)
      if (errno === EPERM) throw new TapError(`cannot make the TAP device ${name}: ${privileges(name)}`)
      if (errno === EBUSY) throw new TapError(`${name} is in use by another program; end it or choose another name`)
      if (errno === EINVAL) throw new TapError(`${name} exists and is no TAP device; choose another name`)
      throw new TapError(`cannot make the TAP device ${name}: errno ${errno}`)
    }
    this.#timer = setTimeout(() => this.#look(), INTERVAL)
  }

  /** Hands a frame to the kernel. False when it did not take it. */
  write(frame: Uint8Array): boolean {
    if (this.#closed) return false
    try {
      writeSync(this.#descriptor, frame)
      this.counters.sent++
      return true
    } catch {
      // EIO while the device is down, EAGAIN while its queue is full: the frame is lost, as on a cable, and counted
      this.counters.lost++
      return false
    }
  }

  /** Lets go of the device; one that this program made is gone then. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    closeSync(this.#descriptor)
  }

  #look(): void {
    for (let taken = 0; taken < AT_ONCE && !this.#closed; taken++) {
      let length: number
      try {
        length = readSync(this.#descriptor, this.#buffer)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EAGAIN' || code === 'EINTR') break
        this.onError?.(error as Error)
        return
      }
      this.counters.received++
      this.onFrame?.(this.#buffer.slice(0, length))
    }
    if (!this.#closed) this.#timer = setTimeout(() => this.#look(), INTERVAL)
  }
}
