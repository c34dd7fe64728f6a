/** A voltage as it stands on a drawing: with its sign, but for none at all, and with no digit more than it needs. */
import { numberText, signedText } from '../number-text.js'

export function voltsText(volts: number): string {
  const rounded = Number(volts.toFixed(Math.abs(volts) < 1 ? 2 : 1))
  return rounded === 0 ? numberText(0) : signedText(rounded)
}
