/** The handshake station as a learner has it, in both languages. */
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

const states = ({ scene }: WorkshopSnapshot) =>
  scene.kind === 'handshake' ? `${scene.client.state} ${scene.server.state}` : scene.kind

describe.each(languagesOf('handshake'))('the handshake in %s', (language) => {
  it('is gone through: watch, drop what has passed, close, reset, solve', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/handshake', language)
    const { page } = visit
    const end = (name: 'client' | 'server') =>
      page.getByRole('group', { name: visit.word(`ladder.end.${name}`), exact: true })
    const press = (name: 'client' | 'server', deed: 'connect' | 'send' | 'close' | 'reset') =>
      end(name)
        .getByRole('button', { name: visit.word(`handshake.do.${deed}`), exact: true })
        .click()
    const now = (name: 'client' | 'server') => end(name).locator('.state.now').textContent()
    const reach = (wanted: string) => visit.until((shown) => states(shown) === wanted)

    // Three segments, and both charts stand where they lead.
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')
    await reach('ESTABLISHED ESTABLISHED')
    expect([await now('client'), await now('server')]).toEqual(['ESTABLISHED', 'ESTABLISHED'])
    const what = page.locator('.ladder .segment:not(.faint) .what')
    expect(await what.allTextContents()).toEqual(['1  SYN', '2  SYN, ACK', '3  ACK'])
    expect(await page.locator('.ladder').textContent()).toContain('seq = k, ack = j+1')
    expect(await page.locator('.lane[data-lane="server"]').textContent()).toContain('ESTABLISHED')
    expect(await visit.findings()).toEqual([])

    // The SYN, ACK has passed; dropped all the same, the run is another, and both ends mend it.
    await page.locator('.ladder [data-thing="flight-4"] .reach').click()
    await visit.press('handshake.pick.drop')
    await visit.until(({ settings, pace }) => settings.plan === '2-drop' && pace === 'resting')
    expect(await page.locator('.ladder .arrow.lost').count()).toBe(1)
    // SYN and SYN,ACK again, and the acknowledgement.
    expect(await what.allTextContents()).toHaveLength(5)
    await visit.press('handshake.pick.pass')
    await visit.until(({ settings, pace }) => settings.plan === '' && pace === 'resting')
    expect(await what.allTextContents()).toHaveLength(3)

    // A reset by one end is told to the other's program.
    await press('server', 'reset')
    await reach('CLOSED LISTEN')
    expect(await page.locator('.words .log').textContent()).toContain('ECONNRESET')

    // The task: lost, sent again, a text, and the server closes first.
    await visit.press('task.take')
    await visit.until(({ task, settings }) => task.taken && settings.plan === '2-drop')
    await reach('ESTABLISHED ESTABLISHED')
    await press('client', 'send')
    await visit.until(({ scene }) => scene.kind === 'handshake' && scene.server.received === 'Hi')
    await press('server', 'close')
    await reach('CLOSE-WAIT FIN-WAIT-2')
    await press('client', 'close')
    await visit.until(({ task }) => task.solved)
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
