import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runHere } from '../cli/here.js'
import { builtCommandLine } from '../setup/built.js'
import { isOmission, printed, READMES, ROOT, renewed, SHOWING, shown } from './shown.js'

/** A measured time moves with every change to what is simulated; that there is one, and its limit, is what counts. */
const withoutTimes = (line: string) => line.replace(/[\d.]+ ms/, '# ms')

const BROKEN = 'check model:uno --fault miso-open'

/** What commands print; several pages show the same one. */
const run = new Map<string, Promise<readonly string[]>>()
async function printedHere(command: string): Promise<readonly string[]> {
  const { status, stdout } = await runHere(...command.split(' '))
  expect([0, 1]).toContain(status)
  return stdout.trimEnd().split('\n')
}
function linesOf(command: string): Promise<readonly string[]> {
  const lines = run.get(command) ?? printedHere(command)
  run.set(command, lines)
  return lines
}

describe.each(READMES)('%s', (file) => {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n')

  it('begins with name, one sentence and two commands, and is read in one go', () => {
    const [name, , sentence] = lines
    expect(name).toBe('# linkpulse')
    expect(sentence).not.toBe('')
    const commands = lines.filter((line) => line.startsWith('    make ')).map((line) => line.trim().split('  ')[0])
    expect(commands).toEqual(['make demo', 'make test'])
    expect(lines.length).toBeLessThanOrEqual(90)
  })

  it('has three doors of four points each: teach, repair a board, test in CI', () => {
    const sections = lines.join('\n').split(/^## /m).slice(1)
    expect(sections.slice(0, 3).map((text) => text.match(/^- /gm)?.length)).toEqual([4, 4, 4])
    expect(sections).toHaveLength(4) // and where it runs
  })
})

describe.each(SHOWING)('%s', (file) => {
  const blocks = shown(readFileSync(join(ROOT, file), 'utf8'))

  it('shows the diagnosis of a broken board; the tour the check of a good one, an echo, and a handshake as well', () => {
    expect(blocks.map(({ command }) => command)).toEqual(
      file !== 'docs/tour.md'
        ? [BROKEN]
        : [
            'check model:uno',
            BROKEN,
            'net ping 192.168.7.2 --count 2',
            'drill test/drill/handshake-active.pkt --trace',
          ],
    )
  })

  it.each(blocks)('shows what `linkpulse $command` prints (otherwise: `make docs`)', async ({ command, lines }) => {
    const now = (await linesOf(command)).map(withoutTimes)
    let from = 0
    for (const line of lines) {
      if (line === '' || isOmission(line)) continue
      const at = now.indexOf(withoutTimes(line), from)
      expect(at, `not printed, or not in this order: ${line}`).toBeGreaterThanOrEqual(0)
      from = at + 1
    }
  })
})

describe('what is shown', () => {
  const block = (...lines: string[]) =>
    ['before', '```', '$ npx linkpulse boards', ...lines, '```', 'after', ''].join('\n')

  it('is renewed line by line', () => {
    const print = () => ['one  1', '  pass  a.b  2 ms', 'PASS 2 checks']
    expect(renewed(block('one  1', '…', '  pass  a.b  7 ms', 'PASS 1 checks'), print)).toBe(
      block('one  1', '…', '  pass  a.b  2 ms', 'PASS 2 checks'),
    )
  })

  it('is not emptied: not by a command line that is not built, one that breaks, or one that prints nothing of it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-'))
    expect(() => builtCommandLine(folder)).toThrow(/dist\/cli\.js is not built: `make setup` first$/)
    // What Node says of a missing file has status 1 too, as a check that failed.
    expect(() => printed('boards', join(folder, 'cli.js'))).toThrow(
      /boards ended with 1 and printed 0 characters: .*Cannot find module/s,
    )
    expect(() => renewed(block('one', '…'), () => ['two'])).toThrow(
      'nothing that is shown of linkpulse boards is printed now',
    )
  })
})
