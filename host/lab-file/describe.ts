/** What is in a lab, in words: for who brings it up, and for the drawing of it. */
import { keyed, type LocalizableText } from '../text/keyed.js'
import { CABLE_LENGTH } from './cable-length.js'
import { jackName, type LabPlan, type MemberKind, portsOf } from './plan.js'
import type { BoxEntry, CableEntry, HostEntry, LabDefinition } from './schema.js'

export interface DescribedMember {
  readonly name: string
  readonly kind: MemberKind
  /** What it is. */
  readonly what: LocalizableText
  readonly addresses: readonly LocalizableText[]
  /** What it offers, and what else is to be known. */
  readonly notes: readonly LocalizableText[]
  readonly faults: readonly string[]
}

export interface DescribedCable {
  readonly name: string
  /** The jacks at its ends, and whose they are. */
  readonly ends: readonly [string, string]
  readonly owners: readonly [string, string]
  /** Length, category, wiring. */
  readonly make: readonly LocalizableText[]
  readonly faults: readonly string[]
}

export interface DescribedLab {
  readonly title: LocalizableText
  readonly members: readonly DescribedMember[]
  readonly cables: readonly DescribedCable[]
}

export function describeLab(definition: LabDefinition, plan: LabPlan): DescribedLab {
  const { boards = {}, hosts = {}, boxes = {}, title } = definition
  return {
    title: title ?? keyed('lab.a-lab'),
    members: [
      ...Object.keys(boards).map((name) => describeBoard(definition, plan, name)),
      ...Object.entries(hosts).map(([name, entry]) => describeHost(name, entry)),
      ...Object.entries(boxes).map(([name, entry]) => describeBox(name, entry)),
    ],
    cables: plan.cables.flatMap(({ name, entry, ends: [a, b] }): DescribedCable[] => {
      if (a === undefined || b === undefined) return []
      const faults = entry.faults ?? []
      return [
        { name, ends: [jackName(a), jackName(b)], owners: [a.owner, b.owner], make: describeCable(entry), faults },
      ]
    }),
  }
}

function describeBoard({ boards = {} }: LabDefinition, plan: LabPlan, name: string): DescribedMember {
  const { board, address, ipv6, services, powered, faults = [] } = boards[name]
  const definition = plan.boards.get(name)?.definition
  const title = definition?.title.replace(/ with .*/, '')
  return {
    name,
    kind: 'board',
    what: title === undefined ? board : `${board} (${title})`,
    addresses: addresses(address ?? definition?.network.address, ipv6?.addresses),
    notes: [...offers(services), ...(powered === false ? [keyed('lab.not-powered')] : [])],
    faults,
  }
}

function describeHost(name: string, entry: HostEntry): DescribedMember {
  const { address, ipv6, services, dhcpServer, dnsZone, forwarding, cards = [], faults = [] } = entry
  return {
    name,
    kind: 'host',
    what: keyed(forwarding ? 'lab.router' : 'lab.host'),
    addresses: [
      ...addresses(address, ipv6?.addresses),
      ...cards.flatMap((card) => addresses(card.address, card.ipv6?.addresses)),
    ],
    notes: [
      ...offers(services),
      ...(dhcpServer === undefined ? [] : [keyed('lab.dhcp-server')]),
      ...(dnsZone === undefined ? [] : [keyed('lab.dns-server')]),
    ],
    faults,
  }
}

function addresses(address: string | undefined, of6: readonly string[] = []): readonly LocalizableText[] {
  return [...(address === undefined ? [] : [address === 'dhcp' ? keyed('lab.by-dhcp') : address]), ...of6]
}

function offers(services: readonly string[] | undefined): readonly LocalizableText[] {
  return services === undefined || services.length === 0 ? [] : [keyed('lab.offers', { services: services.join(', ') })]
}

function describeBox(name: string, entry: BoxEntry): DescribedMember {
  const { kind } = entry
  const ports = portsOf(entry)
  const what = kind === 'impaired' ? impairment(entry) : keyed(kind === 'switch' ? 'lab.switch' : 'lab.hub', { ports })
  return { name, kind: 'box', what, addresses: [], notes: [], faults: [] }
}

const IMPAIRMENTS = ['loss', 'duplicate', 'reorder', 'corrupt', 'mark', 'delay', 'jitter', 'longest'] as const

function impairment(entry: BoxEntry): LocalizableText {
  const how = IMPAIRMENTS.flatMap((name) => (entry[name] === undefined ? [] : [`${name} ${entry[name]}`]))
  return how.length === 0 ? keyed('lab.impaired-nothing') : keyed('lab.impaired', { how: how.join(', ') })
}

function describeCable({ length = CABLE_LENGTH, category, wiring, plugged }: CableEntry): readonly LocalizableText[] {
  return [
    keyed('lab.cable', { length }),
    ...(category === undefined ? [] : [keyed('lab.category', { category: `${category}` })]),
    ...(wiring === undefined ? [] : [keyed(`lab.wiring.${wiring}`)]),
    ...(plugged === false ? [keyed('lab.not-plugged')] : []),
  ]
}
