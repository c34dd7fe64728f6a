import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/**
 * The three floors, and the flats of the host floor, are held apart by the type check. This puts a wrong import, or a forbidden global, into
 * a small copy of the house (its real tsconfigs, a file a flat) and sees that `tsc -b` refuses it.
 */
const root = dirname(import.meta.dirname)
let house: string

const HONEST: Record<string, string> = {
  // With a package in it, so that what a package's types bring along is held apart as well.
  'firmware/driver.ts': "export { createMachine as driver } from 'xstate'\n",
  'boards/chip.ts': "import { driver } from '../firmware/driver.js'\nexport const chip = driver\n",
  'host/tool.ts': "import { chip } from '../boards/chip.js'\nexport const tool = [chip]\n",
  'host/node/files.ts':
    "import { readFileSync } from 'node:fs'\nimport { tool } from '../tool.js'\nexport const files = [tool, readFileSync]\n",
  'host/web/page.ts': "import { tool } from '../tool.js'\nexport const page = [tool, document.title]\n",
  'test/some.ts': 'export const some = 1\n',
}

/** "is not listed within the file list of project" */
const OF_ANOTHER_FLOOR = /TS6059|TS6307/
/** "cannot find name" or "module": a platform that the floor does not have. */
const OF_A_PLATFORM = /TS2304|TS2307|TS2552|TS2580|TS2584|TS2591/

/** What does not compile there. */
const WRONG: readonly { readonly floor: string; readonly text: string; readonly by: RegExp }[] = [
  { floor: 'firmware', text: "export { chip } from '../boards/chip.js'", by: OF_ANOTHER_FLOOR },
  { floor: 'firmware', text: "export { tool } from '../host/tool.js'", by: OF_ANOTHER_FLOOR },
  { floor: 'boards', text: "export { tool } from '../host/tool.js'", by: OF_ANOTHER_FLOOR },
  { floor: 'boards', text: "export { files } from '../host/node/files.js'", by: OF_ANOTHER_FLOOR },
  { floor: 'host', text: "export { files } from './node/files.js'", by: OF_ANOTHER_FLOOR },
  { floor: 'host', text: "export { page } from './web/page.js'", by: OF_ANOTHER_FLOOR },
  { floor: 'host/node', text: "export { page } from '../web/page.js'", by: OF_ANOTHER_FLOOR },
  { floor: 'host/web', text: "export { files } from '../node/files.js'", by: OF_ANOTHER_FLOOR },
  { floor: 'firmware', text: "export { readFileSync } from 'node:fs'", by: OF_A_PLATFORM },
  { floor: 'boards', text: "export { readFileSync } from 'node:fs'", by: OF_A_PLATFORM },
  { floor: 'firmware', text: 'export const x = Buffer.alloc(1)', by: OF_A_PLATFORM },
  { floor: 'boards', text: 'export const x = process.argv', by: OF_A_PLATFORM },
  { floor: 'firmware', text: 'export const x = document.title', by: OF_A_PLATFORM },
  { floor: 'boards', text: 'export const x = setTimeout(() => {}, 1)', by: OF_A_PLATFORM },
  { floor: 'firmware', text: "export const x = new TextEncoder().encode('x')", by: OF_A_PLATFORM },
  { floor: 'host', text: "export { readFileSync } from 'node:fs'", by: OF_A_PLATFORM },
  { floor: 'host', text: 'export const x = Buffer.alloc(1)', by: OF_A_PLATFORM },
  { floor: 'host', text: 'export const x = setImmediate(() => {})', by: OF_A_PLATFORM },
  { floor: 'host', text: 'export const x = document.title', by: OF_A_PLATFORM },
  { floor: 'host/node', text: 'export const x = document.title', by: OF_A_PLATFORM },
  { floor: 'host/web', text: 'export const x = process.argv', by: OF_A_PLATFORM },
  { floor: 'host/web', text: "export { readFileSync } from 'node:fs'", by: OF_A_PLATFORM },
]

function wrongFile(floor: string, at: number): string {
  return `${floor}/wrong-${at}.ts`
}

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, name)), { recursive: true })
    writeFileSync(join(house, name), text)
  }
}

/** What the type check prints about a house with these files in it; empty when it has nothing to say. */
function typeCheck(files: Record<string, string>): string {
  rmSync(join(house, 'dist'), { recursive: true, force: true })
  write(HONEST)
  write(files)
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-b'], { cwd: house, encoding: 'utf8', stdio: 'pipe' })
    return ''
  } catch (error) {
    return (error as { stdout: string }).stdout
  } finally {
    for (const name of Object.keys(files)) rmSync(join(house, name))
    write(HONEST)
  }
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'linkpulse-floors-'))
  for (const name of ['tsconfig.json', 'tsconfig.base.json', 'package.json'])
    cpSync(join(root, name), join(house, name))
  for (const floor of ['firmware', 'boards', 'host', 'host/node', 'host/web', 'test']) {
    mkdirSync(join(house, floor))
    cpSync(join(root, floor, 'tsconfig.json'), join(house, floor, 'tsconfig.json'))
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
})

afterAll(() => rmSync(house, { recursive: true, force: true }))

describe('the three floors', () => {
  it('stand as they are: each imports only what is below it', () => {
    expect(typeCheck({})).toBe('')
  })

  /** A floor is checked once, with everything in it that is wrong: what stands on one that does not compile is not checked at all. */
  const said = new Map<string, string>()
  function complaints(floor: string, file: string): string {
    if (!said.has(floor)) {
      const wrong = WRONG.flatMap((each, at) =>
        each.floor === floor ? [[wrongFile(floor, at), each.text] as const] : [],
      )
      said.set(floor, typeCheck(Object.fromEntries(wrong)))
    }
    const lines = said.get(floor)?.split('\n') ?? []
    return lines.filter((line) => line.startsWith(`${file}(`)).join('\n')
  }

  it.each(WRONG.map((each, at) => ({ ...each, at })))('do not compile with $text on $floor', ({ floor, by, at }) => {
    expect(complaints(floor, wrongFile(floor, at))).toMatch(by)
  })

  it('compile again once all of that is gone', () => {
    expect(typeCheck({})).toBe('')
  })

  // What a package's types bring along, the type check cannot hold apart.
  it('import no package that needs a platform, but on the flats of one', () => {
    const anywhere = /^(xstate|avr8js|valibot|@stdlib\/math-base-special-[a-z0-9]+)$/
    const imports = ['firmware', 'boards', 'host'].flatMap((floor) =>
      readdirSync(join(root, floor), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/^(node|web)\//.test(name))
        .flatMap((name) => {
          const text = readFileSync(join(root, floor, name), 'utf8')
          const packages = [...text.matchAll(/^(?! *\*)(?:import '|.* from '|.*\bimport\(')([^.'][^']*)'/gm)]
          return packages.map(([, named]) => ({ file: `${floor}/${name}`, package: named }))
        }),
    )
    expect(imports.length).toBeGreaterThan(15)
    expect(imports.filter((each) => !anywhere.test(each.package))).toEqual([])
  })
})
