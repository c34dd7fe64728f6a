import type { SocketAddress } from '../../../firmware/socket/endpoint.js'

/** Where a socket is, as `address()` of Node's tells it. */
export interface NodeAddress {
  readonly address: string
  readonly family: 'IPv4' | 'IPv6'
  readonly port: number
}

export function nodeAddress({ address, family, port }: SocketAddress): NodeAddress {
  return { address, family: family === 'ipv4' ? 'IPv4' : 'IPv6', port }
}
