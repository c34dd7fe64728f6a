/** What state boards and hosts of a lab are in: links, addresses. */
import type { IpAddress } from '../../firmware/net/ip.js'
import type { NetworkInterface } from '../../firmware/net/network-interface.js'
import { ownAddress } from '../../firmware/net/own-address.js'
import type { Stack } from '../../firmware/stack.js'
import type { BuiltLab } from './build.js'
import { jackName } from './plan.js'
import type { UpEntry } from './schema.js'

/** An interface, and what its jack is called in the lab. */
export interface NamedInterface {
  readonly jack: string
  readonly network: NetworkInterface
}

export function interfacesOf(lab: BuiltLab, name: string): readonly NamedInterface[] {
  const kind = lab.hosts.has(name) ? 'host' : 'board'
  return lab
    .member(name)
    .stack.interfaces.map((network, port) => ({ jack: jackName({ owner: name, kind, port }), network }))
}

/** Links are up, and addresses in use, of everybody named, at every jack that has a cable. */
export function upCondition(lab: BuiltLab, who: UpEntry): () => boolean {
  const names = who === 'all' ? [...lab.members.keys()] : who
  const cabled = new Set(
    lab.plan.cables.flatMap(({ ends }) => ends.flatMap((end) => (end === undefined ? [] : [jackName(end)]))),
  )
  const interfaces = names
    .flatMap((name) => interfacesOf(lab, name))
    .filter(({ jack }) => cabled.has(jack) || who !== 'all')
  return () => interfaces.every(({ network }) => network.linkUp && hasAddresses(network))
}

export function downCondition(lab: BuiltLab, names: readonly string[]): () => boolean {
  return () => names.every((name) => interfacesOf(lab, name).every(({ network }) => !network.linkUp))
}

function hasAddresses({ addresses, ipv6 }: NetworkInterface): boolean {
  return addresses.length > 0 && (ipv6 === undefined || ipv6.addresses.every(({ state }) => state !== 'TENTATIVE'))
}

/** The address that a stack is spoken to at; undefined while it has none. */
export function addressToCall(stack: Stack): IpAddress | undefined {
  return ownAddress(stack, 'ipv4') ?? ownAddress(stack, 'ipv6')
}
