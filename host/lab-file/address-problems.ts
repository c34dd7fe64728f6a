/** Addresses that are none, and one address of two on a network: told where they stand, before anything is built. */
import type { SchemaPath, SchemaProblem } from '../../boards/schema/problems.js'
import { hostInterface } from '../../firmware/net/address.js'
import { formatIp, type IpAddress } from '../../firmware/net/ip.js'
import { hostInterface6 } from '../../firmware/net/ipv6/address.js'
import { jackName, type LabPlan } from './plan.js'
import type { LabDefinition } from './schema.js'

interface OwnAddress {
  readonly path: SchemaPath
  readonly address: string
}

interface Station {
  /** As a person writes it: `desk`, `router.eth1`. */
  readonly jack: string
  readonly addresses: readonly OwnAddress[]
}

/**
 * On one network is whoever cables and boxes join, impaired ones and cables that are not plugged in yet among them.
 * @param exempt networks may have an address twice: a fault that gives one away is in the lab
 */
export function addressProblems(definition: LabDefinition, plan: LabPlan, exempt: boolean): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const stations = stationsOf(definition, plan, problems)
  return exempt ? problems : [...problems, ...sameAddresses(stations, plan)]
}

function sameAddresses(stations: readonly Station[], plan: LabPlan): SchemaProblem[] {
  const network = networksOf(plan)
  const meant = new Set(
    plan.cables.flatMap(({ entry, ends: [a, b] }) => {
      const end = a ?? b
      return entry.sameAddresses === true && end !== undefined ? [network(nodeOf(end))] : []
    }),
  )
  const taken = new Map<string, string>()
  return stations.flatMap(({ jack, addresses }) => {
    const on = network(jack)
    if (meant.has(on)) return []
    return addresses.flatMap(({ path, address }): SchemaProblem[] => {
      const key = `${on} ${address}`
      const other = taken.get(key)
      if (other === undefined) {
        taken.set(key, jack)
        return []
      }
      return [
        {
          path,
          problem: `${other} and ${jack} are on one network, and both have the address ${address}: give each its own, or say at a cable of it that it is meant (sameAddresses: true)`,
        },
      ]
    })
  })
}

type End = NonNullable<LabPlan['cables'][number]['ends'][number]>

/** The ports of a box are one network. */
function nodeOf(end: End): string {
  return end.kind === 'box' ? `box ${end.owner}` : jackName(end)
}

/** @returns what names the network that something is on: equal for two that hear each other */
function networksOf({ cables }: LabPlan): (node: string) => string {
  const above = new Map<string, string>()
  const root = (node: string): string => {
    let at = node
    for (let next = above.get(at); next !== undefined; next = above.get(at)) at = next
    return at
  }
  for (const { ends } of cables) {
    const [a, b] = ends.map((end) => (end === undefined ? undefined : root(nodeOf(end))))
    if (a !== undefined && b !== undefined && a !== b) above.set(a, b)
  }
  return root
}

/** What has addresses of its own. @param problems gets those that are none */
function stationsOf(
  { boards = {}, hosts = {} }: LabDefinition,
  plan: LabPlan,
  problems: SchemaProblem[],
): readonly Station[] {
  const parsed = <T extends { readonly address: IpAddress }>(
    path: SchemaPath,
    text: string | undefined,
    parse: (text: string) => T,
  ): readonly OwnAddress[] => {
    if (text === undefined || text === 'dhcp') return []
    try {
      return [{ path, address: formatIp(parse(text).address) }]
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      problems.push({ path, problem: error.message })
      return []
    }
  }
  const own = (path: SchemaPath, address: string | undefined) => parsed(path, address, hostInterface)
  const own6 = (path: SchemaPath, addresses: readonly string[] = []) =>
    addresses.flatMap((each, i) => parsed([...path, 'ipv6', 'addresses', i], each, hostInterface6))
  return [
    ...Object.entries(boards).map(([name, { address, ipv6 }]) => {
      const path = ['boards', name]
      const first =
        address === undefined
          ? own(path, plan.boards.get(name)?.definition.network.address)
          : own([...path, 'address'], address)
      return { jack: name, addresses: [...first, ...own6(path, ipv6?.addresses)] }
    }),
    ...Object.entries(hosts).flatMap(([name, { address, ipv6, cards = [] }]) => {
      const path = ['hosts', name]
      return [
        { jack: name, addresses: [...own([...path, 'address'], address), ...own6(path, ipv6?.addresses)] },
        ...cards.map((card, i) => {
          const at = [...path, 'cards', i]
          return {
            jack: `${name}.eth${i + 1}`,
            addresses: [...own([...at, 'address'], card.address), ...own6(at, card.ipv6?.addresses)],
          }
        }),
      ]
    }),
  ]
}
