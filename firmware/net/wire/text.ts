/** Text of old protocols: one octet a character, whatever it is, so that what was read is written back unchanged. */

/** The characters of `octets[at .. end)`, one for each octet. */
export function readText(octets: Uint8Array, at = 0, end = octets.length): string {
  let text = ''
  for (let i = at; i < end; i++) text += String.fromCharCode(octets[i])
  return text
}

/**
 * The octets of a text.
 * @throws RangeError when it has a character that is not one octet
 */
export function textOctets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0xff) throw new RangeError(`"${text}" has the character "${text[i]}", which is more than one octet`)
    octets[i] = code
  }
  return octets
}

/** Octets in the presentation format of DNS: what is not printable ASCII, and `\` and `"`, becomes `\DDD` (decimal; RFC 1035 5.1). */
export function presented(text: string): string {
  let line = ''
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const plain = code >= 0x20 && code < 0x7f && code !== 0x5c && code !== 0x22
    line += plain ? text[i] : `\\${String(code & 0xff).padStart(3, '0')}`
  }
  return line
}
