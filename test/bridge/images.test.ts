import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The images that ship are what the sources give: somebody without a compiler flashes the firmware that we test. */
const bridge = join(import.meta.dirname, '../../firmware/bridge')

describe('the images that ship', () => {
  let built: string

  beforeAll(() => {
    built = mkdtempSync(join(tmpdir(), 'linkpulse-images-'))
    execFileSync('make', ['-s', '-C', bridge, `OUT=${built}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  })
  afterAll(() => rmSync(built, { recursive: true, force: true }))

  it.each(['uno', 'nano', 'mega2560', 'promini'])(
    'are current for %s (otherwise: `make firmware`, and commit them)',
    (board) => {
      const compiled = readFileSync(join(built, `${board}.hex`), 'utf8')
      expect(readFileSync(join(bridge, 'images', `bridge-${board}.hex`), 'utf8') === compiled).toBe(true)
    },
  )
})
