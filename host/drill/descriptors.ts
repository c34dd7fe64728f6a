/** The process of a script: its open sockets by the numbers that the script gives them. */
import { NetError } from '../../firmware/net/errors.js'
import type { Family } from '../../firmware/net/ip.js'
import type { SocketProtocol, SocketType } from '../../firmware/socket/options.js'
import type { Address } from './call-values.js'
import { type End, type Flow, streamOctet } from './flow.js'
import type { EventName } from './readiness.js'
import { type Answered, concluded, type Dialogue, type SubjectSocket } from './subject.js'

export interface Descriptor {
  readonly number: number
  readonly socket: SubjectSocket
  nonBlocking: boolean
  /** What it speaks in, once it is connected. */
  flow: Flow | undefined
  /** Octets of its stream that were read, and written. */
  read: number
  written: number
}

/** What an epoll descriptor waits for. */
export interface EventPoll {
  readonly number: number
  /** By the descriptor that is watched. */
  readonly interests: Map<number, Interest>
}

export interface Interest {
  readonly events: ReadonlySet<EventName>
  /** What comes back with an event. */
  readonly data: string
  readonly edge: boolean
  readonly oneShot: boolean
  /** One-shot, and it was told. */
  off: boolean
  /** Of an edge: what was so when the socket was looked at last, octets to read among it, and what is new since it was told. */
  before: ReadonlySet<EventName>
  available: number
  readonly news: Set<EventName>
}

/** What calls need of the runner. */
export interface Process {
  /** Nanoseconds. */
  readonly now: number
  /** Asks a call that blocks again then, even if nothing else happens. */
  wakeAt(instant: number): void
  readonly descriptors: Map<number, Descriptor>
  readonly polls: Map<number, EventPoll>
  /** Where `...` binds and connects to. */
  readonly defaultBind: Address
  readonly defaultConnect: Address
  /** Of a socket that `...` is the domain of. */
  readonly defaultFamily: Family
  /** SO_RCVBUF and SO_SNDBUF are read as twice what they were set to. */
  readonly doublesBuffers: boolean
  createSocket(family: string, type: SocketType, protocol: SocketProtocol | undefined): Answered<SubjectSocket>
  /** The conversation of a socket that has connected, or was accepted. */
  opened(protocol: Flow['protocol'], local: End, remote: End): Flow
  /** The conversation that code (`%{ }%`) is about. */
  lookAt(flow: Flow): void
}

/** What a call did; `undefined` in its place: it blocks. */
export interface CallOutcome {
  readonly value: number
  /** As errno(3) names it. */
  readonly error?: string
  /** What it gave by its pointers and was not to give. */
  readonly wrong?: readonly string[]
}

export function failed(error: string): CallOutcome {
  return { value: -1, error }
}

/** Runs what may throw a NetError, as errno would tell it. */
export function* guarded(call: () => Answered<CallOutcome | undefined>): Dialogue<CallOutcome | undefined> {
  try {
    return yield* concluded(call())
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
