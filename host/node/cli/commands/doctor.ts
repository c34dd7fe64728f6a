import { createInterface } from 'node:readline/promises'
import { PortError } from '../../../errors/errors.js'
import { guessDocument, unopenedDocument } from '../../../port-guess/guess-document.js'
import { type GuessOptions, guessPort } from '../../../port-guess/guess-port.js'
import type { PortDocument } from '../../../port-guess/guess-schema.js'
import { isSimulated, parseLiveTarget } from '../../../serial/specification.js'
import type { Target } from '../../../target/target.js'
import { counted } from '../../../text/en/counted.js'
import { EN } from '../../../text/en.js'
import type { Sentence } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { boardAt } from '../../serial/board-at.js'
import { openTarget } from '../../serial/open-target.js'
import type { ArgumentsOf } from '../arguments.js'
import { Interruption, openedUnlessAborted, unlessAborted } from '../interruption.js'
import { printJson } from '../print-json.js'
import { print, StatusLine, tell } from '../say.js'
import { isTerminal } from '../terminal.js'
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
    show(unopenedDocument(name, error), given.has('json'))
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
    onStep: (rate, probe) => status.show(`${probe === undefined ? 'listening' : 'asking'} at ${rate} baud`),
  }
  try {
    const guess = await unlessAborted(signal, target.drive(guessPort({ line, modem, clock, random }, options)))
    return guessDocument(guess, name, await boardAt(parseLiveTarget(name)))
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
  tell(`Listening does not tell who is at ${name}. This can be sent there:\n`)
  for (const each of what) tell(`  ${say(EN, each)}\n`)
  const line = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await line.question('Send it? [y/N] ')).trim())
  } finally {
    line.close()
  }
}

function show(document: PortDocument, json: boolean): void {
  if (json) printJson(document)
  else print(inWords(document))
}

const percent = (probability: number): string => `${Math.round(100 * probability)} %`

function inWords(document: PortDocument): string {
  const { port, title, probability, others } = document
  const sure = probability < 1 ? ` (${percent(probability)})` : ''
  const rows: [string, readonly string[]][] = [
    ['heard', document.evidence],
    ['or else', others.map((other) => `${other.title} (${percent(other.probability)})`)],
    ['it said', document.said],
    ['line', document.listenedSeconds > 0 ? [lineInWords(document)] : []],
    ['would be sent', document.asked || document.who !== 'silence' ? [] : document.wouldAsk],
    ['next', document.next],
  ]
  const blocks = rows.flatMap(([label, lines]) =>
    lines.map((line, at) => `  ${(at === 0 ? label : '').padEnd(13)}  ${line}\n`),
  )
  return `${port}: ${title}${sure}\n${blocks.join('')}`
}

function lineInWords({ listenedSeconds, octets, baud, lineErrors, controls }: PortDocument): string {
  const on = (value: boolean): string => (value ? 'on' : 'off')
  return [
    `listened for ${listenedSeconds.toFixed(1)} s, ${counted(octets, 'octet')}${baud === null ? '' : `, understood best at ${baud} baud`}`,
    lineErrors === null
      ? 'this port does not tell line errors'
      : `${lineErrors.framing} framing errors, ${lineErrors.breaks} breaks`,
    controls === null
      ? 'this port has no control circuits'
      : `CTS ${on(controls.cts)}, DSR ${on(controls.dsr)}, DCD ${on(controls.dcd)}`,
  ].join('; ')
}
