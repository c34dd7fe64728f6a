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

/** @throws Error for a text that `writeCounts` has not written for these symptoms */
export function readCounts(
  text: string,
  cases: readonly number[],
  typical: readonly number[],
  most: number,
): Uint16Array[] {
  const counts = cases.map((each) => new Uint16Array(each))
  let index = 0
  for (const [part] of text.matchAll(/[.-]\d*|(?:[a-z]\d+)+ ?|./gs)) {
    const sign = part[0]
    if (sign === TYPICAL || sign === NEVER) {
      const repeated = part.length === 1 ? 1 : Number(part.slice(1))
      for (const end = index + repeated; index < end; index++) {
        if (sign === TYPICAL && index < counts.length) counts[index][typical[index]] = most
      }
    } else {
      const seen = [...part.matchAll(/([a-z])(\d+)/g)]
      if (seen.length === 0 || index >= counts.length) throw new Error(`"${part}" is no count of the dictionary`)
      for (const [, letter, count] of seen) counts[index][letter.charCodeAt(0) - FIRST_CASE] = Number(count)
      index++
    }
  }
  if (index !== counts.length) throw new Error(`the dictionary counts ${index} symptoms where ${counts.length} are`)
  return counts
}
