/**
 * How far two baud rates may be apart: the theory of 16-fold sampling with a majority of three, and a measurement of the
 * receiver we have.
 *
 * Time is counted in samples of the receiver, from the first sample that is low. The edge lies u before it, 0 <= u < 1, and
 * is as likely anywhere. With D bits of data and parity and a sender at r times the receiver's rate, bit n begins at
 * 16 n / r - u, and is decided by two of the samples at 16 n + 7, + 8 and + 9: the middle one must be inside.
 *
 * - Slow sender: the stop bit must have begun, 16 (D + 1) / r - u <= 16 (D + 1) + 8, in the worst case u = 0.
 * - Fast sender: the last bit of data or parity must not be over, 16 (D + 1) / r - u > 16 D + 8, nor the stop bits where
 *   the next character follows at once, 16 (D + 1 + S) / r - u > 16 (D + 1) + 8, in the worst case u = 1.
 *
 * DS40002061B 20.8.5 has the same fast limit for one stop bit (its S_M = 9); its slow limit wants all three samples inside
 * (S_F = 8), which a majority does not need.
 */
import { bitsAnOctet, frameBits, type SerialFraming, slotsAnOctet } from '../../boards/rs232/framing.js'
import { SAMPLES_A_BIT as S, SamplingReceiver } from '../../boards/rs232/sampling-receiver.js'

/** Rates of the sender against the receiver's, between which every character is received as it was sent. */
export interface Tolerance {
  readonly slow: number
  readonly fast: number
}

/** D of the data sheet: bits between start and stop. */
function innerBits({ dataBits, parity }: SerialFraming): number {
  return dataBits + (parity === 'none' ? 0 : 1)
}

export function theoreticalTolerance(framing: SerialFraming): Tolerance {
  const d = innerBits(framing)
  // A parity bit that is always 1 looks like the stop bit behind it: the last bit that can be mistaken is the one before.
  const last = framing.parity === 'mark' ? d - 1 : d
  return {
    slow: (S * (last + 1)) / (S * (last + 1) + 8),
    fast: Math.min((S * (d + 1 + framing.stopBits)) / (S * (d + 1) + 9), (S * (last + 1)) / (S * last + 9)),
  }
}

/** R_slow and R_fast of DS40002061B 20.8.5, table 20-2. */
export function dataSheetTolerance(framing: SerialFraming): Tolerance {
  const d = innerBits(framing)
  return { slow: ((d + 1) * S) / (S - 1 + d * S + 8), fast: ((d + 2) * S) / ((d + 1) * S + 9) }
}

/** Nanoseconds a bit at the receiver; any would do. */
const BIT = 1_000

/**
 * Sends characters without a pause from a sender at `ratio` times the receiver's rate.
 * @returns how many were not received as they were sent: changed, flagged, missing or added.
 */
export function wrongCharacters(framing: SerialFraming, ratio: number, characters: readonly number[]): number {
  const receiver = new SamplingReceiver(framing, 1e9 / BIT)
  const got: number[] = []
  const receive = (octet: number, flags: number) => got.push(octet | (flags << 8))
  const bitTime = BIT / ratio
  let from = 10 * BIT
  receiver.feed(1, 0, from, receive)
  for (const character of characters) {
    const bits = frameBits(character, framing)
    const end = from + bitsAnOctet(framing) * bitTime
    for (let bit = 0; bit < slotsAnOctet(framing); bit++) {
      receiver.feed((bits >> bit) & 1, from + bit * bitTime, Math.min(end, from + (bit + 1) * bitTime), receive)
    }
    from = end
  }
  receiver.feed(1, from, from + 20 * BIT, receive)
  let wrong = Math.max(0, got.length - characters.length)
  for (const [i, character] of characters.entries()) {
    // LINE_BIT_8 is flag 8: the ninth bit stands at bit 11.
    const expected = (character & 0xff) | (character & 0x100 ? 8 << 8 : 0)
    if (got[i] !== expected) wrong++
  }
  return wrong
}

/** The rates at which the first characters go wrong, to a hundredth of a per cent. */
export function measuredTolerance(framing: SerialFraming, characters: readonly number[]): Tolerance {
  const limit = (towards: number) => {
    let good = 1
    let bad = towards
    while (Math.abs(good - bad) > 0.00005) {
      const middle = (good + bad) / 2
      if (wrongCharacters(framing, middle, characters) === 0) good = middle
      else bad = middle
    }
    return good
  }
  return { slow: limit(0.85), fast: limit(1.15) }
}
