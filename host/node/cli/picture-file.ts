/** Drawings into files: SVG as it is, PNG with letters that come with us. */

import { UsageError } from '../../errors/errors.js'
import { svgToPng } from '../scope/png.js'
import type { Arguments } from './arguments.js'
import { drawnSvg, tellDrawn } from './drawings.js'
import { Outputs } from './outputs.js'
import { print, tell } from './say.js'

/**
 * Writes a picture to the file of `--out`, or to standard output.
 * @throws UsageError for a file that is neither .svg nor .png, or cannot be written.
 */
export async function writePicture(given: Arguments, what: string, svg: () => string): Promise<void> {
  const path = given.text('out')
  if (path === '-') {
    print(drawnSvg(svg()))
    return
  }
  if (path === undefined || !/\.(svg|png)$/.test(path)) {
    throw new UsageError(`--out takes a file that ends in .svg or .png, or - for standard output, not ${path}`)
  }
  const out = new Outputs(given).file('out')
  const drawn = drawnSvg(svg())
  out?.write(path.endsWith('.png') ? await svgToPng(drawn) : drawn)
  out?.close()
  tell(`${tellDrawn(what)}; written to ${path}\n`)
}
