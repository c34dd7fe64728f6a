/** The built command line, run as a person runs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtCommandLine } from '../setup/built.js'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const cli = builtCommandLine()

export interface CommandOutcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningCommand {
  readonly process: ChildProcess
  readonly ended: Promise<CommandOutcome>
  /** What has come out so far. */
  readonly stdout: () => string
}

/** @param input what its standard input has; nothing unless given */
export function start(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input?: Uint8Array,
): RunningCommand {
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    // In English, whoever runs the tests.
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...environment },
  })
  child.stdin.end(input)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<CommandOutcome>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })
  return { process: child, ended, stdout: () => stdout }
}

export function runCli(...words: readonly string[]): Promise<CommandOutcome> {
  return start(words).ended
}

/** Between two looks at something that takes long, milliseconds: what looks oftener takes the processor from whom it waits for. */
const LONGEST_PAUSE = 25

/** Waits for something another process does; the test's own time limit bounds it. */
export async function until(condition: () => boolean): Promise<void> {
  for (let pause = 2; !condition(); pause = Math.min(2 * pause, LONGEST_PAUSE))
    await new Promise((resolve) => setTimeout(resolve, pause))
}

/** A new directory for a test's files, under the system's temporary directory. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'linkpulse-test-'))
}

/** `linkpulse serve`, once it has said where. End it with `process.kill()`. */
export async function serveCli(...words: readonly string[]): Promise<RunningCommand & { readonly path: string }> {
  const command = start(['serve', ...words])
  let over = false
  void command.ended.then(() => {
    over = true
  })
  await until(() => over || command.stdout().includes('\n'))
  if (over) throw new Error(`serve ended: ${(await command.ended).stderr}`)
  return { ...command, path: command.stdout().split('\n')[0] }
}
