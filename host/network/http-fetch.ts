/** One GET over a stream socket of ours (RFC 9112): head, then the body in pieces. */
import { SECOND } from '../../firmware/hal/clock.js'
import { readText } from '../../firmware/net/wire/text.js'
import type { StreamSocket } from '../../firmware/socket/stream-socket.js'
import { encodeText } from '../../firmware/text/utf8.js'
import { concatenated } from '../octets.js'
import type { ClientWire } from './client-wire.js'
import { connectStream, type HostPort } from './connect.js'

export interface HttpAnswer {
  readonly status: number
  readonly reason: string
  /** As they came, in order. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Octets of the body. */
  readonly length: number
}

export interface FetchOptions {
  readonly at: HostPort
  /** As the server is to hear it (RFC 9110 7.2). */
  readonly host: string
  /** With the query. */
  readonly path: string
  onHead(answer: Omit<HttpAnswer, 'length'>): void
  /** A piece of the body, the callee's own. Reading goes on when the promise resolves. */
  onBody(octets: Uint8Array): Promise<void>
}

/** Why an answer is invalid or incomplete. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly exitStatus = 1
}

/** A server that says nothing for so long is given up. */
const TIMEOUT = 60 * SECOND
const LONGEST_HEAD = 65_536
const PIECE = 65_536

/** @throws NetError when the connection fails; NameError for a host that has no address; HttpError for what is no whole answer */
export async function fetchOverStack(wire: ClientWire, options: FetchOptions): Promise<HttpAnswer> {
  const { at, host, path } = options
  const socket = await connectStream(wire, at, TIMEOUT)
  if (socket === undefined) throw new HttpError(`${host} did not answer for ${TIMEOUT / SECOND} s; is it there?`)
  try {
    await send(
      wire,
      socket,
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: linkpulse\r\nConnection: close\r\n\r\n`,
    )
    const reader = new Reader(wire, socket)
    const head = await readHead(reader)
    options.onHead(head)
    const length = await readBody(reader, head, options)
    socket.close()
    return { ...head, length }
  } catch (error) {
    socket.abort()
    throw error
  }
}

async function send(wire: ClientWire, socket: StreamSocket, text: string): Promise<void> {
  const octets = encodeText(text)
  for (let at = 0; at < octets.length; ) {
    const taken = socket.write(octets.subarray(at))
    if (taken === undefined) await wire.until(() => socket.poll().writable)
    else at += taken
  }
}

class Reader {
  readonly #wire: ClientWire
  readonly #socket: StreamSocket
  #held = new Uint8Array()
  #ended = false

  constructor(wire: ClientWire, socket: StreamSocket) {
    this.#wire = wire
    this.#socket = socket
  }

  /** The next piece, at most `most` octets; undefined at the end of the stream. */
  async piece(most: number): Promise<Uint8Array | undefined> {
    if (this.#held.length === 0) await this.#more()
    if (this.#held.length === 0) return undefined
    const piece = this.#held.subarray(0, most)
    this.#held = this.#held.subarray(piece.length)
    return piece
  }

  /** Up to and without the next `separator`. @throws HttpError when it does not come */
  async until(separator: string, limit: number, what: string): Promise<string> {
    for (;;) {
      const at = placeOf(separator, this.#held)
      if (at >= 0) {
        const text = readText(this.#held, 0, at)
        this.#held = this.#held.subarray(at + separator.length)
        return text
      }
      if (this.#held.length > limit) throw new HttpError(`the server's ${what} is longer than ${limit} octets`)
      if (this.#ended) throw new HttpError(`the connection ended in the ${what}: the answer is not whole`)
      await this.#more()
    }
  }

  async #more(): Promise<void> {
    if (this.#ended) return
    const octets = new Uint8Array(PIECE)
    for (;;) {
      const length = this.#socket.read(octets)
      if (length === 0) this.#ended = true
      if (length !== undefined) {
        const fresh = octets.subarray(0, length)
        this.#held = this.#held.length === 0 ? fresh : concatenated([this.#held, fresh])
        return
      }
      if (!(await this.#wire.until(() => this.#socket.poll().readable || this.#socket.poll().error, TIMEOUT))) {
        throw new HttpError(`the server said nothing for ${TIMEOUT / SECOND} s; is it still there?`)
      }
    }
  }
}

/** Where a text of ASCII begins among octets; -1 where it does not. */
function placeOf(text: string, octets: Uint8Array): number {
  const wanted = encodeText(text)
  const matches = (at: number): boolean => wanted.every((octet, index) => octets[at + index] === octet)
  let at = octets.indexOf(wanted[0])
  while (at >= 0 && !matches(at)) at = octets.indexOf(wanted[0], at + 1)
  return at
}

async function readHead(reader: Reader): Promise<Omit<HttpAnswer, 'length'>> {
  for (;;) {
    const [first, ...lines] = (await reader.until('\r\n\r\n', LONGEST_HEAD, 'head')).split('\r\n')
    const status = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(first)
    if (status === null) throw new HttpError(`what answers there does not speak HTTP/1.1: "${first.slice(0, 80)}"`)
    const fields = lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, Math.max(0, at)), line.slice(at + 1).trim()] as const
    })
    // Interim answers (RFC 9110 15.2) precede the one that counts
    if (Number(status[1]) >= 200) return { status: Number(status[1]), reason: status[2] ?? '', fields }
  }
}

async function readBody(
  reader: Reader,
  { status, fields }: Omit<HttpAnswer, 'length'>,
  { onBody }: FetchOptions,
): Promise<number> {
  if (status === 204 || status === 304) return 0
  const field = (wanted: string) => fields.find(([name]) => name.toLowerCase() === wanted)?.[1]
  if (/\bchunked$/i.test(field('transfer-encoding') ?? '')) return readChunks(reader, onBody)
  const declared = field('content-length')
  if (declared !== undefined && !/^\d+$/.test(declared)) throw new HttpError(`"${declared}" is not a Content-Length`)
  const length = declared === undefined ? Number.POSITIVE_INFINITY : Number(declared)
  return readOctets(reader, length, declared !== undefined, onBody)
}

async function readOctets(
  reader: Reader,
  length: number,
  exact: boolean,
  onBody: FetchOptions['onBody'],
): Promise<number> {
  let octets = 0
  while (octets < length) {
    const piece = await reader.piece(length - octets)
    if (piece === undefined) {
      if (!exact) break
      throw new HttpError(`the connection ended after ${octets} of ${length} octets: the answer is not whole`)
    }
    octets += piece.length
    await onBody(piece)
  }
  return octets
}

async function readChunks(reader: Reader, onBody: FetchOptions['onBody']): Promise<number> {
  let octets = 0
  for (;;) {
    const line = await reader.until('\r\n', LONGEST_HEAD, 'chunk')
    const size = /^([0-9a-f]{1,12})\s*(;|$)/i.exec(line)
    if (size === null) throw new HttpError(`"${line.slice(0, 80)}" is not the size of a chunk`)
    const length = Number.parseInt(size[1], 16)
    if (length === 0) break
    octets += await readOctets(reader, length, true, onBody)
    if ((await reader.until('\r\n', LONGEST_HEAD, 'chunk')) !== '')
      throw new HttpError('a chunk is longer than it says')
  }
  while ((await reader.until('\r\n', LONGEST_HEAD, 'trailer')) !== '') {}
  return octets
}
