/** Counts that are numbers; nested ones by their path. */
export function flatCounts(counts: object, prefix = ''): Record<string, number> {
  const flat: Record<string, number> = {}
  for (const [name, value] of Object.entries(counts) as [string, unknown][]) {
    if (typeof value === 'number') flat[prefix + name] = value
    else if (typeof value === 'object' && value !== null) Object.assign(flat, flatCounts(value, `${prefix}${name}: `))
  }
  return flat
}
