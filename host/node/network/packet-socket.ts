/**
 * A packet socket of Linux on one interface (packet(7)): its Ethernet frames, without FCS, both ways, beside the kernel's own stack. The
 * calls go through koffi, as those of a TAP device do, and for the same reason (`tap.ts`).
 */
import { closeSync } from 'node:fs'
import type { KoffiFunc } from 'koffi'
import { TargetError, UsageError } from '../../errors/errors.js'
import { IFNAMSIZ, type InterfaceCalls, interfaceCalls, interfaceRequest } from './interface-calls.js'

/** bits/socket.h, linux/if_packet.h, linux/if_ether.h; the numbers are those of every architecture that Node runs on. */
const AF_PACKET = 17
const SOCK_RAW = 3
const ETH_P_ALL = 0x0003
const MSG_DONTWAIT = 0x40
const PACKET_OUTGOING = 4
/** struct sockaddr_ll: where the index of the interface and the kind of packet are. */
const ADDRESS_OCTETS = 20
const INDEX_AT = 4
const KIND_AT = 10
/** linux/sockios.h */
const SIOCGIFADDR = 0x8915
const SIOCGIFNETMASK = 0x891b
/** In a struct ifreq: behind the name, family and port of a struct sockaddr_in. */
const ADDRESS_AT = IFNAMSIZ + 4
const LARGEST_FRAME = 65_536

/** errno values of Linux (asm-generic). */
const EPERM = 1
const EACCES = 13
const EADDRNOTAVAIL = 99

interface SocketCalls extends InterfaceCalls {
  readonly socket: KoffiFunc<(domain: number, type: number, protocol: number) => number>
  readonly bind: KoffiFunc<(descriptor: number, address: Uint8Array, length: number) => number>
  readonly send: KoffiFunc<(descriptor: number, octets: Uint8Array, length: number, flags: number) => number>
  readonly receive: KoffiFunc<
    (
      descriptor: number,
      octets: Uint8Array,
      length: number,
      flags: number,
      from: Uint8Array,
      size: Uint8Array,
    ) => number
  >
}

let loaded: SocketCalls | undefined

function socketCalls(): SocketCalls {
  if (process.platform !== 'linux') {
    throw new UsageError(`--wire needs Linux; ${process.platform} has no packet sockets. Leave it out`)
  }
  loaded ??= interfaceCalls('leave --wire out', (library) => ({
    socket: library.func('int socket(int domain, int type, int protocol)'),
    bind: library.func('int bind(int descriptor, const void *address, uint32_t length)'),
    send: library.func('intptr_t send(int descriptor, const void *octets, size_t length, int flags)'),
    receive: library.func(
      'intptr_t recvfrom(int descriptor, void *octets, size_t length, int flags, void *address, void *size)',
    ),
  }))
  return loaded
}

/** Of the kernel's end of an interface. */
export interface InterfaceAddress {
  /** Four octets each. */
  readonly address: Uint8Array
  readonly mask: Uint8Array
}

export class PacketSocket {
  readonly #calls: SocketCalls
  readonly #name: string
  readonly #descriptor: number
  readonly #buffer = new Uint8Array(LARGEST_FRAME)
  #closed = false

  /**
   * @param index of the interface
   * @throws UsageError on another system than Linux, and without koffi; TargetError where the kernel does not give one
   */
  constructor(name: string, index: number) {
    this.#calls = socketCalls()
    this.#name = name
    const protocol = ((ETH_P_ALL & 0xff) << 8) | (ETH_P_ALL >> 8)
    this.#descriptor = this.#calls.socket(AF_PACKET, SOCK_RAW, protocol)
    if (this.#descriptor < 0) throw this.#refused('cannot open a packet socket')
    const address = new Uint8Array(ADDRESS_OCTETS)
    const view = new DataView(address.buffer)
    view.setUint16(0, AF_PACKET, true)
    view.setUint16(2, ETH_P_ALL)
    view.setInt32(INDEX_AT, index, true)
    if (this.#calls.bind(this.#descriptor, address, address.length) < 0) {
      const error = this.#refused('cannot listen')
      this.close()
      throw error
    }
  }

  /** The kernel's IPv4 address there; undefined where it has none. */
  get address(): InterfaceAddress | undefined {
    const address = this.#ask(SIOCGIFADDR)
    const mask = address === undefined ? undefined : this.#ask(SIOCGIFNETMASK)
    return address === undefined || mask === undefined ? undefined : { address, mask }
  }

  /** @param frame from the destination address on. False where the kernel does not take it: the interface is down, or its queue full. */
  send(frame: Uint8Array): boolean {
    return !this.#closed && this.#calls.send(this.#descriptor, frame, frame.length, MSG_DONTWAIT) === frame.length
  }

  /** The next frame that came in from the wire; undefined where none waits. It is valid until the next call. */
  receive(): Uint8Array | undefined {
    const from = new Uint8Array(ADDRESS_OCTETS)
    const size = new Uint8Array(4)
    while (!this.#closed) {
      new DataView(size.buffer).setUint32(0, ADDRESS_OCTETS, true)
      const length = this.#calls.receive(this.#descriptor, this.#buffer, LARGEST_FRAME, MSG_DONTWAIT, from, size)
      if (length <= 0) return undefined
      // What the kernel itself sends is shown here as well.
      if (from[KIND_AT] !== PACKET_OUTGOING) return this.#buffer.subarray(0, length)
    }
    return undefined
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    closeSync(this.#descriptor)
  }

  #ask(request: number): Uint8Array | undefined {
    const argument = interfaceRequest(this.#name)
    if (this.#calls.ioctl(this.#descriptor, request, argument) === 0) return argument.slice(ADDRESS_AT, ADDRESS_AT + 4)
    if (this.#calls.errno() === EADDRNOTAVAIL) return undefined
    throw this.#refused('cannot ask for its address')
  }

  #refused(what: string): TargetError {
    const errno = this.#calls.errno()
    const why =
      errno === EPERM || errno === EACCES
        ? 'that needs root or CAP_NET_RAW; run it with sudo, or leave --wire out'
        : `errno ${errno}; is the interface still there?`
    return new TargetError(`--wire ${this.#name}: ${what}: ${why}`)
  }
}
