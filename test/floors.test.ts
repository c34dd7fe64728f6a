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

  it.each([
    ['firmware imports boards', 'firmware/wrong.ts', "export { chip } from '../boards/chip.js'\n"],
    ['firmware imports host', 'firmware/wrong.ts', "export { tool } from '../host/tool.js'\n"],
    ['boards imports host', 'boards/wrong.ts', "export { tool } from '../host/tool.js'\n"],
    ['boards imports host/node', 'boards/wrong.ts', "export { files } from '../host/node/files.js'\n"],
    ['host imports host/node', 'host/wrong.ts', "export { files } from './node/files.js'\n"],
    ['host imports host/web', 'host/wrong.ts', "export { page } from './web/page.js'\n"],
    ['host/node imports host/web', 'host/node/wrong.ts', "export { page } from '../web/page.js'\n"],
    ['host/web imports host/node', 'host/web/wrong.ts', "export { files } from '../node/files.js'\n"],
  ])('do not compile when %s', (_, name, text) => {
    const said = typeCheck({ [name]: text })
    expect(said).toContain(name)
    expect(said).toMatch(/TS6059|TS6307/) // "is not listed within the file list of project"
  })

  it.each([
    ['firmware', "import { readFileSync } from 'node:fs'\nexport const x = readFileSync\n"],
    ['boards', "import { readFileSync } from 'node:fs'\nexport const x = readFileSync\n"],
    ['firmware', 'export const x = Buffer.alloc(1)\n'],
    ['boards', 'export const x = process.argv\n'],
    ['firmware', 'export const x = document.title\n'],
    ['boards', 'export const x = setTimeout(() => {}, 1)\n'],
    ['firmware', "export const x = new TextEncoder().encode('x')\n"],
    ['host', "import { readFileSync } from 'node:fs'\nexport const x = readFileSync\n"],
    ['host', 'export const x = Buffer.alloc(1)\n'],
    ['host', 'export const x = setImmediate(() => {})\n'],
    ['host', 'export const x = document.title\n'],
  ])('offer %s neither Node nor the DOM: %j does not compile', (floor, text) => {
    expect(typeCheck({ [`${floor}/wrong.ts`]: text })).toContain(`${floor}/wrong.ts`)
  })

  it.each([
    ['host/node', 'export const x = document.title\n'],
    ['host/web', 'export const x = process.argv\n'],
    ['host/web', "import { readFileSync } from 'node:fs'\nexport const x = readFileSync\n"],
  ])('offer %s its own platform alone: %j does not compile', (flat, text) => {
    expect(typeCheck({ [`${flat}/wrong.ts`]: text })).toContain(`${flat}/wrong.ts`)
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
