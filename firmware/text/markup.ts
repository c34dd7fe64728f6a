/** Text inside XML and HTML: the one place that knows which characters they cannot carry. */
import { printable } from './printable.js'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * For text and attribute values of XML and HTML alike. Characters outside XML 1.0's `Char` (2.2), for which there is no
 * reference either (4.1), are shown as `printable` shows them.
 */
export function escapeMarkup(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character])
}

/** The same in ASCII, for a document that is sent an octet a character. */
export function asciiMarkup(text: string): string {
  return escapeMarkup(text).replace(/[^\x20-\x7e]/gu, (character) => `&#${character.codePointAt(0)};`)
}
