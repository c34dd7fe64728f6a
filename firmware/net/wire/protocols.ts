/** The numbers of the protocols that IP carries (IANA, "Protocol Numbers"): the same in every version of IP. */

export const PROTOCOL_ICMP = 1
export const PROTOCOL_IGMP = 2
export const PROTOCOL_TCP = 6
export const PROTOCOL_UDP = 17
