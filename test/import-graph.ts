/**
 * Which source file imports which, and how: by value, so that the other is run before it, or only for a type, which is gone when
 * the program runs. (`verbatimModuleSyntax` has every import say so: what is not marked `type` is kept.)
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

export interface ImportGraph {
  /** By file, as `firmware/stack.ts`: the files of the same tree that it imports by value. */
  readonly byValue: ReadonlyMap<string, ReadonlySet<string>>
  /** The same with those that it imports for a type alone. */
  readonly all: ReadonlyMap<string, ReadonlySet<string>>
}

/** A static `import` or `export … from`, which begins a line: the clause (absent: for its effects), and the specifier. */
const STATEMENT = /^(?:import|export)\s+(?:([^'"`;]*?)\s*from\s*)?'([^'\n]+)'/gm
/** `import('./other.js').Name` where a type stands, and a dynamic import, which runs when the program has begun. */
const INLINE = /\bimport\('([^'\n]+)'\)/g

/** The imports of one file's text, as they are written there. */
export function importsOf(text: string): { specifier: string; byValue: boolean }[] {
  const found: { specifier: string; byValue: boolean }[] = []
  for (const [, clause, specifier] of text.matchAll(STATEMENT))
    found.push({ specifier, byValue: clause === undefined || !isTypeOnly(clause) })
  for (const [, specifier] of text.matchAll(INLINE)) found.push({ specifier, byValue: false })
  return found
}

/** `import { type A } from` is kept as an import for its effects, so it is no type import; `import type { A }` is one. */
function isTypeOnly(clause: string): boolean {
  return /^type\s+[^,]/.test(clause)
}

/** The graph of the TypeScript files under folders of `root`, tests left out. */
export function importGraph(root: string, folders: readonly string[]): ImportGraph {
  const byValue = new Map<string, Set<string>>()
  const all = new Map<string, Set<string>>()
  const files = folders.flatMap((folder) => sources(join(root, folder))).map((file) => relative(root, file))
  const known = new Set(files)
  for (const file of files) {
    const values = new Set<string>()
    const every = new Set<string>()
    for (const { specifier, byValue: isValue } of importsOf(readFileSync(join(root, file), 'utf8'))) {
      if (!specifier.startsWith('.')) continue
      const target = join(dirname(file), specifier).replace(/\.js$/, '.ts')
      if (!known.has(target)) continue
      every.add(target)
      if (isValue) values.add(target)
    }
    byValue.set(file, values)
    all.set(file, every)
  }
  return { byValue, all }
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Files that reach each other: the strongly connected components of more than one (Tarjan 1972), each in order of name. */
export function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const found: string[][] = []
  const visit = (file: string): void => {
    const number = order.size
    order.set(file, number)
    low.set(file, number)
    stack.push(file)
    onStack.add(file)
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next)
      if (onStack.has(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!))
    }
    if (low.get(file) !== number) return
    const component: string[] = []
    let member: string
    do {
      member = stack.pop()!
      onStack.delete(member)
      component.push(member)
    } while (member !== file)
    if (component.length > 1 || graph.get(file)?.has(file)) found.push(component.sort())
  }
  for (const file of graph.keys()) visit(file)
  return found.sort((a, b) => a[0].localeCompare(b[0]))
}
