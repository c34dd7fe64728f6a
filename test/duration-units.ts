/**
 * Finds durations whose unit nobody sees. Time is a number of nanoseconds everywhere; what is counted in another unit says so in its name
 * (`startUpMilliseconds`), because its comment is not there where it is used.
 */
import { parseAst } from 'rolldown/parseAst'

export interface UnitLess {
  readonly line: number
  readonly name: string
  readonly wrong: string
}

const UNIT = /seconds?|minutes?|hours?|days?|cells?(?:_|$)|bits?(?:_|$)/i

/** How a comment says what a number counts: `Milliseconds until …`, `…, in seconds`, `…, ms`. An instant (`Seconds since …`) is no duration. */
const COUNTED =
  /^(?:milli|micro)?seconds\b(?! since)|^(?:minutes|hours)\b|\bin (?:(?:milli|micro)?seconds|minutes|ms|µs|(?:cell|bit) times)\b|, (?:ms|µs|s)\b/i

/** A number that is declared: a field, a constant, an accessor or a method, on one line. */
const NUMBER =
  /^\s*(?:(?:export|private|protected|public|static|readonly|const|let|get) )*#?([A-Za-z_$][\w$]*)(?:\??: (?:\(\) => )?number\b|\([^()]*\): number\b|(?::[^=]*)? = [\d_.]+$)/

const COMMENT = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n([^\n]*)/g

/** What one source file declares with a comment that has the unit, and a name that has not. */
export function unitLessDeclarations(text: string): UnitLess[] {
  return [...text.matchAll(COMMENT)].flatMap(({ index, 0: whole, 1: comment, 2: declaration }) => {
    const name = NUMBER.exec(declaration)?.[1]
    const said = COUNTED.exec(comment.replace(/\n\s*\* ?/g, ' ').trim())?.[0]
    if (name === undefined || said === undefined || UNIT.test(name)) return []
    const line = text.slice(0, index + whole.length).split('\n').length
    return [{ line, name, wrong: `its comment says “${said}”; say it in the name` }]
  })
}

interface Node {
  readonly type: string
  readonly start: number
  readonly name?: string
  readonly callee?: Node
  readonly property?: Node
  readonly arguments?: readonly Node[]
}

/** By what is called: which argument is milliseconds, as the platform's timers count. */
const TIMERS: Readonly<Record<string, number>> = { setTimeout: 1, setInterval: 1, later: 0 }

/** The names that one source file hands to a timer of the platform, and that do not say that they are milliseconds. @throws where it does not parse */
export function unitLessTimers(text: string, lang: 'ts' | 'tsx' = 'ts'): UnitLess[] {
  const found: UnitLess[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const each of value) visit(each)
      return
    }
    const node = value as Node
    const handed = node.type === 'CallExpression' ? node.arguments?.[TIMERS[node.callee?.name ?? ''] ?? -1] : undefined
    const name = handed?.name ?? handed?.property?.name
    if (name !== undefined && !/milliseconds/i.test(name)) {
      const line = text.slice(0, node.start).split('\n').length
      found.push({ line, name, wrong: `${node.callee?.name} takes milliseconds; say it in the name` })
    }
    for (const each of Object.values(node)) visit(each)
  }
  visit(parseAst(text, { lang }))
  return found
}
