/** DNS over the UDP and TCP of a stack. */
import type { Clock } from '../../hal/clock.js'
import { NetError } from '../errors.js'
import { familyOf, type IpAddress, unspecified, unspecifiedOfAll } from '../ip.js'
import type { NetworkLayers } from '../network-layers.js'
import type { Connection, Tcp } from '../tcp/tcp.js'
import type { Udp } from '../udp/udp.js'
import type { UdpPort } from '../udp/udp-port.js'
import { DNS_DATAGRAM_LIMIT, DNS_PORT, DNS_STREAM_LIMIT, EDNS_DATAGRAM_LIMIT } from '../wire/dns.js'
import { UDP_HEADER_OCTETS } from '../wire/udp.js'
import type { DnsCarrier, DnsChannel, DnsListener } from './carrier.js'
import { Deframer, framed } from './framing.js'
import type { DnsServer } from './server.js'

/** Octets read from a connection at a time. */
const CHUNK = 2048
/** Clients of a DNS server that may be connected at a time; how long one may be silent (RFC 7766 6.2.3). */
const CLIENT_LIMIT = 16
const IDLE_LIMIT = 10_000_000_000

/** What DNS takes of the stack it runs on. */
export interface DnsEnd {
  readonly clock: Clock
  readonly networks: NetworkLayers
  readonly udp: Udp
  readonly tcp: Tcp
}

export class StackDnsCarrier implements DnsCarrier {
  readonly #stack: DnsEnd

  constructor(stack: DnsEnd) {
    this.#stack = stack
  }

  largestDatagram(server: IpAddress): number | undefined {
    const network = this.#stack.networks.of(server)
    const route = network?.route(server)
    if (network === undefined || route === undefined) return undefined
    return route.pathMtu - network.headerOctets - UDP_HEADER_OCTETS
  }

  datagrams(server: IpAddress, onMessage: DnsListener, onFailed: () => void): DnsChannel | undefined {
    const { udp } = this.#stack
    let port: UdpPort
    try {
      // A random port each time, which hears this server's port 53 and nobody else (RFC 5452 9.2).
      port = udp.bind({ address: unspecified(familyOf(server)), port: 0 })
    } catch (error) {
      if (error instanceof NetError) return undefined
      throw error
    }
    try {
      port.connect(server, DNS_PORT)
    } catch (error) {
      port.close()
      if (error instanceof NetError) return undefined
      throw error
    }
    port.handleDatagram = (octets, start, end) => onMessage(octets, start, end)
    port.onError(onFailed)
    return {
      send(message) {
        try {
          port.send(message, 0, message.length)
          return true
        } catch (error) {
          if (error instanceof NetError) return false
          throw error
        }
      },
      close: () => port.close(),
    }
  }

  stream(server: IpAddress, onMessage: DnsListener, onFailed: () => void): DnsChannel | undefined {
    let connection: Connection
    try {
      connection = this.#stack.tcp.connect({ address: server, port: DNS_PORT })
    } catch (error) {
      if (error instanceof NetError) return undefined
      throw error
    }
    const stream = new MessageStream(connection)
    stream.handleMessage = onMessage
    stream.handleEnded = onFailed
    return { send: (message) => stream.send(message), close: () => stream.close() }
  }
}

/** Whole messages over a connection, in both directions. */
class MessageStream {
  handleMessage: DnsListener | undefined
  /** It is over: closed by the other end, or failed. */
  handleEnded: (() => void) | undefined
  /** Octets came. */
  handleHeard: (() => void) | undefined
  readonly #connection: Connection
  readonly #deframer = new Deframer()
  readonly #chunk = new Uint8Array(CHUNK)
  /** What the connection did not take yet. */
  #waiting: Uint8Array[] = []

  constructor(connection: Connection) {
    this.#connection = connection
    connection.onReadable(() => this.#read())
    connection.onWritable(() => this.#write())
    connection.onClosed(() => this.#ended())
  }

  send(message: Uint8Array): boolean {
    this.#waiting.push(framed(message))
    this.#write()
    return true
  }

  close(): void {
    this.handleMessage = undefined
    this.handleEnded = undefined
    this.#connection.close()
  }

  read(): void {
    this.#read()
  }

  #ended(): void {
    const { handleEnded } = this
    this.handleEnded = undefined
    handleEnded?.()
  }

  #read(): void {
    for (;;) {
      const length = this.#connection.read(this.#chunk)
      if (length === 0) break
      this.handleHeard?.()
      this.#deframer.push(this.#chunk, 0, length, (octets, start, end) => this.handleMessage?.(octets, start, end))
    }
    if (this.#connection.ended) this.#ended()
  }

  #write(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const taken = this.#connection.write(first)
      if (taken < first.length) {
        this.#waiting[0] = first.subarray(taken)
        return
      }
      this.#waiting.shift()
    }
  }
}

/**
 * Has a server answer on port 53 of a stack, over UDP and TCP.
 * @param address of this host that it answers on; any of them unless given, of every family that it speaks
 * @returns what ends it
 * @throws NetError EADDRINUSE, EADDRNOTAVAIL
 */
export function serveDns(
  stack: DnsEnd,
  server: DnsServer,
  address: IpAddress = unspecifiedOfAll(stack.networks.speaks('ipv6') ? 'ipv6' : 'ipv4'),
): () => void {
  const port = stack.udp.bind({ address, port: DNS_PORT })
  port.handleDatagram = (octets, start, end, source, sourcePort, destination) => {
    const reply = (message: Uint8Array): boolean => {
      try {
        // From the address that was asked (RFC 2181 4.1).
        port.send(message, 0, message.length, source, sourcePort, destination)
        return true
      } catch (error) {
        if (error instanceof NetError) return false
        throw error
      }
    }
    server.answer(octets, start, end, DNS_DATAGRAM_LIMIT, reply, EDNS_DATAGRAM_LIMIT)
  }
  const listener = stack.tcp.listen({ address, port: DNS_PORT })
  const clients = new Set<() => void>()
  listener.onAcceptable(() => {
    for (let client = listener.accept(); client !== undefined; client = listener.accept()) {
      if (clients.size >= CLIENT_LIMIT) client.abort()
      else serveClient(stack, server, client, clients)
    }
  })
  return () => {
    port.close()
    listener.close()
    for (const end of [...clients]) end()
  }
}

function serveClient(stack: DnsEnd, server: DnsServer, connection: Connection, clients: Set<() => void>): void {
  const stream = new MessageStream(connection)
  const { clock } = stack
  let idle = clock.after(IDLE_LIMIT, end)
  function end(): void {
    clock.cancel(idle)
    clients.delete(end)
    stream.close()
  }
  clients.add(end)
  stream.handleEnded = end
  stream.handleHeard = () => {
    clock.cancel(idle)
    idle = clock.after(IDLE_LIMIT, end)
  }
  stream.handleMessage = (octets, from, to) =>
    server.answer(octets, from, to, DNS_STREAM_LIMIT, (reply) => clients.has(end) && stream.send(reply))
  stream.read()
}
