import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * What the READMEs show is what a person gets: each block that begins with a command is compared, line by line and in
 * order, with what the built command line prints. `…` stands for lines left out.
 */
const root = join(import.meta.dirname, '../..')

interface Shown {
  readonly command: string
  readonly lines: readonly string[]
}

function shown(file: string): Shown[] {
  const blocks = readFileSync(join(root, file), 'utf8').matchAll(/^```\n\$ npx linkpulse (.*)\n([\s\S]*?)^```$/gm)
  return [...blocks].map(([, command, text]) => ({
    command,
    lines: text.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '…'),
  }))
}

/** A measured time moves with every change to what is simulated; that there is one, and its limit, is what counts. */
const withoutTimes = (line: string) => line.replace(/[\d.]+ ms/, '# ms')

function print(command: string): string[] {
  try {
    return execFileSync(process.execPath, ['dist/cli.js', ...command.split(' ')], {
      cwd: root,
      encoding: 'utf8',
    }).split('\n')
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    if (status !== 1) throw error
    return stdout.split('\n') // 1: a check failed, as it should with a fault
  }
}

describe.each(['README.md', 'README.zh-CN.md'])('%s', (file) => {
  const blocks = shown(file)

  it('shows the check of a good board and of a broken one', () => {
    expect(blocks.map(({ command }) => command)).toEqual(['check model:uno', 'check model:uno --fault miso-open'])
  })

  it.each(blocks)('shows what `linkpulse $command` prints', ({ command, lines }) => {
    const printed = print(command).map(withoutTimes)
    let from = 0
    for (const line of lines) {
      const at = printed.indexOf(withoutTimes(line), from)
      expect(at, `not printed, or not in this order: ${line}`).toBeGreaterThanOrEqual(0)
      from = at + 1
    }
  })
})
