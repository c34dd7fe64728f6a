/** The Transmission Control Protocol (RFC 9293) over one network layer. */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { Datagram, NetworkLayer, Transport } from '../network-layer.js'
import { PROTOCOL_TCP } from '../wire/ipv4.js'
import type { Connection, TcpEndpoint } from './connection.js'
import { type TcpCounters, TcpCounting } from './counters.js'
import type { Listener, ListenOptions } from './listener.js'
import type { ConnectionOptions, TcpDefaults } from './options.js'

export interface TcpOptions {
  clock: Clock
  random: Random
  network: NetworkLayer
  memory: MemoryBudget
  defaults?: Partial<TcpDefaults>
}

export interface ConnectOptions extends Partial<ConnectionOptions> {
  /** The end to connect from: port 0, any that is free; address 0, as the route has it. */
  local?: TcpEndpoint
}

export class Tcp implements Transport {
  readonly protocol = PROTOCOL_TCP
  readonly #counting = new TcpCounting()

  constructor(_options: TcpOptions) {}

  listen(_local: TcpEndpoint, _options: ListenOptions = {}): Listener {
    throw new Error('not yet')
  }
  connect(_remote: TcpEndpoint, _options: ConnectOptions = {}): Connection {
    throw new Error('not yet')
  }
  get connections(): Iterable<Connection> {
    return []
  }
  get listeners(): Iterable<Listener> {
    return []
  }
  get counters(): TcpCounters {
    return this.#counting.snapshot()
  }
  receive(_datagram: Datagram): void {}
}

export type { Connection, TcpEndpoint } from './connection.js'
export type { TcpCounters, TcpLoss } from './counters.js'
export type { TcpInfo } from './info.js'
export type { Listener, ListenOptions } from './listener.js'
export type { CongestionName, ConnectionOptions, TcpDefaults } from './options.js'
export { TCP_DEFAULTS } from './options.js'
export type { TcpState } from './states.js'
