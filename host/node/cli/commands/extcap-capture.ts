import { UsageError } from '../../../errors/errors.js'
import { isSimulated, parseLiveTarget } from '../../../serial/specification.js'
import { pickBoard } from '../../../target/pick-board.js'
import { captureMade, captureRunning } from '../../extcap/capture.js'
import { type CaptureSource, runningOf } from '../../extcap/interfaces.js'
import {
  ACTIVITIES,
  type BoardActivity,
  CABLE_ENDS,
  type CableEnd,
  DEFAULT_BOARD,
  DEFAULT_SEED,
  type MadeBoard,
} from '../../extcap/made-board.js'
import type { ArgumentsOf } from '../arguments.js'
import { loadCatalogue } from '../catalogue.js'
import { Outputs } from '../outputs.js'
import { checkFaults } from '../simulation.js'
import type { EXTCAP_COMMAND } from './extcap.command.js'
import { runEnd } from './net/interrupted.js'

type Given = ArgumentsOf<typeof EXTCAP_COMMAND>

/** `linkpulse extcap --capture`: writes to the pipe that Wireshark reads. */
export async function captureFor(given: Given, source: CaptureSource): Promise<number> {
  if (!given.has('fifo')) throw new UsageError('--capture needs --fifo FILE, which says where the capture goes')
  let begin: Begin
  try {
    begin = await prepared(given, source)
  } catch (error) {
    // Wireshark waits for the pipe to be opened, also when nothing will come of it.
    new Outputs(given).discard()
    throw error
  }
  const file = new Outputs(given).file('fifo')
  const ended = new AbortController()
  const interrupted = runEnd()
  interrupted.over.then(() => ended.abort())
  try {
    if (file === undefined) return 0
    file.handleReaderGone = () => ended.abort()
    await begin((octets) => file.write(octets), ended.signal)
    file.close()
    return 0
  } finally {
    interrupted.release()
    file?.discard()
  }
}

/** Captures until the signal is aborted, or what is captured is over. */
type Begin = (write: (octets: Uint8Array) => void, signal: AbortSignal) => Promise<void>

/** @throws UsageError for settings that do not fit; TargetError for what does not run any more */
async function prepared(given: Given, { runs, link }: CaptureSource): Promise<Begin> {
  const filter = given.text('extcap-capture-filter')
  if (filter !== undefined && filter !== '') {
    throw new UsageError(
      `linkpulse takes no capture filter ("${filter}"); leave it out and give a display filter, which knows the fields`,
    )
  }
  if (runs === undefined) {
    const made = await madeBoard(given)
    return (write, signal) => captureMade(made, link, write, signal)
  }
  const { path } = await runningOf(runs)
  return (write, signal) => captureRunning(path, link, write, signal)
}

/** @throws UsageError for settings that do not fit */
async function madeBoard(given: Given): Promise<MadeBoard> {
  const name = given.text('board') || DEFAULT_BOARD
  const target = parseLiveTarget(name)
  if (!isSimulated(target))
    throw new UsageError(`--board makes a simulated board, for example model:uno, and ${name} is a real port`)
  const definition = pickBoard(await loadCatalogue(given.text('board-file')), target.board)
  const faults = (given.text('fault') ?? '').split(/\s+/).filter((each) => each !== '')
  return {
    name,
    definition,
    backend: target.backend,
    faults: checkFaults(faults, definition, target.backend),
    seed: given.whole('seed', 0, 0xffff_ffff) ?? DEFAULT_SEED,
    peer: oneOf<CableEnd>(given, 'peer', CABLE_ENDS),
    activity: oneOf<BoardActivity>(given, 'activity', ACTIVITIES),
  }
}

/** The first by default. @throws UsageError for any other word */
function oneOf<Word extends string>(given: Given, option: 'peer' | 'activity', words: readonly Word[]): Word {
  const wantedWord = given.text(option) || words[0]
  const found = words.find((word) => word === wantedWord)
  if (found === undefined) throw new UsageError(`--${option} takes ${words.join(', ')}, not "${wantedWord}"`)
  return found
}
