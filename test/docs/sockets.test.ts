import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { BSD_OPTIONS, SERVICES } from '../../host/index.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const text = readFileSync(`${root}/docs/sockets.md`, 'utf8')

it('the example of docs/sockets.md runs as it stands', () => {
  const source = /```js\n([\s\S]*?)```/.exec(text)![1]
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', source], { cwd: root, encoding: 'utf8' })
  expect(run.stderr).toBe('')
  expect(run.stdout).toBe('hello from the board\n0\n')
})

it('docs/sockets.md names every option with its BSD name, and every service with its port', () => {
  for (const { name, option } of BSD_OPTIONS) {
    expect(text).toContain(name)
    expect(text).toContain(`\`${option}\``)
  }
  for (const { name, port } of SERVICES) expect(text).toMatch(new RegExp(`^\\| \`${name}\` \\| ${port} \\|`, 'm'))
})
