/** The scene of the packets station: who knows whom, which way each would send, what passed, and what came of it. */
import { faultName } from '../../../../boards/faults/settle.js'
import { formatIpv4, formatMac } from '../../../../firmware/net/address.js'
import type { SceneThing } from '../../scene-thing.js'
import { faultTitle } from '../../words/fault-title.js'
import { type PlainKey, told } from '../../words/told.js'
import type { GatheredFragments } from './fragments.js'
import { segmentTitle } from './lanes.js'
import type { PacketNetwork } from './network.js'
import type { PassedFrames } from './passed-frames.js'
import type { PingOutcome } from './ping-outcome.js'
import {
  NODES,
  type NodeName,
  PACKET_SEGMENTS,
  type PacketNode,
  type PacketsScene,
  type SegmentName,
  type ShownFrame,
  type ShownHop,
  type ShownNeighbour,
  type ShownRoute,
} from './scene.js'

/** Frames in the list. */
const LISTED = 16
/** How long the last frame is drawn on its cable, behind its end. */
const SHOWN = 150_000

const TITLES: Readonly<Record<NodeName, PlainKey>> = {
  board: 'packets.node.board',
  neighbour: 'packets.node.neighbour',
  'router-a': 'packets.node.router-a',
  'router-b': 'packets.node.router-b',
  far: 'packets.node.far',
}

export interface PacketsPicture {
  readonly network: PacketNetwork
  readonly frames: PassedFrames
  readonly gathered: GatheredFragments
  readonly outcomes: readonly PingOutcome[]
  readonly pending: number
  readonly fault: string
  readonly now: number
}

export function packetsScene({
  network,
  frames,
  gathered,
  outcomes,
  pending,
  fault,
  now,
}: PacketsPicture): PacketsScene {
  const nodes = NODES.map((name) => nodeOf(network, name))
  const last = frames.latest(1)[0]
  const listed = frames.latest(LISTED).map(
    ({ number, segment, towards, to, sentence, fields }): ShownFrame => ({
      id: `frame-${number}`,
      number,
      at: to,
      segment,
      towards,
      text: sentence.text,
      fields,
      live: number === last?.number && now < to + SHOWN,
      told: told('packets.frame.on', { segment: segmentTitle(segment), frame: sentence.told }),
      ...(sentence.wrong ? { wrong: true } : {}),
    }),
  )
  const hops = outcomes.map(
    ({ timeToLive, told: what, wrong }): ShownHop => ({
      id: `hop-${timeToLive}`,
      timeToLive,
      told: told('packets.hop', { ttl: timeToLive, outcome: what }),
      ...(wrong ? { wrong } : {}),
    }),
  )
  const links = Object.fromEntries(
    PACKET_SEGMENTS.map((segment) => [segment, network.cables[segment].plugged]),
  ) as Readonly<Record<SegmentName, boolean>>
  const mtu = network.transit[0].network.mtu
  const datagrams = gathered.shown
  const things: SceneThing[] = [
    ...nodes.flatMap((node) => [node, ...node.neighbours, ...node.routes]),
    ...PACKET_SEGMENTS.map(
      (segment): SceneThing => ({
        id: `segment-${segment}`,
        told: told(links[segment] ? 'packets.segment.in' : 'packets.segment.out', { segment: segmentTitle(segment) }),
        wrong: !links[segment],
        probe: segment,
      }),
    ),
    { id: 'mtu', told: told('packets.mtu', { mtu }) },
    ...(pending > 0 ? [{ id: 'pending', told: told('packets.pending', { pending }) }] : []),
    ...hops,
    ...datagrams,
    ...listed,
  ]
  if (fault !== '') things.push({ id: 'fault', told: faultTitle(faultName(fault)), wrong: true })
  return { kind: 'packets', nodes, links, frames: listed, hops, datagrams, mtu, things }
}

function nodeOf(network: PacketNetwork, name: NodeName): PacketNode {
  const stack = network.stackOf(name)
  const title = told(TITLES[name])
  const cards = stack.interfaces
  const interfaces = cards.map((card) => ({
    address: card.addresses.map(({ address, prefixLength }) => `${formatIpv4(address)}/${prefixLength}`).join(' '),
    mac: formatMac(card.device.address),
  }))
  const neighbours = cards.flatMap((card) =>
    card.neighbours.entries().map(({ address: who, mac: at }): ShownNeighbour => {
      const [address, mac] = [formatIpv4(who), formatMac(at)]
      return { id: `arp-${name}-${address}`, address, mac, told: told('packets.arp', { node: title, address, mac }) }
    }),
  )
  const routes = stack.ipv4.routes
    .filter(({ link }) => !link.loopback)
    .map(({ network: to, prefixLength, gateway }, i): ShownRoute => {
      const prefix = `${formatIpv4(to)}/${prefixLength}`
      const via = gateway === undefined ? '' : formatIpv4(gateway)
      const values = { node: title, to: prefix, via }
      return {
        id: `route-${name}-${i}`,
        to: prefix,
        via,
        told: told(via === '' ? 'packets.route.link' : 'packets.route.via', values),
      }
    })
  const addresses = interfaces.map(({ address }) => address).join(', ')
  return {
    id: `node-${name}`,
    name,
    title,
    interfaces,
    neighbours,
    routes,
    told: told('packets.node', { node: title, addresses: addresses === '' ? '—' : addresses }),
  }
}
