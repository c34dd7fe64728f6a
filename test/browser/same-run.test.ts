/** The same seed gives the same run in Debian's Chromium as in Node: report, capture and count of events, to the octet. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locate } from '../setup/tools.js'
import { bundleForBrowser, pageForBrowser } from './bundle.js'
import type { DOORS, Place } from './in-page.js'
import { type Outcome, RUNS, type RunOptions } from './runs.js'

const image = readFileSync(new URL('../../firmware/bridge/images/bridge-uno.hex', import.meta.url), 'latin1')
const SEED = 7

let folder: string
let browser: Browser
let page: Page
/** What went wrong on the page outside of a run. */
const complaints: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-browser-'))
  const file = join(folder, 'page.html')
  writeFileSync(file, await pageForBrowser())
  browser = await chromium.launch({ executablePath: locate('chromium')! })
  page = await browser.newPage()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(pathToFileURL(file).href)
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

function inBrowser(place: Place, name: string, options: RunOptions): Promise<Outcome> {
  return page.evaluate(
    ([where, what, how]) => (globalThis as unknown as { DOORS: typeof DOORS }).DOORS[where](what, how),
    [place, name, options] as const,
  )
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
/** Small enough to be printed when it differs. */
const digest = ({ report, octets, events }: Outcome) => ({
  report: hash(report),
  octets: hash(octets),
  length: octets.length,
  events,
})

describe.each(Object.entries(RUNS))('%s', (name, run) => {
  let inNode: Outcome
  beforeAll(async () => {
    inNode = await run({ seed: SEED, image })
  })

  it.each(['inPage', 'inWorker'] as const)('is the same in Chromium as in Node, to the octet: %s', async (place) => {
    const there = await inBrowser(place, name, { seed: SEED, image })
    expect(digest(there)).toEqual(digest(inNode))
    expect(inNode.octets.length).toBeGreaterThan(1_000)
    expect(complaints).toEqual([])
  })

  it('is another one with another seed', async () => {
    const other = await inBrowser('inPage', name, { seed: SEED + 1, image })
    expect(hash(other.octets)).not.toBe(hash(inNode.octets))
  })
})

describe('a bundle for a browser', () => {
  it('is refused where it needs Node', async () => {
    await expect(bundleForBrowser('test/setup/tools.ts')).rejects.toThrow(/Could not resolve "node:path"/)
  })
})
