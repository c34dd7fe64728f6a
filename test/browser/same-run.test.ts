/** The same seed gives the same run in Debian's Chromium as in Node: report, capture and count of events, to the octet. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { variationsOf } from '../judge/variations.js'
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

const inNode = new Map<string, RunOutcome>()
/** Runs once here, however many places it is compared with. */
async function here(name: string): Promise<RunOutcome> {
  const outcome = inNode.get(name) ?? (await RUNS[name]({ seed: SEED, image }))
  inNode.set(name, outcome)
  return outcome
}

async function compare(place: Place, name: string): Promise<void> {
  const [ours, theirs] = await Promise.all([here(name), inBrowser(place, name, { seed: SEED, image })])
  expect(digest(theirs)).toEqual(digest(ours))
  expect(complaints).toEqual([])
  // And there is something to be the same.
  expect(ours.octets.length).toBeGreaterThan(1_000)
  const verdict = VERDICTS[name]
  if (verdict !== undefined) expect(JSON.parse(theirs.report)).toMatchObject({ verdict, seed: SEED })
}

it.each(Object.keys(RUNS))('%s is the same in a worker and in Node, to the octet', (name) => compare('inWorker', name))

it.each(variationsOf(Object.keys(RUNS)))('%s is the same on a page and in Node, to the octet', (name) =>
  compare('inPage', name),
)

it('another seed is another run', async () => {
  const other = await inBrowser('inPage', 'lab', { seed: SEED + 1, image })
  const ours = await here('lab')
  expect(hash(other.octets)).not.toBe(hash(ours.octets))
  expect(other.events).not.toBe(ours.events)
})

describe('a bundle for a browser', () => {
  it.each(['host/index.ts', 'host/web/index.ts'])('is made of %s as it stands', async (door) => {
    expect((await bundleForBrowser(door)).length).toBeGreaterThan(0)
  })

  it('is refused where it needs Node', async () => {
    await expect(bundleForBrowser('test/setup/tools.ts')).rejects.toThrow(/Could not resolve "node:path"/)
  })
})
