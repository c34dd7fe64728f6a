/** How often each cause showed each case of each symptom, and the text in which it is kept. */

/** Of one cause: by symptom, how often each of its cases was seen; a symptom that was left out in a run is not counted there. */
export type CaseCounts = readonly Uint16Array[]

/** In how many runs a symptom was taken. */
export function totalOf(cases: Uint16Array): number {
  return cases.reduce((sum, each) => sum + each, 0)
}

/** All runs were in the case that is typical of a sound board, or in none. */
const TYPICAL = '.'
const NEVER = '-'
const FIRST_CASE = 'a'.charCodeAt(0)

/**
 * One letter and a number for each case that was seen, a space behind each symptom; runs of the two that are most frequent by a sign
 * and how many: `.12-3a20c4 `.
 * @param typical by symptom, the case that most sound boards show
 * @param most how often the most frequent case must have been seen to be written as `.`
 */
export function writeCounts(counts: CaseCounts, typical: readonly number[], most: number): string {
  let text = ''
  let sign = ''
  let repeated = 0
  const end = (): void => {
    if (repeated > 0) text += sign + (repeated === 1 ? '' : repeated)
    repeated = 0
  }
  for (const [index, cases] of counts.entries()) {
    const total = totalOf(cases)
    const next = total === 0 ? NEVER : total === most && cases[typical[index]] === most ? TYPICAL : ''
    if (next === '') {
      end()
      for (const [which, count] of cases.entries()) {
        if (count > 0) text += String.fromCharCode(FIRST_CASE + which) + count
      }
      text += ' '
    } else {
      if (next !== sign) end()
      repeated++
    }
    sign = next
  }
  end()
  return text.trimEnd()
}

/**
 * Rows of counts that are alike stand once: most forms of most causes show what a sound board shows, and an array for each of those
 * would be most of what reading a dictionary takes.
 */
export class SharedRows {
  readonly #rows = new Map<number, Uint16Array>()

  /** A symptom that was never taken. */
  never(cases: number): Uint16Array {
    return this.all(cases, 0, 0)
  }

  /** All `runs` were in one case. */
  all(cases: number, which: number, runs: number): Uint16Array {
    const key = (runs * 256 + cases) * 256 + which
    let row = this.#rows.get(key)
    if (row === undefined) {
      row = new Uint16Array(cases)
      row[which] = runs
      this.#rows.set(key, row)
    }
    return row
  }
}

/**
 * @param rows where rows that are alike are looked up
 * @returns rows that may be shared: they are read only
 * @throws Error for a text that `writeCounts` has not written for these symptoms
 */
export function readCounts(
  text: string,
  cases: readonly number[],
  typical: readonly number[],
  most: number,
  rows = new SharedRows(),
): Uint16Array[] {
  const counts: Uint16Array[] = []
  for (const [part] of text.matchAll(/[.-]\d*|(?:[a-z]\d+)+ ?|./gs)) {
    const sign = part[0]
    if (sign === TYPICAL || sign === NEVER) {
      const repeated = part.length === 1 ? 1 : Number(part.slice(1))
      if (counts.length + repeated > cases.length) break // said below
      for (let left = repeated; left > 0; left--) {
        const index = counts.length
        counts.push(sign === TYPICAL ? rows.all(cases[index], typical[index], most) : rows.never(cases[index]))
      }
    } else {
      const row = new Uint16Array(cases[counts.length] ?? 0)
      const seen = [...part.matchAll(/([a-z])(\d+)/g)]
      if (seen.length === 0 || row.length === 0) throw new Error(`"${part}" is no count of the dictionary`)
      for (const [, letter, count] of seen) row[letter.charCodeAt(0) - FIRST_CASE] = Number(count)
      counts.push(row)
    }
  }
  if (counts.length !== cases.length)
    throw new Error(`the dictionary counts ${counts.length} symptoms where ${cases.length} are`)
  return counts
}
