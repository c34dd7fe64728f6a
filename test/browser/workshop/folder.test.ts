/** The page as a folder on some web server: its pieces are files, loaded when they are wanted. */
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root } from '../../cli/command.js'
import { variation } from '../../judge/variations.js'
import { closePages, sharedChromium } from '../chromium.js'
import { WorkshopVisit } from './visit.js'

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

let browser: Browser
let server: Server
let from: string
/** What was asked for, in its order. */
const asked: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
    asked.push(name)
    readFile(join(root, 'dist/workshop', name)).then(
      (octets) => response.writeHead(200, { 'Content-Type': TYPES[name.split('.')[1]] }).end(octets),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  from = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await sharedChromium()
})
afterAll(async () => {
  await closePages()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

it('has Chinese words of a file that only those load who want them, once', async () => {
  const english = await WorkshopVisit.begin(browser, '#/rs232', 'en', { from })
  await english.until(({ station }) => station === 'rs232')
  expect(asked).not.toContain('chinese.js')
  const { page } = english
  for (const [button, language] of [
    ['中文', 'zh-Hans'],
    ['English', 'en'],
    ['中文', 'zh-Hans'],
  ]) {
    await page.getByRole('button', { name: button, exact: true }).click()
    await page.locator(`html[lang="${language}"]`).waitFor()
  }
  const chinese = await WorkshopVisit.begin(browser, '#/rs232', 'zh', { from })
  await chinese.page.getByRole('heading', { name: chinese.word('area.words') }).waitFor()
  await page.getByRole('heading', { name: chinese.word('area.words') }).waitFor()
  expect(asked.filter((name) => name === 'chinese.js')).toHaveLength(2)
  for (const visit of [english, chinese]) {
    expect(visit.complaints).toEqual([])
    await visit.close()
  }
})

variation('goes on in English where the words cannot be loaded, and says so; a later try is another', async () => {
  let missing = true
  const visit = await WorkshopVisit.begin(browser, '#/rs232', 'zh', {
    from,
    prepare: (page) => page.route('**/chinese.js', (route) => (missing ? route.abort() : route.continue())),
  })
  const { page } = visit
  const told = page.getByRole('alert')
  await told.getByText('could not be loaded; the rest of it goes on').waitFor()
  expect(await told.textContent()).toContain('chinese.js')
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await visit.until(({ station }) => station === 'rs232')
  missing = false
  await page.getByRole('button', { name: '中文', exact: true }).click()
  await page.locator('html[lang="zh-Hans"]').waitFor()
  await visit.close()
})
