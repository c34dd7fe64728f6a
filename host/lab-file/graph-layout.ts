/**
 * Where everything stands in the drawing of a lab: who is in it in columns, from left to right by how many cables away they are from the
 * first; between two columns a gutter, in which each cable has a place of its own for its words. Cables cross in the margins of a gutter,
 * where no words are: nothing lies over anything else, however many there are.
 */

export interface LayoutMember {
  readonly name: string
  readonly height: number
}

export interface LayoutCable {
  readonly owners: readonly [string, string]
  /** What its words take. */
  readonly height: number
}

export interface LayoutSizes {
  readonly member: number
  /** Width of the words of a cable, and of the margin at each side of them. */
  readonly words: number
  readonly margin: number
  /** Between one and the next, downwards. */
  readonly gap: number
}

export interface PlacedMember {
  readonly x: number
  readonly y: number
  readonly height: number
}

export interface PlacedCable {
  /** Where its words begin; its line is at `y`, below them. */
  readonly x: number
  readonly y: number
  /** From one jack over the place of its words to the other. */
  readonly line: readonly (readonly [x: number, y: number])[]
}

export interface LabLayout {
  readonly width: number
  readonly height: number
  /** In the order in which they were given. */
  readonly members: readonly PlacedMember[]
  readonly cables: readonly PlacedCable[]
}

/** @param members the first of those that hang together is at the left */
export function layoutLab(
  members: readonly LayoutMember[],
  cables: readonly LayoutCable[],
  sizes: LayoutSizes,
): LabLayout {
  const placed = new Map<string, PlacedMember>()
  const lines = new Map<LayoutCable, PlacedCable>()
  let [width, height] = [0, 0]
  for (const columns of columnsOf(members, cables)) {
    const part = new Part(columns, cables, sizes)
    part.place(height, placed, lines)
    width = Math.max(width, part.width)
    height += part.height + sizes.gap
  }
  return {
    width,
    height: Math.max(0, height - sizes.gap),
    members: members.map(({ name }) => placed.get(name)!),
    cables: cables.map((cable) => lines.get(cable)!),
  }
}

type Columns = readonly (readonly LayoutMember[])[]

/** Of all that hangs together: column after column, each in the order of those that it hangs on. */
function columnsOf(members: readonly LayoutMember[], cables: readonly LayoutCable[]): readonly Columns[] {
  const byName = new Map(members.map((member) => [member.name, member]))
  const beside = new Map<string, string[]>(members.map(({ name }) => [name, []]))
  for (const { owners } of cables) {
    beside.get(owners[0])?.push(owners[1])
    beside.get(owners[1])?.push(owners[0])
  }
  const seen = new Set<string>()
  const parts: Columns[] = []
  for (const { name } of members) {
    if (seen.has(name)) continue
    seen.add(name)
    const columns: LayoutMember[][] = []
    for (let column = [name]; column.length > 0; ) {
      columns.push(column.map((each) => byName.get(each)!))
      const next: string[] = []
      for (const each of column) {
        for (const other of beside.get(each) ?? []) {
          if (seen.has(other)) continue
          seen.add(other)
          next.push(other)
        }
      }
      column = next
    }
    parts.push(columns)
  }
  return parts
}

const heightOf = (all: readonly { readonly height: number }[], gap: number): number =>
  all.reduce((sum, { height }) => sum + height + gap, -gap)

/** All that hangs together. */
class Part {
  readonly width: number
  readonly height: number
  readonly #columns: Columns
  /** Of each column, the cables whose words stand at its right. */
  readonly #gutters: readonly (readonly LayoutCable[])[]
  readonly #sizes: LayoutSizes

  constructor(columns: Columns, cables: readonly LayoutCable[], sizes: LayoutSizes) {
    this.#columns = columns
    this.#sizes = sizes
    const column = new Map(columns.flatMap((all, i) => all.map(({ name }) => [name, i] as const)))
    this.#gutters = columns.map((_, i) =>
      cables.filter(({ owners: [a, b] }) => Math.min(column.get(a) ?? -1, column.get(b) ?? -1) === i),
    )
    const last = this.#gutters[columns.length - 1].length > 0 ? this.#gutter - sizes.margin : 0
    this.width = columns.length * sizes.member + (columns.length - 1) * this.#gutter + last
    const heights = [...columns, ...this.#gutters].map((all) => heightOf(all, sizes.gap))
    this.height = Math.max(...heights)
  }

  get #gutter(): number {
    return this.#sizes.words + 2 * this.#sizes.margin
  }

  place(top: number, members: Map<string, PlacedMember>, cables: Map<LayoutCable, PlacedCable>): void {
    const { member, gap, margin, words } = this.#sizes
    for (const [i, column] of this.#columns.entries()) {
      let y = top + (this.height - heightOf(column, gap)) / 2
      for (const { name, height } of column) {
        members.set(name, { x: i * (member + this.#gutter), y, height })
        y += height + gap
      }
    }
    const middle = (name: string) => {
      const { y, height } = members.get(name)!
      return y + height / 2
    }
    const order = ({ owners: [a, b] }: LayoutCable) => middle(a) + middle(b)
    const sorted = this.#gutters.map((gutter) => [...gutter].sort((one, other) => order(one) - order(other)))
    const jacks = new Jacks(sorted, members)
    for (const [i, gutter] of sorted.entries()) {
      const left = i * (member + this.#gutter) + member + margin
      let y = top + (this.height - heightOf(gutter, gap)) / 2
      for (const cable of gutter) {
        const bottom = y + cable.height
        const [near, far] = jacks.of(cable)
        const isAcross = far.x > near.x
        const from = [near.x + member, near.y] as const
        const line = isAcross
          ? [from, [left, bottom] as const, [left + words, bottom] as const, [far.x, far.y] as const]
          : [from, [left, bottom] as const, [far.x + member, far.y] as const]
        cables.set(cable, { x: left, y: bottom, line })
        y = bottom + gap
      }
    }
  }
}

/** Where the cables leave: at each side of a member one below the other, in the order of their words. */
class Jacks {
  readonly #places = new Map<LayoutCable, (readonly [side: string, name: string])[]>()
  readonly #sides = new Map<string, LayoutCable[]>()
  readonly #members: ReadonlyMap<string, PlacedMember>

  constructor(gutters: readonly (readonly LayoutCable[])[], members: ReadonlyMap<string, PlacedMember>) {
    this.#members = members
    for (const cable of gutters.flat()) {
      const [a, b] = [...cable.owners].sort((one, other) => members.get(one)!.x - members.get(other)!.x)
      const isAcross = members.get(a)!.x < members.get(b)!.x
      const places = [[`${a} right`, a] as const, [`${b} ${isAcross ? 'left' : 'right'}`, b] as const]
      this.#places.set(cable, places)
      for (const [side] of places) this.#sides.set(side, [...(this.#sides.get(side) ?? []), cable])
    }
  }

  /** The left edge of each of the two members, the left one first, and how far down its cable leaves. */
  of(cable: LayoutCable): readonly { readonly x: number; readonly y: number }[] {
    const taken = new Map<string, number>()
    return this.#places.get(cable)!.map(([side, name]) => {
      const all = this.#sides.get(side)!
      // Both ends may be at one side of one member: the second is the next place.
      const at = all.indexOf(cable, taken.has(side) ? (taken.get(side) ?? 0) + 1 : 0)
      taken.set(side, at)
      const { x, y, height } = this.#members.get(name)!
      return { x, y: y + (height * (at + 1)) / (all.length + 1) }
    })
  }
}
