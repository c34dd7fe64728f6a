/**
 * Text that a device, a file or a person gave, made safe to look at: nothing in it moves a cursor, rings a bell, changes a
 * colour, turns the direction of what stands beside it, or hides. What is not shown as it is is shown as what it is:
 * `\x1b`, `\u202e`, `\u{e0041}`.
 */

/**
 * General categories of Unicode (UAX 44, table 12): controls of ISO 6429 (C0, DEL, C1), format characters (directions,
 * joiners, the byte order mark, tags), line and paragraph separators, surrogates without their other half; and the code
 * points that are no characters, which XML 1.0 does not allow (2.2). And what a font shows nothing of: fillers, joiners, selectors of
 * variants (Default_Ignorable_Code_Point), the empty cell of Braille.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800]/gu

function name(character: string): string {
  const code = character.codePointAt(0)!
  const digits = code.toString(16)
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`
  return code < 0x1_0000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`
}

/** For one line, or a part of one: line feeds and tabs are shown as `\x0a` and `\x09`, too. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, name)
}

/** For whole lines of our own: line feeds and tabs stay, for they put nothing over what is there already. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) =>
    character === '\n' || character === '\t' ? character : name(character),
  )
}

/**
 * A JSON text with the same meaning, in which nothing is unprintable (RFC 8259 7: any character may be escaped). The line
 * feeds between its parts stay.
 */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) => {
    if (character === '\n') return character
    let escaped = ''
    for (let at = 0; at < character.length; at++)
      escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`
    return escaped
  })
}
