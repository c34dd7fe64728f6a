/** What the system says of a host outside, and what a board is told then. */
import type { Refusal } from '../../../../firmware/net/network-layer.js'
import type { GatewayLoss } from './place.js'

interface Word {
  readonly loss: GatewayLoss
  /** As ICMP has it (RFC 792, RFC 1812 5.2.7.1, RFC 4443 3.1); of `port` TCP says a reset. */
  readonly refusal: Refusal
}

const REFUSED: Word = { loss: 'connection refused outside', refusal: 'port' }
const RESET: Word = { loss: 'connection reset outside', refusal: 'port' }
const NO_WAY: Word = { loss: 'no way outside', refusal: 'network' }
const NOT_LET: Word = { loss: 'not let outside by the system', refusal: 'prohibited' }
/** ETIMEDOUT, EHOSTUNREACH, and whatever else there is. */
const NOT_REACHED: Word = { loss: 'host outside not reached', refusal: 'host' }

const WORDS: Readonly<Record<string, Word>> = {
  ECONNREFUSED: REFUSED,
  ECONNRESET: RESET,
  ENETUNREACH: NO_WAY,
  EACCES: NOT_LET,
  EPERM: NOT_LET,
}

export function systemsWord({ code = '' }: NodeJS.ErrnoException): Word {
  return WORDS[code] ?? NOT_REACHED
}
