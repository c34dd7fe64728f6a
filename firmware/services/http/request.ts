/**
 * Reads HTTP/1.1 requests (RFC 9112) as they arrive, octet by octet, keeping one line at a time and of the head only what an
 * answer depends on. A request that is wrong gets the status that says how; hostile ones cannot make it keep more than its line.
 */

import { hostOf, isNameOfOurs, isOwnOrigin } from './authority.js'

/** The longest line that is kept. A longer header field that no answer depends on is skipped. */
export const REQUEST_LINE_LIMIT = 256
/** The most octets of a head, and the most lines. */
const HEAD_LIMIT = 16_384
const FIELDS_LIMIT = 100
/** Empty lines before a request are skipped (RFC 9112 2.2), but not for ever. */
const EMPTY_LINES = 8
/** The most octets of a body that are read to get to the next request. */
const BODY_LIMIT = 65_536

const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
])
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

const CR = 0x0d
const LF = 0x0a

/** A request that was read to its end. */
export interface HttpRequest {
  readonly method: string
  /** Without query. */
  readonly path: string
  readonly minorVersion: number
  /** The connection stays open after the answer. */
  readonly keepAlive: boolean
}

/** A request that cannot be answered as it was meant; the connection closes after the answer, since its end is uncertain. */
export interface HttpFault {
  readonly status: 400 | 403 | 413 | 414 | 417 | 421 | 431 | 501 | 505
  readonly reason: string
}

type State =
  | 'request line'
  | 'fields'
  | 'body'
  | 'chunk size'
  | 'chunk'
  | 'chunk end'
  | 'trailer'
  | 'complete'
  | 'faulty'

function fault(status: HttpFault['status'], reason: string): HttpFault {
  return { status, reason }
}

/** Reads one request. */
export class RequestReader {
  /** Set once a request was read to its end. */
  request: HttpRequest | undefined
  fault: HttpFault | undefined
  #state: State = 'request line'
  #line = ''
  /** The line is too long to keep; its beginning is in `#line`. */
  #skipping = false
  #sawCr = false
  #octets = 0
  #fields = 0
  #emptyLines = 0
  #method = ''
  #path = ''
  #minorVersion = 1
  #close = false
  #keepAlive = false
  #host: string | undefined
  #origin: string | undefined
  /** The authority of a target in absolute form, which counts instead of Host (RFC 9112 3.2.2). */
  #authority: string | undefined
  #length: number | undefined
  #chunked = false
  #left = 0
  #bodyOctets = 0

  /** Something of a request was read and its end was not. */
  get begun(): boolean {
    return this.#octets > 0
  }

  /**
   * Takes octets until a request is complete or faulty.
   * @returns octets taken; what is left belongs to the next request
   */
  feed(octets: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && this.#state !== 'complete' && this.#state !== 'faulty') {
      if (this.#state === 'body' || this.#state === 'chunk') {
        const part = Math.min(this.#left, end - at)
        at += part
        this.#left -= part
        if (this.#left > 0) break
        if (this.#state === 'body') this.#complete()
        else this.#enter('chunk end')
      } else this.#take(octets[at++])
    }
    return at - start
  }

  #enter(state: State): void {
    this.#state = state
    this.#line = ''
    this.#skipping = false
  }

  #complete(): void {
    this.#state = 'complete'
    const keepAlive = this.#minorVersion >= 1 ? !this.#close : this.#keepAlive && !this.#close
    this.request = { method: this.#method, path: this.#path, minorVersion: this.#minorVersion, keepAlive }
  }

  #take(octet: number): void {
    const fault = this.#octet(octet)
    if (fault === undefined) return
    this.fault = fault
    this.#state = 'faulty'
  }

  /** One octet of a line. */
  #octet(octet: number): HttpFault | undefined {
    const inHead = this.#state === 'fields' || this.#state === 'request line'
    if (++this.#octets > HEAD_LIMIT && inHead) return fault(431, `the head has more than ${HEAD_LIMIT} octets`)
    if (octet === LF) {
      this.#sawCr = false
      const line = this.#line
      const skipped = this.#skipping
      this.#line = ''
      this.#skipping = false
      return this.#endLine(line, skipped)
    }
    // A CR that no LF follows is neither data nor the end of a line (RFC 9112 2.2).
    if (this.#sawCr) return fault(400, 'a carriage return without line feed')
    if (octet === CR) {
      this.#sawCr = true
      return undefined
    }
    if ((octet < 0x20 && octet !== 0x09) || octet === 0x7f) return fault(400, 'a control character')
    if (this.#line.length < REQUEST_LINE_LIMIT) this.#line += String.fromCharCode(octet)
    else if (this.#state === 'request line')
      return fault(414, `the request line has more than ${REQUEST_LINE_LIMIT} octets`)
    else if (this.#state === 'fields') this.#skipping = true
    else return fault(400, `a line in the body has more than ${REQUEST_LINE_LIMIT} octets`)
    return undefined
  }

  #endLine(line: string, skipped: boolean): HttpFault | undefined {
    switch (this.#state) {
      case 'request line':
        if (line !== '') return this.#requestLine(line)
        return ++this.#emptyLines > EMPTY_LINES ? fault(400, 'empty lines where a request should begin') : undefined
      case 'fields':
        return line === '' ? this.#endHead() : this.#field(line, skipped)
      case 'chunk size':
        return this.#chunkSize(line)
      case 'chunk end':
        if (line !== '') return fault(400, 'a chunk is longer than its size')
        this.#enter('chunk size')
        return undefined
      default:
        if (line === '') this.#complete()
        else if (++this.#fields > FIELDS_LIMIT) return fault(431, `more than ${FIELDS_LIMIT} fields`)
        return undefined
    }
  }

  /** RFC 9112 3: method, target, version, one space between. */
  #requestLine(line: string): HttpFault | undefined {
    const [method, target, version, ...rest] = line.split(' ')
    if (version === undefined || rest.length > 0 || !TOKEN.test(method) || target === '')
      return fault(400, 'the request line is not "METHOD /path HTTP/1.1"')
    const match = /^HTTP\/(\d)\.(\d)$/.exec(version)
    if (match === null) return fault(400, 'the request line ends in no HTTP version')
    if (match[1] !== '1') return fault(505, 'this server speaks HTTP/1.1')
    this.#minorVersion = Number(match[2])
    if (!METHODS.has(method)) return fault(501, 'no such method')
    this.#method = method
    // RFC 9112 3.2: origin form, or absolute form as proxies send it; "*" and authority form have no page here.
    const path = /^(?:http:\/\/([^/?#]*))?(\/[^?#]*)?(?:\?[^#]*)?$/i.exec(target)
    if (path === null && target !== '*' && method !== 'CONNECT') return fault(400, 'the target is no path')
    this.#authority = path?.[1]
    this.#path = path === null ? target : (path[2] ?? '/')
    this.#state = 'fields'
    return undefined
  }

  #field(line: string, skipped: boolean): HttpFault | undefined {
    if (++this.#fields > FIELDS_LIMIT) return fault(431, `more than ${FIELDS_LIMIT} fields`)
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon))
    // Folded lines and spaces before the colon are what smuggling is made of (RFC 9112 5.1, 5.2).
    if (!TOKEN.test(name)) return fault(400, 'a header field is not "Name: value"')
    const key = name.toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (skipped && /^(host|origin|content-length|transfer-encoding|connection|expect)$/.test(key))
      return fault(431, `the field ${key} has more than ${REQUEST_LINE_LIMIT} octets`)
    if (key === 'host') {
      if (this.#host !== undefined) return fault(400, 'two Host fields')
      if (hostOf(value) === undefined) return fault(400, 'the Host field is neither a name nor an address')
      this.#host = value
    } else if (key === 'origin') {
      if (this.#origin !== undefined) return fault(400, 'two Origin fields')
      this.#origin = value
    } else if (key === 'content-length') {
      const length = /^\d{1,15}$/.test(value) ? Number(value) : undefined
      if (length === undefined || (this.#length !== undefined && this.#length !== length))
        return fault(400, 'Content-Length is not one number')
      this.#length = length
    } else if (key === 'transfer-encoding') {
      if (this.#chunked) return fault(400, 'two Transfer-Encoding fields')
      if (value.toLowerCase() !== 'chunked') return fault(501, 'a transfer coding other than chunked')
      this.#chunked = true
    } else if (key === 'connection') {
      const options = value
        .toLowerCase()
        .split(',')
        .map((each) => each.trim())
      if (options.includes('close')) this.#close = true
      if (options.includes('keep-alive')) this.#keepAlive = true
    } else if (key === 'expect') return fault(417, 'no request here needs its body')
    return undefined
  }

  #endHead(): HttpFault | undefined {
    // RFC 9112 3.2: a request without Host is wrong, except by HTTP/1.0.
    if (this.#host === undefined && this.#minorVersion >= 1) return fault(400, 'the Host field is missing')
    const authority = this.#authority ?? this.#host ?? ''
    const host = hostOf(authority)
    if (host === undefined) return fault(400, 'the target names neither a name nor an address')
    if (!isNameOfOurs(host)) return fault(421, 'this server answers to its address and to names of its own network')
    if (this.#origin !== undefined && !isOwnOrigin(this.#origin, authority))
      return fault(403, 'a page from elsewhere asks; this server answers its own pages only')
    // RFC 9112 6.1: both together are an attempt at smuggling.
    if (this.#chunked && this.#length !== undefined) return fault(400, 'Content-Length and Transfer-Encoding')
    if (this.#chunked && this.#minorVersion === 0) return fault(400, 'Transfer-Encoding in HTTP/1.0')
    if (this.#chunked) {
      this.#enter('chunk size')
      return undefined
    }
    const length = this.#length ?? 0
    if (length > BODY_LIMIT) return fault(413, `a body has more than ${BODY_LIMIT} octets`)
    this.#left = length
    if (length === 0) this.#complete()
    else this.#enter('body')
    return undefined
  }

  #chunkSize(line: string): HttpFault | undefined {
    const match = /^([0-9a-f]{1,8})[ \t]*(;.*)?$/i.exec(line)
    if (match === null) return fault(400, 'a chunk has no size')
    const size = Number.parseInt(match[1], 16)
    this.#bodyOctets += size
    if (this.#bodyOctets > BODY_LIMIT) return fault(413, `a body has more than ${BODY_LIMIT} octets`)
    this.#left = size
    this.#enter(size === 0 ? 'trailer' : 'chunk')
    return undefined
  }
}
