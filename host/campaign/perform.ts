/** One run of a campaign: a simulated board in its surroundings, checked from the line upwards. */
import { createAvrBench } from '../../boards/avr/bench.js'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { Bench } from '../../boards/faults/bench.js'
import { createBench } from '../../boards/faults/create-bench.js'
import { settleFault } from '../../boards/faults/settle.js'
import type { SimulatedBoard } from '../../boards/model/board.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { checkOpened } from '../check/run.js'
import { openBench } from '../target/simulated-target.js'
import { harmOn } from './harm.js'
import { type PlannedRun, runKey } from './plan.js'
import { type CampaignResult, keptChecks, keptOccupant } from './result.js'
import { putAround } from './surroundings.js'

function definitionOf({ board, revision, baud }: PlannedRun): BoardDefinition {
  const definition = findBoard(board)
  return {
    ...definition,
    chip: { ...definition.chip, revision: revision ?? definition.chip.revision },
    serial: { ...definition.serial, baud: baud ?? definition.serial.baud },
  }
}

/** @returns the firmware of a board; asked for runs on an emulated controller */
type ImageOf = (board: BoardDefinition) => FlashImage | Promise<FlashImage>

function noImage({ name }: BoardDefinition): never {
  throw new RangeError(`a run on avr:${name} executes a compiled firmware, and was given none`)
}

/** For how long at least a board has been running before its port is opened. */
const RUNNING_BEFORE = 3 * SECOND

/** @throws RangeError for a board, a fault or a setting that does not exist, and for an `avr` board without a firmware */
export async function performRun(run: PlannedRun, imageOf: ImageOf = noImage): Promise<CampaignResult> {
  const { faults, seed, cableLength, computer, view = 'desk', harm, backend = 'model' } = run
  const board = definitionOf(run)
  const options = { board, seed, faults, ...(cableLength === undefined ? {} : { cableLength }) }
  const stand = <Of extends Bench>(bench: Of): Of => {
    putAround(bench, run)
    if (computer !== undefined) settleFault(computer, board, backend).breakage.apply?.(bench)
    return bench
  }
  const model = (): Bench<SimulatedBoard> => stand(createBench(options))
  const bench = backend === 'model' ? model() : stand(createAvrBench({ ...options, image: await imageOf(board) }))
  if (run.opened !== undefined) bench.lab.clock.runFor(RUNNING_BEFORE + bench.lab.random.fork('opened').below(SECOND))
  const target = openBench(`${backend}:${board.name}`, bench, backend)
  if (run.opened === 'resets') bench.board.restart()
  const report = await checkOpened(target, { view })
  return {
    key: runKey(run),
    verdict: report.verdict,
    checks: keptChecks(report.checks),
    ...(report.occupant === null ? {} : { occupant: keptOccupant(report.occupant) }),
    // A bridge has no stack of its own that could be used: what is broken is around it, and as bad for one that has.
    ...(harm === undefined ? {} : { harm: await harmOn(model()) }),
  }
}
