/**
 * A number and the noun behind it: `1 octet`, `7 octets`, `0 octets`.
 * @param count as a number or as it is written
 * @param many for more than one or none, where that is not `one` with an s
 */
export function counted(count: number | string, one: string, many = `${one}s`): string {
  return `${count} ${String(count) === '1' ? one : many}`
}
