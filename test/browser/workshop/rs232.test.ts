/** The RS-232 station as a learner has it, in both languages. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closePages, sharedChromium } from '../chromium.js'
import { languagesOf } from './languages.js'
import { WorkshopVisit } from './visit.js'

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

describe.each(languagesOf('rs232'))('RS-232 in %s', (language) => {
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
