/** One run of a campaign: a simulated board in its surroundings, checked from the line upwards. */
import { findBoard } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { createBench } from '../../boards/faults/create-bench.js'
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

/** @throws RangeError for a board, a fault or a setting that does not exist */
export async function performRun(run: PlannedRun): Promise<CampaignResult> {
  const { faults, seed, cableLength, view = 'desk', harm } = run
  const board = definitionOf(run)
  const newBench = () => {
    const bench = createBench({ board, seed, faults, ...(cableLength === undefined ? {} : { cableLength }) })
    putAround(bench, run)
    return bench
  }
  const report = await checkOpened(openBench(`model:${board.name}`, newBench(), 'model'), { view })
  return {
    key: runKey(run),
    verdict: report.verdict,
    checks: keptChecks(report.checks),
    ...(report.occupant === null ? {} : { occupant: keptOccupant(report.occupant) }),
    ...(harm === undefined ? {} : { harm: await harmOn(newBench()) }),
  }
}
