import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './shown.js'

const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8')
const PROMISE = /^\| (.+) \| `([^`]+\.test\.ts)`: (.+) \|$/gm
const promises = [...page.matchAll(PROMISE)].map(([, promise, file, test]) => [promise, file, test] as const)

describe('docs/security.md', () => {
  it('has a test for each promise, and says what listens', () => {
    const [, table] = page.split('## What is promised, and the test that holds it')
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise'))
    expect(rows.length).toBeGreaterThan(20)
    expect(promises).toHaveLength(rows.length)
    expect(page).toContain('127.0.0.1')
  })

  it.each(promises)('holds what it promises by a test that there is: %s', (_, file, test) => {
    expect(existsSync(join(ROOT, file)), file).toBe(true)
    const text = readFileSync(join(ROOT, file), 'utf8')
    const named = ["'", '`', '"'].some((quote) => text.includes(`${quote}${test}${quote}`))
    expect(named, `${file} has no test “${test}”`).toBe(true)
  })

  it('is linked from where a reader begins', () => {
    expect(readFileSync(join(ROOT, 'docs/README.md'), 'utf8')).toContain('](security.md)')
  })
})
