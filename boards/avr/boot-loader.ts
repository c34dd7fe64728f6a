/**
 * Puts a boot loader into a boot section that holds it. Debian's arduino-core-avr has an optiboot of 532 octets linked to
 * 0x7e00, which is 20 more than the flash has there (a newer compiler made it larger): it goes into the next larger
 * section, with BOOTSZ to match, as someone who burns it has to do. Its code is relative to the program counter.
 */
import type { FlashImage, FlashSegment } from './flash-image.js'
import { ImageError } from './image-error.js'
import { isTwoWords } from './instruction-set.js'
import type { AvrPart, Fuses } from './part.js'

export interface PlacedBootLoader {
  readonly image: FlashImage
  readonly fuses: Fuses
}

/**
 * @param image code that begins where a boot section begins.
 * @param part whose flash it goes into
 * @throws ImageError when it is no boot loader, fits no boot section, or would have to move and cannot.
 */
export function placeBootLoader(image: FlashImage, part: AvrPart): PlacedBootLoader {
  const flashOctets = 2 * part.flashWords
  /** Sizes in octets, with BOOTSZ1..0; the smallest first. */
  const sections = part.bootSections.map((start, bootsz) => [flashOctets - 2 * start, bootsz] as const).reverse()
  const largest = flashOctets - 2 * part.bootSections[0]

  const code = image.flash.reduce<FlashSegment | undefined>(
    (longest, segment) => (longest === undefined || segment.octets.length > longest.octets.length ? segment : longest),
    undefined,
  )
  if (code === undefined || code.address < flashOctets - largest) {
    throw new ImageError(
      `this is no boot loader of an ${part.name}: its code does not begin in a boot section (0x${(flashOctets - largest).toString(16)} or above)`,
    )
  }
  const room = flashOctets - code.address
  const needed = Math.max(code.octets.length, Math.min(room, largest))
  const section = sections.find(([size]) => size >= needed)
  if (section === undefined) throw new ImageError(`a boot loader of ${code.octets.length} octets fits no boot section`)
  const [size, bootsz] = section
  const fuses = { ...part.fuses, high: (part.fuses.high & ~0x06) | (bootsz << 1) }
  if (code.octets.length <= room) return { image, fuses }
  const target = absoluteTarget(code.octets)
  if (target !== undefined) {
    throw new ImageError(
      `the boot loader has ${code.octets.length} octets and ${room} are left at 0x${code.address.toString(16)}; it cannot be moved, since it jumps to 0x${target.toString(16)}. Link it to 0x${(flashOctets - size).toString(16)}`,
    )
  }
  return { image: { ...image, flash: [{ address: flashOctets - size, octets: code.octets }] }, fuses }
}

/** An absolute JMP or CALL other than to the application's start would go astray when the code moves. */
function absoluteTarget(octets: Uint8Array): number | undefined {
  const word = (at: number) => octets[at] | (octets[at + 1] << 8)
  for (let at = 0; at + 3 < octets.length; at += isTwoWords(word(at)) ? 4 : 2) {
    const target = word(at + 2) * 2
    if ((word(at) & 0xfe0c) === 0x940c && target !== 0) return target
  }
  return undefined
}
