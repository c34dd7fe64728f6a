import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CableLoss } from '../../../../../boards/ethernet/cable-loss.js'
import { SECOND } from '../../../../../firmware/hal/clock.js'
import { UsageError } from '../../../../errors/errors.js'
import type { BuildLabOptions, BuiltLab } from '../../../../lab-file/build.js'
import { type LabCapture, startCaptures } from '../../../../lab-file/captures.js'
import { type DescribedMember, describeLab } from '../../../../lab-file/describe.js'
import { labEventDocument } from '../../../../lab-file/event-schema.js'
import { hasEnd } from '../../../../lab-file/has-end.js'
import { type LabEvent, runLab } from '../../../../lab-file/run.js'
import { keyed, type LocalizableText, type Sentence } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import { table } from '../../../../text/table.js'
import { refuseSameFile } from '../../../files/distinct.js'
import { OutputFile } from '../../../files/output.js'
import { reasonOf } from '../../../files/reasons.js'
import { exposeSerial } from '../../../lab-file/expose.js'
import { labFromFile } from '../../../lab-file/read.js'
import type { ArgumentsOf } from '../../arguments.js'
import { loadCatalogue } from '../../catalogue.js'
import { Interruption, interruptible } from '../../interruption.js'
import { inLanguage } from '../../messages.js'
import { inTurn, Outputs } from '../../outputs.js'
import { printJsonLine } from '../../print-json.js'
import { print } from '../../say.js'
import { WORDS } from '../../words.js'
import { checkGraph, drawGraph } from './picture.js'
import type { LAB_UP_COMMAND } from './up.command.js'

type Given = ArgumentsOf<typeof LAB_UP_COMMAND>

const text = (message: LocalizableText) => say(WORDS, message)

/** `linkpulse lab up FILE`: to its end, or until interrupted. */
export async function labUp(given: Given): Promise<number> {
  const [path] = given.operands
  checkGraph(given)
  const override = readOverride(given)
  const outputs = new Outputs(given)
  const files: OutputFile[] = []
  const ends: (() => void)[] = []
  const interruption = { of: undefined as Interruption | undefined }
  try {
    const boards = await loadCatalogue(given.text('board-file'))
    const lab = await interruptible((signal) => labFromFile(path, { boards, override, signal }))
    const captures = openCaptures(lab, given.text('captures') ?? '.', path, files)
    await drawGraph(given, outputs, lab)
    const isJson = given.has('json')
    if (!isJson) print(begins(lab))
    const ended = new Interruption()
    interruption.of = ended
    const exposed = exposeSerial(lab)
    ends.push(() => exposed.close())
    const onEvent = isJson
      ? (event: LabEvent) => printJsonLine(labEventDocument({ ...event, sentence: inWords(event.sentence) }, WORDS))
      : (event: LabEvent) => print(eventLine(event))
    for (const { name, path: port } of exposed.ports)
      onEvent({
        at: 0,
        event: 'serial',
        name,
        value: port,
        ok: undefined,
        sentence: keyed('lab.serial', { name, path: port }),
      })
    const outcome = await runLab(lab, {
      signal: ended.signal,
      failed: exposed.failed,
      onEvent,
    })
    inTurn(...captures.map((capture) => () => capture.close()), ...files.map((file) => () => file.close()))
    if (!isJson) print(counts(lab, captures, files))
    // What has no end of its own is ended so, as it should.
    if (outcome.end === 'interrupted' && hasEnd(lab.definition)) ended.check('the captures are whole')
    return outcome.exitStatus
  } finally {
    for (const end of ends) end()
    interruption.of?.end()
    outputs.discard()
    for (const file of files) file.discard()
  }
}

function readOverride(given: Given): NonNullable<BuildLabOptions['override']> {
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const seconds = given.seconds('for')
  const pace = given.text('pace')
  if (pace !== undefined && pace !== 'free' && pace !== 'wall')
    throw new UsageError(`--pace takes free or wall, not "${pace}"`)
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(seconds === undefined ? {} : { duration: `${seconds}s` }),
    ...(pace === undefined ? {} : { pace }),
  }
}

/** Makes the folder where there is none. @throws UsageError for a file that cannot be written, or is two of them, or the lab's own */
function openCaptures(lab: BuiltLab, folder: string, path: string, files: OutputFile[]): readonly LabCapture[] {
  const { captures = [] } = lab.definition
  if (captures.length > 0) makeFolder(folder)
  for (const [i, { file }] of captures.entries()) files.push(new OutputFile(`captures[${i}]`, join(folder, file)))
  refuseSameFile(files, [{ what: 'the operand', path }])
  for (const file of files) file.open()
  let next = 0
  return startCaptures(lab, () => {
    const file = files[next++]
    return (octets) => file.write(octets)
  })
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    throw new UsageError(`cannot make the folder of --captures ${path}: ${reasonOf(error, path)}; give another path`, {
      cause: error,
    })
  }
}

/** What comes up, before any time has passed. */
function begins(lab: BuiltLab): string {
  const { definition, plan } = lab
  const { title, members, cables } = describeLab(definition, plan)
  const of = (kind: DescribedMember['kind']) => members.filter((member) => member.kind === kind).length
  const head = keyed('lab.begins', {
    title,
    boards: of('board'),
    hosts: of('host'),
    boxes: of('box'),
    cables: cables.length,
    seed: lab.lab.seed,
  })
  const broken = (faults: readonly string[]) =>
    faults.length === 0 ? [] : [keyed('lab.broken-by', { faults: faults.join(', ') })]
  const rows = [
    ...members.map(({ name, what, addresses, notes, faults }) => [
      name,
      text(what),
      addresses.map(text).join(', '),
      [...notes, ...broken(faults)].map(text).join('; '),
    ]),
  ]
  const wires = cables.map(({ name, ends: [a, b], make, faults }) => [
    name,
    `${a} – ${b}`,
    make.map(text).join(', '),
    broken(faults).map(text).join('; '),
  ])
  return `${text(head)}\n${table(rows)}${table(wires)}\n`
}

function eventLine({ at, event, ok, sentence }: LabEvent): string {
  const isStep = event === 'step'
  const verdict: Sentence = keyed(ok ? 'lab.as-expected' : 'lab.not-expected')
  return `${(at / SECOND).toFixed(6).padStart(12)}  ${isStep ? `${text(verdict)}  ` : ''}${text(inWords(sentence))}\n`
}

/** Why a network failed is told where it failed, in English. */
function inWords(sentence: Sentence): Sentence {
  const { values } = sentence
  if (!('why' in values) || typeof values.why !== 'string') return sentence
  return { ...sentence, values: { ...values, why: inLanguage(values.why) } }
}

/** What crossed each cable, and what was captured. */
function counts(lab: BuiltLab, captures: readonly LabCapture[], files: readonly OutputFile[]): string {
  const crossed = [...lab.cables].map(([name, { counters }]) => {
    const { frames, lost } = counters
    const losses = (Object.entries(lost) as [CableLoss, number][]).map(([reason, count]) =>
      keyed('lab.loss', { what: keyed(`lab.loss.${reason}`), frames: count }),
    )
    if (losses.length === 0) return keyed('lab.frames', { name, frames })
    return keyed('lab.frames-lost', { name, frames, lost: losses })
  })
  const captured = captures.map(({ frames }, i) => keyed('lab.captured', { frames, path: files[i].path }))
  return `\n${[...crossed, ...captured].map((sentence) => `${text(sentence)}\n`).join('')}`
}
