/** Firmware from a file, with errors that say what is wrong with it. */
import { readFileSync } from 'node:fs'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { ImageError, parseImage } from '../../boards/avr/flash-image.js'
import { UsageError } from '../serial/errors.js'

/** @throws UsageError when the file cannot be read or is no image. */
export function readImage(path: string): FlashImage {
  let octets: Uint8Array
  try {
    octets = new Uint8Array(readFileSync(path))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a directory'
          : `it cannot be read (${message})`
    throw new UsageError(`${path}: ${reason}`)
  }
  try {
    return parseImage(octets)
  } catch (error) {
    if (error instanceof ImageError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}
