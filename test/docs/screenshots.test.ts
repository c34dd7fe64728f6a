/** The photographs of the workshop in docs/: one of each station and language, no larger than a page bears, and shown. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { STATION_NAMES } from '../../host/workshop/station-names.js'
import { ROOT } from './shown.js'

const FOLDER = 'docs/figures/workshop'

it.each([
  ['en', 'docs/workshop.md'],
  ['zh', 'docs/workshop.zh-CN.md'],
])('every station is shown (%s), in at most 150 kB', (language, document) => {
  const text = readFileSync(join(ROOT, document), 'utf8')
  const shown = [...text.matchAll(/!\[([^\]]+)\]\(figures\/workshop\/([^)]+)\)/g)].map(([, , file]) => file)
  expect(shown).toEqual(STATION_NAMES.map((station) => `${station}.${language}.png`))
  for (const file of shown) expect(statSync(join(ROOT, FOLDER, file)).size).toBeLessThanOrEqual(150_000)
})

it('none is there that no document shows', () => {
  const documents = ['docs/workshop.md', 'docs/workshop.zh-CN.md'].map((path) => readFileSync(join(ROOT, path), 'utf8'))
  const files = readdirSync(join(ROOT, FOLDER))
  expect(files.filter((file) => !documents.some((text) => text.includes(`(figures/workshop/${file})`)))).toEqual([])
})
