/** A port that waits for connections (RFC 9293 3.9.1.1, passive OPEN) and the ones that wait to be accepted. */
import type { Connection, TcpEndpoint } from './connection.js'
import type { ConnectionOptions } from './options.js'

export interface ListenOptions {
  /** Connections that may wait for `accept`, and connections that may be half open. */
  backlog?: number
  /** Set on every connection accepted. */
  connection?: Partial<ConnectionOptions>
  /** Listen although connections of an earlier listener on the port are still there. */
  reuseAddress?: boolean
}

export class Listener {
  onAcceptable: (() => void) | undefined
  readonly local: TcpEndpoint = { address: 0, port: 0 }
  /** Connections that `accept` would give. */
  get waiting(): number {
    return 0
  }
  accept(): Connection | undefined {
    return undefined
  }
  close(): void {}
}
