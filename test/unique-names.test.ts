/** One exported name means one thing: whoever searches for it finds one declaration. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importGraph } from './import-graph.js'

const ROOT = join(import.meta.dirname, '..')
const FOLDERS = ['firmware', 'boards', 'host', 'test']

/** Names that two files may declare, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  runChecks: 'of linkpulse and of linkpulse/node: the same function, which there opens real ports too',
  openTarget: 'of linkpulse and of linkpulse/node: the same function, which there opens real ports too',
}

/** What declares an exported name, at the beginning of a line: biome keeps it there. Overloads have one name. */
const DECLARATION =
  /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\s*\*?|class|interface|type|const\s+enum|const|let|enum|namespace)\s+([\w$]+)/gm
/** `export const { ALPHA, DELTA: other } = …` */
const DESTRUCTURED = /^export\s+(?:const|let)\s+\{([^}]*)\}/gm

function exportedNames(text: string): Set<string> {
  const names = new Set([...text.matchAll(DECLARATION)].map(([, name]) => name))
  for (const [, list] of text.matchAll(DESTRUCTURED)) {
    for (const part of list.split(',')) {
      const name = part.split('=')[0].split(':').at(-1)?.trim()
      if (name) names.add(name)
    }
  }
  return names
}

describe('exported names', () => {
  it('are found however they are declared', () => {
    const text = [
      'export interface Wire {',
      'export type Level = 0 | 1',
      'export { type Clock } from "./clock.js"',
      'export const LIMIT = 1',
      'export const { ALPHA, B: BETA } = BOTH',
      'export function* receive(',
      'export async function wait(a: string): void',
      'export async function wait(a: number): void',
      'export abstract class Port {',
      'const local = 1',
    ].join('\n')
    expect([...exportedNames(text)].sort()).toEqual([
      'ALPHA',
      'BETA',
      'LIMIT',
      'Level',
      'Port',
      'Wire',
      'receive',
      'wait',
    ])
  })

  it('are declared in one file each', () => {
    const files = new Map<string, string[]>()
    for (const file of importGraph(ROOT, FOLDERS).all.keys()) {
      for (const name of exportedNames(readFileSync(join(ROOT, file), 'utf8'))) {
        files.set(name, [...(files.get(name) ?? []), file])
      }
    }
    const twice = [...files].filter(([, where]) => where.length > 1)
    expect(twice.filter(([name]) => !Object.hasOwn(EXCEPTIONS, name))).toEqual([])
    // An exception that no longer applies goes.
    expect(twice.map(([name]) => name).sort()).toEqual(Object.keys(EXCEPTIONS).sort())
  })
})
