/** What a stack can tell of itself, as plain values: what `net stat --json` prints. */
import { formatIpv4, formatMac } from '../../firmware/net/address.js'
import type { MemoryUse } from '../../firmware/net/memory-budget.js'
import type { Stack, StackCounters } from '../../firmware/net/stack.js'

export interface InterfaceStatus {
  readonly name: string
  readonly mac: string
  readonly linkUp: boolean
  readonly addresses: readonly string[]
  readonly gateway: string | null
  readonly mtu: number
  readonly neighbours: readonly { readonly address: string; readonly mac: string }[]
  /** Frames that the device lost, by reason. */
  readonly lost: Readonly<Record<string, number>>
}

export interface StackStatus {
  readonly interfaces: readonly InterfaceStatus[]
  readonly routes: readonly {
    readonly network: string
    readonly gateway: string | null
    readonly interface: string
    readonly origin: string
  }[]
  readonly memory: MemoryUse
  readonly counters: StackCounters
}

export function stackStatus(stack: Stack): StackStatus {
  return {
    interfaces: stack.interfaces.map((each) => ({
      name: each.name,
      mac: formatMac(each.device.address),
      linkUp: each.linkUp,
      addresses: each.addresses.map(({ address, prefixLength }) => `${formatIpv4(address)}/${prefixLength}`),
      gateway: each.gateway === undefined ? null : formatIpv4(each.gateway),
      mtu: each.mtu,
      neighbours: each.neighbours.entries().map(({ address, mac }) => ({
        address: formatIpv4(address),
        mac: formatMac(mac),
      })),
      lost: each.device.dropped,
    })),
    routes: stack.ipv4.routes.map(({ network, prefixLength, gateway, link, origin }) => ({
      network: `${formatIpv4(network)}/${prefixLength}`,
      gateway: gateway === undefined ? null : formatIpv4(gateway),
      interface: link.name,
      origin,
    })),
    memory: stack.memory.snapshot(),
    counters: stack.counters(),
  }
}
