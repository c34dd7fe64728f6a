import { UsageError } from '../../../../errors/errors.js'
import type { ClientWire } from '../../../../network/client-wire.js'
import { fetchOverStack, type HttpAnswer } from '../../../../network/http-fetch.js'
import { checkHost } from '../../../../network/resolve.js'
import { keyed } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import type { ArgumentsOf } from '../../arguments.js'
import { interruptible, unlessAborted } from '../../interruption.js'
import { Outputs } from '../../outputs.js'
import { print, printOctets, roomToPrint, tell } from '../../say.js'
import { WORDS } from '../../words.js'
import { NetFailure, onWire } from './client.js'
import type { NET_HTTP_COMMAND } from './http.command.js'
import { learnsNameServers, readNameServer } from './wires.js'

type Given = ArgumentsOf<typeof NET_HTTP_COMMAND>

const FIRST_ERROR = 400

/** `linkpulse net http URL`: one page, fetched over our own stack. */
export async function netHttp(given: Given): Promise<number> {
  const { url, zone } = readUrl(given.operands[0])
  const server = readNameServer(given)
  const host = hostIn(url, zone)
  checkHost('URL', host, server, learnsNameServers(given))
  const outputs = new Outputs(given)
  const file = outputs.file('output')
  const get = (wire: ClientWire): Promise<HttpAnswer> =>
    fetchOverStack(wire, {
      at: { host, port: url.port === '' ? 80 : Number(url.port), server, ecn: given.has('ecn') },
      host: url.host,
      path: `${url.pathname}${url.search}`,
      onHead(head) {
        if (!given.has('include')) return
        const fields = head.fields.map(([name, value]) => `${name}: ${value}\n`)
        print(`${head.status} ${head.reason}\n${fields.join('')}\n`)
      },
      async onBody(octets) {
        if (file !== undefined) file.write(octets)
        else if (!printOctets(octets)) await roomToPrint()
      },
    })
  try {
    const { status, reason, length } = await interruptible((signal) =>
      onWire(given, outputs, (wire) => unlessAborted(signal, get(wire))),
    )
    file?.close()
    if (file !== undefined) tell(`${say(WORDS, keyed('net.octets-in', { octets: length, path: file.path }))}\n`)
    if (status >= FIRST_ERROR) throw new NetFailure(`${url.href} was answered with ${status} ${reason}`)
    return 0
  } finally {
    // A page that did not come whole is dropped.
    file?.discard()
  }
}

/** An IPv6 address stands in brackets (RFC 3986 3.2.2). */
function hostIn({ hostname }: URL, zone: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) + zone : hostname
}

/** @returns the zone of an address in brackets apart, with its %: the WHATWG's URLs have none (RFC 9844 5) */
function readUrl(text: string): { readonly url: URL; readonly zone: string } {
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`
  const zone = /^[^/]*\/\/\[[^\]%/]*(%[^\]/]+)\]/.exec(whole)?.[1] ?? ''
  let url: URL
  try {
    url = new URL(whole.replace(zone, ''))
  } catch {
    throw new UsageError(`"${text}" is not a URL: write it like http://192.168.7.2/`)
  }
  if (url.protocol !== 'http:') throw new UsageError(`${url.protocol} is not spoken here, only http:`)
  return { url, zone: zone.replace(/^%25/, '%') }
}
