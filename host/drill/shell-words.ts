/** A shell's commands as far as scripts have them: words, quotes, comments, continued lines, redirections. Nothing is expanded, nothing run. */

export interface SimpleCommand {
  readonly words: readonly string[]
  /** Where `>` leads. */
  readonly into: string | undefined
  /** As it stands there. */
  readonly text: string
  /** Where it begins in the text, in characters. */
  readonly at: number
}

const SPACE = /[ \t\r]|\\\n/y
const COMMENT = /#[^\n]*/y
/** `|` joins: what is piped is one command, and none that is known here. */
const SEPARATOR = /\n|;|&&|\|\|/y
const REDIRECTION = /\d*>>?(?:&\d)?/y
const PIECE = /"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([\s\S])|([^\s"'\\;&|>]|&(?!&)|\|(?!\|))/y

/** The commands of a text, in their order. */
export function shellCommands(text: string): SimpleCommand[] {
  const commands: SimpleCommand[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) at += match[0].length
    return match ?? undefined
  }
  const word = (): string | undefined => {
    let found: string | undefined
    for (let piece = take(PIECE); piece !== undefined; piece = take(PIECE))
      found = (found ?? '') + (piece[1] ?? piece[2] ?? piece[3] ?? piece[4])
    return found
  }
  while (at < text.length) {
    const words: string[] = []
    let into: string | undefined
    let begin: number | undefined
    let end = at
    for (;;) {
      if (take(SPACE) !== undefined || take(COMMENT) !== undefined) continue
      if (at >= text.length || take(SEPARATOR) !== undefined) break
      begin ??= at
      const redirection = take(REDIRECTION)
      if (redirection !== undefined) {
        while (take(SPACE) !== undefined);
        const target = redirection[0].includes('&') ? undefined : word()
        if (!/^[02-9]/.test(redirection[0])) into = target ?? into
      } else {
        const next = word()
        // A quote that nobody closed: the rest is one word.
        words.push(next ?? text.slice(at))
        if (next === undefined) at = text.length
      }
      end = at
    }
    if (begin !== undefined)
      commands.push({ words, into, text: text.slice(begin, end).replace(/\s+/g, ' '), at: begin })
  }
  return commands
}
