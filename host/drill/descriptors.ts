/** The process of a script: its open sockets by the numbers that the script gives them. */
import type { NetErrorCode } from '../../firmware/net/errors.js'
import { NetError } from '../../firmware/net/errors.js'
import type { SocketProtocol, SocketType } from '../../firmware/socket/options.js'
import type { Socket } from '../../firmware/socket/socket.js'
import type { Address } from './call-values.js'
import { type End, type Flow, streamOctet } from './flow.js'

export interface Descriptor {
  readonly number: number
  readonly socket: Socket
  nonBlocking: boolean
  /** What it speaks in, once it is connected. */
  flow: Flow | undefined
  /** Octets of its stream that were read, and written. */
  read: number
  written: number
}

/** What calls need of the runner. */
export interface Process {
  /** Nanoseconds. */
  readonly now: number
  /** Asks a call that blocks again then, even if nothing else happens. */
  wakeAt(instant: number): void
  readonly descriptors: Map<number, Descriptor>
  /** Where `...` binds and connects to. */
  readonly defaultBind: Address
  readonly defaultConnect: Address
  createSocket(family: string, type: SocketType, protocol: SocketProtocol | undefined): Socket
  /** The conversation of a socket that has connected, or was accepted. */
  opened(protocol: Flow['protocol'], local: End, remote: End): Flow
  /** The conversation that code (`%{ }%`) is about. */
  lookAt(flow: Flow): void
}

/** What a call did; `undefined` in its place: it blocks. */
export interface CallOutcome {
  readonly value: number
  readonly error?: NetErrorCode
  /** What it gave by its pointers and was not to give. */
  readonly wrong?: readonly string[]
}

export function failed(error: NetErrorCode): CallOutcome {
  return { value: -1, error }
}

/** Runs what may throw a NetError, as errno would tell it. */
export function guarded(call: () => CallOutcome | undefined): CallOutcome | undefined {
  try {
    return call()
  } catch (error) {
    if (error instanceof NetError) return failed(error.code)
    throw error
  }
}

/** The octets a script writes: its text, and where it says `...` the stream's own. */
export function octetsToWrite(text: string | undefined, length: number, place: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) =>
    text !== undefined && i < text.length ? text.charCodeAt(i) & 0xff : streamOctet(place + i),
  )
}
