/** Line standards as documents: what `linkpulse lines --json` prints, `lines NAME --json`, and `lines rs-449 --json`. */
import * as v from 'valibot'
import { lineCompatibility } from '../../boards/rs232/compatibility.js'
import { DC37 } from '../../boards/rs232/connectors.js'
import { LINE_STANDARDS, type LineStandard } from '../../boards/rs232/standards.js'
import {
  documentFields,
  listField,
  numberField,
  oneOfField,
  pairField,
  textField,
  truthField,
} from '../../boards/schema/fields.js'
import { documentHead } from '../../boards/schema/published.js'

/** The version of these forms; another number where a reader of the form before would misread a standard. */
const LINE_VERSION = 1

export const RS449 = 'rs-449'
const ALL = Object.values(LINE_STANDARDS)

const standardName = (title: string) =>
  oneOfField(
    title,
    ALL.map(({ name }) => name),
  )
const levels = (title: string) => v.pipe(v.picklist([0, 1]), v.title(title))
/** Left out where the standard has no such rule. */
const limit = (title: string) => v.optional(numberField(title))

const standard = v.strictObject({
  name: standardName('As on the command line'),
  title: textField('What a person calls it'),
  balanced: truthField('A driver of two conductors, of which one rises as the other falls'),
  differential: truthField('A receiver that looks at the difference of two conductors'),
  common: numberField('Volts of the middle between the two conductors over ground'),
  driver: v.strictObject({
    mark: numberField('Volts of a 1'),
    space: numberField('Volts of a 0'),
    slew: numberField('Volts a microsecond at most'),
    current: numberField('Microamperes with which it charges its load'),
  }),
  receiver: v.strictObject({
    low: numberField('Volts at or under which it is sure'),
    high: numberField('Volts at or over which it is sure'),
    highIs: levels('What it reads above `high`'),
    open: levels('What it reads when nothing drives it'),
  }),
  limits: v.strictObject({
    driver: pairField(numberField('Volts that a driver sends, in amount: least, most')),
    undefinedWithin: pairField(numberField('Volts between which a receiver reads anything')),
    survives: pairField(numberField('Volts at its input that a receiver survives')),
    slew: limit('Volts a microsecond'),
    rise: v.exactOptional(
      v.strictObject({
        ofBit: numberField('Part of a bit that an edge takes at most'),
        longest: numberField('Microseconds that it takes at most'),
      }),
    ),
    capacitance: limit('Picofarads at the driver'),
    bitRate: numberField('Bit/s'),
    length: pairField(numberField('Metres at that rate, and the most at any')),
    load: pairField(numberField('Ohms of the receiver: least, most')),
  }),
  reference: textField('Where it stands'),
})

export const LINE_STANDARD_DOCUMENT = v.pipe(
  v.strictObject({ ...documentFields(LINE_VERSION), ...standard.entries }),
  v.title('A line standard, as linkpulse has it'),
)

export const LINE_STANDARDS_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(LINE_VERSION),
    standards: listField(standard),
    matrix: listField(
      v.strictObject({
        driver: standardName('Who sends'),
        receiver: standardName('Who receives'),
        reading: oneOfField('What it makes of it', ['right', 'inverted', 'nothing', 'wrong']),
        undefined: truthField('A level lies where the receiver’s standard says nothing'),
        damages: oneOfField('Whether a level is more than the receiver survives', ['no', 'may', 'does']),
        mark: numberField('Volts at the receiver’s input of a 1'),
        space: numberField('Volts there of a 0'),
      }),
    ),
  }),
  v.title('Line standards, and what a receiver of one makes of a driver of another'),
)

const circuits = (title: string) => listField(textField(title))

export const RS449_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(LINE_VERSION),
    name: v.literal(RS449),
    connector: textField('Its connector, as in `linkpulse connectors`'),
    'rs-422': circuits('A circuit of category I: two conductors'),
    'rs-423': circuits('A circuit of category II: one conductor'),
    reference: textField('Where it stands'),
  }),
  v.title('RS-449: circuits whose voltages are those of two other standards'),
)

export function lineStandardDocument(one: LineStandard): v.InferOutput<typeof LINE_STANDARD_DOCUMENT> {
  return { ...documentHead('line-standard', LINE_VERSION), ...one }
}

export function lineStandardsDocument(): v.InferOutput<typeof LINE_STANDARDS_DOCUMENT> {
  const matrix = ALL.flatMap((driver) =>
    ALL.map((receiver) => ({ driver: driver.name, receiver: receiver.name, ...lineCompatibility(driver, receiver) })),
  )
  return { ...documentHead('line-standards', LINE_VERSION), standards: ALL, matrix }
}

/** Which circuits of its connector have two conductors, and which one. */
export function rs449Document(): v.InferOutput<typeof RS449_DOCUMENT> {
  const { name: connector, pins, reference } = DC37
  const first = pins.filter(({ name }) => /\([AB]\)$/.test(name))
  const second = pins.filter((pin) => !first.includes(pin) && pin.direction !== 'ground')
  const names = (list: typeof pins) => [...new Set(list.map(({ name }) => name.replace(/\([AB]\)$/, '')))]
  return {
    ...documentHead('rs449', LINE_VERSION),
    name: RS449,
    connector,
    'rs-422': names(first),
    'rs-423': names(second),
    reference,
  }
}
