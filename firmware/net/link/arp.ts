/**
 * The Address Resolution Protocol of a host, for IPv4 over Ethernet (RFC 826; RFC 1122 2.3.2): answers who asks for an address of
 * ours, asks for others', and tells the neighbour cache who was heard.
 */
import {
  BROADCAST_MAC,
  type Ipv4Address,
  isGroupMac,
  isHostAddress,
  isLoopback,
  MAC_OCTETS,
  type MacAddress,
  sameMac,
} from '../address.js'
import { ARP_OCTETS, ARP_REPLY, ARP_REQUEST, type ArpFault, type ArpPacket, emitArp, parseArp } from '../wire/arp.js'
import { ETHERNET_HEADER_OCTETS, ETHERTYPE_ARP, emitEthernet } from '../wire/ethernet.js'

export type ArpLoss = `ARP ${ArpFault}` | 'ARP operation' | 'ARP sender' | 'ARP reply refused'

export interface ArpOptions {
  mac: MacAddress
  isOwn(address: Ipv4Address): boolean
  /** A host of a network of this link can have the address. */
  isOnLink(address: Ipv4Address): boolean
  /** This end's address to ask for `target` with; 0 while there is none. */
  sourceFor(target: Ipv4Address): Ipv4Address
  transmit(frame: Uint8Array): boolean
  /** Each ARP packet before it is judged; true: it claims an address of ours, and no more is made of it. */
  onArp(arp: ArpPacket): boolean
  /** Somebody was heard. @param mayAdd it is a neighbour that asked for an address of ours, or answered */
  onHeard(address: Ipv4Address, mac: MacAddress, mayAdd: boolean): void
}

export class Arp {
  readonly #options: ArpOptions

  constructor(options: ArpOptions) {
    this.#options = options
  }

  /**
   * An ARP packet arrived: RFC 826, "Packet Reception".
   * @returns why it went no further
   */
  receive(frame: Uint8Array, at: number, end: number): ArpLoss | undefined {
    const arp = parseArp(frame, at, end)
    if (typeof arp === 'string') return `ARP ${arp}`
    if (arp.operation !== ARP_REQUEST && arp.operation !== ARP_REPLY) return 'ARP operation'
    // A probe has the sender address 0.0.0.0 (RFC 5227 1.1): it is answered and teaches nothing.
    const probe = arp.senderAddress === 0
    const host = isHostAddress(arp.senderAddress) && !isLoopback(arp.senderAddress)
    if (!this.#isStation(arp.senderMac) || (!probe && !host)) return 'ARP sender'
    if (this.#options.onArp(arp)) return undefined
    const forUs = this.#options.isOwn(arp.targetAddress)
    if (!probe) {
      const mayAdd = forUs && this.#options.isOnLink(arp.senderAddress)
      this.#options.onHeard(arp.senderAddress, arp.senderMac, mayAdd)
    }
    if (!forUs || arp.operation !== ARP_REQUEST) return undefined
    const sent = this.#send(
      {
        operation: ARP_REPLY,
        senderMac: this.#options.mac,
        senderAddress: arp.targetAddress,
        targetMac: arp.senderMac,
        targetAddress: arp.senderAddress,
      },
      arp.senderMac,
    )
    return sent ? undefined : 'ARP reply refused'
  }

  /**
   * Asks everyone who has `target`.
   * @param sender on whose behalf: 0 probes for it, `target` itself announces it (RFC 5227 1.1)
   */
  ask(target: Ipv4Address, sender = this.#options.sourceFor(target)): void {
    const { mac } = this.#options
    const targetMac = new Uint8Array(MAC_OCTETS)
    const ends = { senderMac: mac, senderAddress: sender, targetMac, targetAddress: target }
    // A request that the device refuses is counted there, and whoever waits for the answer asks again.
    this.#send({ operation: ARP_REQUEST, ...ends }, BROADCAST_MAC)
  }

  /** Asks the one that had `target` last whether it still has it (RFC 1122 2.3.2.1 (2)). */
  askAgain(target: Ipv4Address, targetMac: MacAddress): void {
    const { mac } = this.#options
    const ends = { senderMac: mac, senderAddress: this.#options.sourceFor(target), targetMac, targetAddress: target }
    this.#send({ operation: ARP_REQUEST, ...ends }, targetMac)
  }

  /** Another's Ethernet address can be this one: not a group's, nor all zeros, nor our own, from which nothing is answered. */
  #isStation(mac: MacAddress): boolean {
    return !isGroupMac(mac) && mac.some((octet) => octet !== 0) && !sameMac(mac, this.#options.mac)
  }

  #send(arp: ArpPacket, destination: MacAddress): boolean {
    const frame = new Uint8Array(ETHERNET_HEADER_OCTETS + ARP_OCTETS)
    const at = emitEthernet({ destination, source: this.#options.mac, etherType: ETHERTYPE_ARP }, frame)
    emitArp(arp, frame, at)
    return this.#options.transmit(frame)
  }
}
