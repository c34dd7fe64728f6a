/** The built workshop page in Debian's Chromium: opened from a file, gone through by role and name as a person would. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, errors, type Page } from 'playwright-core'
import type { WorkshopSnapshot } from '../../../host/workshop/protocol.js'
import { WORKSHOP_EN } from '../../../host/workshop/words/en.js'
import type { PlainKey, WorkshopWords } from '../../../host/workshop/words/told.js'
import { WORKSHOP_ZH } from '../../../host/workshop/words/zh.js'

/** A page has it; the types of the tests are Node’s. */
declare const document: { readonly documentElement: { readonly scrollWidth: number } }

export const WORKSHOP_FILE = join(import.meta.dirname, '../../../dist/workshop.html')
export const PAGE_WORDS = { en: WORKSHOP_EN, zh: WORKSHOP_ZH } as const satisfies Readonly<
  Record<string, WorkshopWords>
>
export type WorkshopLanguage = keyof typeof PAGE_WORDS
export const LANGUAGES: readonly WorkshopLanguage[] = ['en', 'zh']

/** What is right on a machine that is busy waits for events; this ends what hangs. */
const LIMIT_MILLISECONDS = 600_000
/** How long a drawing is waited for before the browser is asked for another frame, and how often. */
const FRAME = { milliseconds: 30_000, tries: 10 }

/** What the page has for whoever looks under the bonnet. */
interface PageOfWorkshop {
  readonly workshop: {
    snapshot(): WorkshopSnapshot | undefined
    /** Messages of the simulation so far. */
    heard(): number
    /** Resolves once there are more of them than so many. */
    heardMoreThan(count: number): Promise<void>
  }
}

/** What axe-core has against a page, one line each. */
type Findings = readonly { readonly id: string; readonly nodes: readonly { readonly target: unknown }[] }[]

export interface VisitOptions {
  readonly reducedMotion?: 'no-preference' | 'reduce'
  /** What is done to the page before it is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>
  /** Where the page comes from; the file by default. */
  readonly from?: string
}

export class WorkshopVisit {
  /** Everything that the console said, and every error that nobody caught. */
  readonly complaints: string[] = []

  private constructor(
    readonly page: Page,
    readonly language: WorkshopLanguage,
    from: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => this.complaints.push(message.text()))
    page.on('request', (request) => {
      const url = request.url()
      if (!/^(file|blob|data):/.test(url) && !url.startsWith(from)) this.complaints.push(`asked for ${url}`)
    })
  }

  /**
   * @param address behind the page: `#/rs232?text=Hi`
   */
  static async begin(
    browser: Browser,
    address: string,
    language: WorkshopLanguage = 'en',
    { reducedMotion = 'no-preference', prepare, from = pathToFileURL(WORKSHOP_FILE).href }: VisitOptions = {},
  ): Promise<WorkshopVisit> {
    const page = await browser.newPage({ viewport: { width: 1024, height: 768 }, reducedMotion })
    // What is right on a machine that is busy waits for events; this only ends what hangs.
    page.setDefaultTimeout(LIMIT_MILLISECONDS)
    const visit = new WorkshopVisit(page, language, from)
    await prepare?.(page)
    const mark = address.includes('?') ? '&' : '?'
    await page.goto(`${from}${address}${mark}lang=${language}`)
    await page.getByRole('main').waitFor()
    return visit
  }

  word(key: PlainKey): string {
    return PAGE_WORDS[this.language][key]
  }

  /** A button by its whole name; a sign may stand before it. Of several pages, whoever presses one looks at it: a browser need not draw the others. */
  async press(key: PlainKey): Promise<void> {
    await this.page.bringToFront()
    const name = new RegExp(`^(?:[▶◀] )?${this.word(key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
    await this.page.getByRole('button', { name }).click()
  }

  snapshot(): Promise<WorkshopSnapshot> {
    return this.page.evaluate(() =>
      (globalThis as unknown as { workshop: { snapshot(): WorkshopSnapshot } }).workshop.snapshot(),
    )
  }

  /**
   * Waits until the simulation's state is such; while a station is opened there is none.
   * @throws Error with where it stands, if it is never such
   */
  async until(holds: (shown: WorkshopSnapshot) => boolean): Promise<WorkshopSnapshot> {
    const begun = performance.now()
    for (;;) {
      const { shown, heard } = await this.page.evaluate(() => {
        const { workshop } = globalThis as unknown as PageOfWorkshop
        return { shown: workshop.snapshot(), heard: workshop.heard() }
      })
      if (shown !== undefined && holds(shown)) return shown
      // Asked for frames, a page on a machine that is busy may draw none for minutes; a message comes however that is.
      const another = this.page.evaluate(
        (before) => (globalThis as unknown as PageOfWorkshop).workshop.heardMoreThan(before),
        heard,
      )
      const left = LIMIT_MILLISECONDS - (performance.now() - begun)
      await within(left, another, () => `it does not come to that; the last was ${inShort(shown)}`)
    }
  }

  /** Makes the window so large, and waits until nothing on the page is wider. */
  async fit({ width, height }: { readonly width: number; readonly height: number }): Promise<void> {
    await this.page.bringToFront()
    for (let tried = 0; tried < FRAME.tries; tried++) {
      // Drawings follow the page's width when a frame is drawn, and a browser without a screen that is busy sometimes draws none after a window
      // has changed: the next change asks for one.
      await this.page.setViewportSize({ width, height: height - (tried % 2) })
      const options = { polling: 50, timeout: FRAME.milliseconds }
      // A function: text would be evaluated anew at each look, and the page's policy allows that at the first one only.
      const fitting = this.page.waitForFunction(
        (widest) => document.documentElement.scrollWidth <= widest,
        width,
        options,
      )
      const late = await fitting.then(
        () => undefined,
        (error: unknown) => error,
      )
      if (late === undefined) return
      if (!(late instanceof errors.TimeoutError)) throw late
    }
    const found = await this.page.evaluate(`document.documentElement.scrollWidth + ' px: ' +
      [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > ${width + 1})
        .map(({ tagName, className }) => tagName + '.' + (className.baseVal ?? className)).join(', ')`)
    throw new Error(`a page ${width} px wide shows ${found}`)
  }

  /** What axe-core finds wrong with what is shown now. */
  async findings(): Promise<string[]> {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    await this.page.evaluate(axe)
    const found = await this.page.evaluate(async () => {
      const { axe: judge } = globalThis as unknown as { axe: { run(): Promise<{ violations: Findings }> } }
      return (await judge.run()).violations
    })
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`)
  }

  close(): Promise<void> {
    return this.page.close()
  }
}

/** What tells where it stands, of a snapshot. */
function inShort(shown: WorkshopSnapshot | undefined): string {
  if (shown === undefined) return 'nothing'
  const { now, task, settings, refused, record, log } = shown
  return JSON.stringify({ now, task, settings, refused, record, log: log.slice(-20) })
}

/** @throws Error with `why` for what takes longer */
async function within(milliseconds: number, work: Promise<void>, why: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(why())), milliseconds)
  })
  await Promise.race([work, limit]).finally(() => clearTimeout(timer))
}
