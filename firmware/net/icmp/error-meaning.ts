/** What the errors of ICMP for IPv4 mean, in words that hold for every family. */
import type { ErrorMeaning } from '../network-layer.js'
import { ICMP_DESTINATION_UNREACHABLE } from '../wire/icmp.js'

/** By the code of "destination unreachable" (RFC 792; 6 to 12 in RFC 1122 3.2.2.1; 13 in RFC 1812 5.2.7.1). */
const UNREACHABLE: readonly ErrorMeaning[] = [
  { code: 'ENETUNREACH', final: false },
  { code: 'EHOSTUNREACH', final: false },
  { code: 'ENOPROTOOPT', final: true },
  { code: 'ECONNREFUSED', final: true },
  { code: 'EMSGSIZE', final: false },
  { code: 'EOPNOTSUPP', final: false },
  { code: 'ENETUNREACH', final: true },
  { code: 'EHOSTDOWN', final: true },
  { code: 'EHOSTUNREACH', final: true },
  { code: 'ENETUNREACH', final: true },
  { code: 'EHOSTUNREACH', final: true },
  { code: 'ENETUNREACH', final: false },
  { code: 'EHOSTUNREACH', final: false },
  { code: 'EHOSTUNREACH', final: true },
]
const UNCLEAR: ErrorMeaning = { code: 'EHOSTUNREACH', final: false }

export function errorMeaning(type: number, code: number): ErrorMeaning {
  return (type === ICMP_DESTINATION_UNREACHABLE ? UNREACHABLE[code] : undefined) ?? UNCLEAR
}
