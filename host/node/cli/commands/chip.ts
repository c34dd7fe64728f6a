import { ChipError } from '../../../../firmware/enc28j60/chip-error.js'
import { captureFrames } from '../../../capture/frames-in.js'
import type { ChipAnswer } from '../../../chip/answer.js'
import { chipAnswerDocument } from '../../../chip/answer-document.js'
import { openChip } from '../../../chip/driver.js'
import { ChipPrompt } from '../../../chip/prompt.js'
import { UsageError } from '../../../errors/errors.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import { isSimulated, parseLiveTarget } from '../../../serial/specification.js'
import { pickBoard } from '../../../target/pick-board.js'
import { type InputKind, readInput, readStandardInput, readTextFile } from '../../files/input.js'
import { openTarget } from '../../serial/open-target.js'
import type { ArgumentsOf } from '../arguments.js'
import { rateOf } from '../baud.js'
import { loadCatalogue } from '../catalogue.js'
import { converse } from '../converse.js'
import { interruptible, openedUnlessAborted, unlessAborted } from '../interruption.js'
import { printJsonLine } from '../print-json.js'
import { print, tell } from '../say.js'
import { checkFaults } from '../simulation.js'
import { isTerminal } from '../terminal.js'
import { WORDS } from '../words.js'
import type { CHIP_COMMAND } from './chip.command.js'

type Given = ArgumentsOf<typeof CHIP_COMMAND>

const CHIP_SCRIPT: InputKind = { what: 'script', limit: 1 << 20, remedy: 'give the path of a file of commands' }
const FRAMES: InputKind = { what: 'capture', limit: 64 << 20, remedy: 'give the path of a pcap or pcapng file' }
const CHIP_FAILED = 1

/** `linkpulse chip TARGET [WORD...]`: the chip by hand. */
export function chip(given: Given): Promise<number> {
  return interruptible((signal) => drive(given, signal))
}

async function drive(given: Given, signal: AbortSignal): Promise<number> {
  const [name, ...words] = given.operands
  const open = await prepareChip(name, given)
  const script = await scriptOf(given, words, signal)
  const target = await openedUnlessAborted(signal, open())
  try {
    const driver = await unlessAborted(signal, openChip(target))
    try {
      const prompt = new ChipPrompt(driver, { loadFrames, words: WORDS })
      const show = (answer: ChipAnswer): void => showAnswer(answer, given.has('json'))
      if (script === undefined) {
        await converse({
          name,
          greeting: '`help` lists the commands; Ctrl-D ends it, and the board has its chip back',
          complete: (line) => prompt.complete(line),
          run: async (line) => {
            for await (const answer of prompt.run(line)) show(answer)
          },
          isMistake: (error) => error instanceof ChipError || error instanceof UsageError,
          signal,
        })
        return 0
      }
      return await unlessAborted(signal, runScript(prompt, script, show))
    } finally {
      await driver.close()
    }
  } finally {
    await target.close()
  }
}

/** Everything about the target that can be wrong is found before anything is opened. */
async function prepareChip(name: string, given: Given) {
  const specification = parseLiveTarget(name)
  const simulated = isSimulated(specification)
  const board = simulated ? pickBoard(await loadCatalogue(given.text('board-file')), specification.board) : undefined
  const baud = rateOf(given, specification, board)
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const image = given.text('image')
  const faults =
    board === undefined || !simulated
      ? given.all('fault')
      : checkFaults(given.all('fault'), board, specification.backend)
  return () =>
    openTarget(name, {
      faults,
      sharesTime: true,
      ...(board === undefined ? {} : { board }),
      ...(baud === undefined ? {} : { baud }),
      ...(seed === undefined ? {} : { seed }),
      ...(image === undefined ? {} : { image }),
    })
}

/** Undefined for a person at a terminal. */
async function scriptOf(given: Given, words: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const path = given.text('script')
  if (path !== undefined && words.length > 0) {
    throw new UsageError(`--script has the commands, and "${words.join(' ')}" is one more; leave one of them out`)
  }
  if (words.length > 0) return words.join(' ')
  if (path !== undefined)
    return path === '-' ? readStandardInput(CHIP_SCRIPT, signal) : readTextFile(path, CHIP_SCRIPT, signal)
  return isTerminal(process.stdin as unknown as NodeJS.WriteStream) ? undefined : readStandardInput(CHIP_SCRIPT, signal)
}

async function runScript(prompt: ChipPrompt, script: string, show: (answer: ChipAnswer) => void): Promise<number> {
  try {
    for await (const answer of prompt.run(script)) show(answer)
    return 0
  } catch (error) {
    if (!(error instanceof ChipError)) throw error
    tell(`linkpulse: ${error.message}\n`)
    return CHIP_FAILED
  }
}

function showAnswer(answer: ChipAnswer, json: boolean): void {
  if (json) printJsonLine(chipAnswerDocument(answer))
  else if (answer.text !== '') print(`${answer.text}\n`)
}

async function loadFrames(path: string): Promise<readonly Uint8Array[]> {
  const octets = await readInput(path, FRAMES)
  return rangeAsUsage(() => captureFrames(octets), path)
}
