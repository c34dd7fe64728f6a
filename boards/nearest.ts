/** "Did you mean": the known name that takes the fewest typing errors to reach. */

/** Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions, swapped neighbours. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + substitution)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2] + 1)
      current.push(best)
    }
    before = previous
    previous = current
  }
  return previous[b.length]
}

/** The nearest of `known`, or undefined when none is near enough to be meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const asked = name.toLowerCase()
  let best: string | undefined
  let least = Math.max(1, Math.floor(Math.max(3, asked.length) / 3)) + 1
  for (const candidate of known) {
    // Each octet too many or too few is a step: no need to count the others.
    if (Math.abs(candidate.length - asked.length) >= least && !candidate.startsWith(asked)) continue
    const steps = candidate.startsWith(asked) && asked.length >= 3 ? 1 : editDistance(asked, candidate.toLowerCase())
    if (steps < least) {
      least = steps
      best = candidate
    }
  }
  return best
}

/** ` Did you mean "x"?` with its leading space, or nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const found = nearest(name, known)
  return found === undefined ? '' : `; did you mean "${found}"?`
}
