/** The controller station as a learner has it, in both languages. */
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

function sceneOf({ scene }: WorkshopSnapshot) {
  if (scene.kind !== 'controller') throw new Error(scene.kind)
  return scene
}
const active = (shown: WorkshopSnapshot, region: string) =>
  sceneOf(shown).chart.find((each) => each.region === region)?.active
const packets = (shown: WorkshopSnapshot) => sceneOf(shown).memory.pieces.filter(({ kind }) => kind === 'packet')

describe.each(languagesOf('controller'))('the controller in %s', (language) => {
  it('is gone through: up, in hand, received, full, reset, broken, solved', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/controller', language)
    const { page } = visit
    type ActionKey = Parameters<typeof visit.word>[0] & `controller.act.${string}`
    const deed = (key: ActionKey) =>
      page
        .locator('.deeds')
        .getByRole('button', { name: visit.word(key), exact: true })
        .click()
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('8000000')
    await visit.until((shown) => active(shown, 'link') === 'up')
    expect(await page.locator('[data-thing="chart-chip"] .state.now').first().textContent()).toBe('running')
    expect(
      await page.locator('[data-panel="registers"] [data-thing="register-ECON1"] .bit.set').allTextContents(),
    ).toContain('RXEN')

    // In the learner's hands.
    await page.getByLabel(visit.word('controller.set.driver'), { exact: true }).selectOption('hand')
    await visit.until((shown) => sceneOf(shown).lent)
    await deed('controller.act.init')
    await visit.until(({ log }) => log.some(({ told }) => told.key === 'controller.did.init'))
    await visit.until((shown) => sceneOf(shown).link)
    await deed('controller.act.receive')
    await visit.until((shown) => packets(shown).length === 1)
    expect(await page.locator('.packet-memory .piece.packet').count()).toBe(1)
    expect(await page.locator('.twin [data-thing="packet-0"]').textContent()).toContain('Hello #')
    await deed('controller.act.read')
    await visit.until((shown) => packets(shown).length === 0)
    await page.locator('.transfers button').last().click()
    await page.locator('[data-lane="mosi"] .mark', { hasText: '9E' }).waitFor()
    expect(await visit.findings()).toEqual([])

    // A reset in the midst of it: the chart is held, and up again.
    await deed('controller.act.brown-out')
    await visit.until((shown) => active(shown, 'reset') === 'brown-out' && sceneOf(shown).lent)

    await visit.press('task.take')
    await visit.until(
      (shown) => shown.task.taken && packets(shown).length === 10 && !sceneOf(shown).interrupt.controller,
    )
    await page.getByLabel(visit.word('controller.set.driver'), { exact: true }).selectOption('firmware')
    await visit.until((shown) => active(shown, 'link') === 'up' && packets(shown).length === 0)
    await deed('controller.act.receive')
    await visit.until(({ task }) => task.solved)
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))

    await page.getByLabel(visit.word('break.what')).selectOption('miso-open')
    await visit.press('break.apply')
    await visit.until((shown) => active(shown, 'fault') === 'spi-dead')
    expect(await page.locator('[data-thing="chart-fault"] .state.now.wrong').textContent()).toBe('spi-dead')
    await visit.press('task.reset')
    await visit.until((shown) => shown.fault === '' && active(shown, 'link') === 'up')
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
