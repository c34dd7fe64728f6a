import { answerOf, findRunning } from '../../../network/control.js'
import type { StackStatus } from '../../../network/status.js'
import type { Arguments } from '../../arguments.js'
import { table } from '../../table.js'

/** A status as `net up` tells it: that of its stack, and what it is. */
type Status = StackStatus & { readonly target: string; readonly uptime: number }

/** `linkpulse net stat [NAME]`: what a running `net up` counted, or a board in a lab. */
export async function netStat(given: Arguments): Promise<number> {
  const status = await find(given)
  if (given.has('json')) process.stdout.write(`${JSON.stringify(status, null, 2)}\n`)
  else process.stdout.write(render(status))
  return 0
}

async function find(given: Arguments): Promise<Status> {
  const up = await findRunning(given.operands[0])
  if (up !== undefined) return JSON.parse(await answerOf(up.path, 'status')) as Status
  throw new Error('no lab yet')
}

function render(status: Status): string {
  const { target, uptime, interfaces, routes, memory, counters } = status
  const parts = [`${target}, up ${uptime.toFixed(1)} s\n`]
  for (const each of interfaces) {
    const link = each.linkUp ? 'link up' : 'link down'
    const neighbours = each.neighbours.map(({ address, mac }) => ['', address, mac])
    parts.push(
      section(
        `interface ${each.name}: ${each.addresses.join(' ') || 'no address'}, station ${each.mac}, ${link}, MTU ${each.mtu}`,
        neighbours.length === 0 ? [['', 'no neighbours']] : neighbours,
      ),
    )
  }
  parts.push(
    section(
      'routes',
      routes.map((route) => [
        '',
        route.network,
        route.gateway === null ? `on ${route.interface}` : `by ${route.gateway} on ${route.interface}`,
        route.origin,
      ]),
    ),
  )
  const share = ((100 * memory.used) / memory.limit).toFixed(1)
  const purposes = Object.entries(memory.byPurpose).map(([purpose, octets]) => ['', purpose, String(octets)])
  const refused = Object.entries(memory.refused).map(([purpose, times]) => [
    '',
    `refused for ${purpose}`,
    `${times} times`,
  ])
  parts.push(
    section(`memory: ${memory.used} of ${memory.limit} octets in use (${share} %), ${memory.peak} at most`, [
      ...purposes,
      ...refused,
    ]),
  )
  const { memory: _, ...counted } = counters
  parts.push(section('counted (what is 0 is left out)', leaves(counted)))
  return parts.join('\n')
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return `${title}\n${table(rows)}`
}

/** Every number above 0, with the names that lead to it. */
function leaves(value: unknown, path = ''): string[][] {
  if (typeof value === 'number') return value === 0 ? [] : [['', path, String(value)]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path} ${name}`))
}
