/** Turns of phrase at which a reader stops are not in documents, comments and messages: default, invalid, reported, timeout and released are. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = dirname(import.meta.dirname)
const ODD = /how manieth|\bthat is none\b|\btold\s+of\b|\bhears? of\b|\bhas its say\b|\bpatience\b|\blets? go\b/i

const files = [
  'README.md',
  ...['docs', 'firmware', 'boards', 'host'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  ),
].filter((path) => /\.(?:md|tsx?|[ch])$/.test(path) && !/\.test\.ts$/.test(path))

it('are read for words that stop a reader', () => {
  expect(files.length).toBeGreaterThan(1000)
  const found = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (ODD.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
  )
  expect(found).toEqual([])
})
