import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../host/node/cli/commands.js'
import { readLine } from '../../host/node/cli/read-line.js'
import { COMMAND_PAGES, withCommandTables } from './command-tables.js'
import { READMES, ROOT } from './shown.js'

const DOCUMENTS = [
  ...READMES,
  ...readdirSync(join(ROOT, 'docs')).flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : [])),
]

it.each(COMMAND_PAGES)('$file has every command with what it takes, and no other (`make docs` renews it)', (page) => {
  const text = readFileSync(join(ROOT, page.file), 'utf8')
  expect(text).toBe(withCommandTables(page, text))
  for (const { name } of COMMANDS) expect(text).toContain(`\n### ${name}\n`)
})

it('docs/commands.md says of every schema which command prints it', () => {
  const page = readFileSync(join(ROOT, 'docs/commands.md'), 'utf8')
  const named = [...page.matchAll(/^\| \[(\S+)\]\(\.\.\/schema\/\1\) \| `/gm)].map(([, file]) => file)
  expect(named.sort()).toEqual(readdirSync(join(ROOT, 'schema')))
})

/** Lines of a document that a reader would type: in a block, or in a sentence between backticks. */
function lines(text: string): string[] {
  const inBlocks = [...text.matchAll(/^(?: {4,}|\$ )(?:sudo )?(?:npx )?linkpulse ([^\n]*)$/gm)].map(([, line]) => line)
  const inSentences = [...text.matchAll(/`(?:sudo )?(?:npx )?linkpulse ([^`\n]+)`/g)].map(([, line]) => line)
  return [...inBlocks, ...inSentences]
}

/** The words of a line as a shell would hand them on, without what is behind a pipe, a comment or an omission. */
function wordsOf(line: string): string[] {
  const own = line.split(/ [|>;&#…]| {2,}| \.\.\.| \(| \[OPTION\]/)[0]
  return [...own.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => (a ?? b ?? c).replaceAll('\\|', '|'))
}

describe.each(DOCUMENTS)('%s', (file) => {
  const found = lines(readFileSync(join(ROOT, file), 'utf8')).map((line) => [line, wordsOf(line)] as const)

  it('shows commands and options that there are', () => {
    const wrong = found.flatMap(([line, words]) => {
      if (words.length === 0 || words[0] === '--version' || words[0] === 'COMMAND') return []
      try {
        const read = readLine(COMMANDS, words)
        return 'given' in read || read.word === undefined || read.word === 'COMMAND' ? [] : [`${line}: no command`]
      } catch (error) {
        const { message } = error as Error
        // A sentence may name a command, and an option of it, without saying of what.
        return / needs [A-Z[]/.test(message) ? [] : [`${line}: ${message}`]
      }
    })
    expect(wrong).toEqual([])
  })
})

it('documents show many commands', () => {
  const count = DOCUMENTS.flatMap((file) => lines(readFileSync(join(ROOT, file), 'utf8'))).length
  expect(count).toBeGreaterThan(150)
})
