/** What a service of a host is, and the names that people start services by. */
import type { Tally } from '../hal/counters.js'
import type { NetErrorCode } from '../net/errors.js'
import type { Family } from '../net/ip.js'
import type { NetworkLayers } from '../net/network-layers.js'

/** What a service listens with: one socket for all families that its host speaks (RFC 3493 5.3). */
export function listeningFamily({ networks }: { readonly networks: NetworkLayers }): Family {
  return networks.speaks('ipv6') ? 'ipv6' : 'ipv4'
}

export type ServiceName = 'echo' | 'discard' | 'daytime' | 'chargen' | 'telnet' | 'http'

export interface ServiceDescription {
  readonly name: ServiceName
  /** As registered with IANA. */
  readonly port: number
  readonly transports: readonly ('tcp' | 'udp')[]
  readonly title: string
  readonly standard: string
}

/** Every service, by port. */
export const SERVICES: readonly ServiceDescription[] = [
  {
    name: 'echo',
    port: 7,
    transports: ['tcp', 'udp'],
    title: 'sends back what it is sent',
    standard: 'RFC 862',
  },
  {
    name: 'discard',
    port: 9,
    transports: ['tcp', 'udp'],
    title: 'reads everything and says nothing',
    standard: 'RFC 863',
  },
  {
    name: 'daytime',
    port: 13,
    transports: ['tcp', 'udp'],
    title: 'tells date and time in one line',
    standard: 'RFC 867',
  },
  {
    name: 'chargen',
    port: 19,
    transports: ['tcp', 'udp'],
    title: 'sends lines of characters without end',
    standard: 'RFC 864',
  },
  {
    name: 'telnet',
    port: 23,
    transports: ['tcp'],
    title: 'a console: status, counters, neighbours, routes, connections, ping',
    standard: 'RFC 854',
  },
  {
    name: 'http',
    port: 80,
    transports: ['tcp'],
    title: 'the status page of the board, and files of any size for tests',
    standard: 'RFC 9112',
  },
]

/** What a service is, by its name. @throws RangeError that names an unknown one, and those that there are */
export function serviceNamed(name: string): ServiceDescription {
  const found = SERVICES.find((each) => each.name === name)
  if (found !== undefined) return found
  throw new RangeError(`there is no service "${name}": give some of ${SERVICES.map((each) => each.name).join(',')}`)
}

export interface ServiceOptions {
  /** The service's own by default. */
  readonly port?: number
  /**
   * Milliseconds since 1970-01-01 00:00 UTC, for daytime. Without it the host has no notion of the date, and counts from
   * 1970 on its own clock.
   */
  readonly wallClock?: () => number
  /** What the status page and the console show beside the stack: the board's. */
  readonly board?: BoardStatus
}

/** One region of a state chart, with the states it can be in. */
export interface ChartNode {
  readonly region: string
  readonly states: readonly string[]
  /** Undefined: the region is not entered. */
  readonly active: string | undefined
}

/** What a board reports about itself. */
export interface BoardStatus {
  /** `Arduino Uno R3 with ENC28J60 module`. */
  readonly title: string
  /** When its firmware began to run, on the stack's clock. */
  startedAt?(): number
  /** Its state charts as they are now. */
  charts(): readonly ChartNode[]
}

/** Why a service gave up a connection or a datagram, or did not take it. */
export type ServiceLoss =
  | NetErrorCode
  | 'no memory'
  | 'timed out'
  /** It moved nothing while others waited for memory. */
  | 'made room'
  | 'service stopped'
  /** A datagram from the port of a service that answers datagrams: they would answer one another for ever. */
  | 'would loop'
  | 'to a group'

export interface ServiceCounters {
  /** Connections that were taken, and those that are open now. */
  readonly connections: number
  readonly open: number
  readonly datagrams: number
  readonly octetsIn: number
  readonly octetsOut: number
  readonly lost: Readonly<Partial<Record<ServiceLoss, number>>>
  /** HTTP: answers by their status. */
  readonly answers?: Readonly<Partial<Record<string, number>>>
}

/** A service that runs. */
export interface Service {
  readonly name: ServiceName
  readonly port: number
  readonly counters: ServiceCounters
  /** Closes everything it has open and gives its memory back. Stopping twice is once. */
  stop(): void
}

/** What is counted while a service runs. */
export interface ServiceCounting {
  connections: number
  datagrams: number
  octetsIn: number
  octetsOut: number
  readonly lost: Tally<ServiceLoss>
}
