/** YAML 1.2 (yaml.org/spec/1.2.2) as a value, and of each place in that value the line and column it came from. */
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import type { SchemaPath } from '../../../boards/schema/problems.js'
import { DEEPEST, MOST_ALIASES, type YamlFault, YamlText } from '../files/yaml-text.js'

const REMEDY = 'correct the text there'

export interface PlacedYamlFault {
  /** `3:5`, line and column from 1 on. */
  readonly place: string
  readonly fault: string
}

export class PlacedYaml {
  /** Why it is no YAML; empty where it is. */
  readonly faults: readonly PlacedYamlFault[]
  /** What it says; undefined where it is no YAML. */
  readonly value: unknown
  readonly #text: YamlText

  constructor(text: string) {
    this.#text = new YamlText(text, { version: '1.2', stringKeys: true })
    const { document } = this.#text
    const faults = this.#text.faults.map(({ offset, reason }) => ({
      place: this.#place(offset),
      fault: `${inWords(reason)}; ${REMEDY}`,
    }))
    if (faults.length === 0 && document !== undefined) {
      try {
        const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES })
        if (holdsItself(value))
          faults.push({ place: '1:1', fault: `not YAML that says anything: an anchor holds itself; ${REMEDY}` })
        else this.value = value
      } catch (error) {
        // What the package throws for an alias of nothing, and for too many of them.
        if (!(error instanceof ReferenceError)) throw error
        faults.push({ place: '1:1', fault: `not YAML: ${firstLine(error.message)}; ${REMEDY}` })
      }
    }
    this.faults = faults
  }

  /** Line and column, from 1 on, of what stands at a path, or of the nearest thing around it: `3:5`. */
  placeOf(path: SchemaPath): string {
    return this.#place(this.offsetOf(path))
  }

  /** The same as characters from the beginning. */
  offsetOf(path: SchemaPath): number {
    let node: unknown = this.#text.document?.contents
    let offset = startOf(node)
    for (const key of path) {
      const holder = this.#resolved(node)
      if (isSeq(holder)) {
        node = holder.items[Number(key)]
        offset = startOf(node) ?? offset
        continue
      }
      if (!isMap(holder)) break
      const pair: Pair | undefined = holder.items.find(
        ({ key: own }) => isScalar(own) && String(own.value) === String(key),
      )
      if (pair === undefined) break
      node = pair.value
      offset = startOf(pair.key) ?? offset
    }
    return offset ?? 0
  }

  #resolved(node: unknown): unknown {
    const { document } = this.#text
    return isAlias(node) && document !== undefined ? (node as Alias).resolve(document) : node
  }

  #place(offset: number): string {
    const { line, column } = this.#text.placeAt(offset)
    return `${line}:${column}`
  }
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0]
}

function inWords(reason: YamlFault['reason']): string {
  if (reason.kind === 'too deep') return `not YAML that anybody writes: more than ${DEEPEST} levels`
  return `not YAML: ${firstLine(reason.message)}`
}

const firstLine = (message: string): string => message.split('\n')[0].replace(/[.:]$/, '')

function holdsItself(value: unknown, holders: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (holders.includes(value)) return true
  const around = [...holders, value]
  return Object.values(value).some((each) => holdsItself(each, around))
}
