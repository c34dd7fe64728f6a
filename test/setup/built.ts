/** The command line as it was built: what runs it, asks here first. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/**
 * @param root of the tree it is built in
 * @returns the path of the built command line
 * @throws Error when it is not built
 */
export function builtCommandLine(root = ROOT): string {
  const path = join(root, 'dist/cli.js')
  if (!existsSync(path)) throw new Error(`${path} is not built: \`make setup\` first`)
  return path
}
