/**
 * The two checks of a cell. CRC-8 with polynomial x^8 + x^2 + x + 1 (07h), most significant bit first, initial value 0:
 * ITU-T I.432.1 4.3.2.1, whose header error control adds the coset 01010101 (55h). CRC-16/XMODEM: polynomial 1021h, most
 * significant bit first, initial value 0, nothing added.
 */

import { HEADER } from './link-table.js'

const CRC16_POLYNOMIAL = 0x1021

const CRC8 = new Uint8Array(256)
const CRC16 = new Uint16Array(256)
for (let octet = 0; octet < 256; octet++) {
  let eight = octet
  let sixteen = octet << 8
  for (let bit = 0; bit < 8; bit++) {
    eight = eight & 0x80 ? ((eight << 1) ^ HEADER.POLYNOMIAL) & 0xff : eight << 1
    sixteen = sixteen & 0x8000 ? ((sixteen << 1) ^ CRC16_POLYNOMIAL) & 0xffff : sixteen << 1
  }
  CRC8[octet] = eight
  CRC16[octet] = sixteen
}

/** CRC-8, polynomial 07h, initial value 0, no final XOR, over `octets[from..to)`. */
export function crc8(octets: Uint8Array, from = 0, to = octets.length): number {
  let crc = 0
  for (let i = from; i < to; i++) crc = CRC8[crc ^ octets[i]]
  return crc
}

/** Header error control over the four octets at `at` (I.432.1 4.3.2.1). */
export function hec(octets: Uint8Array, at = 0): number {
  return crc8(octets, at, at + 4) ^ HEADER.COSET
}

/** CRC-16/XMODEM over `octets[from..to)`. */
export function crc16Xmodem(octets: Uint8Array, from = 0, to = octets.length): number {
  let crc = 0
  for (let i = from; i < to; i++) crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ octets[i]]
  return crc
}
