/** The status of a host, in parts: the status page, /status.json and the console show the same. */
import { SECOND } from '../hal/clock.js'
import { formatIpv4, formatMac } from '../net/address.js'
import { formatEndpoint, formatIp, type IpEndpoint, isUnspecified } from '../net/ip.js'
import { formatIpv6Interface } from '../net/ipv6/address.js'
import type { Stack } from '../stack.js'
import type { BoardStatus, Service } from './service.js'

export interface InterfaceStatus {
  readonly name: string
  readonly mac: string
  readonly link: 'up' | 'down'
  readonly addresses: readonly string[]
  readonly gateway: string | null
  readonly mtu: number
  readonly neighbours: readonly { readonly address: string; readonly mac: string }[]
  /** Its addresses that another station claims or claimed, and which; those given up are not in use now. */
  readonly claims: readonly { readonly address: string; readonly mac: string; readonly givenUp: boolean }[]
}

export interface RouteStatus {
  readonly network: string
  readonly gateway: string | null
  readonly interface: string
}

export interface ConnectionStatus {
  readonly protocol: 'tcp' | 'udp'
  readonly local: string
  /** `*` where it listens, or hears everybody. */
  readonly remote: string
  readonly state: string
}

/** What of a host is asked for; each part is made when it is. */
export class HostStatus {
  readonly stack: Stack
  readonly board: BoardStatus | undefined
  readonly #services: () => Iterable<Service>

  constructor(stack: Stack, board: BoardStatus | undefined, services: () => Iterable<Service>) {
    this.stack = stack
    this.board = board
    this.#services = services
  }

  get title(): string {
    return this.board?.title ?? this.stack.name
  }

  /** Seconds since it began to run. */
  get uptimeSeconds(): number {
    return Math.floor((this.stack.clock.now - (this.board?.startedAt?.() ?? 0)) / SECOND)
  }

  get services(): Iterable<Service> {
    return this.#services()
  }

  interfaces(): InterfaceStatus[] {
    return this.stack.interfaces.map((each) => ({
      name: each.name,
      mac: formatMac(each.device.address),
      link: each.linkUp ? 'up' : 'down',
      addresses: [
        ...each.addresses.map(({ address, prefixLength }) => `${formatIpv4(address)}/${prefixLength}`),
        ...(each.ipv6?.addresses.map(formatIpv6Interface) ?? []),
      ],
      gateway: each.gateway === undefined ? null : formatIpv4(each.gateway),
      mtu: each.mtu,
      neighbours: [...each.neighbours.entries(), ...(each.ipv6?.neighbours.entries() ?? [])].flatMap(
        ({ address, mac }) => (mac === undefined ? [] : [{ address: formatIp(address), mac: formatMac(mac) }]),
      ),
      claims: each.claims.map(({ address, mac, givenUp }) => {
        return { address: formatIpv4(address), mac: formatMac(mac), givenUp }
      }),
    }))
  }

  routes(): RouteStatus[] {
    const four = this.stack.ipv4.routes.map(({ network, prefixLength, gateway, link }) => ({
      network: `${formatIpv4(network)}/${prefixLength}`,
      gateway: gateway === undefined ? null : formatIpv4(gateway),
      interface: link.name,
    }))
    const six = this.stack.interfaces.flatMap(({ name, ipv6 }) => [
      ...(ipv6?.prefixes ?? []).map(({ prefix, length }) => ({
        network: `${formatIp(prefix)}/${length}`,
        gateway: null,
        interface: name,
      })),
      ...(ipv6?.routes ?? []).map(({ prefix, length, router }) => ({
        network: `${formatIp(prefix)}/${length}`,
        gateway: formatIp(router),
        interface: name,
      })),
      ...(ipv6?.routers ?? []).map((router) => ({ network: '::/0', gateway: formatIp(router), interface: name })),
    ])
    return [...four, ...six]
  }

  /** One after the other: there may be ten thousand. */
  *connections(): Generator<ConnectionStatus> {
    const place = (end: IpEndpoint) => (isUnspecified(end.address) ? `*:${end.port}` : formatEndpoint(end))
    for (const { local } of this.stack.tcp.listeners)
      yield { protocol: 'tcp', local: place(local), remote: '*', state: 'LISTEN' }
    for (const { local, remote, state } of this.stack.tcp.connections)
      yield { protocol: 'tcp', local: place(local), remote: place(remote), state }
    for (const { local, remote } of this.stack.udp.ports())
      yield { protocol: 'udp', local: place(local), remote: remote === undefined ? '*' : place(remote), state: '' }
  }

  /** Counted events as `interfaces.eth0.framesSent`, those that never happened left out. */
  *counters(): Generator<readonly [string, number]> {
    const { memory: _, ...counted } = this.stack.counters()
    yield* leaves(counted, '')
    for (const service of this.services) yield* leaves(service.counters, `services.${service.name}`)
  }
}

function* leaves(value: object, path: string): Generator<readonly [string, number]> {
  for (const [name, inner] of Object.entries(value)) {
    const place = path === '' ? name : `${path}.${name}`
    if (typeof inner === 'number') {
      if (inner !== 0) yield [place, inner]
    } else if (typeof inner === 'object' && inner !== null) yield* leaves(inner, place)
  }
}
