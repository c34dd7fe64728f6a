/** What the packets station shows. */
import type { HeaderField } from '../../network/header-fields.js'
import type { SceneThing } from '../../scene-thing.js'
import type { Told } from '../../words/told.js'

export const NODES = ['board', 'neighbour', 'router-a', 'router-b', 'far'] as const
export type NodeName = (typeof NODES)[number]

/** Cables, by who is at their outer end: those of board, neighbour and first router lead to the switch. */
export const PACKET_SEGMENTS = ['board', 'neighbour', 'router-a', 'transit', 'far'] as const
export type SegmentName = (typeof PACKET_SEGMENTS)[number]

export interface ShownNeighbour extends SceneThing {
  readonly address: string
  readonly mac: string
}

export interface ShownRoute extends SceneThing {
  readonly to: string
  /** Empty: the network is on the link. */
  readonly via: string
}

export interface PacketNode extends SceneThing {
  readonly name: NodeName
  readonly title: Told
  readonly interfaces: readonly { readonly address: string; readonly mac: string }[]
  readonly neighbours: readonly ShownNeighbour[]
  readonly routes: readonly ShownRoute[]
}

/** A frame that has passed a cable. */
export interface ShownFrame extends SceneThing {
  readonly number: number
  readonly at: number
  readonly segment: SegmentName
  readonly towards: 'right' | 'left'
  /** Short, and the same in every language: `echo 3, TTL 63`. */
  readonly text: string
  readonly fields: readonly HeaderField[]
  /** It is the last that has passed: drawn on its cable. */
  readonly live: boolean
}

/** What came of a ping, by its time to live: a traceroute by hand. */
export interface ShownHop extends SceneThing {
  readonly timeToLive: number
}

/** A datagram that came in fragments to who is to put it together. */
export interface ShownDatagram extends SceneThing {
  readonly identification: number
  readonly pieces: readonly { readonly from: number; readonly to: number; readonly last: boolean }[]
  /** Octets of its payload; undefined until its last fragment came. */
  readonly total: number | undefined
  readonly whole: boolean
}

export interface PacketsScene {
  readonly kind: 'packets'
  readonly nodes: readonly PacketNode[]
  /** Cables that are plugged in, with a link. */
  readonly links: Readonly<Record<SegmentName, boolean>>
  /** The newest last. */
  readonly frames: readonly ShownFrame[]
  readonly hops: readonly ShownHop[]
  readonly datagrams: readonly ShownDatagram[]
  /** The path MTU's narrow place: of the cable between the routers. */
  readonly mtu: number
  readonly things: readonly SceneThing[]
}
