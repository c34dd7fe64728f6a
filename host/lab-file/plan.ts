/** Who is in a lab and which jacks its cables are in, by name: all that can be said of a definition before anything is built. */
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { suggestion } from '../../boards/nearest.js'
import type { SchemaPath, SchemaProblem } from '../../boards/schema/problems.js'
import type { BoxEntry, CableEntry, LabDefinition } from './schema.js'

export type MemberKind = 'board' | 'host' | 'box'

/** Where a plug goes: `port` is the number of a box's port, from 1 on, or of a host's card, from 0 on; 0 for a board. */
export interface JackPlace {
  readonly owner: string
  readonly kind: MemberKind
  readonly port: number
}

export interface PlannedCable {
  /** Its own, or `cable-1` for the first of the file. */
  readonly name: string
  readonly entry: CableEntry
  readonly path: SchemaPath
  /** Undefined where the file names no jack that there is. */
  readonly ends: readonly [JackPlace | undefined, JackPlace | undefined]
}

/** Who executes the firmware of a board of the lab. */
export type LabBoardMode = 'model' | 'avr'

export interface PlannedBoard {
  readonly definition: BoardDefinition
  readonly mode: LabBoardMode
}

export interface LabPlan {
  readonly kinds: ReadonlyMap<string, MemberKind>
  /** Those of a board that there is. */
  readonly boards: ReadonlyMap<string, PlannedBoard>
  readonly cables: readonly PlannedCable[]
  readonly problems: readonly SchemaProblem[]
}

const DEFAULT_PORTS: Readonly<Record<BoxEntry['kind'], number>> = { switch: 4, hub: 4, impaired: 2 }

export function portsOf({ kind, ports }: BoxEntry): number {
  return kind === 'impaired' ? DEFAULT_PORTS.impaired : (ports ?? DEFAULT_PORTS[kind])
}

/** As a person writes it: `desk`, `router.eth1`, `sw.3`. */
export function jackName({ owner, kind, port }: JackPlace): string {
  if (kind === 'box') return `${owner}.${port}`
  return port === 0 ? owner : `${owner}.eth${port}`
}

/** @param boards the boards there are, by name */
export function planLab(definition: LabDefinition, boards: ReadonlyMap<string, BoardDefinition> = BOARDS): LabPlan {
  const problems: SchemaProblem[] = []
  const kinds = namesIn(definition, problems)
  return {
    kinds,
    boards: boardsIn(definition, boards, problems),
    cables: new CablePlanner(definition, kinds, problems).cables,
    problems,
  }
}

const GROUPS = { boards: 'board', hosts: 'host', boxes: 'box' } as const

function namesIn(definition: LabDefinition, problems: SchemaProblem[]): ReadonlyMap<string, MemberKind> {
  const kinds = new Map<string, MemberKind>()
  for (const [group, kind] of Object.entries(GROUPS)) {
    for (const name of Object.keys(definition[group as keyof typeof GROUPS] ?? {})) {
      const before = kinds.get(name)
      if (before === undefined) kinds.set(name, kind)
      else
        problems.push({
          path: [group, name],
          problem: `a ${before} of this lab is called "${name}" too; give each its own name`,
        })
    }
  }
  return kinds
}

function boardsIn(
  definition: LabDefinition,
  boards: ReadonlyMap<string, BoardDefinition>,
  problems: SchemaProblem[],
): ReadonlyMap<string, PlannedBoard> {
  const planned = new Map<string, PlannedBoard>()
  for (const [name, { board }] of Object.entries(definition.boards ?? {})) {
    const [, mode = 'model', kind] = /^(?:(model|avr):)?(.*)$/.exec(board) ?? []
    const found = boards.get(kind)
    const wrong =
      found === undefined
        ? `there is no board "${kind}"; the boards are ${[...boards.keys()].join(', ')}${suggestion(kind, [...boards.keys()])}`
        : found.modes.includes(mode as LabBoardMode)
          ? undefined
          : `${kind} cannot be opened as ${mode}:${kind}; leave "${mode}:" out`
    if (wrong !== undefined) problems.push({ path: ['boards', name, 'board'], problem: wrong })
    else if (found !== undefined) planned.set(name, { definition: found, mode: mode as LabBoardMode })
  }
  return planned
}

class CablePlanner {
  readonly cables: readonly PlannedCable[]
  readonly #definition: LabDefinition
  readonly #kinds: ReadonlyMap<string, MemberKind>
  readonly #problems: SchemaProblem[]
  /** Jacks that have a plug, and the path of that. */
  readonly #taken = new Map<string, string>()

  constructor(definition: LabDefinition, kinds: ReadonlyMap<string, MemberKind>, problems: SchemaProblem[]) {
    this.#definition = definition
    this.#kinds = kinds
    this.#problems = problems
    const entries = definition.cables ?? []
    const names = this.#cableNames(entries)
    // Ports that are named are theirs, wherever they stand in the file.
    const named = entries.map(({ between }, i) =>
      between.map((text, end) => this.#jack(text, ['cables', i, 'between', end])),
    )
    this.cables = entries.map((entry, i) => {
      const ends = named[i].map((jack, end) => this.#withPort(jack, ['cables', i, 'between', end]))
      return { name: names[i], entry, path: ['cables', i], ends: [ends[0], ends[1]] as const }
    })
  }

  #cableNames(entries: readonly CableEntry[]): readonly string[] {
    const used = new Map<string, number>()
    return entries.map(({ name }, i) => {
      const called = name ?? `cable-${i + 1}`
      const before = used.get(called)
      const path = name === undefined ? ['cables', i] : ['cables', i, 'name']
      if (before !== undefined)
        this.#problems.push({
          path,
          problem: `the cable at cables[${before}] is called "${called}" too; give each its own name`,
        })
      if (this.#kinds.has(called))
        this.#problems.push({
          path,
          problem: `a ${this.#kinds.get(called)} of this lab is called "${called}" too; give each its own name`,
        })
      used.set(called, i)
      return called
    })
  }

  /** @returns the jack, of a box whose port is not named without it */
  #jack(text: string, path: SchemaPath): JackPlace | undefined {
    const dot = text.indexOf('.')
    const owner = dot < 0 ? text : text.slice(0, dot)
    const port = dot < 0 ? undefined : text.slice(dot + 1)
    const kind = this.#kinds.get(owner)
    const wrong = this.#portFault(owner, kind, port)
    if (wrong !== undefined || kind === undefined) {
      this.#problems.push({ path, problem: wrong ?? '' })
      return undefined
    }
    if (kind === 'box' && port === undefined) return { owner, kind, port: 0 }
    const jack = { owner, kind, port: port === undefined ? 0 : Number(port.replace('eth', '')) }
    return this.#take(jack, path) ? jack : undefined
  }

  #portFault(owner: string, kind: MemberKind | undefined, port: string | undefined): string | undefined {
    if (kind === undefined) return noSuch(owner, [...this.#kinds.keys()])
    if (port === undefined) return undefined
    if (kind === 'board') return `a board has one jack: write "${owner}"`
    if (kind === 'host') {
      const last = this.#definition.hosts?.[owner]?.cards?.length ?? 0
      if (/^eth\d{1,3}$/.test(port) && Number(port.slice(3)) <= last) return undefined
      return `${owner} has no card "${port}"; ${last === 0 ? `it has one: write "${owner}", or add cards` : `it has eth0 to eth${last}`}`
    }
    const box = this.#definition.boxes?.[owner]
    const last = box === undefined ? 0 : portsOf(box)
    if (/^\d{1,3}$/.test(port) && Number(port) >= 1 && Number(port) <= last) return undefined
    return `${owner} has no port "${port}"; it has 1 to ${last}`
  }

  #take(jack: JackPlace, path: SchemaPath): boolean {
    const name = jackName(jack)
    const before = this.#taken.get(name)
    if (before === undefined) {
      this.#taken.set(name, `cables[${path[1]}]`)
      return true
    }
    this.#problems.push({ path, problem: `in ${name} there is a plug already, of ${before}; use another jack` })
    return false
  }

  /** Of a box without a number: its next free port. */
  #withPort(jack: JackPlace | undefined, path: SchemaPath): JackPlace | undefined {
    if (jack === undefined || jack.kind !== 'box' || jack.port > 0) return jack
    const box = this.#definition.boxes?.[jack.owner]
    const last = box === undefined ? 0 : portsOf(box)
    for (let port = 1; port <= last; port++) {
      const free = { ...jack, port }
      if (!this.#taken.has(jackName(free))) return this.#take(free, path) ? free : undefined
    }
    this.#problems.push({
      path,
      problem: `all ${last} ports of ${jack.owner} have plugs in them; give it more (ports: ${last + 1})`,
    })
    return undefined
  }
}

export function noSuch(name: string, names: readonly string[]): string {
  const known = names.length === 0 ? 'there is nothing in this lab' : `there are ${names.join(', ')}`
  return `nothing in this lab is called "${name}"; ${known}${suggestion(name, names)}`
}
