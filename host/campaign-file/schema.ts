/**
 * The form of a campaign file: what is tested, what is broken meanwhile and how much, and with which seeds. Every subject is run with every
 * severity of every fault and every seed. What only the other files of a campaign can tell is in `host/node/campaign-file/`.
 */
import * as v from 'valibot'
import { matchingField, oneOfField, textField, truthField, versionField } from '../../boards/schema/fields.js'
import { SERVICES } from '../../firmware/services/service.js'
import { CHECK_VIEWS } from '../check/view.js'
import { durationField } from '../lab-file/quantities.js'

/** Another number where a file of the form before would be read as something else. */
const CAMPAIGN_VERSION = 1

/**
 * `pass`: the board's check ends well, or the sketch meets all that is expected of it. `fail`: it does not; the fault must be seen. `found`: the
 * check names the fault as the likeliest cause, or as one of those that nothing tells from it.
 */
export const EXPECTED_OUTCOMES = ['pass', 'fail', 'found'] as const

/** Where nothing is broken. */
export const NO_FAULT = 'none'

const NAME = matchingField(
  'What it is called here',
  /^[A-Za-z][A-Za-z0-9-]*$/,
  'letters, digits and hyphens, a letter first',
)
const PIN = v.pipe(
  v.union([v.string(), v.number()]),
  v.title('A pin in Arduino numbering'),
  v.description('a pin, as 10 or A1'),
)
const TEXTS = v.array(textField('A text of the serial port'))

const sketch = v.strictObject({
  firmware: textField('The firmware', 'the path of a .hex or .elf file, from the folder of this file'),
  board: v.exactOptional(textField('Whose controller it runs on', 'uno, nano, promini or mega2560')),
  cs: v.exactOptional(PIN),
  int: v.exactOptional(PIN),
  reset: v.exactOptional(PIN),
  scenario: v.exactOptional(textField('Steps to do', 'the path of a scenario, from the folder of this file')),
  diagram: v.exactOptional(textField('What is around the board', 'the path of a diagram.json')),
  expect: v.exactOptional(TEXTS),
  fail: v.exactOptional(TEXTS),
  strict: v.exactOptional(truthField('A finding (what the data sheet forbids) is a failure')),
  timeout: v.exactOptional(durationField('When what is expected is too late')),
  for: v.exactOptional(durationField('When the run is over')),
  errata: v.exactOptional(v.record(v.string(), oneOfField('Whether the chip has it', ['on', 'off']))),
  services: v.exactOptional(
    v.array(
      oneOfField(
        'A service of the host at the other end',
        SERVICES.map(({ name }) => name),
      ),
    ),
  ),
})

const SEVERITY = textField(
  'How much of it',
  'what `--fault` takes behind the colon, as "0.32V" or "away=2ms,every=1s", in quotation marks',
)

const fault = v.strictObject({
  fault: textField('What is broken', 'a fault, as miso-open or cable-noise:0.32V, or none'),
  severities: v.exactOptional(v.array(SEVERITY)),
  expect: v.exactOptional(oneOfField('How a run must end', EXPECTED_OUTCOMES)),
})

const SEED_RANGE = /^[0-9]{1,10}\.\.[0-9]{1,10}$/
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff))

const fields = {
  $schema: v.exactOptional(textField('Where the schema of this document is published')),
  version: versionField(CAMPAIGN_VERSION),
  name: textField('What the campaign is called in reports'),
  boards: v.exactOptional(v.array(textField('A board', 'a simulated board, as model:uno or avr:uno'))),
  checks: v.exactOptional(v.array(textField('A check or a layer', 'a check or a layer, of `linkpulse check --list`'))),
  view: v.exactOptional(oneOfField('From where boards are looked at', CHECK_VIEWS)),
  sketches: v.exactOptional(v.record(NAME, sketch)),
  seeds: v.exactOptional(
    v.pipe(
      v.union([v.pipe(v.string(), v.regex(SEED_RANGE)), v.array(seed)]),
      v.title('Seeds; 1 by default'),
      v.description('a range, as 1..100, or a list of whole numbers from 0 to 4294967295, as [1, 7]'),
    ),
  ),
}

/** As it is published: a fault that is told nothing else may be its name alone. */
export const CAMPAIGN_FILE = v.pipe(
  v.strictObject({
    ...fields,
    faults: v.exactOptional(v.array(v.union([textField('What is broken'), fault]))),
  }),
  v.title('A campaign of linkpulse'),
)

/** With every fault written out: of a choice nobody could say what is wrong in it. */
export const CAMPAIGN_WRITTEN_OUT = v.strictObject({ ...fields, faults: v.exactOptional(v.array(fault)) })

export type CampaignDefinition = v.InferOutput<typeof CAMPAIGN_WRITTEN_OUT>
export type SketchDefinition = v.InferOutput<typeof sketch>
