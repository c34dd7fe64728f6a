/** Arduino's pin numbers on an ATmega328P (Arduino core, variants/standard/pins_arduino.h): 0 to 13, and A0 to A5 as 14 to 19. */
import type { Atmega328p } from './atmega328p.js'
import type { McuPin } from './ports.js'

/** @throws RangeError for a number that is no pin. */
export function arduinoPin(mcu: Atmega328p, number: number): McuPin {
  if (Number.isInteger(number) && number >= 0) {
    if (number <= 7) return mcu.pin('D', number)
    if (number <= 13) return mcu.pin('B', number - 8)
    if (number <= 19) return mcu.pin('C', number - 14)
  }
  throw new RangeError(`there is no pin ${number}; an Arduino with an ATmega328P has 0 to 13, and A0 to A5 as 14 to 19`)
}

/** `8`, `D8`, `A0`. @returns the number, or undefined when the text names no pin. */
export function parseArduinoPin(text: string): number | undefined {
  const match = /^(?:D?(\d{1,2})|A([0-5]))$/i.exec(text.trim())
  if (match === null) return undefined
  const number = match[1] === undefined ? 14 + Number(match[2]) : Number(match[1])
  return number <= 19 ? number : undefined
}
