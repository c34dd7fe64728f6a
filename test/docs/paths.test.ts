/** Every path that a help text or a document names is there: files move, and what names them must follow. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../host/node/cli/commands.js'
import { explain, overview } from '../../host/node/cli/help.js'
import { READMES, ROOT } from './shown.js'

const ROOMS = ['firmware', 'boards', 'host', 'test', 'docs', 'schema', '.ci']
const TREE: readonly string[] = ROOMS.flatMap((room) =>
  existsSync(join(ROOT, room))
    ? readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path}`)
    : [],
)
const DOCUMENTS = [
  ...READMES,
  ...readdirSync(join(ROOT, 'docs')).flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : [])),
]

/** From the top of the tree: `host/check/`, `boards/faults/*.ts`. */
const WHOLE = new RegExp(
  `(?<![\\w/.:@-])(?:${ROOMS.map((room) => room.replace('.', '\\.')).join('|')})/[\\w.*/-]+`,
  'g',
)
/** A file of ours by its last names alone, where a sentence has named its room: `cell-reader.ts`, `core/link.c`. */
const SHORT = /`((?:[\w-]+\/)*[\w.-]+\.(?:ts|c|h|py|md))`/g

/** An example of a name, and a file of packetdrill's. */
const OTHERS = ['x.test.ts', 'set_sysctls.py']

/** Those that are not there. `*`, or LAYER and NAME, stand for any. */
function missing(text: string): string[] {
  const whole = [...text.matchAll(WHOLE)].map(([path]) => path.replace(/[.,/-]+$/, ''))
  const short = [...text.matchAll(SHORT)].map(([, path]) => path)
  const isThere = (path: string): boolean => existsSync(join(ROOT, path)) || TREE.some((each) => matches(each, path))
  return [
    ...whole.filter((path) => !isThere(path)),
    ...short.filter((path) => !OTHERS.includes(path) && !isThere(path) && !isThere(`**/${path}`)),
  ]
}

function matches(path: string, pattern: string): boolean {
  const source = pattern
    .replaceAll('.', '\\.')
    .replaceAll('**/', '(?:.+/)?')
    .replaceAll('*', '[^/]*')
    .replace(/\b(?:LAYER|NAME)\b/g, '[^/]*')
  return new RegExp(`^${source}$`).test(path)
}

it('finds a path that is not there', () => {
  expect(missing('see host/nowhere/x.ts, `nothing-such.ts` and boards/*.txt, (docs/gone.md).')).toEqual([
    'host/nowhere/x.ts',
    'boards/*.txt',
    'docs/gone.md',
    'nothing-such.ts',
  ])
  expect(missing('see docs/README.md, `shown.ts`, `setup/tools.ts`, test/docs/ and boards/catalogue/*.ts.')).toEqual([])
})

describe.each(DOCUMENTS)('%s', (file) => {
  const text = readFileSync(join(ROOT, file), 'utf8')

  it('names paths that are there', () => {
    expect(missing(text)).toEqual([])
  })

  it('links to files that are there', () => {
    const targets = [...text.matchAll(/\]\(([^)\s#:]+)(?:#[^)]*)?\)/g)].map(([, target]) => join(dirname(file), target))
    expect(targets.filter((target) => !existsSync(join(ROOT, target)))).toEqual([])
  })
})

describe('help', () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: readonly string[] }

  it.each([['linkpulse help', overview()], ...COMMANDS.map((command) => [command.name, explain(command)])])(
    '%s names paths that are there, and that are in the package',
    (_, text) => {
      expect(missing(text)).toEqual([])
      const named = [...text.matchAll(WHOLE)].map(([path]) => path)
      expect(named.filter((path) => !files.some((each) => path.startsWith(each)))).toEqual([])
    },
  )
})

it(`looks at more than the names of rooms: ${basename(import.meta.filename)}`, () => {
  const named = DOCUMENTS.flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(WHOLE)])
  expect(named.length).toBeGreaterThan(150)
})

it('docs/library.md says of each door of the package once what is behind it', () => {
  const { name, exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly exports: Readonly<Record<string, unknown>>
  }
  const doors = Object.keys(exports).filter((door) => !/schema|package\.json/.test(door))
  const rows = [...readFileSync(join(ROOT, 'docs/library.md'), 'utf8').matchAll(/^\| `([\w/]+)` \|/gm)]
  expect(rows.map(([, door]) => door).sort()).toEqual(doors.map((door) => door.replace('.', name)).sort())
})
