import { createInterface } from 'node:readline/promises'
import { PortError } from '../../../errors/errors.js'
import { guessDocument, unopenedDocument } from '../../../port-guess/guess-document.js'
import { type GuessOptions, guessPort } from '../../../port-guess/guess-port.js'
import type { PortDocument } from '../../../port-guess/guess-schema.js'
import { isSimulated, parseLiveTarget } from '../../../serial/specification.js'
import type { Target } from '../../../target/target.js'
import { padColumns } from '../../../text/columns.js'
import { EN } from '../../../text/en.js'
import { keyed, type LocalizableText, type Sentence } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import type { Words } from '../../../text/words.js'
import { boardAt } from '../../serial/board-at.js'
import { openTarget } from '../../serial/open-target.js'
import type { ArgumentsOf } from '../arguments.js'
import { YES } from '../ask-person.js'
import { Interruption, openedUnlessAborted, unlessAborted } from '../interruption.js'
import { inLanguage } from '../messages.js'
import { printJson } from '../print-json.js'
import { print, StatusLine, tell } from '../say.js'
import { isTerminal } from '../terminal.js'
import { WORDS } from '../words.js'
import type { DOCTOR_COMMAND } from './doctor.command.js'

type Given = ArgumentsOf<typeof DOCTOR_COMMAND>

/** `linkpulse doctor PORT`: 0 when a bridge board is there. */
export async function doctor(given: Given): Promise<number> {
  const name = given.operands[0]
  const specification = parseLiveTarget(name)
  const baud = given.whole('baud', 300, 4_000_000) ?? ('baud' in specification ? specification.baud : undefined)
  const interruption = new Interruption()
  let target: Target | undefined
  try {
    const opening = openTarget(name, {
      keepsControls: true,
      faults: given.all('fault'),
      // A simulated board is at its own rate; a port is opened where it is listened to first.
      ...(isSimulated(specification) ? {} : { baud: baud ?? FIRST }),
    })
    target = await openedUnlessAborted(interruption.signal, opening)
    const document = await listen(target, name, baud, given, interruption.signal)
    show(document, given.has('json'))
    return document.who === 'bridge' ? 0 : 1
  } catch (error) {
    if (!(error instanceof PortError)) throw error
    const json = given.has('json')
    const message = json ? error.message : inLanguage(error.message)
    show(unopenedDocument(name, error, wordsFor(given), message), json)
    return error.exitStatus
  } finally {
    interruption.end()
    await target?.close()
  }
}

/** What most programs print at. */
const FIRST = 115_200

async function listen(
  target: Target,
  name: string,
  baud: number | undefined,
  given: Given,
  signal: AbortSignal,
): Promise<PortDocument> {
  const { line, modem, clock, random } = target
  const status = new StatusLine()
  const mayAsk = consent(given, name, status)
  const options: GuessOptions = {
    ...(baud === undefined ? {} : { baud }),
    ...(mayAsk === undefined ? {} : { mayAsk }),
    onStep: (rate, probe) =>
      status.show(tellIn(keyed(probe === undefined ? 'doctor.listening' : 'doctor.asking', { rate }))),
  }
  try {
    const guess = await unlessAborted(signal, target.drive(guessPort({ line, modem, clock, random }, options)))
    return guessDocument(guess, name, await boardAt(parseLiveTarget(name)), wordsFor(given))
  } finally {
    status.clear()
  }
}

function consent(given: Given, name: string, status: StatusLine): GuessOptions['mayAsk'] {
  if (given.has('probe')) return () => true
  // Virtual time does not wait for a person.
  if (isSimulated(parseLiveTarget(name)) || !process.stdin.isTTY || !isTerminal(process.stderr)) return undefined
  return async (what) => {
    status.clear()
    return askPerson(name, what)
  }
}

async function askPerson(name: string, what: readonly Sentence[]): Promise<boolean> {
  tell(`${tellIn(keyed('doctor.may-ask', { port: name }))}\n`)
  for (const each of what) tell(`  ${tellIn(each)}\n`)
  const line = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return YES.test((await line.question(tellIn(keyed('doctor.send')))).trim())
  } finally {
    line.close()
  }
}

function show(document: PortDocument, json: boolean): void {
  if (json) printJson(document)
  else print(inWords(document))
}

/** Programs read English. */
function wordsFor(given: Given): Words {
  return given.has('json') ? EN : WORDS
}

const tellIn = (text: LocalizableText): string => say(WORDS, text)

function withChance(who: string, probability: number): LocalizableText {
  return keyed('doctor.chance', { who, percent: Math.round(100 * probability) })
}

/** Columns of a row's head. */
const HEADS = 13

function inWords(document: PortDocument): string {
  const { port, title, probability, others } = document
  const who = keyed('doctor.who', { port, who: probability < 1 ? withChance(title, probability) : title })
  const rows: [LocalizableText, readonly LocalizableText[]][] = [
    [keyed('doctor.heard'), document.evidence],
    [keyed('doctor.or-else'), others.map((other) => withChance(other.title, other.probability))],
    [keyed('doctor.said'), document.said],
    [keyed('doctor.line'), document.listenedSeconds > 0 ? [lineInWords(document)] : []],
    [keyed('doctor.would-send'), document.asked || document.who !== 'silence' ? [] : document.wouldAsk],
    [keyed('doctor.next'), document.next],
  ]
  const blocks = rows.flatMap(([head, lines]) =>
    lines.map((line, at) => `  ${padColumns(at === 0 ? tellIn(head) : '', HEADS)}  ${tellIn(line)}\n`),
  )
  return `${tellIn(who)}\n${blocks.join('')}`
}

function lineInWords({ listenedSeconds, octets, baud, lineErrors, controls }: PortDocument): LocalizableText {
  const seconds = listenedSeconds.toFixed(1)
  return keyed('doctor.clauses', {
    clauses: [
      baud === null
        ? keyed('doctor.listened', { seconds, octets })
        : keyed('doctor.listened-best', { seconds, octets, baud }),
      lineErrors === null ? keyed('doctor.no-line-errors') : keyed('doctor.line-errors', lineErrors),
      controls === null ? keyed('doctor.no-circuits') : keyed('doctor.circuits', controls),
    ],
  })
}
