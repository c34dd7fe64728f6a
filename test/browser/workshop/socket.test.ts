/** The socket station as a learner has it, in both languages. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { variation } from '../../judge/variations.js'
import { closePages, sharedChromium } from '../chromium.js'
import { languagesOf } from './languages.js'
import { visitShown } from './shown.js'
import { WorkshopVisit } from './visit.js'

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

describe.each(languagesOf('socket'))('the socket in %s', (language) => {
  variation('has its ladder in sight at 1024 × 768, whatever both programs have called', async () => {
    const visit = await visitShown(browser, 'socket', language)
    const top = async (what: string) => (await visit.page.locator(what).boundingBox())!.y
    expect((await top('.time')) - (await top('.sockets .ladder'))).toBeGreaterThan(160)
    await visit.close()
  })

  it('is gone through: call by call, blocked, lit, a file beside it, refused, solved', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/socket', language)
    const { page } = visit
    const program = (name: 'client' | 'server' | 'file') =>
      page.getByRole('group', { name: visit.word(`socket.program.${name}`), exact: true })
    const press = (name: 'client' | 'server' | 'file', what: 'socket.next' | 'socket.run' | 'socket.again') =>
      program(name)
        .getByRole('button', { name: visit.word(what), exact: true })
        .click()
    /** What the lines of a program gave, when so many have. */
    const results = async (name: 'client' | 'server' | 'file', wanted: readonly string[]) => {
      await program(name)
        .locator('.result')
        .nth(wanted.length - 1)
        .waitFor()
      await visit.until(({ pace }) => pace === 'resting')
      expect(await program(name).locator('.result').allTextContents()).toEqual(wanted)
    }
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')

    // The server up to accept, which is blocked and says so.
    await press('server', 'socket.next')
    await results('server', ['→ 3'])
    await press('server', 'socket.run')
    await results('server', ['→ 3', '→ 0', '→ 0', '→ …'])
    expect(await program('server').locator('.waits').textContent()).toContain('accept(s)')
    expect(await program('server').textContent()).toContain(visit.word('socket.state.waits'))
    expect(await visit.findings()).toEqual([])

    // The client connects: three segments on its account, and accept comes back.
    await press('client', 'socket.next')
    await results('client', ['→ 3'])
    await press('client', 'socket.next')
    await results('client', ['→ 3', '→ 0'])
    await results('server', ['→ 3', '→ 0', '→ 0', '→ 4', '→ …'])
    // Pressed, it shows what it caused.
    await program('client').getByRole('button', { name: 'connect' }).click()
    await page.locator('.ladder .segment.lit').first().waitFor()
    expect(await page.locator('.ladder .segment.lit:not(.faint) .what').allTextContents()).toEqual([
      '1  SYN',
      '2  SYN, ACK',
      '3  ACK',
    ])
    expect(await page.locator('.below').first().textContent()).toContain('ESTABLISHED')

    // A file has the next number, and the same calls.
    await press('file', 'socket.run')
    await visit.until(({ scene }) => scene.kind === 'socket' && scene.client.programs[1].state === 'ended')
    await results('file', ['→ 4', '→ 2', '→ 0', '→ 2 “Hi”', '→ 0'])

    // The task: refused, then mended by where the server binds.
    await visit.press('task.take')
    await visit.until(({ task, settings, pace }) => task.taken && settings.bindto === '127.0.0.1' && pace === 'resting')
    await press('server', 'socket.run')
    await press('client', 'socket.run')
    await results('client', ['→ 3', '→ −1 ECONNREFUSED'])
    await visit.press('task.again')
    await visit.until(({ scene }) => scene.kind === 'socket' && scene.client.descriptors.length === 3)
    await page.getByLabel(visit.word('socket.set.bindto'), { exact: true }).selectOption('0.0.0.0')
    await press('server', 'socket.run')
    await press('client', 'socket.run')
    await visit.until(({ task }) => task.solved)
    expect(await page.getByTestId('task-state').textContent()).toContain(visit.word('task.solved'))
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
