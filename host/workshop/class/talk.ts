/**
 * One stream connection of a learner's program: a client says something whole, ends its half, and reads the answer to its end; a server reads to
 * the end, answers, and closes. Whoever is at the other end is another learner, and may say anything, or nothing.
 */
import { type Clock, SECOND, type Timer } from '../../../firmware/hal/clock.js'
import { NetError, type NetErrorCode } from '../../../firmware/net/errors.js'
import type { StreamSocket } from '../../../firmware/socket/stream-socket.js'
import type { Stack } from '../../../firmware/stack.js'
import { concatenated } from '../../octets.js'
import { Afterwards } from '../network/afterwards.js'

/** A connection that has not come to its end by then is reset. */
const LONGEST = 300 * SECOND
/** Who acknowledges nothing for so long is not there (RFC 9293 3.9.1, user timeout). */
const UNACKNOWLEDGED = 20 * SECOND
/** Connections of one server at once. */
const MOST_AT_ONCE = 16

/** Why nothing came of it. */
export type TalkFailure = NetErrorCode | 'too long' | 'took too long'

interface TalkOptions {
  readonly clock: Clock
  readonly socket: StreamSocket
  /** Said first; left out: what the other end says comes first. */
  readonly first?: Uint8Array
  /** Octets that are read at most. */
  readonly most: number
  /** The other end has said all; what comes back is the answer. */
  readonly heard: (octets: Uint8Array) => Uint8Array | undefined
  readonly failed: (why: TalkFailure) => void
  readonly over?: () => void
}

class Talk {
  readonly #options: TalkOptions
  readonly #doing: Afterwards
  readonly #timer: Timer
  #toSay: Uint8Array | undefined
  #said = 0
  readonly #parts: Uint8Array[] = []
  #octets = 0
  #ended = false
  #over = false

  constructor(options: TalkOptions) {
    const { clock, socket, first } = options
    this.#options = options
    this.#toSay = first
    this.#doing = new Afterwards(clock, () => this.#go())
    this.#timer = clock.after(LONGEST, () => {
      socket.abort()
      this.#end('took too long')
    })
    socket.onReady(() => this.#doing.note())
    this.#doing.note()
  }

  #go(): void {
    if (this.#over) return
    try {
      this.#write()
      this.#read()
      if (this.#ended && this.#isSaid) {
        this.#options.socket.close()
        this.#end()
      }
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      this.#options.socket.close()
      this.#end(error.code)
    }
  }

  get #isSaid(): boolean {
    return this.#toSay === undefined || this.#said === this.#toSay.length
  }

  #write(): void {
    const { socket } = this.#options
    const say = this.#toSay
    if (say === undefined || this.#isSaid) return
    while (this.#said < say.length) {
      const taken = socket.writePart(say, this.#said, say.length)
      if (taken === undefined) return
      this.#said += taken
    }
    socket.shutdown('write')
  }

  #read(): void {
    const { socket, most, heard } = this.#options
    const into = new Uint8Array(4096)
    while (!this.#ended) {
      const octets = socket.read(into)
      if (octets === undefined) return
      if (octets === 0) {
        this.#ended = true
        const answer = heard(concatenated(this.#parts))
        if (this.#toSay === undefined && answer !== undefined) {
          this.#toSay = answer
          this.#write()
        }
        return
      }
      this.#octets += octets
      if (this.#octets > most) {
        socket.abort()
        this.#end('too long')
        return
      }
      this.#parts.push(into.slice(0, octets))
    }
  }

  #end(why?: TalkFailure): void {
    if (this.#over) return
    this.#over = true
    this.#options.clock.cancel(this.#timer)
    this.#doing.forget()
    if (why !== undefined) this.#options.failed(why)
    this.#options.over?.()
  }
}

/** Connects, says something, and hears the answer. Exactly one of `heard` and `failed` is called. */
export function sayByStream(
  stack: Stack,
  to: { readonly address: string; readonly port: number },
  octets: Uint8Array,
  { heard, failed }: { readonly heard: (answer: Uint8Array) => void; readonly failed: (why: TalkFailure) => void },
): void {
  const socket = stack.socket('ipv4', 'stream')
  socket.setOption('userTimeout', UNACKNOWLEDGED)
  try {
    socket.connect(to)
  } catch (error) {
    if (!(error instanceof NetError)) throw error
    socket.close()
    failed(error.code)
    return
  }
  const whenHeard = (answer: Uint8Array) => {
    heard(answer)
    return undefined
  }
  new Talk({ clock: stack.clock, socket, first: octets, most: 256, heard: whenHeard, failed })
}

/** Listens: `heard` is told what somebody said, and gives the answer. */
export function serveByStream(
  stack: Stack,
  port: number,
  most: number,
  heard: (octets: Uint8Array, from: string) => Uint8Array | undefined,
): void {
  const listener = stack.socket('ipv4', 'stream')
  listener.bind({ address: '0.0.0.0', port })
  listener.listen()
  let open = 0
  listener.onReady(() => {
    for (let socket = listener.accept(); socket !== undefined; socket = listener.accept()) {
      if (open >= MOST_AT_ONCE) {
        socket.abort()
        continue
      }
      open++
      const { address } = socket.remoteEndpoint()
      new Talk({
        clock: stack.clock,
        socket,
        most,
        heard: (octets) => heard(octets, address),
        failed: () => undefined,
        over: () => {
          open--
        },
      })
    }
  })
}
