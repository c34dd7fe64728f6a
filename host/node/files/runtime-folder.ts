/** The folder of this user's sockets, where commands of one user on one machine find each other. Nobody else may enter it. */
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TargetError } from '../../errors/errors.js'

/** Where it is, or would be. */
export function runtimePlace(): string {
  const { XDG_RUNTIME_DIR } = process.env
  if (XDG_RUNTIME_DIR) return join(XDG_RUNTIME_DIR, 'linkpulse')
  return join(tmpdir(), `linkpulse-${process.getuid?.() ?? 'user'}`)
}

/** Whether a folder is there, and this user's alone. */
export function isOwnFolder(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() !== true) return false
  const user = process.getuid?.()
  return user === undefined || (found.uid === user && (found.mode & 0o077) === 0)
}

/**
 * The folder, which is made when it does not exist.
 * @param purpose what goes there, for the error
 * @throws TargetError when it cannot be made, or somebody else could have put something there
 */
export function runtimeFolder(purpose: string): string {
  const folder = runtimePlace()
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!isOwnFolder(folder)) throw new Error('it is not a folder of yours alone')
  } catch (error) {
    throw new TargetError(
      `cannot use ${folder} for ${purpose}: ${(error as Error).message}; set XDG_RUNTIME_DIR to a folder of your own`,
      { cause: error },
    )
  }
  return folder
}
