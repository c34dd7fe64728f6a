/**
 * A station that has nothing to do with us and talks all the same: what is on every network but the one between a board and its only
 * partner. Its frames are whole and allowed; what they do to whoever measures there is the question.
 */
import type { Clock } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { log } from '../../firmware/math/elementary.js'
import { BIT_TIME, PREAMBLE_OCTETS } from './port.js'
import type { Station } from './station.js'

export interface ForeignTraffic {
  /** Share of the line's time that its frames take, 0 to 1, preamble and gap included. */
  readonly load: number
  /** Frames that come in a row, one right behind the other; one by default, which is a steady stream. */
  readonly burst?: number
  /** To whom: one of these at random for each frame. */
  readonly to: readonly ForeignDestination[]
  /** Of each frame, FCS included: 64 to 1518; as frames of networks are, long and short, by default. */
  readonly octets?: number
}

/** Another station's own address; everybody; a group, as mDNS, IPv6 and bridges use them. */
export const FOREIGN_DESTINATIONS = ['unicast', 'broadcast', 'multicast'] as const
export type ForeignDestination = (typeof FOREIGN_DESTINATIONS)[number]

/** FCS and gap between frames (IEEE 802.3 4.4.2), in octets. */
const FCS = 4
const OVERHEAD = PREAMBLE_OCTETS + FCS + 12
/** Shortest, longest and what lies between, without FCS: most frames of a network are the one or the other. */
const LENGTHS = [60, 60, 60, 90, 350, 590, 1514] as const
/** 224.0.0.251 of mDNS, all nodes of IPv6, the spanning tree's bridges. */
const GROUPS = [
  [0x01, 0x00, 0x5e, 0x00, 0x00, 0xfb],
  [0x33, 0x33, 0x00, 0x00, 0x00, 0x01],
  [0x01, 0x80, 0xc2, 0x00, 0x00, 0x00],
] as const
/** Local experimental EtherType 1 (IEEE 802): nobody's stack has to know what is in them. */
const ETHERTYPE = [0x88, 0xb5] as const

function destinationOf(kind: ForeignDestination, random: Random): Uint8Array {
  if (kind === 'broadcast') return new Uint8Array(6).fill(0xff)
  if (kind === 'multicast') return Uint8Array.from(GROUPS[random.below(GROUPS.length)])
  return Uint8Array.of(0x02, 0x99, random.below(4), 0, 0, random.below(4))
}

function frameOf(station: Uint8Array, { to, octets }: ForeignTraffic, random: Random): Uint8Array {
  const frame = new Uint8Array(octets === undefined ? LENGTHS[random.below(LENGTHS.length)] : octets - FCS)
  frame.set(destinationOf(to[random.below(to.length)], random))
  frame.set(station, 6)
  frame.set(ETHERTYPE, 12)
  for (let at = 14; at < frame.length; at++) frame[at] = random.below(256)
  return frame
}

/** Has a station talk from now on, at random times that give the load on average; what a busy line delays is counted by the station. */
export function talkToOthers(clock: Clock, random: Random, station: Station, traffic: ForeignTraffic): void {
  const octetTime = 8 * BIT_TIME
  const again = (): void => {
    let time = 0
    for (let i = 0; i < (traffic.burst ?? 1); i++) {
      const frame = frameOf(station.address, traffic, random)
      time += (frame.length + OVERHEAD) * octetTime
      if (station.linkUp) station.send(frame)
    }
    const mean = time / traffic.load
    clock.after(Math.round(-log(1 - random.float()) * mean), again)
  }
  if (traffic.load > 0) clock.after(random.below(10_000_000), again)
}
