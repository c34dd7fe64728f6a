/** The status of a stack as a page of text. */
import type { GatewayStatus } from '../../../../network/gateway/gateway-status.js'
import type { NetStatus } from '../../../../network/status.js'
import { keyed, type LocalizableText } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import { table } from '../../../../text/table.js'
import { WORDS } from '../../words.js'

/** More of them are a crowd, and no longer a list. */
const SHOWN_NEIGHBOURS = 16

/** @param target what the stack is called, for a person */
export function renderStatus(status: NetStatus, target: LocalizableText = status.target.replace(/:$/, '')): string {
  const { uptime, interfaces, routes, memory, connections, lost, services, counters } = status
  const parts = [`${said(keyed('net-stat.up', { target, seconds: uptime.toFixed(1) }))}\n`]
  for (const each of interfaces) parts.push(interfaceText(each))
  parts.push(
    section(
      keyed('net-stat.routes'),
      routes.map(({ network, gateway, interface: name }) => [
        '',
        network,
        said(
          gateway === null
            ? keyed('net-stat.route', { interface: name })
            : keyed('net-stat.route-by', { gateway, interface: name }),
        ),
      ]),
    ),
  )
  const { used, limit, peak } = memory
  const purposes = Object.entries(memory.byPurpose).map(([purpose, octets]) => ['', purpose, String(octets)])
  const refused = Object.entries(memory.refused).map(([purpose, count]) => [
    '',
    said(keyed('net-stat.refused', { purpose })),
    said(keyed('net-stat.times', { count })),
  ])
  const share = ((100 * used) / limit).toFixed(1)
  parts.push(section(keyed('net-stat.memory', { used, limit, share, peak }), [...purposes, ...refused]))
  if (connections.length > 0) {
    parts.push(
      section(
        keyed('net-stat.connections'),
        connections.map(({ protocol, local, remote, state }) => ['', protocol, local, remote, state]),
      ),
    )
  }
  if (status.gateway !== undefined) parts.push(...gatewayText(status.gateway))
  const [lostBy, service] = [said(keyed('net-stat.lost-by')), said(keyed('net-stat.service'))]
  parts.push(section(keyed('net-stat.counted'), leaves({ ...counters, [lostBy]: lost, [service]: services })))
  return parts.join('\n')
}

function interfaceText({
  name,
  addresses,
  mac,
  link,
  mtu,
  neighbours,
  claims,
}: NetStatus['interfaces'][number]): string {
  const rows = neighbours.slice(0, SHOWN_NEIGHBOURS).map((each) => ['', each.address, each.mac])
  const more = neighbours.length - rows.length
  if (more > 0) rows.push(['', said(keyed('net-stat.more', { count: more }))])
  if (rows.length === 0) rows.push(['', said(keyed('net-stat.no-neighbours'))])
  const claimed = claims.map((each) => [
    '',
    each.address,
    each.mac,
    said(keyed(each.givenUp ? 'net-stat.given-up' : 'net-stat.kept')),
  ])
  const own = addresses.length === 0 ? keyed('net-stat.no-address') : addresses.join(' ')
  const title = keyed('net-stat.interface', { name, addresses: own, mac, link: keyed(`net-stat.link.${link}`), mtu })
  return section(title, [...rows, ...claimed])
}

function gatewayText(gateway: GatewayStatus): string[] {
  const { addresses, allowed, onlyListed, echoes, conversations, forwards, counters, dropped } = gateway
  const rows = [
    [
      '',
      said(keyed('net-stat.gateway-allowed')),
      allowed.length === 0 ? said(keyed('net-stat.gateway-nothing')) : allowed.join(' '),
    ],
    [
      '',
      said(keyed('net-stat.gateway-internet')),
      said(keyed(onlyListed ? 'net-stat.gateway-refused' : 'net-stat.gateway-reached')),
    ],
    [
      '',
      said(keyed('net-stat.gateway-echoes')),
      said(keyed(echoes === 'hosts' ? 'net-stat.gateway-ping' : 'net-stat.gateway-itself')),
    ],
  ]
  const forwarded = forwards.map(({ protocol, listens, board, open }) => [
    '',
    protocol,
    listens,
    said(keyed('net-stat.gateway-forward', { board, count: open })),
  ])
  const open = conversations.map(({ protocol, board, outside, state = '', fromBoard, toBoard }) => [
    '',
    protocol,
    board,
    outside,
    state,
    said(keyed('net-stat.gateway-octets', { sent: fromBoard, received: toBoard })),
  ])
  return [
    section(keyed('net-stat.gateway', { addresses: addresses.join(' ') }), rows),
    ...(forwarded.length === 0 ? [] : [section(keyed('net-stat.gateway-forwards'), forwarded)]),
    ...(open.length === 0 ? [] : [section(keyed('net-stat.gateway-open'), open)]),
    section(keyed('net-stat.gateway-counted'), leaves({ ...counters, dropped })),
  ]
}

function said(text: LocalizableText): string {
  return say(WORDS, text)
}

function section(title: LocalizableText, rows: readonly (readonly string[])[]): string {
  return `${said(title)}\n${table(rows)}`
}

/** Every number above 0, behind the names that lead to it. */
function leaves(value: unknown, path = ''): string[][] {
  if (typeof value === 'number') return value === 0 ? [] : [['', path, String(value)]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path} ${name}`))
}
