/** The status of a stack as a page of text. */
import type { NetStatus } from '../../../../network/status.js'
import { times } from '../../../../text/en/times.js'
import { table } from '../../../../text/table.js'

/** More of them are a crowd, and no longer a list. */
const SHOWN_NEIGHBOURS = 16

export function renderStatus(status: NetStatus): string {
  const { target, uptime, interfaces, routes, memory, connections, lost, services, counters } = status
  const parts = [`${target.endsWith(':') ? target : `${target},`} up for ${uptime.toFixed(1)} s\n`]
  for (const { name, addresses, mac, link, mtu, neighbours, claims } of interfaces) {
    const rows = neighbours.slice(0, SHOWN_NEIGHBOURS).map((each) => ['', each.address, each.mac])
    if (neighbours.length > rows.length) rows.push(['', `and ${neighbours.length - rows.length} more (--json has all)`])
    const claimed = claims.map((each) => {
      return [
        '',
        each.address,
        each.mac,
        each.givenUp ? 'claims it: given up, asked for again' : 'claimed it too: kept',
      ]
    })
    parts.push(
      section(`interface ${name}: ${addresses.join(' ') || 'no address'}, station ${mac}, link ${link}, MTU ${mtu}`, [
        ...(rows.length === 0 ? [['', 'no neighbours']] : rows),
        ...claimed,
      ]),
    )
  }
  parts.push(
    section(
      'routes',
      routes.map((route) => [
        '',
        route.network,
        `${route.gateway === null ? '' : `by ${route.gateway} `}on ${route.interface}`,
      ]),
    ),
  )
  const share = ((100 * memory.used) / memory.limit).toFixed(1)
  const purposes = Object.entries(memory.byPurpose).map(([purpose, octets]) => ['', purpose, String(octets)])
  const refused = Object.entries(memory.refused).map(([purpose, n]) => ['', `refused: ${purpose}`, times(n)])
  parts.push(
    section(`memory: ${memory.used} of ${memory.limit} octets in use (${share} %), ${memory.peak} at most so far`, [
      ...purposes,
      ...refused,
    ]),
  )
  if (connections.length > 0) {
    parts.push(
      section(
        'connections',
        connections.map(({ protocol, local, remote, state }) => ['', protocol, local, remote, state]),
      ),
    )
  }
  parts.push(section('counted (what is 0 is left out)', leaves({ ...counters, 'lost by': lost, service: services })))
  return parts.join('\n')
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return `${title}\n${table(rows)}`
}

/** Every number above 0, behind the names that lead to it. */
function leaves(value: unknown, path = ''): string[][] {
  if (typeof value === 'number') return value === 0 ? [] : [['', path, String(value)]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path} ${name}`))
}
