/** The form of an event of a lab: a line of `lab up --json`. */
import * as v from 'valibot'
import {
  fromZeroField,
  oneOfField,
  textField,
  truthField,
  versionField,
  wordsField,
} from '../../boards/schema/fields.js'
import { documentHead } from '../../boards/schema/published.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import { LAB_EVENTS, type LabEvent } from './run.js'

/** The version of this form; another number where a reader of the form before would misread an event. */
const LAB_EVENT_VERSION = 1

export const LAB_EVENT = v.pipe(
  v.strictObject({
    $schema: textField('Where the schema of an event is published'),
    version: versionField(LAB_EVENT_VERSION),
    at: fromZeroField('When, in nanoseconds of virtual time, since the lab came up'),
    event: oneOfField('What happened', LAB_EVENTS),
    name: wordsField('The jack, board or host; of a step its number; else empty'),
    value: wordsField('An address, or the path of a serial port; else empty'),
    ok: v.pipe(
      v.nullable(truthField('It is as the file expects')),
      v.title('Whether it is as the file expects; null where nothing is expected'),
      v.description('true, false or null'),
    ),
    text: wordsField('The same as a sentence'),
  }),
  v.title('An event of linkpulse lab up'),
)

export function labEventDocument(
  { at, event, name, value, ok, sentence }: LabEvent,
  words: Words,
): v.InferOutput<typeof LAB_EVENT> {
  return {
    ...documentHead('lab-event', LAB_EVENT_VERSION),
    at,
    event,
    name,
    value,
    ok: ok ?? null,
    text: say(words, sentence),
  }
}
