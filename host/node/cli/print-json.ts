import type { PublishedDocument } from '../../../boards/schema/published.js'
import { jsonLine, jsonText } from '../../json-text.js'
import { print } from './say.js'

/** Every JSON that a command prints: a document that names its schema, or a list of such. */
export function printJson(document: PublishedDocument | readonly PublishedDocument[]): void {
  print(jsonText(document))
}

/** One of several, as a line: each can be read before the next is there. */
export function printJsonLine(document: PublishedDocument): void {
  print(jsonLine(document))
}
