import type { Finding } from '../../boards/chips/enc28j60/findings.js'

/** A finding of the chip's in words, with the octets and the section. */
export function chipFindingText({ id, octets, rule, source }: Finding): string {
  const sent = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ')
  return `${id}: ${rule} (octets ${sent}) [${source}]`
}
