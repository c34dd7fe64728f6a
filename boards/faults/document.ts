/** A family of faults as a document: an element of what `linkpulse faults --json` prints, and what `faults NAME --json` does. */
import * as v from 'valibot'
import { BOARDS } from '../catalogue/catalogue.js'
import { documentFields, listField, numberField, oneOfField, textField } from '../schema/fields.js'
import { documentHead } from '../schema/published.js'
import { FAULT_LAYERS, FAULT_SIDES, type Fault } from './fault.js'

/** The version of this form; another number where a reader of the form before would misread a family. */
const FAULT_VERSION = 1

const parameterName = textField('As it is told on the command line')
const parameterTitle = textField('What it is')

const quantity = v.strictObject({
  name: parameterName,
  title: parameterTitle,
  unit: textField('SI symbol, %, ppm, Bd, octets, count, address, or share (of all there are, from 0 to 1)'),
  min: numberField('Least, in that unit'),
  max: numberField('Most'),
  default: numberField('What it is where nobody says'),
  scale: oneOfField('How a curve over it is drawn', ['linear', 'log']),
  whole: v.exactOptional(v.literal(true)),
  worse: v.exactOptional(oneOfField('Which way it gets worse; left out: any is as bad', ['higher', 'lower', 'away'])),
  suffers: v.exactOptional(numberField('From here on a user suffers')),
})

const choice = v.strictObject({
  name: parameterName,
  title: parameterTitle,
  choices: listField(textField('One of what it may be')),
  default: textField('What it is where nobody says'),
  suffers: v.exactOptional(listField(textField('One of which a user suffers; where the list is left out, of all'))),
})

export const FAULT_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(FAULT_VERSION),
    name: textField('As on the command line, and as a diagnosis names its cause'),
    layer: oneOfField('Where it sits', FAULT_LAYERS),
    side: oneOfField('What is to be mended', FAULT_SIDES),
    title: textField('What is broken'),
    symptom: textField('What a person would see who does not know of it'),
    boards: listField(textField('A board that it can happen to')),
    modes: listField(oneOfField('A way of simulating a board in which it can be broken', ['model', 'avr'])),
    parameters: listField(v.union([quantity, choice])),
  }),
  v.title('What can be broken: a family of faults of linkpulse'),
)

export function faultDocument(fault: Fault): v.InferOutput<typeof FAULT_DOCUMENT> {
  const { name, layer, side, title, symptom, boards, modes, parameters } = fault
  return {
    ...documentHead('fault', FAULT_VERSION),
    name,
    layer,
    side,
    title,
    symptom,
    boards: boards ?? [...BOARDS.keys()],
    modes: modes ?? ['model', 'avr'],
    parameters,
  }
}
