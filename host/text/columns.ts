/** What a text takes of a terminal's line: characters of East Asian scripts are two columns wide (Unicode Standard Annex 11, W and F). */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
const ALL_WIDE = new RegExp(WIDE.source, 'gu')

export function isWide(character: string): boolean {
  return WIDE.test(character)
}

export function columnsOf(text: string): number {
  return text.length + (text.match(ALL_WIDE)?.reduce((more, { length }) => more + 2 - length, 0) ?? 0)
}

/** Spaces behind it, up to so many columns. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** As much of it as so many columns hold. */
export function cutColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let taken = ''
  let left = columns
  for (const character of text) {
    left -= columnsOf(character)
    if (left < 0) break
    taken += character
  }
  return taken
}
