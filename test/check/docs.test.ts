import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { CHECKS } from '../../host/check/check-list.js'

it('docs/checks.md has every check with its title, its clause and what it stands on, and no other', () => {
  const text = readFileSync(fileURLToPath(new URL('../../docs/checks.md', import.meta.url)), 'utf8')
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  const expected = CHECKS.map(({ id, title, needs, reference }) => {
    const stands = needs.map((need) => `\`${need}\``).join(' ')
    return `| \`${id}\` | ${title} | ${stands} | ${reference} |`
  })
  expect([...rows].sort()).toEqual([...expected].sort())
})
