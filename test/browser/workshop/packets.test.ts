/** The packets station as a learner has it, in both languages. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkshopSnapshot } from '../../../host/workshop/protocol.js'
import type { PlainKey } from '../../../host/workshop/words/told.js'
import { closePages, sharedChromium } from '../chromium.js'
import { languagesOf } from './languages.js'
import { WorkshopVisit } from './visit.js'

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

function sceneOf({ scene }: WorkshopSnapshot) {
  if (scene.kind !== 'packets') throw new Error(scene.kind)
  return scene
}

describe.each(languagesOf('packets'))('packets in %s', (language) => {
  it('is gone through: ask, ping, step, trace, cut, lose, break, solve', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/packets', language)
    const { page } = visit
    const choose = async (key: PlainKey, name: string, value: string) => {
      await page.getByLabel(visit.word(key), { exact: true }).selectOption(value)
      await visit.until(({ settings }) => settings[name] === value)
    }
    const fill = async (key: PlainKey, name: string, value: string) => {
      await page.getByLabel(visit.word(key), { exact: true }).fill(value)
      await page.keyboard.press('Tab')
      await visit.until(({ settings }) => settings[name] === value)
    }
    /** Pings, and waits until there is nothing more to come. */
    const ping = async () => {
      const { log } = await visit.snapshot()
      await visit.press('packets.act.ping')
      return visit.until((shown) => shown.pace === 'resting' && shown.log.at(-1)?.at !== log.at(-1)?.at)
    }
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')

    // ARP first, then the ping, hop by hop.
    expect(sceneOf(await ping()).hops).toHaveLength(1)
    expect(await page.locator('.hops li').textContent()).toContain('192.168.9.2')
    expect(await page.locator('.twin [data-thing="arp-board-192.168.7.1"]').count()).toBe(1)
    const button = page.locator('.frames button', { hasText: 'echo 1, TTL 63' })
    await button.click()
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    expect(await page.locator('.headers .ipv4').textContent()).toContain('192.168.9.2')
    expect(await page.locator('.headers .wrong').count()).toBe(0)
    expect(await visit.findings()).toEqual([])

    // Step by step: a frame is drawn where it is.
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('1000')
    await visit.press('packets.act.ping')
    await visit.press('time.pause')
    await visit.until(({ pace }) => pace === 'paused')
    for (const segment of ['board', 'router-a', 'transit']) {
      await visit.press('time.step.frame')
      await visit.until(
        (shown) =>
          shown.pace === 'paused' && sceneOf(shown).frames.some((each) => each.live && each.segment === segment),
      )
    }
    expect(await page.locator('.flying').textContent()).toContain('echo 2, TTL 63')
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')
    await visit.press('time.play')
    await visit.until(({ pace }) => pace === 'resting')

    // The first router takes the last of it, and says so.
    await fill('packets.set.ttl', 'ttl', '1')
    expect(sceneOf(await ping()).hops).toHaveLength(2)
    expect(await page.locator('.hops .wrong').textContent()).toContain('192.168.7.1')
    await fill('packets.set.ttl', 'ttl', '64')

    // In fragments: whole, and with one missing.
    await choose('packets.set.mtu', 'mtu', '576')
    await fill('packets.set.size', 'size', '1000')
    expect(sceneOf(await ping()).datagrams.map(({ whole }) => whole)).toEqual([true, true])
    expect(await page.locator('.fragments .piece').count()).toBe(4)
    await choose('packets.set.lost', 'lost', 'later')
    await visit.press('packets.act.ping')
    const lost = await visit.until(({ log }) => log.some(({ told }) => told.key === 'packets.result.none'))
    expect(sceneOf(lost).datagrams.some(({ whole }) => !whole)).toBe(true)
    await choose('packets.set.lost', 'lost', 'none')

    await page.getByLabel(visit.word('break.what')).selectOption('partner-no-arp')
    await visit.press('break.apply')
    await visit.until(({ fault }) => fault === 'partner-no-arp')
    expect((await ping()).log.at(-1)).toMatchObject({ wrong: true, told: { key: 'packets.result.no-arp' } })

    await visit.press('task.take')
    await visit.until(({ task, settings }) => task.taken && settings.mask === '16')
    expect((await ping()).task.solved).toBe(false)
    await choose('packets.set.mask', 'mask', '24')
    await choose('packets.set.gateway', 'gateway', 'router-a')
    await fill('packets.set.ttl', 'ttl', '3')
    await visit.press('packets.act.ping')
    await visit.until(({ task }) => task.solved)
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))
    await visit.press('task.reset')
    await visit.until(({ settings, record }) => settings.ttl === '64' && record.length === 0)
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
