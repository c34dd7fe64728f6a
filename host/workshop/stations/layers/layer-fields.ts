/** The fields of the headers of a frame, as their standards name them, from the octets that were sent. */
import { formatIpv4, formatMac } from '../../../../firmware/net/address.js'
import { readUint16, readUint32 } from '../../../../firmware/net/wire/octets.js'
import { controlBitNames } from '../../../../firmware/net/wire/print/tcp.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { hexOctets } from '../../../hex-octets.js'
import type { PlainKey } from '../../words/told.js'
import { type Carried, type Layer, NETWORK_AT, TRANSPORT_AT } from './encapsulation.js'

export interface LayerField {
  readonly name: PlainKey
  readonly hex: string
  /** The same as a person writes it; empty where the octets say it best. */
  readonly value: string
}

/** @param frame destination address to FCS */
export function layerFields(
  frame: Uint8Array,
  carried: Carried,
): Readonly<Partial<Record<Layer, readonly LayerField[]>>> {
  const field = (name: PlainKey, at: number, length: number, value = ''): LayerField => ({
    name,
    hex: hexOctets(frame.subarray(at, at + length)),
    value,
  })
  const number = (name: PlainKey, at: number, length: 1 | 2 | 4): LayerField => {
    const value = length === 1 ? frame[at] : length === 2 ? readUint16(frame, at) : readUint32(frame, at)
    return field(name, at, length, `${value}`)
  }
  const end = frame.length - 4
  const padding = end - carried.to
  const ip = NETWORK_AT
  const transport = TRANSPORT_AT
  return {
    2: [
      field('layers.field.destination', 0, 6, formatMac(frame.subarray(0, 6))),
      field('layers.field.source', 6, 6, formatMac(frame.subarray(6, 12))),
      field('layers.field.type', 12, 2, hexText(readUint16(frame, 12), 4)),
      ...(padding > 0 ? [field('layers.field.padding', carried.to, padding, `${padding}`)] : []),
      field('layers.field.fcs', end, 4),
    ],
    3: [
      field('layers.field.version', ip, 1, `4, 5 × 4`),
      field('layers.field.traffic-class', ip + 1, 1),
      number('layers.field.total-length', ip + 2, 2),
      number('layers.field.identification', ip + 4, 2),
      field('layers.field.fragment', ip + 6, 2, (frame[ip + 6] & 0x40) === 0 ? '' : 'DF'),
      number('layers.field.ttl', ip + 8, 1),
      field('layers.field.protocol', ip + 9, 1, carried.transport === 'tcp' ? '6 TCP' : '17 UDP'),
      field('layers.field.header-checksum', ip + 10, 2),
      field('layers.field.source', ip + 12, 4, formatIpv4(readUint32(frame, ip + 12))),
      field('layers.field.destination', ip + 16, 4, formatIpv4(readUint32(frame, ip + 16))),
    ],
    4:
      carried.transport === 'udp'
        ? [
            number('layers.field.source-port', transport, 2),
            number('layers.field.destination-port', transport + 2, 2),
            number('layers.field.length', transport + 4, 2),
            field('layers.field.checksum', transport + 6, 2),
          ]
        : [
            number('layers.field.source-port', transport, 2),
            number('layers.field.destination-port', transport + 2, 2),
            number('layers.field.sequence', transport + 4, 4),
            number('layers.field.acknowledgement', transport + 8, 4),
            field('layers.field.data-offset', transport + 12, 1, `${frame[transport + 12] >> 4} × 4`),
            field('layers.field.flags', transport + 13, 1, controlBitNames(frame[transport + 13]).join(', ')),
            number('layers.field.window', transport + 14, 2),
            field('layers.field.checksum', transport + 16, 2),
            number('layers.field.urgent', transport + 18, 2),
            ...(carried.from > transport + 20
              ? [field('layers.field.options', transport + 20, carried.from - transport - 20)]
              : []),
          ],
  }
}
