import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { REQUEST_LINE_LIMIT, RequestReader } from './request.js'

function octets(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** Feeds a text in parts of some size, and gives what came of it, with what was left over. */
function read(text: string, part = text.length): { reader: RequestReader; left: string } {
  const reader = new RequestReader()
  const all = octets(text)
  let at = 0
  while (at < all.length && reader.request === undefined && reader.fault === undefined)
    at += reader.feed(all, at, Math.min(all.length, at + part))
  return { reader, left: text.slice(at) }
}

function status(text: string): number | undefined {
  return read(text).reader.fault?.status
}

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n'

describe('a request (RFC 9112)', () => {
  it.each([1, 2, 7, 1000])('is read the same in parts of %i octets, and what follows is left alone', (part) => {
    const text = 'GET /a/b?c=d HTTP/1.1\r\nHost: board\r\nAccept: */*\r\n\r\nGET /next'
    const reader = new RequestReader()
    const all = octets(text)
    let at = 0
    while (reader.request === undefined) at += reader.feed(all, at, Math.min(all.length, at + part))
    expect(reader.request).toEqual({ method: 'GET', path: '/a/b', minorVersion: 1, keepAlive: true })
    expect(text.slice(at)).toBe('GET /next')
  })

  it('keeps the connection in HTTP/1.1 unless it says close, and in 1.0 only if it says keep-alive (9.3)', () => {
    const keeps = (text: string) => read(text).reader.request?.keepAlive
    expect(keeps(`${GET}\r\n`)).toBe(true)
    expect(keeps(`${GET}Connection: foo, Close\r\n\r\n`)).toBe(false)
    expect(keeps('GET / HTTP/1.0\r\n\r\n')).toBe(false)
    expect(keeps('GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n')).toBe(true)
  })

  it('may have empty lines before it and end its lines with LF alone (2.2), but not for ever', () => {
    expect(read('\r\n\r\nGET / HTTP/1.1\nHost: a\n\n').reader.request?.path).toBe('/')
    expect(status('\r\n'.repeat(20))).toBe(400)
  })

  it('may name the whole URI (3.2.2)', () => {
    expect(read('GET http://board:80/x?y HTTP/1.1\r\nHost: board\r\n\r\n').reader.request?.path).toBe('/x')
    expect(read('GET http://board HTTP/1.1\r\nHost: board\r\n\r\n').reader.request?.path).toBe('/')
  })

  it('has its body read and thrown away: by length, and in chunks with extensions and trailers (6, 7.1)', () => {
    const post = 'POST / HTTP/1.1\r\nHost: a\r\n'
    expect(read(`${post}Content-Length: 5\r\n\r\nhelloGET`).left).toBe('GET')
    const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n00a\r\n0123456789\r\n0\r\nT: 1\r\n\r\nGET`
    for (let part = 1; part < 60; part++) expect(read(chunked, part).left.startsWith('GET')).toBe(true)
    expect(read(chunked).reader.request?.method).toBe('POST')
  })

  it.each([
    [400, 'GET /\r\n'],
    [400, 'GET  / HTTP/1.1\r\n'],
    [400, 'GET / HTTP/1.1 \r\n'],
    [400, 'GET / HTTX/1.1\r\n'],
    [400, ' GET / HTTP/1.1\r\n'],
    [400, 'GET nowhere HTTP/1.1\r\n'],
    [400, 'GET / HTTP/1.1\r\n\r\n'],
    [400, `${GET}Host: b\r\n`],
    [400, `${GET}Name : value\r\n`],
    [400, `${GET}no colon\r\n`],
    [400, `${GET}A: 1\r\n folded\r\n`],
    [400, `${GET}A: 1\rB: 2\r\n`],
    [400, `${GET}A: \0\r\n`],
    [400, `${GET}Content-Length: 1\r\nContent-Length: 2\r\n`],
    [400, `${GET}Content-Length: -1\r\n`],
    [400, `${GET}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
    [400, `${GET}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n`],
    [400, `${GET}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
    [400, `${GET}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n`],
    [413, `${GET}Content-Length: 65537\r\n\r\n`],
    [413, `${GET}Transfer-Encoding: chunked\r\n\r\nffffffff\r\n`],
    [414, `GET /${'x'.repeat(REQUEST_LINE_LIMIT)} HTTP/1.1\r\n`],
    [417, `${GET}Expect: 100-continue\r\n`],
    [431, `${GET}${'A: 1\r\n'.repeat(100)}`],
    [431, `${GET}Host2: ${'x'.repeat(20_000)}\r\n`],
    [431, `GET / HTTP/1.1\r\nHost: ${'x'.repeat(REQUEST_LINE_LIMIT)}\r\n`],
    [501, 'FETCH / HTTP/1.1\r\n'],
    [501, `${GET}Transfer-Encoding: gzip, chunked\r\n`],
    [505, 'GET / HTTP/2.0\r\n'],
  ])('gets %i for %j', (expected, text) => {
    expect(status(text)).toBe(expected)
  })

  it.each([
    '192.168.7.2',
    '192.168.7.2:8080',
    '192.168.7.2.',
    '203.0.113.9', // an address cannot be rebound
    'localhost',
    'uno',
    'UNO:80',
    'uno.',
    'uno.local', // RFC 6762
    'board.home.arpa', // RFC 8375
    'lab.test', // RFC 6761
    'board.internal',
    '[fd00::2]:80',
    '',
  ])('is answered under an address or a name that no registry has: Host: %s', (host) => {
    expect(read(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`).reader.request?.path).toBe('/')
  })

  it.each([
    'attacker.example.com',
    'rebind.net:80',
    'ATTACKER.COM.',
    '192.168.7.2.attacker.com',
    'notlocal.localx',
    'a.b',
  ])('is misdirected under a name that somebody could have made to lead here (RFC 9110 15.5.20): Host: %s', (host) => {
    expect(status(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toBe(421)
  })

  it.each(['a b', 'user@uno', 'uno:x', '[::1', 'http://uno', 'uno/x'])(
    'is wrong with Host: %s (RFC 9112 3.2)',
    (host) => {
      expect(status(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toBe(400)
    },
  )

  it('is meant for the authority in its target, if it has one, and not for Host (RFC 9112 3.2.2)', () => {
    expect(status('GET http://attacker.com/ HTTP/1.1\r\nHost: uno\r\n\r\n')).toBe(421)
    expect(status('GET http://192.168.7.2/ HTTP/1.1\r\nHost: attacker.com\r\n\r\n')).toBeUndefined()
    expect(status('GET http://attacker.com/ HTTP/1.0\r\n\r\n')).toBe(421)
    expect(status('GET / HTTP/1.0\r\n\r\n')).toBeUndefined()
  })

  it.each<[number | undefined, string]>([
    [undefined, 'http://192.168.7.2'],
    [undefined, 'HTTP://192.168.7.2'],
    [403, 'http://192.168.7.2:8080'],
    [403, 'https://192.168.7.2'],
    [403, 'http://attacker.com'],
    [403, 'http://192.168.7.2.attacker.com'],
    [403, 'null'],
    [403, ''],
    [431, `http://${'a'.repeat(REQUEST_LINE_LIMIT)}`],
  ])('gets %s when a page of the origin %s has sent it (RFC 6454 7)', (expected, origin) => {
    expect(status(`GET /status.json HTTP/1.1\r\nHost: 192.168.7.2\r\nOrigin: ${origin}\r\n\r\n`)).toBe(expected)
  })

  it('may have long fields that no answer depends on', () => {
    expect(read(`${GET}Cookie: ${'x'.repeat(5000)}\r\n\r\n`).reader.request?.path).toBe('/')
  })

  it('never throws, whatever comes, and ends as request or fault', () => {
    const random = new SeededRandom(11)
    const good = `${GET}Content-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\n\r\n`
    let ended = 0
    for (let round = 0; round < 20_000; round++) {
      const all = octets(good)
      for (let n = 1 + random.below(4); n > 0; n--) all[random.below(all.length)] = random.below(256)
      const reader = new RequestReader()
      let at = 0
      while (at < all.length && reader.request === undefined && reader.fault === undefined)
        at += reader.feed(all, at, Math.min(all.length, at + 1 + random.below(9)))
      if (reader.request !== undefined || reader.fault !== undefined) ended++
    }
    expect(ended).toBeGreaterThan(19_000)
  })
})
