/** The workshop page itself: the file and its policy, its address, the keyboard alone, a phone. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WorkshopSimulation } from '../../../host/workshop/simulation.js'
import { STATION_NAMES } from '../../../host/workshop/station-names.js'
import { casesOf } from '../../judge/parts.js'
import { variation } from '../../judge/variations.js'
import { closePages, sharedChromium } from '../chromium.js'
import { INSTANT_STATIONS, visitShown } from './shown.js'
import { WORKSHOP_FILE, WorkshopVisit } from './visit.js'

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

describe('the single file', () => {
  const octets = readFileSync(WORKSHOP_FILE)

  it('takes at most 600 kB by gzip -9, and what is loaded first at most 400', () => {
    const packed = (text: string | Buffer) => gzipSync(text, { level: 9 }).length
    expect(packed(octets)).toBeLessThanOrEqual(600_000)
    // The checks and the emulated controller are nobody's before the bench is opened, and Chinese words before they are wanted.
    const first = octets.toString('utf8').replace(/<script type="text\/plain" id="(bench|chinese)">.*?<\/script>/gs, '')
    expect(octets.length - Buffer.byteLength(first)).toBeGreaterThan(300_000)
    expect(packed(first)).toBeLessThanOrEqual(400_000)
  })

  it('has a policy of hashes, without eval, without inline anything, without a connection to anywhere', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(octets.toString('utf8'))!
    expect(policy).toMatch(
      /default-src 'none'; script-src(?: 'sha256-[^']+'){4}; style-src 'sha256-[^']+'; worker-src blob:/,
    )
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })
})

describe('the keyboard alone', () => {
  it('reaches time, settings, probes and the cursor, and moves them', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/rs232')
    const { page } = visit
    const focus = () =>
      page.evaluate(() => {
        const { activeElement: at } = (
          globalThis as unknown as {
            document: { activeElement: { getAttribute(name: string): string | null; textContent: string } }
          }
        ).document
        return at.getAttribute('aria-label') ?? at.textContent.slice(0, 60)
      })
    const tabTo = async (words: string) => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab')
        if ((await focus()).includes(words)) return
      }
      throw new Error(`no Tab leads to ${words}`)
    }
    await tabTo(visit.word('page.skip'))
    await page.keyboard.press('Enter')
    expect(await focus()).toContain(visit.word('area.stage'))
    await tabTo('This end, pin 8 CTS')
    await page.keyboard.press('Enter')
    await page.locator('.lane[data-lane="cts"]').waitFor()
    await tabTo(visit.word('area.lanes'))
    await page.keyboard.press('ArrowLeft')
    expect(await page.locator('.reading').textContent()).toMatch(/cursor at .*TXD at the UART’s pin \(TTL\): [05].00 V/)
    await tabTo(visit.word('time.pause'))
    await page.keyboard.press('Space')
    const paused = await visit.until(({ pace }) => pace === 'paused')
    await tabTo(visit.word('time.step.bit'))
    await page.keyboard.press('Enter')
    await visit.until(({ now, pace }) => now > paused.now && pace === 'paused')
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})

describe('a field', () => {
  variation('keeps what is being typed while time passes, and is as it was when the station is put back', async () => {
    // Forty characters at one bit a second: time passes for as long as anybody types.
    const visit = await WorkshopVisit.begin(browser, `#/rs232?text=${'U'.repeat(40)}`)
    const { page } = visit
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('1')
    const field = page.getByLabel(visit.word('rs232.set.baud'), { exact: true })
    await field.selectText()
    for (const digit of '1200') {
      await page.keyboard.type(digit)
      const { now } = await visit.snapshot()
      await visit.until((shown) => shown.now > now)
    }
    expect(await field.inputValue()).toBe('1200')
    await page.keyboard.press('Tab')
    await visit.until(({ settings }) => settings.baud === '1200')
    await page.getByLabel(visit.word('rs232.set.text')).fill('not sent')
    await visit.press('task.reset')
    await visit.until(({ settings }) => settings.baud === '9600')
    expect(await page.getByLabel(visit.word('rs232.set.text')).inputValue()).toBe('Hi')
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})

describe('a choice', () => {
  variation(
    'is shown at once, however many snapshots come before the simulation has heard of it, and what was refused is not',
    async () => {
      const visit = await WorkshopVisit.begin(browser, `#/rs232?text=${'U'.repeat(40)}`, 'en', {
        // Commands are on their way for longer than a snapshot.
        prepare: (page) =>
          page.addInitScript(`{
          const post = Worker.prototype.postMessage
          Worker.prototype.postMessage = function (...message) {
            setTimeout(() => post.apply(this, message), 400)
          }
        }`),
      })
      const { page } = visit
      const speed = page.getByLabel(visit.word('time.speed'), { exact: true })
      await visit.until(({ pace }) => pace === 'running')
      await speed.selectOption('1')
      await visit.until(({ bitsPerSecond }) => bitsPerSecond === 1)
      const line = page.getByLabel(visit.word('rs232.set.line'), { exact: true })
      const { now, settings } = await visit.snapshot()
      await line.selectOption('rs-422')
      for (let shown = await visit.until((each) => each.now > now); shown.settings.line === settings.line; ) {
        expect(await line.inputValue()).toBe('rs-422')
        shown = await visit.until((each) => each.now > shown.now || each.settings.line !== settings.line)
      }
      expect(await line.inputValue()).toBe('rs-422')
      const baud = page.getByLabel(visit.word('rs232.set.baud'), { exact: true })
      await baud.fill('1')
      await page.keyboard.press('Tab')
      await visit.until(({ refused }) => refused !== undefined)
      expect(await baud.inputValue()).toBe(settings.baud)
      expect(visit.complaints).toEqual([])
      await visit.close()
    },
  )
})

describe('an address', () => {
  it('opens the very run that was shared, and the same run as in Node, event for event', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/rs232?text=Hello&noise=0.05&seed=7')
    await visit.press('time.pause')
    await visit.until(({ pace }) => pace === 'paused')
    await visit.page.getByLabel(visit.word('rs232.set.baud'), { exact: true }).fill('1200')
    await visit.page.keyboard.press('Tab')
    const before = await visit.until(({ settings }) => settings.baud === '1200')
    await visit.press('time.step.character')
    // It stood before the step too, on a busy computer after any number of events.
    const there = await visit.until(({ pace, executed }) => pace === 'paused' && executed > before.executed)
    expect(there.record.length).toBe(1)
    await visit.press('task.share')
    const link = await visit.page.getByLabel(visit.word('task.share-by-hand')).inputValue()
    const other = await WorkshopVisit.begin(browser, new URL(link).hash.replace(/&lang=en$/, ''))
    const opened = await other.until(({ pace }) => pace === 'paused')
    expect(opened).toMatchObject({ hash: there.hash, now: there.now, executed: there.executed })

    const here = new WorkshopSimulation()
    here.receive({
      kind: 'open',
      station: 'rs232',
      seed: there.seed,
      settings: there.opened.settings,
      record: there.record,
      until: there.now,
    })
    while (here.work() !== undefined);
    expect(here.snapshot().hash).toBe(there.hash)
    expect([...visit.complaints, ...other.complaints]).toEqual([])
    await Promise.all([visit.close(), other.close()])
  })

  it('that is nonsense is answered in words, on a page that works', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/nowhere?baud=fast&seed=x&at=never&do=~_~1_2_z&fault=what')
    expect(await visit.page.locator('.notice').textContent()).toContain('nowhere')
    expect(await visit.snapshot()).toMatchObject({ station: 'rs232', seed: 1, settings: { baud: '9600' }, fault: '' })
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})

describe('a phone', () => {
  it.each(casesOf('page-phone', STATION_NAMES))(
    'has all of %s under one another, and nothing that axe finds',
    async (station) => {
      const visit = await visitShown(browser, station, 'zh')
      await visit.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
      await visit.fit({ width: 390, height: 800 })
      expect(await visit.findings()).toEqual([])
      expect(visit.complaints).toEqual([])
      await visit.close()
    },
  )
})

describe('reduced motion', () => {
  it.each(casesOf('page-still', INSTANT_STATIONS))(
    '%s stands until somebody lets time pass, and nothing glides',
    async (station) => {
      const visit = await WorkshopVisit.begin(browser, `#/${station}`, 'en', { reducedMotion: 'reduce' })
      const opened = await visit.until(({ pace }) => pace === 'paused')
      const here = new WorkshopSimulation()
      here.receive({ kind: 'open', station, seed: 1, settings: {}, until: 0 })
      while (here.work() !== undefined);
      const { now, executed, hash } = here.snapshot()
      expect(opened).toMatchObject({ now, executed, hash, record: [] })
      await visit.press('time.play')
      await visit.until(({ pace }) => pace !== 'paused')
      expect(await visit.page.evaluate('document.getAnimations().length')).toBe(0)
      expect(visit.complaints).toEqual([])
      await visit.close()
    },
  )
})
