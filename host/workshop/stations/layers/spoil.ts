/** What can be spoilt of a message, a layer each: what a sender's layer does wrong, and the layers below it do right. */
import { ipv4 } from '../../../../firmware/net/address.js'
import { checksum } from '../../../../firmware/net/wire/checksum.js'
import { readUint32, writeUint16, writeUint32 } from '../../../../firmware/net/wire/octets.js'
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../../../../firmware/net/wire/protocols.js'
import { ipv4PseudoHeader } from '../../../../firmware/net/wire/pseudo-header.js'
import { type Carried, NETWORK_AT, TRANSPORT_AT } from './encapsulation.js'

export const SPOILS = [
  'none',
  'command',
  'encoding',
  'session',
  'port',
  'transport-checksum',
  'ip-address',
  'ip-checksum',
  'mac',
  'ether-type',
  'fcs',
  'silence',
] as const
export type Spoil = (typeof SPOILS)[number]

/** Nobody listens there. */
const OTHER_PORT = 2626
/** In the same network, and nobody's. */
const OTHER_ADDRESS = ipv4('192.168.7.77')
/** IEEE 802 local experimental EtherType 1 (802-2014 9.2.4). */
const OTHER_TYPE = 0x88b5

/** Where the checksum stands in a header of the transport. */
const CHECKSUM_AT = { tcp: 16, udp: 6 } as const

function spoilPort(frame: Uint8Array, { transport, to }: Carried): void {
  writeUint16(frame, TRANSPORT_AT + 2, OTHER_PORT)
  const at = TRANSPORT_AT + CHECKSUM_AT[transport]
  writeUint16(frame, at, 0)
  const protocol = transport === 'tcp' ? PROTOCOL_TCP : PROTOCOL_UDP
  const [source, destination] = [readUint32(frame, NETWORK_AT + 12), readUint32(frame, NETWORK_AT + 16)]
  const sum = ipv4PseudoHeader(source, destination, protocol, to - TRANSPORT_AT)
  writeUint16(frame, at, checksum(frame, TRANSPORT_AT, to, sum) || 0xffff)
}

function spoilAddress(frame: Uint8Array): void {
  writeUint32(frame, NETWORK_AT + 16, OTHER_ADDRESS)
  writeUint16(frame, NETWORK_AT + 10, 0)
  writeUint16(frame, NETWORK_AT + 10, checksum(frame, NETWORK_AT, TRANSPORT_AT))
}

/** What a layer of the sender did wrong in the frame itself; the others are done by the application, and on the wire. */
const IN_FRAME: Partial<Record<Spoil, (frame: Uint8Array, carried: Carried) => void>> = {
  port: spoilPort,
  'transport-checksum': (frame, { transport }) => {
    frame[TRANSPORT_AT + CHECKSUM_AT[transport]] ^= 0x5a
  },
  'ip-address': spoilAddress,
  'ip-checksum': (frame) => {
    frame[NETWORK_AT + 10] ^= 0x5a
  },
  mac: (frame) => {
    frame[5] ^= 0x70
  },
  'ether-type': (frame) => writeUint16(frame, 12, OTHER_TYPE),
}

/** A copy, spoilt; the frame itself where this is nothing that is done to frames. */
export function spoilFrame(spoil: Spoil, frame: Uint8Array, carried: Carried): Uint8Array {
  const change = IN_FRAME[spoil]
  if (change === undefined) return frame
  const copy = frame.slice()
  change(copy, carried)
  return copy
}
