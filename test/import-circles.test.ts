import { statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { circles, importGraph, importsOf } from './import-graph.js'

/**
 * Files that import each other in a circle can be read only together, and by value not even run one after the other. There are
 * none: neither by value nor by type (an import that is gone when the program runs).
 */
const root = dirname(import.meta.dirname)
const FLOORS = ['firmware', 'boards', 'host']
const graph = importGraph(root, FLOORS)

/** Rooms of the firmware, and what stands above each. */
const LAYERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^firmware\/net\//, /^firmware\/(socket|services|controller|stack)\b/],
  [/^firmware\/socket\//, /^firmware\/(services|controller|stack)\b/],
  [/^firmware\/stack\.ts/, /^firmware\/(services|controller)\b/],
]

describe('import circles', () => {
  it('by value there is none', () => {
    expect(circles(graph.byValue)).toEqual([])
  })

  it('nor by type: what two files say of each other stands in one of them, or in a third', () => {
    expect(circles(graph.all)).toEqual([])
  })

  it('the rooms of the stack stand in layers: the network knows no socket, neither knows the stack that puts them together', () => {
    const wrong = [...graph.all].flatMap(([file, imports]) => {
      const above = LAYERS.find(([layer]) => layer.test(file))?.[1]
      if (above === undefined) return []
      return [...imports].filter((other) => above.test(other)).map((other) => `${file} imports ${other}`)
    })
    expect(wrong).toEqual([])
  })

  it('what every command loads before its own work knows no stack, no chip and no check: a start waits for none of them', () => {
    const loaded = new Set(['host/node/cli/every-command.ts'])
    for (const file of loaded) for (const other of graph.byValue.get(file) ?? []) loaded.add(other)
    expect(loaded).toContain('host/node/cli/commands/drill.command.ts')
    const LIGHT = /^(?:firmware\/text\/|boards\/nearest\.ts|host\/)/
    expect([...loaded].filter((file) => !LIGHT.test(file))).toEqual([])
    const octets = [...loaded].reduce((sum, file) => sum + statSync(join(root, file)).size, 0)
    expect(octets).toBeLessThan(200_000)
  })

  it('imports are read as a bundler reads them', async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      stdin: { contents: [...graph.all.keys()].map((file) => `import './${file}'`).join('\n'), resolveDir: root },
      bundle: true,
      format: 'esm',
      write: false,
      metafile: true,
      packages: 'external',
      logLevel: 'silent',
      platform: 'node',
    })
    for (const [file, imports] of graph.byValue) {
      const bundled = (metafile.inputs[file]?.imports ?? []).flatMap(({ path, kind, external }) =>
        kind === 'import-statement' && external !== true ? [relative(root, join(root, path))] : [],
      )
      expect([...imports].sort(), file).toEqual([...new Set(bundled)].sort())
    }
  })
})

describe('importsOf', () => {
  it.each([
    ["import './a.js'", true],
    ["import a from './a.js'", true],
    ["import { a } from './a.js'", true],
    ["import {\n  a,\n  type B,\n} from './a.js'", true],
    ["import { type B } from './a.js'", true],
    ["import type { B } from './a.js'", false],
    ["import type {\n  B,\n  C,\n} from './a.js'", false],
    ["export * from './a.js'", true],
    ["export { a } from './a.js'", true],
    ["export type { B } from './a.js'", false],
    ["const b: import('./a.js').B = 1", false],
  ])('%j: by value %s', (text, byValue) => {
    expect(importsOf(`${text}\n`)).toEqual([{ specifier: './a.js', byValue }])
  })

  it('what only looks like an import is none', () => {
    expect(importsOf("const text = 'import x'\nimportant('./a.js')\nexport const from = './a.js'\n")).toEqual([])
  })
})
