/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash whose values tell nothing about the others to who lacks the key.
 * Its 64-bit words are pairs of 32-bit numbers here.
 */
import type { Random } from '../../hal/random.js'

export class SipHash {
  /** The upper 32 bits of the last hash. */
  high = 0
  readonly #key: readonly [number, number, number, number]
  /** v0 to v3, lower and upper half of each. */
  readonly #v = new Int32Array(8)

  /** @param key 128 bits, the least significant word first */
  constructor(key: readonly [number, number, number, number]) {
    this.#key = key
  }

  /** With a key drawn by chance. */
  static random(random: Random): SipHash {
    return new SipHash([random.next32(), random.next32(), random.next32(), random.next32()])
  }

  /** Hashes `octets[0 .. length)`. Returns the lower 32 bits; the upper are in `high`. */
  hash(octets: Uint8Array, length = octets.length): number {
    const v = this.#v
    const [k0, k1, k2, k3] = this.#key
    v[0] = k0 ^ 0x70736575
    v[1] = k1 ^ 0x736f6d65
    v[2] = k2 ^ 0x6e646f6d
    v[3] = k3 ^ 0x646f7261
    v[4] = k0 ^ 0x6e657261
    v[5] = k1 ^ 0x6c796765
    v[6] = k2 ^ 0x79746573
    v[7] = k3 ^ 0x74656462
    const whole = length & ~7
    for (let at = 0; at < whole; at += 8) this.#take(word(octets, at, at + 4), word(octets, at + 4, at + 8))
    // The last word has the length in its uppermost octet.
    const middle = Math.min(whole + 4, length)
    this.#take(word(octets, whole, middle), word(octets, whole + 4, length) | (length << 24))
    v[4] ^= 0xff
    for (let i = 0; i < 4; i++) round(v)
    this.high = (v[1] ^ v[3] ^ v[5] ^ v[7]) >>> 0
    return (v[0] ^ v[2] ^ v[4] ^ v[6]) >>> 0
  }

  #take(low: number, high: number): void {
    const v = this.#v
    v[6] ^= low
    v[7] ^= high
    round(v)
    round(v)
    v[0] ^= low
    v[1] ^= high
  }
}

/** Up to four octets, the first the least significant. */
function word(octets: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = to - 1; i >= from; i--) value = (value << 8) | octets[i]
  return value
}

/** SipRound. */
function round(v: Int32Array): void {
  addTo(v, 0, 2)
  addTo(v, 4, 6)
  rotate(v, 2, 13)
  rotate(v, 6, 16)
  xorTo(v, 2, 0)
  xorTo(v, 6, 4)
  swap(v, 0)
  addTo(v, 4, 2)
  addTo(v, 0, 6)
  rotate(v, 2, 17)
  rotate(v, 6, 21)
  xorTo(v, 2, 4)
  xorTo(v, 6, 0)
  swap(v, 4)
}

function addTo(v: Int32Array, a: number, b: number): void {
  const low = (v[a] >>> 0) + (v[b] >>> 0)
  v[a] = low
  v[a + 1] = v[a + 1] + v[b + 1] + (low > 0xffff_ffff ? 1 : 0)
}

function xorTo(v: Int32Array, a: number, b: number): void {
  v[a] ^= v[b]
  v[a + 1] ^= v[b + 1]
}

/** To the left by fewer than 32 bits. */
function rotate(v: Int32Array, a: number, bits: number): void {
  const low = v[a]
  const high = v[a + 1]
  v[a] = (low << bits) | (high >>> (32 - bits))
  v[a + 1] = (high << bits) | (low >>> (32 - bits))
}

/** Rotates by 32 bits. */
function swap(v: Int32Array, a: number): void {
  const low = v[a]
  v[a] = v[a + 1]
  v[a + 1] = low
}
