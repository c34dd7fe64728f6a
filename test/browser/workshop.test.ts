/** The workshop page as a learner has it, in Chromium, from a file: each station in both languages, by mouse and by keyboard alone. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WorkshopSimulation } from '../../host/workshop/simulation.js'
import { launchChromium, WORKSHOP_FILE, type WorkshopLanguage, WorkshopVisit } from './workshop-page.js'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const LANGUAGES: readonly WorkshopLanguage[] = ['en', 'zh']

describe('the single file', () => {
  const octets = readFileSync(WORKSHOP_FILE)

  it('takes at most 600 kB by gzip -9, and what is loaded first at most 400', () => {
    // Everything is loaded first: the simulation is in it.
    expect(gzipSync(octets, { level: 9 }).length).toBeLessThanOrEqual(400_000)
  })

  it('has a policy of hashes, without eval, without inline anything, without a connection to anywhere', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(octets.toString('utf8'))!
    expect(policy).toMatch(/default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; worker-src blob:/)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })
})

describe.each(LANGUAGES)('RS-232 in %s', (language) => {
  it('is gone through: type, watch, break, repair, solve', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/rs232', language)
    const { page } = visit
    const arrived = async () => {
      const { scene } = await visit.snapshot()
      return scene.kind === 'rs232' ? scene.arrived.map(({ text }) => text).join(' ') : scene.kind
    }
    expect(await page.title()).toBe(visit.word('page.title'))
    expect(await visit.findings()).toEqual([])

    // As fast as it goes: what was typed arrives, on the stage, in the lanes, in words.
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')
    await page.getByLabel(visit.word('rs232.set.text')).fill('Go!')
    await page.getByLabel(visit.word('rs232.set.text')).press('Enter')
    await visit.until(({ pace, scene }) => pace === 'resting' && scene.kind === 'rs232' && scene.arrived.length === 5)
    expect(await arrived()).toBe('48h “H” 69h “i” 47h “G” 6Fh “o” 21h “!”')
    expect(await page.locator('.stage .arrival').last().textContent()).toContain('!')
    expect(await page.locator('[data-thing="screen"]').last().textContent()).toContain('47h “G” 6Fh “o” 21h “!”')
    expect(await page.locator('[data-lane="rx"] .mark').last().textContent()).toContain('21h')
    expect(new URL(page.url()).hash).toContain('text=Go')

    // Broken, it arrives otherwise, and the page says so where it was broken.
    await page.getByLabel(visit.word('break.what')).selectOption('serial-inverted')
    await visit.press('break.apply')
    await visit.until(({ fault }) => fault.startsWith('serial-inverted'))
    await visit.press('rs232.act.send')
    const inverted = await visit.until(
      ({ pace, record, scene }) =>
        record.at(-1)?.deed.kind === 'act' && pace === 'resting' && scene.kind === 'rs232' && scene.waiting === '',
    )
    expect(inverted.log.some(({ wrong }) => wrong)).toBe(true)
    expect(await page.locator('.broken').textContent()).toContain(visit.word('fault.serial-inverted'))
    await visit.press('break.mend')
    await visit.until(({ fault }) => fault === '')

    // The task: mended by a sender that is as slow.
    await visit.press('task.take')
    await page.getByLabel(visit.word('rs232.set.baud'), { exact: true }).fill('9120')
    await page.getByText(visit.word('area.more')).click()
    await page.getByLabel(visit.word('rs232.set.farbaud')).selectOption('9600')
    await page.getByLabel(visit.word('rs232.set.text')).fill('Hi')
    await visit.press('rs232.act.send')
    const solved = await visit.until(({ task }) => task.solved)
    expect(solved.settings).toMatchObject({ baud: '9120', farbaud: '9600' })
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))
    expect(await visit.findings()).toEqual([])

    // One click puts it back.
    await visit.press('task.reset')
    const back = await visit.until(({ settings }) => settings.baud === '9600')
    expect(back).toMatchObject({ fault: '', record: [], task: { taken: false } })
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})

describe.each(LANGUAGES)('RJ-45 in %s', (language) => {
  it('is gone through: send, pull, cut, cross, solve', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/rj45', language)
    const { page } = visit
    const set = async (key: 'rj45.set.cable' | 'rj45.set.plugged' | 'rj45.set.cut', name: string, value: string) => {
      await page.getByLabel(visit.word(key), { exact: true }).selectOption(value)
      await visit.until(({ settings }) => settings[name] === value)
    }
    const up = (near: boolean, far: boolean) =>
      visit.until(({ scene }) => scene.kind === 'rj45' && scene.near.up === near && scene.farJack.up === far)
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')
    await up(true, true)
    expect(await page.locator('.light.on').count()).toBe(2)
    await visit.press('rj45.act.send')
    await visit.until(({ scene }) => scene.kind === 'rj45' && scene.arrived.length === 1)
    expect(await page.locator('.arrival').textContent()).toContain('“Hello”')
    expect(await page.locator('.twin [data-thing="screen"]').textContent()).toContain('“Hello”')
    await set('rj45.set.cut', 'cut', 'white/orange')
    await up(true, false)
    expect(await page.locator('.conductor .fault').count()).toBe(1)
    await set('rj45.set.cut', 'cut', 'none')
    await up(true, true)
    await set('rj45.set.plugged', 'plugged', 'no')
    await up(false, false)
    expect(await visit.findings()).toEqual([])

    await visit.press('task.take')
    await visit.until(({ task, settings }) => task.taken && settings.far === 'computer')
    await set('rj45.set.cable', 'cable', 'crossover')
    await up(true, true)
    await visit.press('rj45.act.send')
    await visit.until(({ task }) => task.solved)
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))
    expect(visit.complaints).toEqual([])
    await visit.close()
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

describe('an address', () => {
  it('opens the very run that was shared, and the same run as in Node, event for event', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/rs232?text=Hello&noise=0.05&seed=7')
    await visit.press('time.pause')
    await visit.until(({ pace }) => pace === 'paused')
    await visit.page.getByLabel(visit.word('rs232.set.baud'), { exact: true }).fill('1200')
    await visit.page.keyboard.press('Tab')
    await visit.until(({ settings }) => settings.baud === '1200')
    await visit.press('time.step.character')
    const there = await visit.until(
      ({ pace, record, executed }) => pace === 'paused' && record.length === 1 && executed > 9,
    )
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

  it('of a station that is not built says so', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/rs232')
    await visit.page.getByRole('button', { name: visit.word('station.socket') }).click()
    expect(await visit.page.locator('.notice').textContent()).toContain(visit.word('station.socket.about'))
    await visit.close()
  })
})

describe('a phone', () => {
  it('has everything under one another, and nothing that axe finds', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/rs232', 'zh')
    await visit.page.setViewportSize({ width: 390, height: 800 })
    expect(await visit.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect(await visit.findings()).toEqual([])
    await visit.close()
  })
})
