/** A port of this computer that leads to one of a board: `8080:80`, `127.0.0.1:8080:192.168.7.2:80`, `udp:5353:53`. */
import { formatEndpoint, formatIp, type IpAddress, loopbackOf, parseAnyIp } from '../../../firmware/net/ip.js'

export interface PortForward {
  readonly protocol: 'tcp' | 'udp'
  /** Where this computer listens; its loopback where nothing else is said. Port 0: any that is free. */
  readonly listen: { readonly address: IpAddress; readonly port: number }
  /** Undefined: the one board that there is. */
  readonly board: IpAddress | undefined
  readonly boardPort: number
}

/** @throws RangeError for what cannot be read */
export function portForward(text: string): PortForward {
  const [, protocol, rest] = /^(?:(tcp|udp):)?(.*)$/.exec(text) as RegExpExecArray
  const words = rest.match(/\[[^\]]*\]|[^:]+/g) ?? []
  // Nothing stands between the words but one colon each.
  if (words.join(':') !== rest) throw unreadable(text)
  const [listen, afterListen] = endOf(words, 0, text, 0)
  const [board, end] = endOf(words, afterListen, text, 1)
  if (end !== words.length) throw unreadable(text)
  return {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    listen: { address: listen.address ?? loopbackOf('ipv4'), port: listen.port },
    board: board.address,
    boardPort: board.port,
  }
}

/** As `portForward` reads it. */
export function formatForward({ protocol, listen, board, boardPort }: PortForward): string {
  const to = board === undefined ? `${boardPort}` : formatEndpoint({ address: board, port: boardPort })
  return `${protocol}:${formatEndpoint(listen)}:${to}`
}

/** An address, if there is one, and a port. @returns both, and which word is next */
function endOf(
  words: readonly string[],
  at: number,
  text: string,
  leastPort: number,
): [{ readonly address: IpAddress | undefined; readonly port: number }, number] {
  const isPort = (word: string | undefined) => word !== undefined && /^\d{1,5}$/.test(word)
  const address = isPort(words[at]) ? undefined : parseAnyIp((words[at] ?? '').replace(/^\[(.*)\]$/, '$1'))
  const portAt = isPort(words[at]) ? at : at + 1
  const port = Number(words[portAt])
  if ((portAt > at && address === undefined) || !isPort(words[portAt]) || port < leastPort || port > 0xffff)
    throw unreadable(text)
  return [{ address, port }, portAt + 1]
}

function unreadable(text: string): RangeError {
  return new RangeError(
    `"${text}" is no port forward: write [tcp:|udp:][${formatIp(loopbackOf('ipv4'))}:]PORT:[BOARD-ADDRESS:]PORT, as 8080:80, and an address of IPv6 in brackets`,
  )
}
