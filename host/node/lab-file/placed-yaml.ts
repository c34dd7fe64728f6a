/** YAML 1.2 (yaml.org/spec/1.2.2) as a value, and of each place in that value the line and column it came from. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml'
import type { SchemaPath } from '../../../boards/schema/problems.js'

/** Aliases that may be put in for each other: a file of a few lines can ask for a billion values (the "billion laughs"). */
const MOST_ALIASES = 100
/** How deep a file may be; what people write has some eight levels. */
const DEEPEST = 64
const REMEDY = 'correct the text there'

export interface YamlFault {
  /** `3:5`, line and column from 1 on. */
  readonly place: string
  readonly fault: string
}

export class PlacedYaml {
  /** Why it is no YAML; empty where it is. */
  readonly faults: readonly YamlFault[]
  /** What it says; undefined where it is no YAML. */
  readonly value: unknown
  readonly #lines = new LineCounter()
  readonly #document: Document.Parsed | undefined

  constructor(text: string) {
    const deep = tooDeep(text)
    if (deep !== undefined) {
      this.faults = [{ place: deep, fault: `not YAML that anybody writes: more than ${DEEPEST} levels; ${REMEDY}` }]
      return
    }
    const document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      version: '1.2',
      stringKeys: true,
    })
    this.#document = document
    const faults = document.errors.map(({ message, pos }) => ({
      place: this.#place(pos[0]),
      fault: `not YAML: ${firstLine(message)}; ${REMEDY}`,
    }))
    if (faults.length === 0) {
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
    let node: unknown = this.#document?.contents
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
    return isAlias(node) && this.#document !== undefined ? (node as Alias).resolve(this.#document) : node
  }

  #place(offset: number): string {
    const { line, col } = this.#lines.linePos(offset)
    return line === 0 ? '1:1' : `${line}:${col}`
  }
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0]
}

const firstLine = (message: string): string => message.split('\n')[0].replace(/[.:]$/, '')

function holdsItself(value: unknown, holders: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (holders.includes(value)) return true
  const around = [...holders, value]
  return Object.values(value).some((each) => holdsItself(each, around))
}

/**
 * Where a text is deeper than anybody writes: the parser descends into itself, and what a stranger sends must not exhaust the stack. Counted are brackets,
 * and the indicators of blocks (`- - -`, `? ? ?`) in one line; indentation is a level an octet at most.
 */
function tooDeep(text: string): string | undefined {
  let depth = 0
  for (const [i, line] of text.split('\n').entries()) {
    const [indent] = /^ */.exec(line) ?? ['']
    const [blocks] = /^(?: *[-?:](?= |$))*/.exec(line) ?? ['']
    const before = blocks.replace(/ /g, '').length
    if (indent.length > 4 * DEEPEST || before > DEEPEST) return `${i + 1}:1`
    for (let at = 0; at < line.length; at++) {
      const character = line[at]
      if (character === '[' || character === '{') {
        if (++depth > DEEPEST) return `${i + 1}:${at + 1}`
      } else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
    }
  }
  return undefined
}
