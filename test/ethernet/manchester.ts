/**
 * A Manchester decoder from IEEE 802.3 alone, sharing no code with boards/: voltages in, frames out. Every bit has an edge in
 * its middle, upwards for a 1 (7.3.1.1, 14.3.1.2.1); an edge on the border of two bits, 50 ns later, says nothing. The
 * preamble has edges in mid-bit only, so the first edge is one (7.3.1.1: 1010…). The signal ends high (14.3.1.2.1, start
 * of idle), so one that ends low came over a pair whose conductors are exchanged.
 */

export interface Decoded {
  /** All bits, preamble included. */
  readonly bits: readonly number[]
  /** After the start frame delimiter: destination address to FCS. */
  readonly octets: readonly number[]
  /** Bits after the last whole octet. */
  readonly left: number
  /** The FCS is that of what is before it (3.2.9). */
  readonly good: boolean
  readonly inverted: boolean
}

interface Edge {
  /** Nanoseconds from the first sample. */
  readonly at: number
  readonly up: boolean
}

/** What passes through ±`hysteresis` volts, and when it crossed zero. */
function edges(volts: ArrayLike<number>, step: number, hysteresis: number): { found: Edge[]; high: boolean } {
  const found: Edge[] = []
  let level: boolean | undefined
  let crossed = 0
  for (let i = 1; i < volts.length; i++) {
    const [before, now] = [volts[i - 1], volts[i]]
    if (before < 0 !== now < 0) crossed = i - 1 + before / (before - now)
    if (Math.abs(now) < hysteresis) continue
    const high = now > 0
    if (level !== undefined && high !== level) found.push({ at: crossed * step, up: high })
    level = high
  }
  return { found, high: level ?? false }
}

/** The FCS as 3.2.9 has it, bit by bit: first 32 bits complemented, x^32 + x^26 + …, and the remainder of all of it. */
function fcsIsGood(bits: readonly number[]): boolean {
  let remainder = 0xffffffff
  for (const bit of bits) {
    const feedback = (remainder >>> 31) ^ bit
    remainder = (remainder << 1) >>> 0
    if (feedback) remainder = (remainder ^ 0x04c11db7) >>> 0
  }
  // 3.2.9: x^31 + x^30 + x^26 + … is what a frame with its own FCS leaves.
  return remainder === 0xc704dd7b
}

/**
 * One frame and silence around it.
 * @param sampleRate samples a second
 * @param hysteresis volts that noise does not reach; nothing under 300 mV is signal (14.3.1.3.2)
 */
export function decodeManchester(volts: ArrayLike<number>, sampleRate: number, hysteresis = 0.3): Decoded | undefined {
  const { found, high } = edges(volts, 1e9 / sampleRate, hysteresis)
  if (found.length === 0) return undefined
  const raw: number[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const { at, up } of found) {
    // Three quarters of a bit after a mid-bit edge the next one may come.
    if (at - last < 75) continue
    if (raw.length > 0 && at - last > 125) break
    raw.push(up ? 1 : 0)
    last = at
  }
  const inverted = !high
  const bits = raw.map((bit) => (inverted ? 1 - bit : bit))
  const delimiter = bits.findIndex((bit, i) => bit === 1 && bits[i - 1] === 1)
  if (delimiter < 0) return undefined
  const data = bits.slice(delimiter + 1)
  const left = data.length % 8
  const whole = data.slice(0, data.length - left)
  const octets: number[] = []
  for (let i = 0; i < whole.length; i += 8) {
    let octet = 0
    // Low bit first (3.3).
    for (let bit = 0; bit < 8; bit++) octet += whole[i + bit] * 2 ** bit
    octets.push(octet)
  }
  return { bits, octets, left, good: fcsIsGood(whole), inverted }
}
