/** The status of a stack, as plain values: what `net stat --json` prints. */

import { documentHead } from '../../boards/schema/published.js'
import type { MemoryUse } from '../../firmware/net/memory-budget.js'
import type { TcpInfo } from '../../firmware/net/tcp/tcp.js'
import type { ServiceCounters, ServiceName } from '../../firmware/services/service.js'
import type { Services } from '../../firmware/services/services.js'
import {
  type ConnectionStatus,
  HostStatus,
  type InterfaceStatus,
  type RouteStatus,
} from '../../firmware/services/status.js'
import type { Stack, StackCounters } from '../../firmware/stack.js'
import type { GatewayStatus } from './gateway/gateway-status.js'
import { NET_STAT_VERSION, type NetStatDocument } from './status-schema.js'

export interface StackStatus {
  readonly interfaces: readonly InterfaceStatus[]
  readonly routes: readonly RouteStatus[]
  readonly memory: MemoryUse
  /** TCP first, in all states; then UDP ports. */
  readonly connections: readonly ConnectionStatus[]
  /** Of each open TCP connection, what it knows of its way. */
  readonly tcp: readonly (TcpInfo & { readonly local: string; readonly remote: string })[]
  /** Frames that devices lost, by interface and reason. */
  readonly lost: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly services: Readonly<Partial<Record<ServiceName, ServiceCounters>>>
  readonly counters: Omit<StackCounters, 'memory'>
}

/** What `net stat` shows: the status of a stack, whose it is, and for how many seconds it has run. */
export type NetStatus = StackStatus & {
  readonly target: string
  readonly uptime: number
  /** Where its wire leads to a gateway. */
  readonly gateway?: GatewayStatus
}

/** As it is printed for other programs. */
export function netStatDocument(status: NetStatus): NetStatDocument {
  const document = { ...documentHead('net-stat', NET_STAT_VERSION), ...status }
  // What is counted has names there, which the form leaves open: that the two agree is tested (test/schema/schemas.test.ts).
  return document as unknown as NetStatDocument
}

export function stackStatus(stack: Stack, services: Services): StackStatus {
  const host = new HostStatus(stack, undefined, () => services.running)
  const connections = [...host.connections()]
  const named = connections.filter(({ protocol, remote }) => protocol === 'tcp' && remote !== '*')
  const { memory, ...counters } = stack.counters()
  return {
    interfaces: host.interfaces(),
    routes: host.routes(),
    memory,
    connections,
    tcp: [...stack.tcp.connections].map((connection, at) => ({
      local: named[at].local,
      remote: named[at].remote,
      ...connection.info(),
    })),
    lost: Object.fromEntries(stack.interfaces.map(({ name, device }) => [name, device.dropped])),
    services: services.counters,
    counters,
  }
}
