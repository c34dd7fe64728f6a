/** Debian's arduino-core-avr has the boot loaders that Arduinos are sold with. */
import { readFileSync } from 'node:fs'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { parseImage } from '../../boards/avr/flash-image.js'

const FOLDER = '/usr/share/arduino/hardware/arduino/avr/bootloaders'

/** @throws Error that says what to install. */
function installed(name: string, file: string): FlashImage {
  const path = `${FOLDER}/${file}`
  let octets: Uint8Array
  try {
    octets = new Uint8Array(readFileSync(path))
  } catch (cause) {
    throw new Error(
      `${name} is needed for this test and ${path} could not be read. On Debian: apt-get install arduino-core-avr`,
      { cause },
    )
  }
  return parseImage(octets)
}

/** Of an Arduino Uno. */
export const optiboot = (): FlashImage => installed('optiboot', 'optiboot/optiboot_atmega328.hex')

/** Of an Arduino Mega 2560. */
export const stk500boot = (): FlashImage => installed('stk500boot', 'stk500v2/stk500boot_v2_mega2560.hex')
