/** Arduino's pin numbers, as a part has them. */
import { printable } from '../../firmware/text/printable.js'
import type { AvrMcu } from './mcu.js'
import type { AvrPart, PortName } from './part.js'
import type { McuPin } from './ports.js'

/** @throws RangeError for a number that is no pin. */
export function arduinoPin(mcu: AvrMcu, number: number): McuPin {
  const name = mcu.part.arduino.pins[number]
  if (name === undefined)
    throw new RangeError(
      `there is no pin ${number}; an Arduino with an ${mcu.part.name} has ${arduinoPinsOf(mcu.part)}`,
    )
  return mcu.pin(name[0] as PortName, Number(name[1]))
}

/** Which pins there are, in words. */
export function arduinoPinsOf({ arduino: { pins, A0 } }: AvrPart): string {
  return `0 to ${A0 - 1}, and A0 to A${pins.length - 1 - A0} as ${A0} to ${pins.length - 1}`
}

/** The number of SS, where most shields have their chip select. */
export function slaveSelectPin({ arduino, spi }: AvrPart): number {
  return arduino.pins.indexOf(`${spi.port}${31 - Math.clz32(spi.SS)}`)
}

/** `8`, `D8`, `A0`. @returns the number, or undefined when the text names no pin. */
export function parseArduinoPin({ arduino: { pins, A0 } }: AvrPart, text: string): number | undefined {
  const match = /^(?:D?(\d{1,2})|A(\d{1,2}))$/i.exec(text.trim())
  if (match === null) return undefined
  const number = match[1] === undefined ? A0 + Number(match[2]) : Number(match[1])
  return number < pins.length ? number : undefined
}

/** The number of a pin told by number or name, `10`, `'D10'`, `'A0'`. @throws RangeError for what is no pin of the part */
export function arduinoPinNumber(part: AvrPart, pin: number | string): number {
  const number = parseArduinoPin(part, String(pin))
  if (number === undefined) {
    throw new RangeError(
      `there is no pin ${printable(String(pin))}; an Arduino with an ${part.name} has ${arduinoPinsOf(part)}`,
    )
  }
  return number
}

/** The channel of the ADC at a pin; undefined where there is none, or it is one of those behind MUX5, which are not modelled. */
export function analogChannel({ arduino: { A0 } }: AvrPart, number: number): number | undefined {
  const channel = number - A0
  return channel >= 0 && channel < 8 ? channel : undefined
}
