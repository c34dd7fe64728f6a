/** Units of what a fault is told, and the prefixes a person writes them with. */
import { printable } from '../../firmware/text/printable.js'

/** Powers of ten by what is written behind the number; the first is how it is shown. */
const WRITTEN = {
  s: { s: 0, ms: -3, us: -6, µs: -6, μs: -6, ns: -9 },
  V: { V: 0, mV: -3 },
  Hz: { Hz: 0, kHz: 3, MHz: 6 },
  m: { m: 0, cm: -2, km: 3 },
  Bd: { Bd: 0, kBd: 3, MBd: 6 },
  '%': { '%': 0 },
  ppm: { ppm: 0, '%': 4 },
  /** Ohms. */
  Ω: { Ω: 0, ohm: 0, kΩ: 3, kohm: 3 },
  /** Of all there are: 1e-4, or 0.01%. */
  share: { '': 0, '%': -2 },
  /** How many, or which. */
  count: { '': 0 },
  octets: { octets: 0, '': 0 },
  /** In a memory: 0x0400, 0400h, 1024. */
  address: { '': 0 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>

export type FaultUnit = keyof typeof WRITTEN

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?\s*(\D*)$/i
const HEXADECIMAL = /^0x([0-9a-f]+)$|^([0-9a-f]+)h$/i

/** @returns the number in the unit itself, without a prefix; undefined where the text is no number in this unit */
export function readQuantity(text: string, unit: FaultUnit): number | undefined {
  if (unit === 'address') {
    const [, first, second] = HEXADECIMAL.exec(text) ?? []
    const digits = first ?? second
    if (digits !== undefined) return Number.parseInt(digits, 16)
  }
  const [, digits, exponent = '0', written] = NUMBER.exec(text) ?? []
  if (digits === undefined) return undefined
  const powers: Readonly<Record<string, number>> = WRITTEN[unit]
  // A bare number is in the unit itself.
  const power = written === '' ? 0 : Object.hasOwn(powers, written) ? powers[written] : undefined
  // As one decimal number: 50 times a millionth is not 50e-6.
  return power === undefined ? undefined : Number(`${digits}e${Number(exponent) + power}`)
}

/** As `readQuantity` reads it back to the very same number. */
export function writeQuantity(value: number, unit: FaultUnit): string {
  if (unit === 'address') return `0x${value.toString(16).padStart(4, '0')}`
  return `${value}${unitSuffix(unit)}`
}

/** What a person is shown: the first that leaves a number of at least 1, or else the last. */
const SHOWN: Partial<Readonly<Record<FaultUnit, readonly string[]>>> = {
  s: ['s', 'ms', 'µs', 'ns'],
  V: ['V', 'mV'],
  Hz: ['MHz', 'kHz', 'Hz'],
  Ω: ['kΩ', 'Ω'],
}

/** For a sentence: `0.32 V`, `0x0400`, `50 µs`. */
export function sayQuantity(value: number, unit: FaultUnit): string {
  if (unit === 'address') return writeQuantity(value, unit)
  const powers: Readonly<Record<string, number>> = WRITTEN[unit]
  const shown = SHOWN[unit] ?? [unitSuffix(unit)]
  const suffix = shown.find((each) => Math.abs(value) >= Number(`1e${powers[each]}`)) ?? shown[shown.length - 1]
  // Rounded where moving the point leaves a tail behind.
  const number = value === 0 ? 0 : Number((value * Number(`1e${-powers[suffix]}`)).toPrecision(12))
  const written = number !== 0 && Math.abs(number) < 1e-3 ? number.toExponential() : String(number)
  return suffix === '' ? written : `${written} ${suffix}`
}

/** What stands behind the number, or nothing. */
function unitSuffix(unit: FaultUnit): string {
  return unit === 'share' || unit === 'count' || unit === 'address' || unit === 'octets' ? '' : unit
}

/** What a number of this unit looks like, for somebody who wrote something else. */
export function quantityExample(text: string, unit: FaultUnit): string {
  const said = `"${printable(text)}"`
  if (unit === 'address') return `${said} is no address, as 0x0400, 0400h or 1024`
  const written = Object.keys(WRITTEN[unit]).filter((each) => /^[\x20-\x7e]+$/.test(each))
  if (written.length === 0) return `${said} is not a number`
  return `${said} is not a number in ${written.join(', ')}`
}
