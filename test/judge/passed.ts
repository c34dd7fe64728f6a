/** What has passed in `make judge`: pieces by name, with the seconds that each took. */
export type Passed = Record<string, number>

/** What is kept of earlier runs on this tree; nothing when there was none, it was another tree, or the file is no result of ours. */
export function readPassed(read: () => string, tree: string): Passed {
  let kept: unknown
  try {
    kept = JSON.parse(read())
  } catch {
    return {} // no file, or half a one: everything is run again, which loses time and nothing else
  }
  const { tree: of, passed } = (kept ?? {}) as { readonly tree?: unknown; readonly passed?: unknown }
  if (of !== tree || typeof passed !== 'object' || passed === null) return {}
  return Object.fromEntries(Object.entries(passed).filter((entry) => typeof entry[1] === 'number')) as Passed
}
