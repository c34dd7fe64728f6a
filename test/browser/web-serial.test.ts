/** The Web Serial target on the streams, timers and turns of a real browser, with a simulated board at the port. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundleForBrowser } from './bundle.js'
import { closePages, sharedChromium } from './chromium.js'
import type { WEB_SERIAL_DOORS } from './web-serial-page.js'

let folder: string
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-browser-'))
  browser = await sharedChromium()
})

afterAll(async () => {
  await closePages()
  rmSync(folder, { recursive: true, force: true })
})

it('checks a board at a serial port of Chromium’s', async () => {
  const script = await bundleForBrowser('test/browser/web-serial-page.ts')
  const file = join(folder, 'page.html')
  writeFileSync(
    file,
    `<!doctype html><title>linkpulse</title><script>${script.replaceAll('</script', '<\\/script')}</script>`,
  )
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(pathToFileURL(file).href)
  const { report, closed } = await page.evaluate(
    (only) =>
      (globalThis as unknown as { WEB_SERIAL_DOORS: typeof WEB_SERIAL_DOORS }).WEB_SERIAL_DOORS.checkAtPort(only),
    ['serial', 'chip.revision'],
  )
  const verdicts = new Map(report.checks.map(({ id, verdict, reason }) => [id, `${verdict} ${reason}`.trim()]))
  // What a busy computer spoils is skipped, and never fails.
  expect([...verdicts.values()].filter((verdict) => verdict.startsWith('fail'))).toEqual([])
  expect(verdicts.get('serial.session')).toBe('pass')
  expect(verdicts.get('chip.revision')).toMatch(/^pass/)
  expect(verdicts.get('serial.baud-change')).toMatch(/^skip not from a browser/)
  expect(closed).toBe(true)
  expect(complaints).toEqual([])
})
