/** The example of docs/web-serial.md, as it stands, in Chromium. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, sharedChromium } from './chromium.js'

const root = join(import.meta.dirname, '../..')
let folder: string
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-stand-in-'))
  browser = await sharedChromium()
})

afterAll(async () => {
  await closePages()
  rmSync(folder, { recursive: true, force: true })
})

it('the example of docs/web-serial.md prints what the page says, in Chromium', async () => {
  const page = readFileSync(join(root, 'docs/web-serial.md'), 'utf8')
  const [, source, printed] = /```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/.exec(page)!
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    charset: 'ascii',
    logLevel: 'silent',
    alias: { 'linkpulse/web': join(root, 'host/web/index.ts') },
  })
  const script = outputFiles[0].text.replaceAll('</script', '<\\/script')
  const file = join(folder, 'page.html')
  writeFileSync(file, `<!doctype html><title>linkpulse</title><script type="module">${script}</script>`)
  const tab = await browser.newPage()
  const complaints: string[] = []
  tab.on('pageerror', (error) => complaints.push(String(error)))
  const said = tab.waitForEvent('console')
  await tab.goto(pathToFileURL(file).href)
  expect(`${(await said).text()}\n`).toBe(printed)
  expect(complaints).toEqual([])
})
