/** A check as a document: an element of what `linkpulse check --list --json` prints. */
import * as v from 'valibot'
import { documentFields, matchingField, oneOfField, textField } from '../../boards/schema/fields.js'
import { documentHead } from '../../boards/schema/published.js'
import { CHECK_NAME } from './report/schema-fields.js'
import { type CheckDescription, LAYERS } from './types.js'

/** The version of this form; another number where a reader of the form before would misread a check. */
const CHECK_VERSION = 1

const identifier = (title: string) => matchingField(title, CHECK_NAME, 'the name of a check, as chip.revision')

export const CHECK_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(CHECK_VERSION),
    name: identifier('Identifier, as lists of boards and faults call it'),
    id: identifier('Identifier, as a report calls it'),
    layer: oneOfField('Layer', LAYERS),
    title: textField('What a person calls it'),
    reference: textField('The clause that its limits come from'),
  }),
  v.title('A check that linkpulse check can make'),
)

export function checkDocument({ id, layer, title, reference }: CheckDescription): v.InferOutput<typeof CHECK_DOCUMENT> {
  return { ...documentHead('check', CHECK_VERSION), name: id, id, layer, title, reference }
}
