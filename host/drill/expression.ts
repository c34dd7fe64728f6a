/**
 * The little Python that scripts have between `%{` and `}%`: `assert EXPRESSION, TEXT`, `print(EXPRESSION)` and `NAME = EXPRESSION`
 * over the fields of `tcp_info`, with Python's operators and precedence. Anything else is refused by name.
 */
import { keyed, type Sentence } from '../text/keyed.js'
import { codeLines } from './code-lines.js'
import { Unsupported } from './unsupported.js'

/** A number, a text, or several in brackets. */
export type CodeValue = number | string | readonly CodeValue[]
export type Variables = ReadonlyMap<string, CodeValue>

export interface CodeStatement {
  readonly kind: 'assert' | 'print' | 'assign'
  readonly text: string
  /** Names that it asks for. */
  readonly names: readonly string[]
  /** What an assignment gives its value to: code further down may ask for it. */
  readonly target?: string
  readonly evaluate: (variables: Variables) => CodeValue
  /** What to say when the assertion fails. */
  readonly message?: (variables: Variables) => CodeValue
}

type Expression = (variables: Variables) => CodeValue

/** Words of a statement. Each may stand in the one before (`((1`, `not not 1`, `1+1+1`): what reads and what evaluates it descends. */
const MOST_TOKENS = 500

const TOKEN =
  /\s*(?:(0x[0-9a-f]+|\d+\.\d+|\d+)|("[^"]*"|'[^']*')|([A-Za-z_]\w*)|(\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%&|^~<>(),[\]]))/iy
/** Binary operators by precedence, the loosest first; comparisons and `not` are apart. */
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '//', '/', '%']]
const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>', 'in']
const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  abs: Math.abs,
  min: Math.min,
  max: Math.max,
  int: Math.trunc,
  round: Math.round,
}

/** Python's assignments; the operator is none for `=`. */
const ASSIGNMENT = /^([A-Za-z_]\w*)\s*(\*\*|\/\/|<<|>>|[-+*/%&|^])?=(?!=)([\s\S]*)$/

/** @throws Unsupported naming what is not understood. */
export function parseCode(code: string): CodeStatement[] {
  return codeLines(code).map(parseStatement)
}

function parseStatement(text: string): CodeStatement {
  const [, word, rest] = /^(assert|print)\b([\s\S]*)$/.exec(text) ?? []
  if (word === 'assert') return parseAssertion(text, rest)
  if (word === 'print') return parsePrint(text, rest)
  const [, target, operator, value] = ASSIGNMENT.exec(text) ?? []
  if (target === undefined) throw new Unsupported(keyed('pkt.python', { text }))
  const parser = new ExpressionParser(operator === undefined ? value : `${target} ${operator} (${value})`, text)
  const evaluate = parser.parse()
  parser.end()
  return { kind: 'assign', target, text, names: parser.names, evaluate }
}

function parseAssertion(text: string, rest: string): CodeStatement {
  const parser = new ExpressionParser(rest, text)
  const evaluate = parser.parse()
  const message = parser.accept(',') ? parser.parse() : undefined
  parser.end()
  return { kind: 'assert', text, names: parser.names, evaluate, ...(message && { message }) }
}

/** `print(a, b)`; `print a, b` as Python had it once. */
function parsePrint(text: string, rest: string): CodeStatement {
  const parser = new ExpressionParser(rest, text)
  const values = [parser.parse()]
  while (parser.accept(',')) values.push(parser.parse())
  parser.end()
  const evaluate: Expression = (variables) => {
    const given = values.map((value) => value(variables))
    // `(a, b)` reads as one value of several.
    const shown = given.length === 1 && typeof given[0] === 'object' ? given[0] : given
    return shown.length === 1 ? shown[0] : shown.map(shownValue).join(' ')
  }
  return { kind: 'print', text, names: parser.names, evaluate }
}

/** As Python's `str` has it. */
export function shownValue(value: CodeValue): string {
  return typeof value === 'object' ? `(${value.map(shownValue).join(', ')})` : String(value)
}

class ExpressionParser {
  readonly names: string[] = []
  readonly #tokens: string[] = []
  #next = 0

  constructor(
    text: string,
    readonly statement: string,
  ) {
    TOKEN.lastIndex = 0
    const trimmed = text.trimEnd()
    for (let at = 0; at < trimmed.length; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at
      const match = TOKEN.exec(trimmed)
      if (match === null) this.#refuse(trimmed.slice(at).trim())
      if (this.#tokens.length === MOST_TOKENS)
        throw new Unsupported(keyed('pkt.python-long', { text: statement.slice(0, 40), most: MOST_TOKENS }))
      this.#tokens.push(match[0].trim())
    }
  }

  parse(): Expression {
    return this.#or()
  }

  end(): void {
    if (this.#next < this.#tokens.length) this.#refuse(this.#tokens[this.#next])
  }

  accept(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false
    this.#next++
    return true
  }

  #or(): Expression {
    let left = this.#and()
    while (this.accept('or')) {
      const [first, second] = [left, this.#and()]
      left = (variables) => first(variables) || second(variables)
    }
    return left
  }

  #and(): Expression {
    let left = this.#not()
    while (this.accept('and')) {
      const [first, second] = [left, this.#not()]
      left = (variables) => first(variables) && second(variables)
    }
    return left
  }

  #not(): Expression {
    if (!this.accept('not')) return this.#comparison()
    const inner = this.#not()
    return (variables) => (inner(variables) ? 0 : 1)
  }

  /** Python chains them: `1 < x < 3`. */
  #comparison(): Expression {
    const first = this.#binary(0)
    const rest: { operator: string; right: Expression }[] = []
    for (;;) {
      const operator = this.#comparisonOperator()
      if (operator === undefined) break
      rest.push({ operator, right: this.#binary(0) })
    }
    if (rest.length === 0) return first
    return (variables) => {
      let left = first(variables)
      for (const { operator, right } of rest) {
        const value = right(variables)
        if (!compare(operator, left, value)) return 0
        left = value
      }
      return 1
    }
  }

  #comparisonOperator(): string | undefined {
    const operator = COMPARISONS.find((each) => this.accept(each))
    if (operator !== undefined || this.#tokens[this.#next] !== 'not' || this.#tokens[this.#next + 1] !== 'in')
      return operator
    this.#next += 2
    return 'not in'
  }

  #binary(level: number): Expression {
    if (level === LEVELS.length) return this.#unary()
    let left = this.#binary(level + 1)
    for (;;) {
      const operator = LEVELS[level].find((each) => this.accept(each))
      if (operator === undefined) return left
      const [first, second] = [left, this.#binary(level + 1)]
      left = (variables) => combined(operator, first(variables), second(variables))
    }
  }

  #unary(): Expression {
    if (this.accept('-')) {
      const inner = this.#unary()
      return (variables) => -Number(inner(variables))
    }
    if (this.accept('~')) {
      const inner = this.#unary()
      return (variables) => ~Number(inner(variables))
    }
    return this.#atom()
  }

  #atom(): Expression {
    const token = this.#tokens[this.#next++]
    if (token === undefined) throw new Unsupported(keyed('pkt.python-ends', { text: this.statement }))
    if (/^\d/.test(token)) return () => Number(token)
    if (/^["']/.test(token)) return () => token.slice(1, -1)
    if (token === '(') return this.#bracketed(')')
    if (token === '[') return this.#bracketed(']')
    if (!/^[A-Za-z_]/.test(token)) this.#refuse(token)
    if (token === 'True' || token === 'False') return () => (token === 'True' ? 1 : 0)
    if (Object.hasOwn(FUNCTIONS, token) && this.accept('(')) {
      const values = [this.parse()]
      while (this.accept(',')) values.push(this.parse())
      this.#close()
      return (variables) => FUNCTIONS[token](...values.map((value) => Number(value(variables))))
    }
    // str() is for messages: everything prints as it is.
    if (token === 'str' && this.accept('(')) {
      const inner = this.parse()
      this.#close()
      return (variables) => shownValue(inner(variables))
    }
    this.names.push(token)
    return (variables) => variables.get(token) ?? 0
  }

  /** One value in parentheses, or several with commas between them. */
  #bracketed(closer: ')' | ']'): Expression {
    const values: Expression[] = []
    let several = closer === ']'
    while (!this.accept(closer)) {
      values.push(this.parse())
      if (this.accept(',')) several = true
      else {
        this.#close(closer)
        break
      }
    }
    if (!several && values.length === 1) return values[0]
    return (variables) => values.map((value) => value(variables))
  }

  #close(closer = ')'): void {
    if (!this.accept(closer)) throw new Unsupported(keyed('pkt.python-bracket', { closer, text: this.statement }))
  }

  #refuse(what: string): never {
    throw new Unsupported(this.#notUnderstood(what))
  }

  #notUnderstood(what: string): Sentence {
    return keyed('pkt.python-word', { what, text: this.statement })
  }
}

function same(left: CodeValue, right: CodeValue): boolean {
  return typeof left === 'object' || typeof right === 'object' ? shownValue(left) === shownValue(right) : left === right
}

function compare(operator: string, left: CodeValue, right: CodeValue): boolean {
  switch (operator) {
    case '==':
      return same(left, right)
    case '!=':
      return !same(left, right)
    case 'in':
    case 'not in': {
      const found =
        typeof right === 'object' ? right.some((each) => same(left, each)) : String(right).includes(String(left))
      return found === (operator === 'in')
    }
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    default:
      return left >= right
  }
}

/** Two texts are put together, and `%` fills values into one; the rest is arithmetic. */
function combined(operator: string, left: CodeValue, right: CodeValue): CodeValue {
  if (typeof left === 'string' && operator === '%') return formatted(left, typeof right === 'object' ? right : [right])
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string'))
    return shownValue(left) + shownValue(right)
  return arithmetic(operator, Number(left), Number(right))
}

/** Python's `'cwnd is %d' % value`. */
function formatted(text: string, values: readonly CodeValue[]): string {
  let next = 0
  return text.replace(
    /%(?:%|[-+ 0#]*\d*(?:\.(\d+))?([dsfuixXr]))/g,
    (found, digits: string | undefined, kind: string | undefined) => {
      if (kind === undefined) return '%'
      const value = values[next++]
      if (value === undefined) return found
      if (kind === 'f') return Number(value).toFixed(Number(digits ?? 6))
      return kind.toLowerCase() === 'x' ? Number(value).toString(16) : shownValue(value)
    },
  )
}

function arithmetic(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '//':
      return Math.floor(left / right)
    case '%':
      return ((left % right) + right) % right
    case '<<':
      return left * 2 ** right
    case '>>':
      return Math.floor(left / 2 ** right)
    case '&':
      return (left & right) >>> 0
    case '|':
      return (left | right) >>> 0
    default:
      return (left ^ right) >>> 0
  }
}
