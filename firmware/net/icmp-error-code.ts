/** What an ICMP error means to the application whose datagram it quotes (RFC 1122 4.1.3.3, 4.2.3.9). */
import type { NetErrorCode } from './errors.js'

export interface IcmpMeaning {
  readonly code: NetErrorCode
  /** Sending again will not help: the conversation is over. Where false, the network may recover (RFC 1122 3.2.2.1). */
  readonly final: boolean
}

export const ICMP_TYPE_UNREACHABLE = 3
export const ICMP_CODE_PORT = 3
export const ICMP_CODE_FRAGMENTATION_NEEDED = 4

/** By the code of "destination unreachable" (RFC 792; 6 to 12 in RFC 1122 3.2.2.1; 13 in RFC 1812 5.2.7.1). */
const UNREACHABLE: readonly IcmpMeaning[] = [
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
const UNCLEAR: IcmpMeaning = { code: 'EHOSTUNREACH', final: false }

export function icmpMeaning(type: number, code: number): IcmpMeaning {
  return (type === ICMP_TYPE_UNREACHABLE ? UNREACHABLE[code] : undefined) ?? UNCLEAR
}
