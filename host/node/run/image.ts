/** Firmware from a file, with errors that say what is wrong with it. */
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import { parseImage } from '../../../boards/avr/flash-image.js'
import { ImageError } from '../../../boards/avr/image-error.js'
import { UsageError } from '../../errors/errors.js'
import { IMAGE_INPUT, readInput } from '../files/input.js'

/**
 * @param signal ends the wait for it
 * @throws UsageError when the file cannot be read or is no image; the signal's reason
 */
export async function readImage(path: string, signal?: AbortSignal): Promise<FlashImage> {
  const octets = await readInput(path, IMAGE_INPUT, signal)
  try {
    return parseImage(octets)
  } catch (error) {
    if (error instanceof ImageError) throw new UsageError(`${path}: ${error.message}`, { cause: error })
    throw error
  }
}
