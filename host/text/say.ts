/** A text in one language's words. */
import { figureName } from './figure-name.js'
import type { FigureName, LocalizableText, Sentence } from './keyed.js'
import type { Words } from './words.js'

function isLocalizable(value: unknown): value is Sentence | FigureName {
  return typeof value === 'object' && value !== null && ('key' in value || 'figure' in value)
}

export function say(words: Words, message: LocalizableText): string {
  if (typeof message === 'string') return message
  if ('figure' in message) return figureName(words, message.figure)
  const text = words.sentences[message.key] as string | ((values: object) => string)
  if (typeof text === 'string') return text
  const values = Object.entries(message.values).map(([name, value]) => [name, said(words, value)])
  return text(Object.fromEntries(values))
}

/** A value as the words take it. */
function said(words: Words, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => said(words, each))
  return isLocalizable(value) ? say(words, value) : value
}
