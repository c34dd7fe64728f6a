/**
 * How a drawing looks, whatever it shows: colours and sizes for a page or for the wall of a classroom, and the form of the sheet. Drawings
 * take a `Look` and ask it; none of them knows its name.
 */
import { UsageError } from '../errors/errors.js'

/** Drawings are made in units of a pixel, with type of 12. */
export interface Theme {
  readonly name: string
  /** Words, and lines that matter. */
  readonly ink: string
  /** Words and lines beside the matter. */
  readonly faint: string
  readonly grid: string
  /** The zero line of a plot. */
  readonly zero: string
  /** Frames of plots and boxes. */
  readonly frame: string
  /** The ground conductor. */
  readonly ground: string
  readonly outline: string
  /** Of what is solid: plugs and jacks. */
  readonly edge: string
  /** What a standard leaves undefined. */
  readonly band: string
  readonly wrong: string
  readonly wrongFill: string
  /** Of traces, and of the ends of a conversation. */
  readonly colours: readonly string[]
  /** Behind words that belong to them. */
  readonly fills: readonly string[]
  /** Type grows so much against the drawing: what can be drawn narrower is. */
  readonly type: number
  /** No type is smaller. */
  readonly leastType: number
  /** Lines are so much thicker. */
  readonly line: number
}

export const PAPER: Theme = {
  name: 'paper',
  ink: '#1c2733',
  faint: '#6b7885',
  grid: '#e6eaee',
  zero: '#aab4be',
  frame: '#c4ccd4',
  ground: '#4a5560',
  outline: '#a9b8c6',
  edge: '#8995a1',
  band: '#f3f3f3',
  wrong: '#c01c28',
  wrongFill: '#f6c6c6',
  colours: ['#1a5fb4', '#b4510f', '#2a7a3f', '#813d9c', '#8a6d00', '#0f7f8c'],
  fills: ['#e8f0fa', '#fbeee3', '#e7f4ea', '#f3e9f7', '#f7f2dc', '#e1f3f5'],
  type: 1,
  leastType: 9,
  line: 1,
}

/** Every word has a contrast of 7 : 1 at least against white (WCAG 2.2, 1.4.6), and the smallest is readable from the last row. */
export const PROJECTOR: Theme = {
  name: 'projector',
  ink: '#000000',
  faint: '#333b44',
  grid: '#cdd4da',
  zero: '#5b6671',
  frame: '#5b6671',
  ground: '#2b3036',
  outline: '#5b6671',
  edge: '#333b44',
  band: '#e2e4e6',
  wrong: '#a00012',
  wrongFill: '#ffc9c9',
  colours: ['#003f9e', '#8f3a00', '#0b5a22', '#62217c', '#5c4800', '#00525c'],
  fills: ['#dbe9fb', '#fde6d3', '#d9f0df', '#efdff5', '#f4ebc2', '#d0eff2'],
  type: 1.5,
  leastType: 12,
  line: 1.6,
}

const THEMES: readonly Theme[] = [PAPER, PROJECTOR]
export const THEME_NAMES: readonly string[] = THEMES.map(({ name }) => name)

export interface Look {
  readonly theme: Theme
  /** Width over height of the sheet; undefined: as what is drawn has it. */
  readonly aspect: number | undefined
}

export const ON_PAPER: Look = { theme: PAPER, aspect: undefined }

/** From one to twenty: what is wider or higher is no slide and no page. */
const MOST_ASPECT = 20

/**
 * From the words of a person.
 * @param theme its name; paper where left out
 * @param aspect `16:9`
 * @throws UsageError that names what is wrong
 */
export function lookOf(theme: string | undefined, aspect: string | undefined): Look {
  const found = THEMES.find(({ name }) => name === (theme ?? PAPER.name))
  if (found === undefined) throw new UsageError(`--theme takes ${THEME_NAMES.join(' or ')}, not "${theme}"`)
  if (aspect === undefined) return { theme: found, aspect: undefined }
  const [, width, height] = /^(\d{1,5})[:x/](\d{1,5})$/.exec(aspect.trim()) ?? []
  const ratio = Number(width) / Number(height)
  if (!(ratio >= 1 / MOST_ASPECT && ratio <= MOST_ASPECT))
    throw new UsageError(`--aspect takes width and height of the sheet, as 16:9 or 4:3, not "${aspect}"`)
  return { theme: found, aspect: ratio }
}

/** Pixels: a slide is as wide as this or as high, and what is drawn for a wall no smaller. */
const SLIDE = 1280
const WALL = 1200

/** What is around the drawing. */
export interface Sheet {
  /** For the `svg` element: size in pixels, and what of the drawing's plane is seen. */
  readonly attributes: string
  /** The plane that is seen, for a background. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The sheet for a drawing of so many units: where it does not have the form of the sheet, it stands in the middle. */
export function sheetFor(drawnWidth: number, drawnHeight: number, { theme, aspect }: Look): Sheet {
  const width = aspect === undefined ? drawnWidth : round(Math.max(drawnWidth, drawnHeight * aspect))
  const height = aspect === undefined ? drawnHeight : round(Math.max(drawnHeight, drawnWidth / aspect))
  const left = round((drawnWidth - width) / 2)
  const top = round((drawnHeight - height) / 2)
  const scale = aspect !== undefined ? SLIDE / Math.max(width, height) : theme.type > 1 ? Math.max(1, WALL / width) : 1
  const size = `width="${round(width * scale)}" height="${round(height * scale)}"`
  return { attributes: `${size} viewBox="${left} ${top} ${width} ${height}"`, left, top, width, height }
}

/** A hundredth of a unit is enough. */
function round(value: number): number {
  const rounded = Number(value.toFixed(2))
  return rounded === 0 ? 0 : rounded
}
