/** What the errors of ICMPv6 mean, in words that hold for every family. */
import type { ErrorMeaning } from '../network-layer.js'
import {
  ICMPV6_DESTINATION_UNREACHABLE,
  ICMPV6_PACKET_TOO_BIG,
  ICMPV6_PARAMETER_PROBLEM,
  PROBLEM_NEXT_HEADER,
} from '../wire/icmpv6.js'

/** By the code of "destination unreachable" (RFC 4443 3.1). */
const UNREACHABLE: readonly ErrorMeaning[] = [
  { code: 'ENETUNREACH', final: false },
  { code: 'EACCES', final: true },
  { code: 'EHOSTUNREACH', final: false },
  { code: 'EHOSTUNREACH', final: false },
  { code: 'ECONNREFUSED', final: true },
  { code: 'EACCES', final: true },
  { code: 'EACCES', final: true },
]
const TOO_BIG: ErrorMeaning = { code: 'EMSGSIZE', final: false }
/** The peer knows no such protocol (RFC 4443 3.4). To TCP every parameter problem is a soft error (RFC 9293 3.9.2.2, MUST-56). */
const NO_PROTOCOL: ErrorMeaning = { code: 'ENOPROTOOPT', final: false }
const UNCLEAR: ErrorMeaning = { code: 'EHOSTUNREACH', final: false }

export function icmpv6ErrorMeaning(type: number, code: number): ErrorMeaning {
  if (type === ICMPV6_DESTINATION_UNREACHABLE) return UNREACHABLE[code] ?? UNCLEAR
  if (type === ICMPV6_PACKET_TOO_BIG) return TOO_BIG
  return type === ICMPV6_PARAMETER_PROBLEM && code === PROBLEM_NEXT_HEADER ? NO_PROTOCOL : UNCLEAR
}
