/** Instants as a person reads them. */

const MINUS = '\u2212'

/** `0.000 123 456 s`: every digit, in groups of three. */
export function instantText(nanoseconds: number): string {
  const whole = Math.floor(Math.abs(nanoseconds) / 1e9)
  const rest = Math.floor(Math.abs(nanoseconds) % 1e9)
  const digits = `${rest}`.padStart(9, '0').replace(/(\d{3})(?=\d)/g, '$1 ')
  return `${nanoseconds < 0 ? MINUS : ''}${whole}.${digits} s`
}

/** `104 µs`: three digits that say something. */
export function durationText(nanoseconds: number): string {
  const amount = Math.abs(nanoseconds)
  const [divisor, unit] =
    amount >= 1e9 ? [1e9, 's'] : amount >= 1e6 ? [1e6, 'ms'] : amount >= 1e3 ? [1e3, 'µs'] : [1, 'ns']
  return `${nanoseconds < 0 ? MINUS : ''}${Number((amount / divisor).toPrecision(3))} ${unit}`
}
