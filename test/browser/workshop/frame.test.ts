/** The frame station as a learner has it, in both languages. */
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

const end = ({ scene }: WorkshopSnapshot, id: string) =>
  scene.kind === 'frame' ? scene.ends.find((each) => each.id === id) : undefined
const resting = ({ pace }: WorkshopSnapshot) => pace === 'resting'

describe.each(languagesOf('frame'))('Frame in %s', (language) => {
  it('is gone through: send, turn a bit over, switch, collide, solve', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/frame', language)
    const { page } = visit
    const send = () =>
      page
        .locator('.frame-stage')
        .getByRole('button', { name: visit.word('frame.act.send'), exact: true })
        .click()
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')
    await send()
    await visit.until((shown) => resting(shown) && end(shown, 'b')?.taken === 1)
    expect(await page.locator('.end[data-thing="b"]').textContent()).toContain('“Hello”')
    expect(await page.locator('.end[data-thing="c"] li').textContent()).toContain(visit.word('reason.filter'))

    // By keyboard alone: the last octet but three is the first of the FCS.
    const grid = page.getByRole('toolbar', { name: visit.word('frame.octets') })
    await grid.locator('[tabindex="0"]').focus()
    for (const key of ['End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key)
    await page.locator('.bits .bit').nth(3).focus()
    await page.keyboard.press('Enter')
    await visit.until(({ settings }) => settings.flips === `${68 * 8 + 3}`)
    expect(await grid.locator('.turned').count()).toBe(1)
    await send()
    await visit.until((shown) => resting(shown) && (end(shown, 'b')?.dropped.length ?? 0) === 1)
    expect(await page.locator('.end[data-thing="b"] li').textContent()).toContain(visit.word('reason.fcs'))
    expect(await page.locator('.lanes .mark.wrong').count()).toBeGreaterThan(0)
    expect(await visit.findings()).toEqual([])
    await visit.press('frame.clear')
    await visit.until(({ settings }) => settings.flips === '')

    await visit.press('frame.act.both')
    await visit.until((shown) => resting(shown) && end(shown, 'c')?.taken === 1)
    expect(await page.locator('.tries .try.broken').count()).toBeGreaterThan(1)

    await visit.press('task.take')
    await visit.until(({ task, settings }) => task.taken && settings.c === 'all')
    await page.getByLabel(visit.word('frame.set.to'), { exact: true }).fill('B')
    await page.keyboard.press('Tab')
    await page.locator('.notice', { hasText: '“B”' }).waitFor()
    await page.getByLabel(visit.word('frame.set.to'), { exact: true }).fill('02-00-00-00-00-0B')
    await page.keyboard.press('Tab')
    await visit.until(({ settings }) => settings.to === '02-00-00-00-00-0B')
    await page.getByLabel(visit.word('frame.set.c'), { exact: true }).selectOption('usual')
    await visit.press('frame.clear')
    await visit.until(({ settings }) => settings.flips === '' && settings.c === 'usual')
    await send()
    await visit.until(({ task }) => task.solved)
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))

    await page.getByLabel(visit.word('frame.set.box'), { exact: true }).selectOption('switch')
    await page.locator('.end[data-thing="b"]').getByRole('button').click()
    await visit.until((shown) => resting(shown) && end(shown, 'b')?.learned === 1)
    expect(await page.locator('[data-thing="box"].switch').textContent()).toContain('B')
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
