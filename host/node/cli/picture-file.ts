/** Drawings into files: SVG as it is, PNG with letters that come with us. How they look is asked here, for every command. */

import { type Look, lookOf } from '../../drawing/look.js'
import { UsageError } from '../../errors/errors.js'
import { svgToPng } from '../scope/png.js'
import type { Arguments } from './arguments.js'
import { drawnSvg, tellDrawn } from './drawings.js'
import { Outputs } from './outputs.js'
import { print, tell } from './say.js'

/** Of `LOOK_OPTIONS`. @throws UsageError that names what is wrong */
export function givenLook(given: Arguments): Look {
  return lookOf(given.text('theme'), given.text('aspect'))
}

/**
 * Where no picture is drawn, nothing of its look is taken.
 * @param remedy what makes a picture: `add --out FILE.svg`
 * @throws UsageError that names the option
 */
export function refuseLook(given: Arguments, remedy: string): void {
  const option = (['theme', 'aspect'] as const).find((each) => given.has(each))
  if (option !== undefined)
    throw new UsageError(`--${option} says how a picture looks, and none is drawn here: ${remedy}, or leave it out`)
}

/** @throws UsageError for a file that is neither .svg nor .png */
export function checkPicturePath(option: string, path: string, otherwise = ', or - for standard output'): void {
  if (!/\.(svg|png)$/.test(path))
    throw new UsageError(`--${option} takes a file that ends in .svg or .png${otherwise}, not ${path}`)
}

/** What goes into the file of an option. */
export async function pictureFor(option: string, path: string, svg: string): Promise<string | Uint8Array> {
  return path.endsWith('.png') ? await svgToPng(svg, option) : svg
}

/**
 * Writes a picture to the file of `--out`, or to standard output.
 * @throws UsageError for a file that is neither .svg nor .png, or cannot be written.
 */
export async function writePicture(given: Arguments, what: string, svg: (look: Look) => string): Promise<void> {
  const look = givenLook(given)
  const path = given.text('out')
  if (path === undefined || path === '-') {
    print(drawnSvg(svg(look)))
    return
  }
  checkPicturePath('out', path)
  const out = new Outputs(given).file('out')
  out?.write(await pictureFor('out', path, drawnSvg(svg(look))))
  out?.close()
  tell(`${tellDrawn(what)}; written to ${path}\n`)
}
