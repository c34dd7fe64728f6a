/** What the code throws at a person, by the words that stand in the source. */
import { parseAst } from 'rolldown/parseAst'

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** A message's words, with `{1}` in the place of its first value: of each branch where it is a choice, and none where it is made elsewhere. */
function formsOf(expression: Node): string[] {
  if (expression.type === 'Literal') return [String(expression.value)]
  if (expression.type === 'ConditionalExpression')
    return [expression.consequent, expression.alternate].flatMap((branch) => formsOf(branch as Node))
  if (expression.type !== 'TemplateLiteral') return []
  const pieces = (expression.quasis as { readonly value: { readonly cooked: string } }[]).map(
    ({ value }) => value.cooked,
  )
  return [pieces.reduce((form, piece, at) => `${form}{${at}}${piece}`)]
}

/** Of every error of these classes that a source makes. */
export function thrownForms(source: string, classes: readonly string[]): string[] {
  return formsWhere(source, ({ type, callee }) => {
    return type === 'NewExpression' && isNode(callee) && classes.includes(String(callee.name))
  })
}

/** Of every line that a source says on standard error, without its end. */
export function toldForms(source: string): string[] {
  const said = formsWhere(source, ({ type, callee }) => {
    return type === 'CallExpression' && isNode(callee) && callee.name === 'tell'
  })
  return said.map((form) => form.replace(/^linkpulse: /, '').replace(/\n$/, ''))
}

/** Of the first argument of each call that is meant. */
function formsWhere(source: string, isMeant: (node: Node) => boolean): string[] {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isNode(value)) return
    if (isMeant(value)) found.push(...(value.arguments as Node[]).slice(0, 1).flatMap(formsOf))
    Object.values(value).forEach(visit)
  }
  visit(parseAst(source, { lang: 'ts' }))
  return found
}
