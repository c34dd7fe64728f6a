/** Which AVR architecture an ELF file is compiled for: its e_flags say so (binutils, include/elf/avr.h). */
import { ElfFile } from './elf.js'
import type { FlashImage } from './flash-image.js'
import { type AvrPart, hasWidePc } from './part.js'

/** e_flags of an ELF header of 32 bits, and the architecture among them. */
const FLAGS_AT = 36
const ARCHITECTURE = 0x7f
const AVR6 = 6

/** @returns what is wrong, or undefined: it fits the part, or the file does not say (Intel HEX, and an ELF file without flags) */
export function otherArchitecture({ file }: FlashImage, part: AvrPart): string | undefined {
  if (file === undefined) return undefined
  const flags = new ElfFile(file).view.getUint32(FLAGS_AT, true) & ARCHITECTURE
  if (flags === 0 || (flags === AVR6) === hasWidePc(part)) return undefined
  return `it is compiled for architecture avr${flags}, and an ${part.name} is avr${hasWidePc(part) ? AVR6 : 5}`
}
