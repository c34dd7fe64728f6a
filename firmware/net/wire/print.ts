/** A frame in one line, in the manner of tcpdump. */
import { formatIpv4, formatMac } from '../address.js'
import { ARP_REPLY, ARP_REQUEST, parseArp } from './arp.js'
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, LOWEST_ETHERTYPE, parseEthernet } from './ethernet.js'
import { ICMP_ECHO, ICMP_ECHO_REPLY, parseIcmp } from './icmp.js'
import { PROTOCOL_ICMP, parseIpv4Packet } from './ipv4.js'

/** `frame`: destination address to the end of the payload, without FCS. Hostile octets give a line too. */
export function printFrame(frame: Uint8Array): string {
  const ethernet = parseEthernet(frame)
  if (ethernet === undefined) return `truncated frame, length ${frame.length}`
  const tag = ethernet.tag === undefined ? '' : `vlan ${ethernet.tag & 0xfff}, `
  const { etherType, payloadAt } = ethernet
  if (etherType === ETHERTYPE_ARP) return tag + printArp(frame, payloadAt)
  if (etherType === ETHERTYPE_IPV4) return tag + printIpv4(frame, payloadAt, frame.length)
  const from = `${formatMac(ethernet.source)} > ${formatMac(ethernet.destination)}`
  const what =
    etherType < LOWEST_ETHERTYPE
      ? `802.3 length ${etherType}`
      : `ethertype 0x${etherType.toString(16).padStart(4, '0')}`
  return `${tag}${from}, ${what}, length ${frame.length}`
}

export function printArp(octets: Uint8Array, at: number): string {
  const arp = parseArp(octets, at)
  if (typeof arp === 'string') return `ARP, ${arp}`
  const sender = formatIpv4(arp.senderAddress)
  const target = formatIpv4(arp.targetAddress)
  if (arp.operation === ARP_REQUEST) {
    if (arp.senderAddress === arp.targetAddress) return `ARP, Announcement ${sender} is-at ${formatMac(arp.senderMac)}`
    return `ARP, Request who-has ${target} tell ${sender}`
  }
  if (arp.operation === ARP_REPLY) return `ARP, Reply ${sender} is-at ${formatMac(arp.senderMac)}`
  return `ARP, operation ${arp.operation} from ${sender} to ${target}`
}

export function printIpv4(octets: Uint8Array, at: number, end: number): string {
  const ip = parseIpv4Packet(octets, at, end)
  if (typeof ip === 'string') return `IP, bad ${ip}`
  const from = `IP ${formatIpv4(ip.source)} > ${formatIpv4(ip.destination)}: `
  const length = ip.payloadEnd - ip.payloadAt
  if (ip.moreFragments || ip.fragmentOffset > 0) {
    const more = ip.moreFragments ? '+' : ''
    return `${from}fragment id ${ip.identification} ${ip.fragmentOffset}:${length}${more}, protocol ${ip.protocol}`
  }
  if (ip.protocol === PROTOCOL_ICMP) return from + printIcmp(octets, ip.payloadAt, ip.payloadEnd)
  return `${from}protocol ${ip.protocol}, length ${length}`
}

export function printIcmp(octets: Uint8Array, at: number, end: number): string {
  const icmp = parseIcmp(octets, at, end)
  const length = end - at
  if (typeof icmp === 'string') return `ICMP, bad ${icmp}, length ${length}`
  if (icmp.type === ICMP_ECHO || icmp.type === ICMP_ECHO_REPLY) {
    const what = icmp.type === ICMP_ECHO ? 'request' : 'reply'
    return `ICMP echo ${what}, id ${icmp.identifier}, seq ${icmp.sequence}, length ${length}`
  }
  return `ICMP type ${icmp.type} code ${icmp.code}, length ${length}`
}
