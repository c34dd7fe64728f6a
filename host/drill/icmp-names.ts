/** What scripts call the messages of ICMP (RFC 792, 1122, 1812) and of ICMPv6 (RFC 4443), as packetdrill does. */
import type { Family } from '../../firmware/net/ip.js'

export interface IcmpNames {
  readonly types: ReadonlyMap<string, number>
  /** Codes by the number of their type. Of two names for one, packetdrill's is first. */
  readonly codes: ReadonlyMap<number, ReadonlyMap<string, number>>
}

const TYPES4: ReadonlyMap<string, number> = new Map([
  ['echo_reply', 0],
  ['unreachable', 3],
  ['source_quench', 4],
  ['redirect', 5],
  ['echo_request', 8],
  ['time_exceeded', 11],
  ['parameter_problem', 12],
  ['timestamp_request', 13],
  ['timestamp_reply', 14],
  ['information_request', 15],
  ['information_reply', 16],
  ['address_mask_request', 17],
  ['address_mask_reply', 18],
])

const CODES4: ReadonlyMap<number, ReadonlyMap<string, number>> = new Map([
  [
    3,
    new Map([
      ['net_unreachable', 0],
      ['host_unreachable', 1],
      ['protocol_unreachable', 2],
      ['port_unreachable', 3],
      ['frag_needed', 4],
      ['source_route_failed', 5],
      ['net_unknown', 6],
      ['host_unknown', 7],
      ['source_host_isolated', 8],
      ['net_prohibited', 9],
      ['host_prohibited', 10],
      ['net_unreachable_for_tos', 11],
      ['host_unreachable_for_tos', 12],
      ['packet_filtered', 13],
      ['precedence_violation', 14],
      ['precedence_cutoff', 15],
      ['communication_prohibited', 13],
      ['host_precedence_violation', 14],
    ]),
  ],
  [
    5,
    new Map([
      ['net_redirect', 0],
      ['host_redirect', 1],
      ['net_redirect_for_tos', 2],
      ['host_redirect_for_tos', 3],
    ]),
  ],
  [
    11,
    new Map([
      ['ttl_exceeded', 0],
      ['reassembly_time_exceeded', 1],
    ]),
  ],
  [
    12,
    new Map([
      ['pointer', 0],
      ['missing_option', 1],
      ['bad_length', 2],
    ]),
  ],
])

const TYPES6: ReadonlyMap<string, number> = new Map([
  ['unreachable', 1],
  ['packet_too_big', 2],
  ['time_exceeded', 3],
  ['parameter_problem', 4],
  ['echo_request', 128],
  ['echo_reply', 129],
])

const CODES6: ReadonlyMap<number, ReadonlyMap<string, number>> = new Map([
  [
    1,
    new Map([
      ['no_route', 0],
      ['admin_prohibited', 1],
      ['not_neighbour', 2],
      ['address_unreachable', 3],
      ['port_unreachable', 4],
      ['net_unreachable', 0],
      ['beyond_scope', 2],
      ['source_policy', 5],
      ['reject_route', 6],
    ]),
  ],
  [
    3,
    new Map([
      ['exceeded_hop_limit', 0],
      ['exceeded_frag_time', 1],
      ['ttl_exceeded', 0],
      ['reassembly_time_exceeded', 1],
    ]),
  ],
  [
    4,
    new Map([
      ['header_field', 0],
      ['unknown_next_header', 1],
      ['unknown_option', 2],
    ]),
  ],
])

export const ICMP_NAMES: Readonly<Record<Family, IcmpNames>> = {
  ipv4: { types: TYPES4, codes: CODES4 },
  ipv6: { types: TYPES6, codes: CODES6 },
}
