/**
 * The stack under test, as a run sees it: ours, or somebody else's behind a line protocol (`line-subject.ts`). What ours answers is
 * there at once; for the other a line goes out and its answer has to come: so whatever asks is a dialogue, which the runner of it
 * (`converse.ts`) hands the answers to. As the driver's SPI programs, it neither knows nor waits.
 */
import type { NetErrorCode } from '../../firmware/net/errors.js'
import type { IpEndpoint } from '../../firmware/net/ip.js'
import type { TcpDefaults, TcpInfo, TcpState } from '../../firmware/net/tcp/tcp.js'
import type { Endpoint, SocketAddress } from '../../firmware/socket/endpoint.js'
import type { ActionOptions, ReadableOptions, SocketProtocol, SocketType } from '../../firmware/socket/options.js'
import type { DatagramInfo, SocketReadiness } from '../../firmware/socket/socket.js'

/** Yields a line, and is handed the lines of its answer. */
export type Dialogue<T> = Generator<string, T, readonly string[]>
/** At once, or after a dialogue. */
export type Answered<T> = T | Dialogue<T>

/** What is answered, in either way. */
export function* concluded<T>(answer: Answered<T>): Dialogue<T> {
  return isDialogue(answer) ? yield* answer : answer
}

function isDialogue<T>(answer: Answered<T>): answer is Dialogue<T> {
  return typeof answer === 'object' && answer !== null && 'next' in answer && typeof answer.next === 'function'
}

/** The same object from when a connection begins until it is CLOSED. */
export interface SubjectConnection {
  readonly local: IpEndpoint
  readonly remote: IpEndpoint
  readonly state: TcpState
  /** Undefined where this stack does not say. */
  info(): TcpInfo | undefined
}

/** The calls of a socket, none of which waits, as `firmware/socket/socket.ts` has them; a failure is a NetError. */
export interface SubjectSocket {
  readonly type: SocketType
  bind(local: Endpoint): Answered<void>
  listen(backlog: number): Answered<void>
  accept(): Answered<SubjectSocket | undefined>
  connect(remote: Endpoint): Answered<void>
  localEndpoint(): Answered<SocketAddress>
  remoteEndpoint(): Answered<SocketAddress>
  poll(): Answered<SocketReadiness>
  error(): Answered<NetErrorCode | undefined>
  read(into: Uint8Array): Answered<number | undefined>
  peek(into: Uint8Array): Answered<number | undefined>
  /** Octets of a stream that wait to be read. */
  readonly available?: number
  write(octets: Uint8Array, options?: { urgent?: boolean; push?: boolean }): Answered<number | undefined>
  sendTo(octets: Uint8Array, to: Endpoint): Answered<number | undefined>
  receiveFrom(into: Uint8Array): Answered<DatagramInfo | undefined>
  shutdown(how: 'read' | 'write' | 'both'): Answered<void>
  close(): Answered<void>
  setOption<Name extends keyof ActionOptions>(name: Name, value: ActionOptions[Name]): Answered<void>
  getOption<Name extends keyof ReadableOptions>(name: Name): Answered<ReadableOptions[Name]>
}

export interface Subject {
  /** Nanoseconds of virtual time. */
  readonly now: number
  /** The first thing that is asked of it. */
  begin(): Answered<void>
  /**
   * Lets time pass, to the instant at most; ends earlier where something happened that is worth a look.
   * @returns false when the instant has come and nothing more is due before it
   */
  advance(instant: number): Answered<boolean>
  /** Frames that come together. */
  deliver(frames: readonly Uint8Array[]): Answered<void>
  /** @throws NetError where there are no such sockets */
  socket(family: string, type: SocketType, protocol: SocketProtocol | undefined): Answered<SubjectSocket>
  /** New connections begin from these. */
  setDefaults(defaults: Partial<TcpDefaults>): Answered<void>
  /** Asks to be looked at then, even if nothing else happens. */
  wakeAt(instant: number): void
  /** Connections that are not CLOSED. */
  readonly connections: Iterable<SubjectConnection>
  /** Ports that are listened on, in the order in which that began. */
  readonly listeningPorts: Iterable<number>
}

/** What a subject tells a run. */
export interface SubjectWatcher {
  /** It sent a frame, at its `now`; ARP is not among them. */
  onSent(frame: Uint8Array): void
  /** Every frame, both ways. */
  onFrame(direction: 'inbound' | 'outbound', frame: Uint8Array): void
}
