/** An answer of the chip's prompt as a document: a line of what `linkpulse chip --json` prints. */
import * as v from 'valibot'
import {
  documentFields,
  fromZeroField,
  listField,
  numberField,
  textField,
  truthField,
  wordsField,
} from '../../boards/schema/fields.js'
import { documentHead } from '../../boards/schema/published.js'
import { findingField } from '../check/report/schema-fields.js'
import type { ChipAnswer } from './answer.js'

/** The version of this form; another number where a reader of the form before would misread an answer. */
const CHIP_ANSWER_VERSION = 1

const register = textField('Name of the register, or of the pair')
const value = fromZeroField('What was read')
const reset = fromZeroField('What it is after a reset')
const octets = wordsField('Octets, in hexadecimal')

const reading = v.strictObject({
  register,
  value,
  bits: v.exactOptional(v.record(v.string(), fromZeroField('The field of that name'))),
  reset: v.exactOptional(reset),
  clause: textField('Section of the data sheet'),
})

const titled = <const Entries extends v.ObjectEntries>(title: string, entries: Entries) =>
  v.pipe(v.strictObject(entries), v.title(title))

const plain = v.union([
  v.pipe(v.null(), v.title('Nothing to say: of `receive` that no frame came, of `int` that it cannot be read')),
  v.pipe(reading, v.title('read, phy read')),
  v.pipe(listField(reading), v.title('read, phy read, of several')),
  titled('mem read', { address: fromZeroField('Where it begins'), octets }),
  titled('init', {
    address: wordsField('Station address, in hexadecimal'),
    fullDuplex: truthField('Full duplex'),
    receiveEnd: fromZeroField('End of the receive buffer'),
  }),
  titled('send', {
    sent: truthField('Sent, not aborted'),
    octets: fromZeroField('Octets on the wire'),
    collisions: fromZeroField('Collisions'),
    repeated: fromZeroField('How often it was begun again'),
  }),
  titled('receive: a frame', { headers: wordsField('Its headers, in words'), octets }),
  titled('receive: a header that contradicts itself', { corrupt: wordsField('The header, in hexadecimal') }),
  titled('receive: a damaged frame', { damaged: fromZeroField('Receive status') }),
  titled('link', {
    linkUp: truthField('Link up'),
    fullDuplex: truthField('Full duplex'),
    polarityReversed: truthField('Polarity reversed'),
    receiving: truthField('A frame comes in'),
    transmitting: truthField('A frame goes out'),
  }),
  v.pipe(v.boolean(), v.title('int: whether the pin is high')),
  titled('reset', { revisionId: numberField('EREVID'), revision: textField('Silicon revision') }),
  v.pipe(listField(v.strictObject({ register, value, reset })), v.title('dump')),
  v.pipe(v.string(), v.title('raw: the octets read, in hexadecimal')),
  v.pipe(
    listField(v.strictObject({ usage: textField('A command'), help: textField('What it does') })),
    v.title('help'),
  ),
])

export const CHIP_ANSWER_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(CHIP_ANSWER_VERSION),
    command: textField('What was asked'),
    result: v.union([
      plain,
      titled('What broke a rule of the data sheet', { result: plain, findings: listField(findingField) }),
    ]),
  }),
  v.title('What a command of linkpulse chip came to'),
)

export function chipAnswerDocument({ command, result }: ChipAnswer): v.InferOutput<typeof CHIP_ANSWER_DOCUMENT> {
  return { ...documentHead('chip-answer', CHIP_ANSWER_VERSION), command, result }
}
