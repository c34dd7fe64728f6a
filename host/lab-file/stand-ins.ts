/**
 * A definition with mistakes of form, made whole enough for what is well formed of it to be looked at all the same: who mends a file
 * wants to know everything.
 */
import * as v from 'valibot'
import { isPlainObject } from '../../boards/plain-object.js'
import { problemsWithin, type SchemaPath, type SchemaProblem } from '../../boards/schema/problems.js'
import { LAB_FILE, type LabDefinition } from './schema.js'

/** What stands for an entry of which too little is well formed: its name is one of the lab's all the same. */
const STAND_INS = {
  boards: { board: 'uno', address: 'dhcp' },
  hosts: { address: 'dhcp' },
  boxes: { kind: 'hub', ports: 250 },
  cables: { between: ['?', '?'] },
  captures: { file: '_.pcapng' },
  steps: { wait: '0s' },
} as const

type Group = keyof typeof STAND_INS

export interface WellFormed {
  readonly definition: LabDefinition
  /** Entries, by their path, of which only the name says anything: nothing else is reported of them. */
  readonly standIns: readonly SchemaPath[]
}

/** What is well formed of a definition with those problems; undefined where it is none at all. */
export function wellFormed(value: unknown, problems: readonly SchemaProblem[]): WellFormed | undefined {
  if (!isPlainObject(value)) return undefined
  const wrong = new Set(problems.map(({ path }) => path.join('/')))
  const standIns: SchemaPath[] = []
  const entryOf = (group: Group, key: string | number, entry: unknown): unknown => {
    const path = [group, key]
    const right = wrong.has(path.join('/')) ? undefined : without(entry, path, wrong)
    const isRight = (each: unknown) => problemsWithin(LAB_FILE.entries[group], { [key]: each }, []).length === 0
    const fits = (each: unknown) => (typeof key === 'number' ? fitsList(group, each) : isRight(each))
    if (right !== undefined && fits(right)) return right
    standIns.push(path)
    const name = group === 'cables' && isPlainObject(right) ? { name: right.name } : {}
    const named = { ...STAND_INS[group], ...name }
    return fits(named) ? named : STAND_INS[group]
  }
  const rest = Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    if (wrong.has(key)) return []
    if (!(key in STAND_INS)) return [[key, without(part, [key], wrong)]]
    const group = key as Group
    if (Array.isArray(part)) return [[key, part.map((entry, i) => entryOf(group, i, entry))]]
    const entries = Object.entries(part as object).map(([name, entry]) => [name, entryOf(group, name, entry)] as const)
    return [[key, Object.fromEntries(entries)]]
  })
  const definition = Object.fromEntries(rest)
  // An invalid name is not an entry.
  for (const group of ['boards', 'hosts', 'boxes'] as const) {
    const entries = definition[group]
    if (isPlainObject(entries)) definition[group] = withGoodNames(group, entries)
  }
  return v.is(LAB_FILE, definition) ? { definition, standIns } : undefined
}

function fitsList(group: Group, entry: unknown): boolean {
  return problemsWithin(LAB_FILE.entries[group], [entry], []).length === 0
}

function withGoodNames(group: Group, entries: object): object {
  const good = Object.entries(entries).filter(
    ([name]) => problemsWithin(LAB_FILE.entries[group], { [name]: STAND_INS[group] }, []).length === 0,
  )
  return Object.fromEntries(good)
}

/** A copy without the values at which something is wrong; of a list, from the first such on: what is behind it keeps its place. */
function without(value: unknown, path: SchemaPath, wrong: ReadonlySet<string>): unknown {
  const isRight = (key: string | number) => !wrong.has([...path, key].join('/'))
  if (Array.isArray(value)) {
    const first = value.findIndex((_, i) => !isRight(i))
    return (first < 0 ? value : value.slice(0, first)).map((each, i) => without(each, [...path, i], wrong))
  }
  if (!isPlainObject(value)) return value
  const right = Object.entries(value).filter(([key]) => isRight(key))
  return Object.fromEntries(right.map(([key, each]) => [key, without(each, [...path, key], wrong)]))
}
