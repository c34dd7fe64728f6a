/** The receive filters (DS39662 8.0): which frames go on to the buffer. */
import { BITS } from '../../../firmware/enc28j60/registers.js'
import { internetChecksum } from './checksum.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'

const { ERXFCON, EHT0, EPMM0, EPMCSL, EPMOL, MAADR1, MAADR2, MAADR3, MAADR4, MAADR5, MAADR6 } = PLACE
const { UCEN, ANDOR, PMEN, MPEN, HTEN, MCEN, BCEN } = BITS.ERXFCON
const ANY = UCEN | PMEN | MPEN | HTEN | MCEN | BCEN

/** Octets that the pattern filter looks at. */
const WINDOW = 64

/** Is the destination FF-FF-FF-FF-FF-FF? */
export function isBroadcast(octets: Uint8Array): boolean {
  return (octets[0] & octets[1] & octets[2] & octets[3] & octets[4] & octets[5]) === 0xff
}

/** Is the destination this station's own address? */
export function isOwn(values: Uint8Array, octets: Uint8Array): boolean {
  return (
    octets[5] === values[MAADR6] &&
    octets[4] === values[MAADR5] &&
    octets[3] === values[MAADR4] &&
    octets[2] === values[MAADR3] &&
    octets[1] === values[MAADR2] &&
    octets[0] === values[MAADR1]
  )
}

/** Bit of the hash table that a destination means: bits 28:23 of its CRC (DS39662 8.5). */
export function hashFilterIndex(octets: Uint8Array): number {
  let crc = 0xffffffff
  for (let i = 0; i < 6; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const feedback = ((octets[i] >>> bit) & 1) ^ (crc >>> 31)
      crc = (crc << 1) ^ (feedback ? 0x04c11db7 : 0)
    }
  }
  return (crc >>> 23) & 0x3f
}

function hashMatches(values: Uint8Array, octets: Uint8Array): boolean {
  const index = hashFilterIndex(octets)
  return (values[EHT0 + (index >> 3)] & (1 << (index & 7))) !== 0
}

/** Checksum over the masked octets of the window: those masked out are left out, not zeroed (DS39662 8.2). */
function patternMatches(core: Core, octets: Uint8Array): boolean {
  const { registers } = core
  const offset = registers.word(EPMOL)
  if (offset + WINDOW > octets.length) return false
  const picked = new Uint8Array(WINDOW)
  let count = 0
  for (let i = 0; i < WINDOW; i++) {
    if (registers.values[EPMM0 + (i >> 3)] & (1 << (i & 7))) picked[count++] = octets[offset + i]
  }
  return internetChecksum(picked, 0, count) === registers.word(EPMCSL)
}

/** FF six times, then this station's address sixteen times, anywhere in the data (DS39662 8.3). */
function magicMatches(values: Uint8Array, octets: Uint8Array): boolean {
  if (!isOwn(values, octets)) return false
  const address = [MAADR1, MAADR2, MAADR3, MAADR4, MAADR5, MAADR6].map((place) => values[place])
  const last = octets.length - 4 - 6 - 96
  search: for (let at = 14; at <= last; at++) {
    for (let i = 0; i < 6; i++) if (octets[at + i] !== 0xff) continue search
    for (let i = 0; i < 96; i++) if (octets[at + 6 + i] !== address[i % 6]) continue search
    return true
  }
  return false
}

/** Do the filters other than the CRC check let a frame pass (DS39662 figures 8-1 and 8-2)? */
export function filtersPass(core: Core, octets: Uint8Array): boolean {
  const { values } = core.registers
  const enabled = values[ERXFCON]
  if ((enabled & ANY) === 0) return true
  const and = (enabled & ANDOR) !== 0
  // In OR logic the first match decides, in AND logic the first miss.
  if (enabled & UCEN && isOwn(values, octets) !== and) return !and
  if (enabled & BCEN && isBroadcast(octets) !== and) return !and
  if (enabled & MCEN && ((octets[0] & 1) === 1) !== and) return !and
  if (enabled & HTEN && hashMatches(values, octets) !== and) return !and
  if (enabled & PMEN) {
    if (patternMatches(core, octets) !== and) return !and
    const others = (enabled & ANY & ~PMEN) !== 0
    if (!and && others && core.errata.patternAcceptsShort && octets.length <= WINDOW + core.registers.word(EPMOL))
      return true
  }
  if (enabled & MPEN && magicMatches(values, octets) !== and) return !and
  return and
}
