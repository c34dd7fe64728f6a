/** Octets as the data sheet writes them, two digits each: `9F 04`. */
export function hexOctets(octets: Uint8Array | readonly number[]): string {
  return Array.from(octets, (octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}

/** As protocols of text carry octets, without spaces: `9f04`. */
export function hexDigits(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** The octets of such a text; undefined where it is not two hexadecimal digits an octet. */
export function octetsOfHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

/** Octets in a row of a dump. */
export const HEX_ROW = 16

/** A row of at most `HEX_ROW` octets, and behind them, in a column of their own, those that are ASCII to read. */
export function hexRow(octets: Uint8Array): string {
  return `${hexOctets(octets).padEnd(3 * HEX_ROW)} ${asciiOf(octets)}`
}

/** ASCII's printable characters, and a dot for every other octet. */
export function asciiOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.')).join('')
}
