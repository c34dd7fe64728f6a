/** What the parts of a gateway share. */

import type { Clock } from '../../../../firmware/hal/clock.js'
import type { Tally } from '../../../../firmware/hal/counters.js'
import { familyOf, type IpAddress, type IpEndpoint, loopbackOf } from '../../../../firmware/net/ip.js'
import type { Datagram } from '../../../../firmware/net/network-layer.js'
import type { Stack } from '../../../../firmware/stack.js'
import type { OutsidePolicy, Refused } from '../../../network/gateway/outside-policy.js'

/** Bounds of what boards and strangers can have the gateway hold. */
export interface GatewayLimits {
  /** TCP connections of boards to the outside. */
  readonly connections: number
  /** Of these, being opened: no answer yet from outside, or from the board. The oldest gives way. */
  readonly openings: number
  /** Connections that may be begun a second in the long run, after `openings` of them at once: a board is no source of floods. */
  readonly openingsASecond: number
  /** Connections of one TCP port forward, and conversations of one UDP port forward. */
  readonly forwarded: number
  /** UDP conversations of boards with the outside. */
  readonly conversations: number
  /** Octets that wait in one connection for a side that does not take them. */
  readonly waiting: number
  /** Echoes that the system's ping is asked for at a time, and names that the system's resolver is. */
  readonly echoes: number
  readonly names: number
  /** Seconds after which an opening is given up; after which a silent connection, a silent UDP conversation is forgotten. */
  readonly openingSeconds: number
  readonly idleSeconds: number
  readonly conversationSeconds: number
}

export const GATEWAY_LIMITS: GatewayLimits = {
  connections: 256,
  openings: 64,
  openingsASecond: 100,
  forwarded: 64,
  conversations: 256,
  waiting: 65_536,
  echoes: 8,
  names: 64,
  openingSeconds: 30,
  // RFC 5382 REQ-5: not before two hours and four minutes. RFC 4787 REQ-5: not before two minutes.
  idleSeconds: 7_440,
  conversationSeconds: 120,
}

/** Why something went no further. */
export type GatewayLoss =
  | `refused: ${Refused}`
  | 'on the board’s own network'
  | 'too many connections'
  | 'too many connections a second'
  | 'too many conversations'
  | 'too many connections of a forward'
  | 'too many conversations of a forward'
  | 'too many echoes'
  | 'too many names'
  | 'opening gave way to a newer one'
  | 'opening given up'
  | 'SYN again while its connection is opened'
  | 'SYN too long'
  | 'no way back'
  | 'no memory for a connection'
  | 'silent connection'
  | 'datagram not sent outside'
  | 'datagram not sent to the board'
  | 'no board to forward to'
  | 'echo without an answer'
  | 'name of a refused address'
  | 'kind of record not relayed'
  | 'connection refused outside'
  | 'connection reset outside'
  | 'host outside not reached'
  | 'no way outside'
  | 'not let outside by the system'
  | 'connection to the board not begun'

export interface GatewayPlace {
  readonly stack: Stack
  readonly clock: Clock
  readonly policy: OutsidePolicy
  readonly limits: GatewayLimits
  readonly lost: Tally<GatewayLoss>
  /** Hands something of the event loop to the lab, at the present instant. */
  readonly enter: (input: () => void) => void
}

/** The gateway's own address stands for this computer's loopback, whose addresses are on no wire. */
export function outsideOf({ stack }: GatewayPlace, address: IpAddress): IpAddress {
  return stack.networks.isOwn(address) ? loopbackOf(familyOf(address)) : address
}

/**
 * Whether a datagram's way leads outside, and its sender can be answered. What may not is counted, and its sender told.
 * @param port undefined: an echo
 */
export function mayGo(place: GatewayPlace, datagram: Datagram, port: number | undefined): boolean {
  const { policy, lost } = place
  const { network, source, destination } = datagram
  if (network.route(source, destination) === undefined) {
    lost.add('no way back')
    return false
  }
  // A neighbour is reached by who is on the wire, and not through here.
  if (datagram.foreign && isNeighbour(place, destination)) {
    lost.add('on the board’s own network')
    network.refuse(datagram, 'host')
    return false
  }
  const refused = policy.judge(outsideOf(place, destination), port)
  if (refused === undefined) return true
  lost.add(`refused: ${refused}`)
  network.refuse(datagram, 'prohibited')
  return false
}

function isNeighbour({ stack }: GatewayPlace, address: IpAddress): boolean {
  return stack.networks.of(address)?.route(address)?.nextHop === address
}

/** `address:port` of both ends, as a key of a Map. */
export function flowKey(board: IpEndpoint, outside: IpEndpoint): string {
  return `${endKey(board)} ${endKey(outside)}`
}

function endKey({ address, port }: IpEndpoint): string {
  if (typeof address === 'number') return `${address}:${port}`
  const { word0, word1, word2, word3, zone } = address
  return `${word0},${word1},${word2},${word3}%${zone}:${port}`
}
