/** Every piece of text that a page shows: how large it is drawn, where, and what it stands in. Runs in the page. */

export interface ShownText {
  readonly text: string
  /** CSS pixels on the screen: in a drawing, after it was scaled. */
  readonly size: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Of a drawing: which one, by its place among all. */
  readonly drawing: number | undefined
  /** What does not show all of it: the drawing's edge, the box that it is written in. */
  readonly cut: string | undefined
  /** For whoever looks for it. */
  readonly where: string
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly width: number
  readonly height: number
}
interface PageElement {
  readonly tagName: string
  readonly parentElement: PageElement | null
  readonly ownerSVGElement?: PageElement | null
  readonly children: Iterable<PageElement>
  readonly scrollWidth: number
  readonly clientWidth: number
  readonly value?: string
  readonly selectedOptions?: readonly { readonly textContent: string }[]
  readonly className: string | { readonly baseVal: string }
  closest(selector: string): PageElement | null
  matches(selector: string): boolean
  getBoundingClientRect(): Box
  getScreenCTM?(): { readonly a: number; readonly b: number } | null
  checkVisibility(options: object): boolean
}

/** To be handed to `page.evaluate`: refers to nothing outside of itself. */
export function shownTexts(): ShownText[] {
  const page = globalThis as unknown as {
    readonly document: {
      readonly body: PageElement
      createTreeWalker(
        root: PageElement,
        what: number,
      ): { nextNode(): (PageElement & { readonly data: string }) | null }
      createRange(): { selectNodeContents(node: unknown): void; getBoundingClientRect(): Box }
      createElement(name: 'canvas'): {
        getContext(kind: '2d'): { font: string; measureText(text: string): { readonly width: number } }
      }
      querySelectorAll(selector: string): Iterable<PageElement>
    }
    getComputedStyle(
      element: PageElement,
    ): Readonly<Record<'font' | 'fontSize' | 'overflowX' | 'paddingLeft' | 'paddingRight', string>>
    readonly innerWidth: number
  }
  const { document, getComputedStyle } = page
  const drawings = [...document.querySelectorAll('svg')]
  const shown: ShownText[] = []
  const visible = (element: PageElement) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    // For screen readers, or in sight only while it has the focus; a drawing's words for the pointer.
    element.closest('.aloud, .skip, h1, title, desc, option, script, style') === null
  const className = ({ className: name }: PageElement) => (typeof name === 'string' ? name : name.baseVal)
  const take = (element: PageElement, text: string, box: Box) => {
    const svg = element.ownerSVGElement ?? undefined
    const matrix = svg === undefined ? null : element.getScreenCTM?.()
    const scale = matrix == null ? 1 : Math.hypot(matrix.a, matrix.b)
    shown.push({
      text,
      size: Number.parseFloat(getComputedStyle(element).fontSize) * scale,
      left: box.left,
      right: box.right,
      top: box.top,
      bottom: box.bottom,
      drawing: svg === undefined ? undefined : drawings.indexOf(svg),
      cut: svg === undefined ? (cutInList(element) ?? cutInPage(element, box)) : cutInDrawing(element, svg, box),
      where: `${svg === undefined ? '' : `${className(svg) || 'svg'} `}${element.tagName} ${className(element)}`,
    })
  }
  /** What is written in a box of a drawing stays in it. */
  const cutInDrawing = (element: PageElement, svg: PageElement, box: Box) => {
    const edge = svg.getBoundingClientRect()
    if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.bottom > edge.bottom + 2)
      return 'the drawing’s edge'
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
    for (const each of element.parentElement!.children) {
      if (each.tagName !== 'rect' || each.matches('.reach')) continue
      const around = each.getBoundingClientRect()
      const isIn =
        around.left <= middle.x && middle.x <= around.right && around.top <= middle.y && middle.y <= around.bottom
      if (isIn && (box.left < around.left - 1 || box.right > around.right + 1)) return 'the box around it'
    }
    return undefined
  }
  /** Something around it that cuts off what is too wide. */
  const cutInPage = (element: PageElement, box: Box) => {
    if (box.right > page.innerWidth + 1) return 'the page’s edge'
    for (
      let around: PageElement | null = element;
      around !== null && around !== document.body;
      around = around.parentElement
    ) {
      if (getComputedStyle(around).overflowX === 'visible') continue
      if (around.scrollWidth > around.clientWidth + 1) return `what scrolls: ${around.tagName} ${className(around)}`
    }
    return undefined
  }
  const chosenIn = ({ selectedOptions }: PageElement) => selectedOptions?.[0]?.textContent
  const pencil = document.createElement('canvas').getContext('2d')
  /** A list that does not show all of what is chosen: its sign takes the room of one letter and a half. */
  const cutInList = (field: PageElement) => {
    if (field.selectedOptions === undefined) return undefined
    const { font, fontSize, paddingLeft, paddingRight } = getComputedStyle(field)
    pencil.font = font
    const sides = Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight) + Number.parseFloat(fontSize)
    return pencil.measureText(chosenIn(field) ?? '').width + sides > field.clientWidth ? 'its own edge' : undefined
  }
  const walker = document.createTreeWalker(document.body, 4) // NodeFilter.SHOW_TEXT
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement!
    if (node.data.trim() === '' || !visible(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    take(element, node.data.trim(), range.getBoundingClientRect())
  }
  for (const field of document.querySelectorAll('input:not([type="checkbox"]), select'))
    if (visible(field)) take(field, chosenIn(field) ?? field.value ?? '', field.getBoundingClientRect())
  return shown
}
