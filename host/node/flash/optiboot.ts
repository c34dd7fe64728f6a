/** The boot loader of Arduino boards, from wherever an Arduino installation has put it. */
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import { UsageError } from '../../errors/errors.js'
import { readImage } from '../run/image.js'

const FILE = 'bootloaders/optiboot/optiboot_atmega328.hex'
/** Debian's arduino-core-avr, then the Arduino IDE and arduino-cli on Linux and macOS. */
const SYSTEM = '/usr/share/arduino/hardware/arduino/avr'
const PACKAGES = ['.arduino15', 'Library/Arduino15', 'AppData/Local/Arduino15'].map((folder) =>
  join(homedir(), folder, 'packages/arduino/hardware/avr'),
)

/**
 * @param path a file that a person named; searched for when left out.
 * @param signal ends the wait for it
 * @throws UsageError when there is none, or it is no image.
 */
export function readBootLoader(path = findBootLoader(), signal?: AbortSignal): Promise<FlashImage> {
  return readImage(path, signal)
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
