import { describe, expect, it } from 'vitest'
import { lookOf, ON_PAPER, PAPER, PROJECTOR, sheetFor } from './look.js'

/** Of an sRGB colour against white (WCAG 2.2, relative luminance and contrast ratio). */
function contrast(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
}

describe('a look', () => {
  it('is on paper unless something else is said', () => {
    expect(lookOf(undefined, undefined)).toEqual(ON_PAPER)
    expect(lookOf('projector', '16:9')).toEqual({ theme: PROJECTOR, aspect: 16 / 9 })
    expect(lookOf('paper', '210/297').aspect).toBe(210 / 297)
  })

  it.each([
    ['dark', undefined, /--theme takes paper or projector, not "dark"/],
    [undefined, '16-9', /--aspect takes width and height of the sheet, as 16:9 or 4:3, not "16-9"/],
    [undefined, '0:9', /--aspect takes/],
    [undefined, '9:0', /--aspect takes/],
    [undefined, '400:1', /--aspect takes/],
  ])('is refused: %s, %s', (theme, aspect, message) => {
    expect(() => lookOf(theme, aspect)).toThrow(message)
  })

  it('has words that can be read: 4.5 to 1 on paper for ink and traces, 7 to 1 on a wall for all of them', () => {
    for (const colour of [PAPER.ink, PAPER.wrong, ...PAPER.colours])
      expect(contrast(colour), colour).toBeGreaterThan(4.5)
    const { ink, faint, wrong, colours, ground } = PROJECTOR
    for (const colour of [ink, faint, wrong, ground, ...colours]) expect(contrast(colour), colour).toBeGreaterThan(7)
  })
})

describe('a sheet', () => {
  it('is as large as the drawing, and a slide has its form with the drawing in the middle', () => {
    expect(sheetFor(800, 500, ON_PAPER).attributes).toBe('width="800" height="500" viewBox="0 0 800 500"')
    const wide = sheetFor(800, 900, lookOf(undefined, '16:9'))
    expect(wide).toMatchObject({ left: -400, top: 0, width: 1600, height: 900 })
    expect(wide.attributes).toBe('width="1280" height="720" viewBox="-400 0 1600 900"')
    const high = sheetFor(800, 100, lookOf(undefined, '4:3'))
    expect(high).toMatchObject({ left: 0, top: -250, width: 800, height: 600 })
  })

  it('for a wall is 1200 pixels wide or more', () => {
    expect(sheetFor(600, 300, lookOf('projector', undefined)).attributes).toMatch(/^width="1200" height="600" /)
    expect(sheetFor(1400, 300, lookOf('projector', undefined)).attributes).toMatch(/^width="1400" height="300" /)
  })
})
