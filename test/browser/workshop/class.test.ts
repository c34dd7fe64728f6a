/** A class on one wire: thirty learners with the station's own code in Node, two in browsers of their own, and the teacher's view. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { CLASS_BOXES } from '../../../host/workshop/class/facts.js'
import { casesOf } from '../../judge/parts.js'
import { variation } from '../../judge/variations.js'
import { type ClassClient, joinClass, type RunningClass, startClass } from '../../support/class-client.js'
import { closePages, sharedChromium } from '../chromium.js'
import { type WorkshopLanguage, WorkshopVisit } from './visit.js'

let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(closePages)

const LEARNERS = 30
const PHONE = { width: 390, height: 800 }
/** What is wider than the section that it stands in, and cannot be scrolled to. */
const SPILLS = `[...document.querySelectorAll('main section *')].filter((each) => {
  const section = each.closest('section')
  const scrolls = getComputedStyle(section).overflowX !== 'visible'
  return !scrolls && each.getBoundingClientRect().right > section.getBoundingClientRect().right + 1
}).map(({ tagName, textContent }) => tagName + ' ' + textContent.slice(0, 40))`

/** Octets that say nothing, so that none stands in for another. */
function octetsOf(length: number, seed: number): Uint8Array {
  const random = new SeededRandom(seed)
  return Uint8Array.from({ length }, () => random.below(256))
}

/** A learner in a browser of its own. */
async function learnerInBrowser(lesson: RunningClass, name: string, language: WorkshopLanguage) {
  const visit = await WorkshopVisit.begin(browser, `#/class`, language, { from: lesson.address })
  const { page } = visit
  await page.getByLabel(visit.word('class.name'), { exact: true }).fill(name)
  await page.getByLabel(visit.word('class.code'), { exact: true }).fill(lesson.code.toLowerCase())
  await page.keyboard.press('Enter')
  await page.getByText(visit.word('class.link.up')).waitFor()
  return visit
}

/** Pings until it is answered: one may be lost on the wire. */
async function pingInBrowser(visit: WorkshopVisit, answered: string): Promise<void> {
  const outcomes = visit.page.locator('.log li', {
    hasText: new RegExp(`${answered}|${visit.language === 'en' ? 'Nothing came' : '没有成功'}`),
  })
  for (;;) {
    const before = await outcomes.count()
    await visit.press('class.ping')
    await outcomes.nth(before).waitFor()
    if ((await outcomes.first().textContent())?.includes(answered)) return
  }
}

describe('thirty learners in Node and two in browsers', () => {
  it('ping each other, and send files over TCP, octet for octet', async () => {
    const lesson = await startClass('--box', 'hub', '--places', '32')
    const clients = await Promise.all(Array.from({ length: LEARNERS }, (_, i) => joinClass(lesson, `Node ${i}`)))
    const [ada, bo] = [await learnerInBrowser(lesson, 'Ada', 'en'), await learnerInBrowser(lesson, '小博', 'zh')]
    await clients[0].untilHere(({ peers }) => peers.length === LEARNERS + 1)

    // Everybody in Node pings the next, the last one somebody in a browser.
    const addressOf = (name: string) => clients[0].here.peers.find((peer) => peer.name === name)!.address
    const own = (client: ClassClient) => client.here.address.split('/')[0]
    await Promise.all(
      clients.map(async (client, i) => {
        const last = i === LEARNERS - 1
        await client.ping(last ? addressOf('小博') : own(clients[i + 1]))
        await client.untilTold('class.ping.answer', { to: last ? '小博' : `Node ${i + 1}` })
      }),
    )

    // The two in the browsers ping each other.
    for (const [visit, other] of [
      [ada, '小博'],
      [bo, 'Ada'],
    ] as const) {
      await visit.page.getByLabel(visit.word('class.to'), { exact: true }).selectOption({ label: other })
      await pingInBrowser(visit, visit.language === 'en' ? `${other} answered the ping` : `回答了 ping`)
    }

    // A file from browser to browser, and one from Node to Node meanwhile.
    const picture = octetsOf(60_000, 1)
    const other = octetsOf(40_000, 2)
    clients[3].member.do({ kind: 'file', to: own(clients[17]), name: 'notes.bin', octets: other })
    await ada.page.getByLabel(ada.word('class.file'), { exact: true }).setInputFiles({
      name: 'picture.png',
      mimeType: 'image/png',
      buffer: Buffer.from(picture),
    })
    await ada.press('class.file.send')
    const there = bo.page.getByRole('button', { name: 'picture.png' })
    await there.waitFor()
    const [download] = await Promise.all([bo.page.waitForEvent('download'), there.click()])
    expect(download.suggestedFilename()).toBe('picture.png')
    expect(Buffer.compare(readFileSync(await download.path()), Buffer.from(picture))).toBe(0)
    await ada.page.locator('.log li', { hasText: '小博 has picture.png, whole.' }).waitFor()
    await clients[3].untilTold('class.file.delivered', { to: 'Node 17', file: 'notes.bin' })
    expect(clients[17].files).toEqual([{ from: 'Node 3', name: 'notes.bin', octets: other }])

    // And from a browser into Node.
    await ada.page.getByLabel(ada.word('class.to'), { exact: true }).selectOption({ label: 'Node 5' })
    await ada.press('class.file.send')
    await clients[5].until(({ files }) => files.length === 1)
    expect(clients[5].files[0]).toEqual({ from: 'Ada', name: 'picture.png', octets: picture })

    // Nobody was thrown out on the way.
    expect(clients[0].here.peers).toHaveLength(LEARNERS + 1)
    expect([...ada.complaints, ...bo.complaints]).toEqual([])
    expect(await lesson.end()).toBe(0)
    await ada.page.getByText(ada.word('class.out.over')).waitFor()
    await Promise.all([ada.close(), bo.close()])
  })
})

describe.each(casesOf('class-lessons', CLASS_BOXES))('a lesson at a %s', (box) => {
  variation('has chat both ways, a roll call, a teacher who pauses, and one who pauses himself', async () => {
    const lesson = await startClass('--box', box)
    const ada = await learnerInBrowser(lesson, 'Ada', box === 'switch' ? 'zh' : 'en')
    const { page } = ada
    const node = await joinClass(lesson, 'Node')
    const teacher = await WorkshopVisit.begin(browser, `#/class?teacher=${lesson.key}`, 'en', { from: lesson.address })
    await teacher.page.getByText(lesson.code).waitFor()
    expect(teacher.page.url()).not.toContain(lesson.key)

    await page.getByLabel(ada.word('class.text'), { exact: true }).fill('<b>hello</b>')
    for (const [key, how] of [
      ['class.say.udp', 'UDP'],
      ['class.say.tcp', 'TCP'],
    ] as const) {
      await ada.press(key)
      await node.untilTold('class.heard', { from: 'Ada', how, text: '<b>hello</b>' })
    }
    const [{ address }] = node.here.peers
    node.member.do({ kind: 'say', how: 'TCP', to: address, text: '你好 <script>' })
    await page.locator('.log li', { hasText: '你好 <script>' }).waitFor()
    await ada.press('class.roll')
    if (box === 'router') {
      // A broadcast ends where the network ends: what is sent behind it arrives, and it does not.
      await pingInBrowser(ada, 'TTL 63')
      expect(node.here.log.map(({ told }) => told.key)).not.toContain('class.called')
    } else {
      await node.untilTold('class.called', { from: 'Ada' })
      await page.locator('.log li', { hasText: `Node` }).filter({ hasText: '192.168.7.11' }).first().waitFor()
    }
    expect(await page.locator('.passages li.out').count()).toBeGreaterThan(0)
    expect(await page.locator('.passages li.in').count()).toBeGreaterThan(0)

    // The teacher sees both, and stops the clock for everybody.
    await teacher.page.getByRole('row', { name: /Ada/ }).waitFor()
    // A ladder of what passed: each step is drawn on rails, and said.
    const ladder = teacher.page.locator('.class-ladder')
    await ladder
      .locator('.passages p', { hasText: / s Ada to / })
      .first()
      .waitFor()
    await ladder.locator('.rails span', { hasText: 'Node' }).waitFor()
    for (const visit of [teacher, ada]) {
      const { page: shown } = visit
      const steps = shown.locator('.class-ladder .passages li:not(.between)')
      expect(await steps.locator('.step .way').count()).toBe(await steps.count())
      for (const { width, height } of [PHONE, shown.viewportSize()!]) {
        await visit.fit({ width, height })
        expect(await shown.evaluate(SPILLS)).toEqual([])
      }
    }
    expect(await teacher.findings()).toEqual([])
    expect(await ada.findings()).toEqual([])
    await teacher.press('time.pause')
    await page.getByText(ada.word('class.time.paused')).waitFor()
    await node.untilHere(({ paused }) => paused)
    await teacher.press('time.play')
    await node.untilHere(({ paused }) => !paused)
    await teacher.page.getByLabel(teacher.word('class.teacher.speed')).selectOption('0.01')
    await node.untilHere(({ speed }) => speed === 0.01)
    await teacher.page.getByLabel(teacher.word('class.teacher.speed')).selectOption('1')
    await node.untilHere(({ speed }) => speed === 1)

    // A learner who pauses is unplugged and told; the class goes on, and takes him again.
    await ada.press('class.pause')
    await page.getByText(ada.word('class.out.paused')).waitFor()
    await node.untilHere(({ peers }) => peers.length === 0)
    await ada.press('class.join')
    await node.untilHere(({ peers }) => peers.length === 1)
    await teacher.page.getByRole('button', { name: 'pull out Ada' }).click()
    await page.getByText(ada.word('class.out.kicked')).waitFor()
    await teacher.page.getByText('Pulled out: paused 1, by the teacher 1').waitFor()

    // With another code the old one is of no use.
    await teacher.press('class.teacher.lock')
    await teacher.page.getByText(lesson.code).waitFor({ state: 'detached' })
    await ada.press('class.join')
    await page.getByText(ada.word('class.refused.code')).waitFor()
    expect([...ada.complaints, ...teacher.complaints]).toEqual([])
    await Promise.all([ada.close(), teacher.close()])
    expect(await lesson.end()).toBe(0)
  })
})

describe('a page that came from no class', () => {
  it('says how one is begun, and connects to nothing', async () => {
    const visit = await WorkshopVisit.begin(browser, '#/class', 'zh')
    await visit.page.getByText('linkpulse workshop --class').waitFor()
    expect(await visit.page.getByRole('button', { name: visit.word('class.join') }).count()).toBe(0)
    expect(await visit.findings()).toEqual([])
    // And leads back to the stations.
    await visit.page.getByRole('button', { name: visit.word('station.frame') }).click()
    await visit.until(({ station }) => station === 'frame')
    await visit.page.locator('#stage').waitFor()
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})

describe('the keyboard alone', () => {
  variation('joins a class, and says something', async () => {
    const lesson = await startClass()
    const node = await joinClass(lesson, 'Node')
    const visit = await WorkshopVisit.begin(browser, '#/class', 'en', { from: lesson.address })
    const { page } = visit
    const focused = () => page.evaluate('document.activeElement.parentElement.textContent') as Promise<string>
    const tabTo = async (words: string) => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab')
        if ((await focused()).includes(words)) return
      }
      throw new Error(`no Tab leads to ${words}`)
    }
    await tabTo(visit.word('class.name'))
    await page.keyboard.type('Keys')
    await tabTo(visit.word('class.code'))
    await page.keyboard.type(lesson.code)
    await page.keyboard.press('Enter')
    await page.getByText(visit.word('class.link.up')).waitFor()
    await tabTo(visit.word('class.text'))
    await page.keyboard.type('no mouse')
    await tabTo(visit.word('class.say.udp'))
    await page.keyboard.press('Enter')
    await node.untilTold('class.heard', { text: 'no mouse' })
    await visit.close()
    expect(await lesson.end()).toBe(0)
  })
})
