/** Debian's arduino-core-avr has the boot loader that Arduino Unos are sold with. */
import { readFileSync } from 'node:fs'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { parseImage } from '../../boards/avr/flash-image.js'

const PATH = '/usr/share/arduino/hardware/arduino/avr/bootloaders/optiboot/optiboot_atmega328.hex'

/** @throws Error that says what to install. */
export function optiboot(): FlashImage {
  let octets: Uint8Array
  try {
    octets = new Uint8Array(readFileSync(PATH))
  } catch (cause) {
    throw new Error(
      `optiboot is needed for this test and ${PATH} could not be read. On Debian: apt-get install arduino-core-avr`,
      {
        cause,
      },
    )
  }
  return parseImage(octets)
}
