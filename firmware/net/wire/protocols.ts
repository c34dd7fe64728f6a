/** The numbers of the protocols that IP carries (IANA, "Protocol Numbers"): the same in every version of IP. */

export const PROTOCOL_ICMP = 1
export const PROTOCOL_IGMP = 2
export const PROTOCOL_TCP = 6
export const PROTOCOL_UDP = 17
export const PROTOCOL_ICMPV6 = 58

/** Of IPv6 (RFC 8200 4): headers between its own and what it carries. */
export const HOP_BY_HOP_OPTIONS = 0
export const ROUTING_HEADER = 43
export const FRAGMENT_HEADER = 44
export const NO_NEXT_HEADER = 59
export const DESTINATION_OPTIONS = 60
