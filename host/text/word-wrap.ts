/** Text in lines of a width. */
import { columnsOf, isWide } from './columns.js'

/** These may not begin a line, nor those end one (clreq 3.1.4; of what our words have). */
const NOT_FIRST = /^[，。、：；？！）》”’…%]/u
const NOT_LAST = /[（《“‘]$/u

/**
 * Breaks text at spaces, and beside characters that are two columns wide, into lines of at most `most` columns; a word longer than a line
 * stays whole.
 */
export function wordWrap(text: string, most: number): string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const { piece, begins } of breakable(text)) {
    const space = begins && line !== '' ? ' ' : ''
    const columns = columnsOf(piece)
    if (line !== '' && width + space.length + columns > most) {
      lines.push(line)
      line = piece
      width = columns
    } else {
      line += space + piece
      width += space.length + columns
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

/** What may stand in a line by itself; in front of one that begins a word there is a space, where it does not begin a line. */
export function breakable(text: string): { readonly piece: string; readonly begins: boolean }[] {
  return text.split(' ').flatMap((word) => piecesOf(word).map((piece, at) => ({ piece, begins: at === 0 })))
}

/** What of a word may stand in a line by itself. */
function piecesOf(word: string): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    const before = [...piece].at(-1) ?? ''
    const mayBreak = (isWide(character) || isWide(before)) && !NOT_FIRST.test(character) && !NOT_LAST.test(piece)
    if (before !== '' && mayBreak) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}
