/** A file of YAML 1.2 (yaml.org/spec/1.2.2) that a stranger may have written, as the package has it, and where in it everything stands. */
import {
  type Document,
  type DocumentOptions,
  LineCounter,
  type ParseOptions,
  parseDocument,
  type SchemaOptions,
} from 'yaml'

/** Aliases that may be put in for each other: a file of a few lines can ask for a billion values (the "billion laughs"). */
export const MOST_ALIASES = 100
/** How deep a file may be; what people write has some eight levels. */
export const DEEPEST = 64

/** Why it is no YAML. */
export interface YamlFault {
  /** In characters from the beginning. */
  readonly offset: number
  /** `too deep`, or the first line of what the package says. */
  readonly reason: { readonly kind: 'too deep' } | { readonly kind: 'syntax'; readonly message: string }
}

export class YamlText {
  /** Undefined where it is too deep. */
  readonly document: Document.Parsed | undefined
  /** Empty where it is YAML. */
  readonly faults: readonly YamlFault[]
  readonly #lines = new LineCounter()

  constructor(text: string, options: ParseOptions & DocumentOptions & SchemaOptions = {}) {
    const deep = tooDeep(text)
    if (deep !== undefined) {
      this.#lines.addNewLine(0)
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines.addNewLine(at + 1)
      this.faults = [{ offset: deep, reason: { kind: 'too deep' } }]
      return
    }
    this.document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, ...options })
    this.faults = this.document.errors.map(({ message, pos }) => ({
      offset: pos[0],
      reason: { kind: 'syntax', message: message.split('\n')[0] },
    }))
  }

  /** From 1 on. @param offset in characters; undefined: the beginning */
  placeAt(offset = 0): { readonly line: number; readonly column: number } {
    const { line, col } = this.#lines.linePos(offset)
    return line === 0 ? { line: 1, column: 1 } : { line, column: Math.max(1, col) }
  }
}

/**
 * Where a text is deeper than anybody writes: the parser descends into itself, and what a stranger sends must not exhaust the stack. Counted are brackets,
 * and the indicators of blocks (`- - -`, `? ? ?`) in one line; indentation is a level an octet at most.
 * @returns characters from the beginning; undefined where it is not
 */
function tooDeep(text: string): number | undefined {
  let depth = 0
  let begin = 0
  for (const line of text.split('\n')) {
    const [indent] = /^ */.exec(line) ?? ['']
    const [blocks] = /^(?: *[-?:](?= |$))*/.exec(line) ?? ['']
    const before = blocks.replace(/ /g, '').length
    if (indent.length > 4 * DEEPEST || before > DEEPEST) return begin
    for (let at = 0; at < line.length; at++) {
      const character = line[at]
      if (character === '[' || character === '{') {
        if (++depth > DEEPEST) return begin + at
      } else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
    }
    begin += line.length + 1
  }
  return undefined
}
