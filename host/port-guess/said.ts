/** What was heard as a person can look at it. */
import { printable } from '../../firmware/text/printable.js'
import { decodeText } from '../../firmware/text/utf8.js'
import { hexOctets } from '../hex-octets.js'
import { countText } from './text-heard.js'

const LINES = 8
const CHARACTERS = 100
const OCTETS = 32
/** From this share on it is shown as text. */
const MOSTLY = 0.6

/** The first lines of what was heard: as text, or as octets in hexadecimal where it is no text. */
export function saidLines(octets: Uint8Array): readonly string[] {
  if (octets.length === 0) return []
  if (countText(octets).text < MOSTLY * octets.length) {
    const more = octets.length > OCTETS ? ' …' : ''
    return [`${hexOctets(octets.subarray(0, OCTETS))}${more}`]
  }
  const text = decodeText(octets)
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const shown = lines
    .slice(0, LINES)
    .map((line) => printable(line.length > CHARACTERS ? `${line.slice(0, CHARACTERS)} …` : line))
  return lines.length > LINES ? [...shown, `… (${lines.length - LINES} more lines)`] : shown
}
