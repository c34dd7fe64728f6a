/** What `npm publish` would send. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
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
    const needed = [
      'dist/cli.js',
      'dist/index.js',
      'dist/index.d.ts',
      'schema/board.json',
      'schema/comparison.json',
      'schema/report.json',
      'firmware/bridge/images/bridge-uno.hex',
    ]
    expect(files).toEqual(expect.arrayContaining(needed))
  })

  it('holds the licences of what is bundled into it', () => {
    expect(files).toContain('dist/licences.txt')
    const text = readFileSync(join(root, 'dist/licences.txt'), 'utf8')
    for (const name of ['commander', 'valibot', 'xstate', 'avr8js'])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'))
    expect(text).toContain('TJ Holowaychuk')
  })

  it.each(['board', 'report', 'drill', 'net-stat', 'port'])('has a door to the schema of a %s', (name) => {
    const source = `import('linkpulse/schema/${name}.json', { with: { type: 'json' } }).then(({ default: schema }) => console.log(schema.$id))`
    const { stdout } = spawnSync(process.execPath, ['--no-warnings', '-e', source], { cwd: root, encoding: 'utf8' })
    expect(stdout).toBe(`https://unpkg.com/linkpulse/schema/${name}.json\n`)
  })

  it('holds nothing that only its own tests and its own building need', () => {
    expect(files.filter((file) => /(^|[/.])(test|vitest|tsbuildinfo)([/.]|$)/.test(file))).toEqual([
      // A door.
      'dist/vitest.d.ts',
      'dist/vitest.js',
    ])
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
