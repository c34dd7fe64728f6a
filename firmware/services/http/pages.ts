/** The pages: status for people, the same for programs, and files of any size for tests. */
import { asciiMarkup } from '../../text/markup.js'
import type { HostStatus } from '../status.js'
import { asciiJson, TextSource } from '../text.js'
import { chartSvg } from './chart-svg.js'
import { RandomFile } from './random-file.js'
import type { HttpRequest } from './request.js'
import { type HttpResponse, textResponse } from './response.js'

/** The largest file under /random/: a tebibyte. */
const LARGEST_FILE = 2 ** 40

const STYLE = `<style>
:root{color-scheme:light dark;--line:#ccc;--on:#0a7d4b;--dim:#777}
@media(prefers-color-scheme:dark){:root{--line:#444;--on:#1fa36b;--dim:#999}}
body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:60em;padding:0 1em}
table{border-collapse:collapse}td,th{text-align:left;padding:.15em 1em .15em 0;border-bottom:1px solid var(--line)}
td.n{text-align:right;font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto}
svg text{fill:currentColor}svg .r{fill:var(--dim)}svg rect{fill:none;stroke:var(--line)}
svg .on rect{fill:var(--on);stroke:var(--on)}svg .on text{fill:#fff}
</style>
`

function* table(head: readonly string[], rows: Iterable<readonly (string | number)[]>): Generator<string> {
  yield `<table><tr>${head.map((each) => `<th>${each}</th>`).join('')}</tr>\n`
  for (const row of rows) {
    yield '<tr>'
    for (const cell of row) yield `<td${typeof cell === 'number' ? ' class="n"' : ''}>${asciiMarkup(String(cell))}</td>`
    yield '</tr>\n'
  }
  yield '</table>\n'
}

function* statusPage(status: HostStatus): Generator<string> {
  const title = asciiMarkup(status.title)
  yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
  yield `<title>${title}</title>\n`
  yield STYLE
  yield `</head><body>\n<h1>${title}</h1>\n<p>Up for ${status.uptimeSeconds} s. The same for programs: `
  yield '<a href="/status.json">/status.json</a>.</p>\n'
  const charts = status.board?.charts() ?? []
  if (charts.length > 0) {
    yield '<h2>State</h2>\n'
    yield* chartSvg(charts)
  }
  yield '\n<h2>Interfaces</h2>\n'
  yield* table(
    ['name', 'link', 'addresses', 'gateway', 'station address', 'MTU'],
    status
      .interfaces()
      .map((each) => [each.name, each.link, each.addresses.join(' '), each.gateway ?? '', each.mac, each.mtu]),
  )
  yield '<h2>Neighbours</h2>\n'
  yield* table(
    ['address', 'station address', 'on'],
    status.interfaces().flatMap(({ name, neighbours }) => neighbours.map(({ address, mac }) => [address, mac, name])),
  )
  yield '<h2>Connections</h2>\n'
  yield* table(['', 'local', 'remote', 'state'], rowsOf(status.connections()))
  const memory = status.stack.memory.snapshot()
  yield `<h2>Memory</h2>\n<p>${memory.used} of ${memory.limit} octets in use, ${memory.peak} at most so far.</p>\n`
  yield* table(['for', 'octets'], Object.entries(memory.byPurpose))
  yield '<h2>Counters</h2>\n'
  yield* table(['', ''], status.counters())
  yield '</body></html>\n'
}

function* rowsOf(
  connections: Iterable<{ protocol: string; local: string; remote: string; state: string }>,
): Generator<readonly string[]> {
  for (const { protocol, local, remote, state } of connections) yield [protocol, local, remote, state]
}

/** One member after the other, so that no buffer holds them all. */
function* statusJson(status: HostStatus): Generator<string> {
  const charts = status.board?.charts() ?? []
  yield `{"title":${asciiJson(status.title)},"uptime":${status.uptimeSeconds},`
  yield `"state":${asciiJson(Object.fromEntries(charts.map(({ region, active }) => [region, active ?? null])))},`
  yield `"interfaces":${asciiJson(status.interfaces())},`
  yield `"routes":${asciiJson(status.routes())},`
  yield '"services":['
  yield* commaSeparated(status.services, ({ name, port }) => ({ name, port }))
  yield '],"connections":['
  yield* commaSeparated(status.connections(), (each) => each)
  yield `],"memory":${asciiJson(status.stack.memory.snapshot())},"counters":{`
  let first = true
  for (const [name, value] of status.counters()) {
    yield `${first ? '' : ','}${asciiJson(name)}:${value}`
    first = false
  }
  yield '}}\n'
}

function* commaSeparated<T>(values: Iterable<T>, show: (value: T) => unknown): Generator<string> {
  let first = true
  for (const value of values) {
    yield (first ? '' : ',') + asciiJson(show(value))
    first = false
  }
}

/** Answers one request. */
export function respond(request: HttpRequest, status: HostStatus): HttpResponse {
  const { method, path } = request
  const page = find(path, status)
  if (page === undefined) return textResponse(404, `there is no ${path} here; try / or /status.json`)
  if (method !== 'GET' && method !== 'HEAD')
    return textResponse(405, `${method} is not for ${path}`, ['Allow: GET, HEAD'])
  return page
}

function find(path: string, status: HostStatus): HttpResponse | undefined {
  const live = ['Cache-Control: no-store']
  if (path === '/')
    return {
      status: 200,
      type: 'text/html; charset=utf-8',
      length: undefined,
      body: new TextSource(statusPage(status)),
      fields: live,
    }
  if (path === '/status.json')
    return {
      status: 200,
      type: 'application/json',
      length: undefined,
      body: new TextSource(statusJson(status)),
      fields: live,
    }
  const size = /^\/random\/(\d{1,13})$/.exec(path)
  if (size === null || Number(size[1]) > LARGEST_FILE) return undefined
  const body = new RandomFile(Number(size[1]))
  return { status: 200, type: 'application/octet-stream', length: body.length, body }
}
