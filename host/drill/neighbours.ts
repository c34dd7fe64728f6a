/**
 * What the wire of a script does by itself, so that no line need say it: every neighbour whom the stack asks for answers, by ARP
 * (RFC 826) and by neighbour discovery (RFC 4861 7.2), and what a host tells its routers and its groups' routers goes by unheard.
 */
import type { MacAddress } from '../../firmware/net/address.js'
import type { IpAddress } from '../../firmware/net/ip.js'
import { readIpv6, UNSPECIFIED6, writeIpv6 } from '../../firmware/net/ipv6/address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'
import { ZONE } from './addresses.js'
import { ETHERNET_OCTETS, readWirePacket, writeFrames } from './wire.js'

export const STACK_MAC: MacAddress = Uint8Array.of(0x02, 0, 0, 0, 0, 0x01)
/** Whoever is at the other end: the gateway, and every neighbour. */
export const DRILL_PEER_MAC: MacAddress = Uint8Array.of(0x02, 0, 0, 0, 0, 0x02)

/** Who is there. */
export interface WireEnds {
  /** The stack's own address, which nobody else has. */
  readonly own: IpAddress
  readonly gateway: IpAddress
}

const ARP_OCTETS = 42
/** Messages of ICMPv6: listener discovery (RFC 2710, RFC 9777), router and neighbour discovery (RFC 4861 4). */
const [
  MLD_QUERY,
  MLD_DONE,
  ROUTER_SOLICITATION,
  NEIGHBOUR_SOLICITATION,
  NEIGHBOUR_ADVERTISEMENT,
  REDIRECT,
  MLD2_REPORT,
] = [130, 132, 133, 135, 136, 137, 143]
/** A link-layer address of the target (RFC 4861 4.6.1), and flags of an advertisement (4.4). */
const TARGET_LINK_ADDRESS = 2
const [FROM_ROUTER, SOLICITED, OVERRIDE] = [0x80, 0x40, 0x20]
const HOP_LIMIT = 255
const LARGEST = 1500

/** @returns the frame that the wire answers with, `nothing` where it has none, and undefined for what is the script's affair */
export function wireAnswer(frame: Uint8Array, ends: WireEnds): Uint8Array | 'nothing' | undefined {
  if (readUint16(frame, 12) === 0x0806) return arpReply(frame, ends) ?? 'nothing'
  if (readUint16(frame, 12) !== 0x86dd) return undefined
  const packet = readWirePacket(frame)
  if (packet?.transport.kind !== 'icmp') return undefined
  const { source, transport } = packet
  const { type, data } = transport
  if (
    !(
      (type >= MLD_QUERY && type <= MLD_DONE) ||
      (type >= ROUTER_SOLICITATION && type <= REDIRECT) ||
      type === MLD2_REPORT
    )
  )
    return undefined
  // A probe for an address of its own asks from none (RFC 4862 5.4.2): nobody has it.
  if (type !== NEIGHBOUR_SOLICITATION || source === UNSPECIFIED6 || data.length < 16) return 'nothing'
  const target = readIpv6(data, 0, ZONE)
  const said = new Uint8Array(24)
  writeIpv6(target, said, 0)
  said[16] = TARGET_LINK_ADDRESS
  said[17] = 1
  said.set(DRILL_PEER_MAC, 18)
  const flags = (target === ends.gateway ? FROM_ROUTER : 0) | SOLICITED | OVERRIDE
  const [advertisement] = writeFrames(
    STACK_MAC,
    DRILL_PEER_MAC,
    { source: target, destination: source, timeToLive: HOP_LIMIT, trafficClass: 0 },
    { kind: 'icmp', type: NEIGHBOUR_ADVERTISEMENT, code: 0, identifier: flags << 8, mtu: 0, data: said },
    LARGEST,
  )
  return advertisement
}

/** RFC 826, for every address but the stack's own; undefined where nothing was asked. */
function arpReply(request: Uint8Array, { own }: WireEnds): Uint8Array | undefined {
  if (request.length < ARP_OCTETS || readUint16(request, 20) !== 1) return undefined
  const target = readUint32(request, ETHERNET_OCTETS + 24)
  if (target === own) return undefined
  const reply = new Uint8Array(ARP_OCTETS)
  reply.set(STACK_MAC, 0)
  reply.set(DRILL_PEER_MAC, 6)
  reply.set(request.subarray(12, 20), 12)
  writeUint16(reply, 20, 2)
  reply.set(DRILL_PEER_MAC, 22)
  writeUint32(reply, 28, target)
  reply.set(request.subarray(22, 32), 32)
  return reply
}
