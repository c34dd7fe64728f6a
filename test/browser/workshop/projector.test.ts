/** A projector at 1024 × 768, read from the last row: every text of every station, as large as it is drawn. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STATION_NAMES } from '../../../host/workshop/station-names.js'
import { casesOf } from '../../judge/parts.js'
import { closePages, sharedChromium } from '../chromium.js'
import { languagesOf } from './languages.js'
import { type ShownText, shownTexts } from './letters.js'
import { visitShown } from './shown.js'
import type { WorkshopVisit } from './visit.js'

/** CSS pixels. */
const LEAST = 16

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

/** Everything that can be folded out is; what stands is measured when it stands. */
async function project(visit: WorkshopVisit): Promise<void> {
  await visit.page.getByRole('button', { name: visit.word('page.theme.projector') }).click()
  await visit.page.evaluate(
    "for (const each of document.querySelectorAll('details')) each.open = true; document.documentElement.dataset.theme",
  )
}

function overlapping(one: ShownText, other: ShownText): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
  // Lines of text are boxes with air above and below.
  return across > 2 && down > 0.45 * Math.min(one.bottom - one.top, other.bottom - other.top)
}

/** What is wrong with what is shown, by 16 px, and by what lies over or behind what. */
async function faults({ page }: WorkshopVisit): Promise<string[]> {
  const texts = await page.evaluate(shownTexts)
  expect(texts.length).toBeGreaterThan(40)
  const name = ({ text, size, where }: ShownText) => `“${text}” (${where.trim()}), ${size.toFixed(1)} px`
  const drawn = texts.filter(({ drawing }) => drawing !== undefined)
  return [
    ...texts.filter(({ size }) => size < LEAST - 0.01).map((each) => `${name(each)}, is small`),
    ...texts.filter(({ cut }) => cut !== undefined).map((each) => `${name(each)}, is cut by ${each.cut}`),
    ...drawn.flatMap((one, i) =>
      drawn
        .slice(i + 1)
        .filter((other) => other.drawing === one.drawing && overlapping(one, other))
        .map((other) => `${name(one)}, and ${name(other)}, lie over one another`),
    ),
  ]
}

const SHOWN = casesOf('page-projector', STATION_NAMES).flatMap((station) =>
  languagesOf(station, 1).map((language) => ({ station, language })),
)

describe('on a projector', () => {
  it.each(SHOWN)('$station in $language has no letters under 16 px, over one another, or cut', async (shown) => {
    const { station, language } = shown
    const visit = await visitShown(browser, station, language)
    await project(visit)
    expect(await faults(visit)).toEqual([])
    if (station === 'controller') {
      // One region of the state chart after the other, with its arcs
      const regions = visit.page.locator('.state-chart .region .reach')
      for (let i = 0; i < (await regions.count()); i++) {
        await regions.nth(i).press('Enter')
        expect(await faults(visit)).toEqual([])
      }
    }
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
