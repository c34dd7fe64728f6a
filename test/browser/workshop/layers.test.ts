/** The layers station as a learner has it, in both languages. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkshopSnapshot } from '../../../host/workshop/protocol.js'
import { closePages, sharedChromium } from '../chromium.js'
import { languagesOf } from './languages.js'
import { WorkshopVisit } from './visit.js'

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

const PLACES = [
  ...(['d7', 'd6', 'd5', 'd4', 'd3', 'd2', 'd1'] as const),
  ...(['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'] as const),
] as const

const layers = ({ scene, pace }: WorkshopSnapshot) => {
  if (scene.kind !== 'layers') throw new Error(scene.kind)
  return { ...scene, rests: pace === 'resting' }
}

describe.each(languagesOf('layers'))('Layers in %s', (language) => {
  it('is gone through: send, step down and up, spoil, repeat, solve', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/layers', language)
    const { page } = visit
    const stage = page.locator('.layers-stage')
    const text = page.getByLabel(visit.word('layers.set.text'), { exact: true })
    const choose = async (key: 'layers.set.spoil' | 'layers.set.model' | 'layers.set.transport', value: string) => {
      await page.getByLabel(visit.word(key), { exact: true }).selectOption(value)
      await visit.until(({ settings }) => settings[key.slice('layers.set.'.length)] === value)
    }
    await text.fill('你好')
    await page.keyboard.press('Enter')
    await visit.until((shown) => layers(shown).rests && layers(shown).shown.at(-1) === '你好')
    expect(await stage.locator('.part text').allTextContents()).toContain('你好')

    // Down and up again, a layer at a time: the fourteen places, each with its sentence.
    const seen = new Set<string | null>()
    for (const place of PLACES) {
      await stage.locator('.detail strong', { hasText: visit.word(`layers.at.${place}`) }).waitFor()
      seen.add(await stage.locator('.detail p').first().textContent())
      if (place !== 'u7') await stage.getByRole('button', { name: visit.word('layers.next') }).click()
    }
    expect(seen.size).toBe(PLACES.length)
    expect(await stage.locator('.layer-box.now').count()).toBe(1)

    // By keyboard, on the picture.
    await stage
      .getByRole('button', { name: new RegExp(`7 ${visit.word('layers.name.7').slice(2)}`) })
      .first()
      .focus()
    await page.keyboard.press('Enter')
    await visit.until((shown) => layers(shown).look === 'd7')

    await choose('layers.set.model', 'tcpip')
    expect(await stage.locator('.layer-box').count()).toBe(8)
    expect(await visit.findings()).toEqual([])

    await choose('layers.set.spoil', 'transport-checksum')
    await stage.getByRole('button', { name: visit.word('frame.act.send'), exact: true }).click()
    await visit.until((shown) => layers(shown).rests && layers(shown).copies.length === 2)
    expect(await stage.locator('.copies .dropped').textContent()).toContain(visit.word('layers.loss.checksum'))
    expect(await stage.locator('.layer-box.dropped').count()).toBe(1)
    await stage.locator('.copies button').nth(1).click()
    await visit.until((shown) => layers(shown).copy === 1)
    expect(await stage.locator('.layer-box.passed').count()).toBe(4)

    await visit.press('task.take')
    await visit.until(({ task, settings }) => task.taken && settings.spoil === 'none')
    await text.fill('éé你abc')
    await page.keyboard.press('Enter')
    await visit.until((shown) => layers(shown).shown.at(-1) === 'éé你abc' && layers(shown).rests)
    expect((await visit.snapshot()).task.solved).toBe(false)
    await text.fill('éé你éab')
    await page.keyboard.press('Enter')
    await visit.until((shown) => layers(shown).rests && layers(shown).shown.at(-1) === 'éé你éab')
    expect((await visit.snapshot()).task.solved).toBe(false)
    await text.fill('你你你abc')
    await page.keyboard.press('Enter')
    await visit.until(({ task }) => task.solved)
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
