/** Files a run writes. They are opened before the run, so that a path nobody can write to is known before the work is done. */
import { closeSync, openSync, writeSync } from 'node:fs'
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

function explain(option: string, path: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException
  const reason = code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code](path) : message
  return new UsageError(`cannot write the --${option} file ${path}: ${reason}; give another path`)
}

/** A file that is open for writing, from its beginning. */
export class OutputFile {
  readonly #option: string
  readonly #descriptor: number

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

  /** @throws UsageError when the file takes no more (a full disk). */
  write(content: string | Uint8Array): void {
    const octets = typeof content === 'string' ? Buffer.from(content) : content
    try {
      for (let at = 0; at < octets.length; ) at += writeSync(this.#descriptor, octets, at)
    } catch (error) {
      throw explain(this.#option, this.path, error)
    }
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

/** The file that an option names, or undefined when it was not given. */
export function openOutput(given: Arguments, option: string): OutputFile | undefined {
  const path = given.text(option)
  return path === undefined ? undefined : new OutputFile(option, path)
}
