/** NMEA 0183: sentences of a GPS receiver, a wind gauge, a ship's compass, each with a check over its characters. */

/** `$` or `!`, an address of talker and sentence, fields, `*`, two hexadecimal digits: 82 characters at most (NMEA 0183 5.3). */
const SENTENCE = /[$!]([A-Z0-9]{4,10}(?:,[^$!*\r\n]{0,78})?)\*([0-9A-Fa-f]{2})/g

export interface NmeaCount {
  /** Sentences whose check holds, and those whose check does not. */
  readonly whole: number
  readonly damaged: number
  /** Addresses of those that are whole, each once: `GPGGA`. */
  readonly addresses: readonly string[]
}

/** The exclusive or of the characters between `$` and `*` (NMEA 0183 5.3.1). */
function checksum(characters: string): number {
  let sum = 0
  for (let at = 0; at < characters.length; at++) sum ^= characters.charCodeAt(at)
  return sum
}

/** @param text a character an octet */
export function countNmea(text: string): NmeaCount {
  let whole = 0
  let damaged = 0
  const addresses = new Set<string>()
  for (const [, body, check] of text.matchAll(SENTENCE)) {
    if (checksum(body) !== Number.parseInt(check, 16)) {
      damaged++
      continue
    }
    whole++
    addresses.add(body.split(',', 1)[0])
  }
  return { whole, damaged, addresses: [...addresses] }
}
