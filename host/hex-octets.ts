/** Octets as the data sheet writes them, two digits each: `9F 04`. */
export function hexOctets(octets: Uint8Array | readonly number[]): string {
  return Array.from(octets, (octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}
