/** A firmware image as it is written to flash, and the file it comes from. */
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { UsageError } from '../../errors/errors.js'
import { readImage } from '../run/image.js'

/** What erased flash reads as; gaps between the parts of an image are filled with it. */
const ERASED = 0xff

/** Octets to be written from `start` on. */
export interface Image {
  readonly start: number
  readonly octets: Uint8Array
}

export interface ImageFile {
  readonly path: string
  readonly format: FlashImage['format']
  readonly image: Image
}

/**
 * @param signal ends the wait for it
 * @throws UsageError when the file cannot be read, or is neither Intel HEX nor ELF, saying where it is wrong.
 */
export async function readImageFile(path: string, signal?: AbortSignal): Promise<ImageFile> {
  const parsed = await readImage(path, signal)
  return { path, format: parsed.format, image: wholeImage(parsed) }
}

/** From the first octet to the last. */
export function wholeImage({ flash }: FlashImage): Image {
  const start = Math.min(...flash.map(({ address }) => address))
  const end = Math.max(...flash.map(({ address, octets }) => address + octets.length))
  const octets = new Uint8Array(end - start).fill(ERASED)
  for (const segment of flash) octets.set(segment.octets, segment.address - start)
  return { start, octets }
}

/** @throws UsageError when the image does not fit the board. */
export function checkImage(image: Image, board: BoardDefinition, path: string): void {
  const room = board.controller.flash - board.flash.bootLoader
  const end = image.start + image.octets.length
  if (end <= room) return
  throw new UsageError(
    `${path} ends at ${end} octets, and ${board.name} has room for ${room} (${board.controller.flash} less ${board.flash.bootLoader} for the boot loader); is it an image for this board?`,
  )
}

/** The image cut into whole pages, as flash is written. */
export function pagesOf(image: Image, pageSize: number): { readonly address: number; readonly octets: Uint8Array }[] {
  const pages: { address: number; octets: Uint8Array }[] = []
  const end = image.start + image.octets.length
  for (let address = image.start - (image.start % pageSize); address < end; address += pageSize) {
    const octets = new Uint8Array(pageSize).fill(ERASED)
    const from = Math.max(address, image.start)
    const part = image.octets.subarray(from - image.start, Math.min(end, address + pageSize) - image.start)
    octets.set(part, from - address)
    pages.push({ address, octets })
  }
  return pages
}
