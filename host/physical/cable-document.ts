/** A cable as a document: an element of what `linkpulse cables --json` prints, and what `cables NAME --json` does. */
import * as v from 'valibot'
import { documentFields, listField, pairField, textField } from '../../boards/schema/fields.js'
import { documentHead } from '../../boards/schema/published.js'
import type { CableSheet } from './cable-sheet.js'

/** The version of this form; another number where a reader of the form before would misread a cable. */
const CABLE_VERSION = 1

export const CABLE_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(CABLE_VERSION),
    name: textField('As on the command line'),
    title: textField('What it joins'),
    ends: pairField(textField('What its plug fits')),
    wires: listField(pairField(textField('Contact of the first end, and of the second'))),
    notes: listField(textField('What is to be known of it')),
    reference: textField('Where it stands'),
  }),
  v.title('A cable, as linkpulse shows it'),
)

export function cableDocument(sheet: CableSheet): v.InferOutput<typeof CABLE_DOCUMENT> {
  const { name, title, ends, wires, notes, reference } = sheet
  return { ...documentHead('cable', CABLE_VERSION), name, title, ends, wires, notes, reference }
}
