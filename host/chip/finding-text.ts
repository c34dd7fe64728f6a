import type { Finding } from '../../boards/chips/enc28j60/findings.js'
import { OPCODE } from '../../firmware/enc28j60/registers.js'

/** A finding of the chip's in words, with the octets and the section. */
export function chipFindingText({ id, octets, rule, source }: Finding): string {
  // Some rules are broken by what is not done. And while it reads memory, what a driver sends means nothing.
  const telling = octets[0] === OPCODE.RBM ? octets.subarray(0, 1) : octets
  const sent = Array.from(telling, (octet) => octet.toString(16).padStart(2, '0')).join(' ')
  return `${id}: ${rule}${sent === '' ? '' : ` (octets ${sent})`} [${source}]`
}
