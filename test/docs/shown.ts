/**
 * What the READMEs show of the command line: blocks that begin with a command. `…` stands for lines left out. The test
 * compares them with what the built command line prints; `make docs` renews them.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')
export const READMES = ['README.md', 'README.zh-CN.md'] as const

/** A block: the command, and the lines under it. */
const BLOCK = /^```\n\$ npx linkpulse (.*)\n([\s\S]*?)^```$/gm

export interface Shown {
  readonly command: string
  readonly lines: readonly string[]
}

export function shown(text: string): Shown[] {
  return [...text.matchAll(BLOCK)].map(([, command, lines]) => ({ command, lines: lines.trimEnd().split('\n') }))
}

export const isOmission = (line: string) => line.trim() === '…'

/** The lines that a command prints; one that ends with 1 (a check failed) has done what was asked of it. */
export function printed(command: string): string[] {
  try {
    const words = ['dist/cli.js', ...command.split(' ')]
    return execFileSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' }).trimEnd().split('\n')
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    if (status !== 1) throw error
    return stdout.trimEnd().split('\n')
  }
}

/** What a line is about, whatever it says of it: a check by its identifier, the last line by its place. */
function subject(line: string): string {
  return /^ {2}(?:pass|warn|FAIL|skip) +(\S+)/.exec(line)?.[1] ?? (/^(PASS|WARN|FAIL) /.test(line) ? 'verdict' : line)
}

/** The text with the same lines of each block as they are printed now; a diagnosis is shown whole. */
export function renewed(text: string): string {
  return text.replace(BLOCK, (_, command: string, lines: string) => {
    const now = printed(command)
    const bySubject = new Map(now.map((line) => [subject(line), line]))
    const diagnosis = now.indexOf('Diagnosis')
    const before = lines.trimEnd().split('\n')
    const end = before.indexOf('Diagnosis')
    const kept = before.slice(0, end < 0 ? before.length : end).flatMap((line) => {
      if (line === '' || isOmission(line)) return [line]
      const renewedLine = bySubject.get(subject(line))
      return renewedLine === undefined ? [] : [renewedLine]
    })
    const all = end < 0 || diagnosis < 0 ? kept : [...kept, ...now.slice(diagnosis)]
    return `\`\`\`\n$ npx linkpulse ${command}\n${all.join('\n')}\n\`\`\``
  })
}
