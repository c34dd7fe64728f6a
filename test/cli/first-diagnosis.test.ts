/** The path of docs/hardware.md, from the box to the first right diagnosis, with an emulated board behind a pseudo-terminal. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root, run } from './command.js'
import { served } from './served.js'

const page = readFileSync(join(root, 'docs/hardware.md'), 'utf8')

/** What the page shows, wherever its port is. */
const shows = (words: string, path: string): void => expect(page).toContain(words.replaceAll(path, '/dev/ttyACM0'))

it('leads from a board without our firmware to a diagnosis of its wiring', async () => {
  const { path } = await served('avr:uno', '--bootloader', '--fault', 'miso-open')
  const ports = await run('ports')
  expect(ports.status).toBe(0)

  const before = await run('doctor', path, '--probe')
  expect(before.status).toBe(1)
  const [title] = before.stdout.split('\n')
  shows(title, path)
  const next = /^ {2}next +(.*)$/m.exec(before.stdout)?.[1] ?? ''
  expect(next).toBe(`No bridge firmware: linkpulse flash uno ${path}`)
  shows(next, path)

  const flashed = await run('flash', 'uno', path, '--programmer', 'own')
  expect(flashed.stdout).toMatch(new RegExp(`octets written and read back; next: linkpulse check ${path}`))
  expect(flashed.status).toBe(0)

  const after = await run('doctor', path, '--probe')
  expect(after.stdout).toMatch(/a bridge board of ours \(99 %\)/)
  expect(after.status).toBe(0)

  const checked = await run('check', path, '--only', 'serial.session', '--only', 'spi')
  expect(checked.stdout).toMatch(/most likely miso-open/)
  expect(checked.status).toBe(1)
}, 180_000)
