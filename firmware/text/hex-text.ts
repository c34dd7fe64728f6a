/** A number as the data sheet writes it: `8` as `08h`. @param digits at least so many */
export function hexText(value: number, digits = 2): string {
  return `${value.toString(16).toUpperCase().padStart(digits, '0')}h`
}
