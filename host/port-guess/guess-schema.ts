/** The form of the document that `linkpulse doctor --json` prints. */
import * as v from 'valibot'
import {
  documentFields,
  fromZeroField,
  oneOfField,
  textField,
  truthField,
  wordsField,
} from '../../boards/schema/fields.js'
import { PORT_TROUBLES } from '../errors/errors.js'
import { OCCUPANTS } from './occupant.js'

export const PORT_DOCUMENT_VERSION = 1

const probability = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(1),
  v.title('How likely it is'),
  v.description('a number from 0 to 1'),
)

export const PORT_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(PORT_DOCUMENT_VERSION),
    port: textField('The port'),
    who: oneOfField('Who is there, or why that cannot be told', [...OCCUPANTS, ...PORT_TROUBLES]),
    title: wordsField('The same, in words'),
    probability,
    evidence: v.array(wordsField('What was heard that says so')),
    others: v.array(
      v.strictObject({ who: oneOfField('Who else it may be', OCCUPANTS), probability, title: wordsField('In words') }),
    ),
    next: v.array(wordsField('What to do')),
    said: v.array(wordsField('What was heard, in printable lines')),
    baud: v.pipe(
      v.nullable(fromZeroField('Rate at which it was understood best')),
      v.title('Rate at which it was understood best; null where nobody spoke'),
    ),
    octets: fromZeroField('Octets heard'),
    listenedSeconds: fromZeroField('Seconds that it was listened for'),
    lineErrors: v.nullable(
      v.strictObject({ framing: fromZeroField('Framing errors'), breaks: fromZeroField('Breaks') }),
    ),
    controls: v.nullable(v.strictObject({ cts: truthField('CTS'), dsr: truthField('DSR'), dcd: truthField('DCD') })),
    asked: truthField('Whether something was sent'),
    wouldAsk: v.array(wordsField('What would be sent')),
  }),
  v.title('Who is at a serial port: what linkpulse doctor found'),
)

export type PortDocument = v.InferOutput<typeof PORT_DOCUMENT>
