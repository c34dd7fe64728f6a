/** Whether what a command writes is also something that it reads, or writes under another name. */
import { type BigIntStats, fstatSync, statSync } from 'node:fs'
import { UsageError } from '../../errors/errors.js'
import type { OutputFile } from './output.js'
import { descriptorOf, filePlace, identityOf } from './place.js'

export interface Named {
  /** For messages: `--board-file`, `the script`. */
  readonly what: string
  readonly path: string
}

/**
 * Compares files by device and inode, so through symbolic and hard links. Outputs may share a device (`/dev/null`).
 * @param made what the command makes itself at a path, and writes no output to: a socket
 * @throws UsageError naming both
 */
export function refuseSameFile(
  outputs: readonly OutputFile[],
  inputs: readonly Named[],
  made: readonly Named[] = [],
): void {
  const read = new Map<string, string>()
  for (const { what, path } of inputs) {
    const found = lookAt(() => statSync(path, { bigint: true }))
    if (found !== undefined && !found.isDirectory()) read.set(identityOf(found), `${what} ${path}`)
  }
  const standardInput = regularFile(0)
  if (standardInput !== undefined) read.set(identityOf(standardInput), 'standard input')
  const written = new Map<string, string>()
  for (const [number, name] of [
    [1, 'standard output'],
    [2, 'standard error'],
  ] as const) {
    const found = regularFile(number)
    if (found !== undefined) written.set(identityOf(found), name)
  }
  for (const { what, path } of made) {
    const found = lookAt(() => filePlace(path))
    if (found !== undefined) written.set(found.identity, what)
  }
  for (const { what, path, place } of outputs) {
    const { identity, found } = place
    const reader = read.get(identity)
    if (reader !== undefined) {
      throw new UsageError(
        `the ${what} file ${path} would be written over what is read: it is the same file as ${reader}; give another path`,
      )
    }
    if (found?.isCharacterDevice() || descriptorOf(path) !== undefined) continue
    const other = written.get(identity)
    if (other !== undefined) {
      throw new UsageError(`the ${what} file ${path} is also ${other}: each needs a file of its own; give another path`)
    }
    written.set(identity, `the ${what} file ${path}`)
  }
}

/** What a descriptor stands for, when it is a file. */
function regularFile(descriptor: number): BigIntStats | undefined {
  const found = lookAt(() => fstatSync(descriptor, { bigint: true }))
  return found?.isFile() ? found : undefined
}

/** Undefined for what cannot be looked at (no such file, a closed descriptor): whoever reads it will say so. */
function lookAt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
