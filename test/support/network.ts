/** For tests of the network layer: a device that keeps what is sent and takes what it is given, and packets written by hand. */
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import { BROADCAST_MAC, ipv4, type MacAddress, mac } from '../../firmware/net/address.js'
import { ARP_REQUEST, emitArp } from '../../firmware/net/wire/arp.js'
import { checksum } from '../../firmware/net/wire/checksum.js'
import {
  ETHERNET_HEADER_OCTETS,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  emitEthernet,
} from '../../firmware/net/wire/ethernet.js'
import { ICMP_ECHO } from '../../firmware/net/wire/icmp.js'
import { writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'
import { printFrame } from '../../firmware/net/wire/print.js'
import { PROTOCOL_ICMP } from '../../firmware/net/wire/protocols.js'

export const OWN_MAC = mac('02:00:00:00:00:01')
export const PEER_MAC = mac('02:00:00:00:00:02')

export class TestDevice implements FrameDevice {
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  linkUp = true
  readonly dropped = {}
  /** Frames sent since they were last taken. */
  sent: Uint8Array[] = []
  /** False: frames are refused. */
  accepts = true

  constructor(readonly address: MacAddress = OWN_MAC) {}

  send(frame: Uint8Array): boolean {
    if (!this.accepts) return false
    this.sent.push(frame.slice())
    return true
  }

  /** The frames sent since this was last asked. */
  take(): Uint8Array[] {
    const { sent } = this
    this.sent = []
    return sent
  }

  /** As `take`, a line each. */
  takeLines(): string[] {
    return this.take().map((frame) => printFrame(frame))
  }

  inject(frame: Uint8Array, more = false): void {
    this.handleFrame?.(frame, more)
  }
}

export interface TestArp {
  operation?: number
  from?: MacAddress
  to?: MacAddress
  sender?: string
  senderMac?: MacAddress
  target?: string
  targetMac?: MacAddress
}

/** An ARP request for 10.0.0.1 by 10.0.0.2, but for what is said. */
export function arpFrame(fields: TestArp = {}): Uint8Array {
  const { operation = ARP_REQUEST, from = PEER_MAC, to = BROADCAST_MAC } = fields
  const { sender = '10.0.0.2', target = '10.0.0.1', senderMac = from, targetMac = new Uint8Array(6) } = fields
  const frame = new Uint8Array(60)
  const at = emitEthernet({ destination: to, source: from, etherType: ETHERTYPE_ARP }, frame)
  const addresses = { senderMac, senderAddress: ipv4(sender), targetMac, targetAddress: ipv4(target) }
  emitArp({ operation, ...addresses }, frame, at)
  return frame
}

export interface TestDatagram {
  from?: MacAddress
  to?: MacAddress
  source?: string
  destination?: string
  protocol?: number
  identification?: number
  dontFragment?: boolean
  moreFragments?: boolean
  /** In octets. */
  offset?: number
  timeToLive?: number
  trafficClass?: number
  options?: readonly number[]
  payload?: Uint8Array | readonly number[]
  /** Spoils the datagram, which begins at octet 14; the checksum is as it was before. */
  spoil?: (frame: Uint8Array) => void
}

/** A datagram from 10.0.0.2 to 10.0.0.1 in its frame, protocol 253 (experiments, RFC 3692) but for what is said. */
export function ipv4Frame(fields: TestDatagram = {}): Uint8Array {
  const { from = PEER_MAC, to = OWN_MAC, source = '10.0.0.2', destination = '10.0.0.1', protocol = 253 } = fields
  const { identification = 1, timeToLive = 64, trafficClass = 0, offset = 0, options = [], payload = [] } = fields
  const headerOctets = 20 + Math.ceil(options.length / 4) * 4
  const end = ETHERNET_HEADER_OCTETS + headerOctets + payload.length
  const frame = new Uint8Array(Math.max(60, end))
  const at = emitEthernet({ destination: to, source: from, etherType: ETHERTYPE_IPV4 }, frame)
  frame[at] = 0x40 | (headerOctets / 4)
  frame[at + 1] = trafficClass
  writeUint16(frame, at + 2, headerOctets + payload.length)
  writeUint16(frame, at + 4, identification)
  writeUint16(frame, at + 6, (fields.dontFragment ? 0x4000 : 0) | (fields.moreFragments ? 0x2000 : 0) | (offset / 8))
  frame[at + 8] = timeToLive
  frame[at + 9] = protocol
  writeUint32(frame, at + 12, ipv4(source))
  writeUint32(frame, at + 16, ipv4(destination))
  frame.set(options, at + 20)
  writeUint16(frame, at + 10, checksum(frame, at, at + headerOctets))
  frame.set(payload, at + headerOctets)
  fields.spoil?.(frame)
  return frame
}

/** Octets that differ from their neighbours and repeat only after 251. */
export function numbered(length: number, from = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (from + i) % 251)
}

/** An ICMP message; `rest` are its octets 4 to 7. */
export function icmpMessage(
  type: number,
  code: number,
  rest: number,
  data: Uint8Array | readonly number[],
): Uint8Array {
  const message = new Uint8Array(8 + data.length)
  message[0] = type
  message[1] = code
  writeUint32(message, 4, rest)
  message.set(data, 8)
  writeUint16(message, 2, checksum(message))
  return message
}

/** An echo request with identifier 1 and sequence number 2. */
export function echoFrame(size: number, fields: TestDatagram = {}): Uint8Array {
  return ipv4Frame({
    protocol: PROTOCOL_ICMP,
    payload: icmpMessage(ICMP_ECHO, 0, 0x00010002, numbered(size)),
    ...fields,
  })
}

/** A datagram in fragments, its payload cut at multiples of `step` octets. */
export function fragmentFrames(payload: Uint8Array, step: number, fields: TestDatagram = {}): Uint8Array[] {
  const frames: Uint8Array[] = []
  for (let offset = 0; offset < payload.length; offset += step) {
    const moreFragments = offset + step < payload.length
    frames.push(ipv4Frame({ ...fields, offset, moreFragments, payload: payload.subarray(offset, offset + step) }))
  }
  return frames
}
