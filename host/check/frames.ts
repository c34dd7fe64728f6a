/** The few frames that the checks send by hand, and what is read of the answers. */
import { BROADCAST_MAC, type Ipv4Address, type MacAddress } from '../../firmware/net/address.js'
import { ARP_OCTETS, ARP_REPLY, ARP_REQUEST, type ArpPacket, emitArp, parseArp } from '../../firmware/net/wire/arp.js'
import {
  ETHERNET_HEADER_OCTETS,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  emitEthernet,
  parseEthernet,
} from '../../firmware/net/wire/ethernet.js'
import { emitIcmp, ICMP_ECHO, ICMP_ECHO_REPLY, ICMP_HEADER_OCTETS, parseIcmp } from '../../firmware/net/wire/icmp.js'
import { emitIpv4, IPV4_HEADER_OCTETS, parseIpv4Packet } from '../../firmware/net/wire/ipv4.js'
import { PROTOCOL_ICMP } from '../../firmware/net/wire/protocols.js'

const NOBODY: MacAddress = new Uint8Array(6)
/** Ethernet, IPv4 and ICMP headers before the data of an echo. */
export const ECHO_HEADERS = ETHERNET_HEADER_OCTETS + IPV4_HEADER_OCTETS + ICMP_HEADER_OCTETS

/** Who has `target`? Asked in the name of `mac` and `sender`; a sender of 0.0.0.0 makes it a probe (RFC 5227 2.1.1). */
export function arpRequest(mac: MacAddress, sender: Ipv4Address, target: Ipv4Address): Uint8Array {
  const frame = new Uint8Array(ETHERNET_HEADER_OCTETS + ARP_OCTETS)
  const at = emitEthernet({ destination: BROADCAST_MAC, source: mac, etherType: ETHERTYPE_ARP }, frame)
  emitArp(
    { operation: ARP_REQUEST, senderMac: mac, senderAddress: sender, targetMac: NOBODY, targetAddress: target },
    frame,
    at,
  )
  return frame
}

/** The ARP reply in a frame; undefined when it is something else. */
export function arpReply(frame: Uint8Array): ArpPacket | undefined {
  const ethernet = parseEthernet(frame)
  if (ethernet === undefined || ethernet.etherType !== ETHERTYPE_ARP) return undefined
  const arp = parseArp(frame, ethernet.payloadAt)
  return typeof arp === 'string' || arp.operation !== ARP_REPLY ? undefined : arp
}

export interface Echo {
  readonly from: { readonly mac: MacAddress; readonly address: Ipv4Address }
  readonly to: { readonly mac: MacAddress; readonly address: Ipv4Address }
  readonly identifier: number
  readonly sequence: number
  readonly data: Uint8Array
}

export function echoRequest({ from, to, identifier, sequence, data }: Echo): Uint8Array {
  const frame = new Uint8Array(ECHO_HEADERS + data.length)
  const at = emitEthernet({ destination: to.mac, source: from.mac, etherType: ETHERTYPE_IPV4 }, frame)
  emitIpv4(
    {
      trafficClass: 0,
      identification: sequence,
      dontFragment: true,
      moreFragments: false,
      fragmentOffset: 0,
      timeToLive: 64,
      protocol: PROTOCOL_ICMP,
      source: from.address,
      destination: to.address,
    },
    ICMP_HEADER_OCTETS + data.length,
    frame,
    at,
  )
  frame.set(data, ECHO_HEADERS)
  emitIcmp({ type: ICMP_ECHO, code: 0, identifier, sequence }, frame, at + IPV4_HEADER_OCTETS, frame.length)
  return frame
}

/** The echo reply in a frame; undefined when it is something else, or damaged. */
export function echoReply(
  frame: Uint8Array,
): { readonly identifier: number; readonly sequence: number; readonly data: Uint8Array } | undefined {
  const ethernet = parseEthernet(frame)
  if (ethernet === undefined || ethernet.etherType !== ETHERTYPE_IPV4) return undefined
  const ip = parseIpv4Packet(frame, ethernet.payloadAt)
  if (typeof ip === 'string' || ip.protocol !== PROTOCOL_ICMP || ip.fragmentOffset > 0) return undefined
  const icmp = parseIcmp(frame, ip.payloadAt, ip.payloadEnd)
  if (typeof icmp === 'string' || icmp.type !== ICMP_ECHO_REPLY) return undefined
  return { identifier: icmp.identifier, sequence: icmp.sequence, data: frame.slice(icmp.dataAt, icmp.dataEnd) }
}
