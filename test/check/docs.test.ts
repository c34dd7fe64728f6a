import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { CHECKS } from '../../host/check/check-list.js'
import { withCheckTables } from './check-tables.js'

const text = readFileSync(fileURLToPath(new URL('../../docs/checks.md', import.meta.url)), 'utf8')

it('docs/checks.md has every check with its title, its clause and what it stands on, and no other (`make docs` renews it)', () => {
  expect(text).toBe(withCheckTables(text))
  for (const { id } of CHECKS) expect(text).toContain(`| \`${id}\` |`)
})
