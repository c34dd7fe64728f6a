/**
 * The little Python that scripts have between `%{` and `}%`: `assert EXPRESSION, TEXT` and `print(EXPRESSION)` over the fields of
 * `tcp_info`, with Python's operators and precedence. Anything else is refused by name.
 */

export type Variables = ReadonlyMap<string, number>

export interface CodeStatement {
  readonly kind: 'assert' | 'print'
  readonly text: string
  /** Names that it asks for. */
  readonly names: readonly string[]
  readonly evaluate: (variables: Variables) => number | string
  /** What to say when the assertion fails. */
  readonly message?: (variables: Variables) => number | string
}

type Expression = (variables: Variables) => number | string

/** Words of a statement. Each may stand in the one before (`((1`, `not not 1`, `1+1+1`): what reads and what evaluates it descends. */
const MOST_TOKENS = 500

const TOKEN =
  /\s*(?:(0x[0-9a-f]+|\d+\.\d+|\d+)|("[^"]*"|'[^']*')|([A-Za-z_]\w*)|(\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%&|^~<>(),]))/iy
/** Binary operators by precedence, the loosest first; comparisons and `not` are apart. */
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '//', '/', '%']]
const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>']
const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  abs: Math.abs,
  min: Math.min,
  max: Math.max,
  int: Math.trunc,
  round: Math.round,
}

/** @throws RangeError naming what is not understood. */
export function parseCode(code: string): CodeStatement[] {
  return code
    .split(/[\n;]/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map(parseStatement)
}

function parseStatement(text: string): CodeStatement {
  const [, word, rest] = /^(assert|print)\b([\s\S]*)$/.exec(text) ?? []
  if (word === undefined)
    throw new RangeError(`"${text}" is more Python than is understood here: only assert and print are`)
  const parser = new ExpressionParser(rest, text)
  const evaluate = parser.parse()
  const message = parser.accept(',') ? parser.parse() : undefined
  parser.end()
  return {
    kind: word === 'assert' ? 'assert' : 'print',
    text,
    names: parser.names,
    evaluate,
    ...(message && { message }),
  }
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
      if (match === null) throw new RangeError(`"${trimmed.slice(at).trim()}" in "${statement}" is not understood`)
      if (this.#tokens.length === MOST_TOKENS) {
        throw new RangeError(
          `"${statement.slice(0, 40)}..." has more than ${MOST_TOKENS} words: write several assertions`,
        )
      }
      this.#tokens.push(match[0].trim())
    }
  }

  parse(): Expression {
    return this.#or()
  }

  end(): void {
    if (this.#next < this.#tokens.length)
      throw new RangeError(`"${this.#tokens[this.#next]}" in "${this.statement}" is not understood`)
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
      const operator = COMPARISONS.find((each) => this.accept(each))
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

  #binary(level: number): Expression {
    if (level === LEVELS.length) return this.#unary()
    let left = this.#binary(level + 1)
    for (;;) {
      const operator = LEVELS[level].find((each) => this.accept(each))
      if (operator === undefined) return left
      const [first, second] = [left, this.#binary(level + 1)]
      left = (variables) => arithmetic(operator, Number(first(variables)), Number(second(variables)))
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
    if (token === undefined) throw new RangeError(`"${this.statement}" ends too early`)
    if (/^\d/.test(token)) return () => Number(token)
    if (/^["']/.test(token)) return () => token.slice(1, -1)
    if (token === '(') {
      const inner = this.parse()
      this.#close()
      return inner
    }
    if (!/^[A-Za-z_]/.test(token)) throw new RangeError(`"${token}" in "${this.statement}" is not understood`)
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
      return (variables) => String(inner(variables))
    }
    this.names.push(token)
    return (variables) => variables.get(token) ?? 0
  }

  #close(): void {
    if (!this.accept(')')) throw new RangeError(`a ")" is missing in "${this.statement}"`)
  }
}

function compare(operator: string, left: number | string, right: number | string): boolean {
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
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
