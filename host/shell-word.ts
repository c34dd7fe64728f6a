/** Words as a shell of POSIX reads them. */

/** Between single quotes nothing has a meaning but the quote itself (XCU 2.2.2). */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The same, bare where no character has a meaning. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : shellQuoted(word)
}
