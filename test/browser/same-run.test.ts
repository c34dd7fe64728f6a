/** The same seed gives the same run in Debian's Chromium as in Node: report, capture and count of events, to the octet. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleForBrowser, pageForBrowser } from './bundle.js'
import { closePages, sharedChromium } from './chromium.js'
import type { PAGE_DOORS, Place } from './in-page.js'
import { RUNS, type RunOptions, type RunOutcome } from './runs.js'

const image = readFileSync(new URL('../../firmware/bridge/images/bridge-uno.hex', import.meta.url), 'latin1')
const SEED = 7
/** What the check runs come to. */
const VERDICTS: Readonly<Record<string, string>> = {
  'check model:uno': 'pass',
  'check model:uno, faults': 'fail',
  'check avr:uno': 'pass',
}

let folder: string
let browser: Browser
let page: Page
/** What went wrong on the page outside of a run. */
const complaints: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-browser-'))
  const file = join(folder, 'page.html')
  writeFileSync(file, await pageForBrowser())
  browser = await sharedChromium()
  page = await browser.newPage()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(pathToFileURL(file).href)
})

afterAll(async () => {
  await closePages()
  rmSync(folder, { recursive: true, force: true })
})

function inBrowser(place: Place, name: string, options: RunOptions): Promise<RunOutcome> {
  return page.evaluate(
    ([where, what, how]) => (globalThis as unknown as { PAGE_DOORS: typeof PAGE_DOORS }).PAGE_DOORS[where](what, how),
    [place, name, options] as const,
  )
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
/** Small enough to be printed when it differs. */
const digest = ({ report, octets, events }: RunOutcome) => ({
  report: hash(report),
  octets: hash(octets),
  length: octets.length,
  events,
})

it.each(Object.entries(RUNS))('%s is the same on a page, in a worker and in Node, to the octet', async (name, run) => {
  const options = { seed: SEED, image }
  const [here, onPage, inWorker] = await Promise.all([
    run(options),
    inBrowser('inPage', name, options),
    inBrowser('inWorker', name, options),
  ])
  expect(digest(onPage)).toEqual(digest(here))
  expect(digest(inWorker)).toEqual(digest(here))
  expect(complaints).toEqual([])
  // And there is something to be the same.
  expect(here.octets.length).toBeGreaterThan(1_000)
  const verdict = VERDICTS[name]
  if (verdict !== undefined) expect(JSON.parse(onPage.report)).toMatchObject({ verdict, seed: SEED })
})

it('another seed is another run', async () => {
  const other = await inBrowser('inPage', 'lab', { seed: SEED + 1, image })
  const here = await RUNS.lab({ seed: SEED, image })
  expect(hash(other.octets)).not.toBe(hash(here.octets))
  expect(other.events).not.toBe(here.events)
})

describe('a bundle for a browser', () => {
  it.each(['host/index.ts', 'host/web/index.ts'])('is made of %s as it stands', async (door) => {
    expect((await bundleForBrowser(door)).length).toBeGreaterThan(0)
  })

  it('is refused where it needs Node', async () => {
    await expect(bundleForBrowser('test/setup/tools.ts')).rejects.toThrow(/Could not resolve "node:path"/)
  })
})
