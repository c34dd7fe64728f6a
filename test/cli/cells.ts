/** A cell made from the specification alone, with a check computed bit by bit: nothing here is shared with the product. */

export const HEC_FINAL = 0x55

/** Bit-serial cyclic redundancy check, most significant bit first, initial value 0. */
export function crc(
  octets: Uint8Array,
  { width, polynomial, final }: { readonly width: 8 | 16; readonly polynomial: number; readonly final: number },
): number {
  let register = 0
  for (const octet of octets) {
    for (let bit = 7; bit >= 0; bit--) {
      const out = (register >> (width - 1)) & 1
      register = ((register << 1) & (2 ** width - 1)) ^ (out !== ((octet >> bit) & 1) ? polynomial : 0)
    }
  }
  return register ^ final
}

/**
 * A cell of kind session that opens a session: identifier, protocol version 1, no flags, window 1, SPI clock 0, no
 * capabilities, no cells, no names.
 */
export function sessionCell(identifier: number): Uint8Array {
  const cell = Buffer.alloc(64)
  cell[0] = (0b01 << 6) | (3 << 4)
  cell[3] = 57
  cell.writeUInt16BE(identifier, 5)
  cell[7] = 1
  cell[9] = 1
  cell[4] = crc(cell.subarray(0, 4), { width: 8, polynomial: 0x07, final: HEC_FINAL })
  cell.writeUInt16BE(crc(cell.subarray(0, 62), { width: 16, polynomial: 0x1021, final: 0 }), 62)
  return cell
}
