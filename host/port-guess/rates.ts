/** Which rates to try, and in which order, where what was heard is no language at the rate it was heard at. */
import type { Heard } from './heard.js'

/** By how often they are met. */
const COMMON = [
  9_600, 115_200, 57_600, 38_400, 19_200, 4_800, 1_000_000, 230_400, 500_000, 250_000, 2_400, 74_880,
] as const

/** So slow that a whole burst is less than a character: what follows it is the level of rest. */
export const SLOW_BAUD = 300

/** One low pulse and then rest, as a receiver reads it that is faster than the sender: 00h, or ones behind some zeros. */
function isOnePulse(octet: number): boolean {
  const ones = ~octet & 0xff
  return (ones & (ones + 1)) === 0
}

/** Share of such octets from which on the sender is taken for the slower one: in octets of any value they are 9 of 256. */
const MOSTLY = 0.7

/** @returns undefined where it does not show */
function isSlower({ octets }: Pick<Heard, 'octets'>): boolean | undefined {
  if (octets.length < 4) return undefined
  let pulses = 0
  for (const octet of octets) if (isOnePulse(octet)) pulses++
  return pulses / octets.length >= MOSTLY
}

/** Without those that were tried. */
export function ratesToTry(heard: Pick<Heard, 'octets' | 'baud'>, tried: readonly number[]): readonly number[] {
  const rates = COMMON.filter((rate) => !tried.includes(rate))
  const slower = isSlower(heard)
  if (slower === undefined) return rates
  const fits = (rate: number): boolean => rate < heard.baud === slower
  return [...rates.filter(fits), ...rates.filter((rate) => !fits(rate))]
}
