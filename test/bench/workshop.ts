/**
 * The workshop page in Chromium: how soon it answers a press, and how many frames a second it draws while TCP runs and two scopes are
 * live. Beside it, in turns and in the same browser, an empty page: what is the browser's and the machine's is in both.
 */
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../browser/chromium.js'
import { WORKSHOP_FILE } from '../browser/workshop/visit.js'
import { locate } from '../setup/tools.js'
import { type BenchFigure, type Benchmark, medianOf } from './figure.js'

const RUNS = 5
/** Of frames, ms: as long as each is watched, and before it, until the engine has compiled what it will use. */
const WATCHED = 4_000
const WARM = 1_500
/** Fifty frames a second, ms. */
const FRAME = 20

/** Two scopes at the layers station, one each way; a million bits a second, so that time never rests between two messages. */
const TRANSFER = '#/layers?text=The+quick+brown+fox+jumps+over+40+octets&lang=en'
const SPEED = '1000000'

const EMPTY = 'data:text/html,<title>empty</title>'

/** What runs in the pages: text, so that no compiler's helpers come along. */
const WHEN_IT_ANSWERS = `
  globalThis.answered = new Promise((resolve) => {
    let pressed = false
    const look = () => {
      const pause = document.querySelector('section.time button.main')
      if (globalThis.workshop?.snapshot()?.pace === 'paused') return resolve(performance.now())
      if (pause !== null && !pressed) {
        pressed = true
        pause.click()
      }
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })`
const WHEN_IT_IS_EMPTY = `
  globalThis.answered = new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))`
const frameTimes = (milliseconds: number) => `
  new Promise((resolve) => {
    const times = []
    let last
    const begin = performance.now()
    const frame = (now) => {
      if (last !== undefined) times.push(now - last)
      last = now
      if (performance.now() - begin < ${milliseconds}) requestAnimationFrame(frame)
      else resolve(times)
    }
    requestAnimationFrame(frame)
  })`

/** Milliseconds from the navigation to where a press was answered. */
async function opened(browser: Browser, url: string, script: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1024, height: 768 } })
  await page.addInitScript(script)
  await page.goto(url)
  const milliseconds = (await page.evaluate('answered')) as number
  await page.close()
  return milliseconds
}

async function framesOf(page: Page): Promise<number[]> {
  await page.bringToFront()
  await page.evaluate(frameTimes(WARM))
  return (await page.evaluate(frameTimes(WATCHED))) as number[]
}

/** The page with a transfer that goes on: a message of forty octets over TCP every 20 ms, each answered. */
async function transferring(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1024, height: 768 } })
  await page.goto(`${pathToFileURL(WORKSHOP_FILE).href}${TRANSFER}`)
  await page.locator('#speed').selectOption(SPEED)
  await page.locator('.layers-stage button.main').waitFor()
  await page.evaluate("setInterval(() => document.querySelector('.layers-stage button.main').click(), 20)")
  return page
}

const within = (times: readonly number[]) => (100 * times.filter((each) => each <= FRAME).length) / times.length

async function measure(browser: Browser): Promise<BenchFigure[]> {
  const ours: number[] = []
  const bare: number[] = []
  for (let i = 0; i < RUNS + 1; i++) {
    const page = await opened(browser, `${pathToFileURL(WORKSHOP_FILE).href}#/rs232?lang=en`, WHEN_IT_ANSWERS)
    const empty = await opened(browser, EMPTY, WHEN_IT_IS_EMPTY)
    if (i === 0) continue // the first round warms the file cache
    ours.push(page)
    bare.push(empty)
  }
  const drawn: number[] = []
  const ceiling: number[] = []
  const page = await transferring(browser)
  const empty = await browser.newPage({ viewport: { width: 1024, height: 768 } })
  await empty.goto(EMPTY)
  for (let i = 0; i < 3; i++) {
    drawn.push(...(await framesOf(page)))
    ceiling.push(...(await framesOf(empty)))
  }
  const shown = (await page.evaluate(
    'workshop.snapshot().scene.shown.length + workshop.snapshot().lanes.length * 1000',
  )) as number
  if (shown <= 2_000) throw new Error('nothing was transferred while frames were counted, or no two scopes were live')
  const [open, openEmpty] = [medianOf(ours), medianOf(bare)]
  const [frame, frameEmpty] = [medianOf(drawn), medianOf(ceiling)]
  return [
    {
      name: 'workshop page, until it answers a press',
      value: open,
      unit: 'ms',
      against: `an empty page, ${openEmpty.toFixed(0)} ms`,
      ratio: open / openEmpty,
      aim: 'under 2000 ms',
    },
    {
      name: 'workshop page, a frame: TCP, two scopes',
      value: frame,
      unit: 'ms',
      against: `an empty page, ${frameEmpty.toFixed(1)} ms`,
      ratio: frame / frameEmpty,
      aim: `at most ${FRAME} ms`,
    },
    {
      name: `workshop page, frames within ${FRAME} ms`,
      value: within(drawn),
      unit: '%',
      against: `an empty page, ${within(ceiling).toFixed(1)} %`,
      ratio: within(drawn) / within(ceiling),
      aim: '0.95 or more',
    },
  ]
}

export const workshopInChromium: Benchmark = {
  name: 'workshop page',
  async run() {
    if (locate('chromium') === undefined) {
      console.error('bench: there is no chromium to measure the workshop page in (apt-get install chromium)')
      return []
    }
    const browser = await launchChromium()
    try {
      return await measure(browser)
    } finally {
      await browser.close()
    }
  },
}
