/**
 * What the READMEs and docs/tour.md show of the command line: blocks that begin with a command. `…` stands for lines left out. The test
 * compares them with what the built command line prints; `make docs` renews them.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { builtCommandLine } from '../setup/built.js'

export const ROOT = join(import.meta.dirname, '../..')
export const READMES = ['README.md', 'README.zh-CN.md'] as const
/** Pages that show what is printed. */
export const SHOWING = [...READMES, 'docs/tour.md'] as const

/** And which show demos, octet by octet. */
export const LAYER_PAGES = ['docs/layers.md', 'docs/layers.zh-CN.md'] as const

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

/**
 * The lines that a command prints; one that ends with 1 (a check failed) has done what was asked of it.
 * @param cli the built command line
 * @throws Error when it is not built, ends otherwise, or prints nothing
 */
export function printed(command: string, cli = builtCommandLine()): string[] {
  const words = [cli, ...command.split(' ')]
  const { status, stdout, stderr, error } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' })
  if (error !== undefined) throw error
  if ((status !== 0 && status !== 1) || stdout.trim() === '')
    throw new Error(`linkpulse ${command} ended with ${status} and printed ${stdout.length} characters: ${stderr}`)
  return stdout.trimEnd().split('\n')
}

/** What a line is about, whatever it says of it: a check by its identifier, a demo's without its instant and its counts, the last line by its place. */
export function subject(line: string): string {
  const said = /^ +\d+\.\d{6} (.*)/.exec(line)?.[1]
  if (said !== undefined) return said
  // Of each layer, and of a frame: how much it had.
  if (/^(?:[1-7] {2}[^0-9A-F ]|frame \d|第 \d)/.test(line)) return line.replace(/[\d.]+/g, '#')
  return /^ {2}(?:pass|warn|FAIL|skip) +(\S+)/.exec(line)?.[1] ?? (/^(PASS|WARN|FAIL) /.test(line) ? 'verdict' : line)
}

/**
 * The text with the same lines of each block as they are printed now; a diagnosis is shown whole, or where lines of it are left out,
 * its first cause and the verdict.
 * @param print what a command prints
 * @throws Error as `printed`, and where no line of a block is printed any more
 */
export function renewed(text: string, print: (command: string) => readonly string[] = printed): string {
  return text.replace(BLOCK, (_, command: string, lines: string) => {
    const now = print(command)
    // What is said twice is shown twice, in that order.
    const bySubject = new Map<string, string[]>()
    for (const line of now) bySubject.set(subject(line), [...(bySubject.get(subject(line)) ?? []), line])
    const diagnosis = now.indexOf('Diagnosis')
    const before = lines.trimEnd().split('\n')
    const end = before.indexOf('Diagnosis')
    const kept = before.slice(0, end < 0 ? before.length : end).flatMap((line) => {
      if (line === '' || isOmission(line)) return [line]
      const all = bySubject.get(subject(line)) ?? []
      return all.length > 1 ? [all.shift()!] : all
    })
    // A block may show its diagnosis alone.
    if ((end < 0 || diagnosis < 0) && kept.every((line) => line === '' || isOmission(line)))
      throw new Error(`nothing that is shown of linkpulse ${command} is printed now: choose its lines anew, by hand`)
    if (end < 0 || diagnosis < 0) return block(command, kept)
    const whole = now.slice(diagnosis)
    const isShort = before.slice(end).some(isOmission)
    const first = whole.slice(0, whole.indexOf('') + 1)
    return block(command, [...kept, ...(isShort ? [...first, '…', whole[whole.length - 1]] : whole)])
  })
}

function block(command: string, lines: readonly string[]): string {
  return `\`\`\`\n$ npx linkpulse ${command}\n${lines.join('\n')}\n\`\`\``
}
