/** The frames of this station: a text and a number in them, for a picture to call them by. */
import {
  ETHERNET_HEADER_OCTETS,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  emitEthernet,
  parseEthernet,
} from '../../../../firmware/net/wire/ethernet.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { decodeText, encodeText } from '../../../../firmware/text/utf8.js'

/** IEEE 802 local experimental EtherType 1: a stack has no use for it, and drops it (802-2014 9.2.4). */
const LOCAL_EXPERIMENTAL = 0x88b5
const FCS = 4

/** @param octets of the whole frame, FCS included */
export function numberedFrame(destination: Uint8Array, source: Uint8Array, text: string, octets: number): Uint8Array {
  const payload = encodeText(text)
  const frame = new Uint8Array(Math.max(octets - FCS, ETHERNET_HEADER_OCTETS + payload.length))
  frame.set(payload, emitEthernet({ destination, source, etherType: LOCAL_EXPERIMENTAL }, frame))
  return frame
}

/** What stands in it, or what it is. */
export function frameLabel(frame: Uint8Array): string {
  const header = parseEthernet(frame)
  if (header === undefined) return '?'
  const { etherType, payloadAt } = header
  if (etherType === ETHERTYPE_ARP) return 'ARP'
  if (etherType === ETHERTYPE_IPV4) return 'IPv4'
  if (etherType !== LOCAL_EXPERIMENTAL) return hexText(etherType, 4)
  const end = frame.indexOf(0, payloadAt)
  return decodeText(frame.subarray(payloadAt, end < 0 ? frame.length : end)).slice(0, 40)
}
