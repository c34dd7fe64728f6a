/** State charts as one SVG picture: a row for each region, a box for each state, the one it is in filled. */
import { asciiMarkup } from '../../text/markup.js'
import type { ChartNode } from '../service.js'

const ROW = 30
const BOX = 22
const LABELS = 110
const GAP = 6
/** Of a letter at 12 px, on average; boxes are drawn before the fonts are known. */
const LETTER = 6.8
const PADDING = 16

function boxWidth(state: string): number {
  return Math.round(state.length * LETTER) + PADDING
}

/** The picture, a piece at a time. */
export function* chartSvg(charts: readonly ChartNode[]): Generator<string> {
  const rowWidth = ({ states }: ChartNode) => states.reduce((sum, state) => sum + boxWidth(state) + GAP, LABELS)
  const width = Math.max(0, ...charts.map(rowWidth))
  const height = charts.length * ROW + GAP
  yield `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" `
  yield 'aria-label="State charts" font-family="system-ui,sans-serif" font-size="12">'
  for (const [row, { region, states, active }] of charts.entries()) {
    const y = row * ROW + GAP
    const middle = y + BOX / 2 + 4
    yield `<text class="r" x="0" y="${middle}">${asciiMarkup(region)}</text>`
    let x = LABELS
    for (const state of states) {
      const wide = boxWidth(state)
      yield `<g class="${state === active ? 's on' : 's'}"><rect x="${x}" y="${y}" width="${wide}" height="${BOX}" rx="6"/>`
      yield `<text x="${x + wide / 2}" y="${middle}" text-anchor="middle">${asciiMarkup(state)}</text></g>`
      x += wide + GAP
    }
  }
  yield '</svg>'
}
