/**
 * What stands around a board and can be asked, beside the line to it: the partner at the other end of the cable, where that is simulated or
 * an interface of this computer, and the chip model's own notes. A recording keeps what was answered, so that it can be asked again without any of them.
 */
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { Bench } from '../../boards/faults/bench.js'
import { boxBetween } from '../../boards/faults/between.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { Ipv4Address } from '../../firmware/net/address.js'
import type { PingOptions, PingResult } from '../../firmware/net/icmp/ping.js'
import { flatCounts } from '../check/flat-counts.js'
import type { Counters, ReportedFinding } from '../check/types.js'
import { hexOctets } from '../hex-octets.js'

/** What a person sees of a partner. */
export interface PartnerState {
  readonly powered: boolean
  readonly linkUp: boolean
  /** Where it was measured: an interface of this computer, with what it says of itself. */
  readonly at?: { readonly interface: string; readonly speed: number | null; readonly duplex: string | null }
}

/** All answers are plain values, such as JSON holds. */
export interface Surroundings {
  /** Left out with a real board, which says itself what it is. */
  readonly board?: BoardDefinition
  /** The partner's address. */
  readonly peer: Ipv4Address
  /** What a person sees who walks over to the partner. */
  partner(): PartnerState
  /** Has the partner ask for an echo. */
  ping(address: Ipv4Address, options: PingOptions): Promise<PingResult>
  /** Rules of the data sheet that were broken so far. */
  findings(): readonly ReportedFinding[]
  /** What the chip model has counted. */
  chipCounts(): Readonly<Record<string, number>>
  /** What the partner, and a box on the way to it, have counted, by place. */
  partnerCounts(): Counters
}

/** @param clock the host's: what is answered later is answered on it, so that virtual time stands still until the host has reacted */
export function surroundingsOf(bench: Bench, clock: Clock): Surroundings {
  const { board, peer, lab } = bench
  return {
    board: board.definition,
    peer: peer.network.address,
    partner: () => ({ powered: peer.station.powered, linkUp: peer.station.linkUp }),
    ping: (address, options) =>
      new Promise((resolve) => {
        peer.network.ping(address, options, (result) => clock.after(0, () => resolve(result)))
      }),
    findings: () =>
      board.chip.findings.map(({ id, at, octets, rule, source }) => ({
        id,
        at,
        octets: hexOctets(octets),
        rule,
        source,
      })),
    chipCounts: () => flatCounts(board.chip.counters),
    partnerCounts() {
      const between = boxBetween(lab)
      return {
        peer: flatCounts(peer.stack.counters()),
        ...(between === undefined ? {} : { [between.name]: flatCounts(between.box.counters) }),
      }
    },
  }
}
