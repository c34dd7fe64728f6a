/** A learner with a keyboard and nothing else: Tab, arrows, Enter and letters. Wherever the focus comes, it is seen. */
import type { WorkshopVisit } from './visit.js'

/** Presses of Tab until somebody gives up. */
const MOST_TABS = 250

/** What has the focus. */
interface Focus {
  readonly name: string
  /** The region or group that it is in. */
  readonly places: readonly string[]
  readonly role: string
  readonly value: string
  /** Of a list: what may be chosen. */
  readonly choices: readonly string[]
  /** Why it is not seen; undefined: it is. */
  readonly hidden: string | undefined
}

interface FocusedElement {
  readonly tagName: string
  readonly textContent: string
  readonly value?: string
  readonly options?: Iterable<{ readonly value: string; readonly disabled: boolean }>
  readonly labels?: ArrayLike<{ readonly textContent: string }> | null
  readonly parentElement: FocusedElement | null
  getAttribute(name: string): string | null
  matches(selector: string): boolean
  contains(other: unknown): boolean
  getBoundingClientRect(): Record<'left' | 'right' | 'top' | 'bottom', number>
}

/** To be handed to `page.evaluate`: refers to nothing outside of itself. */
function focused(): Focus {
  const page = globalThis as unknown as {
    readonly document: {
      readonly activeElement: FocusedElement
      readonly body: FocusedElement
      elementFromPoint(x: number, y: number): unknown
      getElementById(id: string): FocusedElement | null
    }
    readonly innerWidth: number
    readonly innerHeight: number
    getComputedStyle(element: FocusedElement): { readonly outlineStyle: string; readonly outlineWidth: string }
  }
  const { document, innerWidth, innerHeight } = page
  const element = document.activeElement
  const named = (each: FocusedElement) => {
    const by = each.getAttribute('aria-labelledby')
    return by === null ? each.getAttribute('aria-label') : document.getElementById(by)?.textContent
  }
  const places: string[] = []
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const legend = around.tagName === 'FIELDSET' ? around.textContent : undefined
    const name = named(around) ?? legend
    if (name !== null && name !== undefined) places.push(name)
  }
  const hidden = () => {
    if (element === document.body) return 'nothing has it'
    const { outlineStyle, outlineWidth } = page.getComputedStyle(element)
    if (!element.matches(':focus-visible') || outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2)
      return `it has no outline (${outlineStyle} ${outlineWidth})`
    const box = element.getBoundingClientRect()
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)]
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)]
    if (right - left < 2 || bottom - top < 2) return 'it is out of sight'
    const shares = [0.1, 0.3, 0.5, 0.7, 0.9]
    const seen = shares.some((across) =>
      shares.some((down) => {
        const there = document.elementFromPoint(left + across * (right - left), top + down * (bottom - top))
        return element.contains(there)
      }),
    )
    return seen ? undefined : 'something lies over it'
  }
  return {
    name: named(element) ?? element.labels?.[0]?.textContent ?? element.textContent,
    places,
    role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
    value: element.value ?? '',
    choices: [...(element.options ?? [])].filter(({ disabled }) => !disabled).map(({ value }) => value),
    hidden: hidden(),
  }
}

export class Keyboard {
  constructor(private readonly visit: WorkshopVisit) {}

  private get keys() {
    return this.visit.page.keyboard
  }

  /**
   * Presses Tab until what is so called has the focus.
   * @param within the name of the region or group that it is in
   * @throws Error where the focus is not seen on the way, or no Tab leads there
   */
  async tabTo(name: string | RegExp, within?: string): Promise<Focus> {
    const passed: string[] = []
    for (let i = 0; i < MOST_TABS; i++) {
      await this.keys.press('Tab')
      const focus = await this.visit.page.evaluate(focused)
      // Behind the last one is the browser's own; then it begins anew.
      if (focus.hidden !== undefined && focus.role !== 'body')
        throw new Error(`the focus is on “${focus.name}”, and ${focus.hidden}`)
      const text = focus.name.trim().replace(/^[▶◀] | [▶◀]$/g, '')
      const matches = typeof name === 'string' ? text === name : name.test(text)
      if (matches && (within === undefined || focus.places.includes(within))) return focus
      passed.push(text)
    }
    throw new Error(`no Tab leads to ${name}; passed ${[...new Set(passed)].join(' | ')}`)
  }

  async press(name: string | RegExp, within?: string): Promise<void> {
    await this.tabTo(name, within)
    await this.keys.press('Enter')
  }

  /** Writes into a field, and goes on. */
  async write(label: string, text: string, end: 'Tab' | 'Enter' = 'Tab'): Promise<void> {
    await this.tabTo(label)
    await this.keys.press('Control+A')
    await this.keys.type(text)
    await this.keys.press(end)
  }

  /** Goes through a list, an arrow at a time, each of which is taken before the next. */
  async choose(label: string, setting: string, wanted: string): Promise<void> {
    const { value, choices } = await this.tabTo(label)
    const [from, to] = [choices.indexOf(value), choices.indexOf(wanted)]
    if (from < 0 || to < 0) throw new Error(`“${label}” has ${choices.join(', ')}, and no ${wanted}`)
    const [key, step] = to > from ? (['ArrowDown', 1] as const) : (['ArrowUp', -1] as const)
    for (let at = from; at !== to; ) {
      at += step
      await this.keys.press(key)
      await this.visit.until(({ settings }) => settings[setting] === choices[at])
    }
  }

  /** The first of these speeds is the slowest; an arrow at a time to the last of them. */
  async slow(...speeds: readonly number[]): Promise<void> {
    await this.tabTo(this.visit.word('time.speed'))
    for (const [i, speed] of speeds.entries()) {
      await this.keys.press(i === 0 ? 'Home' : 'ArrowDown')
      await this.visit.until(({ bitsPerSecond }) => bitsPerSecond === speed)
    }
  }

  /** As fast as it goes: the last speed. */
  async free(): Promise<void> {
    await this.tabTo(this.visit.word('time.speed'))
    await this.keys.press('End')
    await this.visit.until(({ bitsPerSecond }) => bitsPerSecond === 0)
  }
}
