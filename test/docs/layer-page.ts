/** What docs/layers.md and its Chinese twin show is what the demos print. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runHere } from '../cli/here.js'
import { isOmission, ROOT, shown, subject } from './shown.js'

/** Applications that the article ends with, and the names that they stand on. */
const OF_THE_ARTICLE = ['http', 'https', 'ftp', 'telnet', 'ssh', 'smtp', 'pop3', 'dns']

/** @param exact of these demos every digit is the same in each run */
export function testLayerPage(file: string, exact: readonly string[]): void {
  const blocks = shown(readFileSync(join(ROOT, file), 'utf8'))
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-layers-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  describe(file, () => {
    it('shows each application of the article', () => {
      expect(blocks.map(({ command }) => command.split(' ')[1])).toEqual(OF_THE_ARTICLE)
    })

    it.each(blocks)('shows what `linkpulse $command` prints (otherwise: `make docs`)', async ({ command, lines }) => {
      const words = command.replace(' --lang zh', '').split(' ')
      const { status, stdout } = await runHere(...words, '--capture', join(folder, 'x.pcapng'))
      expect(status).toBe(0)
      const of = exact.includes(words[1]) ? (line: string) => line : subject
      const now = stdout.split('\n').map(of)
      let from = 0
      for (const line of lines.filter((each) => each !== '' && !isOmission(each))) {
        const at = now.indexOf(of(line), from)
        expect(at, `not printed, or not in this order: ${line}`).toBeGreaterThanOrEqual(0)
        from = at + 1
      }
    })
  })
}

/** Nothing of them is drawn from the system's chance. */
export const IN_CLEAR = ['http', 'ftp', 'telnet', 'pop3', 'dns']
