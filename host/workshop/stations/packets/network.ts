/**
 * The network of the packets station: a board and its neighbour at a switch, a router, a second one behind it, and a host behind that. It is up
 * and running before anybody looks: what a link is, other stations show.
 */
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import type { Cable } from '../../../../boards/ethernet/cable.js'
import type { Bench } from '../../../../boards/faults/bench.js'
import { createBareLab, type Lab } from '../../../../boards/lab.js'
import type { ExtraCard, LabHost } from '../../../../boards/lab-host.js'
import type { SimulatedBoard } from '../../../../boards/model/board.js'
import type { Scheduler } from '../../../../boards/simulation/scheduler.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import type { NetworkInterface } from '../../../../firmware/net/network-interface.js'
import type { Stack } from '../../../../firmware/stack.js'
import { GuestTime } from '../../guest-time.js'
import { breakageOf, WORKSHOP_BOARD } from '../../workshop-fault.js'
import type { NodeName, SegmentName } from './scene.js'

/** Of the hosts, by name. */
export const PACKET_ADDRESSES = {
  board: '192.168.7.2',
  neighbour: '192.168.7.20',
  'router-a': '192.168.7.1',
  'router-b': '192.168.8.2',
  far: '192.168.9.2',
} as const satisfies Readonly<Record<NodeName, string>>

/** What an Uno has is too little for a datagram in fragments: this one has the memory of a larger board. */
const MEMORY = 32_768
/** How long it may take until every link is up. */
const WARM_UP = 4 * SECOND

export class PacketNetwork {
  readonly lab: Lab
  readonly time: GuestTime
  readonly board: SimulatedBoard
  readonly hosts: Readonly<Record<Exclude<NodeName, 'board'>, LabHost>>
  readonly cables: Readonly<Record<SegmentName, Cable>>
  /** The cards at the cable between the routers. */
  readonly transit: readonly [ExtraCard, { readonly network: NetworkInterface }]

  /** @param fault as `--fault` takes it, with the first router as the board’s partner; empty: nothing */
  constructor(clock: Scheduler, seed: number, fault: string, happened: () => void) {
    const lab = createBareLab({ seed })
    const breakage = breakageOf(fault)
    this.lab = lab
    this.board = lab.addBoard(findBoard(WORKSHOP_BOARD), {
      address: `${PACKET_ADDRESSES.board}/24`,
      gateway: PACKET_ADDRESSES['router-a'],
      memory: MEMORY,
      services: [],
      powered: false,
      ...breakage.board,
    })
    const host = (name: NodeName, address: string, gateway: string) =>
      lab.addHost({ name, address: `${address}/24`, gateway, forwarding: name.startsWith('router') })
    const routerA = lab.addHost({
      name: 'router-a',
      address: `${PACKET_ADDRESSES['router-a']}/24`,
      forwarding: true,
      ...breakage.peer,
    })
    const routerB = lab.addHost({ name: 'router-b', address: `${PACKET_ADDRESSES['router-b']}/24`, forwarding: true })
    const neighbour = host('neighbour', PACKET_ADDRESSES.neighbour, PACKET_ADDRESSES['router-a'])
    const far = host('far', PACKET_ADDRESSES.far, '192.168.9.1')
    this.hosts = { neighbour, 'router-a': routerA, 'router-b': routerB, far }
    const out = routerA.addCard('192.168.8.1/24')
    const inner = routerB.addCard('192.168.9.1/24')
    this.transit = [out, routerB]
    routerA.stack.addRoute('192.168.9.0/24', PACKET_ADDRESSES['router-b'])
    routerB.stack.addRoute('192.168.7.0/24', '192.168.8.1')
    const box = lab.addSwitch({ ports: 4, duplex: 'half' })
    // A fault may give another the board's own address.
    const sameAddresses = true
    this.cables = {
      board: lab.connect(this.board.port, box.ports[0], { length: 5, sameAddresses, ...breakage.cable }),
      'router-a': lab.connect(box.ports[1], routerA.port, { sameAddresses }),
      neighbour: lab.connect(neighbour.port, box.ports[2], { sameAddresses }),
      transit: lab.connect(out.port, routerB.port, { sameAddresses }),
      far: lab.connect(inner.port, far.port, { sameAddresses }),
    }
    // Whatever is put between board and partner is put between the board and the switch.
    const peer = Object.create(routerA, { port: { value: box.ports[0] } }) as LabHost
    const bench: Bench = { lab, board: this.board, peer, cable: this.cables.board }
    breakage.apply?.(bench)
    this.board.powerOn()
    lab.runUntil(() => this.up, WARM_UP)
    this.time = new GuestTime(clock, lab.clock, happened)
  }

  get up(): boolean {
    return this.interfaces.every(({ network }) => network.linkUp)
  }

  get interfaces(): readonly { readonly node: NodeName; readonly network: NetworkInterface }[] {
    const cards = Object.entries(this.hosts).flatMap(([node, { stack }]) =>
      stack.interfaces.map((network) => ({ node: node as NodeName, network })),
    )
    return [{ node: 'board', network: this.board.controller.network }, ...cards]
  }

  stackOf(node: NodeName): Stack {
    return node === 'board' ? this.board.stack : this.hosts[node].stack
  }

  /** Somebody holds fragments that wait for others. */
  get holdsFragments(): boolean {
    return [this.board.stack, ...Object.values(this.hosts).map(({ stack }) => stack)].some(
      ({ memory }) => (memory.snapshot().byPurpose.fragments ?? 0) > 0,
    )
  }
}
