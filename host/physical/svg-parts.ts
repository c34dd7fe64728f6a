/** What drawings of connectors and cables are made of. */
import { escapeMarkup } from '../../firmware/text/markup.js'

export const INK = '#1c2733'
export const FAINT = '#6b7885'
const FONT = 'DejaVu Sans, Verdana, Arial, sans-serif'

/** Colours of what leaves the DTE, of what arrives, of ground, and of what has no circuit. */
export const DIRECTION_COLOURS = {
  out: '#1a5fb4',
  in: '#b4510f',
  both: '#813d9c',
  ground: '#4a5560',
  none: '#c4ccd4',
} as const

export function svgText(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escapeMarkup(content)}</text>`
}

/** A tenth of a pixel is enough. */
export function round(value: number): string {
  return `${Number(value.toFixed(1))}`
}

/** A whole document. @param subtitle one line below the title */
export function document(
  width: number,
  height: number,
  title: string,
  subtitle: string,
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="12" fill="${INK}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    svgText(24, 32, title, 'font-size="17" font-weight="bold"'),
    svgText(24, 51, subtitle, `fill="${FAINT}"`),
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}
