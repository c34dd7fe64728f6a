/** `once`, `twice`, `7 times`. @param count as a number or as it is written */
export function times(count: number | string): string {
  const written = String(count)
  return written === '1' ? 'once' : written === '2' ? 'twice' : `${written} times`
}
