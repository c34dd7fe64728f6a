/** docs/labs.md: its example does what stands below it, and it names every key that a lab file has. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runHere } from '../cli/here.js'
import { ROOT } from './shown.js'

const page = readFileSync(join(ROOT, 'docs/labs.md'), 'utf8')

it('the lab of docs/labs.md does what the page says', async () => {
  const [, lab, printed] = /```yaml\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/.exec(page) ?? []
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-lab-page-'))
  try {
    const path = join(folder, 'lab.yaml')
    writeFileSync(path, lab)
    const { status, stdout } = await runHere('lab', 'up', path)
    expect(stdout).toBe(printed)
    expect(status).toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('docs/labs.md names every key of a lab file', () => {
  const keys = new Set<string>()
  const collect = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    if ('properties' in schema) for (const key of Object.keys(schema.properties as object)) keys.add(key)
    for (const part of Object.values(schema)) collect(part)
  }
  collect(JSON.parse(readFileSync(join(ROOT, 'schema/lab.json'), 'utf8')))
  expect(keys.size).toBeGreaterThan(50)
  // Between backquotes, alone or with what it takes.
  const named = new Set([...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => code.match(/[$\w]+/g) ?? []))
  expect([...keys].filter((key) => !named.has(key))).toEqual([])
})
