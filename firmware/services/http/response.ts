/** Answers of the HTTP server: status line, fields, and where the body comes from (RFC 9110, RFC 9112). */
import { asciiText, TextSource } from '../text.js'

/** Gives a body a part at a time. */
export interface BodySource {
  /** Writes what fits into `into[from .. to)`. @returns octets written; 0 at the end */
  fill(into: Uint8Array, from: number, to: number): number
}

export interface HttpResponse {
  readonly status: number
  readonly type: string
  /** Octets of the body; undefined: not known beforehand, so it goes out in chunks. */
  readonly length: number | undefined
  readonly body: BodySource
  /** Further fields: `Allow: GET, HEAD`. */
  readonly fields?: readonly string[]
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  417: 'Expectation Failed',
  421: 'Misdirected Request',
  431: 'Request Header Fields Too Large',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  505: 'HTTP Version Not Supported',
}

/** A short text as an answer: what is wrong, and what to do. */
export function textResponse(status: number, text: string, fields: readonly string[] = []): HttpResponse {
  const line = `${status} ${REASONS[status] ?? ''}: ${asciiText(text)}\n`
  return { status, type: 'text/plain', length: line.length, body: new TextSource([line]), fields }
}

/** The head of an answer, with the empty line. */
export function responseHead(response: HttpResponse, how: { keepAlive: boolean; chunked: boolean }): string {
  const { status, type, length, fields = [] } = response
  const size = how.chunked
    ? 'Transfer-Encoding: chunked'
    : length === undefined
      ? undefined
      : `Content-Length: ${length}`
  const lines = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Unknown'}`,
    'Server: linkpulse',
    `Content-Type: ${type}`,
    // The type is what it says: no text of a board's becomes a page or a script by a guess (WHATWG Fetch 3.6).
    'X-Content-Type-Options: nosniff',
    ...(size === undefined ? [] : [size]),
    ...fields,
    `Connection: ${how.keepAlive ? 'keep-alive' : 'close'}`,
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}
