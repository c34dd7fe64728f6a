/** Words, at last. */
import type { Sentence, Told } from './keyed.js'
import type { Words } from './words.js'

function isSentence(value: unknown): value is Sentence {
  return typeof value === 'object' && value !== null && 'key' in value
}

export function say(words: Words, told: Told): string {
  if (typeof told === 'string') return told
  const text = words.sentences[told.key] as string | ((values: object) => string)
  if (typeof text === 'string') return text
  const values = Object.entries(told.values).map(([name, value]) => [
    name,
    isSentence(value) ? say(words, value) : value,
  ])
  return text(Object.fromEntries(values))
}
