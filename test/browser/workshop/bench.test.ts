/** The bench as a learner has it, in both languages: a hidden fault, a program of one’s own, a real board by a stand-in for its port. */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { turn } from '../../../host/event-loop.js'
import { parseReport } from '../../../host/index.js'
import type { WorkshopSnapshot } from '../../../host/workshop/protocol.js'
import { WorkshopSimulation } from '../../../host/workshop/simulation.js'
import { BENCH_STATION } from '../../../host/workshop/stations/bench/bench.js'
import { build } from '../../avr/assembler.js'
import { casesOf } from '../../judge/parts.js'
import { variation } from '../../judge/variations.js'
import { bundleForBrowser } from '../bundle.js'
import { closePages, sharedChromium } from '../chromium.js'
import { languagesOf } from './languages.js'
import type { STAND_IN } from './serial-stand-in.js'
import { WORKSHOP_FILE, WorkshopVisit } from './visit.js'

/** A page has them; the types of the tests are Node's. */
declare const DataTransfer: new () => { readonly items: { add(file: File): void } }
declare const navigator: object

const IMAGES = new URL('../../../firmware/bridge/images/', import.meta.url)
const SKETCHES = new URL('../../avr/sketches/', import.meta.url)

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

function sceneOf({ scene }: WorkshopSnapshot) {
  if (scene.kind !== 'bench') throw new Error(scene.kind)
  return scene
}
const reported = (shown: WorkshopSnapshot) => sceneOf(shown).suite?.report

/** What a button with this name saves. */
async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return readFileSync(await download.path(), 'utf8')
}

/** Files let go over the place for them, as a hand does; a number is a file of so many zeros. */
async function drop(
  page: Page,
  ...files: readonly (readonly [name: string, content: Uint8Array | number])[]
): Promise<void> {
  const plain = files.map(([name, content]) => [name, typeof content === 'number' ? content : [...content]] as const)
  const data = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const [name, content] of given)
      transfer.items.add(
        new File([typeof content === 'number' ? new Uint8Array(content) : Uint8Array.from(content)], name),
      )
    return transfer
  }, plain)
  const place = page.getByTestId('drop')
  await place.dispatchEvent('dragover', { dataTransfer: data })
  await place.dispatchEvent('drop', { dataTransfer: data })
}

describe.each(languagesOf('bench'))('the bench in %s', (language) => {
  it('finds a hidden fault, names it, has it repaired, and passes', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/bench', language)
    const { page } = visit
    const check = () => page.getByRole('button', { name: visit.word('bench.act.check'), exact: true }).click()
    await visit.press('task.take')
    await visit.until(({ fault, task }) => fault === '?' && task.taken)
    // What is hidden is not mended unseen.
    expect(await page.getByRole('button', { name: visit.word('break.mend'), exact: true }).isDisabled()).toBe(true)
    await check()
    await page.locator('.bench progress').waitFor()
    const { diagnosis, verdict } = reported(await visit.until((shown) => reported(shown) !== undefined))!
    expect(verdict).toBe('fail')

    // The page says what the report says, in words of its language, with its probability.
    const first = page.locator('.diagnosis li[data-cause]').first()
    await first.waitFor()
    expect(await first.getAttribute('data-cause')).toBe(diagnosis[0].cause)
    expect(await first.textContent()).toContain(`${Math.round(diagnosis[0].confidence * 100)} %`)
    if (language === 'en')
      for (const sentence of diagnosis[0].evidence) expect(await first.textContent()).toContain(sentence)
    else expect(await first.textContent()).toMatch(/把握 \d+ %.*依据.*怎么办/s)
    expect(await page.locator('.chain [data-state="fail"]').count()).toBeGreaterThan(0)
    expect(await page.locator('.twin [data-thing^="cause-"]').first().textContent()).toContain(diagnosis[0].cause)
    expect(await visit.findings()).toEqual([])

    // Its report is one of the command line's.
    expect(parseReport(await saved(page, visit.word('bench.stage.json')), 'it')).toMatchObject({
      target: 'model:uno',
      verdict,
    })
    const html = await saved(page, visit.word('bench.stage.html'))
    expect(html).toContain(`<html lang="${language === 'en' ? 'en' : 'zh'}`)
    expect(html).toContain(diagnosis[0].cause)

    // Repaired by what it names; a wrong guess changes nothing.
    const repair = page.locator('.diagnosis .buttons').getByRole('button', { disabled: false })
    for (let i = 0; (await visit.snapshot()).fault !== ''; i++) {
      const { record } = await visit.snapshot()
      await repair.nth(i).click()
      await visit.until((shown) => shown.record.length > record.length)
    }
    await page.getByText(visit.word('bench.suite.stale')).first().waitFor()
    await check()
    await visit.until((shown) => reported(shown)?.verdict === 'pass')
    await visit.until(({ task }) => task.solved)
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))

    // Another one, which is told instead of found.
    await visit.press('break.surprise')
    await visit.until(({ fault }) => fault === '?')
    await visit.press('break.reveal')
    await visit.until(({ fault }) => fault !== '?' && fault !== '')
    expect(visit.complaints).toEqual([])
    await visit.close()
  })

  it('runs a program that is dropped on it, shows what it says, and which rules it breaks', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/bench', language)
    const { page } = visit
    await page.getByTestId('drop').waitFor()
    const { elf } = build([new URL('ping.c', SKETCHES).pathname])
    await drop(page, ['ping.elf', elf])
    // Before that it resets its chip, and whoever asks it gets no answer.
    await visit.until((shown) => sceneOf(shown).program?.said.includes('up\n') === true)
    const said = await visit.until((shown) =>
      sceneOf(shown).things.some(({ told }) => told.key === 'bench.program.link'),
    )
    expect(await page.getByTestId('said').textContent()).toContain(sceneOf(said).program?.said.split('\n')[0])
    await page.getByRole('button', { name: visit.word('bench.act.ping') }).click()
    await visit.until(({ log }) => log.some(({ told }) => told.key === 'packets.result.reply'))

    // By the field, which a keyboard reaches: one that is typed to.
    const give = (name: string, buffer: Buffer) =>
      page
        .getByLabel(visit.word('bench.act.load'))
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await give('echo.hex', Buffer.from(build([new URL('echo.c', SKETCHES).pathname]).hex))
    await visit.until((shown) => sceneOf(shown).program?.said === 'ready\n')
    await page.getByLabel(visit.word('bench.stage.say')).fill('HAL')
    await page.keyboard.press('Enter')
    await visit.until((shown) => sceneOf(shown).program?.said.includes('IBM') === true)
    await page.getByTestId('said').getByText('IBM').waitFor()

    await give('misuse.hex', Buffer.from(build([new URL('misuse.c', SKETCHES).pathname]).hex))
    const finding = page.locator('[data-finding="bit-field-on-mac-register"]')
    await finding.waitFor()
    expect(await finding.textContent()).toContain('DS39662 4.2.4')
    expect(await visit.findings()).toEqual([])

    // What is no program is refused where it was given, with what is wrong and where.
    const wrong = page.locator('.refused')
    await give('holiday.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]))
    await wrong.getByText('holiday.jpg').waitFor()
    expect(await wrong.textContent()).toMatch(language === 'en' ? /neither an Intel HEX file/ : /既不是 Intel HEX 文件/)
    await give('cut.hex', Buffer.from(':10000000FF'))
    await wrong.getByText('cut.hex').waitFor()
    expect(await wrong.textContent()).toMatch(language === 'en' ? /line 1: says 16 data octets/ : /第 1 行：写着 16 个/)
    await drop(page, ['film.hex', 17 << 20])
    await wrong.getByText('film.hex').waitFor()
    expect(await wrong.textContent()).toContain('16 MiB')
    await drop(page, ['one.hex', 1], ['two.hex', 1])
    await wrong.getByText(visit.word('bench.file.one')).waitFor()
    expect(await page.getByTestId('said').count()).toBe(0)
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})

variation('the keyboard alone checks, repairs, reads the results and reaches the field for a file', async () => {
  const visit = await WorkshopVisit.begin(browser, '#/bench?fault=int-open&only=spi')
  const { page } = visit
  const tabTo = async (selector: string) => {
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(`${selector}:focus`).count()) > 0) return
    }
    throw new Error(`no Tab leads to ${selector}`)
  }
  await page.locator('[data-panel="suite"]').waitFor()
  await tabTo('[data-panel="suite"] button.main')
  await page.keyboard.press('Enter')
  await visit.until((shown) => reported(shown)?.verdict === 'fail')
  await page.locator('.report').waitFor()
  await tabTo('.diagnosis li[data-cause="int-open"] button')
  await page.keyboard.press('Enter')
  await visit.until(({ fault }) => fault === '')
  await tabTo('.report .box')
  await page.keyboard.press('End')
  await tabTo('#program')
  expect(visit.complaints).toEqual([])
  await visit.close()
})

it('the bench is the same run in a worker as in Node, event for event', async () => {
  const visit = await WorkshopVisit.begin(browser, '#/bench?fault=mosi-open&seed=5&only=spi')
  await visit.page.getByRole('button', { name: visit.word('bench.act.check'), exact: true }).click()
  const there = await visit.until((shown) => reported(shown) !== undefined && shown.pace === 'resting')
  const { seed, record, opened, now, hash, executed } = there
  const here = new WorkshopSimulation(undefined, [BENCH_STATION])
  here.receive({ kind: 'open', station: 'bench', seed, ...opened, record, until: now })
  while (here.work() !== undefined) await turn()
  expect(here.snapshot()).toMatchObject({ hash, executed, now })
  expect(visit.complaints).toEqual([])
  await visit.close()
})

describe('a real board', () => {
  const standIn = async (fault: string) => {
    const board = await bundleForBrowser('test/browser/workshop/serial-stand-in-board.ts', {
      BRIDGE_IMAGE: JSON.stringify(readFileSync(new URL('bridge-uno.hex', IMAGES), 'latin1')),
      BOARD_FAULT: JSON.stringify(fault),
    })
    return bundleForBrowser('test/browser/workshop/serial-stand-in.ts', { BOARD_SOURCE: JSON.stringify(board) })
  }
  const asked = (page: Page) =>
    page.evaluate(() => {
      const { opened, resets, isOpen } = (globalThis as unknown as { STAND_IN: typeof STAND_IN }).STAND_IN
      return { opened, resets, isOpen }
    })

  const CHECKED = [
    { language: 'zh', address: '#/bench?only=spi', fault: 'miso-open' },
    { language: 'en', address: '#/bench', fault: '' },
  ] as const

  it.each(casesOf('page-real-board', CHECKED))(
    'is checked at the port that was chosen, without a reset in its course: $address in $language',
    async (board) => {
      const { language, address, fault } = board
      const script = await standIn(fault)
      const visit = await WorkshopVisit.begin(browser, address, language, {
        prepare: (page) => page.addInitScript(script),
      })
      const { page } = visit
      const real = page.locator('[data-panel="real"]')
      const choose = real.getByRole('button', { name: visit.word('bench.real.choose') })
      const refuse = (refused: boolean) =>
        page.evaluate((now) => {
          ;(globalThis as unknown as { STAND_IN: { refuse: boolean } }).STAND_IN.refuse = now
        }, refused)
      await refuse(true)
      await choose.click()
      await real.getByText(visit.word('bench.real.none')).waitFor()
      await refuse(false)
      await choose.click()
      await real.getByText('serial:usb-2341-0043').waitFor()
      await real.locator('.report').waitFor()
      const report = parseReport(await saved(page, visit.word('bench.stage.json')), 'it')
      expect(report).toMatchObject({ target: 'serial:usb-2341-0043', backend: 'serial', board: 'uno', seed: null })
      const failed = report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
      if (fault === '') {
        expect(report.checks.length).toBeGreaterThan(80)
        // What a busy computer spoils is skipped, and never fails.
        expect(failed).toEqual([])
        expect(report.checks.find(({ id }) => id === 'spi.miso')?.verdict).toBe('pass')
      } else {
        expect(failed).toContain('spi.miso')
        const cause = real.locator(`.diagnosis li[data-cause="${fault}"]`)
        expect(await cause.textContent()).toContain(visit.word(`fault.${fault}`))
        // Nobody repairs a real board from here.
        expect(await cause.getByRole('button').count()).toBe(0)
      }
      expect(await asked(page)).toEqual({ opened: 1, resets: 1, isOpen: false })
      expect(await visit.findings()).toEqual([])
      expect(visit.complaints).toEqual([])
      await visit.close()
    },
  )

  variation('is said to be out of reach where the browser has no Web Serial', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/bench', 'en', {
      prepare: (page) => page.addInitScript(() => Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'serial')),
    })
    const real = visit.page.locator('[data-panel="real"]')
    await real.getByText(visit.word('bench.real.no-serial')).waitFor()
    expect(await real.getByRole('button').count()).toBe(0)
    await visit.close()
  })
})

describe('the folder for a web server', () => {
  variation('loads the bench when it is opened, and not before', async () => {
    const folder = join(WORKSHOP_FILE, '../workshop')
    const given: string[] = []
    const server = createServer(({ url = '' }, response) => {
      const name = url === '/' ? 'index.html' : url.slice(1)
      given.push(name)
      response.setHeader(
        'content-type',
        name.endsWith('.html') ? 'text/html' : name.endsWith('.css') ? 'text/css' : 'text/javascript',
      )
      response.end(readFileSync(join(folder, name)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const page = await browser.newPage()
    page.setDefaultTimeout(600_000)
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#/rs232?lang=en`)
    await page.getByRole('main').waitFor()
    expect(given.filter((name) => name.includes('bench'))).toEqual([])
    await page.getByRole('button', { name: '9 Bench' }).click()
    await page.locator('.bench').waitFor()
    expect(given.filter((name) => name.includes('bench')).sort()).toEqual(['bench-worker.js', 'bench.js', 'bench.js'])
    await page.getByRole('button', { name: 'run the checks', exact: true }).click()
    await page.locator('.report[data-verdict="pass"]').waitFor()
    expect(complaints).toEqual([])
    await page.close()
    await new Promise((resolve) => server.close(resolve))
  })
})
