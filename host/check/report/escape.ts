/**
 * Strings in a report may come from a board (its name), a path or an error message, and so from anyone. Each format
 * says what it cannot carry; what cannot be carried is shown, not dropped.
 */

/** Control characters would move a terminal's cursor or end a line; they are shown as \x1b, \u2028 and so on. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const code = character.codePointAt(0)!
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text and attribute values of XML and HTML alike. */
export function escapeMarkup(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character])
}

/** In TAP `#` starts a directive and `\` escapes (TAP 13). */
export function escapeTap(text: string): string {
  return printable(text).replace(/[\\#]/g, (character) => `\\${character}`)
}
