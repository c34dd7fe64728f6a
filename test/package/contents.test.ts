/** What `npm publish` would send. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SCHEMA_ADDRESSES } from '../../boards/schema/published.js'
import { root } from '../cli/command.js'

describe('the package', () => {
  let files: readonly string[] = []
  beforeAll(() => {
    const words = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline']
    const { stdout } = spawnSync('npm', words, { cwd: root, encoding: 'utf8' })
    const [packed] = JSON.parse(stdout) as { files: { path: string }[] }[]
    files = packed.files.map(({ path }) => path)
  })

  it('holds the command, the library with its types, and the firmware that it flashes', () => {
    const needed = ['dist/cli.js', 'dist/index.js', 'dist/index.d.ts', 'firmware/bridge/images/bridge-uno.hex']
    expect(files).toEqual(expect.arrayContaining(needed))
  })

  it('has declarations of its doors, and of what they share, and of no source file else', () => {
    const declarations = files.filter((file) => file.endsWith('.d.ts'))
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object }
    // A door may be another one in a browser.
    const doors = Object.values(exports).flatMap((door: { types?: string; browser?: { types: string } }) =>
      [door.types, door.browser?.types].flatMap((types) => types?.slice(2) ?? []),
    )
    expect(doors.length).toBeGreaterThan(5)
    expect(declarations.filter((file) => !file.startsWith('dist/chunks/')).sort()).toEqual(doors.sort())
    // What two doors or more mention: a file for each such set of doors.
    expect(declarations.length).toBeLessThan(3 * doors.length)
  })

  it('holds the licences of what is bundled into it', () => {
    expect(files).toContain('dist/licences.txt')
    const text = readFileSync(join(root, 'dist/licences.txt'), 'utf8')
    for (const name of ['commander', 'valibot', 'xstate', 'avr8js'])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'))
    expect(text).toContain('TJ Holowaychuk')
  })

  it('has a door to the schema of every document', () => {
    const names = JSON.stringify(Object.keys(SCHEMA_ADDRESSES))
    const source = `
      const schemas = ${names}.map((name) => import(\`linkpulse/schema/\${name}.json\`, { with: { type: 'json' } }))
      for (const { default: schema } of await Promise.all(schemas)) console.log(schema.$id)`
    const words = ['--no-warnings', '--input-type=module', '-e', source]
    const { stdout } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
    expect(stdout.trimEnd().split('\n')).toEqual(Object.values(SCHEMA_ADDRESSES))
    for (const name of Object.keys(SCHEMA_ADDRESSES)) expect(files).toContain(`schema/${name}.json`)
  })

  it('holds nothing that only its own tests and its own building need', () => {
    expect(files.filter((file) => /(^|[/.])(test|vitest|tsbuildinfo)([/.]|$)/.test(file))).toEqual([
      // A door.
      'dist/vitest.d.ts',
      'dist/vitest.js',
    ])
  })

  it('leaves the photographs of the page out: who has the package has the page', () => {
    expect(files).toContain('docs/workshop.md')
    expect(files.filter((file) => file.endsWith('.png'))).toEqual([])
  })

  it.each(['README.md', 'README.zh-CN.md'])('holds everything that %s links to or shows', (readme) => {
    const text = readFileSync(join(root, readme), 'utf8')
    const targets = [...text.matchAll(/\]\(([^)\s#:]+)(?:#[^)]*)?\)/g)].map(([, target]) =>
      join(dirname(readme), target),
    )
    expect(targets.length).toBeGreaterThan(4)
    expect(targets.filter((target) => !files.includes(target))).toEqual([])
  })
})
