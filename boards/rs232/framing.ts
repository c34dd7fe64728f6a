/** How a UART wraps a character in bits: start bit, five to nine data bits, parity, stop bits. */
import {
  LINE_BIT_8,
  LINE_FRAMING_ERROR,
  LINE_PARITY_ERROR,
  type Parity,
  type SerialFraming,
} from '../../firmware/hal/serial-line.js'

export type { Parity, SerialFraming }

export const FRAMING_8N1: SerialFraming = { dataBits: 8, parity: 'none', stopBits: 1 }

const PARITIES: Readonly<Record<string, Parity>> = { N: 'none', E: 'even', O: 'odd', M: 'mark', S: 'space' }

/**
 * Reads a framing as people write it: `8N1`, `7E1`, `5N1.5`, `9N2`.
 * @throws RangeError saying what such a name is made of.
 */
export function parseFraming(text: string): SerialFraming {
  const match = /^([5-9])([NEOMS])(1|1\.5|2)$/i.exec(text)
  if (match === null) {
    throw new RangeError(
      `"${text}" is no framing: it is data bits 5 to 9, parity N, E, O, M or S, and stop bits 1, 1.5 or 2, as 8N1`,
    )
  }
  return {
    dataBits: Number(match[1]) as SerialFraming['dataBits'],
    parity: PARITIES[match[2].toUpperCase()],
    stopBits: Number(match[3]) as SerialFraming['stopBits'],
  }
}

/** `8N1`. */
export function framingName({ dataBits, parity, stopBits }: SerialFraming): string {
  return `${dataBits}${parity[0].toUpperCase()}${stopBits}`
}

export function sameFraming(a: SerialFraming, b: SerialFraming): boolean {
  return a === b || (a.dataBits === b.dataBits && a.parity === b.parity && a.stopBits === b.stopBits)
}

/** Bit times that one character takes on the line, start and stop bits included. */
export function bitsAnOctet({ dataBits, parity, stopBits }: SerialFraming): number {
  return 1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits
}

/** Levels of one character on the line: as `bitsAnOctet`, half a stop bit counted as one. */
export function slotsAnOctet(framing: SerialFraming): number {
  return Math.ceil(bitsAnOctet(framing))
}

/** The parity bit that goes with a character. */
export function parityOf(character: number, { dataBits, parity }: Omit<SerialFraming, 'stopBits'>): number {
  if (parity === 'mark') return 1
  if (parity === 'space') return 0
  let ones = parity === 'odd' ? 1 : 0
  for (let bit = 0; bit < dataBits; bit++) ones ^= (character >> bit) & 1
  return ones
}

/** The levels of one character on the line, a bit each: start (0), data with the lowest bit first, parity, stop (1). Bit 0 leaves first. */
export function frameBits(character: number, framing: SerialFraming): number {
  const { dataBits } = framing
  let bits = (character & ((1 << dataBits) - 1)) << 1
  let at = 1 + dataBits
  if (framing.parity !== 'none') bits |= parityOf(character, framing) << at++
  for (let i = 0; i < framing.stopBits; i++) bits |= 1 << at++
  return bits
}

/**
 * Whether a character with a framing error was a break: nothing but zeros, parity bit and stop bit included. A USART of an
 * AVR shows it as FE beside a character of 0 (DS40002061B 20.8.4); a 16550 has the bit BI for it.
 */
export function isBreak(octet: number, flags: number, framing: SerialFraming = FRAMING_8N1): boolean {
  if (octet !== 0 || (flags & LINE_FRAMING_ERROR) === 0 || flags & LINE_BIT_8) return false
  if (framing.parity === 'none') return true
  return ((flags & LINE_PARITY_ERROR) !== 0) === (parityOf(0, framing) === 1)
}
