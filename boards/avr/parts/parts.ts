/** The parts that are emulated. */
import type { BoardDefinition } from '../../catalogue/definition.js'
import type { AvrPart } from '../part.js'
import { ATMEGA328P } from './atmega328p.js'
import { ATMEGA2560 } from './atmega2560.js'

const AVR_PARTS: readonly AvrPart[] = [ATMEGA328P, ATMEGA2560]

/**
 * The part that a board has.
 * @throws RangeError when it is not among those that are emulated
 */
export function emulatedPart({ name, controller }: BoardDefinition): AvrPart {
  const part = AVR_PARTS.find((each) => each.name === controller.part)
  if (part !== undefined) return part
  const article = /^[AEIOU]/i.test(controller.part) ? 'an' : 'a'
  throw new RangeError(
    `${name} has ${article} ${controller.part}, and only the ${AVR_PARTS.map((each) => each.name).join(' and the ')} are emulated; use a board that has one (uno, nano, promini, mega2560)`,
  )
}
