/**
 * Numbers as a person reads them in drawings, tables and reports: with a minus sign (U+2212), which unlike a hyphen is as wide
 * as a plus and is not taken for a dash. What programs read back (CSV, JSON, VCD, options) keeps the hyphen of its format.
 */
const MINUS = '\u2212'

/**
 * @param digits behind the point, always so many; by default as many as it has, three at most
 * @example numberText(-0.55) // '−0.55'
 */
export function numberText(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return `${value}`
  const amount = digits === undefined ? `${Number(Math.abs(value).toFixed(3))}` : Math.abs(value).toFixed(digits)
  return value < 0 && Number(amount) !== 0 ? MINUS + amount : amount
}

/** With its sign, a plus as well: `+4.57`. */
export function signedText(value: number, digits?: number): string {
  const text = numberText(value, digits)
  return text.startsWith(MINUS) ? text : `+${text}`
}
