/** What `linkpulse run --json` prints: one thing that happened, a line. */
import * as v from 'valibot'
import {
  documentFields,
  fromZeroField,
  oneOfField,
  textField,
  wholeField,
  wordsField,
} from '../../../boards/schema/fields.js'
import { documentHead } from '../../../boards/schema/published.js'
import { PROGRAM_PLACES } from './place.js'

const VERSION = 1

const at = fromZeroField('When, in nanoseconds of virtual time')
const sketch = textField('Which of the sketches')
const event = <const Name extends string>(name: Name, what: string) =>
  v.pipe(v.literal(name), v.title(what), v.description(`"${name}"`))

export const RUN_EVENT = v.variant('event', [
  v.strictObject({
    ...documentFields(VERSION),
    event: event('serial', 'A sketch printed something'),
    at,
    sketch,
    text: wordsField('What it printed: a line without its end, or what has no end yet'),
  }),
  v.strictObject({
    ...documentFields(VERSION),
    event: event('finding', 'A sketch misused its chip or its controller'),
    at,
    sketch,
    rule: textField('Name of the rule'),
    text: wordsField('In words, with the octets and the section'),
    where: PROGRAM_PLACES,
  }),
  v.strictObject({
    ...documentFields(VERSION),
    event: event('frame', 'A frame left its sender'),
    at,
    from: textField('The jack that it left'),
    to: textField('The jack at the other end of the cable'),
    text: wordsField('The frame in one line'),
    octets: wholeField('Its length with FCS', 0, 1_000_000, 'octets'),
  }),
  v.strictObject({
    ...documentFields(VERSION),
    event: event('link', 'The link of a sketch came or went'),
    at,
    sketch,
    state: oneOfField('What it is now', ['up', 'down']),
  }),
  v.strictObject({
    ...documentFields(VERSION),
    event: event('expectation', 'Something that was expected is met, or is not'),
    at,
    name: textField('What was expected: a step of a scenario, or a text'),
    verdict: oneOfField('Whether it is met', ['met', 'unmet', 'late']),
    reason: wordsField('Why it is not; empty where it is'),
  }),
  v.strictObject({
    ...documentFields(VERSION),
    event: event('end', 'The run is over'),
    at,
    status: wholeField('The exit status', 0, 4, 'status'),
  }),
])

export type RunEvent = v.InferOutput<typeof RUN_EVENT>
type Without<Event> = Event extends unknown ? Omit<Event, '$schema' | 'version'> : never

/** With what each document of ours begins with. */
export function runEvent(what: Without<RunEvent>): RunEvent {
  return { ...documentHead('run-event', VERSION), ...what } as RunEvent
}
