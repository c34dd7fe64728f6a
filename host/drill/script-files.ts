/** The scripts that a person names: files, and folders with files in them. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../serial/errors.js'

export interface ScriptFile {
  readonly file: string
  readonly text: string
}

/** @throws UsageError for a path that is not there or cannot be read, and for a folder without scripts */
export function readScripts(paths: readonly string[]): ScriptFile[] {
  return paths.flatMap((path) => {
    const names = isFolder(path) ? scriptsIn(path) : [path]
    if (names.length === 0) throw new UsageError(`${path} has no scripts: their names end in .pkt`)
    return names.map((file) => ({ file, text: explained(file, () => readFileSync(file, 'utf8')) }))
  })
}

function isFolder(path: string): boolean {
  return explained(path, () => statSync(path).isDirectory())
}

function scriptsIn(folder: string): string[] {
  return explained(folder, () => readdirSync(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.pkt'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function explained<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : message
    throw new UsageError(`cannot read ${path}: ${reason}`)
  }
}
