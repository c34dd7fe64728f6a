/** Statements of the code in a script: Python's lines, with what joins several and what ends one. */

const PIECE = /\\\n|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*|[\n;()[\]]|[^\n;()[\]"'#\\]+|[\s\S]/y

/** Without comments, and none that is empty. A line ends neither in brackets nor behind a backslash. */
export function codeLines(code: string): string[] {
  const lines: string[] = []
  let line = ''
  let depth = 0
  PIECE.lastIndex = 0
  for (let match = PIECE.exec(code); match !== null; match = PIECE.exec(code)) {
    const [piece] = match
    if (piece === '\\\n') line += ' '
    else if (piece.startsWith('#')) continue
    else if (piece === ';' || (piece === '\n' && depth === 0)) {
      lines.push(line.trim())
      line = ''
      depth = 0
    } else {
      if (piece === '(' || piece === '[') depth++
      if (piece === ')' || piece === ']') depth = Math.max(0, depth - 1)
      line += piece === '\n' ? ' ' : piece
    }
  }
  lines.push(line.trim())
  return lines.filter((each) => each !== '')
}
