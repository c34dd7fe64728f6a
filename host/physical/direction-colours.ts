/** Colours of what leaves the DTE, of what arrives, of ground, and of what has no circuit. */
import type { PinDirection } from '../../boards/rs232/connectors.js'
import type { Theme } from '../drawing/look.js'

export function directionColours({ colours, ground, frame }: Theme): Readonly<Record<PinDirection | 'none', string>> {
  return { out: colours[0], in: colours[1], both: colours[3], ground, none: frame }
}
