/** What drawings are made of. */
import { escapeMarkup } from '../../firmware/text/markup.js'
import { type Look, sheetFor, type Theme } from './look.js'
import { fittedLines, textWidth, type Weight } from './text-width.js'

const FONT = 'DejaVu Sans, Verdana, Arial, sans-serif'
/** Of type in a drawing, where nothing else is said. */
export const TYPE_SIZE = 12
const TITLE_SIZE = 17
const TITLE_LINE = 22
const SUBTITLE_LINE = 17

export function svgText(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escapeMarkup(content)}</text>`
}

/** A tenth of a pixel is enough. */
export function round(value: number): string {
  return `${Number(value.toFixed(1))}`
}

/** The width of a drawing of 820 units, say, whose words can come closer together: down to `least` where type is to be large. */
export function narrowed(width: number, least: number, { type }: Theme): number {
  return Math.max(least, Math.round(width / type))
}

/** `font-size="11"`, or what the theme has as its smallest. */
export function typeSize(size: number, { leastType }: Theme): string {
  return `font-size="${Math.max(size, leastType)}"`
}

/** Words of the head that stand at its left, in as many lines as they need. */
export interface Head {
  readonly parts: readonly string[]
  /** What it takes more than a title of one line and a subtitle of one. */
  readonly more: number
}

/**
 * Title and subtitle.
 * @param room the width that they have
 */
export function svgHead(
  left: number,
  top: number,
  room: number,
  title: string,
  subtitle: string | undefined,
  { faint }: Theme,
): Head {
  const titles = fitLines(title, room, TITLE_SIZE, 'bold')
  const subtitles = subtitle === undefined ? [] : fitLines(subtitle, room, TYPE_SIZE)
  const below = top + 19 + (titles.length - 1) * TITLE_LINE
  return {
    parts: [
      ...titles.map((line, i) =>
        svgText(left, top + i * TITLE_LINE, line, `font-size="${TITLE_SIZE}" font-weight="bold"`),
      ),
      ...subtitles.map((line, i) => svgText(left, below + i * SUBTITLE_LINE, line, `fill="${faint}"`)),
    ],
    more: (titles.length - 1) * TITLE_LINE + Math.max(0, subtitles.length - 1) * SUBTITLE_LINE,
  }
}

/** As it is where there is room for it in one line, or in several. */
export function fitLines(text: string, room: number, size: number, weight: Weight = 'regular'): string[] {
  return textWidth(text, weight) * size <= room ? [text] : fittedLines(text, room, size, weight)
}

/** A whole document: what it is called, its sheet, and on it the parts. */
export function svgDocument(
  width: number,
  height: number,
  title: string,
  parts: readonly string[],
  look: Look,
): string {
  const sheet = sheetFor(width, height, look)
  const place = sheet.left === 0 && sheet.top === 0 ? '' : `x="${sheet.left}" y="${sheet.top}" `
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${sheet.attributes} font-family="${FONT}" font-size="${TYPE_SIZE}" fill="${look.theme.ink}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<rect ${place}width="${sheet.width}" height="${sheet.height}" fill="white"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}
