/**
 * The fields that our documents are made of, in Valibot (valibot.dev). Each says what it is (`title`) and what may stand there
 * (`description`); both are in the published JSON Schema, and the second in what a person is told who wrote something else.
 */
import * as v from 'valibot'
import { printable } from '../../firmware/text/printable.js'

export function textField(title: string, description = 'a text that is not empty') {
  return v.pipe(v.string(), v.nonEmpty(), v.check(isVisible, unseen), v.title(title), v.description(description))
}

/** `unit` is shown behind the limits, in brackets. */
export function wholeField(title: string, low: number, high: number, unit: string) {
  const description = `a whole number from ${low} to ${high} (${unit})`
  return v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high), v.title(title), v.description(description))
}

/** Which of its forms a document has: another number where a reader of the form before would misread it. */
export function versionField<const Version extends number>(version: Version) {
  const description = `${version} (other versions are for another linkpulse)`
  return v.pipe(v.literal(version), v.title('Version of the form'), v.description(description))
}

/** What each of our documents begins with. */
export function documentFields<const Version extends number>(version: Version) {
  return { $schema: textField('Where the schema of this document is published'), version: versionField(version) }
}

/** A text that may be empty. */
export function wordsField(title: string) {
  return v.pipe(v.string(), v.title(title), v.description('a text'))
}

export function fromZeroField(title: string) {
  return v.pipe(v.number(), v.minValue(0), v.title(title), v.description('a number from 0 on'))
}

export function numberField(title: string) {
  return v.pipe(v.number(), v.title(title), v.description('a number'))
}

/** A list that only says what there is: nobody adds to it. */
export function listField<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.readonly())
}

/** Two of a kind: the two ends of something, or of a range. */
export function pairField<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.strictTuple([item, item]), v.readonly())
}

export function voltsField(title: string, low: number, high: number) {
  const description = `a number from ${low} to ${high} (volts)`
  return v.pipe(v.number(), v.minValue(low), v.maxValue(high), v.title(title), v.description(description))
}

export function truthField(title: string) {
  return v.pipe(v.boolean(), v.title(title), v.description('true or false'))
}

export function oneOfField<const Names extends readonly string[]>(title: string, names: Names) {
  return v.pipe(v.picklist(names), v.title(title), v.description(`one of ${names.join(', ')}`))
}

/** @param pattern without flags, and in what the dialects of regular expressions share (JSON Schema 6.4) */
export function matchingField(title: string, pattern: RegExp, description: string) {
  return v.pipe(v.string(), v.regex(pattern), v.title(title), v.description(description))
}

function isVisible(text: string): boolean {
  return printable(text) === text
}

/** The first character that nobody can see, and where it stands: a board's words are printed and drawn. */
function unseen({ input }: { readonly input: string }): string {
  const characters = [...input]
  const at = characters.findIndex((character) => !isVisible(character))
  return `character ${at + 1} is ${printable(characters[at])}, which nobody can see; take it out`
}
