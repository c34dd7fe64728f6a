/** A connector as a document: an element of what `linkpulse connectors --json` prints, and what `connectors NAME --json` does. */
import * as v from 'valibot'
import { CONNECTORS, type Connector } from '../../boards/rs232/connectors.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import {
  documentFields,
  fromZeroField,
  listField,
  oneOfField,
  pairField,
  textField,
} from '../../boards/schema/fields.js'
import { documentHead } from '../../boards/schema/published.js'
import { RJ45, RJ45_REFERENCE, RJ45_TITLE, rj45Pins } from './rj45.js'

/** The version of this form; another number where a reader of the form before would misread a connector. */
const CONNECTOR_VERSION = 1

const STANDARDS = Object.values(LINE_STANDARDS).map(({ name }) => name)

const title = textField('What it is met on')
const positions = fromZeroField('Contacts that it has')
const circuits = fromZeroField('Contacts that have a circuit')
const reference = textField('Where it stands')

const serialPin = v.strictObject({
  pin: textField('Number or letter on the connector'),
  name: textField('Short name of the circuit; A and B are the conductors of a balanced one'),
  circuit: textField('Number of the circuit in ITU-T V.24'),
  or: v.exactOptional(listField(textField('A circuit that has the pin in other equipment'))),
  direction: oneOfField('Seen from the DTE', ['out', 'in', 'both', 'ground']),
  title: textField('The circuit in words'),
})

const serial = v.strictObject({
  ...documentFields(CONNECTOR_VERSION),
  name: oneOfField(
    'As it is called',
    CONNECTORS.map(({ name }) => name),
  ),
  title,
  positions,
  circuits,
  rows: listField(listField(textField('A contact; row by row from the top, looking at the pins of the DTE'))),
  data: oneOfField('Levels of its data circuits', STANDARDS),
  control: oneOfField('Levels of its control circuits', STANDARDS),
  pins: listField(serialPin),
  reference,
})

const colour = (wiring: string) => v.pipe(v.optional(v.string()), v.title(`Colour of its conductor by ${wiring}`))

const rj45Pin = v.strictObject({
  pin: fromZeroField('Number on the connector'),
  mdi: textField('What a station’s jack does there'),
  mdix: textField('What a hub’s or switch’s does'),
  t568a: colour('T568A'),
  t568b: colour('T568B'),
  pairs: pairField(fromZeroField('Number of its pair: by T568A, by T568B')),
})

const rj45 = v.strictObject({
  ...documentFields(CONNECTOR_VERSION),
  name: v.literal(RJ45),
  title,
  positions,
  circuits,
  pins: listField(rj45Pin),
  reference,
})

export const CONNECTOR_DOCUMENT = v.pipe(v.union([serial, rj45]), v.title('A connector, as linkpulse shows it'))

type ConnectorDocument = v.InferOutput<typeof CONNECTOR_DOCUMENT>

export function connectorDocument(connector: Connector | typeof RJ45): ConnectorDocument {
  const head = documentHead('connector', CONNECTOR_VERSION)
  if (connector === RJ45) {
    const pins = rj45Pins()
    const circuits = pins.filter(({ mdi }) => mdi !== '-').length
    return { ...head, name: RJ45, title: RJ45_TITLE, positions: pins.length, circuits, pins, reference: RJ45_REFERENCE }
  }
  const { name, title, positions, rows, data, control, pins, reference } = connector
  return { ...head, name, title, positions, circuits: pins.length, rows, data, control, pins, reference }
}
