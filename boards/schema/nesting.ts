/** How deep the brackets of a JSON text stand in each other, without descending into them. */

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LINE_FEED = 0x0a
const OPEN = [0x5b, 0x7b]
const CLOSE = [0x5d, 0x7d]

/**
 * @returns the line, from 1 on, of the first bracket that stands in `deepest` others; undefined when there is none. Whether the
 * text is JSON at all is not looked at.
 */
export function tooDeepLine(text: string, deepest: number): number | undefined {
  let depth = 0
  let line = 1
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === LINE_FEED) line++
    if (quoted) {
      if (character === BACKSLASH) at++
      else if (character === QUOTE) quoted = false
    } else if (character === QUOTE) quoted = true
    else if (OPEN.includes(character) && ++depth > deepest) return line
    else if (CLOSE.includes(character)) depth--
  }
  return undefined
}
