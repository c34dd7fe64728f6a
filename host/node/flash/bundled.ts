/** The bridge firmware that ships with this package, so that flashing needs no compiler. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { UsageError } from '../../errors/errors.js'

/** Where the package keeps its images, as seen from dist/, from dist/chunks/ and from the source. */
const FOLDERS = [
  '../firmware/bridge/images',
  '../../firmware/bridge/images',
  '../../../firmware/bridge/images',
] as const

/** @throws UsageError when this version carries none for the board. */
export function bundledImage(board: BoardDefinition): string {
  const here = dirname(fileURLToPath(import.meta.url))
  for (const folder of FOLDERS) {
    const path = join(here, folder, `bridge-${board.name}.hex`)
    if (existsSync(path)) return path
  }
  throw new UsageError(
    `this version carries no bridge firmware for ${board.name}; build one with \`make firmware\`, or give an image with --image FILE`,
  )
}
