/** Where reading goes on after a statement that is not in the language: so that one mistake hides no other. */

/** A line that begins as an option, a command, or a time with a packet, code or a call behind it. */
const START = /^[ \t]*(?:--[A-Za-z_]|`|(?:\*|(?:\+[ \t]*)?[\d.][\d.~+]*)[ \t]*(?:[<>`]|%\{|[A-Za-z_]\w*[ \t]*\())/gm

const CLOSERS: Readonly<Record<string, string>> = { '//': '\n', '#': '\n', '/*': '*/', '%{': '}%', '"': '"' }
const OPENER = /\/\/|#|\/\*|%\{|"/g

/** @returns the places in the text, in their order, where a statement or an option begins a line; none in comments and code */
export function statementStarts(text: string): number[] {
  const hidden = hiddenParts(text)
  const starts: number[] = []
  let part = 0
  for (const { index } of text.matchAll(START)) {
    while (part < hidden.length && hidden[part].end <= index) part++
    if (part === hidden.length || index < hidden[part].begin) starts.push(index)
  }
  return starts
}

/** Comments, code and texts in quotes. */
function hiddenParts(text: string): { readonly begin: number; readonly end: number }[] {
  const parts: { begin: number; end: number }[] = []
  /** What does not occur from here on: looked for once. */
  const missing = new Set<string>()
  let at = 0
  for (;;) {
    OPENER.lastIndex = at
    const opener = OPENER.exec(text)
    if (opener === null) return parts
    const begin = opener.index
    at = begin + opener[0].length
    const closer = CLOSERS[opener[0]]
    const found = missing.has(closer) ? -1 : text.indexOf(closer, at)
    if (found < 0) {
      missing.add(closer)
      // A comment goes on to the end of the text; a quote or code that nobody closed is the mistake itself.
      if (closer === '"' || closer === '}%') continue
      parts.push({ begin, end: text.length })
      return parts
    }
    if (closer === '"' && text.slice(at, found).includes('\n')) continue
    at = found + closer.length
    parts.push({ begin, end: at })
  }
}
