/** UTF-8, which firmware has no platform to do for it. */

export function encodeText(text: string): Uint8Array {
  const octets: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) octets.push(code)
    else if (code < 0x800) octets.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f))
    else if (code < 0x10000) octets.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
    else {
      octets.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
    }
  }
  return Uint8Array.from(octets)
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
