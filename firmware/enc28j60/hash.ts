/** The hash filter's table (DS39662 8.4): one bit of 64 for each group address wanted. */

const POLYNOMIAL = 0x04c11db7

/** Bits 28:23 of the CRC register over the six octets of an address, least significant bit of each first (reference 9.3). */
export function hashIndex(address: Uint8Array): number {
  let register = 0xffffffff
  for (const octet of address) {
    for (let bit = 0; bit < 8; bit++) {
      const feedback = ((register >>> 31) ^ (octet >> bit)) & 1
      register = (register << 1) >>> 0
      if (feedback !== 0) register = (register ^ POLYNOMIAL) >>> 0
    }
  }
  return (register >>> 23) & 0x3f
}

/** EHT0 to EHT7 for a set of group addresses. Others that share a bit pass as well: the stack must look again. */
export function hashTable(groups: Iterable<Uint8Array>): Uint8Array {
  const table = new Uint8Array(8)
  for (const group of groups) {
    const index = hashIndex(group)
    table[index >> 3] |= 1 << (index & 7)
  }
  return table
}
