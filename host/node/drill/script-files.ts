/** The scripts that a person names: files, and folders with files in them. */
import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../../errors/errors.js'
import { readTextFile, SCRIPT_INPUT } from '../files/input.js'
import { reasonOf } from '../files/reasons.js'

export interface ScriptFile {
  readonly file: string
  readonly text: string
}

/** Of all scripts together, in characters: all are read before the first is run. */
const MOST_TOGETHER = 64 << 20

/**
 * @param signal ends the reading
 * @throws UsageError for a path that is not there or cannot be read, and for a folder without scripts; the signal's reason
 */
export async function readScripts(paths: readonly string[], signal?: AbortSignal): Promise<ScriptFile[]> {
  const scripts: ScriptFile[] = []
  let characters = 0
  for (const path of paths) {
    const names = (await isFolder(path)) ? await scriptsIn(path, signal) : [path]
    if (names.length === 0) throw new UsageError(`${path} has no scripts: their names end in .pkt`)
    for (const file of names) {
      const text = await readTextFile(file, SCRIPT_INPUT, signal)
      characters += text.length
      if (characters > MOST_TOGETHER) {
        throw new UsageError(`${file} and the scripts before it have more than ${MOST_TOGETHER} characters; give fewer`)
      }
      scripts.push({ file, text })
    }
  }
  return scripts
}

async function isFolder(path: string): Promise<boolean> {
  return (await explained(path, () => stat(path))).isDirectory()
}

/** With the folders in it, but not those that symbolic links point to. */
async function scriptsIn(folder: string, signal: AbortSignal | undefined): Promise<string[]> {
  const found: string[] = []
  const folders = [folder]
  for (let at = 0; at < folders.length; at++) {
    const directory = await explained(folders[at], () => opendir(folders[at]))
    for await (const entry of directory) {
      signal?.throwIfAborted()
      const path = join(folders[at], entry.name)
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile() && entry.name.endsWith('.pkt')) found.push(path)
    }
  }
  return found.sort()
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error, path, 'there is no such file')}`, { cause: error })
  }
}
