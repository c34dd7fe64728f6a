/** The Internet Control Message Protocol for IPv6 (RFC 4443), and the numbers of what goes by it. */

/** Of every error and echo: type, code, checksum, four octets more. */
export const ICMPV6_MESSAGE_OCTETS = 8

export const ICMPV6_DESTINATION_UNREACHABLE = 1
export const ICMPV6_PACKET_TOO_BIG = 2
export const ICMPV6_TIME_EXCEEDED = 3
export const ICMPV6_PARAMETER_PROBLEM = 4
export const ICMPV6_ECHO_REQUEST = 128
export const ICMPV6_ECHO_REPLY = 129
/** Below this a message is an error (2.1). */
export const ICMPV6_FIRST_INFORMATION = 128

/** Codes of destination unreachable (3.1). */
export const NO_ROUTE = 0
export const PROHIBITED = 1
export const BEYOND_SCOPE = 2
export const UNREACHABLE_ADDRESS = 3
export const UNREACHABLE_PORT = 4
/** A code of time exceeded (3.3). */
export const REASSEMBLY_TIME_EXCEEDED = 1
/** Codes of parameter problem: 3.4, RFC 7112 5, RFC 8883 3. */
export const PROBLEM_FIELD = 0
export const PROBLEM_NEXT_HEADER = 1
export const PROBLEM_OPTION = 2
export const PROBLEM_FIRST_FRAGMENT = 3
export const PROBLEM_TOO_MANY_HEADERS = 8
export const PROBLEM_TOO_MANY_OPTIONS = 9

/** Multicast listener discovery (RFC 2710, RFC 9777). */
export const MLD_QUERY = 130
export const MLD_REPORT_V1 = 131
export const MLD_DONE_V1 = 132
export const MLD_REPORT_V2 = 143

/** Neighbour discovery (RFC 4861 4). */
export const ROUTER_SOLICITATION = 133
export const ROUTER_ADVERTISEMENT = 134
export const NEIGHBOUR_SOLICITATION = 135
export const NEIGHBOUR_ADVERTISEMENT = 136
export const REDIRECT = 137
