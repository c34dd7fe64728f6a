/** Files a run writes. They are opened before the run, so that a path nobody can write to is known before the work is done. */
import { closeSync, fstatSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from '../serial/errors.js'
import type { Arguments } from './arguments.js'

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no directory ${dirname(path)}`,
  EACCES: () => 'permission denied',
  EPERM: () => 'permission denied',
  EISDIR: () => 'it is a directory',
  ENOTDIR: (path) => `${dirname(path)} is not a directory`,
  EROFS: () => 'the file system is read-only',
  ENOSPC: () => 'the disk is full',
}

function reasonOf(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code](path) : message
}

function explain(option: string, path: string, error: unknown): UsageError {
  return new UsageError(`cannot write the --${option} file ${path}: ${reasonOf(error, path)}; give another path`)
}

/** What was printed did not get where it was sent. */
export function unwritable(error: Error): UsageError {
  return new UsageError(
    `cannot write to standard output: ${reasonOf(error, 'standard output')}; send it somewhere else (> FILE)`,
  )
}

/** A file that is open for writing, from its beginning. */
export class OutputFile {
  readonly #option: string
  readonly #descriptor: number
  #empty = true
  #failed = false

  /** @throws UsageError saying why the path cannot be written to. */
  constructor(
    option: string,
    readonly path: string,
  ) {
    this.#option = option
    try {
      this.#descriptor = openSync(path, 'w')
    } catch (error) {
      throw explain(option, path, error)
    }
  }

  /** @throws UsageError when the file takes no more (a full disk): once, and what follows is dropped. */
  write(content: string | Uint8Array): void {
    if (this.#failed) return
    const octets = typeof content === 'string' ? Buffer.from(content) : content
    try {
      for (let at = 0; at < octets.length; ) {
        at += writeSync(this.#descriptor, octets, at)
        this.#empty = false
      }
    } catch (error) {
      this.#failed = true
      throw explain(this.#option, this.path, error)
    }
  }

  /** A file that nothing came into is taken away again: an empty report would look like one. */
  close(): void {
    const leftOver = this.#empty && fstatSync(this.#descriptor).isFile()
    closeSync(this.#descriptor)
    if (leftOver) unlinkSync(this.path)
  }
}

/** The file that an option names, or undefined when it was not given. */
export function openOutput(given: Arguments, option: string): OutputFile | undefined {
  const path = given.text(option)
  return path === undefined ? undefined : new OutputFile(option, path)
}

/** Takes every step, whatever becomes of those before it. @throws what the first one threw that failed */
export function inTurn(...steps: readonly (() => void)[]): void {
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
