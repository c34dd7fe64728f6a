import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { inexactMath } from './setup/inexact-math.js'

const root = join(import.meta.dirname, '..')

/** What runs on Node alone, and what draws a page: neither decides about a run. */
const PLATFORMS = /^host\/(?:node|web)\//

/** Places that may be off by a bit, because only a picture is made of them. */
const PICTURES: Readonly<Record<string, string>> = {
  'host/scope/svg.ts': 'where the ticks of an axis are, and their number of digits',
}

const DOOR = 'firmware/math/elementary.ts'

function sources(floors: readonly string[]): string[] {
  return floors
    .flatMap((floor) =>
      readdirSync(join(root, floor), { recursive: true, encoding: 'utf8' }).map((name) => `${floor}/${name}`),
    )
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
}

const text = (name: string) => readFileSync(join(root, name), 'utf8')

describe('what decides about a run', () => {
  const found = sources(['firmware', 'boards', 'host'])
    .filter((name) => !PLATFORMS.test(name))
    .flatMap((name) => inexactMath(text(name)).map((what) => ({ name, what })))

  it('takes nothing from the engine of which the last bit is left to it; firmware/math/ has it exact', () => {
    expect(found.filter(({ name }) => PICTURES[name] === undefined)).toEqual([])
  })

  it.each(Object.entries(PICTURES))('%s is excepted for a reason that still stands: %s', (name) => {
    expect(found.map((place) => place.name)).toContain(name)
  })
})

describe('the port of fdlibm', () => {
  it('has one door', () => {
    const users = sources(['firmware', 'boards', 'host']).filter((name) => text(name).includes('@stdlib/'))
    expect(users).toEqual([DOOR])
  })

  it('stands on nothing that is inexact itself, and needs no platform', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [join(root, DOOR)],
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'browser',
      legalComments: 'none',
      logLevel: 'silent',
    })
    const packages = Object.keys(metafile.inputs).map((name) => name.split('/').slice(0, 3).join('/'))
    expect(packages).toContain('node_modules/@stdlib/math-base-special-ln')
    expect(inexactMath(outputFiles[0].text)).toEqual([])
  })
})

describe('the search', () => {
  it.each([
    ['Math.log(x)', ['Math.log']],
    ['x ** 2', ['x ** …']],
    ['y *= 10 ** -3', ['10 ** …']],
    ['x **= 2', ['x ** …']],
    ['Math.hypot(1, Math.floor(x))', ['Math.hypot']],
    ['const { sin } = Math', ['Math as a value']],
    ["Math['exp'](x)", ['Math as a value']],
    ["'a'.localeCompare(b)", ['localeCompare']],
    ['Math.random()', ['Math.random']],
  ])('finds %j', (source, what) => {
    expect(inexactMath(source)).toEqual(what)
  })

  it.each(['2 ** n', 'Math.sqrt(x * x) + Math.PI', '// Math.log(x) ** 3\n', '/** x ** 2 */ let a = 1', 'let m: Math'])(
    'has nothing against %j',
    (source) => {
      expect(inexactMath(source)).toEqual([])
    },
  )
})
