/** Programs in pages of docs/, each followed by what it prints: run as they stand. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './shown.js'

const EXAMPLE = /```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g

describe.each([
  ['docs/wire.md', 3],
  ['docs/rs232.md', 2],
  ['docs/library.md', 2],
  ['docs/node.md', 2],
  ['docs/labs.md', 1],
  ['docs/gateway.md', 1],
  ['docs/serialport.md', 1],
])('%s', (page, count) => {
  const examples = [...readFileSync(join(ROOT, page), 'utf8').matchAll(EXAMPLE)].map(([, source, printed], i) => ({
    name: `example ${i + 1}`,
    source,
    printed,
  }))

  it('has programs', () => {
    expect(examples).toHaveLength(count)
  })

  it.each(examples)('$name prints what the page says', ({ source, printed }) => {
    // In a folder of its own, with the packages of this one: what it writes is not left behind.
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-example-'))
    try {
      for (const name of ['node_modules', 'dist', 'docs', 'firmware', 'package.json'])
        symlinkSync(join(ROOT, name), join(folder, name))
      writeFileSync(join(folder, 'example.mjs'), source)
      const { stdout, stderr } = spawnSync(process.execPath, ['--preserve-symlinks', 'example.mjs'], {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      expect(stdout).toBe(printed)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
