/** How wide words are, roughly: enough to leave out what has no room. Fonts are the reader's own. */
export function roomFor(words: string, size: number): number {
  let sum = 0
  for (const letter of words) sum += letter > '\u2e7f' ? 1 : /[ijltf.,:;·()“” ]/.test(letter) ? 0.38 : 0.64
  return sum * size
}
