/** A mission as a learner has it, in both languages: opened from the list, found by measuring, handed in. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { replayMission } from '../../../host/workshop/missions/replay.js'
import { parseMissionResult } from '../../../host/workshop/missions/result-schema.js'
import { variation } from '../../judge/variations.js'
import { closePages, sharedChromium } from '../chromium.js'
import { languagesOf } from './languages.js'
import { WorkshopVisit } from './visit.js'

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

it.each(languagesOf('missions'))('is found, solved and handed in (%s)', async (language) => {
  const visit = await WorkshopVisit.begin(browser, '#/?mission=1&seed=3', language)
  const { page } = visit
  const state = page.getByTestId('task-state')
  const opened = await visit.snapshot()
  expect(opened).toMatchObject({ station: 'rs232', fault: '?', mission: { name: 'silence', spent: 0 } })
  expect(await page.locator('.mission').textContent()).toContain(visit.word('mission.silence.text'))
  await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')
  await visit.until(({ pace }) => pace === 'resting')
  expect(await visit.findings()).toEqual([])

  const repair = async (fault: string) => {
    await page.getByLabel(visit.word('repair.what')).selectOption(fault)
    await visit.press('repair.apply')
    await visit.until(({ record }) => record.some(({ deed }) => deed.kind === 'repair' && deed.fault === fault))
  }
  await repair('serial-noise')
  expect(await page.locator('.broken').textContent()).toContain(visit.word('fault.serial-noise'))
  await repair('serial-rx-open')
  for (const sent of [1, 2]) {
    await visit.press('rs232.act.send')
    await visit.until(({ mission, pace }) => mission!.whole === sent && pace === 'resting')
  }
  await visit.until(({ mission }) => mission!.result.solved)
  expect(await state.textContent()).toMatch(/^✓/)

  // What is handed in plays again in Node, event for event.
  const download = page.waitForEvent('download')
  await visit.press('missions.save')
  const path = await (await download).path()
  const result = parseMissionResult(readFileSync(path, 'utf8'), path)
  expect(result).toMatchObject({ mission: 'silence', seed: 3, solved: true, spent: 4, repairs: 2 })
  expect(replayMission(result)).toBeUndefined()

  // Another of its kind, from the list; and back to free play.
  await visit.press('missions.title')
  expect(await visit.findings()).toEqual([])
  await page
    .locator('.missions')
    .getByRole('button', { name: visit.word('mission.no-light.title') })
    .click()
  await visit.until(({ station, mission }) => station === 'rj45' && mission?.name === 'no-light')
  expect(new URL(page.url()).hash).toContain('mission=no-light')
  await visit.press('missions.free')
  await visit.until(({ mission, fault }) => mission === undefined && fault === '')
  expect(visit.complaints).toEqual([])
  await visit.close()
})

variation(
  'the last is solved at the ladder: what never arrives, repaired, and a connection from SYN to the end',
  async () => {
    const visit = await WorkshopVisit.begin(browser, '#/?mission=after-syn-ack&seed=2')
    const { page } = visit
    const reach = (client: string, server: string) =>
      visit.until(
        ({ scene }) => scene.kind === 'handshake' && scene.client.state === client && scene.server.state === server,
      )
    const press = (end: 'client' | 'server', deed: 'send' | 'close') =>
      page
        .getByRole('group', { name: visit.word(`ladder.end.${end}`), exact: true })
        .getByRole('button', { name: visit.word(`handshake.do.${deed}`), exact: true })
        .click()
    // As in life: some time later the server gives up.
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('10000000')
    expect(await reach('ESTABLISHED', 'SYN-RECEIVED')).toMatchObject({ station: 'handshake', fault: '?' })
    await page.getByLabel(visit.word('repair.what')).selectOption('firewall-only-syn')
    await visit.press('repair.apply')
    await visit.until(({ fault }) => fault === '')
    // The next SYN-ACK is acknowledged, and that arrives.
    await page.getByLabel(visit.word('time.speed'), { exact: true }).selectOption('0')
    await reach('ESTABLISHED', 'ESTABLISHED')
    await press('client', 'send')
    await press('client', 'close')
    await reach('FIN-WAIT-2', 'CLOSE-WAIT')
    await press('server', 'close')
    await visit.until(({ mission }) => mission!.result.solved)
    expect(await page.getByTestId('task-state').textContent()).toMatch(/^✓/)
    expect(replayMission((await visit.snapshot()).mission!.result)).toBeUndefined()
    expect(visit.complaints).toEqual([])
    await visit.close()
  },
)
