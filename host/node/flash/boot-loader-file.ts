/** The boot loader of Arduino boards, from wherever an Arduino installation has put it. */
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import { UsageError } from '../../errors/errors.js'
import { readImage } from '../run/image.js'

/** What Arduinos with a part leave the factory with: its name, and the file. */
const BOOT_LOADERS: Readonly<Record<string, readonly [name: string, file: string]>> = {
  ATmega328P: ['optiboot', 'bootloaders/optiboot/optiboot_atmega328.hex'],
  ATmega2560: ['stk500boot', 'bootloaders/stk500v2/stk500boot_v2_mega2560.hex'],
}
/** Debian's arduino-core-avr, then the Arduino IDE and arduino-cli on Linux and macOS. */
const SYSTEM = '/usr/share/arduino/hardware/arduino/avr'
const PACKAGES = ['.arduino15', 'Library/Arduino15', 'AppData/Local/Arduino15'].map((folder) =>
  join(homedir(), folder, 'packages/arduino/hardware/avr'),
)

/**
 * @param part the controller's, by name
 * @param path a file that a person named; searched for when left out.
 * @param signal ends the wait for it
 * @throws UsageError when there is none, or it is no image.
 */
export function readBootLoader(part: string, path = findBootLoader(part), signal?: AbortSignal): Promise<FlashImage> {
  return readImage(path, signal)
}

function findBootLoader(part: string): string {
  const known = BOOT_LOADERS[part]
  if (known === undefined)
    throw new UsageError(`no boot loader of an ${part} is known here; name one: --bootloader-image FILE`)
  const [name, file] = known
  const versions = PACKAGES.flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((version) => join(folder, version)) : [],
  )
  const found = [SYSTEM, ...versions].map((folder) => join(folder, file)).find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new UsageError(
    `no ${name} was found on this machine; on Debian: apt-get install arduino-core-avr. Or name one: --bootloader-image FILE`,
  )
}
