/** UTF-8 (RFC 3629), for what has no platform to do it. */

/** UTF-8 of a text. Half of a surrogate pair, which is no character, becomes U+FFFD. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(3 * text.length)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    let code = text.codePointAt(i)!
    if (code >= 0xd800 && code < 0xe000) code = 0xfffd
    if (code < 0x80) {
      octets[length++] = code
      continue
    }
    if (code < 0x800) octets[length++] = 0xc0 | (code >> 6)
    else {
      if (code < 0x10000) octets[length++] = 0xe0 | (code >> 12)
      else {
        i++ // two code units
        octets[length++] = 0xf0 | (code >> 18)
        octets[length++] = 0x80 | ((code >> 12) & 0x3f)
      }
      octets[length++] = 0x80 | ((code >> 6) & 0x3f)
    }
    octets[length++] = 0x80 | (code & 0x3f)
  }
  return octets.slice(0, length)
}

/** Reads UTF-8. What is not UTF-8 becomes U+FFFD; never throws. */
export function decodeText(octets: Uint8Array): string {
  let text = ''
  let i = 0
  while (i < octets.length) {
    const lead = octets[i++]
    const more =
      lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >> 4 === 0xe ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1
    let code = more < 0 ? 0xfffd : more === 0 ? lead : lead & (0x3f >> more)
    let taken = 0
    while (taken < more && i < octets.length && (octets[i] & 0xc0) === 0x80) {
      code = (code << 6) | (octets[i++] & 0x3f)
      taken++
    }
    const least = [0, 0x80, 0x800, 0x10000][Math.max(more, 0)]
    const surrogate = code >= 0xd800 && code < 0xe000
    text += String.fromCodePoint(
      more < 0 || taken < more || code < least || surrogate || code > 0x10ffff ? 0xfffd : code,
    )
  }
  return text
}
