/** A box between the board of a bench and its partner: what is in most offices, and not on most desks. */
import type { Cable } from '../ethernet/cable.js'
import type { Hub } from '../ethernet/hub.js'
import type { EthernetPort } from '../ethernet/port.js'
import type { EthernetSwitch } from '../ethernet/switch.js'
import type { Lab } from '../lab.js'
import type { Bench } from './bench.js'

/** A repeater is a hub of two ports. */
export const BOX_KINDS = ['hub', 'repeater', 'switch'] as const
export type BoxKind = (typeof BOX_KINDS)[number]

const PORTS: Readonly<Record<BoxKind, number>> = { hub: 4, repeater: 2, switch: 4 }

export interface Between {
  readonly name: string
  readonly box: Hub | EthernetSwitch
  /** To the board, at whose end it is end a, and from the box to the partner. */
  readonly cables: readonly [Cable, Cable]
}

/**
 * Plugs the board's cable into the first port of a box, and the partner into the second. Do so before time passes. A cable
 * that is unplugged stays so.
 */
export function putBetween(bench: Bench, kind: BoxKind): Between {
  const { lab } = bench
  const options = { name: kind, ports: PORTS[kind] }
  const box = kind === 'switch' ? lab.addSwitch(options) : lab.addHub(options)
  const [first, second] = box.ports
  return { name: kind, box, cables: [bench.cable, plugThrough(bench, first, second)] }
}

/**
 * Plugs the board's cable into the near port of whatever stands on the way, and the partner into its far one. A cable that is unplugged
 * stays so. @returns the cable from there to the partner
 */
export function plugThrough({ lab, board, peer, cable }: Bench, near: EthernetPort, far: EthernetPort): Cable {
  if (cable.plugged) {
    cable.unplug()
    cable.plug(board.port, near)
  }
  return lab.connect(far, peer.port)
}

/** The box of a bench that has one. */
export function boxBetween(lab: Lab): Between | undefined {
  const box = lab.hubs[0] ?? lab.switches[0]
  const [near, far] = lab.cables
  if (box === undefined || far === undefined) return undefined
  return { name: box.ports[0].name.replace(/ \d+$/, ''), box, cables: [near, far] }
}
