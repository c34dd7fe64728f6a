/** What is around a board on the segment: a box, and others who talk there. */

import { withFcs } from '../../boards/ethernet/fcs.js'
import type { Bench } from '../../boards/faults/bench.js'
import { type Between, putBetween } from '../../boards/faults/between.js'
import { MICROSECOND } from '../../firmware/hal/clock.js'
import type { PlannedRun, TrafficPlan } from './plan.js'

/** Locally administered addresses that nobody else has: who talks, and whom to. */
const TALKER = [0x02, 0x00, 0x00, 0x00, 0x00, 0x51]
const LISTENER = [0x02, 0x00, 0x00, 0x00, 0x00, 0x52]
/** Preamble and gap before the next frame, in octets: 8 and 12 (IEEE 802.3 4.4.2). */
const BETWEEN_FRAMES = 20
/** One at 10 Mbit/s, in nanoseconds. */
const OCTET_TIME = 800

function foreignFrame({ to, octets }: TrafficPlan): Uint8Array {
  const frame = new Uint8Array(octets - 4)
  frame.set(to === 'everybody' ? [0xff, 0xff, 0xff, 0xff, 0xff, 0xff] : LISTENER)
  frame.set(TALKER, 6)
  // Local experimental Ethertype 1 (IEEE 802 9.2): no stack takes it for its own.
  frame.set([0x88, 0xb5], 12)
  return withFcs(frame)
}

/** Sends at random intervals that come to the load on average, as a station does that waits for its turn. */
function talk({ lab }: Bench, { box }: Between, traffic: TrafficPlan): void {
  const talker = lab.addHost({ name: 'bystander', address: '192.168.77.1/24' })
  lab.connect(box.ports[2], talker.port)
  const random = lab.random.fork('foreign traffic')
  const frame = foreignFrame(traffic)
  const mean = ((traffic.octets + BETWEEN_FRAMES) * OCTET_TIME) / traffic.load
  const again = (): void => {
    if (talker.station.linkUp && talker.station.pending === 0) talker.station.sendRaw(frame)
    // Uniform from 0 to twice the mean: gaps and bursts, and no draw without end.
    lab.clock.after(MICROSECOND + random.below(Math.round(2 * mean)), again)
  }
  again()
}

/** Puts around a board what the plan says. Do so before time passes. */
export function putAround(bench: Bench, { between, traffic }: Pick<PlannedRun, 'between' | 'traffic'>): void {
  const kind = between ?? (traffic === undefined ? undefined : 'hub')
  if (kind === undefined) return
  // A fault may have put a box of its own there: that is the segment, and nobody else is on it.
  if (bench.cable.ends !== undefined && bench.cable.ends[1] !== bench.peer.port) return
  const box = putBetween(bench, kind)
  if (traffic !== undefined) talk(bench, box, traffic)
}
