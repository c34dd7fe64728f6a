/** The boot loader of Arduino boards, from wherever an Arduino installation has put it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type FlashImage, ImageError, parseImage } from '../../boards/avr/flash-image.js'
import { UsageError } from '../serial/errors.js'

const FILE = 'bootloaders/optiboot/optiboot_atmega328.hex'
/** Debian's arduino-core-avr, then the Arduino IDE and arduino-cli on Linux and macOS. */
const SYSTEM = '/usr/share/arduino/hardware/arduino/avr'
const PACKAGES = ['.arduino15', 'Library/Arduino15', 'AppData/Local/Arduino15'].map((folder) =>
  join(homedir(), folder, 'packages/arduino/hardware/avr'),
)

/**
 * @param path a file that a person named; searched for when left out.
 * @throws UsageError when there is none, or it is no image.
 */
export function readBootLoader(path = findBootLoader()): FlashImage {
  try {
    return parseImage(new Uint8Array(readFileSync(path)))
  } catch (error) {
    if (error instanceof ImageError) throw new UsageError(`${path}: ${error.message}`, { cause: error })
    throw new UsageError(`cannot read the boot loader ${path}: ${(error as Error).message}`, { cause: error })
  }
}

function findBootLoader(): string {
  const versions = PACKAGES.flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((version) => join(folder, version)) : [],
  )
  const found = [SYSTEM, ...versions].map((folder) => join(folder, FILE)).find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new UsageError(
    'no optiboot was found on this machine; on Debian: apt-get install arduino-core-avr. Or name one: --bootloader-image FILE',
  )
}
