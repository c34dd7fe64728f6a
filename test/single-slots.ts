/**
 * Finds what holds exactly one function where others could come and take its place unheard. What can be watched has a method
 * `onX(listener)` that returns the function that unsubscribes the listener (`firmware/hal/listeners.ts`); what is for one function is `handleX`.
 */
import { parseAst } from 'rolldown/parseAst'

/** A node of the syntax tree (ESTree with TypeScript's): what is looked at here. */
interface Node {
  readonly type: string
  readonly start: number
  readonly key?: Node
  readonly name?: string
  readonly readonly?: boolean
  readonly optional?: boolean
  readonly accessibility?: string
  readonly kind?: string
  readonly value?: Node | null
  readonly params?: readonly Node[]
  readonly returnType?: Node
  readonly typeAnnotation?: Node
  readonly typeName?: Node
  readonly elementType?: Node
  readonly types?: readonly Node[]
  readonly declaration?: Node | null
  readonly callee?: Node
}

export interface SingleSlot {
  readonly line: number
  readonly name: string
  readonly wrong: string
}

const REPLACED = 'the next one takes its place unheard: make it a method of Listeners, or name it handleX'
const NO_REMOVER = 'nobody can end the listening: return what Listeners.add returns'
const OWN_LIST = 'a list of listeners of its own: use Listeners'

/** What one source file has of these. @throws where it does not parse */
export function singleSlots(text: string): SingleSlot[] {
  const found: SingleSlot[] = []
  const report = (node: Node, wrong: string) =>
    found.push({ line: text.slice(0, node.start).split('\n').length, name: node.key?.name ?? '', wrong })
  const visit = (node: unknown, exported: boolean): void => {
    if (Array.isArray(node)) for (const each of node) visit(each, exported)
    if (!isNode(node)) return
    const wrong = wrongWith(node, exported)
    if (wrong !== undefined) report(node, wrong)
    // An interface or type that its file keeps to itself describes records, which nobody else can reach.
    const begins =
      node.type === 'ExportNamedDeclaration' && /^TS(Interface|TypeAlias)/.test(node.declaration?.type ?? '')
    for (const child of Object.values(node)) visit(child, begins || exported)
  }
  visit(parseAst(text, { lang: 'ts' }), false)
  return found
}

function wrongWith(node: Node, exported: boolean): string | undefined {
  const { name } = node.key ?? {}
  if (name === undefined) return undefined
  const outside = node.accessibility !== 'private' && node.key?.type === 'Identifier'
  const type = node.typeAnnotation?.typeAnnotation
  switch (node.type) {
    case 'PropertyDefinition':
      if (/listeners$/i.test(name) && isOwnList(type, node.value)) return OWN_LIST
      if (node.readonly === true || !outside || name.startsWith('handle')) return undefined
      return isWatching(name) || isFunction(type) || (type === undefined && isFunctionValue(node.value))
        ? REPLACED
        : undefined
    case 'TSPropertySignature':
      if (node.readonly === true || name.startsWith('handle')) return undefined
      if (isWatching(name)) return REPLACED
      // What may be left out is an option, given once when the thing is made.
      return exported && node.optional !== true && isFunction(type) ? REPLACED : undefined
    case 'MethodDefinition':
    case 'TSMethodSignature': {
      if (!outside) return undefined
      const [parameter] = node.value?.params ?? node.params ?? []
      if (node.kind === 'set') {
        if (name.startsWith('handle')) return undefined
        return isWatching(name) || isFunction(parameter?.typeAnnotation?.typeAnnotation) ? REPLACED : undefined
      }
      if (!isWatching(name) || parameter?.name !== 'listener') return undefined
      const returned = (node.value?.returnType ?? node.returnType)?.typeAnnotation
      return isFunction(returned) ? undefined : NO_REMOVER
    }
  }
  return undefined
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function isWatching(name: string): boolean {
  return /^on[A-Z]/.test(name)
}

/** `(…) => …`, that or undefined, or a name that says so. */
function isFunction(type: Node | undefined): boolean {
  if (type === undefined) return false
  if (type.type === 'TSFunctionType') return true
  if (type.type === 'TSParenthesizedType') return isFunction(type.typeAnnotation)
  if (type.type === 'TSUnionType') return type.types?.some(isFunction) === true
  // The `Listener` of TCP is one who waits for connections.
  return type.type === 'TSTypeReference' && /\w(Listener|Observer|Callback)$/.test(type.typeName?.name ?? '')
}

function isFunctionValue(value: Node | null | undefined): boolean {
  return value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression'
}

function isOwnList(type: Node | undefined, value: Node | null | undefined): boolean {
  return (
    type?.type === 'TSArrayType' ||
    value?.type === 'ArrayExpression' ||
    (value?.type === 'NewExpression' && /^(Set|Map|Array)$/.test(value.callee?.name ?? ''))
  )
}
