/**
 * A process: its descriptors, by the numbers that a program sees, and the calls that use them. The stack's calls do not wait; a call here
 * that has to is asked again when the socket says that something changed, until it can be answered.
 */
import { NetError } from '../../../../firmware/net/errors.js'
import type { DatagramSocket } from '../../../../firmware/socket/datagram-socket.js'
import type { StreamSocket } from '../../../../firmware/socket/stream-socket.js'
import type { Stack } from '../../../../firmware/stack.js'
import { encodeText } from '../../../../firmware/text/utf8.js'
import { OpenFile } from './memory-file.js'
import type { CodeLine } from './programs.js'

export type ProcessSocket = StreamSocket | DatagramSocket
/** What a descriptor is of. The first three of a process are its terminal. */
export type Opened = 'terminal' | OpenFile | ProcessSocket

/** What a call gave. */
export interface CallValue {
  readonly value: number
  /** What was read, or received. */
  readonly octets?: Uint8Array
  /** From whom, as `address:port`. */
  readonly from?: { readonly address: string; readonly port: number }
}

/** Asked until it answers; undefined: not yet. @throws NetError */
export type Attempt = () => CallValue | undefined

export interface CallArguments {
  /** The descriptor that it is about. */
  readonly on: number | undefined
  /** What was read last. */
  readonly buffer: Uint8Array
  readonly from: CallValue['from']
  readonly type: 'stream' | 'datagram'
}

/** A computer: its stack, and the one process on it. */
export interface SocketHostParts {
  readonly stack: Stack
  readonly process: SocketProcess
}

const MOST = 1500

export class SocketProcess {
  readonly #stack: Stack
  readonly #opened = new Map<number, Opened>()
  /** Something may have changed for a call that waits. */
  readonly #wake: () => void

  constructor(stack: Stack, wake: () => void) {
    this.#stack = stack
    this.#wake = wake
    for (const number of [0, 1, 2]) this.#opened.set(number, 'terminal')
  }

  /** In the order of their numbers. */
  get descriptors(): readonly (readonly [number: number, opened: Opened])[] {
    return [...this.#opened].sort(([a], [b]) => a - b)
  }

  /** @throws NetError where it cannot even begin */
  begin(line: CodeLine, { on, buffer, from, type }: CallArguments): Attempt {
    const octets = line.data === undefined ? buffer : encodeText(line.data)
    switch (line.call) {
      case 'socket': {
        const socket = this.#stack.socket('ipv4', type)
        return this.#gives(this.#open(socket))
      }
      case 'open':
        return this.#gives(this.#open(new OpenFile(line.address!)))
      case 'bind':
        this.#socket(on).bind({ address: line.address!, port: line.port! })
        return this.#gives(0)
      case 'listen':
        this.#socket(on).listen()
        return this.#gives(0)
      case 'accept': {
        const listener = this.#socket(on) as StreamSocket
        return () => {
          const socket = listener.accept()
          return socket === undefined ? undefined : { value: this.#open(socket) }
        }
      }
      case 'connect':
        return this.#connect(this.#socket(on), line)
      case 'write':
        return () => answered(this.#at(on).write(octets))
      case 'sendto': {
        const to = from !== undefined && line.data === undefined ? from : { address: line.address!, port: line.port! }
        return () => answered((this.#socket(on) as DatagramSocket).sendTo(octets, to))
      }
      case 'read':
        return () => read(this.#at(on))
      case 'recvfrom':
        return () => receive(this.#socket(on) as DatagramSocket)
      case 'lseek':
        return this.#gives((this.#at(on) as OpenFile).seek(0))
      case 'close':
        return this.#close(on)
    }
  }

  #gives(value: number): Attempt {
    return () => ({ value })
  }

  /** POSIX: the lowest number that is free. */
  #open(opened: OpenFile | ProcessSocket): number {
    let number = 0
    while (this.#opened.has(number)) number++
    this.#opened.set(number, opened)
    if (!(opened instanceof OpenFile)) opened.onReady(this.#wake)
    return number
  }

  #at(number: number | undefined): OpenFile | ProcessSocket {
    const opened = number === undefined ? undefined : this.#opened.get(number)
    if (opened === undefined || opened === 'terminal') throw new NetError('EBADF', `descriptor ${number}`)
    return opened
  }

  #socket(number: number | undefined): ProcessSocket {
    const opened = this.#at(number)
    if (opened instanceof OpenFile) throw new NetError('EBADF', `descriptor ${number}`)
    return opened
  }

  #connect(socket: ProcessSocket, { address, port }: CodeLine): Attempt {
    socket.connect({ address: address!, port: port! })
    return () => {
      if (!socket.poll().writable) return undefined
      const code = socket.error()
      if (code !== undefined) throw new NetError(code, 'connect')
      return { value: 0 }
    }
  }

  #close(number: number | undefined): Attempt {
    const opened = this.#at(number)
    this.#opened.delete(number!)
    if (!(opened instanceof OpenFile)) opened.close()
    return this.#gives(0)
  }
}

function answered(value: number | undefined): CallValue | undefined {
  return value === undefined ? undefined : { value }
}

function read(opened: OpenFile | ProcessSocket): CallValue | undefined {
  const into = new Uint8Array(MOST)
  const value = opened.read(into)
  return value === undefined ? undefined : { value, octets: into.slice(0, value) }
}

function receive(socket: DatagramSocket): CallValue | undefined {
  const into = new Uint8Array(MOST)
  const got = socket.receiveFrom(into)
  if (got === undefined) return undefined
  const { address, port } = got.from
  return { value: got.length, octets: into.slice(0, got.length), from: { address, port } }
}
