/** One HTTP connection: requests in, one after the other, answers out in the same order (RFC 9112 9.3.2). */
import { SECOND } from '../../hal/clock.js'
import type { Tally } from '../../hal/counters.js'
import type { StreamSocket } from '../../socket/stream-socket.js'
import { Session, type StreamServer } from '../stream-server.js'
import { TextSource } from '../text.js'
import { type HttpRequest, RequestReader } from './request.js'
import { type HttpResponse, responseHead, textResponse } from './response.js'

/** Without a request for so long, the connection is closed. */
const IDLE_LIMIT = 15 * SECOND
/** A head that has begun must be there in full: a client that sends an octet a second is not served. */
const REQUEST_LIMIT = 15 * SECOND
/** The peer took nothing of an answer for so long. */
const STALL_LIMIT = 60 * SECOND

/** `hhh CRLF` before a chunk and CRLF behind it (RFC 9112 7.1). */
const CHUNK_HEAD = 5
const CHUNK_TAIL = 2
const LAST_CHUNK = '0\r\n\r\n'

export interface HttpSite {
  readonly answers: Tally<string>
  respond(request: HttpRequest): HttpResponse
}

type Phase = 'request' | 'head' | 'body' | 'last chunk' | 'over'

export class HttpSession extends Session {
  readonly #site: HttpSite
  #reader = new RequestReader()
  #phase: Phase = 'request'
  #text: TextSource | undefined
  #response: HttpResponse | undefined
  #headOnly = false
  #chunked = false
  #keepAlive = true

  constructor(server: StreamServer, socket: StreamSocket, site: HttpSite) {
    super(server, socket)
    this.#site = site
    this.within(IDLE_LIMIT)
  }

  protected run(): void {
    while (this.#step()) {}
  }

  protected override late(): boolean {
    if (this.#phase !== 'request') return super.late()
    if (!this.#reader.begun) {
      this.close()
      return false
    }
    this.#answer(textResponse(408, 'the request did not come in full'), false, false, 1)
    return true
  }

  /** @returns whether there may be more to do at once */
  #step(): boolean {
    switch (this.#phase) {
      case 'request':
        return this.#readRequest()
      case 'over':
        return false
      case 'body':
        return this.#sendBody()
      default:
        return this.#sendText()
    }
  }

  #readRequest(): boolean {
    const reader = this.#reader
    const began = reader.begun
    // What belongs to the next request stays where it is until this one is answered.
    if (!this.feed(reader)) return false
    if (reader.fault !== undefined) {
      const { status, reason } = reader.fault
      this.#answer(textResponse(status, reason), false, false, 1)
      return true
    }
    const { request } = reader
    if (request === undefined) {
      if (!began && reader.begun) this.within(REQUEST_LIMIT)
      return true
    }
    this.#answer(this.#site.respond(request), request.method === 'HEAD', request.keepAlive, request.minorVersion)
    return true
  }

  #answer(response: HttpResponse, headOnly: boolean, keepAlive: boolean, minorVersion: number): void {
    this.#site.answers.add(String(response.status))
    this.#response = response
    this.#headOnly = headOnly
    // By HTTP/1.0, a body of unknown length ends with the connection.
    this.#chunked = response.length === undefined && minorVersion >= 1
    this.#keepAlive = keepAlive && (this.#chunked || response.length !== undefined)
    const how = { keepAlive: this.#keepAlive, chunked: this.#chunked }
    this.#text = new TextSource([responseHead(response, how)])
    this.#phase = 'head'
    this.within(STALL_LIMIT)
  }

  /** Head, or last chunk. */
  #sendText(): boolean {
    const { socket, server } = this
    const text = this.#text
    const most = Math.min(socket.room, server.work.length)
    if (text !== undefined && !text.done) {
      if (most === 0) return this.#blocked()
      this.#write(text.fill(server.work, 0, most))
      return true
    }
    this.#text = undefined
    if (this.#phase === 'last chunk' || this.#headOnly) this.#finish()
    else this.#phase = 'body'
    return true
  }

  #sendBody(): boolean {
    const { work } = this.server
    const most = Math.min(this.socket.room, work.length)
    const frame = this.#chunked ? CHUNK_HEAD + CHUNK_TAIL : 0
    if (most <= frame) return this.#blocked()
    const start = this.#chunked ? CHUNK_HEAD : 0
    const octets = this.#response!.body.fill(work, start, most - (frame - start))
    if (octets === 0) {
      if (this.#chunked) {
        this.#text = new TextSource([LAST_CHUNK])
        this.#phase = 'last chunk'
      } else this.#finish()
      return true
    }
    if (!this.#chunked) {
      this.#write(octets)
      return true
    }
    const size = octets.toString(16).padStart(CHUNK_HEAD - 2, '0')
    for (let i = 0; i < size.length; i++) work[i] = size.charCodeAt(i)
    work[CHUNK_HEAD - 2] = 0x0d
    work[CHUNK_HEAD - 1] = 0x0a
    work[CHUNK_HEAD + octets] = 0x0d
    work[CHUNK_HEAD + octets + 1] = 0x0a
    this.#write(octets + frame)
    return true
  }

  /** Sends the first octets of the buffer; there was room for all of them. */
  #write(octets: number): void {
    const { work, counting } = this.server
    const taken = this.socket.writePart(work, 0, octets) ?? 0
    counting.octetsOut += taken
    if (taken < octets) throw new RangeError(`a socket with room for ${octets} octets took ${taken}`)
    this.within(STALL_LIMIT)
  }

  /** No room. A connection that failed says so here, since nobody reads. */
  #blocked(): boolean {
    if (!this.socket.poll().hangUp) return false
    this.close()
    return false
  }

  #finish(): void {
    this.#response = undefined
    if (this.#keepAlive) {
      this.#reader = new RequestReader()
      this.#phase = 'request'
      this.within(IDLE_LIMIT)
      return
    }
    this.#phase = 'over'
    this.finish()
  }
}
