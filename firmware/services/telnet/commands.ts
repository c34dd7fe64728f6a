/** What the console can do. Each command gives lines of text, one after the other. */

import { MILLISECOND } from '../../hal/clock.js'
import { parseIpv4 } from '../../net/address.js'
import type { PingResult } from '../../net/icmp/ping.js'
import type { HostStatus } from '../status.js'

/** What a command comes to: lines; a ping, which takes time; or the end. */
export type ConsoleCommand =
  | { readonly kind: 'lines'; readonly lines: Iterable<string> }
  | { readonly kind: 'ping'; readonly address: number; readonly name: string }
  | { readonly kind: 'quit' }

const HELP = [
  'status       state, interfaces and memory',
  'counters     everything counted that is not 0',
  'neighbours   who is on the link',
  'routes       which way datagrams go',
  'connections  sockets and their states',
  'ping ADDRESS four echoes, one a second; control C ends it',
  'quit         ends the session',
]

/** Reads a line that somebody typed. */
export function parseCommand(line: string, status: HostStatus): ConsoleCommand {
  const [word, ...rest] = line.trim().toLowerCase().split(/ +/)
  const lines = (each: Iterable<string>): ConsoleCommand => ({ kind: 'lines', lines: each })
  const pages: Readonly<Record<string, () => Iterable<string>>> = {
    help: () => HELP,
    status: () => statusLines(status),
    counters: () => counterLines(status),
    neighbours: () => neighbourLines(status),
    routes: () => routeLines(status),
    connections: () => connectionLines(status),
  }
  if (word === '') return lines([])
  if (word === 'quit' || word === 'exit') return { kind: 'quit' }
  if (word === 'ping') {
    const address = rest.length === 1 ? parseIpv4(rest[0]) : undefined
    if (address === undefined) return lines(['ping takes one address: ping 192.168.7.1'])
    return { kind: 'ping', address, name: rest[0] }
  }
  if (!Object.hasOwn(pages, word)) return lines([`no command "${word}"; help lists them`])
  if (rest.length > 0) return lines([`${word} stands alone; got "${rest.join(' ')}" behind it`])
  return lines(pages[word]())
}

function* statusLines(status: HostStatus): Generator<string> {
  yield `${status.title}, up for ${status.uptimeSeconds} s`
  for (const { region, active } of status.board?.charts() ?? [])
    if (active !== undefined) yield `${region.padEnd(12)} ${active}`
  for (const { name, link, addresses, mac } of status.interfaces())
    yield `${name.padEnd(12)} link ${link}, ${addresses.join(' ') || 'no address'}, ${mac}`
  const { used, limit, peak } = status.stack.memory.snapshot()
  yield `${'memory'.padEnd(12)} ${used} of ${limit} octets, ${peak} at most so far`
}

function* counterLines(status: HostStatus): Generator<string> {
  for (const [name, value] of status.counters()) yield `${String(value).padStart(10)} ${name}`
}

function* neighbourLines(status: HostStatus): Generator<string> {
  let none = true
  for (const { name, neighbours } of status.interfaces())
    for (const { address, mac } of neighbours) {
      none = false
      yield `${address.padEnd(16)} ${mac} ${name}`
    }
  if (none) yield 'none known yet'
}

function* routeLines(status: HostStatus): Generator<string> {
  for (const { network, gateway, interface: via } of status.routes())
    yield `${network.padEnd(19)} ${gateway === null ? 'on the link' : `by ${gateway}`} ${via}`
}

function* connectionLines(status: HostStatus): Generator<string> {
  for (const { protocol, local, remote, state } of status.connections())
    yield `${protocol} ${local.padEnd(21)} ${remote.padEnd(21)} ${state}`.trimEnd()
}

/** One echo in words. */
export function pingLine(name: string, result: PingResult): string {
  if (!result.ok) return `${name} seq ${result.sequence}: ${result.reason}`
  const milliseconds = (result.roundTrip / MILLISECOND).toFixed(3)
  return `${name} seq ${result.sequence}: ${result.size} octets, ttl ${result.timeToLive}, ${milliseconds} ms`
}
