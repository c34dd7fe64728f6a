/** Makes sockets: the three arguments of BSD's `socket`, and what goes with what. */
import { NetError } from '../net/errors.js'
import { DatagramSocket } from './datagram-socket.js'
import { checkFamily } from './endpoint.js'
import type { SocketProtocol, SocketType } from './options.js'
import { RawSocket } from './raw-socket.js'
import type { Socket, SocketHost } from './socket.js'
import { StreamSocket } from './stream-socket.js'

const PROTOCOL_OF: Readonly<Record<SocketType, SocketProtocol>> = { stream: 'tcp', datagram: 'udp', raw: 'icmp' }

/** The socket of a type. */
export interface SocketOfType {
  stream: StreamSocket
  datagram: DatagramSocket
  raw: RawSocket
}

/**
 * A new socket of a stack.
 * @param protocol the type's own when left out: tcp, udp, icmp
 * @throws NetError EAFNOSUPPORT for a family that the stack does not speak, EPROTONOSUPPORT and EPROTOTYPE for a protocol that is unknown, or
 *   does not go with the type
 */
export function createSocket<Type extends SocketType>(
  host: SocketHost,
  family: string,
  type: Type,
  protocol: string = PROTOCOL_OF[type],
): SocketOfType[Type] {
  const call = `socket ${family} ${type}${protocol === undefined ? '' : ` ${protocol}`}`
  const spoken = checkFamily(call, family)
  if (!host.networks.speaks(spoken))
    throw new NetError(
      'EAFNOSUPPORT',
      call,
      "use 'ipv4', or make the stack with ipv6: Ipv6Side",
      'this host speaks IPv4 only',
    )
  const own = PROTOCOL_OF[type] as SocketProtocol | undefined
  if (own === undefined)
    throw new NetError('EPROTOTYPE', call, "use 'stream', 'datagram' or 'raw'", `there is no type "${type}"`)
  if (protocol !== own) {
    const known = Object.values<string>(PROTOCOL_OF).includes(protocol)
    throw new NetError(known ? 'EPROTOTYPE' : 'EPROTONOSUPPORT', call, `a ${type} socket speaks ${own}`)
  }
  if (type === 'raw' && spoken !== 'ipv4')
    throw new NetError(
      'EPROTONOSUPPORT',
      call,
      "use 'ipv4', or Stack.ping",
      'raw sockets have the messages of ICMP for IPv4',
    )
  const made: Socket =
    type === 'stream'
      ? new StreamSocket(host, spoken)
      : type === 'datagram'
        ? new DatagramSocket(host, spoken)
        : new RawSocket(host, spoken)
  return made as SocketOfType[Type]
}
