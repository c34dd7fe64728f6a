/** The RJ-45 station as a learner has it, in both languages. */
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

describe.each(languagesOf('rj45'))('RJ-45 in %s', (language) => {
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
